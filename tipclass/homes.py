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

# Who writes asks for an answer, whoever gives it.
_POST = r"(?:寄到|寄往|寄给|寄至|寄回|请寄|送到|寄送至|邮寄至|邮寄到)"
# What a home without a number stands behind.
DWELLS = ("住", "在", "于", "到", "址", ":", "：", "居", "搬进", "搬来", "地", "老家", "原籍", "祖籍", "户籍", "户口")

_NUMERAL = r"[\d〇零一二三四五六七八九十甲乙丙丁A-Za-z]"
_INSIDE = r"[^，。；！？,;!?\n|“”\"【】\[\]（）():：]"
_PLACE = re.compile("[村镇乡街路巷弄县市区坊苑园里]")
_FLAT = re.compile("[栋幢室户]|单元|号楼")
_PHRASE = re.compile(
    rf"(?:[，,（(、]|[。] ?)(?:[现家原]?住在?|户籍|家在)?(?P<place>{_INSIDE}{{2,30}})(?=[，,。；;)）\n]|$)"
)


def homes(text: str, sides: Sides, named: Iterable[int]) -> Iterator[Trace]:
    """Yield the addresses of homes in a folded text; `named` are the places where names of the informant end."""
    for pattern, doubtful in _phrases():
        for match in pattern.finditer(text):
            place = match.span("place")
            whose = sides.of(*place, NEAR if doubtful else REACH)
            flat = _home(text, *place)
            if not pattern.pattern.startswith(_POST) and whose is Side.REPORTED:
                continue
            if doubtful and whose is None and not _is_flat(text, flat):
                continue
            told = _described(text, *place) if flat or text.endswith(DWELLS, 0, place[0]) else None
            if span := max(filter(None, (flat, told)), default=None):
                yield Trace(TraceKind.ADDRESS, *span)
    yield from _beside_names(text, named)


def _beside_names(text: str, named: Iterable[int]) -> Iterator[Trace]:
    """Yield an address that stands as a phrase of its own soon behind what was hidden: 田桂香，沙河乡李楼村2组人."""
    for end in named:
        for _ in range(PHRASES):
            phrase = _PHRASE.match(text, end)
            if not phrase:
                break
            place = phrase.span("place")
            span = _home(text, *place) or (_described(text, *place) if _PLACE.search(text, *place) else None)
            if span and phrase.end() - span[1] <= SHORT and _PLACE.search(text, *span):
                yield Trace(TraceKind.ADDRESS, *span)
                break
            end = phrase.end()


def _home(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the part of a phrase that is an address: up to its last number, with what belongs to that."""
    last = _last(_number(), text, start, end)
    if not last:
        return None
    rest = _rest().match(text, last.end(), end)
    return start, rest.end() if rest else last.end()


def _is_flat(text: str, span: tuple[int, int] | None) -> bool:
    """Tell whether an address names a flat, which is where people live."""
    return span is not None and _FLAT.search(text, *span) is not None


def _described(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the part of a phrase that describes a home without a number: 植物园西门外."""
    last = _last(_whereabouts(), text, start + 2, end)
    return (start, last.end()) if last else None


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the last place of a pattern in a stretch of a text."""
    last = None
    for match in pattern.finditer(text, start, end):
        last = match
    return last


@functools.cache
def _whereabouts() -> re.Pattern[str]:
    return re.compile(any_of(privacy_table().homes.whereabouts))


@functools.cache
def _phrases() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of a home, and whether the words around must speak for the informant."""
    table = privacy_table().homes
    lists = table.labels, table.sure, table.verbs, table.owners, table.others, table.dwellers
    labels, sure, verbs, owners, others, dwellers = map(any_of, lists)
    place = rf"(?P<place>{_INSIDE}{{2,40}})"
    says = r"(?:[^，。\n:：]{0,10}[:：]|[:：】是为在 ，]{0,3})"
    number = r"\d{1,3}(?:栋|幢|号楼|座)(?:\d{1,2}单元)?(?:\d{3,4})?"
    flat = rf"(?P<place>{number})"
    patterns = (
        (r"(?P<place>门牌[号是为：: ]{0,2}[A-Za-z\d]{1,5}号?)", False),
        (rf"(?<!被举报人)(?<!事发)(?:{labels}){says}{place}", False),
        (rf"(?:{owners})(?:住在?|就?在|是|位于|[:： ])?{place}", False),
        (rf"(?:{others})(?:住在?|在|[:： ])?{place}", True),
        (rf"(?:{sure})(?:在|于|址|[:： ]){{0,2}}{place}", False),
        (
            r"(?<=[，,、（(])(?P<place>(?:\d{1,3}(?:栋|幢|号楼|座))?(?:\d{1,2}单元)?\d{3,4}[室号房]?)(?=[，。）)])",
            True,
        ),
        (rf"(?:{verbs})(?:在|于|址|[:： ]){{0,2}}{place}", True),
        (rf"(?:我们?|俺们?|本人)(?:就?是|系|来自|住){place}(?={dwellers}|[，。；]|$)", False),
        (rf"(?:我们|我们家|我|咱|咱们|俺们)(?:小区|村|楼|院|单元|这栋|家属院|宿舍)?(?:里|就是|住)?{flat}", False),
        (rf"{_POST}[:：]?{place}", True),
        (rf"(?<![\u4e00-\u9fffA-Za-z\d])(?P<place>[\u4e00-\u9fff]{{0,16}}{number}[室号户]?)", True),
    )
    return tuple((re.compile(pattern), doubtful) for pattern, doubtful in patterns)


@functools.cache
def _number() -> re.Pattern[str]:
    """Return the pattern of what makes of a place one home: 3栋, 六组23号, 9-1-2203, 302."""
    kinds = (
        rf"{_NUMERAL}{{1,4}}[ -]?(?:{any_of(privacy_table().homes.parts)})",
        r"\d{1,4}[-#]\d{1,4}(?:[-#]\d{1,5})?",
        r"(?<=[栋幢座楼元院区苑园单在住室家号弄付附，,: ])\d{3,4}(?![\d年元米多亩届级班名人株个])",
        r"第[一二三四五六七八九十]{1,2}户|那[户家]",
        r"(?<=[村庄寨屯])[\u4e00-\u9fff]{1,3}(?:组|社|小队)(?![织区会])",
    )
    return re.compile("|".join(kinds))


@functools.cache
def _rest() -> re.Pattern[str]:
    """Return the pattern of what may end an address behind its last number: 二楼东边."""
    return re.compile(any_of(privacy_table().homes.ends))
