"""Particulars: the names of places and the numbers by which one matter is told from another of its kind."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# A name is the two characters before the word for what it names: wherever it began, they come before that word.
NAMED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2})(?P<word>村|镇|乡|街道|路|街|小区|社区|屯|水库|河|闸|桥|县|区|苑|园|巷)"
)
NUMBERED = re.compile(
    r"(?P<name>[一二三四五六七八九十\d]{1,4})(?P<word>巷|组|小学|小|中学|中|号楼|栋|幢|单元|期|号线|路|号|队|店|区|社|桥|公里)"
)
DIGITS = str.maketrans("一二三四五六七八九", "123456789")
Read = Callable[[re.Match[str]], tuple[str, str]]

MOST = 2  # names or numbers in which two texts may agree or differ, and more is no more


@dataclass(frozen=True)
class Particulars:
    """Which names stand in which text, and to which word each belongs; shapes (texts, names) and (names, words)."""

    names: sparse.csr_matrix
    words: sparse.csr_matrix

    def compare(self, one: NDArray[np.int64], two: NDArray[np.int64]) -> tuple[NDArray[np.float32], ...]:
        """Return for pairs of rows in how many words they agree, and in how many they only differ."""
        there = (self.names @ self.words).sign().tocsr()
        agree = _count((self.names[one].multiply(self.names[two]) @ self.words).sign())
        both = _count(there[one].multiply(there[two]))
        return np.minimum(agree, MOST), np.minimum(both - agree, MOST)


def _count(table: sparse.csr_matrix) -> NDArray[np.float32]:
    return np.asarray(table.sum(axis=1), dtype=np.float32).ravel()


def named(texts: Sequence[str]) -> Particulars:
    """Find the names of villages, roads, rivers and the like in plain texts."""
    return _particulars(texts, NAMED, lambda match: (match["name"], match["word"]))


def numbered(texts: Sequence[str]) -> Particulars:
    """Find the numbers of houses, groups, schools and the like in plain texts; they are told by the first character."""
    return _particulars(texts, NUMBERED, lambda match: (match["name"].translate(DIGITS), match["word"][0]))


def _particulars(texts: Sequence[str], pattern: re.Pattern[str], read: Read) -> Particulars:
    rows, columns = [], []
    names: dict[tuple[str, str], int] = {}
    for row, text in enumerate(texts):
        for key in {read(match) for match in pattern.finditer(text)}:
            rows.append(row)
            columns.append(names.setdefault(key, len(names)))
    kinds = {word: place for place, word in enumerate(dict.fromkeys(word for _, word in names))}
    belongs = _ones(range(len(names)), [kinds[word] for _, word in names], (len(names), len(kinds)))
    return Particulars(_ones(rows, columns, (len(texts), len(names))), belongs)


def _ones(rows: Sequence[int], columns: Sequence[int], shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(columns), np.float32), (rows, columns)), shape=shape)
