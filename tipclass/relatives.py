"""Relatives: the names by which the informant's side goes among themselves, with and without a surname."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tipclass.intros import NEAR, SELF
from tipclass.names import every_surname, given, is_name, is_usual
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side, Sides
from tipclass.traces import Trace, TraceKind
from tipclass.wordlist import any_of

CLOSE = 8  # how far a cue of the reported may stand from somebody who suffers
WINDOW = 17  # characters before what befalls somebody
_FULL_LENGTH = 3
SPEAKERS = 2  # lines of one speaker's form that make a chat
_STOP = r"(?=[^\u4e00-\u9fff·]|$)"
_BEGIN = r"(?:^|(?<=[^\u4e00-\u9fff]))"
_UNLIKELY = "[有来无本家者知能非行时当对在中长生方家子土地前先太常多]"  # what no name without a surname begins with
_ORDERS = "[去来打写签给回做干把先等走交出进看闭放退赔买带拿上下吃喝]"
_NOT_CALLED = "[我你他她它俺咱其们的是有和跟那这老小各位]"
_LEADS = "的和跟与及替帮给有友事手员工中被让次天时候年月日晚午后前是"
_WITHIN = r"[^。！？!?；;\n]"
_STOPS = re.compile(r"[。！？!?；;\n]")
_CHAT = re.compile("聊天|群聊|群里|群内|记录|截图|转发|微信群")
_SPEAKER = re.compile(r"^(?:\[?\d{1,2}[:：]\d\d(?:[:：]\d\d)?\]? ?)?(?P<name>[\u4e00-\u9fff]{2,4})[:：]", re.MULTILINE)


@dataclass(frozen=True)
class _Bringer:
    """Words that bring a name: their pattern; whether whatever stands there goes, and whether sides do not count."""

    pattern: re.Pattern[str]
    sure: bool = False
    anything: bool = False


def relatives(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield the names of relatives, neighbours and workmates in a folded text, and what they call the informant."""
    for each in _bringers():
        for match in each.pattern.finditer(text):
            span = match.span("name")
            if not (each.anything or _is_meant(match["name"], sure=each.sure)) or text.endswith(_titles(), 0, span[0]):
                continue
            if each.sure or sides.of(*span, NEAR) is not Side.REPORTED:
                yield Trace(TraceKind.OTHER_NAME, *span)
    yield from _befallen(text, sides)
    yield from _speakers(text)


def doubtful(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield what has the form of a name and of which no word near by tells that its bearer is reported."""
    for match in _anybody().finditer(text):
        span, word = match.span("name"), match["name"]
        titled = text.endswith(_titles(), 0, span[0])
        if _is_meant(word) and not titled and sides.of(*span, NEAR) is not Side.REPORTED:
            yield Trace(TraceKind.OTHER_NAME, *span)


@functools.cache
def _anybody() -> re.Pattern[str]:
    before = rf"(?:{_BEGIN}|(?<=[{_LEADS}]))"
    forms = rf"{every_surname()}{_given()}{{2}}|[阿老]{_given()}"
    return re.compile(rf"{before}(?P<name>{forms}){_end()}")


def _befallen(text: str, sides: Sides) -> Iterator[Trace]:
    """Yield who stands soon before what befalls a victim or what a witness does: 二毛的狗喝了那水当天就死了."""
    for sign in _harm().finditer(text):
        start = max(0, sign.start() - WINDOW)
        stops = [match.end() for match in _STOPS.finditer(text, start, sign.start())]
        for match in _sufferer().finditer(text, stops[-1] if stops else start, sign.start() + 1):
            span = match.span("name")
            word, titled = match["name"], text.endswith(_titles(), 0, span[0])
            goes = span[1] <= sign.start() and _is_meant(word) and not titled
            if goes and sides.of(*span, CLOSE) is not Side.REPORTED:
                yield Trace(TraceKind.OTHER_NAME, *span)


@functools.cache
def _harm() -> re.Pattern[str]:
    return re.compile(any_of(privacy_table().names.harm))


@functools.cache
def _sufferer() -> re.Pattern[str]:
    elder = any_of((*privacy_table().names.courtesy, *privacy_table().names.elders))
    before = rf"(?:{_BEGIN}|(?<=[{_LEADS}]))"
    ends = rf"(?:{_end()}|(?={any_of(privacy_table().names.harm)}))"
    called = rf"{before}(?:{_pet()}|{every_surname()}{_given()}{{2}}){ends}"
    return re.compile(rf"(?P<name>{_own_elder(elder)}|{called})")


def _own_elder(elder: str) -> str:
    """Return the pattern of an elder by name: 汤伯, 宦奶奶, and none of somebody's: 我爸."""
    return rf"(?:{every_surname()}|(?!{_NOT_CALLED})[\u4e00-\u9fff])(?:{elder})"


def _is_meant(word: str, *, sure: bool = False) -> bool:
    """Tell whether a word of the form of a name is one; a doubled character is, unless it tells how: 朵朵."""
    table = privacy_table().names
    if len(word) == 2 and word[0] == word[1]:
        return word not in table.doubled
    if is_usual(word) or word.endswith((*_titles(), *table.never)) or word.startswith(table.none):
        return False
    return (sure and len(word) >= _FULL_LENGTH) or is_name(word)


def _speakers(text: str) -> Iterator[Trace]:
    """Yield who speaks in a chat pasted line by line, but for those who bear a title."""
    if not _CHAT.search(text):
        return
    found = [match for match in _SPEAKER.finditer(text) if not _is_label(match["name"])]
    if len(found) >= SPEAKERS:
        yield from (Trace(TraceKind.OTHER_NAME, *each.span("name")) for each in found if _is_plain(each["name"]))


def _is_plain(word: str) -> bool:
    return (is_name(word) or re.fullmatch(_pet(), word) is not None) and not word.endswith(_titles())


def _is_label(word: str) -> bool:
    return is_usual(word) or word[-1] in "人者容题址话式号间点文箱" or re.fullmatch(_label(), word) is not None


@functools.cache
def _label() -> str:
    return f"(?:{any_of(privacy_table().fields.bare)})+"


@functools.cache
def _titles() -> tuple[str, ...]:
    table = privacy_table().names
    return (*table.titles, *(word for word in table.offices if word not in "姐哥叔"))


@functools.cache
def _given() -> str:
    """Return the pattern of a character that given names are usually made of."""
    return f"[{privacy_table().names.given}]"


@functools.cache
def _pet() -> str:
    """Return the pattern of what people call each other: 阿福, 朵朵, 二毛, 老蔡."""
    surname = every_surname()
    return rf"(?:[阿小老大]{_given()}|[老小]{surname}|(?P<twice>{_given()})(?P=twice)|[二三四五六七八九]{_given()})"


@functools.cache
def _bringers() -> tuple[_Bringer, ...]:
    table = privacy_table().names
    lists = table.kin, table.owners, table.calls, (*table.courtesy, *table.elders), table.titles
    kin, owners, calls, elder, others = map(any_of, lists)
    surname, end, pet = every_surname(), _end(), _pet()
    whole, full = rf"{surname}{_given()}{{2}}", rf"{surname}{_given()}{{1,2}}"
    bare = rf"(?!{_UNLIKELY}){_given()}{{2}}"
    any_form = f"{full}|{pet}|{bare}"
    own_elder = _own_elder(elder)
    trades = any_of(("职工", "员工", "工人", "教师", "党员", "干部", "市民", "群众", *privacy_table().posts.trades))
    tells = "举报|反映|投诉|来电|来信|来访|报案|报警|控告|检举|求助|信访"
    acts, callers = any_of(table.acts), any_of(("女士", "先生", "小姐", *table.labels))
    lead = rf"(?:{_BEGIN}|(?<=[是说跟和与找给]))"
    mine = rf"(?:{owners})(?:家里?|的|那个?){{0,2}}(?:{kin})"
    parent, wrote = "妈妈?|爸爸?|奶奶|爷爷|外婆|姥姥|家长", "我写了|我写的是|署名|落款|签的是|写的名字|签名|签字|手写"
    patterns = (
        (rf"{mine}(?:{calls})?(?P<name>(?:{whole}|{any_form}){end}|{whole}(?!·))", 1, 0),
        (rf"(?<![他她其们])(?:{kin})(?P<name>{full}){end}", 0, 0),
        (rf"(?:{callers})[^。！？；\n]{{0,12}}[他她其](?:{kin})(?P<name>{full}){end}", 0, 0),
        (rf"(?:叫|喊|称呼?|唤)我(?:做|作|为)?[“\"]?(?!{_ORDERS})(?P<name>{given()}{{2,4}}?){_STOP}", 1, 0),
        (rf"(?:我是|我就是|{_BEGIN})(?P<name>(?:{pet}|{bare})(?:{parent})){_STOP}", 1, 1),
        (rf"{SELF}(?!{kin})(?P<name>{whole}{end}|{full}{_STOP})", 1, 0),
        (rf"{SELF}(?:名字)?(?:名叫|叫做?)[“\" ]?(?P<name>{given()}{{2,4}}){_STOP}", 1, 1),
        (rf"(?:{_BEGIN}|[，。推选派请让]){SELF}[，, ]?(?P<name>{full})(?={acts})", 1, 0),
        (rf"{_BEGIN}{SELF}[，, ](?P<name>{full}){_STOP}", 1, 0),
        (rf"(?:[号室楼栋户]|\d)[，, ]?(?P<name>{full})收{_STOP}", 1, 0),
        (rf"(?:{wrote})[是为了:： “\"]{{0,3}}(?P<name>{full}|{surname}{given()}{{2}}){_STOP}", 1, 0),
        (rf"(?:{callers})[:： ]{{0,2}}一[名个位][\u4e00-\u9fff]{{0,8}}?(?:{trades})(?P<name>{full}){_STOP}", 1, 0),
        (rf"{_BEGIN}(?P<name>{full}|{surname}某{{1,2}})[，,（(][男女](?={_WITHIN}{{0,60}}?(?<!被)(?:{tells}))", 1, 1),
        (rf"联系人[:： ]{{0,2}}(?!{others})(?P<name>{full}{end}|(?:{bare}|{pet}){_STOP})", 0, 0),
        (rf"{SELF}[^。！？；\n]{{0,20}}?(?P<name>{full})的(?:{kin}){_STOP}", 1, 0),
        (rf"{lead}(?P<name>{full}|{surname}某)(?:的(?:{kin})|家属)(?=[是在说讲接]|[^\u4e00-\u9fff])", 0, 0),
        (rf"(?<=接起来是)(?P<name>{surname}某)", 1, 1),
        (rf"(?P<name>[{table.transliterated}]{{2,6}}(?:老师|大姐|大哥|大叔|大爷|大妈|阿姨|师傅|医生))", 0, 1),
        (rf"{SELF}(?:就是|是|叫)[^，。！？；\n]{{0,14}}?(?P<name>{own_elder}){_STOP}", 1, 0),
        (rf"[和跟与替帮有及](?P<name>{pet}){_STOP}", 0, 0),
        (rf"还有(?P<name>{bare}){_STOP}", 0, 0),
    )
    return tuple(_Bringer(re.compile(pattern), bool(sure), bool(any_)) for pattern, sure, any_ in patterns)


def _end() -> str:
    """Return the look-ahead for what follows a name: a mark, or a word that may."""
    return rf"(?=[^\u4e00-\u9fff·]|$|{any_of(privacy_table().names.follows)}|那[里儿边]|这[里儿边]|手[里上])"
