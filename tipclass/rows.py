"""Rows: a sparse matrix as three arrays, with the few operations that a prediction needs.

By hand, since importing scipy.sparse takes as long as all the rest of predicting one text.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy import sparse

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Row i has values[starts[i]:starts[i + 1]] in columns[...], which go up; every other value is 0."""

    starts: Columns
    columns: Columns
    values: Matrix
    width: int

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.starts) - 1

    @property
    def of(self) -> Columns:
        """The row of each value, shape (values,)."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    @property
    def keys(self) -> Columns:
        """A number for row and column of each value, going up, shape (values,)."""
        return self.of * self.width + self.columns

    def take(self, rows: Sequence[int] | Columns) -> "Rows":
        """Return some of the rows."""
        wanted = np.asarray(rows, dtype=np.int64)
        counts = self.starts[wanted + 1] - self.starts[wanted]
        starts = _starts(counts)
        at = np.repeat(self.starts[:-1][wanted] - starts[:-1], counts) + np.arange(starts[-1])
        return Rows(starts, self.columns[at], self.values[at], self.width)

    def kept(self, where: NDArray[np.bool_], width: int | None = None) -> "Rows":
        """Return the rows with those of their values that are marked, shape (values,), and no others."""
        counts = np.bincount(self.of[where], minlength=len(self))
        return Rows(_starts(counts), self.columns[where], self.values[where], width or self.width)

    def unit(self) -> "Rows":
        """Return the rows brought to length 1; those of length 0 stay."""
        rows = self.of
        lengths = np.sqrt(np.bincount(rows, self.values**2, len(self)))
        return Rows(self.starts, self.columns, self.values / lengths[rows], self.width)

    def each(self) -> Iterator[tuple[Columns, Matrix]]:
        """Yield columns and values of each row."""
        for start, end in itertools.pairwise(self.starts.tolist()):
            yield self.columns[start:end], self.values[start:end]

    def dot(self, table: Matrix) -> Matrix:
        """Return the product with a table of shape (width, any) or (width,).

        >>> Rows(np.array([0, 2, 2]), np.array([0, 2]), np.array([1.0, 3.0]), 3).dot(np.array([5.0, 7.0, 9.0])).tolist()
        [32.0, 0.0]
        """
        products = [values @ table.take(columns, axis=0) for columns, values in self.each()]
        return np.array(products, dtype=np.float64).reshape(len(self), *table.shape[1:])

    def as_sparse(self) -> "sparse.csr_matrix":
        """Return the same as a matrix of scipy."""
        from scipy import sparse

        return sparse.csr_matrix((self.values, self.columns, self.starts), shape=(len(self), self.width))


def count_rows(rows: Columns, columns: Columns, height: int, width: int) -> Rows:
    """Count how often each column is named for each row; both of shape (times,), in any order."""
    keys = rows * width + columns
    keys = np.sort(keys.astype(np.int32) if height * width < 2**31 else keys)  # half as long is sorted in half the time
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    found = keys[first].astype(np.int64)
    counts = np.diff(np.append(first, len(keys))).astype(np.float64)
    starts = np.searchsorted(found, np.arange(height + 1) * width)
    return Rows(starts, found - np.repeat(np.arange(height) * width, np.diff(starts)), counts, width)


def dense_rows(table: Matrix) -> Rows:
    """Return a table of shape (rows, columns) without its noughts."""
    rows, columns = np.nonzero(table)
    return Rows(np.searchsorted(rows, np.arange(len(table) + 1)), columns, table[rows, columns], table.shape[1])


def below(parts: Sequence[Rows]) -> Rows:
    """Put the rows of several parts, all of one width, below each other."""
    starts = _starts(np.concatenate([np.diff(part.starts) for part in parts]))
    columns, values = (np.concatenate([getattr(part, name) for part in parts]) for name in ("columns", "values"))
    return Rows(starts, columns, values, parts[0].width)


def _starts(counts: Columns) -> Columns:
    starts: Columns = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return starts
