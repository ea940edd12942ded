"""Names: the forms the name of a person takes, and whether some characters can be one."""

import functools
import re
from collections.abc import Iterable, Iterator

from tipclass.privacy_table import privacy_table
from tipclass.wordlist import any_of, tables, words

Span = tuple[int, int]

FRIENDLY = ("医生", "大夫", "教练", "老太")  # offices whose bearers are as often on the informant's side

HAN = "[\u4e00-\u9fff]"
_MARKS = r"\s，。；、：:,.;!！?？()（）【】\[\]”“\"|…—/<>《》「」~-"

_BEFORE = re.compile(
    r"$|[^\u4e00-\u9fff]|[和与跟及由据经接请是者人员工民户主友生师兵属妻子女儿弟妹哥姐爸妈父母爷奶伴公婆的找让给叫]"
)
_NEXT = re.compile(r"[、和与及]|[ \u3000]{1,4}")


def before_mark(text: str, end: int) -> bool:
    """Tell whether a mark, or nothing, follows here."""
    return re.match(rf"[{_MARKS}]|$", text[end : end + 1]) is not None


@functools.cache
def surname() -> str:
    """Return the pattern of a surname."""
    table = privacy_table().names
    return any_of({*tables("person_words")["surnames"], *table.surnames} - {*table.unlikely})


@functools.cache
def every_surname() -> str:
    """Return the pattern of a surname, also of those that are more often a usual word."""
    return any_of({*tables("person_words")["surnames"], *privacy_table().names.surnames})


@functools.cache
def ends() -> str:
    """Return the look-ahead for the end of a name: a mark, or a word that may follow it."""
    return rf"(?=[{_MARKS}]|$|{any_of(privacy_table().names.follows)})"


@functools.cache
def given() -> str:
    """Return the pattern of a character that a given name may hold."""
    return rf"(?:(?![{privacy_table().names.inner}]){HAN})"


@functools.cache
def masked() -> re.Pattern[str]:
    """Return the pattern of a name that is hidden in part already: 何某, 瞿某军."""
    after = tables("person_words")["after"][0]
    return re.compile(
        rf"{surname()}\d?某(?:[某甲乙丙丁戊己]\d?|(?![{after}报称反诉服饮食注另有到在]){given()}{ends()})?"
    )


def masked_in(text: str) -> list[Span]:
    """Return the names of a text that are hidden in part; looks around the sign only, which is rare."""
    found: list[Span] = []
    for sign in re.finditer("某", text):
        if not found or found[-1][1] <= sign.start():
            starts = range(max(0, sign.start() - 3), sign.start())
            matches = (masked().match(text, start) for start in starts)
            found += [match.span() for match in matches if match and match.end() > sign.start()][:1]
    return found


@functools.cache
def foreign() -> re.Pattern[str]:
    """Return the pattern of a name in two parts: 阿依古丽·买买提."""
    part = rf"{given()}{{2,6}}?{ends()}"
    two = rf"{given()}{{1,6}}·(?:{part}|{given()}{{2,3}})(?:·(?:{part}|{given()}{{2,3}}))?"
    return re.compile(rf"{two}(?:女士|先生|小姐|同志)?")


@functools.cache
def forms() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of names that begin with a surname, the surest first."""
    full = (rf"{surname()}{given()}{{2}}{ends()}", rf"{surname()}{given()}{ends()}", rf"{surname()}{given()}{{2}}")
    return (masked(), foreign(), *map(re.compile, full))


@functools.cache
def plain() -> re.Pattern[str]:
    """Return the pattern of any short run of characters, as names without a surname are."""
    return re.compile(rf"{given()}{{2,5}}?{ends()}")


@functools.cache
def marked() -> re.Pattern[str]:
    """Return the pattern of any run of characters between marks."""
    return re.compile(rf"{given()}{{2,8}}(?=[{_MARKS}]|$)")


@functools.cache
def transliterated() -> re.Pattern[str]:
    """Return the pattern of a name of another language in one part: 迪丽努尔."""
    return re.compile(rf"[{privacy_table().names.transliterated}]{{3,6}}{ends()}")


@functools.cache
def listed() -> re.Pattern[str]:
    """Return the pattern of what is a name if it stands between names."""
    return re.compile(rf"{given()}{{2,4}}(?=[、。，；,\s）)]|等|[二两三四五六七八九]人|$)")


@functools.cache
def nickname() -> re.Pattern[str]:
    """Return the pattern of 老陈, 小满, 阿强."""
    return re.compile(rf"[老小阿]{given()}{ends()}")


@functools.cache
def courteous() -> re.Pattern[str]:
    """Return the pattern of a surname with a form of address: 刘女士."""
    courtesy = any_of(privacy_table().names.courtesy)
    return re.compile(
        rf"{surname()}(?:{given()}{{1,2}}(?=女士|先生|小姐|同志|师傅|老人|同学|阿姨|大爷|大妈|老师))?(?P<courtesy>{courtesy})"
    )


@functools.cache
def _courtesy() -> re.Pattern[str]:
    return re.compile(any_of(privacy_table().names.courtesy))


def places_of(text: str, listed: Iterable[str]) -> list[Span]:
    """Return all places of some names; of a name masked in part only those where no more of it follows."""
    words = set(listed)
    found = [span for span in masked_in(text) if text[slice(*span)] in words]
    plain = [word for word in words if not masked().fullmatch(word)]
    return found + [match.span() for word in plain for match in re.finditer(re.escape(word), text)]


def courteous_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the names of a text that bear a form of address; looks before those forms only."""
    for sign in _courtesy().finditer(text):
        starts = range(max(0, sign.start() - 4), sign.start())
        matches = (courteous().match(text, start) for start in starts)
        yield from [each for each in matches if each and each.end() == sign.end() and is_name(each[0])][:1]


def rows(text: str, end: int) -> Iterator[Span]:
    """Yield the names that stand in one row with the one that ends here: 柯兰、屠金龙."""
    while match := _NEXT.match(text, end):
        patterns = (*forms()[:4], *((listed(),) if match[0] == "、" else ()))
        found = (pattern.match(text, match.end()) for pattern in patterns)
        name = next((each for each in found if each and is_name(each[0], sure=True)), None)
        if not name:
            return
        yield name.span()
        end = name.end()


def name_before(text: str, end: int) -> Span | None:
    """Return the span of the name that ends here, if one does behind a mark or a word that may precede a name."""
    sizes = (size for size in (4, 3, 2) if size <= end and _BEFORE.match(text[end - size - 1 : end - size]))
    matches = (_whole().fullmatch(text, end - size, end) for size in sizes)
    return next((match.span() for match in matches if match and is_name(match[0])), None)


@functools.cache
def _whole() -> re.Pattern[str]:
    return re.compile(rf"{surname()}(?:{given()}{{1,2}}|某{{1,2}}{given()}?)|[老小阿]{given()}")


def name_at(text: str, start: int, *, sure: bool, loose: bool = False) -> Span | None:
    """Return the span of the name that begins at `start`, if one does; `sure` says that one is expected there.

    Where it is, a run of characters between marks is a name though it has no surname, unless it is a usual word.
    With `loose`, a surname and two characters are a name whatever follows.
    """
    others = (courteous(), nickname(), transliterated(), *((marked(), plain()) if sure else ()))
    patterns: tuple[re.Pattern[str], ...] = (*forms()[:4], *others, *(forms()[4:] if loose else ()))
    for pattern in patterns:
        found = pattern.match(text, start)
        if found and is_name(found[0], sure=sure):
            return found.span()
    return None


def is_name(word: str, *, sure: bool = False) -> bool:
    """Tell whether a word that has the form of a name is none of those that only seem so.

    >>> is_name("谢春生"), is_name("成员"), is_name("匿名举报")
    (True, False, False)
    """
    if "·" in word or masked().fullmatch(word):
        return True
    if "某" in word:
        return False
    if courtesy := courteous().fullmatch(word):
        return is_name(word[: courtesy.start("courtesy")]) or courtesy.start("courtesy") < 3
    if word in _common() or word.startswith(_none()) or word.endswith(_descriptions()):
        return False
    if word.endswith(_posts()):
        return False
    table = privacy_table().names
    if word.endswith(table.never if begins_with_surname(word) else table.things):
        return False
    return (sure and begins_with_surname(word)) or not _seems_usual(word)


def begins_with_surname(word: str) -> bool:
    """Tell whether a word is as long as a name and begins as one does."""
    return len(word) <= 4 and re.match(surname(), word) is not None


def seems_foreign(word: str) -> bool:
    """Tell whether a word is written with the characters that names of other languages are written with."""
    return sum(each in privacy_table().names.transliterated for each in word) > len(word) / 2


def is_officer(text: str, span: Span) -> bool:
    """Tell whether a name is one with an office, such as 沙主任; a workmate may well be called 王哥."""
    return _officer().match(text, span[0]) is not None


@functools.cache
def _officer() -> re.Pattern[str]:
    offices = any_of(word for word in privacy_table().names.offices if len(word) > 1 and word not in FRIENDLY)
    return re.compile(rf"{every_surname()}{given()}?(?:{offices})")


def is_usual(word: str) -> bool:
    """Tell whether a word is a usual one."""
    return word in _common()


def _seems_usual(word: str) -> bool:
    """Tell whether a word begins with a usual one, or does behind what is as often no surname."""
    first = re.match(surname(), word)
    if len(word) < 3 or (first and first.end() > 1):
        return False
    return word[:2] in _common() or (word[0] in _ambiguous() and word[1:] in _common()) or word[2:] in _common()


@functools.cache
def _ambiguous() -> frozenset[str]:
    return frozenset(tables("person_words")["words"])


@functools.cache
def _common() -> frozenset[str]:
    return frozenset(words("common")) | frozenset(tables("person_words")["none"])


@functools.cache
def _none() -> tuple[str, ...]:
    return privacy_table().names.none


@functools.cache
def _posts() -> tuple[str, ...]:
    return tuple(word for word in privacy_table().posts.ends if len(word) > 1)


@functools.cache
def _descriptions() -> tuple[str, ...]:
    return tuple(word for word in privacy_table().names.none if len(word) > 1)


def name_in_title(title: str) -> Span | None:
    """Return the span of a name in the name of a file: before a word such as 来信, or alone before a sign."""
    ends_at = [match.start() for match in _letters().finditer(title)]
    starts = [(end - size, end) for end in ends_at for size in (4, 3, 2) if end >= size]
    first = re.match(rf"{HAN}{{2,4}}(?=[-_—（( +.~]|$)", title)
    for start, end in [*starts, *([first.span()] if first else [])]:
        word = title[start:end]
        if _whole().fullmatch(word) and is_name(word):
            return start, end
    return None


@functools.cache
def _letters() -> re.Pattern[str]:
    return re.compile(any_of(privacy_table().names.letters))
