"""Spots: what the name of a place runs on over: towns, numbers, sides, distances, and the pit they lead to."""

from tipclass.localities import SORTS
from tipclass.numerals import NUMERAL
from tipclass.patterns import lazy
from tipclass.wordlist import any_of, words

_IN_NAME = r"[^\W\da-zA-Z的了在有是到从往把被我你他她这那和与一个]"
_TOWN = lazy(
    rf"{_IN_NAME}{{2,4}}?(?:镇(?<![城乡]镇)|(?<=京)城镇|乡(?<![下返城]乡)|街道|苏木)"
    rf"|{_IN_NAME}{{1,4}}?(?:村(?<![农进驻乡山全本各邻该]村)(?:委会|民委员会|(?!民))|社区|嘎查|屯|居委会)"
)

# --- numbers -------------------------------------------------------------------------------------
_ROOM = any_of(words("place_rooms"))
_HAN_NUMBER = r"负?[一二三四五六七八九十百]{1,3}"
_FIGURES = r"负?\d{1,4}(?:[-#]\d{1,4}){0,2}"
_NUMBER = lazy(
    r"K?\d{1,4}\+\d{1,3}(?:米?处)?|[A-Z]-?\d{1,4}(?=[，。；、）)\s的]|档|$)|\d{3,4}(?=[，。；、）)\s]|$)"
    rf"|[第旧老新原]?(?:{_FIGURES}|{_HAN_NUMBER}|[A-Z]-?\d{{0,4}}|[甲乙丙丁])[#号]?{_ROOM}"
    r"(?:(?![人名个多])|(?=多层))(?:[东西南北](?=侧|边|面|头|门))?"
)
# A number behind the name of an estate: 幸福里二期4栋, 万象城四楼.
BUILDING = lazy(
    r"(?=[负\d一二三四五六七八九十百A-Z])"
    rf"(?:(?:{_HAN_NUMBER}期)?(?:(?<!\d)\d{{1,3}}|{_HAN_NUMBER}|[A-Z]\d?)"
    r"(?:号楼|号院|栋|幢|号梯|单元)(?![高多])"
    r"|(?:负?\d{1,2}|负?[一二三四五六七八九十]{1,3})[楼层](?![高楼以住]))"
)
# A spot on a numbered road: 国道318线K2087公里处.
MILESTONE = lazy(
    r"(?:国道|省道|县道|乡道)[GSXY]?\d{2,4}线?(?:K?\d{1,4}(?:\+\d{1,3}|公里)(?:米?处)?)?"
    r"|(?<![A-Z\d])[GSX]\d{2,4}(?:线|高速)?(?=K|[出入]口|服务区|收费站)"
)

# --- sides and distances -------------------------------------------------------------------------
_CROSSING = lazy(
    r"(?:大?[路街]|大道|巷|线)?"
    r"(?:交叉路?口|交汇处|交界处|[十丁]字路口|路口|拐角处?|转角处?|口(?=[，。；、一有的\s]|$))"
)
_SIDES = lazy(any_of(SORTS["side"]) + r"(?:[处里内下](?![理面部]))?")
_SIZE = rf"(?:大?约|不到|大概)?{NUMERAL}"
_DISTANCE = lazy(
    r"(?:[再往向朝以]{0,2}(?:[东西南北]{1,2}|[里前上下外])走?|(?<=[游侧边面外口头里内线段]))"
    rf"{_SIZE}(?:公里|海里|里[地路]|里|百?米)(?:多|左右|远)?(?:的?(?:地方|位置)|处)?(?![\dA-Za-z元])"
    r"|往[东西南北]第?(?:\d{1,2}|[一二三四五六七八九十]{1,2})家"
)
# The way from a spot: 老粮站往东三百米, or downstream, where no spot need be named.
WAY = lazy(rf"(?:[往向朝以][东西南北里外前]{{1,2}}走?|[上下]游){_SIZE}(?:公里|里[地路]?|百?米)(?:多|左右)?处?")
_AWAY = lazy(r"[上下]游.{2}")
_LYING = lazy(r"[东西南北]{1,2}[侧边面头角岸坡]|[厂校屋村店楼寺庙院坝][前后]|[东西南北]门外")

# --- parts of a place, and spots -----------------------------------------------------------------
_RESERVE = (
    r"(?:[一二三]级|国家级|省级|市级|县级)?"
    r"(?:(?:水产)?种质资源|饮用水水源|饮用水源|水源|自然|湿地|(?:珍稀|特有){0,2}[鱼鸟]类|候鸟)?保护区"
)
_PART = lazy(
    rf"{any_of(words('place_after'))}(?![长员工主])|段(?!时间)|(?:{_IN_NAME}{{2,4}})段(?![时子某])|(?<=桥)[下头底]"
    r"|[井河坡]下|以[东西南北]|[东西南北上](?=[，。；、\s]|$)|组(?=[，。；、的])|进去(?=第|左|右)|往里(?=第)"
    rf"|{_RESERVE}"
)
_SPOTS = words("place_tails")
# Right behind a name only what is no works: 青石山采石场 is a firm, 青石山的采石场 a place.
_WORKS = ("厂", "站", "矿", "石场", "砂场", "林场", "牧场")
_CLOSE = any_of(spot for spot in _SPOTS if len(spot) > 1 and (not spot.endswith(_WORKS) or spot[0] in "老旧废"))
_LOOKS = "废旧老大小空荒臭破烂枯干深浅黄黑白红绿泥石砖土水长高"
TAIL = lazy(
    rf"(?:(?:的[那一]?[个块片座条处]?|那[个块片座条处])[{_LOOKS}]{{0,2}}?|(?:废弃的?|老|旧|原)?(?={_CLOSE}))"
    rf"{any_of(_SPOTS)}(?![\u4e00-\u9fff]?(?:厂|店|场|队|公司|员|主|老板|工|长))"
)

# What may follow a name, by the sort it gives the place; the last only goes on where the place is fixed already.
EXTENSIONS = (
    ("town", _TOWN),
    ("number", _NUMBER),
    ("side", _CROSSING),
    ("side", _SIDES),
    ("side", _DISTANCE),
    ("after", _PART),
)
_ATTACHED = (_SIDES, _DISTANCE, _PART)


def is_fixed(text: str, end: int, *, numbered: bool) -> bool:
    """Tell whether a side, a distance or a part follows; `numbered` says that a house number will do as well."""
    patterns = (_NUMBER, *_ATTACHED) if numbered else _ATTACHED
    return any(pattern.match(text, end) for pattern in patterns)


def lies(text: str, end: int, side: str) -> bool:
    """Tell whether a side with no name before it is a place: 南侧的农灌渠, 厂后的水塘, 下游三公里.

    >>> lies("排到南侧的农灌渠", 4, "南侧"), lies("放在南侧", 4, "南侧")
    (True, False)
    """
    return _AWAY.match(side) is not None or (_LYING.fullmatch(side) is not None and TAIL.match(text, end) is not None)
