"""Fields: what a result can be asked for by name, the column each stands in, and the stations that must work for it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from tipclass import messages
from tipclass.errors import UsageError


class Station(StrEnum):
    """What need not be worked out for every result."""

    EVIDENCE = "evidence"
    NEAREST = "nearest"
    NOTES = "notes"
    LINKS = "links"


ALL = frozenset(Station)


class Field(NamedTuple):
    """A key of the JSON lines: the column it stands in elsewhere, none where it has no own, and what it needs."""

    column: str = ""
    needs: frozenset[Station] = frozenset()


EVIDENCE, NEAREST, NOTES, LINKS = (frozenset({station}) for station in Station)
FIELDS = {
    "category": Field(messages.COLUMN_CATEGORY),
    "score": Field(messages.COLUMN_CERTAINTY),
    "labels": Field(messages.COLUMN_LABELS),
    "candidates": Field(messages.COLUMN_CANDIDATES),
    "passages": Field(messages.COLUMN_MATTERS),
    "route": Field(messages.COLUMN_ROUTE, NOTES),  # what only speaks of offences in general is told by its elements
    "reason": Field(messages.COLUMN_REASON, NOTES | EVIDENCE),
    "evidence": Field(messages.COLUMN_EVIDENCE, EVIDENCE),
    "nearest": Field(messages.COLUMN_NEAREST, NEAREST),
    "nature": Field(messages.COLUMN_NATURE, NOTES),
    "real_name": Field(messages.COLUMN_SIGNATURE, NOTES),
    "grade": Field(messages.COLUMN_GRADE, NOTES | LINKS),  # how often a matter was told counts
    "departments": Field(messages.COLUMN_LEAD, NOTES),
    "transfer_hints": Field(messages.COLUMN_HINTS, NOTES),
    "elements": Field(messages.COLUMN_ELEMENTS, NOTES),
    "missing": Field(messages.COLUMN_MISSING, NOTES),
    "group": Field(messages.COLUMN_REPEATS, LINKS),
    "series": Field(messages.COLUMN_SERIES, LINKS),
}
ALWAYS = ("id", "source", "row", "input")  # in a JSON line, whatever is asked for


def parse_fields(words: str) -> tuple[str, ...]:
    """Return the fields that a comma-separated list names; raises UsageError listing them for one that is unknown.

    >>> parse_fields("category, score")
    ('category', 'score')
    """
    names = tuple(dict.fromkeys(word.strip() for word in words.replace("，", ",").split(",") if word.strip()))
    if not names or not FIELDS.keys() >= set(names):
        raise UsageError(messages.FIELDS_UNKNOWN.format(names="、".join(FIELDS)))
    return names


def stations(fields: Iterable[str]) -> frozenset[Station]:
    """Return what must be worked out for some fields; for none at all, everything."""
    asked = tuple(fields)
    return frozenset().union(*(FIELDS[name].needs for name in asked)) if asked else ALL
