"""Groups: rows that are alike, joined so that no chain of neighbours brings unlike ones together."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from tipclass.pairs import Pairs

Alike = Callable[[Pairs], NDArray[np.float32]]

LEAST = 0.7  # likeness, on average over the members of both, from which two groups are one
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
    clusters = list(_clusters(pairs, near, size))
    whole = [
        pair for rows in clusters if len(rows) <= MOST_WHOLE for pair in combinations(rows, 2) if pair not in known
    ]
    known |= dict(zip(whole, _ask(alike, whole), strict=True))
    joined = [group for rows in clusters for group in _join(rows, known, alike, least)]
    return sorted(group for group in joined if len(group) > 1)


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


def _join(rows: Sequence[int], known: dict[tuple[int, int], float], alike: Alike, least: float) -> list[list[int]]:
    """Join the rows of a cluster, the likest pair first."""
    group_of = {row: [row] for row in rows}
    within = [pair for pair in combinations(rows, 2) if known.get(pair, 0.0) >= least]
    for one, two in sorted(within, key=lambda pair: (-known[pair], pair)):
        first, second = group_of[one], group_of[two]
        if first is not second and _mean(first, second, known, alike) >= least:
            merged = sorted(first + second)
            group_of |= dict.fromkeys(merged, merged)
    return list({id(group): group for group in group_of.values()}.values())


def _mean(first: Sequence[int], second: Sequence[int], known: dict[tuple[int, int], float], alike: Alike) -> float:
    """Return the likeness of two groups on average over the pairs of their earliest members."""
    across = [(min(a, b), max(a, b)) for a in first[:MOST_MEMBERS] for b in second[:MOST_MEMBERS]]
    missing = [pair for pair in across if pair not in known]
    known |= dict(zip(missing, _ask(alike, missing), strict=True))
    return sum(known[pair] for pair in across) / len(across)


def _ask(alike: Alike, pairs: Sequence[tuple[int, int]]) -> list[float]:
    if not pairs:
        return []
    one, two = np.array(pairs, dtype=np.int64).T
    found: list[float] = alike((one, two)).tolist()
    return found
