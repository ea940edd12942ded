"""Vocabulary: the words by which elements are read, and what is known of each."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tipclass import settings
from tipclass.points import PLANE
from tipclass.wordlist import Scanner

Columns = NDArray[np.int64]

FILE = "vocabulary.txt"
HEADS = 2  # lines of comment that it begins with


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

    def __init__(self, words: Sequence[str], *known: Sequence[int]) -> None:
        """Take on words, none twice, with the sort, the group and the odds of each."""
        values = np.array(known, dtype=np.int64)
        longer = [place for place, word in enumerate(words) if len(word) > 1]
        signs = [place for place, word in enumerate(words) if len(word) == 1 and ord(word) < PLANE]
        self._scanner = Scanner({words[place]: row for row, place in enumerate(longer)})
        self._of_words = values[:, longer]
        self._of_signs = np.zeros((len(values), PLANE + 1), dtype=np.int64)
        self._of_signs[:, [ord(words[place]) for place in signs]] = values[:, signs]

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


@functools.cache
def vocabulary() -> Vocabulary:
    """Read the vocabulary of corpora/elements, whose lines hold a word, its sort, its group and its odds."""
    text = (settings.corpora_folder() / "elements" / FILE).read_text(encoding="utf-8")
    cells = text.split("\n", HEADS)[-1].split()
    sorts = list(map(_number, cells[1::4]))
    return Vocabulary(cells[::4], sorts, list(map(int, cells[2::4])), list(map(int, cells[3::4])))


@functools.cache
def _number(sort: str) -> int:
    return int.from_bytes(sort.encode(), "big")
