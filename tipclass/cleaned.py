"""Cleaned: many texts at once, each as `clean` gives it.

By its characters, looked up in one table, a text shows which steps can find anything in it: few do in most texts.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tipclass import clean as steps
from tipclass.clean import FURNITURE_WORDS, STEPS, Step, clean
from tipclass.points import PLANE, Columns, join, plane, text_of

FEW = 8  # texts that are sooner cleaned one by one


class Sign(NamedTuple):
    """What every match of a step holds: so many characters in a row, each of which the pattern finds.

    With `like` they are the same character.
    """

    step: Step
    characters: str
    run: int = 1
    like: bool = False


# What these steps leave can be a sign of later ones, so that a text with one of their signs is cleaned by itself.
EARLY = (
    Sign(steps.drop_controls, steps.CONTROLS),
    Sign(steps.unescape_entities, "&"),
    Sign(steps.drop_tags, "<"),
    Sign(steps.drop_pinyin, steps.TONES),
    Sign(steps.simplify, steps.TRADITIONAL),
)
LATE = (
    Sign(steps.mask_furniture, f"[{''.join(re.escape(word[0]) for word in FURNITURE_WORDS)}]"),
    Sign(steps.mask_links, "[@hw]"),
    Sign(steps.mask_phones, r"[\d*xX-]", 10),
    Sign(steps.mask_serials, r"[A-Za-z\d+/=_*-]", 8),
    Sign(steps.mask_anonymity, "[某×✕╳Xx*○〇□]"),
    Sign(steps.mask_coded_places, "[A-Z西]"),
    Sign(steps.fold_numbers, r"\d"),
    Sign(steps.fold_tokens, "[※↗☎№⌂¶]"),
    Sign(steps.fold_punctuation, r"[^\w\s]", 2, like=True),
    Sign(steps.fold_space, r"[^\S ]"),
    Sign(steps.fold_space, " ", 2, like=True),
)
FURNISHED = 0  # place in LATE
ALONE = 1 << len(LATE)  # marks a character with which a text is cleaned by itself
ONCE = ALONE | sum(1 << place for place, sign in enumerate(LATE) if sign.run == 1 and place != FURNISHED)


def clean_all(texts: Sequence[str]) -> list[str]:
    """Return some texts as the model reads them.

    >>> clean_all(["请查Ａ市××厂！！！　电话13800000000"] * 9)[8]
    '请查⌂市※厂! 电话☎'
    """
    if len(texts) < FEW:
        return [clean(text) for text in texts]
    tables = _tables()
    points = join(texts)
    kinds = points.look(tables.kinds)
    flags = points.gather(np.bitwise_or, kinds & ONCE)
    folded = tables.folded[np.minimum(points.codes, PLANE)]
    for place, found in _places(folded, kinds):
        flags[points.rows[found]] |= 1 << place
    whole = text_of(folded)
    rows = zip(texts, flags.tolist(), points.starts.tolist(), points.ends.tolist(), strict=True)
    return [clean(text) if signs & ALONE else _late(whole[start:end], signs) for text, signs, start, end in rows]


def _late(text: str, signs: int) -> str:
    for step in _steps(signs):
        text = step(text)
    return text


@functools.cache
def _steps(signs: int) -> tuple[Step, ...]:
    """Return the late steps that can find something where these signs are; masks can leave two like tokens."""
    found = {sign.step for place, sign in enumerate(LATE) if signs >> place & 1}
    masks = {sign.step for sign in LATE[: LATE.index(Sign(steps.fold_numbers, r"\d"))]}
    found |= {steps.fold_tokens} if found & masks else set()
    return tuple(step for step in STEPS if step in found)


def _places(codes: NDArray[np.uint32], kinds: NDArray[np.uint16]) -> Iterator[tuple[int, Columns]]:
    """Yield for each sign that one character alone does not make where it stands."""
    yield FURNISHED, _furnished(codes, kinds)
    again = codes[1:] == codes[:-1]  # a text ends with a break, so that all here are of one text
    for place, sign in enumerate(LATE):
        if sign.like:
            yield place, np.flatnonzero(again & (kinds[1:] & (1 << place) > 0))
        elif sign.run > 1:
            yield place, _runs(kinds & (1 << place), sign.run)


def _runs(marks: NDArray[Any], run: int) -> Columns:
    """Return where so many characters in a row begin that are marked."""
    at = np.flatnonzero(marks)
    found: Columns = at[: 1 - run][at[run - 1 :] - at[: 1 - run] == run - 1]
    return found


def _furnished(codes: NDArray[np.uint32], kinds: NDArray[np.uint16]) -> Columns:
    """Return where the first two characters of a word stand that page furniture begins with."""
    at = np.flatnonzero(kinds & (1 << FURNISHED))  # never the last character, which is a break
    return at[np.isin(codes[at] * np.uint64(PLANE) + codes[at + 1], _tables().openings)]


class _Tables(NamedTuple):
    """What characters are looked up in.

    kinds: which signs they are part of, once folded; folded: as `fold_width` leaves them; both of shape (PLANE + 1,).
    openings: the first two characters of the words of page furniture, as one number.
    """

    kinds: NDArray[np.uint16]
    folded: NDArray[np.uint32]
    openings: NDArray[np.uint64]


@functools.cache
def _tables() -> _Tables:
    every = plane()
    folded, kinds = np.arange(PLANE + 1, dtype=np.uint32), np.zeros(PLANE + 1, dtype=np.uint16)
    for place, sign in enumerate(LATE):
        kinds[_found(sign.characters, every)] |= 1 << place
    wide = _found(steps.WIDE, every)
    narrow = [unicodedata.normalize("NFKC", every[code]) for code in wide]
    folded[wide] = [ord(character[0]) for character in narrow]
    kinds = kinds[folded]
    several = [code for code, character in zip(wide, narrow, strict=True) if len(character) > 1]
    kinds[[PLANE, *several, *(code for sign in EARLY for code in _found(sign.characters, every))]] |= ALONE
    openings = [ord(word[0]) * PLANE + ord(word[1]) for word in FURNITURE_WORDS]
    return _Tables(kinds, folded, np.array(openings, dtype=np.uint64))


def _found(characters: str, every: str) -> list[int]:
    return [match.start() for match in re.finditer(characters, every)]
