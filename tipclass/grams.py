"""Grams: the character 1- and 2-grams of many texts at once, looked up as numbers rather than as strings."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tipclass.segment import code_points

Columns = NDArray[np.int64]
BREAK = "\n"  # between texts; no cleaned text holds one, and no gram


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
    of each unit that is a gram by itself, else -1. keys, columns: of each pair, in the order of the keys.
    """

    units: Columns
    singles: Columns
    keys: Columns
    columns: Columns


@dataclass(frozen=True)
class Grams:
    """The character 1- and 2-grams that a model knows, all of letters; their places are their columns."""

    known: tuple[str, ...]

    def find(self, texts: Sequence[str]) -> Found:
        """Return every place of a known gram in some cleaned texts.

        >>> found = Grams(("鱼", "电鱼")).find(["电鱼，鱼", "电，鱼"])
        >>> sorted(zip(found.rows.tolist(), found.columns.tolist(), found.starts.tolist()))
        [(0, 0, 1), (0, 0, 3), (0, 1, 0), (1, 0, 7)]
        """
        tables = self._tables
        points = code_points(BREAK.join([*texts, ""]))
        units = tables.units[np.minimum(points, len(tables.units) - 1)]
        rows = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
        sizes = [(at := np.flatnonzero(found >= 0), found[at]) for found in (tables.singles[units], self._pairs(units))]
        starts = np.concatenate([at for at, _ in sizes])
        lengths = np.repeat([1, 2], [len(at) for at, _ in sizes])
        return Found(rows[starts], np.concatenate([columns for _, columns in sizes]), starts, starts + lengths)

    def _pairs(self, units: Columns) -> Columns:
        """Return the column of each unit with the one after it, -1 for a pair that is not known."""
        _, singles, keys, columns = self._tables
        wanted = units[:-1] * len(singles) + units[1:]
        at = np.searchsorted(keys, wanted)
        return np.where(keys[at] == wanted, columns[at], -1)

    @functools.cached_property
    def _tables(self) -> _Tables:
        points = code_points("".join(self.known)).astype(np.int64)
        lengths = np.fromiter(map(len, self.known), dtype=np.int64, count=len(self.known))
        starts = np.cumsum(lengths) - lengths
        held = np.unique(points)
        units = np.zeros(int(held.max(initial=0)) + 2, dtype=np.int64)
        units[held] = np.arange(1, len(held) + 1)
        alone, pairs = np.flatnonzero(lengths == 1), np.flatnonzero(lengths == 2)
        singles = np.full(len(held) + 1, -1)
        singles[units[points[starts[alone]]]] = alone
        keys = units[points[starts[pairs]]] * len(singles) + units[points[starts[pairs] + 1]]
        order = np.argsort(keys)
        beyond = len(singles) ** 2  # no key is as great, so that every search ends at a key
        return _Tables(units, singles, np.append(keys[order], beyond), np.append(pairs[order], -1))
