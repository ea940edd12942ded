"""Groups: rows that are alike, joined so that no chain of neighbours brings unlike ones together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations, starmap

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from tipclass.pairs import Pairs

Alike = Callable[[Pairs], NDArray[np.float32]]
Pair = tuple[int, int]  # of rows, the earlier first
Known = dict[Pair, float]
Group = tuple[int, ...]  # rows in order

LEAST = 0.5  # likeness, on average over the members of both, from which two groups are one
MOST_MEMBERS = 8  # the earliest members of a group that speak for it
MOST_WHOLE = 60  # rows of a cluster whose pairs are all compared


def groups(
    pairs: Pairs, likeness: NDArray[np.float32], size: int, alike: Alike, least: float = LEAST
) -> list[list[int]]:
    """Join rows into groups of two and more, each in order, the groups by their first row.

    `likeness` is that of the `pairs` of `size` rows; `alike` gives it for further pairs. Two groups become one when
    their members are alike on average, so that a row which is like one member only stays outside.
    """
    near = likeness >= least
    known = dict(zip(zip(*(side[near].tolist() for side in pairs), strict=True), likeness[near].tolist(), strict=True))
    small = (rows for rows in _clusters(pairs, near, size) if len(rows) <= MOST_WHOLE)
    _learn(known, (pair for rows in small for pair in combinations(rows, 2)), alike)
    joined = _join(known, alike, least)
    return sorted(list(group) for group in joined)


def _clusters(pairs: Pairs, near: NDArray[np.bool_], size: int) -> Iterator[list[int]]:
    """Yield the rows that any chain of near pairs connects, two and more."""
    one, two = (side[near] for side in pairs)
    graph = sparse.coo_matrix((np.ones(len(one), np.int8), (one, two)), shape=(size, size))
    labels = connected_components(graph, directed=False)[1]
    rows = np.unique(np.concatenate([one, two]))
    order = rows[np.argsort(labels[rows], kind="stable")]
    for part in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        if len(part):
            yield part.tolist()


def _join(known: Known, alike: Alike, least: float) -> set[Group]:
    """Join the rows of near pairs, the likest pair first.

    Pairs of groups that no likelier pair touches do not wait for one another: each round compares all of them at once.
    """
    waiting = sorted((pair for pair, value in known.items() if value >= least), key=lambda pair: (-known[pair], pair))
    group_of: dict[int, Group] = {row: (row,) for pair in waiting for row in pair}
    refused: set[tuple[Group, Group]] = set()
    while waiting:
        ready, waiting = _ready(waiting, group_of, refused)
        _learn(known, chain.from_iterable(starmap(_across, ready)), alike)
        for first, second in ready:
            across = [known[pair] for pair in _across(first, second)]
            if sum(across) / len(across) >= least:
                merged = tuple(sorted(first + second))
                group_of |= dict.fromkeys(merged, merged)
            else:
                refused.add((first, second))
    return {group for group in group_of.values() if len(group) > 1}


def _ready(
    waiting: Sequence[Pair], group_of: dict[int, Group], refused: set[tuple[Group, Group]]
) -> tuple[list[tuple[Group, Group]], list[Pair]]:
    """Return the pairs of groups to compare now, and the pairs of rows that wait until those are joined or refused."""
    ready, later, touched = [], [], set[Group]()
    for pair in waiting:
        first, second = sorted(group_of[row] for row in pair)
        if first == second or (first, second) in refused:
            continue
        if touched.isdisjoint((first, second)):
            ready.append((first, second))
        else:
            later.append(pair)
        touched |= {first, second}
    return ready, later


def _across(first: Group, second: Group) -> Iterator[Pair]:
    """Yield the pairs of the earliest members of two groups."""
    return ((min(a, b), max(a, b)) for a in first[:MOST_MEMBERS] for b in second[:MOST_MEMBERS])


def _learn(known: Known, pairs: Iterable[Pair], alike: Alike) -> None:
    """Ask how like the pairs are of which it is not known yet."""
    missing = [pair for pair in dict.fromkeys(pairs) if pair not in known]
    if missing:
        one, two = np.array(missing, dtype=np.int64).T
        known |= zip(missing, alike((one, two)).tolist(), strict=True)
