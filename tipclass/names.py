"""Names: the name of a person in the name of a file, where no sentence tells whose it is."""

import functools
import re

from tipclass.privacy_table import privacy_table
from tipclass.wordlist import any_of, tables, words

_HAN = "[\u4e00-\u9fff]"
_SIGNS = r"(?=[-_—（( +.~]|$)"


def name_in_title(title: str) -> tuple[int, int] | None:
    """Return the span of a name in the name of a file: before a word such as 来信, or alone before a sign.

    >>> name_in_title("张三来信"), name_in_title("五月来信")
    ((0, 2), None)
    """
    ends = [match.start() for match in _letters().finditer(title)]
    starts = [(end - size, end) for end in ends for size in (4, 3, 2) if end >= size]
    first = re.match(rf"{_HAN}{{2,4}}{_SIGNS}", title)
    spans = [*starts, *([first.span()] if first else [])]
    return next((span for span in spans if _is_name(title[slice(*span)])), None)


def _is_name(word: str) -> bool:
    """Tell whether a word has the form of a name and is no usual one."""
    if not _whole().fullmatch(word) or word in _usual() or word.endswith(privacy_table().names.never):
        return False
    return len(word) < 3 or not (word[:2] in _usual() or word[-2:] in _usual())


@functools.cache
def _whole() -> re.Pattern[str]:
    """Return the pattern of a surname with one or two characters, of a name hidden in part, and of 老陈."""
    names = privacy_table().names
    surname = any_of({*tables("person_words")["surnames"], *names.surnames} - {*names.unlikely})
    given = rf"(?:(?![{names.inner}]){_HAN})"
    return re.compile(rf"{surname}(?:{given}{{1,2}}|某{{1,2}}{given}?)|[老小阿]{given}")


@functools.cache
def _usual() -> frozenset[str]:
    return frozenset((*words("common"), *tables("person_words")["none"], *privacy_table().names.none))


@functools.cache
def _letters() -> re.Pattern[str]:
    return re.compile(any_of(privacy_table().names.letters))
