"""Neighbours: the texts of the corpus that are most like a text, by the words that weigh most in each."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipclass.privacy import mask_fully
from tipclass.records import Near

EXCERPT = 120  # characters of a corpus text that a model keeps to show
HEAVIEST = 30  # words of a text that are compared
NEAREST = 3
STEPS = 255  # of a stored weight


@dataclass(frozen=True, slots=True)
class Example:
    """A text of the corpus as staff see it: its labels, and how it begins, masked."""

    id: str
    labels: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Neighbours:
    """The heaviest words of each example: weights[starts[i]:starts[i + 1]] at words[...], in steps of 1 / 255."""

    examples: tuple[Example, ...]
    starts: NDArray[np.uint32]
    words: NDArray[np.uint16]
    weights: NDArray[np.uint8]

    def problem(self, vocabulary: int) -> bool:
        """Tell whether the arrays do not fit each other, the examples, or a vocabulary of so many words."""
        ends = self.starts.astype(np.int64)
        return (
            len(ends) != len(self.examples) + 1
            or ends[0] != 0
            or ends[-1] != len(self.words)
            or len(self.words) != len(self.weights)
            or bool((np.diff(ends) < 0).any())
            or bool((self.words >= vocabulary).any())
        )

    def nearest(self, features: sparse.csr_matrix) -> list[tuple[Near, ...]]:
        """Return the nearest examples of each row of word features, shape (texts, words), the likest first."""
        shape = (len(self.examples), features.shape[1])
        table = sparse.csr_matrix((self.weights / STEPS, self.words, self.starts.astype(np.int64)), shape)
        likeness = (heaviest(features) @ _unit_rows(table).T).tocsr()
        rows = itertools.pairwise(likeness.indptr)
        return [self._best(likeness.indices[start:end], likeness.data[start:end]) for start, end in rows]

    def _best(self, columns: NDArray[np.int32], likeness: NDArray[np.float64]) -> tuple[Near, ...]:
        order = np.lexsort((columns, -likeness))[:NEAREST]
        found = ((self.examples[columns[place]], likeness[place]) for place in order)
        return tuple(Near(each.id, each.labels, round(float(near), 4), each.text) for each, near in found)


def excerpt(text: str) -> str:
    """Return how a text begins, masked."""
    return mask_fully(text)[:EXCERPT]


def build_neighbours(examples: Sequence[Example], features: sparse.csr_matrix) -> Neighbours:
    """Keep the heaviest words of each example; `features` are word features, shape (examples, words)."""
    kept = heaviest(features)
    weights = np.maximum(1, np.round(kept.data * STEPS)).astype(np.uint8)
    return Neighbours(tuple(examples), kept.indptr.astype(np.uint32), kept.indices.astype(np.uint16), weights)


def heaviest(features: sparse.csr_matrix, most: int = HEAVIEST) -> sparse.csr_matrix:
    """Keep the heaviest entries of each row, brought to length 1."""
    rows = np.repeat(np.arange(features.shape[0]), np.diff(features.indptr))
    order = np.lexsort((features.indices, -features.data, rows))
    rank = np.arange(len(order)) - features.indptr[rows[order]]
    kept = np.sort(order[rank < most])
    parts = (features.data[kept], (rows[kept], features.indices[kept]))
    found = _unit_rows(sparse.csr_matrix(parts, shape=features.shape))
    found.sort_indices()
    return found


def _unit_rows(table: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.diags_array(1.0 / np.where(lengths > 0, lengths, 1.0)).tocsr() @ table
