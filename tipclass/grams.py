"""Grams: the character 1- and 2-grams of many texts at once, looked up as numbers rather than as strings."""

import functools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tipclass.points import BREAK, Columns, Points, join

ROOM = 2  # places a pair, at least


class Found(NamedTuple):
    """Where features stand in some texts put one after the other, each with a break behind it; shape (places,) each.

    rows: the text; columns: the feature; starts, ends: code points of the whole.
    """

    rows: Columns
    columns: Columns
    starts: Columns
    ends: Columns


class _Tables(NamedTuple):
    """What grams are looked up in.

    units: for each code point its number among those that known grams hold, from 1; 0 for any other. singles: column
    of each unit that is a gram by itself, else -1. keys: of each column the number of its pair, -1 of a single, and at
    last one that no pair has. places: where the hash of a pair says, its column, or the next free place after it; the
    last column, where there is none.
    """

    units: NDArray[np.int32]
    singles: NDArray[np.int32]
    keys: Columns
    places: NDArray[np.int32]


@dataclass(frozen=True)
class Grams:
    """The character 1- and 2-grams that a model knows, all of letters; their places are their columns."""

    known: tuple[str, ...]

    def find(self, points: Points) -> Found:
        """Return every place of a known gram in some cleaned texts.

        >>> found = Grams(("鱼", "电鱼")).find(join(["电鱼，鱼", "电，鱼"]))
        >>> sorted(zip(found.rows.tolist(), found.columns.tolist(), found.starts.tolist()))
        [(0, 0, 1), (0, 0, 3), (0, 1, 0), (1, 0, 7)]
        """
        units = self._tables.units[np.minimum(points.codes, len(self._tables.units) - 1)]
        both = self._tables.singles[units], self._pairs(units)
        sizes = [(at := np.flatnonzero(found >= 0), found[at]) for found in both]
        starts = np.concatenate([at for at, _ in sizes])
        lengths = np.repeat([1, 2], [len(at) for at, _ in sizes])
        return Found(points.rows[starts], np.concatenate([columns for _, columns in sizes]), starts, starts + lengths)

    def _pairs(self, units: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the column of each unit with the one after it, -1 for a pair that is not known."""
        _, singles, keys, places = self._tables
        wanted = units[:-1].astype(np.int64) * len(singles) + units[1:]
        at = _hash(wanted, places)
        found = places[at]
        taken = np.flatnonzero((keys[found] != wanted) & (found < len(self.known)))
        while len(taken):  # the place is another pair's: look at the next one
            at[taken] = (at[taken] + 1) % len(places)
            found[taken] = places[at[taken]]
            taken = taken[(keys[found[taken]] != wanted[taken]) & (found[taken] < len(self.known))]
        return np.where(keys[found] == wanted, found, -1)

    @functools.cached_property
    def _tables(self) -> _Tables:
        points = join(self.known)
        lengths = points.ends - points.starts
        held = np.unique(points.codes[points.codes != ord(BREAK)])
        units = np.zeros(int(held.max(initial=0)) + 2, dtype=np.int32)
        units[held] = np.arange(1, len(held) + 1)
        alone, pairs = np.flatnonzero(lengths == 1), np.flatnonzero(lengths == 2)
        first, second = (units[points.codes[points.starts + place]] for place in (0, 1))  # no gram is empty
        singles = np.full(len(held) + 1, -1, dtype=np.int32)
        singles[first[alone]] = alone
        keys = np.full(len(self.known) + 1, -1)
        keys[pairs] = first[pairs].astype(np.int64) * len(singles) + second[pairs]
        return _Tables(units, singles, keys, _places(keys, pairs))


def _places(keys: Columns, columns: Columns) -> NDArray[np.int32]:
    """Give each of the columns the place that the hash of its key says, or the next free one."""
    free = len(keys) - 1
    places = np.full(2 << (ROOM * len(columns)).bit_length(), free, dtype=np.int32)
    at = _hash(keys[columns], places)
    while len(columns):
        empty = places[at] == free
        places[at[empty]] = columns[empty]  # of several the last
        left = places[at] != columns
        columns, at = columns[left], (at[left] + 1) % len(places)
    return places


def _hash(keys: Columns, places: NDArray[np.int32]) -> NDArray[np.uint32]:
    """Spread keys over the places, the number of which is a power of two (Knuth's multiplicative hash)."""
    return (keys.astype(np.uint32) * np.uint32(2654435769)) >> np.uint32(33 - len(places).bit_length())
