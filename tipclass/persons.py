"""Persons: the reported ones, by the title, the label or the nickname that brings their name."""

import re
from collections.abc import Iterable, Iterator

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
_NO_FIRM = "(?!公司|公寓|仓库|[库寓司厂店镇县市区村乡路街]|超市|饭店|酒店|小区)"
_MASKED = rf"{_UNMISTAKABLE}\d?某(?:[某甲乙丙丁戊己庚辛]|{_GIVEN}{_ENDS})?{_NO_FIRM}"
_WHOLE = rf"{_RARE}(?![老大])(?:(?![的了在是和与及说给])[\u4e00-\u9fff]){{2}}(?<!人){_ENDS}"
_PLAIN = rf"{_WHOLE}|{_RARE}(?:老[大二三四五六七八九幺]|大[脚头牛嘴炮]|三[妹娃姐哥毛宝元平]|{_GIVEN}{{1,2}})"
_NICK = r"(?:[阿老小][\u4e00-\u9fff]头?|[\u4e00-\u9fff]{1,3}[哥姐爷叔]|二愣子|[\u4e00-\u9fff]{1,2}[老大])"
_COURTESY = rf"{_SURNAME}(?:师傅|教授|老师|主任|大夫|医生|总|[园院会]长|经理|老板娘?|大师|神医|老大|姐|哥)"
_WARES = "农药|化肥|种|药|产品|烟|酒|油|膏|丸|货|东西|面膜|食品|饮料|套餐|项目"

TITLED = re.compile(
    rf"(?:{_TITLE})(?:(?:的?(?:是|为|叫|名叫|叫做|写的是|写着|署名))|[:：])?[ “\"]{{0,2}}"
    rf"(?P<name>{_MASKED}|{_COURTESY}|{_SURNAME}{_GIVEN}{{2}}(?<!人)(?=[，。；、（(\s]|$)|{_PLAIN}|{_NICK}(?=[，。；、）)”\"\s开在用把拎])"
    rf"|(?<=[“\"])[^“”\"，。；\n]{{2,8}}(?=[”\"](?!的?(?:{_WARES}))))"
)
NAMED = re.compile(
    rf"(?:名叫|叫做?|人称)(?P<name>{_MASKED}|{_WHOLE}|{_RARE}(?:[一二三四五六七八九]|{_GIVEN}{{1,2}}){_ENDS})"
)
MASKED = re.compile(_MASKED)
NUMBERED = re.compile(rf"{_RARE}老[大二三四五六七八九幺]")
COURTEOUS = re.compile(rf"[“\"](?P<name>{_COURTESY}|{_SURNAME}(?:先生|女士|小姐|某))[”\"]")
BROUGHT = re.compile(rf"(?:有个|有一个|那个|这个|一个)(?:叫)?(?P<name>{_COURTESY})")
CALLED = re.compile(
    r"(?:外号|绰号|人称|诨名|小名|网名|昵称|化名|自称|署名|喊|微信名|都叫他|叫)(?:是|叫|为|“|\"|[:：])?[“\"]?"
    rf"(?P<name>{_NICK})(?=[”\"，。；、）)（(的\s]|$)"
)
NICKNAMED = re.compile(r"(?:外号|绰号|诨名)(?:叫|是)?(?P<name>[\u4e00-\u9fff]{2,4})(?=[，。；、）)]|$)")
DOCUMENTED = re.compile(rf"(?P<name>{_MASKED}|{_PLAIN})(?=[（(](?:身份证|公民身份|男|女|另案|在逃|绰号|外号))")
SURNAMED = re.compile(
    rf"(?<!找)姓{_SURNAME}的(?:老板娘?|男子|男的|女的|人|师傅|胖子|村民|中年人|包工头|年轻人|老头|小子|外地人|支书|主任)?(?!话)"
)
LOOKING = re.compile(
    r"(?:[戴穿留染跛瘸秃瘦胖驼]|光头|[高矮]个|纹)[^\W的在]{0,7}的"
    r"(?:男[子人的]|女[子人的]|中年人|中年男子|老头|老太太?|妇女|黄牛|小伙子?|年轻人|青年)"
)
TRADING = re.compile(rf"[收卖送开看跑烧养拉倒贩包][^\W的在有是]{{1,3}}的老{_RARE}(?=[用把在，。开来每又专说])")
KIN = re.compile(rf"{_SURNAME}[家氏](?:[两三]?兄弟|父子|夫[妇妻])")
PATTERNS = (TITLED, NAMED, CALLED, COURTEOUS, SURNAMED, LOOKING, TRADING, BROUGHT, NICKNAMED)
# Patterns that begin with a surname, which many characters are: the rare sign within, and how far before it they begin.
ANCHORED = (
    (DOCUMENTED, re.compile(r"[（(](?:身份|公民|男|女|另案|在逃|绰号|外号)"), 6),
    (MASKED, re.compile("某"), 3),
    (NUMBERED, re.compile(r"老[大二三四五六七八九幺]"), 2),
    (KIN, re.compile(r"[家氏](?:[两三]?兄弟|父子|夫[妇妻])"), 2),
)

_COMPANION = re.compile(rf"[、和与及 ](?:老[二三四五])?(?P<name>{_MASKED}|{_PLAIN})(?=[、和与及，。；（(等经]|$)")
_OF_PLACE = re.compile(rf"的(?P<name>{_WHOLE})")
_WRITER = re.compile(r"(?:我们?|本人|俺们?)(?:是|叫|系|住|家|家住|住在)?在?$")
_COMMON = frozenset(words("common"))
# Writers, victims, witnesses and officers.
_IS_OTHER = re.compile(rf"{_OTHER}[:：，、为是叫 ]{{0,2}}$")
_OTHER_NAME = re.compile(rf"{_OTHER}[:：，、为是叫 ]{{0,2}}(?P<name>{_MASKED}|{_PLAIN})")
# A citizen who calls, tells or suffers is not reported; another one is.
_CITIZEN = re.compile(any_of(_WORDS["citizens"]) + "$")
_SPEAKS = re.compile(
    r"(?:等|女士|先生)|[^，。；]{0,4}(?:来电|反映|举报|投诉|[称诉说]|表示|联名|求助|咨询|受伤|死亡|住)|\s*(?:$|[。，]?(?:联系)?电话)"
)
_NO_NAME = re.compile(any_of(_WORDS["none"]))


def find(text: str) -> list[Span]:
    """Return the spans in which a folded text introduces the persons it reports."""
    others = {match["name"] for match in _OTHER_NAME.finditer(text)}
    ends: dict[int, int] = {}
    for start, end in _introduced(text):
        if text[start:end] not in others:
            ends[start] = max(end, ends.get(start, end))
    return sorted(ends.items())


def of_places(text: str, places: Iterable[Span]) -> Iterator[Span]:
    """Yield the persons whom a place brings, 柳林镇的殷步高, unless the writer tells where he is from."""
    for start, end in places:
        match = _OF_PLACE.match(text, end)
        if match and not _WRITER.search(text, max(0, start - 6), start):
            name = match["name"]
            if not {name[:2], name[1:]} & _COMMON:
                yield match.span("name")


def _introduced(text: str) -> Iterator[Span]:
    for match in _matches(text):
        group = "name" if "name" in match.re.groupindex else 0
        start, end = match.span(group)
        if _NO_NAME.match(text, start) or _is_other(text, match.start()) or _is_other(text, start):
            continue
        if _SPEAKS.match(text, end) and _CITIZEN.search(text, max(0, start - 3), start):
            continue
        yield start, end
        yield from _companions(text, end)


def _matches(text: str) -> Iterator[re.Match[str]]:
    for pattern in PATTERNS:
        yield from pattern.finditer(text)
    for pattern, anchor, reach in ANCHORED:
        for sign in anchor.finditer(text):
            starts = range(max(0, sign.start() - reach), sign.start())
            match = next((found for start in starts if (found := pattern.match(text, start))), None)
            if match and match.end() >= sign.start():
                yield match


def _companions(text: str, end: int) -> Iterator[Span]:
    """Yield the names that stand in one row with the first: 陆某强、陆某兵."""
    while (match := _COMPANION.match(text, end)) and not _NO_NAME.match(match["name"]):
        yield match.span("name")
        end = match.end()


def _is_other(text: str, start: int) -> bool:
    return _IS_OTHER.search(text, max(0, start - 8), start) is not None
