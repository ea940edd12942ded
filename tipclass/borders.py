"""Borders: how far to the left the name that ends at some place of a text can reach."""

import re
from collections.abc import Iterable

from tipclass.wordlist import Scanner, words

Span = tuple[int, int]

_KEPT, _EVERY, _PLACES = "kept", "every", "places"
_FUNCTION = frozenset(word for word in words("borders") if len(word) == 1)
_VERBS = (*words("verbs"), *words("borders_place"), *words("borders_usual"))
_WORDS = Scanner(
    {verb: _PLACES if _FUNCTION.isdisjoint(verb) else _EVERY for verb in _VERBS}  # 发给 holds 给
    | dict.fromkeys(words("borders"), _EVERY)
    | dict.fromkeys((*words("places"), *words("kept")), _KEPT)
)
_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9×*○·]+")


class Borders:
    """Which characters of a text no name reaches over: function words, verbs, signs, and what is taken already."""

    def __init__(self, text: str, taken: Iterable[Span] = ()) -> None:
        self._every, self._places = every, places = bytearray(len(text)), bytearray(len(text))
        for start, end, label in _WORDS.scan(text):
            if label is not _KEPT:
                places[start:end] = mark = b"\1" * (end - start)
                if label is _EVERY:
                    every[start:end] = mark
        for start, end in (*(match.span() for match in _SIGNS.finditer(text)), *taken):
            every[start:end] = places[start:end] = b"\1" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Tell whether the name of a place can reach from start to end."""
        return self._places.find(b"\1", start, end) < 0

    def open(self, start: int, end: int) -> bool:
        """Tell whether the name of a firm can reach from start to end."""
        return self._every.find(b"\1", start, end) < 0

    def name_start(self, end: int, longest: int) -> int | None:
        """Return where the name that ends at `end` begins, or None where it would be longer than `longest`."""
        return _start(self._every, end, longest)

    def place_start(self, end: int, longest: int) -> int | None:
        """Return where the name of a place that ends at `end` begins; verbs that a firm's name may hold end it too."""
        return _start(self._places, end, longest)


def _start(marks: bytearray, end: int, longest: int) -> int | None:
    lowest = max(0, end - longest - 1)
    place = marks.rfind(b"\1", lowest, end)
    if place >= 0:
        return place + 1
    return 0 if end <= longest else None
