"""Forms of names: which stretches of a text have the form of a person's name, whether or not they are one."""

import functools
import re
from collections.abc import Iterator, Sequence

from tipclass.identifiers import PLATE
from tipclass.name_words import elders, given_ranks, is_han, surname_rank, surnames, usual_words
from tipclass.patterns import lazy
from tipclass.privacy_table import privacy_table
from tipclass.wordlist import any_of

Span = tuple[int, int]

SHORT, FULL = 4, 3  # ranks of a surname and the rarest character behind it that are too low together for a name

_HAN = "[\u4e00-\u9fff]"
_WEAK = frozenset(("prefixed", "brought", "twice"))  # forms in which a usual word is no name
_VILLAGE = lazy(f"{_HAN}家[村屯庄湾沟坪寨堡营窑洼岗铺集镇坝垸冲坳店圩]")  # named for a family, and no member of it
_ANY = frozenset(("foreign", "latin", "speaker", "starred"))  # forms that may hold any character


def spans(text: str) -> dict[Span, tuple[str, ...]]:
    """Return the stretches of a folded text that have a form of a name, and which forms they have."""
    found: dict[Span, tuple[str, ...]] = {}
    dotted = bytearray(len(text))
    for match in _dotted().finditer(text) if "·" in text else ():
        found[match.span()] = ("dotted",)
        dotted[slice(*match.span())] = b"\1" * len(match[0])
    for start, end, form in _forms(text):
        word = text[start:end]
        is_none = word in _none() or _VILLAGE.fullmatch(word) or (form in _WEAK and word in usual_words())
        if not is_none and not any(dotted[start:end]):
            found[start, end] = (*found.get((start, end), ()), form)
    return found


def _forms(text: str) -> Iterator[tuple[int, int, str]]:
    inner = _inner()
    goes = ["\u4e00" <= character <= "\u9fff" and character not in inner for character in text] + [False] * 4
    for match in PLATE.finditer(text):
        goes[match.start()] = False
    yield from _surnamed(text, goes)
    for form, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            if form in _ANY or all(goes[start:end]):
                yield start, end, form
    yield from _polite(text, goes)
    yield from _brought(text, goes)


def _surnamed(text: str, goes: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield what begins with a surname: 谢春生, 何某, 欧阳慧."""
    (one, _), ranks = surnames(), given_ranks()
    doubled = {match.start() for match in _double().finditer(text)}
    for start in [at for at, character in enumerate(text) if character in one or at in doubled]:
        if not goes[start] or start - 1 in doubled:
            continue
        size = 2 if start in doubled else 1
        given = start + size
        if not goes[given]:
            continue
        if text[given] == "某":
            yield start, given + 1, "masked"
            if goes[given + 1]:
                yield start, given + 2, "masked"
            continue
        rank = surname_rank(text[start])
        first, second = ranks.get(text[given], 2), ranks.get(text[given + 1], 2) if goes[given + 1] else 0
        if size > 1 or (first and rank + first > SHORT):
            yield start, given + 1, f"short {size}"
        if goes[given + 1] and (size > 1 or rank + min(first, second) > FULL):
            yield start, given + 2, f"full {size}"


def _polite(text: str, goes: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield what stands before a form of address, with it: 刘女士, 滑老汉."""
    _, two = surnames()
    for match in _elder().finditer(text):
        start, end = match.span()
        for size in (1, 2, 3) if end - start > 1 else (1, 2):
            first = start - size
            if first >= 0 and all(goes[first:start]) and not (first and text[first - 1 : first + 1] in two):
                yield first, end, "elder"


def _brought(text: str, goes: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield what stands behind a word that brings a name: the first characters, or all up to a mark."""
    for match in _bringer().finditer(text):
        start = end = match.end()
        while goes[end] and end - start < 5:
            end += 1
        if end > start and text[start - 1] == "姓":
            yield start, start + 1, "only"
        for last in {start + 2, end}:
            if start + 2 <= last <= min(end, start + 4):
                yield start, last, "brought"


@functools.cache
def _double() -> re.Pattern[str]:
    return lazy("|".join(sorted(surnames()[1])))


@functools.cache
def _inner() -> frozenset[str]:
    return frozenset(privacy_table().names.inner)


@functools.cache
def _elder() -> re.Pattern[str]:
    return lazy(any_of((*elders(), "哥", "姐", "叔", "爷")))


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = privacy_table().names
    foreign, one = f"[{names.transliterated}]", f"[{''.join(sorted(surnames()[0]))}]"
    elder = any_of(elders())
    patterns = (
        ("prefixed", rf"(?=(?P<name>[二三四五六七八九大小老阿]{_HAN}))"),
        ("twice", rf"(?P<name>(?P<once>{_HAN})(?P=once)(?:(?P<who>[妈爸])(?P=who)?)?)"),
        ("foreign", rf"(?<!{foreign})(?P<name>{foreign}{{2,6}})(?!{foreign})"),
        ("foreign", rf"(?<!{foreign})(?P<name>{foreign}{{2,6}}(?:{elder}))"),
        ("foreign", f"(?P<name>(?:{any_of(names.foreign)}){{1,2}})"),
        ("starred", rf"(?P<name>{one}[*×xX]{{1,3}})(?![*×xX\d])"),
        ("only", f"(?P<name>{_double().pattern})"),
        ("only", f"(?P<name>{one})(?=姓)|(?<=[ 民])(?P<last>{one})(?= {{0,20}}(?:\n|$))"),
        ("latin", rf"(?<![A-Za-z\d])(?P<name>[A-Za-z]{{2,10}}{_HAN}{{1,2}})(?!{_HAN})"),
        ("speaker", r"(?m)^(?:\d{1,2}[:：]\d{2}(?::\d{2})? )?(?P<name>[\w·]{1,10})(?=[:：])"),
    )
    return tuple((form, lazy(pattern)) for form, pattern in patterns)


@functools.cache
def _dotted() -> re.Pattern[str]:
    """Return the pattern of a name in parts: 阿依古丽·买买提."""
    names = privacy_table().names
    foreign, elder = f"[{names.transliterated}]", any_of(elders())
    cut = f"[^\u4e00-\u9fff]|$|{any_of(names.follows)}"
    part = rf"(?:(?:{any_of(names.foreign)}){{1,3}}|{foreign}{{2,6}}|{_HAN}{{1,6}}?(?={cut}))"
    first = rf"(?:(?<!{_HAN})|(?<=[人是叫我民妻夫弟妹哥姐户]))(?:(?![我人是叫之]){_HAN}){{1,8}}"
    return lazy(rf"(?:(?<!{foreign}){foreign}{{1,6}}|{first})(?:·{part}){{1,2}}(?:{elder})?")


@functools.cache
def _none() -> frozenset[str]:
    return frozenset((*privacy_table().names.none, *privacy_table().names.doubled))


@functools.cache
def _bringer() -> re.Pattern[str]:
    names = privacy_table().names
    lists = (names.kin, names.owners, names.labels, names.sides, names.plain, names.open, names.calls, ("我是", "名字"))
    bringing = any_of({word for words in lists for word in words if is_han(word[0])})
    return lazy(rf"(?:{bringing}|姓名|人)(?:叫做?|是|为|的|那个|[:：，“\" (【）)]){{0,2}}|姓|[、和跟与]|还有|\n")
