"""Word lists: the files of corpora/elements, and the one pattern that finds any word of a list."""

import functools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from tipclass import settings

Trie = dict[str, "Trie"]
_END = ""
Label = TypeVar("Label")


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of corpora/elements/<name>.txt: one a line, several may share it; # begins a comment."""
    return tuple(dict.fromkeys(word for line in _lines(name) for word in line.split()))


class Scanner(Generic[Label]):
    """Finds the words of a table in a text from left to right, the longest at each place; two look-ups a character."""

    def __init__(self, labels: Mapping[str, Label]) -> None:
        self._labels = labels

    @functools.cached_property
    def _firsts(self) -> frozenset[str]:
        return frozenset(word[0] for word in self._labels)

    @functools.cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """The lengths of the words that begin with two characters, the longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self._labels:
            if len(word) > 1:
                lengths.setdefault(word[:2], set()).add(len(word))
        return {pair: tuple(sorted(each, reverse=True)) for pair, each in lengths.items()}

    def scan(self, text: str) -> Iterator[tuple[int, int, Label]]:
        """Yield start, end and label of each word found."""
        place, firsts, lengths_at, label_of = 0, self._firsts, self._lengths.get, self._labels.get
        for start, character in enumerate(text):
            if character not in firsts or start < place:
                continue
            for length in lengths_at(text[start : start + 2], ()):
                word = text[start : start + length]
                label = label_of(word)
                if label is not None:
                    place = start + len(word)
                    yield start, place, label
                    break
            else:
                label = label_of(character)
                if label is not None:
                    yield start, start + 1, label

    def end(self, text: str, start: int) -> int | None:
        """Return where the longest word that begins at a place of a text ends."""
        for length in self._lengths.get(text[start : start + 2], ()):
            end = start + length
            if text[start:end] in self._labels and end <= len(text):
                return end
        return start + 1 if text[start : start + 1] in self._labels else None


def any_of(listed: Iterable[str]) -> str:
    """Return a pattern for the longest of some words that stands at a place, without trying the words one by one.

    >>> any_of(["电鱼", "电", "毒鱼"])
    '(?:(?=[毒])(?:毒鱼)|(?=[电])(?:电(?:鱼)?))'
    """
    trie: Trie = {}
    for word in listed:
        node = trie
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    # A look at the first character picks one bundle of branches, so that a long list costs the root of its length.
    firsts = sorted(trie)
    size = max(1, math.isqrt(len(firsts)))
    bundles = (firsts[place : place + size] for place in range(0, len(firsts), size))
    return f"(?:{'|'.join(_bundle(trie, bundle) for bundle in bundles)})"


@functools.cache
def tables(name: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a file whose lines each begin with a label and a colon, by label."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines(name):
        label, colon, rest = line.partition(":")
        if colon:
            found[label.strip()] = (*found.get(label.strip(), ()), *rest.split())
    return found


@functools.cache
def weights(name: str) -> dict[str, float]:
    """Return the weights of a file whose lines each hold a sign and, behind the last space, its weight."""
    pairs = (line.rpartition(" ") for line in _lines(name) if line.strip())
    return {sign: float(weight) for sign, _, weight in pairs}


def listed(name: str) -> str:
    """Return the pattern for the words of a file."""
    return any_of(words(name))


def _bundle(trie: Trie, firsts: list[str]) -> str:
    branches = "|".join(re.escape(first) + _alternatives(trie[first]) for first in firsts)
    return f"(?=[{''.join(map(re.escape, firsts))}])(?:{branches})"


def _alternatives(node: Trie) -> str:
    branches = [re.escape(character) + _alternatives(node[character]) for character in sorted(node) if character]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and _END not in node and len(node) == 1 else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if _END in node else joined


def _lines(name: str) -> list[str]:
    path = settings.corpora_folder() / "elements" / f"{name}.txt"
    return [line.split("#")[0] for line in path.read_text(encoding="utf-8").splitlines()]
