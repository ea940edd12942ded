"""Runs: six characters in a row, a sample of which tells copies among any number of texts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LENGTH = 6  # characters
SAMPLE = 4  # one in so many is kept; which are, only their characters decide
FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well mixed


def runs(texts: Sequence[str]) -> sparse.csr_matrix:
    """Return which sampled runs stand in which plain text, shape (texts, runs); spaces do not part them."""
    joined = [text.replace(" ", "") for text in texts]
    codes = np.frombuffer("".join(joined).encode("utf-32-le"), dtype=np.uint32)
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in joined])
    hashes = _hashes(codes)
    kept = (rows[: len(hashes)] == rows[len(rows) - len(hashes) :]) & (hashes % np.uint64(SAMPLE) == 0)
    kinds, columns = np.unique(hashes[kept], return_inverse=True)
    ones = np.ones(len(columns), np.float32)
    table = sparse.csr_matrix((ones, (rows[: len(hashes)][kept], columns)), shape=(len(texts), len(kinds)))
    return table.sign()


def _hashes(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return a hash of each run of characters."""
    size = max(0, len(codes) - LENGTH + 1)
    found = np.zeros(size, np.uint64)
    for place in range(LENGTH):
        found = found * FACTOR + codes[place : place + size]
    found ^= found >> np.uint64(32)
    return (found * FACTOR) >> np.uint64(20)
