"""Posts: the words that tell what an insider is, in a firm where few are the same."""

import functools
import re
from collections.abc import Iterable, Iterator

from tipclass.names import given, surname
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side, Sides
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

LONGEST = 16  # characters before a name among which a unit may stand
SHORTEST = 2  # characters of a post
LEAST = 3  # characters of a post that is looked for everywhere

_GENERAL = re.compile("退休|下岗|义务")
_FILLER = "一[个名位]|[个名的好上下时过做当在那里和干了]"
_INSIDE = r"[^，。；！？\n]"
_BOUNDARY = r"(?<=[的业厂司店是在过当做任场团社院所里内该系区前：:家，])"
_SELF = "(?:我|本人|俺|我们|线人|举报人|反映人|来信人)"
_ONCE = "(?:以前|之前|过去|原先|从前|曾经|现在|一直|[们就原来现曾]){0,2}"
_LASTING = r"(?:[一二三四五六七八九十两几半\d]{1,2}[年个月]{1,2})?的?"


def posts(text: str, sides: Sides, named: Iterable[int] = ()) -> list[Trace]:
    """Return the posts and staff numbers of the informant in a folded text; `named` are where hidden names begin."""
    none, found = privacy_table().posts.none, {span: text[slice(*span)] for span in _told(text, sides, named)}
    for pattern, doubtful in _phrases():
        for match in pattern.finditer(text):
            post = match["post"]
            side = sides.of(*match.span("post"))
            unknown = side is Side.REPORTED or (doubtful and side is None)
            if not unknown and not post.endswith(none) and not _GENERAL.search(post):
                found[match.span("post")] = post
    again = (
        match.span() for post in {*found.values()} if len(post) >= LEAST for match in re.finditer(re.escape(post), text)
    )
    return [Trace(TraceKind.WORK, *span) for span in dict.fromkeys((*found, *again))]


def _told(text: str, sides: Sides, named: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the posts that end what somebody says to be, and the units before a hidden name: 化验室的简小舟."""
    for pattern, doubtful in _clauses():
        for match in pattern.finditer(text):
            span = _post_in(text, *match.span("clause"))
            if span and not (doubtful and sides.of(*span) is not Side.INFORMANT):
                yield span
    for end in named:
        if before := _unit_before().search(text, max(0, end - LONGEST), end):
            yield before.span("post")


def _post_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what a clause says behind the firm it names: 恒泰水务运营部自控工程师 gives 运营部自控工程师."""
    if not _trade().search(text, start, end):
        return None
    begin = start
    for match in _firm().finditer(text, start, end - 1):
        begin = match.end() if end - match.end() >= SHORTEST else begin
    begin = _filler().match(text, begin, end).end()  # type: ignore[union-attr]  # matches nothing at the least
    tells = text[begin:end] not in privacy_table().posts.none and not _GENERAL.search(text, begin, end)
    return (begin, end) if tells and end - begin >= SHORTEST else None


@functools.cache
def _trade() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of((*privacy_table().posts.trades, *privacy_table().posts.ends))})\Z")


@functools.cache
def _firm() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(privacy_table().posts.firms)})[里上内]?的?")


@functools.cache
def _filler() -> re.Pattern[str]:
    return re.compile(r"(?:给|跟|替)?(?:他们|她们|他|她|它|人家|这家|那家|这个|那个|该|本)?的?(?:一[名个位])?[名个]?")


@functools.cache
def _unit_before() -> re.Pattern[str]:
    units = any_of(privacy_table().posts.units)
    return re.compile(rf"(?:[厂司业店场站矿院]|^)[里内]?的?(?P<post>[\u4e00-\u9fff\d]{{1,5}}?(?:{units}))的?\Z")


@functools.cache
def _clauses() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of what somebody says to be, and whether the words around must speak for the informant."""
    clause, stop = r"(?P<clause>[^，,。；;！!？?\n（()）:：]{2,28})", r"(?=[，,。；;！!？?\n（()）]|$)"
    callers = any_of(word for word in privacy_table().names.labels if word[-1] in "人者")
    before = r"[^，,。；;！!？?\n]"
    is_ = "(?:就|原|现|原来|以前|曾经|本来|之前|以前也|也)?(?:是|系|为)"
    patterns = (
        (rf"{_SELF}[们]?{_ONCE}{is_}{clause}{stop}", False),
        (rf"(?:{callers})[:： ]{{0,2}}[\u4e00-\u9fff]{{2,6}}[，,（(]{{1}}(?:{is_})?{clause}{stop}", False),
        (rf"(?:本人|{callers})[\u4e00-\u9fff]{{0,4}}[，,]?{is_}{clause}{stop}", False),
        (rf"(?<=[，,。；\n的]){is_}{clause}{stop}", True),
        (rf"(?:作为|身为|身份[是为]|职业[是为]|职务[是为]|岗位[是为]){clause}{stop}", True),
        (rf"{_SELF}{before}{{0,16}}(?:当|做|干|任|担任|从事|应聘|转岗|升为)[了过着]?{clause}{stop}", False),
    )
    return tuple((re.compile(pattern), doubtful) for pattern, doubtful in patterns)


@functools.cache
def _phrases() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of a post, and whether the words around must speak for the informant."""
    table = privacy_table().posts
    labels, numbers, verbs, units = map(any_of, (table.labels, table.numbers, table.verbs, table.units))
    post, unit = _post(), rf"[\u4e00-\u9fff\d]{{1,5}}?(?:{units})"
    name = rf"{surname()}{given()}{{1,2}}[，,。（(]"
    stop = rf"(?=[，。；、,;\s（()）”\"]|$|的|出身|[一二三四五六七八九十两几\d]|写|讲|说|{name})"
    firms, trades = any_of(table.firms), any_of(table.trades)
    members = r"(?=[，。；、,;！\n一二三四五六七八九十几全都所大每共\d]|$)"
    handled = r"(?:[开看管守修搬扛烧焊刷跑拉送扫洗记算做打]|当过?|干过?)[\u4e00-\u9fff]{1,6}?的?"
    working = r"(?:做|干|搞|管|负责|打|开|跑|当|搬|看|守|修)[\u4e00-\u9fff]{0,8}的?"
    handling = r"[开管看守修烧记跑拉送][\u4e00-\u9fff]{1,5}的"
    patterns = (
        (rf"(?:{numbers})[是为:： ]{{0,2}}(?P<post>[A-Za-z]{{0,4}}-?\d{{2,10}}号?)", False),
        (rf"(?:{labels})[是为:： ]{{1,2}}(?P<post>{_INSIDE}{{2,16}}?){stop}", False),
        (rf"{_SELF}{_ONCE}(?:是|系|在){_INSIDE}{{0,20}}?{_BOUNDARY}(?P<post>{post}){stop}", False),
        (rf"在{_INSIDE}{{0,16}}?(?:{verbs})[了过着]?{_LASTING}(?P<post>{post}){stop}", False),
        (rf"(?:{verbs})[了过着]?(?P<post>{post}){stop}", True),
        (rf"(?:[原现]?系|是){_INSIDE}{{2,20}}?{_BOUNDARY}(?P<post>{post}){stop}", True),
        (rf"在{_INSIDE}{{0,12}}?{_BOUNDARY}(?P<post>{unit})(?:上班|工作|干活|干了|做事|当班|打工)", True),
        (
            rf"{_SELF}[是在]{_INSIDE}{{0,14}}?[厂司矿场站队店船院库间][里内的]{{0,2}}(?P<post>{handling})(?=[，。,]|$)",
            False,
        ),
        (rf"{_SELF}{_ONCE}是{_INSIDE}{{0,14}}?{_BOUNDARY}(?P<post>{unit}的)(?=[，。,]|$)", False),
        (rf"{_SELF}{_ONCE}(?:是|系|在)?(?P<post>{unit})的?(?:[职员]?工人?|职员|同事|一员|人)?{members}", False),
        (rf"在{_INSIDE}{{0,14}}?{_BOUNDARY}(?P<post>{handled}){stop}", True),
        (rf"(?<=[\u4e00-\u9fff])[，,](?:{firms})(?P<post>{trades})(?=[，,])", True),
        (rf"(?:入职|转岗|调到|调去|分到|分在|分配到|派到|派在){_INSIDE}{{0,10}}?(?P<post>{unit}){members}", True),
        (rf"{_SELF}{_INSIDE}{{0,24}}?{_BOUNDARY}(?P<post>{unit}的?(?:{trades})){stop}", True),
        (rf"{_SELF}{_ONCE}在(?P<post>(?:{unit}){working})(?=[，。,；]|$)", False),
        (rf"[我们某](?:是|在){_INSIDE}{{0,10}}?(?P<post>{unit})(?:上|倒|值|当|跟)[夜白早中晚大小两三]?[班岗]", False),
        (rf"{_BOUNDARY}(?P<post>{unit}?(?:{any_of(table.ends)}))就是我", False),
        (rf"就我一[个名](?P<post>[\u4e00-\u9fff]{{1,6}}?(?:{any_of(table.ends)})){stop}", False),
        (rf"代表(?P<post>[\u4e00-\u9fff]{{0,3}}[一二三四五六七八九十\d]?(?:{units})){stop}", False),
        (rf"[\n。！；](?P<post>{post})留(?=[。\s]|$)", False),
    )
    return tuple((re.compile(pattern), doubtful) for pattern, doubtful in patterns)


@functools.cache
def _post() -> str:
    """Return the pattern of a post, with the unit it belongs to: 二车间的叉车工."""
    table = privacy_table().posts
    unit = rf"[\u4e00-\u9fff\d]{{1,4}}?(?:{any_of(table.units)})"
    return rf"(?!{_FILLER})(?:{unit}的?)?(?:{unit})?[\u4e00-\u9fff]{{0,4}}?(?:{any_of(table.ends)})"
