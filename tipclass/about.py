"""About: what a text is about, as a direction among the meanings of the corpora and as a leaning to categories."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipclass import settings
from tipclass.bigrams import distinct_keys

Matrix = NDArray[np.float32]

FILE = "about.npz"


@dataclass(frozen=True)
class About:
    """For each text, a row of length 1: `meaning`, and `leaning`, the roots of how likely each category is."""

    meaning: Matrix
    leaning: Matrix


@dataclass(frozen=True)
class Compass:
    """What texts are read by: keys of characters and pairs (ascending), how telling each is, and where it points.

    Shapes: keys and telling (terms,), meanings (terms, directions), leanings (terms, categories), bias (categories,).
    """

    keys: NDArray[np.uint32]
    telling: Matrix
    meanings: Matrix
    leanings: Matrix
    bias: Matrix

    def read(self, texts: Sequence[str]) -> About:
        """Read plain texts."""
        terms = self.terms(texts)
        scores = terms @ self.leanings + self.bias
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        return About(_unit(terms @ self.meanings), np.sqrt(likely / likely.sum(axis=1, keepdims=True)))

    def terms(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the known characters and pairs of plain texts, each row of length 1, shape (texts, terms)."""
        rows, keys = distinct_keys(texts)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[at] == keys
        rows, at = rows[known], at[known]
        weights = self.telling[at]
        lengths = np.sqrt(np.bincount(rows, weights.astype(np.float64) ** 2, minlength=len(texts)))
        starts = np.searchsorted(rows, np.arange(len(texts) + 1))
        parts = ((weights / lengths[rows]).astype(np.float32), at.astype(np.int32), starts.astype(np.int32))
        return sparse.csr_matrix(parts, shape=(len(texts), len(self.keys)))


def _unit(table: Matrix) -> Matrix:
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    unit: Matrix = (table / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
    return unit


@functools.cache
def compass() -> Compass:
    """Read corpora/link/about.npz: arrays only, meanings and leanings in steps of their largest weight by 127."""
    with np.load(settings.corpora_folder() / "link" / FILE, allow_pickle=False) as arrays:
        wide = {name: arrays[name] * (arrays[f"{name}_most"] / 127) for name in ("meanings", "leanings")}
        rest = {name: arrays[name] for name in ("keys", "telling", "bias")}
    return Compass(**rest, **{name: table.astype(np.float32) for name, table in wide.items()})
