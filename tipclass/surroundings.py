"""Surroundings: the words around a stretch of a text as signs by which its nature and its owner are told."""

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from tipclass.columns import cells, is_reported
from tipclass.forms import fields
from tipclass.points import code_points
from tipclass.privacy_table import privacy_table
from tipclass.sides import Sides
from tipclass.vocabulary import vocabulary
from tipclass.wordlist import Scanner, tables

Span = tuple[int, int]
Sided = tuple[str | None, tuple[str, ...]]  # the sort of a word and signs

BEHIND, AHEAD = 30, 20  # characters of a sentence before and behind a stretch that tell
MEMORY = 90  # characters before and behind a stretch that its signs can depend on
NEXT = 3  # words beside a stretch that tell by where they stand
LINE = "\n"
ME, THEM = "我俺咱", "他她"
PERSONS = [ord(sign) for sign in ME + THEM]
HAN = (0x4E00, 0x9FFF)  # the first and the last character of Chinese
_LONGEST = 6  # characters of a word that brings something
_STEPS = (1, 4, 9, 18, 35, 60)  # distances that count as one, in characters
_FILLERS = frozenset(' :：“"(【[是叫为，,')
_STOPS = re.compile(r"[。！？!?；;\n]")
_PAUSES = re.compile(r"[，,。！？!?；;：:\n]")
_PLAIN = {ord(digit): "0" for digit in "123456789"} | {ord("\n"): "/", ord("#"): "~"}
_PLAIN |= {ord(sign) - shift: "a" for sign in "abcdefghijklmnopqrstuvwxyz" for shift in (0, 32)}


class Surroundings:
    """A folded text, the words in it that tell whose something is, and where its sentences and phrases end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = text.translate(_PLAIN)  # what signs are made of: any digit is 0, any letter a
        self.sides = Sides(text)
        self._stops = [match.start() for match in _STOPS.finditer(text)]
        self._pauses = [match.start() for match in _PAUSES.finditer(text)]
        self._words = list(_scanner().scan(text))
        self._starts = [start for start, _, _ in self._words]
        self._lefts: dict[int, Sided] = {}
        self._rights: dict[int, Sided] = {}
        self._labels = sorted(_labelled(text))
        self._spelt = _spelt(text)
        self._spelt_starts = [start for start, _, _ in self._spelt]
        self._end = len(text.rstrip())
        self._of_office = not any(me in text for me in ME)
        self._lines = "\n" in text[: self._end]

    def sentences(self, start: int, end: int) -> int:
        """Return how many sentences end between two places."""
        return bisect_left(self._stops, end) - bisect_left(self._stops, start)

    def phrase(self, start: int) -> int:
        """Return where the phrase begins in which a place is."""
        at = bisect_left(self._pauses, start)
        return self._pauses[at - 1] + 1 if at else 0

    def label(self, start: int, end: int) -> str | None:
        """Return whose a stretch is by the label of its field or the name of its column, where it stands in one."""
        at = bisect_right(self._labels, start, key=lambda each: each[0]) - 1
        inside = at >= 0 and self._labels[at][0] <= start and end <= self._labels[at][1]
        return self._labels[at][2] if inside else None

    def beside(self, start: int, end: int) -> Iterator[str]:
        """Yield the signs of what stands right before a stretch and right behind it."""
        (sort, left), (follows, right) = self.left(start), self.right(end)
        yield from left
        yield from right
        yield f"both {sort} {follows}"

    def left(self, start: int) -> Sided:
        """Return the sort of the word that brings what begins here, and the signs of what stands before it."""
        if start not in self._lefts:
            self._lefts[start] = self._left(start)
        return self._lefts[start]

    def right(self, end: int) -> Sided:
        """Return the sort of the word that follows what ends here, and the signs of what stands behind it."""
        if end not in self._rights:
            self._rights[end] = self._right(end)
        return self._rights[end]

    def _left(self, start: int) -> Sided:
        text, first = self.plain, start
        while first and text[first - 1] in _FILLERS and start - first < 3:
            first -= 1
        sort, word = _before(text, first)
        signs = (
            f"left {sort} {text[first : first + 1] if first < start else ''}",
            f"brought {sort}",
            f"left1 {text[max(0, start - 1) : start]}",
            f"left2 {text[max(0, start - 2) : start]}",
        )
        more = (f"lead {word}", f"before {_before(text, first - len(word))[0]} {sort}") if word else ()
        return sort, signs + more

    def _right(self, end: int) -> Sided:
        text, follows = self.plain, _behind(self.plain, end)
        return follows, (f"right {follows}", f"right1 {text[end : end + 1]}", f"right2 {text[end : end + 2]}")

    def owner(self, start: int, end: int) -> Iterator[str]:
        """Yield the signs of whose a stretch is: cues near by, the words of its phrase and of its sentence."""
        ours, theirs, nearest = self.sides.distances(start, end)
        near, far = step(ours), step(theirs)
        yield f"near {near} {far}"
        yield f"ours {near}"
        yield f"theirs {far}"
        yield f"first {nearest}"
        yield f"label {self.label(start, end)}"
        yield f"office {self._of_office}"
        yield f"tail {end >= self._end} {self._lines}"
        yield f"line {start == 0 or self.text[start - 1] == LINE} {self.text[end : end + 1] == LINE}"
        sentence, phrase = self._around(self._stops, start, end), self._around(self._pauses, start, end)
        yield from self._sorts(start, end, sentence, phrase)
        yield from self._pairs(start, end, sentence, phrase)
        yield from self._groups(start, end, sentence, phrase)

    def _around(self, ends: list[int], start: int, end: int) -> Span:
        at, after = bisect_left(ends, start), bisect_left(ends, end)
        first = max(start - BEHIND, ends[at - 1] + 1 if at else 0)
        return first, min(end + AHEAD, ends[after] if after < len(ends) else len(self.text))

    def _sorts(self, start: int, end: int, sentence: Span, phrase: Span) -> Iterator[str]:
        """Yield the sorts of the words that tell in the phrase and in the sentence."""
        for at in range(bisect_left(self._starts, sentence[0]), len(self._words)):
            first, last, sort = self._words[at]
            if first >= sentence[1]:
                break
            if last <= start:
                yield f"{'in' if first >= phrase[0] else 'far'} before {sort}"
            elif first >= end:
                yield f"{'in' if first < phrase[1] else 'far'} after {sort}"

    def _pairs(self, start: int, end: int, sentence: Span, phrase: Span) -> Iterator[str]:
        text = self.plain
        stretches = (
            ("before", max(sentence[0], phrase[0]), start),
            ("after", end, min(sentence[1], phrase[1])),
            ("earlier", sentence[0], phrase[0]),
            ("later", phrase[1], sentence[1]),
        )
        for label, first, last in stretches:
            for at in range(first, last - 1):
                yield f"{label} {text[at : at + 2]}"

    def _groups(self, start: int, end: int, sentence: Span, phrase: Span) -> Iterator[str]:
        """Yield the words next to a stretch, and the groups of those and of all in its sentence."""
        first, before, behind, last = (
            bisect_left(self._spelt_starts, at) for at in (sentence[0], start, end, sentence[1])
        )
        for steps, (at, size, group) in enumerate(reversed(self._spelt[first:before])):
            yield f"{'in' if at >= phrase[0] else 'far'} before ~{group}"
            if steps < NEXT:
                yield f"before{steps} ~{group}"
                yield f"before{steps} {self.text[at : at + size]}"
        for steps, (at, _, group) in enumerate(self._spelt[behind:last]):
            yield f"{'in' if at < phrase[1] else 'far'} after ~{group}"
            if steps < NEXT:
                yield f"after{steps} ~{group}"


def _labelled(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the fields of forms and the cells of tables in a text, with whose they are."""
    for field in fields(text):
        yield field.start, field.end, f"field {field.side}"
    for cell in cells(text):
        yield cell.start, cell.end, "reported" if is_reported(cell.column) else f"hidden {cell.hidden}"


def _spelt(text: str) -> list[tuple[int, int, int]]:
    """Return start, length and group of the Chinese words of a text but for pronouns: I and he are of one group."""
    codes = code_points(text)
    cut = vocabulary().cut(text, codes)
    first = codes[cut.starts]
    chosen = (first >= HAN[0]) & (first <= HAN[1]) & ~np.isin(first, PERSONS)
    columns = (each[chosen].tolist() for each in (cut.starts, cut.lengths, cut.likes))
    return list(zip(*columns, strict=True))


def sort_before(text: str, end: int) -> str | None:
    """Return the sort of the longest word that brings something and ends here: 我爸 gives kin."""
    return _before(text, end)[0]


def step(distance: int) -> int:
    """Return which of a few classes a distance is in."""
    return bisect_left(_STEPS, distance)


def _before(text: str, end: int) -> tuple[str | None, str]:
    bringing = _bringing()
    for size in range(min(_LONGEST, end), 0, -1):
        word = text[end - size : end]
        if word in bringing:
            return bringing[word], word
    return None, ""


def _behind(text: str, start: int) -> str | None:
    following = _following()
    sorts = (following.get(text[start : start + size]) for size in (4, 3, 2, 1))
    return next(filter(None, sorts), None)


def _sorted(lists: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, str]:
    """Return the sort of each word, the first that claims it."""
    sorts: dict[str, str] = {}
    for sort, words in lists:
        for word in words:
            sorts.setdefault(word, sort)
    return sorts


@functools.cache
def _bringing() -> Mapping[str, str]:
    """Return the words that stand before a name, by sort."""
    names = privacy_table().names
    lists = ("owners", "labels", "sides", "titles", "kin", "open", "plain", "offices", "calls", "brings")
    titles = tables("person_words")["titles"]
    return _sorted([*((each, getattr(names, each)) for each in lists), ("titles", titles)])


@functools.cache
def _following() -> Mapping[str, str]:
    """Return the words that stand behind a name, by sort."""
    names = privacy_table().names
    of_kin = ("of kin", [f"的{word}" for word in names.kin])
    lists = ("tells", "harm", "acts", "follows", "kin")
    return _sorted([*((each, getattr(names, each)) for each in lists), of_kin, ("titles", names.titles)])


@functools.cache
def _scanner() -> Scanner[str]:
    """Return the finder of words that tell something of a sentence, by sort."""
    names, cues = privacy_table().names, privacy_table().cues
    lists = ("kin", "titles", "offices", "labels", "sides", "harm", "tells")
    cued = (("theirs", cues.reported), ("ours", cues.informant))
    listed = [*((each, getattr(names, each)) for each in lists), *cued]
    sorts = {word: sort for word, sort in _sorted(listed).items() if len(word) > 1}
    return Scanner(sorts | dict.fromkeys(ME, "me") | dict.fromkeys(THEM, "them"))
