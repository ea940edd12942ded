"""The informant: the names of whoever tells, and of those on their side."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from tipclass.intros import NEAR, SELF, by_intro, intros, labels
from tipclass.names import (
    Span,
    before_mark,
    courteous_in,
    ends,
    foreign,
    given,
    is_name,
    name_at,
    name_before,
    places_of,
    seems_foreign,
    surname,
)
from tipclass.privacy_table import privacy_table
from tipclass.relatives import doubtful, relatives
from tipclass.sides import Side, Sides
from tipclass.signatures import signed
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

CLOSE = 12  # the same for a form of address that anybody may bear
ALWAYS = ("女士", "先生", "小姐")  # how an intake desk calls whoever calls


def names(text: str, reported: Sequence[Span], sides: Sides) -> list[Trace]:
    """Return the names of the informant and those on the informant's side in a folded text, in all their places.

    What is `reported` stays, unless a label says whose name it is.
    """
    claims = _Claims(text, reported)
    claims.take(by_intro(text, sides, labels()), although_reported=True)
    claims.take(relatives(text, sides))
    for finder in FINDERS:
        claims.take(finder(text, sides))
    claims.take(doubtful(text, sides))
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
    return by_intro(text, sides, intros())


@functools.cache
def _description() -> re.Pattern[str]:
    who = rf"{SELF}[就原现也]?是(?P<as>[^，。；！？\n“”（）:：]{{1,16}}?)"
    sure = r"(?:(?<=[工员师民生人长妻夫弟兄姐妹哥友户孙医的])|(?=[\u4e00-\u9fff]{3}[，,。；（(、\s]))"
    return re.compile(rf"{who}{sure}(?P<name>{surname()}{given()}{{1,2}})(?=[，,。；（(、\s]|$)")


def _self_described(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names of writers who say before what they are: 我是退休工人雷天福."""
    titles = privacy_table().names.titles
    for match in _description().finditer(text):
        is_post = text.endswith(privacy_table().posts.trades, match.start(), match.end("name"))
        if is_name(match["name"]) and not is_post and not match["as"].endswith(titles):
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
        own = _of_self().search(text, max(0, match.start() - NEAR), match.start())
        if own or sides.of(*match.span(), NEAR) is Side.INFORMANT:
            yield Trace(TraceKind.NAME, *match.span("name"))


@functools.cache
def _of_self() -> re.Pattern[str]:
    """Return the pattern of words of which a surname is the end: 我是给厂长开车的司机，姓胡."""
    says = rf"(?:^|[。！？；，,\n ]){SELF}(?:们)?(?:就|原|现)?[是在住叫]"
    return re.compile(rf"{says}[^。！？；\n他她]{{0,24}}[，, ](?:免贵|敝)?\Z")


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
    """Yield the names at the end of a letter."""
    return signed(text)


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
_FROM_CONTACT = re.compile(r"[ ]?(?:[（(，, ]|找|联系)")
