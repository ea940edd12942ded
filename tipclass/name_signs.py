"""Signs of names: what speaks for and against a stretch being a name, and its being on the informant's side."""

import functools
import re
from collections.abc import Iterator

from tipclass.name_words import POLITE, elders, given_ranks, is_han, rank_of, surname_rank, usual_words
from tipclass.patterns import lazy
from tipclass.privacy_table import privacy_table
from tipclass.surroundings import Surroundings, sort_before
from tipclass.wordlist import any_of, tables

_OPENS = lazy(r"(?:[/。！：:]|--|——| )\Z")  # what stands before a signature; a line ends in /
_CLOSES = lazy(
    r"[，, ]{0,2}(?:敬?上|写|留|字|具|呈|书|叩|亲笔)?[。 ]{0,9}"
    r"(?:\d[\d年月日.]{0,12}|[一二三四五六七八九十]{1,3}月[^，。]{1,4})?[。 ]{0,9}(?:/|\Z)"
)
_AMBIGUOUS = frozenset("姐哥叔总工")


def name_signs(around: Surroundings, start: int, end: int, forms: tuple[str, ...]) -> Iterator[str]:
    """Yield the signs for and against a stretch being a name."""
    yield from word_signs(around.text[start:end], forms)
    yield from start_signs(around, start)
    yield from end_signs(around, end)
    yield from span_signs(around, start, end, forms[0])


def word_signs(word: str, forms: tuple[str, ...]) -> Iterator[str]:
    """Yield the signs of a word alone: its forms, its characters, and whether it is a usual one."""
    usual, form = usual_words(), forms[0]
    yield from (f"form {each}" for each in forms)
    yield from _characters(word, form)
    yield f"usual {form} {word in usual} {word[:2] in usual} {word[-2:] in usual}"


def start_signs(around: Surroundings, start: int) -> Iterator[str]:
    """Yield the signs of a place where a name would begin."""
    usual, text = usual_words(), around.plain
    yield f"cut left {text[max(0, start - 1) : start + 1] in usual} {text[max(0, start - 2) : start + 1] in usual}"
    yield f"previous {text[max(0, start - 2) : start] in usual}"
    yield from around.left(start)[1]


def end_signs(around: Surroundings, end: int) -> Iterator[str]:
    """Yield the signs of a place where a name would end."""
    usual, text = usual_words(), around.plain
    yield f"cut right {text[end - 1 : end + 1] in usual} {text[end - 1 : end + 2] in usual}"
    yield f"next {text[end : end + 2] in usual}"
    yield from around.right(end)[1]


def span_signs(around: Surroundings, start: int, end: int, form: str) -> Iterator[str]:
    """Yield the signs of where a name would begin and end together, and of its form there."""
    text = around.plain
    (sort, _), (follows, _) = around.left(start), around.right(end)
    edge = f"{not is_han(text[max(0, start - 1) : start])} {not is_han(text[end : end + 1])}"
    yield f"edge {edge}"
    yield f"edge {form} {edge}"
    yield f"both {sort} {follows}"
    yield f"form {form} {sort}"
    if end - start == 2:
        yield f"longer {form} {rank_of(given_ranks(), text[end : end + 1])}"


def _characters(word: str, form: str) -> Iterator[str]:
    """Yield the signs of the characters of a word: how usual each is in names."""
    ranks = given_ranks()
    if form in ("short 1", "full 1"):
        surname = surname_rank(word[0])
        given = "".join(str(rank_of(ranks, each)) for each in word[1:])
        yield f"surname {form} {surname}"
        yield f"whole {surname} {given}"
        yield from (f"character {each}" for each in given)
    else:
        given = "".join(str(rank_of(ranks, each)) for each in word)
        yield f"given {form} {given}"
    yield f"given {given}"
    yield f"ends {word[-1]}"
    yield f"begins {word[0]}"


def owner_signs(around: Surroundings, start: int, end: int) -> Iterator[str]:
    """Yield the signs for and against a name being on the informant's side."""
    text, word = around.plain, around.text[start:end]
    suffix = next((each for each in elders() if word.endswith(each) and each != word), "")
    sort = "polite" if suffix in POLITE else "elder" if suffix else word[-1] if word[-1] in _AMBIGUOUS else ""
    prefix, before = word[0] if word[0] in "老小阿大" and len(word) == 2 else "", sort_before(text, start)
    yield f"suffix {sort}"
    yield f"suffix {sort} {before}"
    yield f"suffix {suffix}"
    yield f"prefix {prefix}"
    yield f"prefix {prefix} {before}"
    yield f"masked {'某' in word}"
    yield f"titled {_titled().match(text, end) is not None}"
    yield f"ends {word[-1]}"
    yield f"signed {_OPENS.search(text, max(0, start - 2), start) is not None} {_CLOSES.match(text, end) is not None}"
    yield from around.beside(start, end)
    yield from around.owner(start, end)


def bears_title(word: str) -> bool:
    """Tell whether a name ends in what officers, owners and their like are called.

    >>> bears_title("付站长"), bears_title("刘女士")
    (True, False)
    """
    return len(word) > 1 and word.endswith(_titles())


@functools.cache
def _titles() -> tuple[str, ...]:
    """Return what the names of officers and of the reported end in."""
    names = privacy_table().names
    listed = {*names.offices, *tables("person_words")["nick"], "长"} - {*elders(), *names.friendly}
    return tuple(word for word in listed if len(word) > 1 or word in "总长")


@functools.cache
def _titled() -> re.Pattern[str]:
    return lazy(any_of(word for word in _titles() if len(word) > 1))
