"""Acts: the verb phrases that say what the reported party does."""

import re
from collections.abc import Iterator

from tipclass.records import Element, ElementKind
from tipclass.wordlist import Scanner, tables, words

Span = tuple[int, int]

MOST = 3  # acts of one tip worth telling
_WORDS = tables("act_words")


def _phrases() -> dict[str, int]:
    """Return every phrase for an act with its tier: an offence by itself, a verb with its object, a plain verb."""
    sure, plain, behind = _WORDS["sure"], _WORDS["plain"], _WORDS["behind"]
    led = (prefix + verb for prefix in _WORDS["led"] for verb in (*sure, *plain, *behind))
    pairs = ((label.split()[1:], objects) for label, objects in _WORDS.items() if label.startswith("with "))
    joined = (verb + thing for verbs, objects in pairs for verb in verbs for thing in objects)
    return dict.fromkeys(plain, 2) | dict.fromkeys(joined, 1) | dict.fromkeys((*led, *sure), 0)


_ACTS = Scanner(_phrases())
# What is poured, and where to: 倒进雨水井. As sure as a verb with its object.
_POURED = re.compile(
    r"[倒排扔灌冲泼推抽][进到入往回][\u4e00-\u9fff]{0,2}?(?:[河沟渠塘坑井海江湖田]|水库|地里|下水道|雨水[井口沟管]|污水井|窨井|锅里|池塘)里?"
)
# A verb within the name of a place, a thing or a permit says nothing of an act.
_NOUN = re.compile(
    r"[场厂站房队车船机者人员证权区期价款费业罪炉池罐线剂物票单户商店额量口管]|许可|标准|公司|设备|设施|工具|手续|工程|记录|行业|合同"
    r"|项目|方案|资质|条件|行为|案|名义|制度|管理|金额|范围|深度|总量|日志|方式|活动|情况"
)
# Words before a verb that say the act is forbidden, fought or denied, and words behind it that make a charge of it.
_DENIED = re.compile(
    r"(?:严禁|禁止|不得|不准|打击|整治|严查|防止|杜绝|防范|并未|未曾|未发现|从[未不]|不能|拒绝|反对|查获的|整改|以免)[^，。；！？\n]{0,3}$|没有?[^，。；！？\n]?$"
)
_CHARGED = re.compile(r"[^，。；！？、\n]{0,10}罪")
_VAGUE = frozenset(_WORDS["vague"])
_OBJECT = re.compile(r"(?![成出过着到])[^\W\da-zA-Z的了在是有和与及后前上中里]{2,4}(?=[^\u4e00-\u9fff]|[的了后等]|$)")
# A word such as 走私 behind a verb says what is bought or sold: 收购走私牛肉.
_TRADED = re.compile(r"(?:收购|贩卖|销售|运输|出售|购[进买入]|生产|加工|储存|倒卖|使用|经营|邮寄|存放)$")
# 售假 in 销售假冒 and 加工 in 参加工作 begin inside another word.
_ACROSS = frozenset(words("common"))


def find(text: str) -> Iterator[Element]:
    """Yield the first mention of each act of a folded text, of the surest tier that tells one."""
    told: dict[int, list[Span]] = {}
    poured = ((*match.span(), 1) for match in _POURED.finditer(text))
    for start, end, tier in sorted((*_ACTS.scan(text), *poured)):
        spans = told.setdefault(tier, [])
        free = not spans or spans[-1][1] <= start
        if free and not _says_nothing(text, start, end) and not _repeats(text, (start, end), spans):
            spans.append((start, end))
    told = {tier: spans for tier, spans in told.items() if spans}
    for start, end in told[min(told)][:MOST] if told else ():
        end = _with_object(text, start, end)
        yield Element(ElementKind.ACT, text[start:end], start, end)


def _with_object(text: str, start: int, end: int) -> int:
    """Return the end of an act, behind its object where the verb says little without: 添加西布曲明."""
    match = _OBJECT.match(text, end) if text[start:end] in _VAGUE else None
    return match.end() if match else end


def _says_nothing(text: str, start: int, end: int) -> bool:
    across = start > 1 and text[start - 1 : start + 1] in _ACROSS and text[start - 2 : start] not in _ACROSS
    if text[start:end] in _VAGUE and _TRADED.search(text, max(0, start - 2), start):
        return True
    denied = _DENIED.search(text, max(0, start - 8), start) is not None
    return across or denied or _NOUN.match(text, end) is not None or _CHARGED.match(text, end) is not None


def _repeats(text: str, span: Span, told: list[Span]) -> bool:
    """Tell whether a phrase repeats one that was told, or a part of it."""
    phrase = text[slice(*span)]
    return any(phrase in text[start:end] or text[start:end] in phrase for start, end in told[:MOST])
