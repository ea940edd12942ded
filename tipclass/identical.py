"""Identical tips: those whose texts differ in white space, punctuation and width only.

It stands where a finder of reworded repeats belongs, which has the same `link`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tipclass.records import Repeats, Series

NOT_WORDS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Linkable:
    """What linking looks at: an id, the raw text, the day it came in and the place it speaks of."""

    id: str
    text: str
    day: date | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """What ties tips: for each, in their order, which group it repeats, and the series they and earlier ones form."""

    repeats: tuple[Repeats | None, ...] = ()
    series: tuple[Series, ...] = ()


def link(tips: Sequence[Linkable], earlier: Sequence[Linkable] = ()) -> Links:
    """Find which tips tell the same as another one of them, or as an earlier one."""
    groups: dict[str, list[str]] = {}
    for each in (*earlier, *tips):
        groups.setdefault(_key(each), []).append(each.id)
    found = (groups[_key(each)] for each in tips)
    return Links(tuple(Repeats(ids[0], len(ids)) if len(ids) > 1 else None for ids in found))


def _key(tip: Linkable) -> str:
    """Return what is left of a text that counts; an empty one is like no other."""
    return NOT_WORDS.sub("", unicodedata.normalize("NFKC", tip.text).casefold()) or f"\0{tip.id}"
