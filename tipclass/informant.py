"""The informant: the names of whoever tells, and of those on their side."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tipclass.names import (
    before_mark,
    courteous_in,
    foreign,
    forms,
    given,
    is_name,
    masked,
    masked_in,
    name_at,
    rows,
    surname,
)
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side, Sides
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

Span = tuple[int, int]

NEAR = 30  # how far a cue may stand from a name that needs one
CLOSE = 12  # the same for a form of address that anybody may bear
TAIL = 3  # last lines that may hold a signature
LONGEST_SIGNATURE = 16  # characters of such a line without its label
ALWAYS = ("女士", "先生", "小姐", "同学")  # how an intake desk calls whoever calls
_SAYS = r"(?:叫做?|名叫|名字叫|是|为|[:：，“\" ])"
_SELF = r"(?:我|俺|咱|本人|笔者)"
_DATE = re.compile(r"[\d〇零一二三四五六七八九十年月日./ -]{4,20}")
_BEFORE_SIGNATURE = re.compile(r"(?:[。！!？?；;”\"）)]|——|--|—)[ —-]{0,4}$")


@dataclass(frozen=True)
class _Intro:
    """Words that bring a name: their pattern, what the name is, and whether one is sure to follow.

    `plain` ones count only where the words around speak for the informant, `open` ones unless they speak for others,
    `alone` ones where a mark ends the name, `loose` ones whatever follows it.
    """

    pattern: re.Pattern[str]
    kind: TraceKind
    sure: bool = False
    plain: bool = False
    open: bool = False
    alone: bool = False
    loose: bool = False

    def counts(self, side: Side | None) -> bool:
        """Tell whether the words bring a name of the informant where the words around speak for a side."""
        if self.plain:
            return side is Side.INFORMANT
        return not (self.open and side is Side.REPORTED)


@functools.cache
def _intros() -> tuple[_Intro, ...]:
    table = privacy_table().names
    callers = any_of(word for word in table.labels if word[-1] in "人者")
    labels, sides, kin, owners = map(any_of, (table.labels, table.sides, table.kin, table.owners))
    doubtful, opened = any_of(table.plain), any_of(table.open)
    note = r"(?:[（(][^（）()\n]{0,12}[）)])?"
    colon = r"(?:姓名)?[ ]?[】\]]?[ ]?(?:[:：】]|(?<=】))[ ]{0,2}[“\"【]?"
    own, side = TraceKind.NAME, TraceKind.OTHER_NAME
    return (
        _Intro(re.compile(rf"(?<!被)(?:{labels}){note}{colon}"), own, sure=True),
        _Intro(
            re.compile(rf"{_SELF}的?(?:名字|真名|大名|姓名)?(?:叫做?|名叫|名字是|姓名[:：])[ “\"]?"), own, sure=True
        ),
        _Intro(re.compile(r"(?:化名|署名|落款)[是为叫:： ]{0,2}[“\"]"), own, sure=True),
        _Intro(re.compile(rf"(?<!被)(?:{callers}){note}[ “\"是为]?"), own, sure=True),
        _Intro(re.compile(rf"(?:{owners})的?(?:{kin}){_SAYS}{{0,2}}"), side, loose=True),
        _Intro(re.compile(rf"(?:{kin}){_SAYS}{{0,2}}"), side, plain=True),
        _Intro(re.compile(rf"(?<!被)(?:{sides}){note}[:： “\"】]{{0,2}}"), side),
        _Intro(re.compile(rf"(?:{opened}){note}[】\]]?[:：是为 “\"【]{{0,3}}"), own, open=True),
        _Intro(re.compile(rf"本人[ ,，:：]?(?!{kin})"), own),
        _Intro(re.compile(rf"{_SELF}(?!{kin})"), own, alone=True),
        _Intro(re.compile(rf"(?:{_SELF}|举报人|来电人)(?:[就原现也]|原来)?是(?!{kin})"), own, alone=True),
        _Intro(re.compile(rf"(?:{doubtful})[:：是为 】“\"]{{0,2}}"), side, plain=True),
    )


@functools.cache
def _described() -> re.Pattern[str]:
    """Return the pattern of a writer who says what he is before his name: 我是退休工人雷天福."""
    name = rf"{surname()}{given()}{{1,2}}(?=[，,。；（(、\s]|$)"
    return re.compile(rf"{_SELF}[就原现也]?是(?P<as>[^，。；！？\n“”（）:：]{{1,16}}?)(?P<name>{name})", re.MULTILINE)


@functools.cache
def _bearers() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of what brings the name of a reported person or an officer."""
    table = privacy_table().names
    return (re.compile(rf"(?:{any_of(table.titles)})(?:{_SAYS}|姓名|自称|叫|的){{0,3}}"),)


@functools.cache
def _officer() -> re.Pattern[str]:
    table = privacy_table().names
    return re.compile(any_of(table.offices))


def reported_names(text: str) -> list[Span]:
    """Return where a folded text names those it reports, and officers, by the title they bear."""
    found = [
        span
        for pattern in _bearers()
        for match in pattern.finditer(text)
        if (span := name_at(text, match.end(), sure=False, loose=True))
    ]
    named = {text[start:end] for start, end in found if end - start > 1}
    again = _all(text, named)
    officers = [span for office in _officer().finditer(text) if (span := _before_office(text, office.start()))]
    return sorted({*found, *again, *officers})


def _before_office(text: str, end: int) -> Span | None:
    """Return the surname, or the name of another language behind a mark, that an office follows: 周科长."""
    for size, pattern in ((2, _surname()), (1, _surname()), (2, _foreign_officer())):
        match = pattern.match(text, max(0, end - size))
        if match and match.end() == end:
            return match.span()
    return None


@functools.cache
def _surname() -> re.Pattern[str]:
    return re.compile(surname())


@functools.cache
def _foreign_officer() -> re.Pattern[str]:
    return re.compile(rf"(?<=[，。、和与是]){given()}{{2}}")


def names(text: str, reported: Sequence[Span], sides: Sides) -> list[Trace]:
    """Return the names of the informant and those on the informant's side in a folded text, in all their places."""
    taken = reported
    found: dict[Span, TraceKind] = {}
    for finder in (_labelled, _introduced, _self_described, _addressed, _surnamed, _two_parted, _alone, _signed):
        for trace in finder(text, sides):
            span = trace.start, trace.end
            if not _overlaps(span, found) and not (_overlaps(span, taken) and finder is not _labelled):
                found[span] = trace.kind
    found |= {span: TraceKind.NAME for span in _family(text, found, sides) if not _overlaps(span, found)}
    strangers = {text[start:end] for start, end in taken}
    kinds = {text[start:end]: kind for (start, end), kind in found.items()}
    for word, kind in kinds.items():
        if len(word) > 1 and (word not in strangers):
            found |= {
                span: kind for span in _all(text, [word]) if not _overlaps(span, found) and not _overlaps(span, taken)
            }
    return [Trace(kind, *span) for span, kind in found.items()]


def partly_masked(text: str, named: Iterable[Trace]) -> list[Span]:
    """Return the names that were hidden in part before, other than the informant's: papers mask whom they report."""
    ours = {each.start for each in named}
    return [span for span in masked_in(text) if span[0] not in ours]


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _all(text: str, listed: Iterable[str]) -> list[Span]:
    """Return all places of some names; of a name masked in part only those where no more of it follows."""
    words = set(listed)
    found = [span for span in masked_in(text) if text[slice(*span)] in words]
    plain = [word for word in words if not masked().fullmatch(word)]
    return found + [match.span() for word in plain for match in re.finditer(re.escape(word), text)]


# --- ways to bring a name ------------------------------------------------------------------------


def _labelled(text: str, sides: Sides) -> Iterator[Trace]:
    return _by_intro(text, sides, _intros()[:2])


def _introduced(text: str, sides: Sides) -> Iterator[Trace]:
    return _by_intro(text, sides, _intros()[2:])


def _by_intro(text: str, sides: Sides, intros: Iterable[_Intro]) -> Iterator[Trace]:
    for intro in intros:
        for match in intro.pattern.finditer(text):
            span = name_at(text, match.end(), sure=intro.sure, loose=intro.loose)
            if span and intro.alone and not before_mark(text, span[1]):
                continue
            if span and intro.counts(sides.of(match.start(), match.end(), NEAR)):
                yield Trace(intro.kind, *span)
                yield from (Trace(intro.kind, *each) for each in rows(text, span[1]))


def _self_described(text: str, sides: Sides) -> Iterator[Trace]:
    for match in _described().finditer(text):
        if match["name"] and is_name(match["name"]) and not match["as"].endswith(tuple(privacy_table().names.titles)):
            yield Trace(TraceKind.NAME, *match.span("name"))


def _addressed(text: str, sides: Sides) -> Iterator[Trace]:
    titles = tuple(privacy_table().names.titles)
    for match in courteous_in(text):
        if text.endswith(titles, 0, match.start()):
            continue
        always = match["courtesy"] in ALWAYS
        if always or sides.of(*match.span(), CLOSE) is Side.INFORMANT:
            yield Trace(TraceKind.NAME, *match.span())


@functools.cache
def _surname_only() -> re.Pattern[str]:
    return re.compile(rf"姓(?P<name>{surname()})(?=[，。；、,的）)\s]|$)")


def _surnamed(text: str, sides: Sides) -> Iterator[Trace]:
    for match in _surname_only().finditer(text):
        if sides.of(*match.span(), NEAR) is Side.INFORMANT:
            yield Trace(TraceKind.NAME, *match.span("name"))


def _family(text: str, found: Iterable[Span], sides: Sides) -> list[Span]:
    """Return where the surname of somebody whose name is hidden is told: 就她一个姓贺的."""
    surnames = {match[0] for start, _ in found if (match := re.compile(surname()).match(text, start))}
    told = re.compile(rf"姓(?P<after>{surname()})(?=[的，。；、）)]|$)|(?P<before>{surname()})姓")
    spans = [match.span(match.lastgroup or 0) for match in told.finditer(text)]
    return [each for each in spans if text[slice(*each)] in surnames and sides.of(*each, CLOSE) is not Side.REPORTED]


def _two_parted(text: str, sides: Sides) -> Iterator[Trace]:
    if "·" in text:
        for match in foreign().finditer(text):
            if not sides.is_reported(*match.span()):
                yield Trace(TraceKind.NAME, *match.span())


@functools.cache
def _clause() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[。，,！\n ]))(?P<name>{surname()}{given()}{{2}})(?=[，,。]|$)")


def _alone(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield a name that is a phrase of its own right behind words of the informant: 我实名，不怕。张飞燕，……"""
    for match in _clause().finditer(text):
        if is_name(match["name"]) and sides.of(*match.span("name"), NEAR) is Side.INFORMANT:
            yield Trace(TraceKind.NAME, *match.span("name"))


def _signed(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names in the last lines, and at the very end of the last sentence."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text) if match[0].strip()]
    for start, end in lines[-TAIL:] if len(lines) > 1 else []:
        yield from _signature(text, start, end)
    if lines:
        start, end = lines[-1]
        breaks = [match.end() for match in re.finditer(r"[。！!？?；;]|——|--", text[start:end])]
        if breaks:
            yield from _signature(text, start + breaks[-1], end)


def _signature(text: str, start: int, end: int) -> Iterator[Trace]:
    line = text[start:end].rstrip()
    begin = start + len(line) - len(line.lstrip(" —-\u3000"))
    label = re.compile(rf"(?:[\u4e00-\u9fff]{{0,8}}[:：]|业主|村民|居民|群众|市民)?[ ]{{0,2}}").match(text, begin)
    begin = label.end() if label else begin
    if len(line) - (begin - start) > LONGEST_SIGNATURE or _DATE.fullmatch(line.strip()):
        return
    if sides_title := any(text.endswith(each, 0, begin) for each in ("联系人：", "经办：", "抄送：")):
        return
    span = next((m.span() for form in forms()[:4] if (m := form.match(text, begin)) and is_name(m[0])), None)
    if span and (span[1] - start >= len(line) or text[span[1]] in " \u3000(（"):
        yield Trace(TraceKind.NAME, *span)
        yield from (Trace(TraceKind.NAME, *each) for each in rows(text, span[1]))
