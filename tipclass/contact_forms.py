"""Forms of contacts: which stretches of a text are numbers, addresses of the net, plates or accounts, whosever."""

import re
from collections.abc import Callable, Iterator, Mapping

from tipclass.identifiers import ACCOUNT, PLATE, PROVINCES
from tipclass.patterns import lazy
from tipclass.traces import Trace, TraceKind

NEAR = 16  # characters before a number in which a word tells what it is
NEAR_PLATE = 30  # the same around a plate

NUMERALS = "〇零一二三四五六七八九"
DIGIT_OF = str.maketrans(NUMERALS + "幺壹贰叁肆伍陆柒捌玖两" + "Oo", "00123456789" + "1123456789" + "2" + "00")
_D = rf"[\d{NUMERALS}幺壹贰叁肆伍陆柒捌玖两Oo]"
_H = r"[\d*×xX]"  # a digit, or a mark in its place
_GAP = "(?:[ ._·—–/-]{0,3}|，)"
_WIDE = "[ ._·—–、，,/#-]{0,4}"
_EXTENSION = r"(?:[ ，,]{0,2}(?:转|分机|[*-]) ?\d{1,5})?"
_ALONE = r"(?<![\d*.A-Za-z])"

ID_NUMBER = lazy(
    rf"{_ALONE}(?:[1-8]\d{{5}}{_GAP}(?:19|20)(?:{_GAP}{_H}){{9,11}}[\dXx*×]"
    r"|[1-8](?: ?\d){5} ?(?:1 ?9|2 ?0)(?: ?\d){9} ?[\dXx])(?![\dA-Za-z*])"
)
STARRED_ID_NUMBER = lazy(rf"{_ALONE}[1-8]\d{{2,13}}[*×xX]{{4,14}}[\dXx]{{0,4}}(?![\dA-Za-z*])")
_ID_WORD = lazy(r"(?:身份|证件|证号|护照|通行证|居民证)[^。；\n\d]{0,10}$")
OLD_ID_NUMBER = lazy(rf"{_ALONE}[1-8]\d{{14}}(?!\d)")
PASSPORT = lazy(r"(?<![A-Za-z\d])[A-Za-z]{1,2}\d{7,9}(?![A-Za-z\d])")
SPELT_ID_NUMBER = lazy(rf"{_ALONE}(?<!{_D})[1-8一二三四五六七八](?:[ -]?{_D}){{16}}[ -]?(?:{_D}|[Xx])(?!{_D}|[*])")
SPELT_CARD = lazy(rf"{_ALONE}(?<!{_D})[2-9二三四五六七八九](?:[ -]?{_D}){{14,18}}(?!{_D}|[*])")
BANK_ACCOUNT = lazy(
    r"(?:[账帐]号|[账帐]户|卡号|存折|折子)[^，。；！？,;\n\d]{0,8}(?P<found>\d(?:[ -]?\d){11,21})(?![\d*])"
)
BANK_CARD = lazy(rf"{_ALONE}[2-9]\d(?:[ -]?{_H}){{13,18}}(?![\d*])(?!-\d)")
MOBILE = lazy(
    rf"{_ALONE}(?<!\d-)(?:(?:\+|00){{0,1}}86{_GAP})?[1一幺壹]{_GAP}[3-9三四五六七八九叁肆伍陆柒捌玖]"
    rf"(?:(?:{_GAP}{_D}){{9}}|{_GAP}\d(?:{_GAP}{_H}){{8}}|{_D}(?:[,、]{_D}{{4}}){{2}})(?![\d*])(?:转 ?\d{{1,5}})?"
)
_ASIDE = lazy("[后末][四八]位|停一下")  # said between the digits of a number, none of it
SPOKEN = lazy(  # 幺三八，四个零，再加一二三四; 前面是177，后面00006620
    rf"{_ALONE}[1一幺壹](?:"
    rf"(?:[ ，、。:：/-]|[前后]面|后边|中间|最后|末尾|{_ASIDE.pattern}|然后|接着|再|接|加|转|听好|是){{0,5}}+"
    rf"(?:[2-9两二三四五六七八九]个{_D}|{_D})){{2,10}}(?![\d*])"
)
_COUNT = lazy(rf"(?P<count>[2-9两二三四五六七八九])个(?P<digit>{_D})")
_MOBILE_DIGITS = lazy(r"1[3-9]\d{9}")
JOINED = lazy(rf"{_ALONE}1[3-9]\d{{9}}(?:1[3-9]\d{{9}}|0\d{{2,3}}-?[2-9]\d{{6,7}})(?!\d)")
MISTYPED = lazy(r"[话机码系号][:： 是为]{0,2}(?P<found>[01]?1[3-9]\d{8}|1[3-9]\d{10})(?!\d)")
LOOSE = lazy(rf"{_ALONE}1[3-9](?:[ ._-]?\d){{8,10}}(?![\d*])")  # a digit too few or too many
HALVED = lazy(rf"{_ALONE}1[3-9]\d(?:…{{1,2}}|[.—-]{{2,6}})\d{{4}}(?!\d)")
LAND_LINE = lazy(
    rf"{_ALONE}(?:(?:\+|00)86{_GAP})?\(?[0零〇]{_GAP}[1-9一二三四五六七八九](?:{_GAP}{_D}){{1,2}}[ ]?\)?{_WIDE}"
    rf"{_D}(?:[ .-]?(?:{_D}|[*×])){{6,7}}(?!\d){_EXTENSION}(?![\d*])"
)
LOCAL = lazy(
    r"(?:[话线机系号拨打电][码是为在到:： ]{0,3}"
    rf"|(?:[打拨]|座机|来电显示|电话)[^，。；！？,;!?\n\d{NUMERALS}]{{1,8}})"
    rf"(?P<found>[2-9二三四五六七八九](?:[ -]?{_D}){{6,7}}{_EXTENSION})(?!{_D}|[.*元吨米年月])"
)
# A number of a town's own without a word beside it, where it is no date and no number of something else.
LOCAL_ALONE = lazy(
    r"(?<![\dA-Za-z._@/*-])(?P<found>[2-8]\d{2,3}(?: ?|-(?!19|20))\d{4}" + _EXTENSION + ")"
    r"(?![\d*A-Za-z@-]|[.]\d| ?[元块斤吨米年月日公千克支条头只亩箱瓶件盒])"
)
_DAY = lazy(r"20[0-3]\d ?(?:0[1-9]|1[0-2])[0-3]\d")
_NUMBERED = lazy(r"(?:[单编批文案票证货款型序件]号|编码|代码|批次|GB|[Nn][Oo]\.?|№)[是为:： ]{0,2}\Z")
_TAIL = (
    r"(?:尾[号数]?|末尾|[尾后末][四六4-8几]位)(?:数字?)?[是为：: （(“\"]{0,3}"
    rf"(?P<found>{_D}{{4}}[ -]{_D}{{2,4}}|{_D}{{3,8}}[Xx]?)(?![\d.])"
)
ID_TAIL = lazy(rf"(?:身份证|证件)[^。；\n车牌卡]{{0,12}}?{_TAIL}")
CARD_TAIL = lazy(rf"(?:卡|账户|帐户|银行)[^。；\n车牌]{{0,12}}?{_TAIL}")
PLATE_TAIL = lazy(
    r"[车牌照][^。；\n卡]{0,8}?(?:尾[号数巴]?|末尾|最后|[后末]面?[二三四五2-5]?[位个])[是为带：: （(“\"]{0,3}"
    r"(?P<found>[A-Za-z\d]{2,5}[挂学]?)(?![A-Za-z\d.])"
    r"|尾[号数巴][是为：: （(“\"]{0,3}"
    r"(?P<mixed>(?!\d{1,4}X)(?=\d{0,4}[A-Z])(?=[A-Z]{0,4}\d)[A-Z\d]{2,5})(?![A-Za-z\d.])"
)
PHONE_TAIL = lazy(_TAIL)
SHORT_NUMBER = lazy(
    r"(?<!\d)(?P<found>\d{3,6})[）)” ]{0,2}[（(]?短号|(?:短号|内线)[:：是为 ]{0,2}(?P<after>\d{3,6})(?!\d)"
)
PHONE_END = lazy(r"(?<![\dA-Za-z.])(?P<found>\d{4})(?:结尾|收尾|那个号|这个号)")
PLATE_WHOLE = lazy(f"(?P<found>{PLATE.pattern})")
_TOWN = (  # of two characters; those that end in the sign of a province are listed
    r"(?:乌鲁木齐|呼和浩特|石家庄|哈尔滨|北京|南京|天津|南宁|西宁|咸宁|遂宁|济宁|丽江|银川|铜川|通辽|昌吉|延吉|阜新|"
    r"(?<=[车牌号])(?![是为的牌号照车尾叫挂辆台主])[\u4e00-\u9fff]{2}|"
    rf"(?![是为的牌号照车轮尾叫挂])[\u4e00-\u9fff][^\x00-\u4dff{PROVINCES}])市?"
)
TOWN_PLATE = lazy(  # of an electric cycle: 杭州A00918, 牌子济南6K0213
    rf"(?P<found>{_TOWN}[·. ]?[A-Z][·. -]?[A-Z0-9]{{2,3}}-?[A-Z0-9]{{2,3}})(?![A-Za-z0-9-])"
    r"|(?:牌[子照号]?[是为叫:： ]{0,2}|骑(?:[着个]|的是)?|[挂钉][着了][块个]?)"
    rf"(?P<told>{_TOWN}[·. ]?残?(?=[A-Z]?\d)[A-Z0-9](?:[·-]?[A-Z0-9]){{3,6}})(?![A-Za-z0-9-])"
    rf"|(?<=[，,（( ])(?P<bare>{_TOWN}0\d{{4,5}})(?![A-Za-z\d元.-])"
)
FARM_PLATE = lazy(rf"(?<![A-Za-z\d])[{PROVINCES}]·?农?\d{{2}}[ ·.-]{{0,2}}[A-Z]?\d{{4,5}}(?!\d)")
_SAID = rf"[A-Za-z\d{NUMERALS}幺两拐洞勾]"
PARTED_PLATE = lazy(rf"[{PROVINCES}] ?[A-Za-z][ ·.（(-]{{0,2}}(?:{_SAID}[ ·-]?){{4,5}}{_SAID}(?![A-Za-z\d*×])")
# The end of a plate alone; one that opens with a letter may be a road or a train.
PLATE_END = lazy(
    r"(?<![A-Za-z\d·.*/-])(?:(?=[A-Z\d]{0,4}\d[A-Z]?\d)(?:\d(?=\d{0,3}[A-Z])|[A-BE-FJL-RU-W])[A-Z\d]{4}"
    r"|[A-Z]·[A-Z\d]{5})(?![A-Za-z\d*./-])"
)
SPECIAL_PLATE = lazy(  # of a car for the disabled, or for some weeks: 湘L·残0316, 桐江临0417
    r"(?![是为的牌子照号在])[\u4e00-\u9fff]{1,2}(?:[A-Z]·?)?[残临][ ·-]?\d{4,5}(?!\d)"
)
SAID_PLATE = lazy(
    r"(?:车牌|牌照|车号|号牌|牌号)[号是为叫:： ]{0,3}"
    r"(?P<found>[\u4e00-\u9fff]?(?=[A-Za-z·.-]{0,8}\d)[A-Za-z\d][A-Za-z\d·.-]{2,7}[挂学]?)(?![A-Za-z\d*×])"
    r"|[车托轮辆台][（(“\" ]{0,2}(?P<bare>(?=[A-Z·.-]{1,6}\d)[A-Z][·.-]?[A-Z\d]{4,6})(?![A-Za-z\d*×])"
)
_VEHICLE = lazy("[车轮牌骑]|摩托|电驴|农机|拖拉机|手扶|收割机|旋耕机|外卖|送餐|双闪")
EMAIL = lazy(
    r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9][\w.+*-]{0,63} ?(?:@|\(at\)|\[at\]) ?[A-Za-z0-9-]{1,63}"
    r"(?:\.[A-Za-z0-9-]{2,24}){0,4}",
    re.ASCII | re.IGNORECASE,
)
_SERVICE = (
    r"微信|威信|薇信|[vV]信|[vV][xX]|[wW][xX](?!id_)|[wW]e[cC]hat|[vV](?=[:：])|企鹅号?|[qQ]{2}"
    r"|Q(?=号?[:：是 ]?\d{5})|扣扣|抖音|快手|微博|支付宝|陌陌|小红书|钉钉|飞书|[tT]elegram|飞机"
)
_SAYS = (
    r"(?:号码?|账号|帐号|[iI][dD]|名|昵称|同[号为]|也是|可以|语音|私信|联系我?|[找加]我"
    r"|为|是|叫|加|搜|[:：（(“”\"）)\[【 ]){0,5}"
)
_WORD = "[A-Za-z0-9][A-Za-z0-9_-]{0,29}"  # of an account, whose words a point may part
SERVICE_ACCOUNT = lazy(
    rf"(?<![A-Za-z])(?:{_SERVICE}){_SAYS}"
    rf"(?P<found>(?=[A-Za-z0-9_.-]{{5}}){_WORD}(?:\.{_WORD}){{0,2}}(?![A-Za-z0-9_@])|{_D}(?: ?{_D}){{4,11}})"
)
NAMED_ACCOUNT = lazy(r"(?<![\w@.-])(?P<found>[A-Za-z][\w-]{4,29})(?=[（(](?:微信|[qQ]{2}|抖音))", re.ASCII)
# 加我 xiaotu_0707, 用 dashan_ling 找我: what holds such a stroke is an account
STROKED_ACCOUNT = lazy(
    r"(?<![A-Za-z0-9_@./-])(?P<found>[A-Za-z0-9]{1,20}_[A-Za-z0-9_]{2,29})(?![A-Za-z0-9_@./-])", re.ASCII
)
NICKNAME = lazy(
    r"(?:(?:网友|网民|网名|昵称|用户名|微信名|注册名|同名|账号|[闲咸]鱼号|快手号|抖音号|[发跟]帖人|[报爆]料人|粉丝|读者|显示)"
    r"(?:叫|是|为|[:： ]){0,2}[“\"](?P<quoted>[^”\"\n]{1,20})[”\"]"
    r"|(?:我[^，。；、,;\s]{0,6}?(?:微信名?|昵称|网名|[闲咸]鱼名)|平台昵称)[叫是为]?(?P<bare>[\w\u4e00-\u9fff]{2,10})(?=[，。；、,;\s])"
    r"|(?:网名|昵称|用户名|用户|发帖人|发帖者|上传人|楼主|账号|帐号)[:：] ?(?:[iI][dD])?[:： ]?"
    r"(?P<said>[^\s，。；、,;|“\"\[【]{2,20})"
    r"|(?:闲鱼|咸鱼|抖音|快手|B站|小红书|微博|视频|贴吧|平台)(?:账?号|昵称|注册名|名)[叫是为:： ]{0,2}"
    r"(?![“\"])(?P<net>[\w\u4e00-\u9fff]{2,12}?)(?=就?是我|[，。；、,;\s]|$)"
    r"|(?:网名|昵称|用户名|微信名|群名片)就?[叫是为](?P<called>[\w\u4e00-\u9fff]{2,10})(?=[，。；、,;\s]|$)"
    r"|昵称(?P<shown>[\w\u4e00-\u9fff]{2,10})(?=[:：])|买家(?:账号|昵称)(?P<buyer>[\w\u4e00-\u9fff]{2,12})"
    r"|(?<![A-Za-z0-9_.])(?P<at>@[\w-]{2,16}?(?=发布|反映|举报|投诉|称|说|在|爆料|留言|评论|[^\w-]|$)))"
)
SAID_ID = lazy(r"(?<![A-Za-z])[iI][dD][:： ]{0,2}(?P<found>[\w\u4e00-\u9fff-]{2,20})")

# In the order in which they take their places.
FINDERS: tuple[tuple[TraceKind, re.Pattern[str]], ...] = (
    (TraceKind.EMAIL, EMAIL),
    (TraceKind.PLATE, TOWN_PLATE),
    (TraceKind.PLATE, PLATE_WHOLE),
    (TraceKind.ACCOUNT, NAMED_ACCOUNT),
    (TraceKind.ID_NUMBER, ID_NUMBER),
    (TraceKind.ID_NUMBER, SPELT_ID_NUMBER),
    (TraceKind.BANK_CARD, SPELT_CARD),
    (TraceKind.BANK_CARD, BANK_ACCOUNT),
    (TraceKind.BANK_CARD, BANK_CARD),
    (TraceKind.PHONE, MOBILE),
    (TraceKind.PHONE, SPOKEN),
    (TraceKind.ID_NUMBER, STARRED_ID_NUMBER),
    (TraceKind.ID_NUMBER, OLD_ID_NUMBER),
    (TraceKind.ID_NUMBER, PASSPORT),
    (TraceKind.PHONE, LAND_LINE),
    (TraceKind.ACCOUNT, SERVICE_ACCOUNT),
    (TraceKind.ACCOUNT, STROKED_ACCOUNT),
    (TraceKind.ACCOUNT, ACCOUNT),
    (TraceKind.PHONE, LOCAL),
    (TraceKind.ID_NUMBER, ID_TAIL),
    (TraceKind.BANK_CARD, CARD_TAIL),
    (TraceKind.PLATE, PLATE_TAIL),
    (TraceKind.PLATE, FARM_PLATE),
    (TraceKind.PLATE, PARTED_PLATE),
    (TraceKind.PLATE, SAID_PLATE),
    (TraceKind.PLATE, PLATE_END),
    (TraceKind.PLATE, SPECIAL_PLATE),
    (TraceKind.PHONE, PHONE_TAIL),
    (TraceKind.PHONE, PHONE_END),
    (TraceKind.PHONE, SHORT_NUMBER),
    (TraceKind.ACCOUNT, NICKNAME),
    (TraceKind.ACCOUNT, SAID_ID),
    (TraceKind.PHONE, JOINED),
    (TraceKind.PHONE, MISTYPED),
    (TraceKind.PHONE, LOOSE),
    (TraceKind.PHONE, HALVED),
    (TraceKind.PHONE, LOCAL_ALONE),
)
_NUMERAL = lazy(f"[{NUMERALS}]")


def find(text: str) -> Iterator[Trace]:
    """Yield the contacts of a folded text, whosever they are; what one pattern took no later one takes."""
    taken = bytearray(len(text))
    for kind, pattern in FINDERS:
        is_meant = CHECKS.get(pattern)
        for match in pattern.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            if not any(taken[start:end]) and (is_meant is None or is_meant(match)):
                taken[start:end] = b"\1" * (end - start)
                yield Trace(kind, start, end)


def _follows_a_word(match: re.Match[str]) -> bool:
    return _ID_WORD.search(match.string, max(0, match.start() - 20), match.start()) is not None


def _is_no_other_number(match: re.Match[str]) -> bool:
    start = match.start("found")
    return not (_DAY.fullmatch(match["found"]) or _NUMBERED.search(match.string, max(0, start - NEAR), start))


def _is_spelt(match: re.Match[str]) -> bool:
    return _NUMERAL.search(match[0]) is not None


def _is_near_a_vehicle(match: re.Match[str]) -> bool:
    return _VEHICLE.search(match.string, max(0, match.start() - NEAR_PLATE), match.end() + NEAR_PLATE) is not None


def _is_mobile(match: re.Match[str]) -> bool:
    return _MOBILE_DIGITS.fullmatch(told(match[0])) is not None


# Of what could be a number of another kind: whether it is one of this.
CHECKS: Mapping[re.Pattern[str], Callable[[re.Match[str]], bool]] = {
    OLD_ID_NUMBER: _follows_a_word,
    PASSPORT: _follows_a_word,
    LOCAL: _is_no_other_number,
    LOCAL_ALONE: _is_no_other_number,
    SPELT_ID_NUMBER: _is_spelt,
    SPELT_CARD: _is_spelt,
    TOWN_PLATE: _is_near_a_vehicle,
    FARM_PLATE: lambda match: "·" in match[0] or "-" in match[0] or _is_near_a_vehicle(match),
    PLATE_END: _is_near_a_vehicle,
    SPECIAL_PLATE: _is_near_a_vehicle,
    SPOKEN: _is_mobile,
}


def told(text: str) -> str:
    """Return the digits of a number that is told with counts: 四个零 is four of them."""
    counted = _COUNT.sub(lambda match: match["digit"] * int(digits(match["count"])), _ASIDE.sub("", text))
    return digits(counted)


def digits(text: str) -> str:
    """Return the digits of a number, however it is written.

    >>> digits("幺三八 ００００-1234".translate(str.maketrans("０", "0")))
    '13800001234'
    """
    return re.sub(r"\D", "", text.translate(DIGIT_OF))
