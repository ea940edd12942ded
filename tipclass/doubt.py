"""Doubts: texts from which no category can be read, whatever the scores say."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from tipclass.points import join
from tipclass.records import Cause

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
KANA = re.compile(r"[\u3040-\u30ff]")
LETTERS = re.compile(r"[^\W\d_]")
LATIN_WORD = re.compile(r"[A-Za-z]+")
NUMBERED = re.compile(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+", re.ASCII)  # addresses, which as letters say nothing
LEAST_HAN = 0.3  # share of the letters
LEAST_DISTINCT = 0.25  # share of the characters of a text
LONG_ENOUGH = 8  # characters from which on repetition is no accident
VARIED = 40  # characters, the distinct ones of which tell whether a text repeats itself


def doubts(texts: Sequence[str]) -> list[Cause | None]:
    """Return for each of some texts what `doubt` does."""
    return [None if plain else doubt(text) for text, plain in zip(texts, _plain(texts), strict=True)]


def doubt(text: str) -> Cause | None:
    """Return why no category can be read from a text: empty, only numbers, another language, or noise.

    >>> [str(doubt(each)) for each in ("", "13800000000", "Please help me, Sir", "asdkjhaskjd", "河里有人电鱼")]
    ['empty', 'numbers', 'foreign', 'noise', 'None']
    """
    return next((cause for cause, holds in DOUBTS if holds(text)), None)


def _plain(texts: Sequence[str]) -> list[bool]:
    """Tell the texts that nothing below can hold of, as nearly all are: half of them Chinese, and that varied.

    Each character is one of 64 marks by the end of its number; a text has at least as many characters as marks.
    """
    points = join(texts)
    codes = points.codes
    han = (codes >= 0x3400) & (codes <= 0x9FFF)
    odd = ((codes >= 0x3040) & (codes <= 0x30FF)) | (codes == ord("@")) | (codes == ord("/")) | (codes == ord("w"))
    marks = points.gather(np.bitwise_or, np.where(han, np.uint64(1) << (codes & np.uint64(63)), np.uint64(0)))
    varied = np.unpackbits(marks.view(np.uint8).reshape(-1, 8), axis=1).sum(axis=1) > LEAST_DISTINCT * VARIED
    chinese = 2 * points.gather(np.add, han.astype(np.int64)) >= points.ends - points.starts
    plain: list[bool] = (varied & chinese & ~points.gather(np.logical_or, odd)).tolist()
    return plain


def _empty(text: str) -> bool:
    return not any(character.isprintable() and not character.isspace() for character in text)


def _numbers_only(text: str) -> bool:
    return not LETTERS.search(NUMBERED.sub("", text))


def _foreign(text: str) -> bool:
    """Tell words of another language: another script, or Latin words that can be spoken."""
    letters = LETTERS.findall(text)
    if len(HAN.findall(text)) >= LEAST_HAN * len(letters) and len(KANA.findall(text)) < LEAST_HAN * len(letters):
        return False
    words = LATIN_WORD.findall(text)
    if sum(map(len, words)) < len(letters) / 2:
        return True
    return len(words) >= 3 and sum(map(_spoken, words)) >= len(words) * 2 / 3


def _spoken(word: str) -> bool:
    return len(word) < 16 and bool(re.search("[aeiouyAEIOUY]", word)) and not re.search(r"(?i)[^aeiouy]{5}", word)


def _noise(text: str) -> bool:
    """Tell keys hit at random: Latin letters that are no words, or few characters over and over."""
    letters = LETTERS.findall(text)
    few = len(letters) >= LONG_ENOUGH and len(set(letters)) <= LEAST_DISTINCT * min(len(letters), VARIED)
    return few or len(HAN.findall(text)) < LEAST_HAN * len(letters)


DOUBTS: tuple[tuple[Cause, Callable[[str], bool]], ...] = (
    (Cause.EMPTY, _empty),
    (Cause.NUMBERS, _numbers_only),
    (Cause.FOREIGN, _foreign),
    (Cause.NOISE, _noise),
)
