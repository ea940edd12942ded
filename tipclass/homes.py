"""Homes: the words that tell where the informant lives."""

import functools
import re
from collections.abc import Iterable, Iterator

from tipclass.privacy_table import privacy_table
from tipclass.sides import REACH, Side, Sides
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

PHRASES = 4  # behind a name, among which an address may stand
SHORT = 3  # characters behind an address that belong to it: 居民
NEAR = 30  # how far a cue may stand from an address without a label
_NUMERAL = r"[\d〇零一二三四五六七八九十甲乙丙丁A-Za-z]"
_INSIDE = r"[^，。；！？,;!?\n|“”\"【】\[\]（）():：]"


@functools.cache
def _locator() -> re.Pattern[str]:
    """Return the pattern of what makes a place one home: 3栋, 六组23号, 9-1-2203, 302."""
    parts = any_of(privacy_table().homes.parts)
    return re.compile(
        rf"{_NUMERAL}{{1,4}}[ -]?(?:{parts})|\d{{1,4}}[-#]\d{{1,4}}(?:[-#]\d{{1,5}})?|(?:^|(?<=[栋幢座楼元院区苑园单在住室: ]))\d{{3,4}}(?![\d年元米多亩届级班名人株个])|第[一二三四五六七八九十]{{1,2}}户|那[户家]|[\u4e00-\u9fff]{{1,2}}(?<![小班])(?:组|社|小队)(?![织区会])"
    )


@functools.cache
def _phrases() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of a home, and whether the words around must speak for the informant."""
    table = privacy_table().homes
    labels, verbs, owners, dwellers = map(any_of, (table.labels, table.verbs, table.owners, table.dwellers))
    others = any_of(table.others)
    place = rf"(?P<place>{_INSIDE}{{2,40}})"
    return (
        (
            re.compile(
                rf"(?<!被举报人)(?<!事发)(?:{labels})(?:[^，。\n:：]{{0,10}}[:：]|[:：】是为在 ，]{{0,3}}){place}"
            ),
            False,
        ),
        (re.compile(rf"(?:{owners})(?:住在?|就?在|是|位于|[:： ])?{place}"), False),
        (re.compile(rf"(?:{others})(?:住在?|在|[:： ])?{place}"), True),
        (re.compile(rf"(?:{verbs})(?:在|于|址|[:： ]){{0,2}}{place}"), True),
        (re.compile(rf"(?:我|我们|俺|本人)(?:们)?(?:就?是|系|来自|住){place}(?={dwellers}|[，。；]|$)"), False),
        (re.compile(rf"(?:寄到|寄往|寄给|送到){place}"), True),
    )


def homes(text: str, sides: Sides, named: Iterable[int]) -> Iterator[Trace]:
    """Yield the addresses of homes in a folded text; `named` are the places where names of the informant end."""
    for pattern, doubtful in _phrases():
        for match in pattern.finditer(text):
            wanted = sides.of(*match.span("place"), NEAR if doubtful else REACH)
            if wanted is Side.REPORTED or (doubtful and wanted is not Side.INFORMANT):
                continue
            span = _home(text, *match.span("place"))
            if span:
                yield Trace(TraceKind.ADDRESS, *span)
    yield from _beside_names(text, named)


def _home(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the part of a phrase that is an address: up to its last locator."""
    last = None
    for match in _locator().finditer(text, start, end):
        last = match
    if not last:
        return None
    rest = _rest().match(text, last.end(), end)
    return start, rest.end() if rest else last.end()


@functools.cache
def _rest() -> re.Pattern[str]:
    """Return the pattern of what may end an address behind its last number: 二楼东边."""
    return re.compile(any_of(privacy_table().homes.ends))


def _beside_names(text: str, named: Iterable[int]) -> Iterator[Trace]:
    """Yield an address that stands as a phrase of its own soon behind what was hidden: 田桂香，沙河乡李楼村2组人."""
    for end in named:
        for _ in range(PHRASES):
            phrase = _PHRASE.match(text, end)
            if not phrase:
                break
            span = _home(text, *phrase.span("place"))
            if span and phrase.end() - span[1] <= SHORT and _PLACE.search(text, *span):
                yield Trace(TraceKind.ADDRESS, *span)
                break
            end = phrase.end()


_PLACE = re.compile("[村镇乡街路巷弄县市区坊苑园里]")
_PHRASE = re.compile(rf"(?:[，,（(、]|[。] ?)(?P<place>{_INSIDE}{{2,30}})(?=[，,。；;)）\n]|$)")
