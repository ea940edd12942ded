"""Candidates: which texts share enough that is rare to be compared pair by pair."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipclass.bigrams import Bigrams

Rows = NDArray[np.int64]
Pairs = tuple[Rows, Rows]  # the earlier row of each pair, and the later one

MOST_TEXTS = 60  # that a pair of characters may stand in and still bring texts together
BLOCK = 1000  # texts compared with all others at a time
LEAST = 10.0  # rarity that two texts must share
LEAST_RUNS = 2.0  # sampled runs that a copy must share, whatever else it shares
NEAREST = 25  # texts that one is compared with
SMALL_AREA = 60  # tips of an area that are all compared with each other, whatever they share


def candidates(found: Bigrams, copied: sparse.csr_matrix, areas: Rows) -> Pairs:
    """Return the pairs of rows worth comparing, each once, in order; `areas` are numbers, 0 where none is known.

    Two texts are when they share rare pairs of characters, or some of the `copied` runs of characters, and one is among
    the nearest of the other, or when they came from the same small area. Among many texts few pairs of characters are
    rare; runs still are.
    """
    size = found.table.shape[0]
    near = [_near(_rare(found), LEAST), _near(_uncommon(copied), LEAST_RUNS)]
    keys = np.unique(np.concatenate([*near, _neighbours(areas)]))
    return keys // max(1, size), keys % max(1, size)


def _neighbours(areas: Rows) -> Rows:
    """Return the keys of all pairs of rows within each small area."""
    counts = np.bincount(areas, minlength=1)
    small = [rows for rows in _rows_by(areas, (counts > 1) & (counts <= SMALL_AREA)) if areas[rows[0]]]
    pairs = ((rows[one], rows[two]) for rows in small for one, two in (np.triu_indices(len(rows), 1),))
    return np.concatenate([np.zeros(0, np.int64), *(one * len(areas) + two for one, two in pairs)])


def _rows_by(areas: Rows, chosen: NDArray[np.bool_]) -> Iterator[Rows]:
    """Yield the rows of each chosen area, in order."""
    order = np.argsort(areas, kind="stable")
    ends = np.searchsorted(areas[order], np.arange(len(chosen) + 1))
    for area in np.flatnonzero(chosen):
        yield order[ends[area] : ends[area + 1]]


def _rare(found: Bigrams) -> sparse.csr_matrix:
    """Return the roots of the rarities, so that the product of two rows is the rarity they share."""
    kept = (found.texts > 1) & (found.texts <= MOST_TEXTS)
    columns = np.flatnonzero(kept)
    table = found.table[:, columns]
    table.data = np.sqrt(found.rarity[columns])[table.indices]
    return table


def _uncommon(copied: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the runs that stand in a few texts."""
    texts = np.bincount(copied.indices, minlength=copied.shape[1])
    return copied[:, np.flatnonzero((texts > 1) & (texts <= MOST_TEXTS))]


def _near(table: sparse.csr_matrix, least: float) -> Rows:
    """Return the keys of the pairs of rows that share so much, each with its nearest."""
    found = [_block(table, start, least) for start in range(0, table.shape[0], BLOCK)]
    return np.concatenate([np.zeros(0, np.int64), *found])


def _block(table: sparse.csr_matrix, start: int, least: float) -> Rows:
    """Return the keys of the pairs of some rows: the earlier row times the number of rows, plus the later one."""
    shared = (table[start : start + BLOCK] @ table.T).tocsr()
    rows = np.repeat(np.arange(start, start + shared.shape[0]), np.diff(shared.indptr))
    enough = (shared.data >= least) & (shared.indices != rows)
    rows, others, weights = rows[enough], shared.indices[enough].astype(np.int64), shared.data[enough]
    best = _nearest(rows, others, weights)
    one, two = np.minimum(rows, others)[best], np.maximum(rows, others)[best]
    return np.unique(one * table.shape[0] + two)


def _nearest(rows: Rows, others: Rows, weights: NDArray[np.float32]) -> Rows:
    """Return the places of the nearest others of each row; ties go to the earlier one."""
    order = np.lexsort((others, -weights, rows))
    ranked = rows[order]
    first = np.searchsorted(ranked, ranked)
    return order[np.arange(len(order)) - first < NEAREST]


def blocks(pairs: Pairs, size: int) -> Iterator[Pairs]:
    """Cut pairs into runs of so many."""
    for start in range(0, len(pairs[0]), size):
        yield pairs[0][start : start + size], pairs[1][start : start + size]
