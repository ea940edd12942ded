"""Neighbours: the texts of the corpus that are most like a text, by the words that weigh most in each."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tipclass.records import Near
from tipclass.rows import Rows

Columns = NDArray[np.int64]

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

    def nearest(self, features: Rows) -> list[tuple[Near, ...]]:
        """Return the nearest examples of each row of word features, shape (texts, words), the likest first."""
        return [self._nearest(*row) for row in heaviest(features).each()]

    def _nearest(self, words: Columns, weights: NDArray[np.float64]) -> tuple[Near, ...]:
        index = self._index
        spans = [
            slice(*span) for span in zip(index.starts[words].tolist(), index.starts[words + 1].tolist(), strict=True)
        ]
        if not spans or not self.examples:
            return ()
        # Slices that are put together take half the time of taking the same places one by one.
        columns = np.concatenate([index.columns[span] for span in spans])
        values = np.concatenate([index.values[span] for span in spans])
        values *= np.repeat(weights, [span.stop - span.start for span in spans])
        likeness = np.asarray(np.bincount(columns, values, len(self.examples)), dtype=np.float64)
        return tuple(self._likest(likeness))

    def _likest(self, likeness: NDArray[np.float64]) -> Iterator[Near]:
        """Yield the examples of greatest likeness, of equal ones the first; each is struck out once told."""
        for _ in range(NEAREST):
            place = int(likeness.argmax())
            if likeness[place] <= 0:
                return
            each = self.examples[place]
            yield Near(each.id, each.labels, round(float(likeness[place]), 4), each.text)
            likeness[place] = 0.0

    @functools.cached_property
    def _index(self) -> Rows:
        """The examples of each word, each brought to length 1, shape (words, examples)."""
        words, starts = self.words.astype(np.int64), self.starts.astype(np.int64)
        table = Rows(starts, words, self.weights / STEPS, int(words.max(initial=-1)) + 1).unit()
        order = np.argsort(words, kind="stable")
        ends = np.searchsorted(words[order], np.arange(2**16 + 1))  # as many as `words` can tell apart
        return Rows(ends, table.of[order], table.values[order], len(self.examples))


def excerpts(texts: Sequence[str]) -> list[str]:
    """Return how each text begins, masked."""
    from tipclass.privacy import mask_each_fully  # which a prediction need not load

    return [text[:EXCERPT] for text in mask_each_fully(texts)]


def build_neighbours(examples: Sequence[Example], features: Rows) -> Neighbours:
    """Keep the heaviest words of each example; `features` are word features, shape (examples, words)."""
    kept = heaviest(features)
    weights = np.maximum(1, np.round(kept.values * STEPS)).astype(np.uint8)
    return Neighbours(tuple(examples), kept.starts.astype(np.uint32), kept.columns.astype(np.uint16), weights)


def heaviest(features: Rows, most: int = HEAVIEST) -> Rows:
    """Keep the heaviest values of each row, brought to length 1; of equal ones the first."""
    rows = features.of
    order = np.lexsort((features.columns, -features.values, rows))
    kept = np.zeros(len(order), dtype=bool)
    kept[order] = np.arange(len(order)) - features.starts[rows[order]] < most
    return features.kept(kept).unit()
