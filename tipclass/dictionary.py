"""The dictionary: jieba's words and their frequencies, and the likeliest way to cut a text into them.

It cuts as jieba does without its HMM, and is there several times sooner, since jieba also enters the beginnings of all
its words; where many texts are to be cut it is slower.
"""

import functools
import importlib.util
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tipclass.lexicon import Lexicon
from tipclass.wordlist import RUST

LINE = b"\n"
BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")
SPELT = re.compile(r"[a-zA-Z0-9]")  # what is put together again where it stands one by one


@dataclass(frozen=True)
class Dictionary:
    """Words with their frequencies, as they are written in the file, and what these add up to."""

    frequencies: dict[str, str]
    total: int
    longest: int

    def cut(self, text: str) -> list[str]:
        """Return the tokens of a cleaned text; together they are the text."""
        tokens: list[str] = []
        end = 0
        for block in BLOCK.finditer(text):
            tokens += text[end : block.start()]
            tokens += _spelt_out(self._path(block[0]))
            end = block.end()
        return tokens + list(text[end:])

    def _path(self, block: str) -> list[str]:
        """Return the likeliest words; of ways that are as likely, the one with the longer word first."""
        size, logarithm = len(block), math.log(self.total)
        best = [(0.0, 0)] * (size + 1)
        for start in range(size - 1, -1, -1):
            words = ((end, self._frequency(block[start:end])) for end in range(start + 1, size + 1)[: self.longest])
            known = [(end, frequency) for end, frequency in words if frequency] or [(start + 1, 1)]
            best[start] = max((math.log(often) - logarithm + best[end][0], end) for end, often in known)
        places = [0]
        while places[-1] < size:
            places.append(best[places[-1]][1])
        return [block[start:end] for start, end in itertools.pairwise(places)]

    def _frequency(self, word: str) -> int:
        return int(self.frequencies.get(word, 0))


def _spelt_out(words: list[str]) -> Iterator[str]:
    for spelt, group in itertools.groupby(words, lambda word: bool(SPELT.fullmatch(word))):
        found = list(group)
        yield from ["".join(found)] if spelt else found


@functools.lru_cache(maxsize=4)
def dictionary(lexicon: Lexicon) -> Dictionary:
    """Return jieba's dictionary with the words of a lexicon."""
    plain = _jiebas()
    own = _own(lexicon)
    more = sum(int(often) - int(plain.frequencies.get(word, 0)) for word, often in own.items())
    return Dictionary(plain.frequencies | own, plain.total + more, max([plain.longest, *map(len, own)]))


@functools.lru_cache(maxsize=4)
def part(lexicon: Lexicon, characters: frozenset[str]) -> Dictionary:
    """Return what of the dictionary can stand in texts of some characters: cuts them alike, and is there sooner."""
    if not RUST:
        return dictionary(lexicon)
    own, signs = _own(lexicon), re.escape("".join(sorted(characters)))
    found = dict(re.findall(rf"^([{signs}]+) (\d+)", _file().decode(), re.MULTILINE)) if signs else {}
    more = sum(map(int, own.values())) - _counted(list(own))
    return Dictionary(found | own, _total() + more, max(map(len, (*found, *own)), default=1))


def _own(lexicon: Lexicon) -> dict[str, str]:
    return {term.word: str(term.frequency) for term in lexicon.terms}


@functools.cache
def _jiebas() -> Dictionary:
    cells = _file().decode().split()
    frequencies = dict(zip(cells[::3], cells[1::3], strict=True))
    return Dictionary(frequencies, _total(), max(map(len, frequencies)))


@functools.cache
def _file() -> bytes:
    """Read jieba's dictionary, without importing what comes with it: behind a line's end a word, how often, what."""
    origin = getattr(importlib.util.find_spec("jieba"), "origin", None)
    return LINE + Path(str(origin)).with_name("dict.txt").read_bytes()


@functools.cache
def _total() -> int:
    """Return what the frequencies add up to: the numbers between the first and the second space of each line."""
    codes = np.frombuffer(_file(), dtype=np.uint8)
    spaces = np.flatnonzero(codes == ord(" "))
    before, place = spaces[::2], spaces[1::2] - 1
    total, worth = 0, 1
    while len(place):
        total += worth * int((codes[place] - ord("0")).sum(dtype=np.int64))
        inside = place - 1 > before
        before, place, worth = before[inside], place[inside] - 1, 10 * worth
    return total


def _counted(words: list[str]) -> int:
    """Return what the frequencies of some words add up to in jieba's dictionary."""
    from ahocorasick_rs import BytesAhoCorasick

    lines = BytesAhoCorasick([LINE + word.encode() + b" " for word in words]).find_matches_as_indexes(_file())
    return sum(int(_file()[end : _file().index(b" ", end)]) for _, _, end in lines)
