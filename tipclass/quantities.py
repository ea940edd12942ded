"""Quantities: numerals with a unit of mass, volume, area, length, money, goods or excess, in canonical units."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tipclass.numerals import HAN, NUMERAL, parse, plain
from tipclass.patterns import lazy
from tipclass.records import Element, ElementKind
from tipclass.wordlist import listed


class Unit(NamedTuple):
    """What a written unit counts as, and how many of the canonical unit it makes."""

    name: str
    factor: float = 1.0


def _units(name: str, **written: float) -> dict[str, Unit]:
    return {each: Unit(name, factor) for each, factor in written.items()}


MEASURES: dict[str, Unit] = {
    **_units("吨", 吨=1, 公吨=1, t=1, T=1),
    **_units("公斤", 公斤=1, 千克=1, kg=1, KG=1, Kg=1, 市斤=0.5, 斤=0.5, 克=0.001, g=0.001, 两=0.05),
    **{"㎏": Unit("公斤"), "㎡": Unit("平方米"), "m³": Unit("立方米"), "㎥": Unit("立方米"), "m²": Unit("平方米")},
    **_units("立方米", 立方米=1, 立方=1, 个立方=1, 个方=1, 方=1, m3=1),
    **_units("升", 公升=1, 升=1, L=1, 毫升=0.001, ml=0.001, mL=0.001),
    **_units("亩", 亩=1, 市亩=1),
    **_units("平方米", 平方米=1, 平米=1, 平方=1, 个平方=1, 平=1, m2=1),
    **_units("公顷", 公顷=1, 平方公里=100, 平方千米=100),
    **_units("公里", 公里=1, 千米=1, km=1, KM=1, 里=0.5, 海里=1.852),
    **_units("米", 米=1, m=1, 公分=0.01, 厘米=0.01, cm=0.01, 毫米=0.001, mm=0.001),
    **_units("元", 元=1, 块钱=1, 块=1, 圆=1, 毛钱=0.1, 毛=0.1),
    **_units("美元", 美元=1),
    **_units("倍", 倍=1),
    **_units("分贝", 分贝=1, dB=1, db=1, DB=1),
}
# Classifiers of goods: these count what is sold, caught, felled or seized.
GOODS = tuple("柜顶支条箱件盒瓶只头尾株棵桶袋车罐匹羽枚粒颗片丸挂筐篓捆坛听贴筒板单卷对双")
# Classifiers that count anything: only a figure or a larger number makes them a quantity.
LOOSE = tuple("张份座间处眼口根台部辆套艘副")
# What a unit must not run into, since the two together mean something else.
RUNS_INTO = {
    "吨": "[桶袋包级位]",
    "方": "[面案便向法式形圆言针才可米块队将木]|当事",
    "平": "[方米房均等时常台安静原]",
    "米": "[粉饭线面酒黄其]",
    "里": "(?![地路长远外多])",
    "两": "(?!重|[，。；、一二三四五六七八九半])",
    "亩": "[产均]",
    "升": "[级降高为学]",
    "块": "[来去儿走吃干玩住地牌田石砖肉板表电屏碑农林荒耕基空招指菜水鱼草山场区玻儿头]",
    "圆": "[形桌]",
    "毛": "[病坯重]",
    "T": "[A-Za-z恤型]",
    "t": "[A-Za-z]",
    "L": "[A-Za-z]",
    "m": "[A-Za-z/／]",
    "g": "[A-Za-z/／]",
    "倍": "以?[上下]?的?[罚赔偿]",
    "柜": "[台子员面机门长]",
    "顶": "[楼层上端部格着替级多住]",
    "支": "[队部付持书]",
    "条": "[狗路街河沟巷命线规款意消信短微街道高船例件腿裂生约]",
    "件": "[事案投诉信举工衣套]",
    "只": "[有要能是好卖剩不会用收需怕想得给]",
    "头": "[的上发顶痛疼晕尾绪目部牌条推跑]",
    "桶": "[装]",
    "瓶": "[装]",
    "袋": "[装]",
    "盒": "[装饭]",
    "罐": "[车装头]",
    "车": "[道间辆位主次牌皮门库行祸队人站厢子]",
    "片": "[区段面警]",
    "单": "[元位位号方位独车据]",
    "套": "[房路现牌餐话间]",
    "台": "[区阶州湾风球账子上面费]",
    "部": "[分门队长委位]",
    "船": "[上舱员老主民]",
    "板": "[房车]",
    "贴": "[牌]",
    "卷": "[烟帘]",
    "双": "[方休氧]",
    "对": "[夫方面于的此我外]",
    "处": "[理罚置分级长]",
    "口": "[人头气碑腔子]",
    "根": "[本据]",
    "间": "(?![，。；、\\s])",
    "张": "[照图截光罚某三贴床桌嘴脸]",
    "份": "[子文纸笔]",
    "元": "[里宝素旦件器月朗谋氏]",
}
_LEAD = "大约|约|大概|将近|接近|近|超过|超|不足|不到|不少于|不下|至少|高达|差不多|上(?=[百千万])"
_TAIL = "以上|左右|上下|往上|开外|有余|多|余|来|半(?![斤公吨车个天年])"
# What follows a unit without a numeral word of its own: 十九亩四分, 两米五, 三块五毛.
_REST = (
    rf"(?:(?<=[斤亩米块两毛])[二三四五六七八九][两分毛]?(?![\d{HAN.replace('一', '')}元块斤吨亩米个瓶条包箱盒])"
    r"|(?<=元)[一二三四五六七八九]角(?:[一二三四五六七八九]分)?|(?<=块)[一二三四五六七八九]毛)"
)
_HAN_START = rf"(?<![{HAN}\d第数几])(?=[{HAN}])"
_FIGURE_START = r"(?<![\d.+*第A-Za-z])(?=\d)"


def _unit_pattern() -> str:
    written = sorted((*MEASURES, *GOODS, *LOOSE, "个"), key=lambda unit: (-len(unit), unit))
    return "|".join(re.escape(unit) + (f"(?!{RUNS_INTO[unit]})" if unit in RUNS_INTO else "") for unit in written)


QUANTITY = lazy(
    rf"(?=[大约将接近超不至高差上\d{HAN}])(?:超标(?:了|达|近|约)?)?(?P<lead>{_LEAD})?(?:{_HAN_START}|{_FIGURE_START})"
    rf"(?P<numeral>{NUMERAL})(?P<whole>整)?(?:[大小](?=[桶袋箱车筐捆瓶盒包罐缸盆张]))?(?P<unit>{_unit_pattern()})(?P<rest>{_REST})?(?P<tail>{_TAIL})?"
)
_PER_UNIT = lazy(r"[元块钱毛角/每这那另]$")
_YIELDS = lazy(r"[亩日年月]产$")
_EXCESS = lazy(r"超[^，。；]{0,12}$")
# One of a thing counts where it was taken, lost or traded.
_TAKEN = lazy(r"(?:死|[买卖打抓套捕购]|查获|扣押|缴获|捕获|没收|丢|毁)[了过到得掉的]?$")
_PICTURE = lazy(r"[照图拍影频证据附]|光盘|发票")
# 个 counts persons and everything else; these words, or its place behind a noun, tell goods.
_PIECES = lazy(
    r"[吨油铁铝气钢水胶塑]?[桶罐瓶箱袋笼网套夹壳空伐树猎钢弹煤灭轮电蛋]|液化气|半?成品|烟|鸟|包裹|快递|配件|头盔"
    r"|标识|商标"
)
_REPORTS = lazy(r"(?:假|虚假|检测|监测|检验|环评)?报告|病历|盒饭|套餐|订单|快餐|外卖")
_BEHIND_NOUN = lazy(r"[\u4e00-\u9fff]$")
# Few 方 are parties to something unless they are of earth, water or wood: 三方检测.
_FILL = lazy(r"[土砂沙石木料水泥渣混污废多的]|[^\u4e00-\u9fff]|$")
_CLOSES = lazy(r"[，。；、）)！\s]|就|$")
# Prices as they are spoken, the last digit counting tens, hundreds or thousands: 一百八一条, 卖三百五, 一斤两千二.
_SPOKEN_SUM = (
    rf"(?<![{HAN}\d第几])(?:[一二三四五六七八九两][万千]){{0,2}}[一二三四五六七八九两][万千百][一二三四五六七八九]"
)
_PRICED = listed("price_words")
SPOKEN = lazy(
    rf"{_SPOKEN_SUM}(?=[一每](?:[{''.join(GOODS)}斤吨方亩张个份套台户]|公斤))"
    rf"|(?P<led>{_PRICED})(?P<sum>{_SPOKEN_SUM}|[一二三四五六七八九两][万千百])(?=[^{HAN}\u4e00-\u9fff\d多来几]|[不就还才也都他我她]|$)"
)


def find(text: str) -> Iterator[Element]:
    """Yield the quantities of a folded text."""
    spoken = [match.span("sum") if match["led"] else match.span() for match in SPOKEN.finditer(text)]
    for start, end in spoken:
        yield Element(ElementKind.QUANTITY, text[start:end], start, end, parse(text[start:end]), "元")
    prices = {start for start, _ in spoken}
    yield from (one for one in _measured(text) if one.start not in prices)


def _measured(text: str) -> Iterator[Element]:
    """Yield the numerals of a folded text with their units."""
    for match in QUANTITY.finditer(plain(text)):
        size = parse(match["numeral"])
        if size is not None and _measures(match, size):
            unit = MEASURES.get(match["unit"], Unit(match["unit"]))
            value = round((size + _rest(match)) * unit.factor, 9)
            yield Element(
                ElementKind.QUANTITY, text[match.start() : match.end()], match.start(), match.end(), value, unit.name
            )


def _rest(match: re.Match[str]) -> float:
    """Return the tenths that follow the unit: the 五 of 两米五, the 半 of 一吨半."""
    if match["rest"]:
        return (parse(match["rest"][0]) or 0) / 10
    return 0.5 if match["tail"] == "半" else 0.0


def _measures(match: re.Match[str], size: float) -> bool:
    """Tell whether a numeral with a unit measures something, rather than naming a price's unit or any one thing."""
    numeral, unit = match["numeral"], match["unit"]
    condition = _CONDITIONS.get(unit)
    if condition and not condition(match, size):
        return False
    if numeral == "一" and unit in MEASURES and (_YIELDS.search(_before(match)) or match["lead"]):
        return True
    if numeral == "一" and not (match["tail"] or match["whole"] or match["rest"]):
        return unit in GOODS and _TAKEN.search(_before(match)) is not None
    return unit in MEASURES or size >= (2 if unit in GOODS else 3) or numeral.isdigit()


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 14) : match.start()]


def _exceeds(match: re.Match[str], size: float) -> bool:
    return "超" in match[0] or _EXCESS.search(_before(match)) is not None


def _fills(match: re.Match[str], size: float) -> bool:
    return size >= 10 or match["numeral"][0].isdigit() or _FILL.match(match.string, match.end()) is not None


def _is_no_family(match: re.Match[str], size: float) -> bool:
    return not _before(match).endswith("家")


def _is_no_picture(match: re.Match[str], size: float) -> bool:
    return _PICTURE.search(_before(match)[-8:]) is None


def _is_report(match: re.Match[str], size: float) -> bool:
    return _REPORTS.match(match.string, match.end()) is not None or _before(match).endswith("报告")


def _counts_pieces(match: re.Match[str], size: float) -> bool:
    if size < 2 or _PER_UNIT.search(_before(match)):
        return False
    behind = _BEHIND_NOUN.search(_before(match)) is not None and _CLOSES.match(match.string, match.end()) is not None
    return _PIECES.match(match.string, match.end()) is not None or (size >= 5 and behind)


# What further is asked of some units.
_CONDITIONS: dict[str, Callable[[re.Match[str], float], bool]] = {
    "倍": _exceeds,
    "方": _fills,
    "个": _counts_pieces,
    "口": _is_no_family,
    "张": _is_no_picture,
    "份": _is_report,
}
