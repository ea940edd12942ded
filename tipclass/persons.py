"""Persons: the reported ones, by the title, the label or the nickname that brings their name."""

import re
from collections.abc import Iterable, Iterator

from tipclass.candidates import Candidate
from tipclass.patterns import lazy
from tipclass.wordlist import any_of, tables, words

Span = tuple[int, int]

_WORDS = tables("person_words")
_SURNAMES = frozenset(_WORDS["surnames"])
_SURNAME = any_of(_SURNAMES)
# Without those that are usual words as well, for names that no mask makes known.
_RARE = any_of(_SURNAMES - set(_WORDS["words"]))
_UNMISTAKABLE = any_of(_SURNAMES - set(_WORDS["particles"]))
_TITLE = any_of(_WORDS["titles"])
_OTHER = any_of(_WORDS["others"])

_GIVEN = rf"(?:(?![{_WORDS['after'][0]}])[\u4e00-\u9fff])"
_ENDS = r"(?=[，。；、：:（()）”\"\s的在于将把被与和及对从向等系因未某以经]|兄弟|父子|夫[妇妻]|[二两三四五]人|$)"
_NO_FIRM = "(?!公司|公寓|大厦|仓库|[库寓司厂店镇县市区村乡路街]|超市|饭店|酒店|小区)"
_MASKED = rf"{_UNMISTAKABLE}\d?某(?:[某甲乙丙丁戊己庚辛]|{_GIVEN}{_ENDS})?{_NO_FIRM}"
_STARRED = r"[\u4e00-\u9fff](?:某某?|[*×○]{1,2})(?![\u4e00-\u9fff]?[厂店司镇县市区村乡路街])"
_WHOLE = rf"{_RARE}(?!老)(?:(?![的了在是和与及说给])[\u4e00-\u9fff]){{2}}(?<!人){_ENDS}"
_PLAIN = rf"{_WHOLE}|{_RARE}(?:老[大二三四五六七八九幺]|大[脚头牛嘴炮]|三[妹娃姐哥毛宝元平]|{_GIVEN}{{1,2}})"
_NICK = r"(?:[阿老小][\u4e00-\u9fff]头?|[\u4e00-\u9fff]{1,3}[哥姐爷叔]|二愣子|[\u4e00-\u9fff]{1,2}[老大])"
_COURTESY = rf"{_SURNAME}(?:师傅|教授|老师|主任|大夫|医生|总|[园院会]长|经理|老板娘?|大师|神医|老大|姐|哥)"
_WARES = "农药|化肥|种|药|产品|烟|酒|油|膏|丸|货|东西|面膜|食品|饮料|套餐|项目"

TITLED = lazy(
    rf"(?:{_TITLE})(?:(?:的?(?:是|为|叫|名叫|叫做|写的是|写着|署名))|[:：])?[ “\"]{{0,2}}"
    rf"(?P<name>{_MASKED}|{_STARRED}|{_COURTESY}|{_SURNAME}{_GIVEN}{{2}}(?<!人)(?=[，。；、（(\s]|$)|{_PLAIN}|{_NICK}(?=[，。；、）)”\"\s开在用把拎])"
    rf"|(?<=[“\"])[^“”\"，。；\n]{{2,8}}(?=[”\"](?!的?(?:{_WARES}))))"
)
NAMED = lazy(rf"(?:名叫|叫做?|人称)(?P<name>{_MASKED}|{_WHOLE}|{_RARE}(?:[一二三四五六七八九]|{_GIVEN}{{1,2}}){_ENDS})")
MASKED = lazy(_MASKED)
NUMBERED = lazy(rf"{_RARE}老[大二三四五六七八九幺]")
COURTEOUS = lazy(rf"[“\"](?P<name>{_COURTESY}|{_SURNAME}(?:先生|女士|小姐|某))[”\"]")
BROUGHT = lazy(rf"(?:有个|有一个|那个|这个|一个)(?:叫)?(?P<name>{_COURTESY})")
CALLED = lazy(
    r"(?:外号|绰号|人称|诨名|小名|网名|昵称|化名|自称|署名|喊|微信名|都叫他|叫)(?:是|叫|为|“|\"|[:：])?[“\"]?"
    rf"(?P<name>{_NICK})(?=[”\"，。；、）)（(的\s]|$)"
)
NICKNAMED = lazy(r"(?:外号|绰号|诨名)(?:叫|是)?(?P<name>[\u4e00-\u9fff]{2,4})(?=[，。；、）)]|$)")
DOCUMENTED = lazy(rf"(?P<name>{_MASKED}|{_PLAIN})(?=[（(](?:身份证|公民身份|男|女|另案|在逃|绰号|外号))")
SURNAMED = lazy(rf"(?<!找)姓[\u4e00-\u9fff]的(?:{any_of(_WORDS['agents'])})?(?!话)")
LOOKING = lazy(
    r"(?:[戴穿留染跛瘸秃瘦胖驼]|光头|[高矮]个|纹)[^\W的在]{0,7}的"
    r"(?:男[子人的]|女[子人的]|中年人|中年男子|老头|老太太?|妇女|黄牛|小伙子?|年轻人|青年)"
)
TRADING = lazy(rf"[收卖送开看跑烧养拉倒贩包][^\W的在有是]{{1,3}}的老{_RARE}(?=[用把在，。开来每又专说])")
_NICK_END = any_of(_WORDS["nick"])
_AGENT = any_of(_WORDS["agents"])
_ONE = "".join(name for name in _WORDS["surnames"] if len(name) == 1)
SIGNED = lazy(rf"[{_ONE}](?:{_NICK_END})(?![家们来店])")
_NO_HOMELY = "板师人百婆公家乡是区孩时心学店姨厂头院村的年太街路桥旧小化挂板粮"
HOMELY = lazy(
    rf"(?:(?<=[，。；、：:“\"\s的叫是喊有给找头户贩子商])|^)[阿老小](?![{_NO_HOMELY}])[\u4e00-\u9fff](?:{_ENDS}|(?=[用把开说拿电手身又一两]))"
)
SPOKEN = lazy(
    r"(?:主播|博主|对方|群主|她|他|老板|店主|微信|名字|真名|网名|群名|人群名|号|户名|昵称|店名|机构|楼盘|项目|公司|牌子)(?:叫做?|名叫|是|为)?[“\"]?(?P<name>(?:(?![的了在是有我你他她它这那不做没])[^\W\d_]|(?<=.)的){2,7})(?=[，。；、\s（(”\"]|抖音|微信|电话)"
)
BARE = lazy(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[的是叫喊找查给被把和由员方主长头板商户东人：]))(?P<name>{_RARE}(?!老)[\u4e00-\u9fff]{{2}})(?<!人)"
    r"(?=[^\u4e00-\u9fff]|[的说租把用拿在开以从被给让和与及等背也又一自是打])"
)
# Where a trade is plied, told by what is done there: 卖活禽的摊位, 烧木炭的窑.
_STALL = any_of(_WORDS["stalls"])
DESCRIBED = lazy(
    rf"[戴穿留染跛瘸秃瘦胖驼烧送讲炼拆加放洗骑收卖做开养倒搞贩跑修弄放摆拉自姓外操满光一][^\W\d的在是了有]{{1,9}}的(?:{_AGENT}|{_STALL})"
)
ACTING = lazy(
    r"(?:(?<=[，。；：！？\s个口的有])|^)[卖收摆养倒贩开修跑挖打讲送放炸烧做][^\W\d的在是了有着过]{1,3}的(?=[，。把用又卖拿偷往还从天每就])"
)
CALLER = lazy(
    r"(?:外号|绰号|网名|自称|微信名|昵称)(?:叫|是)?[“\"][^“”\"，。；\n]{1,8}[”\"]的(?:人|男子|女子|群主|主播|男的|女的|老板)"
)
KIN = lazy(rf"{_SURNAME}[家氏](?:[两三]?兄弟|父子|夫[妇妻])")
PATTERNS = {
    "titled": TITLED,
    "named": NAMED,
    "called": CALLED,
    "courteous": COURTEOUS,
    "surnamed": SURNAMED,
    "looking": LOOKING,
    "trading": TRADING,
    "brought": BROUGHT,
    "nicknamed": NICKNAMED,
    "signed": SIGNED,
    "homely": HOMELY,
    "spoken": SPOKEN,
    "bare": BARE,
    "described": DESCRIBED,
    "acting": ACTING,
    "caller": CALLER,
}
# Patterns that hardly ever err.
_SURE = frozenset({"titled", "named", "called", "courteous", "surnamed", "nicknamed", "documented", "numbered", "kin"})
# Patterns that begin with a surname, which many characters are: the rare sign within, and how far before it they begin.
ANCHORED = (
    ("documented", DOCUMENTED, lazy(r"[（(](?:身份|公民|男|女|另案|在逃|绰号|外号)"), 6),
    ("masked", MASKED, lazy("某"), 3),
    ("numbered", NUMBERED, lazy(r"老[大二三四五六七八九幺]"), 2),
    ("kin", KIN, lazy(r"[家氏](?:[两三]?兄弟|父子|夫[妇妻])"), 2),
)

_COMPANION = lazy(rf"[、和与及 ](?:老[二三四五])?(?P<name>{_MASKED}|{_PLAIN})(?=[、和与及，。；（(等经]|$)")
_OF_PLACE = lazy(rf"的(?P<name>{_WHOLE})")
_WRITER = lazy(r"(?:我们?|本人|俺们?)(?:是|叫|系|住|家|家住|住在)?在?$")
_FIRM = lazy("[\u4e00-\u9fff]{0,3}[厂店馆行部站院场社]")
_COMMON = frozenset(words("common"))
# Writers, victims, witnesses and officers.
_IS_OTHER = lazy(rf"(?<!被){_OTHER}[:：，、为是叫 ]{{0,2}}$")
_OTHER_NAME = lazy(rf"(?<!被){any_of(_WORDS['writers'])}[:：，、为是叫 ]{{0,2}}(?P<name>{_MASKED}|{_PLAIN})")
# A citizen who calls, tells or suffers is not reported; another one is.
_CITIZEN = lazy(any_of(_WORDS["citizens"]) + "$")
_SPEAKS = lazy(
    r"(?:等|女士|先生)|[^，。；]{0,4}(?:来电|反映|举报|投诉|[称诉说]|表示|联名|求助|咨询|受伤|死亡|住)|\s{0,9}(?:$|[。，]?(?:联系)?电话)"
)
_NO_NAME = lazy(any_of(_WORDS["none"]))


def find(text: str, places: Iterable[Span] = ()) -> Iterator[Candidate]:
    """Yield what may name a reported person in a folded text, with the signs for and against it."""
    others = {match["name"] for match in _OTHER_NAME.finditer(text)}
    bearers: dict[Span, set[str]] = {}
    for (start, end), sign in _introduced(text, places):
        if not _NO_NAME.match(text, start) and text[start:end] not in others and not _calls(text, start, end):
            bearers.setdefault((start, end), set()).add(sign)
    for (start, end), signs in bearers.items():
        around = _around(text, start, end)
        if not signs.isdisjoint(_SURE):
            signs.add("sure person")
        named = not signs <= {"described", "acting", "looking", "surnamed", "caller"}
        yield Candidate(start, end, (*sorted(signs), *around), named)


def _calls(text: str, start: int, end: int) -> bool:
    """Tell whether a name is that of a citizen who calls, tells or suffers."""
    return _SPEAKS.match(text, end) is not None and _CITIZEN.search(text, max(0, start - 3), start) is not None


def _introduced(text: str, places: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the spans that patterns find, each with the name of its pattern."""
    for sort, match in _matches(text):
        start, end = match.span("name" if "name" in match.re.groupindex else 0)
        if sort == "bare" and text[start : start + 2] in _COMMON:
            continue
        yield (start, end), sort
        if sort == "titled":
            yield (start, end), f"title {text[match.start() : start].rstrip(':： “')[-3:]}"
        for span in _companions(text, end):
            yield span, "companion"
            yield span, f"companion {sort}"
    yield from _of_places(text, places)


def _of_places(text: str, places: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the names that a place brings, 柳林镇的殷步高; by another sign the writer's, who tells where he is from."""
    for start, end in places:
        if match := _OF_PLACE.match(text, end):
            writer = _WRITER.search(text, max(0, start - 6), start)
            yield match.span("name"), "writer" if writer else "of a place"


def _around(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the signs that stand around a name and within it."""
    name, before = text[start:end], text[max(0, start - 3) : start]
    yield f"left person {before[-1:]}"
    yield f"next person {text[end : end + 2]}"
    yield f"size person {min(end - start, 6)}"
    yield f"last person {name[-1]}"
    yield f"masked {'某' in name}"
    if {name[:2], name[1:3]} & _COMMON:
        yield "usual words"
    if _is_other(text, start):
        yield "other"
    if _SPEAKS.match(text, end):
        yield "speaks"
    if _CITIZEN.search(before):
        yield "citizen"
    if _FIRM.match(text, end):
        yield "firm behind"
    yield f"told person {min(text.count(name), 3)}"
    yield f"part person {min(4, 5 * start // (len(text) + 1))}"


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for sort, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            yield sort, match
    for sort, pattern, anchor, reach in ANCHORED:
        for sign in anchor.finditer(text):
            starts = range(max(0, sign.start() - reach), sign.start())
            first = next((found for start in starts if (found := pattern.match(text, start))), None)
            if first and first.end() >= sign.start():
                yield sort, first


def _companions(text: str, end: int) -> Iterator[Span]:
    """Yield the names that stand in one row with the first: 陆某强、陆某兵."""
    while (match := _COMPANION.match(text, end)) and not _NO_NAME.match(match["name"]):
        yield match.span("name")
        end = match.end()


def _is_other(text: str, start: int) -> bool:
    return _IS_OTHER.search(text, max(0, start - 8), start) is not None
