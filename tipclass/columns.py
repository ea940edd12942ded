"""Columns: which of them hold the informant, by their names; in tables of their own and in tables pasted as text."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tipclass.privacy_table import privacy_table
from tipclass.traces import TraceKind
from tipclass.wordlist import any_of

LONGEST_NAME = 16  # characters of a column's name
LEAST = 3  # columns of a table pasted as text
_BARS = re.compile(r"[|｜\t]")
_FILLERS = re.compile(r"[\s*:：_-]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table in a text, from `start` up to `end`, under the name of its column."""

    column: str
    start: int
    end: int
    hidden: bool


def hidden_columns(names: Sequence[str]) -> frozenset[str]:
    """Return which of the columns of a table hold the informant.

    >>> sorted(hidden_columns(["举报人", "联系电话", "地址", "被举报人电话", "举报人诉求内容"]))
    ['举报人', '地址', '联系电话']
    """
    own, others, beside = _patterns()
    folded = {name: _fold(name) for name in names}
    hidden = {name for name, word in folded.items() if own.search(word) and not others.search(word)}
    if hidden:
        hidden |= {name for name, word in folded.items() if beside.fullmatch(word)}
    return frozenset(hidden)


def is_reported(name: str) -> bool:
    """Tell whether a column holds those reported.

    >>> is_reported("被举报人电话"), is_reported("电话")
    (True, False)
    """
    return _reported().search(_fold(name)) is not None


def says_nothing(cell: str) -> bool:
    """Tell whether a cell of a hidden column only says that there is nothing to hide.

    >>> says_nothing("匿名"), says_nothing("匿名湾3号")
    (True, False)
    """
    return cell.strip().casefold() in ("", *privacy_table().columns.empty)


def kind_of(name: str) -> TraceKind:
    """Return what a column holds.

    >>> kind_of("举报人住址").value, kind_of("举报人").value
    ('address', 'name')
    """
    found = (kind for kind, words in privacy_table().columns.kinds.items() if any(word in name for word in words))
    return next(found, TraceKind.NAME)


def cells(text: str) -> Iterator[Cell]:
    """Yield the cells of tables that stand in a text as lines with bars or tabs, below the line of their names."""
    names: list[str] = []
    start = 0
    for line in text.split("\n"):
        parts = _BARS.split(line)
        if names and len(parts) == len(names):
            yield from _row(names, parts, start)
        else:
            names = _header(parts) or names
        start += len(line) + 1


def _header(parts: Sequence[str]) -> list[str]:
    """Return the names of columns where a line is made of them."""
    names = [part.strip() for part in parts]
    short = len(names) >= LEAST and all(len(name) <= LONGEST_NAME for name in names)
    return names if short and hidden_columns(names) else []


def _row(names: Sequence[str], parts: Sequence[str], start: int) -> Iterator[Cell]:
    hidden = hidden_columns(names)
    for name, part in zip(names, parts, strict=True):
        if word := part.strip():
            begin = start + part.index(word)
            yield Cell(name, begin, begin + len(word), name in hidden and not says_nothing(word))
        start += len(part) + 1


def _fold(name: str) -> str:
    return _FILLERS.sub("", unicodedata.normalize("NFKC", name)).casefold()


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = privacy_table().columns
    latin = {word for word in table.informant if word.isascii()}
    own = any_of({*table.informant} - latin)
    whole = "|".join(re.escape(word.casefold()) for word in sorted(latin, key=len, reverse=True))
    others = any_of((*table.reported, *table.harmless))
    return (
        re.compile(rf"{own}|(?<![a-z])(?:{whole})(?![a-z])"),
        re.compile(others),
        re.compile(any_of(word.casefold() for word in table.beside)),
    )


@functools.cache
def _reported() -> re.Pattern[str]:
    return re.compile(any_of(privacy_table().columns.reported))
