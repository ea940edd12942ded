"""The informant: the names of whoever tells, and of those on their side."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tipclass.names import (
    Span,
    before_mark,
    begins_with_surname,
    courteous_in,
    ends,
    foreign,
    forms,
    given,
    is_name,
    name_at,
    name_before,
    places_of,
    rows,
    seems_foreign,
    surname,
)
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side, Sides
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

NEAR = 30  # how far a cue may stand from a name that needs one
CLOSE = 12  # the same for a form of address that anybody may bear
LAST = 3  # lines that may hold a signature
ALWAYS = ("女士", "先生", "小姐")  # how an intake desk calls whoever calls
BARE = "、（(称等二两"  # what follows a name that has no surname, where no colon stands before it

_SAYS = r"(?:叫做?|名叫|名字叫|是|为|[:：，“\" ]){0,2}"
_SELF = r"(?:我|俺|咱|本人|笔者)"
_LABEL = re.compile(r"(?:[\u4e00-\u9fff]{0,8}[:：]|业主|村民|居民|群众|市民)?[ —-]{0,20}")
_SENTENCE_END = re.compile(r"[。！!？?；;]|——|--")
_CLOSING = re.compile(r"敬上|谨上|亲笔|上(?=\s*$)|(?=[\s\d（(]|$)")
_ROLE = re.compile(r"(?:[人员工师生民部兵主户者的员村组长妇友\s—-]|^)$")
LONGEST_ROLE = 12  # characters
_BESIDE = re.compile(
    r"[\s\d:：、,，.（）()-]|联系|电话|手机|方式|号码|年|月|日|家属|代表|敬上|谨上|书|亲笔|签字|按印|手印"
)


@dataclass(frozen=True)
class _Intro:
    """Words that bring a name: their pattern, whose name it is, and whether one is sure to follow.

    `plain` ones count only where the words around speak for the informant, `open` ones unless they speak for others,
    `alone` ones where a mark ends the name, `loose` ones whatever follows it; behind `bare` ones a name without a
    surname must stand in a row or tell something.
    """

    pattern: re.Pattern[str]
    kind: TraceKind = TraceKind.NAME
    sure: bool = False
    plain: bool = False
    open: bool = False
    alone: bool = False
    loose: bool = False
    bare: bool = False

    def brings(self, text: str, span: Span) -> bool:
        """Tell whether what stands in a place goes as a name behind such words."""
        if self.alone:
            long = span[1] - span[0] == 3 and not self.plain
            return (before_mark(text, span[1]) or long) and text[span[0]] not in "小老阿"
        word = text[slice(*span)]
        return not self.bare or begins_with_surname(word) or seems_foreign(word) or text[span[1] : span[1] + 1] in BARE

    def counts(self, side: Side | None) -> bool:
        """Tell whether the name is the informant's where the words around speak for a side."""
        if self.plain:
            return side is Side.INFORMANT
        return not (self.open and side is Side.REPORTED)


@functools.cache
def _labels() -> tuple[_Intro, ...]:
    """Return the words that outweigh a title: whoever stands behind them tells, whatever else he is."""
    labels = any_of(privacy_table().names.labels)
    return (
        _Intro(re.compile(rf"(?<!被)(?<!再审)(?:{labels}){_NOTE}{_COLON}"), sure=True),
        _Intro(re.compile(rf"{_SELF}的?(?:名字|真名|大名|姓名)?(?:叫做?|名叫|名字是|姓名[:：])[ “\"]?"), sure=True),
        _Intro(re.compile(r"叫我[“\"]?(?=[老小阿])")),
        _Intro(
            re.compile(
                rf"(?<![\u4e00-\u9fff])(?!被)(?:姓[ ]{{0,6}}名|[\u4e00-\u9fff]{{0,5}}{_WHO})[ ]{{0,3}}[:：]\s{{0,2}}"
            ),
            open=True,
            sure=True,
        ),
    )


_WHO = "(?:人|者|人员|客户|用户|家长|家属|代表|姓名|名字|署名|落款|签名)"
_NOTE = r"(?:[（(][^（）()\n]{0,12}[）)])?"
_COLON = r"(?:姓名)?[ ]?[】\]]?[ ]?(?:[:：】]|(?<=】))[ ]{0,2}[“\"【]?"


@functools.cache
def _intros() -> tuple[_Intro, ...]:
    table = privacy_table().names
    callers = any_of(word for word in table.labels if word[-1] in "人者")
    sides, kin, owners, plain, opened = map(any_of, (table.sides, table.kin, table.owners, table.plain, table.open))
    other = TraceKind.OTHER_NAME
    return (
        _Intro(re.compile(r"(?:化名|署名|落款)[是为叫:： ]{0,2}[“\"]"), sure=True),
        _Intro(re.compile(rf"(?<!被)(?<!再审)(?:{callers})(?:{_NOTE}[ “\"是为]?|[（(【「])"), sure=True, bare=True),
        _Intro(re.compile(rf"(?:{owners})的?(?:{kin}){_SAYS}"), other, loose=True),
        _Intro(re.compile(rf"(?<![他她其的])(?:{kin}){_SAYS}"), other, open=True),
        _Intro(re.compile(r"(?:小名|乳名)[叫是]?"), other, plain=True, sure=True),
        _Intro(re.compile(r"(?<=[\u4e00-\u9fff”])[（(](?:\d{1,3}岁[，,])?"), plain=True, alone=True),
        _Intro(re.compile(r"(?<=[组号栋室户社队])的?"), plain=True, alone=True),
        _Intro(re.compile(rf"(?<!被)(?:{sides}){_NOTE}[:： “\"】]{{0,2}}"), other),
        _Intro(re.compile(rf"(?:{opened}){_NOTE}[】\]]?[:：是为 “\"【]{{0,3}}"), open=True),
        _Intro(re.compile(rf"本人[ ,，:：]?(?!{kin})")),
        _Intro(re.compile(rf"{_SELF}(?!{kin})"), alone=True),
        _Intro(re.compile(rf"(?:{_SELF}|举报人|来电人)(?:[就原现也]|原来)?是(?!{kin})"), alone=True),
        _Intro(re.compile(rf"(?:{plain})[:：是为 】“\"]{{0,2}}"), other, plain=True),
    )


def names(text: str, reported: Sequence[Span], sides: Sides) -> list[Trace]:
    """Return the names of the informant and those on the informant's side in a folded text, in all their places.

    What is `reported` stays, unless a label says whose name it is.
    """
    claims = _Claims(text, reported)
    claims.take(_by_intro(text, sides, _labels()), although_reported=True)
    for finder in FINDERS:
        claims.take(finder(text, sides))
    claims.take(_family(text, claims.found, sides))
    return claims.everywhere(reported)


class _Claims:
    """The names that were found, and which characters of the text are spoken for."""

    def __init__(self, text: str, reported: Iterable[Span]) -> None:
        self.text = text
        self.found: dict[Span, TraceKind] = {}
        self._ours, self._theirs = bytearray(len(text)), bytearray(len(text))
        for start, end in reported:
            self._theirs[start:end] = b"\1" * (end - start)

    def take(self, traces: Iterable[Trace], *, although_reported: bool = False) -> None:
        """Take the names that lie over no other one."""
        for each in traces:
            spoken_for = any(self._ours[each.start : each.end])
            if not spoken_for and (although_reported or not any(self._theirs[each.start : each.end])):
                self.found[each.start, each.end] = each.kind
                self._ours[each.start : each.end] = b"\1" * (each.end - each.start)

    def everywhere(self, reported: Sequence[Span]) -> list[Trace]:
        """Return the names with all other places of them, but for those that somebody reported bears as well."""
        kinds = {self.text[slice(*span)]: kind for span, kind in self.found.items()}
        strangers = {self.text[slice(*span)] for span in reported}
        words = {word for word in kinds if len(word) > 1} - strangers
        self.take(Trace(kinds[self.text[slice(*span)]], *span) for span in places_of(self.text, words))
        return [Trace(kind, *span) for span, kind in self.found.items()]


# --- ways to bring a name ------------------------------------------------------------------------


def _introduced(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names behind a label, a relative or a role: 来电人张三, 我妈李四, 证人王五."""
    return _by_intro(text, sides, _intros())


def _by_intro(text: str, sides: Sides, intros: Iterable[_Intro]) -> Iterator[Trace]:
    for intro in intros:
        for match in intro.pattern.finditer(text):
            span = name_at(text, match.end(), sure=intro.sure, loose=intro.loose)
            if span and intro.brings(text, span) and intro.counts(sides.of(*match.span(), NEAR)):
                yield from (Trace(intro.kind, *each) for each in (span, *rows(text, span[1])))


@functools.cache
def _description() -> re.Pattern[str]:
    who = rf"{_SELF}[就原现也]?是(?P<as>[^，。；！？\n“”（）:：]{{1,16}}?)"
    sure = r"(?:(?<=[工员师民生人长妻夫弟兄姐妹哥友户孙医的])|(?=[\u4e00-\u9fff]{3}[，,。；（(、\s]))"
    return re.compile(rf"{who}{sure}(?P<name>{surname()}{given()}{{1,2}})(?=[，,。；（(、\s]|$)")


def _self_described(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names of writers who say before what they are: 我是退休工人雷天福."""
    titles = privacy_table().names.titles
    for match in _description().finditer(text):
        if is_name(match["name"]) and not match["as"].endswith(titles):
            yield Trace(TraceKind.NAME, *match.span("name"))


def _addressed(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names with a form of address: 刘女士."""
    titles = privacy_table().names.titles
    for match in courteous_in(text):
        always = match["courtesy"] in ALWAYS and not text.endswith(titles, 0, match.start())
        if always or sides.of(*match.span(), NEAR) is Side.INFORMANT:
            yield Trace(TraceKind.NAME, *match.span())


@functools.cache
def _telling() -> re.Pattern[str]:
    return re.compile(rf"[，,]?(?:均|都|也|等[\u4e00-\u9fff\d]{{0,4}}人)?{any_of(privacy_table().names.tells)}")


def _told(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names of those who are said to tell, to have seen or to have suffered: 王建国反映."""
    titles = privacy_table().names.titles
    for match in _telling().finditer(text):
        span = name_before(text, match.start())
        if span and not text.endswith(titles, 0, span[0]):
            yield Trace(TraceKind.OTHER_NAME, *span)


@functools.cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"[（(](?:{any_of(privacy_table().names.beside)})[^（()）]{{0,6}}[)）]")


def _noted(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names that a note in brackets calls the informant's: 张建国（举报人）."""
    for match in _note().finditer(text):
        if span := name_before(text, match.start()):
            yield Trace(TraceKind.NAME, *span)


@functools.cache
def _quoting() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = privacy_table().names
    return re.compile(any_of(table.brings)), re.compile(rf"{any_of(table.gives)}|[，,、 ]?(?:电话|手机|\d{{3}})")


def _quoted(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names of those who are said to be the source, or to be asked: 据王芳介绍, 请联系王芳."""
    brings, gives = _quoting()
    for match in brings.finditer(text):
        for size in (4, 3, 2):
            end = match.end() + size
            if gives.match(text, end) and name_before(text, end) == (match.end(), end):
                yield Trace(TraceKind.OTHER_NAME, match.end(), end)
                break
    for match in re.finditer("提供", text):
        if span := name_before(text, match.start()):
            yield Trace(TraceKind.OTHER_NAME, *span)


@functools.cache
def _surname_only() -> re.Pattern[str]:
    return re.compile(rf"姓(?P<name>{surname()})(?=[，。；、,的）)\s]|$)")


def _surnamed(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the surnames that somebody tells of himself: 我姓祝."""
    for match in _surname_only().finditer(text):
        if sides.of(*match.span(), NEAR) is Side.INFORMANT:
            yield Trace(TraceKind.NAME, *match.span("name"))


def _two_parted(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names in two parts: 阿依古丽·买买提."""
    if "·" in text:
        for match in foreign().finditer(text):
            if seems_foreign(match[0]) and not sides.is_reported(*match.span()):
                yield Trace(TraceKind.NAME, *match.span())


@functools.cache
def _clause() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[。，,！\n ]))(?P<name>{surname()}{given()}{{2}})(?=[，,。]|$)")


def _alone(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield a name that is a phrase of its own soon behind words of the informant: 我实名，不怕。张飞燕，……"""
    for match in _clause().finditer(text):
        if is_name(match["name"]) and sides.of(*match.span("name"), NEAR) is Side.INFORMANT:
            yield Trace(TraceKind.NAME, *match.span("name"))


@functools.cache
def _anywhere() -> re.Pattern[str]:
    frequent = any_of(privacy_table().names.frequent)
    mark = r"(?:^|(?<=[，。、；：！？（(“\"\s和跟与及给让是的]))"
    return re.compile(rf"{mark}(?P<name>{frequent}{given()}{{2}}{ends()}|[老小阿]{frequent}{ends()})")


def _amid(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names of three characters among words of the informant."""
    for match in _anywhere().finditer(text):
        side = sides.of(*match.span("name"))
        full = len(match["name"]) > 2 and side is None
        if is_name(match["name"]) and (full or side is Side.INFORMANT):
            yield Trace(TraceKind.OTHER_NAME, *match.span("name"))


def _signed(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names in the last lines, and at the very end of the last sentence."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", text) if not match[0].isspace()]
    for start, end in lines[-LAST:] if len(lines) > 1 else []:
        yield from _signature(text, start, end)
    if lines:
        start, end = lines[-1]
        stops = [match.end() for match in _SENTENCE_END.finditer(text, start, end) if match.end() < end]
        yield from _signature(text, stops[-1], end) if stops else ()


def _signature(text: str, start: int, end: int) -> Iterator[Trace]:
    """Yield the names of a line that holds names only, with a label before them and a number or a date behind."""
    begin = _LABEL.match(text, start + len(text[start:end]) - len(text[start:end].lstrip()))
    matches = (form.match(text, begin.end() if begin else start) for form in forms()[:4])
    first = next((match.span() for match in matches if match and is_name(match[0])), None) or _last(text, start, end)
    if first and not text.startswith(privacy_table().names.titles, start):
        found = [first, *rows(text, first[1])]
        if not _BESIDE.sub("", text[found[-1][1] : end]):
            yield from (Trace(TraceKind.NAME, *each) for each in found)


def _last(text: str, start: int, end: int) -> Span | None:
    """Return the name a short line ends in, behind what its bearer is: 退休干部赵磊敬上."""
    for match in _CLOSING.finditer(text, start, end):
        span = name_before(text, match.start())
        if span and span[0] >= start and span[0] - start <= LONGEST_ROLE and _ROLE.search(text, start, span[0]):
            return span
    return None


FINDERS = (
    _introduced,
    _self_described,
    _addressed,
    _told,
    _noted,
    _quoted,
    _surnamed,
    _two_parted,
    _alone,
    _signed,
    _amid,
)


def _family(text: str, found: Iterable[Span], sides: Sides) -> Iterator[Trace]:
    """Yield the places where the surname of somebody whose name is hidden is told: 就她一个姓贺的."""
    surnames = {match[0] for start, _ in found if (match := re.compile(surname()).match(text, start))}
    told = re.compile(rf"姓(?P<after>{surname()})(?=[的，。；、）)]|$)|(?P<before>{surname()})姓")
    for match in told.finditer(text):
        span = match.span(match.lastgroup or 0)
        if text[slice(*span)] in surnames and sides.of(*span, CLOSE) is not Side.REPORTED:
            yield Trace(TraceKind.NAME, *span)


def beside_contacts(text: str, reached: Iterable[Trace]) -> Iterator[Trace]:
    """Yield the names right beside what the informant can be reached by: 张建国13800000000, 13800000000（张建国）."""
    for each in reached:
        before = _TO_CONTACT.search(text, max(0, each.start - 20), each.start)
        span = name_before(text, before.start()) if before else None
        behind = _FROM_CONTACT.match(text, each.end)
        later = name_at(text, behind.end(), sure=False) if behind else None
        if span:
            yield Trace(TraceKind.NAME, *span)
        if later and before_mark(text, later[1]):
            yield Trace(TraceKind.NAME, *later)


_TO_CONTACT = re.compile(
    r"[，,、：: （(]{0,2}(?:[男女][，, ])?(?:的|本人)?(?:联系)?"
    r"(?:电话|手机|号码|方式|身份证|证件|微信|[qQ]{2}|邮箱)?(?:号码?)?[是为：: ]{0,3}$"
)
_FROM_CONTACT = re.compile(r"[ ]?[（(，, ]")
