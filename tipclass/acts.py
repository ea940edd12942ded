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
# A verb within the name of a place, a thing or a permit says nothing of an act.
_NOUN = re.compile(
    r"[场厂站房队车船机者人员证权区期价款费业罪炉池罐线剂物票单户商店额量口管]|许可|标准|公司|设备|设施|工具|手续|工程|记录|行业|合同"
    r"|项目|方案|资质|条件|行为|案|名义|制度|管理|金额|范围|深度|总量|日志|方式|活动|情况"
)
# Words before a verb that say the act is forbidden, fought or denied, and words behind it that make a charge of it.
_DENIED = re.compile(
    r"(?:严禁|禁止|不得|不准|打击|整治|严查|防止|杜绝|防范|没有|并未|未曾|未发现|从[未不]|不能|拒绝|反对|查获的|整改|以免)[^，。；！？\n]{0,3}$"
)
_CHARGED = re.compile(r"[^，。；！？、\n]{0,10}罪")
_VAGUE = frozenset(_WORDS["vague"])
_OBJECT = re.compile(r"[^\W\da-zA-Z的了在是有和与及后前上中里]{2,4}(?=[^\u4e00-\u9fff]|[的了后等]|$)")
# 售假 in 销售假冒 and 加工 in 参加工作 begin inside another word.
_ACROSS = frozenset(words("common"))


def find(text: str) -> Iterator[Element]:
    """Yield the first mention of each act of a folded text, of the surest tier that tells one."""
    told: dict[int, list[Span]] = {}
    for start, end, tier in _ACTS.scan(text):
        if not _says_nothing(text, start, end) and not _repeats(text, (start, end), told.get(tier, [])):
            told.setdefault(tier, []).append((start, end))
    for start, end in told[min(told)][:MOST] if told else ():
        end = _with_object(text, start, end)
        yield Element(ElementKind.ACT, text[start:end], start, end)


def _with_object(text: str, start: int, end: int) -> int:
    """Return the end of an act, behind its object where the verb says little without: 添加西布曲明."""
    match = _OBJECT.match(text, end) if text[start:end] in _VAGUE else None
    return match.end() if match else end


def _says_nothing(text: str, start: int, end: int) -> bool:
    across = text[start - 1 : start + 1] in _ACROSS if start else False
    denied = _DENIED.search(text, max(0, start - 8), start) is not None
    return across or denied or _NOUN.match(text, end) is not None or _CHARGED.match(text, end) is not None


def _repeats(text: str, span: Span, told: list[Span]) -> bool:
    """Tell whether a phrase repeats one that was told, or a part of it."""
    phrase = text[slice(*span)]
    return any(phrase in text[start:end] or text[start:end] in phrase for start, end in told[:MOST])
