"""Word lists: the files of corpora/elements, and the one pattern that finds any word of a list."""

import functools
import importlib.util
import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from tipclass import settings

Trie = dict[str, "Trie"]
_END = ""
Label = TypeVar("Label")
RUST = importlib.util.find_spec("ahocorasick_rs") is not None
SHORT = 5  # characters of the longest word for which all lengths are tried at each place
TOLL = 5  # characters that are read without an automaton in the time that it takes to take on a word


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of corpora/elements/<name>.txt: one a line, several may share it; # begins a comment."""
    return tuple(dict.fromkeys(word for line in _lines(name) for word in line.split()))


class Scanner(Generic[Label]):
    """Finds the words of a table in a text from left to right, the longest at each place; two look-ups a character.

    Where ahocorasick_rs is installed, an automaton that is several times faster takes over as soon as building it pays.
    """

    def __init__(self, labels: Mapping[str, Label]) -> None:
        self._labels = labels
        self.unpaid = TOLL * len(labels) if RUST else math.inf  # characters until the automaton takes over

    def scan(self, text: str) -> Iterable[tuple[int, int, Label]]:
        """Return start, end and label of each word found."""
        if self.unpaid > 0:
            self.unpaid -= len(text)
            return self._scan(text)
        find, labels = self._automaton
        try:
            return [(start, end, labels[at]) for at, start, end in find(text)]
        except UnicodeEncodeError:  # half a character
            return self._scan(text)

    @functools.cached_property
    def _automaton(self) -> tuple[Callable[[str], list[tuple[int, int, int]]], list[Label]]:
        from ahocorasick_rs import AhoCorasick, MatchKind

        labels = {word: label for word, label in self._labels.items() if label is not None}
        built = AhoCorasick(list(labels), matchkind=MatchKind.LeftmostLongest, store_patterns=False)
        return built.find_matches_as_indexes, list(labels.values())

    @functools.cached_property
    def _firsts(self) -> frozenset[str]:
        return frozenset(word[0] for word in self._labels)

    @functools.cached_property
    def _lengths_at(self) -> Callable[[str], Iterable[int]]:
        """Return the lengths to try of the words that begin with two characters, the longest first."""
        longest = max(map(len, self._labels), default=0)
        if longest <= SHORT:
            return lambda pair: range(longest, 1, -1)
        lengths: dict[str, set[int]] = {}
        for word in self._labels:
            if len(word) > 1:
                lengths.setdefault(word[:2], set()).add(len(word))
        ordered = {pair: tuple(sorted(each, reverse=True)) for pair, each in lengths.items()}
        return lambda pair: ordered.get(pair, ())

    def _scan(self, text: str) -> Iterator[tuple[int, int, Label]]:
        place, firsts, lengths_at, label_of = 0, self._firsts, self._lengths_at, self._labels.get
        for start, character in enumerate(text):
            if character not in firsts or start < place:
                continue
            for length in lengths_at(text[start : start + 2]):
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
        for length in self._lengths_at(text[start : start + 2]):
            end = start + length
            if text[start:end] in self._labels and end <= len(text):
                return end
        return start + 1 if text[start : start + 1] in self._labels else None


class Finder:
    """Finds which of some words stand in a text, those within other words too."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._listed = tuple(dict.fromkeys(listed))
        self.unpaid = TOLL * len(self._listed) if RUST else math.inf  # characters until the automaton takes over

    def among(self, text: str) -> set[str]:
        """Return the words that stand in a text.

        >>> sorted(Finder(["电鱼", "电", "毒鱼"]).among("有人电鱼"))
        ['电', '电鱼']
        """
        if self.unpaid > 0:
            self.unpaid -= len(text)
            return self._plain(text)
        try:
            return {self._listed[at] for at, _, _ in self._find(text, overlapping=True)}
        except UnicodeEncodeError:  # half a character
            return self._plain(text)

    def _plain(self, text: str) -> set[str]:
        return {word for word in self._listed if word in text}

    @functools.cached_property
    def _find(self) -> Callable[..., list[tuple[int, int, int]]]:
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick(self._listed, store_patterns=False).find_matches_as_indexes


def any_of(listed: Iterable[str]) -> str:
    """Return a pattern for the longest of some words that stands at a place, without trying the words one by one.

    >>> any_of(["电鱼", "电", "毒鱼"])
    '(?:(?=[毒电])(?:毒鱼|电鱼?))'
    """
    trie: Trie = {}
    for word in listed:
        node = trie
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    # A look at the first character passes over most of a text; another picks one bundle of branches, so that a long
    # list costs the root of its length.
    alone = _leaves(trie)
    firsts = sorted(trie.keys() - set(alone))
    size = max(1, math.isqrt(len(firsts)))
    bundles = [firsts[place : place + size] for place in range(0, len(firsts), size)]
    branches = "|".join([*_one_of(alone), *(_bundle(trie, bundle) for bundle in bundles)])
    return f"(?:{_ahead(sorted(trie))}(?:{branches}))" if len(bundles) > 1 else f"(?:{branches})"


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


def total(known: Mapping[str, float], signs: Iterable[str]) -> float:
    """Return the sum of what signs weigh, in their order; a sign that is not known weighs nothing.

    >>> total({"a": 1.5, "b": -1.0}, ["a", "b", "c"])
    0.5
    """
    return sum(map(known.get, signs, itertools.repeat(0.0)))


def listed(name: str) -> str:
    """Return the pattern for the words of a file."""
    return any_of(words(name))


def _bundle(trie: Trie, firsts: list[str]) -> str:
    branches = "|".join(re.escape(first) + _alternatives(trie[first]) for first in firsts)
    return f"{_ahead(firsts)}(?:{branches})" if len(firsts) > 1 else branches


def _ahead(characters: list[str]) -> str:
    return f"(?={''.join(_one_of(characters))})"


def _alternatives(node: Trie) -> str:
    leaves = _leaves(node)
    longer = [character for character in sorted(node.keys() - {_END}) if character not in leaves]
    branches = [*_one_of(leaves), *(re.escape(character) + _alternatives(node[character]) for character in longer)]
    if not branches:
        return ""
    alone = len(branches) == 1 and (bool(leaves) or _END not in node)
    joined = branches[0] if alone else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if _END in node else joined


def _leaves(node: Trie) -> list[str]:
    """Return the characters of a node behind which no word goes on."""
    return sorted(character for character, below in node.items() if character and below.keys() == {_END})


def _one_of(characters: Iterable[str]) -> list[str]:
    """Return a class of characters, which costs less than as many branches."""
    escaped = "".join(map(re.escape, characters))
    return [f"[{escaped}]" if len(escaped.replace("\\", "")) > 1 else escaped] if escaped else []


def _lines(name: str) -> list[str]:
    path = settings.corpora_folder() / "elements" / f"{name}.txt"
    return [line.split("#")[0] for line in path.read_text(encoding="utf-8").splitlines()]
