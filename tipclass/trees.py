"""Trees: small decision trees whose leaves add up to a score, kept as plain arrays and read with numpy alone."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]
Nodes = NDArray[np.int32]


@dataclass(frozen=True)
class Trees:
    """Nodes of all trees one after the other; a node that goes to itself is a leaf.

    `column`, `limit`, `left`, `right` and `value` of each node; `roots` of each tree; `steps` from root to deepest
    leaf; `names` of the columns, `bias` that every row has.
    """

    names: tuple[str, ...]
    column: Nodes
    limit: NDArray[np.float64]
    left: Nodes
    right: Nodes
    value: NDArray[np.float64]
    roots: Nodes
    steps: int
    bias: float

    def scores(self, table: Table) -> Table:
        """Return the score of each row of a table, shape (rows, names)."""
        flat, rows = np.ascontiguousarray(table).ravel(), np.arange(len(table)) * table.shape[1]
        total = np.full(len(table), self.bias)
        for root in self.roots:
            at = np.full(len(table), root, dtype=np.int32)
            for _ in range(self.steps):
                at = self._next[2 * at + (flat[rows + self.column[at]] > self.limit[at])]
            total += self.value[at]
        scores: Table = total.astype(np.float32)
        return scores

    @functools.cached_property
    def _next(self) -> Nodes:
        """Which node follows each: to the left, to the right, by turns."""
        return np.stack([self.left, self.right], axis=1).ravel()


def load_trees(path: Path) -> Trees:
    """Read trees from an npz file of plain arrays; OSError and ValueError where there is none."""
    with np.load(path, allow_pickle=False) as arrays:
        found = {name: arrays[name] for name in arrays.files}
    names = tuple(str(name) for name in found.pop("names"))
    steps, bias = int(found.pop("steps")), float(found.pop("bias"))
    return Trees(names=names, steps=steps, bias=bias, **found)


def save_trees(trees: Trees, path: Path) -> None:
    """Write trees to an npz file."""
    names = ("column", "limit", "left", "right", "value", "roots", "steps", "bias")
    parts: dict[str, Any] = {name: np.asarray(getattr(trees, name)) for name in names}
    np.savez_compressed(path, names=np.array(trees.names), **parts)
