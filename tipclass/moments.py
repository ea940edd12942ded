"""Moments: when the reported thing happened or happens, as the longest phrase that says so."""

import re
from collections.abc import Iterator
from datetime import date

from tipclass.days import day_of
from tipclass.patterns import lazy
from tipclass.records import Element, ElementKind
from tipclass.wordlist import any_of, tables

_WORDS = tables("time_words")

# --- the atoms: what names a time, alone or with others ------------------------------------------
_TEN = "一二三四五六七八九十"
_NUMBER = rf"(?:\d{{1,2}}|[两{_TEN}]{{1,3}})"
_YEAR = (
    rf"(?<!\d)(?:(?:19|20)\d\d ?|二[〇零○O0][〇零○O0{_TEN}]{{2}}|\d\d(?=年\d{{1,2}}月))年(?!修[订正]|第|版|产|期"
    rf"|度|级)"
    rf"|(?:去|大前|前|今|同|当|上|头)年(?![龄纪轻级检审报会]|终奖|几岁|多大|[高初][一二三](?![晚早])"
    rf"|(?:才|刚|已经?)?[\d{_TEN}]{{1,3}}(?:[多来]?周?岁|年级)|已?经?[\d{_TEN}]{{2,3}}[多来]?(?:了|，))"
)
_DAY_OF_MONTH = (
    rf"二?十几[日号]?|\d{{1,2}}(?: ?[日号]|(?![\d.]))|初[{_TEN}]|[廿{_TEN}]{{1,3}}[日号]"
    rf"|[廿{_TEN}]{{2,3}}(?![个次家人万千百吨元条多年])"
)
_MONTH = (
    rf"(?:农历|阴历|旧历)?(?<![\d个])(?:(?<!\.)|(?<=\n\d\.))(?:{_NUMBER}(?:[、至到-]{_NUMBER})?"
    rf"|[腊正冬])月(?![龄经饼票租薪供嫂子息亮球]|工资)(?:份|[上中下]旬|[初底末](?![{_TEN}])|{_DAY_OF_MONTH})?"
    rf"|(?:上上?个?|这个|本|当|同)月(?:份|[上中下]旬|[初底末](?![{_TEN}])|初[{_TEN}]{{1,2}}|\d{{1,2}}[日号]"
    rf"|[廿{_TEN}]{{1,3}}[日号])?"
)
_DATE = (
    r"(?<![\d.-])(?:19|20)\d\d(?:[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?![\d-])"
    r"|年\d{1,2}月\d{1,2}(?:[日号]|(?!\d)))"
)
_WEEKDAY = r"[一二三四五六日天末](?![次回趟围边年岁期波遍个])"
_WEEK = (
    rf"(?:(?<=周[{_TEN}日天末])|(?<![几半\d两{_TEN}]))(?:上上?个?|这个?|本|每个?|下个?)?(?:周|星期"
    rf"|礼拜)(?:{_WEEKDAY}(?!天)|[一二三四五六日天末](?=天[在天]))"
    rf"(?:[和、至到-]?(?:周|星期|礼拜)?{_WEEKDAY})?(?![伢娃哥叔])|(?:上上?个?|这个?|本)(?:周|星期|礼拜)"
)
_LAPSE_UNIT = "天|个?周|个?星期|个?礼拜|个多?月"
_LAPSE = (
    rf"(?:最近|近|这|过去|(?<!提)前|头)(?:\d{{1,2}}|[两半几{_TEN}]{{1,3}})多?(?:{_LAPSE_UNIT}|日|年|晚上?)(?:以?来"
    rf"|内|里|间)?(?![龄级前轮])"
    rf"|(?<![\d.])(?:\d{{1,2}}|[两半几{_TEN}]{{1,3}})多?(?:{_LAPSE_UNIT}|年多?)(?:之前|以前|前(?!后))|近年来?|这年头"
)
_MINUTES = rf"[二三四五]?十[{_TEN}]?(?![个多几人辆车吨斤米元块条次岁天年月])|零[{_TEN}]|[0-5]\d(?!\d)"
_CLOCK = (
    rf"(?<![\d.:第])(?:\d{{1,2}}:\d\d(?::\d\d)?(?!\d)|(?:{_NUMBER}|零(?!点[\d几{_TEN}](?!十)))(?:点"
    rf"|时(?![间候段常代期效尚刻速]))"
    rf"(?!名|多钟头|建议|要求|意见|诉求|理由|情况|问题|疑)(?:{_NUMBER}分|半|[一三]刻|(?<=点)(?:{_MINUTES}))?)"
)
_PART = r"(?<![一整个边])(?<![男女](?=子夜))" + any_of(_WORDS["parts"])
_OCCASION = (
    rf"(?<![毛块拔十])(?:(?!年)|(?<![今几多老中青少半数\d{_TEN}]))"
    + any_of(_WORDS["occasions"])
    + "(?![路街村桥轻]|大道|广场|小区|[东南西北中]路)"
)
_HAPPENING = any_of(_WORDS["happenings"])
_NOT_BACK = r"后(?![半晌夜面山门院头厨来勤果备墙窗排街巷背坡续者营])"
_NOT_FRONT = r"前(?![面门后台往来去进任科妻夫排院村街])"
_NOT_EPOCH = r"时(?![间候段常代期效尚刻速])"
_AFTER = (
    rf"(?:[以之]后|{_NOT_BACK}|[以之]前|前[一两二三几][天晚日]|{_NOT_FRONT}|的?时候"
    rf"|{_NOT_EPOCH}|期间|以来|过后|时间(?![:：])|那天|那几天|那阵|天)"
)
# Who comes to check is no part of what is reported, but what is done before is.
_VISIT = r"(?:检查|验收|督察|巡查)(?=时|的?时候|期间|后|[以之]后|时间|天)"
_EVENT = (
    rf"(?:一[到遇]?|每[逢到当]?|趁着?|赶上|遇到?|逢|碰到){_HAPPENING}(?:{_AFTER})?|(?!{_VISIT}){_HAPPENING}{_AFTER}"
    rf"|十一(?=放假|期间|长假|假期|那几天)|每[逢当到](?!周|星期|礼拜|{_PART}|{_OCCASION}"
    rf"|{_HAPPENING})[^，。；！？\n就都在会有]{{1,14}}?(?=[，。；！？\n就都在会有]|$)"
)
_REGULAR = (
    rf"早晚(?=[两各都不]|高峰)|每(?:年|个?月|个?季度?)[初底末](?![{_TEN}])"
    rf"|每个?月初(?:十[{_TEN}]?|[{_TEN}])(?:、?初?(?:十[{_TEN}]?|[{_TEN}]))?|(?:每月)?逢(?:农历"
    rf"|初)?[{_TEN}](?:、?[逢初]?[{_TEN}]){{0,3}}(?![个次家])"
)
# Alone these name no time, or too vague a one; beside another atom they do.
_WEAK = (
    r"每(?:年|月|周|个月|个?星期|个?季度|次|学期)|天天|日日|第[二三]天"
    r"|(?<![\d.第])\d{1,2}[日号](?![楼院线门厂库店路桥井仓车船机炉坑罐栋地矿洞文商摊])"
    rf"|(?:次|来|翌)年(?=[\d{_TEN}]{{1,2}}月|[春夏秋冬]|年底|年初)|当[日天]|[次翌]日|那[天晚]|那几天"
    rf"|[夜晚早](?![班饭餐操场宵总点])|初[{_TEN}]|(?<=[到至])(?:现在|今|目前|如今)"
)
_STRONG = (
    *(_DATE, _YEAR, _MONTH, _LAPSE, _WEEK, any_of(_WORDS["days"]), any_of(_WORDS["often"])),
    *(_REGULAR, _EVENT, _OCCASION, _PART),
)
_FIRSTS = "".join(sorted({word[0] for listed in _WORDS.values() for word in listed}))
ATOM = lazy(
    rf"(?=[\d两二三四五六七八九十半零来农阴旧去大前今同当上头腊正冬这本那次翌隔近最过每周星礼夜晚早下初趁赶遇逢碰现目如{_FIRSTS}])"
    rf"(?:(?P<strong>{'|'.join(_STRONG)})|{_CLOCK}|{_WEAK})"
)

# --- what holds atoms together, and what stands around them --------------------------------------
SUFFIX = lazy(
    rf"(?<=[日号])(?:、\d{{1,2}}[日号])+|左右|前后|前夕|上下(?![班学车楼山])|许|以来|[以之][前后]|期间|开始以来"
    rf"|的?时候|时分|那几天|那[天晚]|那阵子?|那段时间|那一[天晚夜]|第[{_TEN}]天"
    rf"|来钟|钟|(?<=[点时])多(?!次)|附近|[内间](?![部容断隔接有存])|{_NOT_BACK}|过后|前[一两二三几][天晚日]"
    rf"|{_NOT_FRONT}|起(?![来火码诉重床草吊步沙])|(?<=年)[春夏秋冬](?![天季节])|(?<=月)天(?!天)|[夜白中早晚]班"
    rf"|[底初末期份]|里(?![面头程])|{_NOT_EPOCH}"
)
JOINS = {"", " ", "的", "到", "至", "-", "--", "~", "直到", "一直到", "和", "、", "与", "起至", "逢", "一直至"}
PREFIX = lazy(r"(?:自从|自打|自|从|每到|每逢|每当|一到|到了|一进|一入|过了|过完|每)$")
_OPEN_END = lazy(r"以来|起$|[到至~-]|以后|之后|天天")
_TELLS = lazy(r"[钟半许多左前后到至~:：]|[以之][前后]")
# Times that are not the reported thing's: of the call, of a birth, of a law.
_LABEL = lazy(
    r"(?:来电|受理|登记|提交|接报|录入|生成|派发|派单|办结|答复|回复|发布|签发|印发|落款|更新|截止|来信|收件|回访"
    r"|交办|建单|创建)"
    r"(?:时间|日期|时段|于)?[:： ]{1,2}$|(?:举报|投诉|反映)(?:时间|日期|时段|于)[:： ]{1,2}$"
    r"|(?:出生|生于|日期[:：]|标题[:：]"
    r"|要?等到?|保质期至?|有效期[至到为是]?|生产日期[是为标]?|批到|批准到|合?同?期?签到|合同期?到|写着|改[成为]"
    r"|换成|揭开后为)$"
)
_ELSEWISE = lazy(
    r"规定|制度|通告|公告|说明|名录|标准|移送|批转|印刷|限值|施工许可|许可|出生|生[，,）)]|[修订改]|施行|生效|实施"
    r"|印发|好(?![几多])|到期|届满|期满"
)
_TITLE = lazy(r"《[^《》\n]{1,60}》")
# A line that holds nothing but a date, beside a name or a number to call, is where a letter ends.
_SIGNED = lazy(
    rf"(?:^|(?<=[。！？]))[^，。；！？：:\n于在自从至到是为]{{0,18}}?"
    rf"(?:(?:19|20)\d\d[-./年] ?\d{{1,2}}[-./月] ?\d{{1,2}}日?"
    rf"|(?:19|20)\d\d年\d{{1,2}}月|[一二〇零○]{{2}}[〇零○{_TEN}]{{2}}年[{_TEN}]{{1,3}}月[{_TEN}]{{0,3}}日?"
    rf"|[{_TEN}]{{1,2}}月[{_TEN}]{{1,3}}日|\d{{1,2}}月\d{{1,2}}日)(?=\s{{0,9}}$|\s{{1,9}}(?:联系)?电话)",
    re.MULTILINE,
)


def find(text: str, day: date | None = None) -> Iterator[Element]:
    """Yield the times of a folded text; `day` is the tip's own date, from which relative ones are counted."""
    closed = bytearray(len(text))
    for pattern in (_TITLE, _SIGNED):
        for match in pattern.finditer(text):
            closed[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for start, end, strong in _phrases(text):
        if not closed[start] and _happens(text, start, end, strong):
            yield Element(ElementKind.TIME, text[start:end], start, end, note=day_of(text[start:end], day))


def _phrases(text: str) -> Iterator[tuple[int, int, bool]]:
    """Join neighbouring atoms into phrases; a phrase is strong if one of its atoms is."""
    start = end = -1
    strong = False
    for match in ATOM.finditer(text):
        if match.start() < end:
            continue
        if start >= 0 and text[end : match.start()] in JOINS:
            strong = strong or match["strong"] is not None
        else:
            if start >= 0:
                yield _with_prefix(text, start, end), end, strong
            start, strong = match.start(), match["strong"] is not None
        end = _with_suffix(text, match.end())
    if start >= 0:
        yield _with_prefix(text, start, end), end, strong


def _with_suffix(text: str, end: int) -> int:
    while match := SUFFIX.match(text, end):
        end = match.end()
    return end


def _with_prefix(text: str, start: int, end: int) -> int:
    match = PREFIX.search(text, max(0, start - 2), start)
    if match and (match[0][0] not in "自从" or _OPEN_END.search(text, start, end) or text.startswith("开始", end)):
        return match.start()
    return start


def _happens(text: str, start: int, end: int, strong: bool) -> bool:
    """Tell whether a phrase is a time of what is reported."""
    if _LABEL.search(text, max(0, start - 8), start) or _ELSEWISE.match(text, end):
        return False
    return strong or _is_clock(text, start, end)


def _is_clock(text: str, start: int, end: int) -> bool:
    """Tell a time of the day from the points of a list: 三点多, 晚八点, 唱到三点, but not 三点要求 or 早一点."""
    phrase = text[start:end]
    if not any(sign in phrase for sign in "点时:"):
        return False
    said = _TELLS.search(phrase) is not None or (phrase[0] in "早晚夜" and len(phrase) > 3)
    said = said or (phrase[0].isdigit() and "时" in phrase)
    return said or (text[start - 1 : start] in {"到", "至"} and phrase != "一点")
