"""Drift for people: sentences, tables, a page, JSON. Of the tips it shows words and ids only."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from tipclass import messages, pictures
from tipclass.drift import LEAST_TIPS, LIMITS, Change, Drift, Level, Part, Signal, Verdict
from tipclass.figures import Headline, Picture, Table, write_page
from tipclass.model import Model
from tipclass.printable import escaped
from tipclass.readers import first_few
from tipclass.taxonomy import Taxonomy

MOVES, NAMED = 3, 5  # categories and words that a sentence names
MOST_DRAWN = 40  # categories


def batch(drift: Drift, model: Model, names: Sequence[str]) -> str:
    """Say what was compared with what; `names` are those of the inputs."""
    form = messages.DRIFT_BATCH_WHOLE if drift.tips == drift.whole else messages.DRIFT_BATCH
    before = model.reference.tips if model.reference else 0
    rest = drift.whole - drift.tips
    return form.format(names=first_few(names), tips=drift.tips, rest=rest, id=model.id, before=before)


def sentences(drift: Drift, taxonomy: Taxonomy) -> Iterator[str]:
    """Yield what changed, a sentence each, and last whether to train again and why."""
    if not drift.changes:
        yield messages.DRIFT_NOTHING
        return
    yield from (sentence(change, taxonomy) for change in drift.changes)
    yield words_sentence(drift)
    yield why(drift)


def sentence(change: Change, taxonomy: Taxonomy) -> str:
    """Say how a batch differs in one respect."""
    by_category = change.signal is Signal.CATEGORIES
    moves = (
        messages.DRIFT_MOVE.format(name=taxonomy.name(each.name), before=each.before, after=each.after.value)
        for each in (_moved(change.parts)[:MOVES] if by_category else ())
    )
    turn = messages.DRIFT_WORSE if change.worse else messages.DRIFT_NO_WORSE
    form = messages.DRIFT_SENTENCES[change.signal][change.level]
    return form.format(before=change.before, after=change.after, moves="、".join(moves), turn=turn)


def words_sentence(drift: Drift) -> str:
    """Name the commonest words that the model does not know."""
    words = "".join(messages.QUOTED.format(word=each.word) for each in drift.words[:NAMED])
    return messages.DRIFT_WORDS_FOUND.format(words=words) if words else messages.DRIFT_WORDS_NONE


def why(drift: Drift) -> str:
    """Say in one sentence whether to train again, and why."""
    worse = "、".join(messages.DRIFT_SIGNALS[each.signal] for each in drift.changes if each.worse)
    moved = "、".join(messages.DRIFT_SIGNALS[each.signal] for each in drift.changes if each.level is not Level.NONE)
    kind = "keep_moved" if drift.verdict is Verdict.KEEP and moved else drift.verdict
    return messages.DRIFT_WHY[kind].format(worse=worse, moved=moved, tips=drift.tips, least=LEAST_TIPS)


def _moved(parts: Sequence[Part]) -> list[Part]:
    """Rank parts by how much their share moved."""
    return sorted(parts, key=lambda each: (-abs(each.after.value - each.before), each.name))


# --- tables --------------------------------------------------------------------------------------


def tables(drift: Drift, taxonomy: Taxonomy) -> Iterator[Table]:
    """Yield title, column names and rows: unknown words, then the shares of whatever is shared out."""
    if drift.words:
        heads = (messages.DRIFT_WORD, messages.DRIFT_IN_TIPS, messages.DRIFT_TIMES, messages.DRIFT_IDS)
        rows = [(each.word, str(each.tips), str(each.count), "、".join(each.ids)) for each in drift.words]
        yield messages.DRIFT_WORDS, heads, rows
    yield from (_shares(change, taxonomy) for change in drift.changes if change.parts)


def brief(drift: Drift, taxonomy: Taxonomy) -> Iterator[Table]:
    """Yield the tables worth a look on a console: unknown words, and the categories that moved most."""
    shown = (messages.DRIFT_WORDS, messages.DRIFT_SIGNALS[Signal.CATEGORIES])
    found = (table for table in tables(drift, taxonomy) if table[0] in shown)
    return ((title, heads, rows[:MOST_DRAWN]) for title, heads, rows in found)


def _shares(change: Change, taxonomy: Taxonomy) -> Table:
    by_category = change.signal is Signal.CATEGORIES
    heads = (messages.COLUMN_CATEGORY if by_category else messages.DRIFT_PART, messages.DRIFT_BEFORE)
    rows = [
        (_name(each, change, taxonomy), f"{each.before:.1%}", f"{each.after.value:.1%}", str(each.count))
        for each in (_moved(change.parts) if by_category else change.parts)
    ]
    return messages.DRIFT_SIGNALS[change.signal], (*heads, messages.DRIFT_AFTER, messages.DRIFT_COUNT), rows


def _name(part: Part, change: Change, taxonomy: Taxonomy) -> str:
    return taxonomy.name(part.name) if change.signal is Signal.CATEGORIES else part.name


# --- page and JSON -------------------------------------------------------------------------------


def write_html(path: Path, drift: Drift, title: str, batch: str, taxonomy: Taxonomy) -> None:
    """Write a page: the verdict and each respect, pictures of what is shared out, all tables."""
    shown = [_picture(change, taxonomy) for change in drift.changes if change.parts]
    some, clear = LIMITS[Signal.CATEGORIES]
    subtitle = batch + messages.DRIFT_SCALE.format(some=some, clear=clear)
    write_page(path, title, subtitle, headlines(drift, taxonomy), shown, tables(drift, taxonomy))


def headlines(drift: Drift, taxonomy: Taxonomy) -> Iterator[Headline]:
    """Yield the verdict, then every respect with how much it changed."""
    yield Headline(messages.DRIFT_VERDICT, messages.DRIFT_VERDICTS[drift.verdict], "", why(drift))
    for each in drift.changes:
        form = messages.DRIFT_POINTS if each.signal is Signal.REVIEWED else messages.DRIFT_SIZE
        name, value = messages.DRIFT_SIGNALS[each.signal], messages.DRIFT_LEVELS[each.level]
        yield Headline(name, value, form.format(size=each.size), sentence(each, taxonomy))


def _picture(change: Change, taxonomy: Taxonomy) -> Picture:
    parts = change.parts
    if change.signal is Signal.CATEGORIES:
        parts = tuple(_moved(parts)[:MOST_DRAWN])
    rows = [(_name(each, change, taxonomy), each.before, each.after, each.count) for each in parts]
    title = messages.DRIFT_SIGNALS[change.signal]
    return Picture(title, pictures.shares_picture(title, rows), messages.READING_PARTS)


def as_json(drift: Drift, model: str, taxonomy: Taxonomy) -> str:
    """Return everything as JSON with stable keys."""
    record = {
        "model": model,
        "tips": drift.tips,
        "unreadable": drift.whole - drift.tips,
        "verdict": drift.verdict.value,
        "reason": why(drift),
        "changes": [
            {
                "signal": each.signal.value,
                "level": each.level.value,
                "worse": each.worse,
                "size": round(each.size, 4),
                "chance": each.chance,
                "before": each.before,
                "after": each.after,
                "sentence": sentence(each, taxonomy),
                "parts": [
                    {
                        "name": _name(part, each, taxonomy),
                        **({"code": part.name} if each.signal is Signal.CATEGORIES else {}),
                        "before": part.before,
                        "after": round(part.after.value, 4),
                        "count": part.count,
                    }
                    for part in each.parts
                ],
            }
            for each in drift.changes
        ],
        "words": [
            {"word": each.word, "tips": each.tips, "count": each.count, "ids": list(each.ids)} for each in drift.words
        ],
    }
    return escaped(json.dumps(record, ensure_ascii=False, indent=1))
