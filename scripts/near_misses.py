"""Near misses: tips made of marked ones that tell another matter by the same form of words, or of the same place."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from tipclass.particulars import AMOUNT, PERSON, PLACED, SURNAMES
from tipclass.ties import ENDINGS

Row = Mapping[str, str]

COUNT = 70  # of each kind for an author
DAYS = 12  # at most, to either side
FIRM = re.compile(rf"(?=(?P<name>[\u4e00-\u9fff]{{2}})(?:{'|'.join(map(re.escape, ENDINGS))}|KTV))")
FIGURES = "一二三四五六七八九"
LONG = 3  # figures from which a number is no amount


def with_near_misses(rows: Sequence[Row]) -> list[Row]:
    """Add tips that mislead to those of an author; each stands alone."""
    chance = random.Random(0)
    return [*rows, *_renamed(rows, chance), *_moved_here(rows, chance)]


def _renamed(rows: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    """Yield tips in the words of others, with other names, and some with other numbers."""
    pool = [name for row in rows for name in _names(row["text"])]
    for row in chance.sample(rows, min(COUNT, len(rows))):
        if own := _names(row["text"]):
            text = _replaced(row["text"], {name: chance.choice(pool) for name in own})
            text = PERSON.sub(lambda match: _surnamed(match, chance), text)
            yield _near(row, _renumbered(text, chance) if chance.random() < 0.5 else text, chance)


def _moved_here(rows: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    """Yield what is told of one place, as if it were told of that of another matter."""
    for row in chance.sample(rows, min(COUNT, len(rows))):
        other = chance.choice([each for each in rows if _matter(each) != _matter(row)])
        own, theirs = _names(row["text"]), _names(other["text"])
        if own:
            text = _replaced(other["text"], {name: own[place % len(own)] for place, name in enumerate(theirs)})
            place = next(PLACED.finditer(row["text"]), None)
            head = row["text"][place.start() : place.start() + 3] if place and not theirs else ""
            yield _near(row, head + text, chance)


def _near(row: Row, text: str, chance: random.Random) -> Row:
    """Return a tip of its own from the same area in the same days."""
    day = date.fromisoformat(row["received"]) + timedelta(days=chance.randint(-DAYS, DAYS))
    return {**row, "id": f"{row['id']}-{chance.random()}", "group": "", "text": text, "received": day.isoformat()}


def _matter(row: Row) -> str:
    return row["group"] or row["id"]


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(match["name"] for pattern in (PLACED, FIRM) for match in pattern.finditer(text)))


def _replaced(text: str, names: Mapping[str, str]) -> str:
    return re.sub("|".join(map(re.escape, names)), lambda match: names[match[0]], text) if names else text


def _surnamed(match: re.Match[str], chance: random.Random) -> str:
    told = match["told"] or match["old"] or match["name"]
    return match[0].replace(told, chance.choice(SURNAMES))


def _renumbered(text: str, chance: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        if match[0].isascii():
            return str(int(match[0]) + chance.randint(1, 9)) if len(match[0]) < LONG else match[0]
        return "".join(chance.choice(FIGURES) if sign in FIGURES else sign for sign in match[0])

    return AMOUNT.sub(other, text)
