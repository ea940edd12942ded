"""Mentions: which stretches of a text are the names of persons, and whose each of them is."""

import functools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tipclass.name_forms import Span, spans
from tipclass.name_signs import bears_title, end_signs, owner_signs, span_signs, start_signs, word_signs
from tipclass.name_words import POLITE
from tipclass.patterns import lazy
from tipclass.scales import Scales
from tipclass.surroundings import Surroundings, step
from tipclass.wordlist import Scanner, total, weights

NAME_TABLE, OWNER_TABLE = "name_weights", "owner_weights"
LEAST = -1.5  # the weight from which on a stretch is taken for a name: to hide what is none costs little
LEAN = 0.5  # how much of the weight of being the informant's adds to it
FAINTEST = -3.5  # the weight under which a stretch is taken for none, whosever it would be
HOPELESS = -1.0  # the weight of a word from which on it is looked at what stands around it
OURS = -1.8  # the weight from which on a name is hidden: one of the reported that is hidden costs less than ours shown
THEIRS = -9.0  # what a name with a title weighs: 付站长
LEEWAY = 1.5  # how much less a stretch may weigh than one it lies over and be hidden with it
LONGEST = 12  # characters of a name
FAR, NEXT = 60, 6  # how far before a stretch, and behind it, a name tells something of it
CROWD = 8  # names before a stretch that are looked at

_AND = lazy("[、和与及]|[ ]{1,4}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name from `start` up to `end`, and how much speaks for its being on the informant's side (log-odds)."""

    start: int
    end: int
    weight: float

    @property
    def ours(self) -> bool:
        """Tell whether it is to be hidden."""
        return self.weight > OURS


def mentions(around: Surroundings) -> list[Mention]:
    """Return the names of persons in a text, in order; all places of one name are on the same side."""
    chosen = _choose(around)
    weighed: dict[str, list[float]] = {}
    owner = Scales(around, OWNER_TABLE, owner_signs)
    for span in chosen:
        name = around.text[slice(*span)]
        weighed.setdefault(_bare(name), []).append(THEIRS if bears_title(name) else owner.weight(*span))
    mean = {name: sum(each) / len(each) for name, each in weighed.items()}
    likely = ((span, mean[_bare(around.text[slice(*span)])]) for span in sorted(chosen))
    found = [Mention(*span, weight) for span, weight in likely if chosen[span] + LEAN * max(weight, OURS) > LEAST]
    found = _in_rows(around.text, found)
    return sorted([*found, *_again(around.text, found)], key=lambda each: each.start)


def named(around: Surroundings, people: Sequence[Mention], start: int, end: int) -> Iterator[str]:
    """Yield the signs of the names that stand before a stretch and right behind it."""
    at = bisect_left(people, start, key=lambda each: each.start)
    before = [each for each in people[max(0, at - CROWD) : at] if each.end <= start and start - each.end < FAR]
    if not before:
        yield "named none"
    else:
        last = before[-1]
        apart = min(1, around.sentences(last.end, start))
        yield f"named {last.ours}"
        yield f"named {last.ours} {apart}"
        yield f"named {last.ours} {apart} {step(start - last.end)}"
        yield f"all named {last.ours} {len({each.ours for each in before})}"
    after = people[at] if at < len(people) else None
    if after and end <= after.start < end + NEXT:
        yield f"then {after.ours}"


def _weighed(around: Surroundings) -> Iterator[tuple[Span, float]]:
    """Yield what may be a name and what speaks for it; what a place says is told once."""
    known = weights(NAME_TABLE)
    base = known.get("any", 0.0)

    @functools.cache
    def at_start(start: int) -> float:
        return total(known, start_signs(around, start))

    @functools.cache
    def at_end(end: int) -> float:
        return total(known, end_signs(around, end))

    for (start, end), forms in spans(around.text).items():
        word = _word_weight(around.text[start:end], forms)
        if word > HOPELESS:
            span = total(known, span_signs(around, start, end, forms[0]))
            yield (start, end), base + word + at_start(start) + at_end(end) + span


def _choose(around: Surroundings) -> dict[Span, float]:
    """Return the stretches that weigh most as names, none over another, each with what nearly weighs as much."""
    weighed = ((weight, *span) for span, weight in _weighed(around))
    good = sorted((each for each in weighed if each[0] > FAINTEST), key=lambda each: (-each[0], each[1]))
    at: dict[int, list[tuple[float, int, int]]] = {}
    for each in good:
        at.setdefault(each[1], []).append(each)
    taken, chosen = bytearray(len(around.text)), dict[Span, float]()
    for weight, start, end in good:
        if not any(taken[start:end]):
            near = [each for place in range(max(0, start - LONGEST), end) for each in at.get(place, ())]
            over = [each for each in near if each[2] > start and each[0] > weight - LEEWAY]
            over = [each for each in over if not any(taken[each[1] : each[2]])]
            first, last = min(each[1] for each in over), max(each[2] for each in over)
            taken[first:last] = b"\1" * (last - first)
            chosen[first, last] = weight
    return chosen


def _bare(name: str) -> str:
    """Return a name without the form of address behind it; all that are the same are one person's."""
    courtesy = next((each for each in POLITE if name.endswith(each)), "")
    bare = name.removesuffix(courtesy)
    return bare if len(bare) > 1 else name


def _in_rows(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Let names that stand in a row weigh the same: 聂二婶和谷满仓."""
    rows: list[list[Mention]] = []
    for each in found:
        if rows and _AND.fullmatch(text, rows[-1][-1].end, each.start):
            rows[-1].append(each)
        else:
            rows.append([each])
    mean = [sum(each.weight for each in row) / len(row) for row in rows]
    return [replace(each, weight=weight) for row, weight in zip(rows, mean, strict=True) for each in row]


@functools.lru_cache(maxsize=1 << 16)
def _word_weight(word: str, forms: tuple[str, ...]) -> float:
    """Return how much speaks for a word being a name, whatever stands around it."""
    return total(weights(NAME_TABLE), dict.fromkeys(word_signs(word, forms)))


def _again(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the further places of names that are hidden."""
    taken = bytearray(len(text))
    hidden: dict[str, float] = {}
    for each in found:
        taken[each.start : each.end] = b"\1" * (each.end - each.start)
        if each.ours and each.end - each.start > 1:
            hidden[_bare(text[each.start : each.end])] = each.weight
    for start, end, weight in Scanner(hidden).scan(text) if hidden else ():
        if not any(taken[start:end]):
            yield Mention(start, end, weight)
