"""Vocabulary: the words by which elements are read, and what is known of each."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tipclass import settings
from tipclass.points import PLANE
from tipclass.wordlist import Scanner

Columns = NDArray[np.int64]

FILE = "vocabulary.txt"


@dataclass(frozen=True)
class Words:
    """The words of some texts, one after the other; signs that are of no known word are words of their own.

    starts, lengths: where each stands and how long it is; numbers: which it is; sorts, likes, odds: of the
    vocabulary, 0 where it says nothing. All of shape (words,).
    """

    starts: Columns
    lengths: Columns
    numbers: Columns
    sorts: Columns
    likes: Columns
    odds: Columns


class Vocabulary:
    """Words with their sort (as jieba has it), the group of words that stand where they stand, and their odds.

    The odds say how much oftener a word stands in tips about offences than in others, in steps from 1 to 9.
    """

    def __init__(self, known: Mapping[str, tuple[int, int, int]]) -> None:
        longer = [word for word in known if len(word) > 1]
        self._scanner = Scanner({word: place for place, word in enumerate(longer)})
        self._of_words = _columns(known[word] for word in longer)
        self._of_signs = np.zeros((3, PLANE + 1), dtype=np.int64)
        for word, values in known.items():
            if len(word) == 1 and ord(word) < PLANE:
                self._of_signs[:, ord(word)] = values

    def cut(self, text: str, codes: NDArray[np.uint32]) -> Words:
        """Cut a text into words, the longest known one at each place; `codes` are its code points."""
        found = np.array(list(self._scanner.scan(text)), dtype=np.int64).reshape(-1, 3)
        begin, end, place = found.T
        opens = np.ones(len(codes) + 1, dtype=np.int64)
        for size in range(1, int((end - begin).max(initial=1))):
            opens[(begin + size)[end - begin > size]] = 0
        bounds = np.flatnonzero(opens)
        starts = bounds[:-1]
        at = np.searchsorted(starts, begin)
        signs = np.minimum(codes[starts], PLANE)
        numbers, values = signs.astype(np.int64), self._of_signs[:, signs]
        numbers[at] = PLANE + 1 + place
        values[:, at] = self._of_words[:, place]
        return Words(starts, np.diff(bounds), numbers, *values)


def _columns(rows: Iterable[tuple[int, int, int]]) -> Columns:
    return np.array(list(rows), dtype=np.int64).reshape(-1, 3).T


@functools.cache
def vocabulary() -> Vocabulary:
    """Read the vocabulary of corpora/elements, whose lines hold a word, its sort, its group and its odds."""
    lines = (settings.corpora_folder() / "elements" / FILE).read_text(encoding="utf-8").splitlines()
    return Vocabulary(dict(map(_entry, (line for line in lines if line and not line.startswith("#")))))


def _entry(line: str) -> tuple[str, tuple[int, int, int]]:
    word, sort, like, odds = line.split()
    return word, (int.from_bytes(sort.encode(), "big"), int(like), int(odds))
