"""Intros: the words that bring the name of the informant, or of somebody on the informant's side."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tipclass.names import Span, before_mark, begins_with_surname, is_officer, name_at, rows, seems_foreign
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side, Sides
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

NEAR = 30  # how far a cue may stand from a name that needs one
BARE = "、（(称等二两"  # what follows a name that has no surname, where no colon stands before it

_SAYS = r"(?:叫做?|名叫|名字叫|是|为|[:：，“\" ]){0,2}"
SELF = r"(?:我|俺|咱|本人|笔者)"


@dataclass(frozen=True)
class Intro:
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
def labels() -> tuple[Intro, ...]:
    """Return the words that outweigh a title: whoever stands behind them tells, whatever else he is."""
    labels = any_of(privacy_table().names.labels)
    return (
        Intro(re.compile(rf"(?<!被)(?<!再审)(?:{labels}){_NOTE}{_COLON}"), sure=True),
        Intro(re.compile(rf"{SELF}的?(?:名字|真名|大名|姓名)?(?:叫做?|名叫|名字是|姓名[:：])[ “\"]?"), sure=True),
        Intro(re.compile(r"叫我[“\"]?(?=[老小阿])")),
        Intro(re.compile(r"(?:退[款费钱]|打到|转到|我的卡|本人卡)[^。！？；\n]{0,40}?户名[是为:： ]{0,2}"), sure=True),
        Intro(
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
def intros() -> tuple[Intro, ...]:
    table = privacy_table().names
    callers = any_of(word for word in table.labels if word[-1] in "人者")
    sides, kin, owners, plain, opened = map(any_of, (table.sides, table.kin, table.owners, table.plain, table.open))
    other = TraceKind.OTHER_NAME
    return (
        Intro(re.compile(r"(?:化名|署名|落款)[是为叫:： ]{0,2}[“\"]"), sure=True),
        Intro(re.compile(rf"(?<!被)(?<!再审)(?:{callers})(?:[（(【「]|{_NOTE}[ “\"是为]?)"), sure=True, bare=True),
        Intro(re.compile(rf"(?:{owners})的?(?:{kin}){_SAYS}"), other, loose=True),
        Intro(re.compile(rf"(?<![他她其的])(?:{kin}){_SAYS}"), other, open=True),
        Intro(re.compile(r"(?:小名|乳名)[叫是]?"), other, plain=True, sure=True),
        Intro(re.compile(r"(?<=[\u4e00-\u9fff”])[（(](?:\d{1,3}岁[，,])?"), plain=True, alone=True),
        Intro(re.compile(r"(?<=[组号栋室户社队])的?"), plain=True, alone=True),
        Intro(re.compile(rf"(?<!被)(?:{sides}){_NOTE}[:： “\"】]{{0,2}}"), other),
        Intro(re.compile(rf"(?:{opened}){_NOTE}[】\]]?[:：是为 “\"【]{{0,3}}"), open=True),
        Intro(re.compile(rf"本人[ ,，:：]?(?!{kin})")),
        Intro(re.compile(rf"{SELF}(?!{kin})"), alone=True),
        Intro(re.compile(rf"(?:{SELF}|举报人|来电人)(?:[就原现也]|原来)?是(?!{kin})"), alone=True),
        Intro(re.compile(rf"(?:{plain})[:：是为 】“\"]{{0,2}}"), other, plain=True),
    )


def by_intro(text: str, sides: Sides, intros: Iterable[Intro]) -> Iterator[Trace]:
    for intro in intros:
        for match in intro.pattern.finditer(text):
            span = name_at(text, match.end(), sure=intro.sure, loose=intro.loose)
            goes = span and intro.brings(text, span) and not is_officer(text, span)
            if span and goes and intro.counts(sides.of(*match.span(), NEAR)):
                yield from (Trace(intro.kind, *each) for each in (span, *rows(text, span[1])))
