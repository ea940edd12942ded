"""Acts: the verb phrases that say what the reported party does."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tipclass.candidates import Candidate
from tipclass.records import Element, ElementKind
from tipclass.wordlist import Scanner, any_of, tables, words

Span = tuple[int, int]

MOST = 3  # acts of one tip worth telling
LEAST = 0.1  # the weight from which on a further phrase is told
ONLY = -0.8  # the weight from which on the weightiest phrase of a text is told
_WORDS = tables("act_words")
_LED, _SURE, _JOINED, _PLAIN, _LIGHT, _ENDED, _TIMES = "led", "sure", "joined", "plain", "light", "ended", "times"


def _phrases() -> dict[str, str]:
    """Return every phrase for an act with its sort, and the prefixes that make an offence of a verb."""
    sorts = {word: _LIGHT if len(word) == 1 else _PLAIN for word in (*_WORDS["plain"], *_WORDS["vague"])}
    for label, objects in _WORDS.items():
        kind, *verbs = label.split()
        if kind in {"with", "compound"}:
            sort = _JOINED if kind == "with" else _SURE
            sorts |= dict.fromkeys((verb + thing for verb in verbs for thing in objects), sort)
        if kind == "ends":
            sorts |= dict.fromkeys((verb + end for end in verbs for verb in objects), _ENDED)
    return (
        sorts
        | dict.fromkeys(_WORDS["sure"], _SURE)
        | dict.fromkeys(_WORDS["led"], _LED)
        | dict.fromkeys(_WORDS["times"], _TIMES)
    )


_PHRASES = Scanner(_phrases())
_VERBS = [word for word in (*_WORDS["behind"], *_WORDS["plain"]) if len(word) > 1]
_LEDS = Scanner(dict.fromkeys((*_VERBS, *_WORDS["sure"]), _LED))
_BEHIND = Scanner(dict.fromkeys(_VERBS, _LED))
_THINGS = Scanner(
    dict.fromkeys(
        (
            *(word for label, listed in _WORDS.items() if label.startswith("with") for word in listed),
            *_WORDS.get("things", ()),
        ),
        True,
    )
)
_GOODS = ("走私", "假冒", "仿冒", "翻新")
_VAGUE = frozenset(_WORDS["vague"])
# What is poured, and where to: 倒进雨水井. As sure as a verb with its object.
_POURED = re.compile(
    r"[倒排扔灌冲泼推抽][进到入往回][\u4e00-\u9fff]{0,2}?(?:[河沟渠塘坑井海江湖田]|水库|地里|下水道|雨水[井口沟管]|污水井|窨井|锅里|池塘)里?"
)
_OBJECT = re.compile(
    r"(?![成出过着到])(?:[^\W\da-zA-Z的了在是有和与及后前上中里给到把被从向往来去就都也还又不没又一几两这那我你他她它]){1,7}(?=[^\u4e00-\u9fff]|[的了后等给到在来就都也还又和]|$)"
)
# A verb within the name of a place, a thing or a permit says nothing of an act.
_NOUN = re.compile(
    r"[场厂站房队车船机者人员]|水(?![产源库])|[证权区期价款费业罪炉池罐线剂物票单户商店额量口管]|许可|标准|公司|设备|设施|工具|手续|工程|记录|行业|合同"
    r"|项目|方案|资质|条件|案|名义|制度|管理|金额|范围|深度|总量|日志|方式|活动|情况"
)
# Words before a verb that say the act is forbidden, fought or denied, and words behind it that make a charge of it.
_DENIED = re.compile(
    r"(?:严禁|禁止|不得|不准|打击|整治|严查|防止|杜绝|防范|并未|未曾|未发现|从[未不]|不能|拒绝|反对|查获的|整改|以免)[^，。；！？\n]{0,3}$|(?<!没日)(?<!没早)没有?[^，。；！？\n]?$"
)
_CHARGED = re.compile(r"[^，。；！？、\n]{0,10}罪")
# A word such as 走私 behind a verb says what is bought or sold: 收购走私牛肉.
_TRADED = re.compile(r"(?:收购|贩卖|销售|运输|出售|购[进买入]|生产|加工|储存|倒卖|使用|经营|邮寄|存放)$")
# 售假 in 销售假冒 and 加工 in 参加工作 begin inside another word.
_ACROSS = frozenset(words("common"))
_HARM = re.compile(any_of(_WORDS["harm"]))
_SHOWN = re.compile(any_of(_WORDS["before"]) + "$")
_TOLD = re.compile("行为|问题|的行为|的事|的问题|的线索|一案|的情况|活动|[，。；！？、…\n ]|[的了着过]|[给到在]|$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that may tell an act: where it stands, its sort, its verb and whether an object is known."""

    start: int
    end: int
    sort: str
    verb: str
    object: str = ""


def find(text: str) -> Iterator[Element]:
    """Yield the first mention of each act of a folded text that weighs enough to be what is reported."""
    weighed = ((candidate.weight("act_weights"), candidate) for candidate in candidates(text))
    for start, end in choose(text, sorted(weighed, key=lambda pair: -pair[0])):
        yield Element(ElementKind.ACT, text[start:end], start, end)


def choose(
    text: str, ranked: Iterable[tuple[float, Candidate]], least: float = LEAST, only: float = ONLY
) -> list[Span]:
    """Return the spans of the candidates to tell, in order: `ranked` by weight, no act twice, a few at most."""
    told: list[Span] = []
    for weight, one in ranked:
        if weight < (least if told else only) or len(told) == MOST:
            break
        if not _repeats(text, (one.start, one.end), told):
            told.append((one.start, one.end))
    return sorted(told)


def candidates(text: str) -> list[Candidate]:
    """Return the phrases of a folded text that may tell an act, with the signs for and against each."""
    found = list(phrases(text))
    best = min((_RANK[phrase.sort] for phrase in found), default=0)
    return [
        Candidate(phrase.start, phrase.end, (*_inside(text, phrase, best), *_around(text, phrase, found, place)))
        for place, phrase in enumerate(found)
    ]


_RANK = {_LED: 0, _TIMES: 3, _SURE: 0, _JOINED: 1, "poured": 1, _PLAIN: 2, _ENDED: 2, _LIGHT: 3}


def phrases(text: str) -> Iterator[Phrase]:
    """Yield the phrases of a folded text that may tell an act, without those that say nothing of one."""
    taken = 0
    poured = {match.start(): match.end() for match in _POURED.finditer(text)}
    found = _hits(text)
    limits = _limits(found, len(text))
    for (start, end, sort), limit in zip(found, limits, strict=True):
        if start < taken:
            continue
        phrase = _phrase(text, start, end, sort, poured.get(start), limit)
        if phrase and not _says_nothing(text, phrase.start, phrase.end):
            taken = phrase.end
            yield phrase


def deeds(text: str) -> list[int]:
    """Return where the words for offences begin in a folded text."""
    return [start for start, _, sort in _hits(text) if _RANK[sort] < _RANK[_PLAIN]]


@lru_cache(maxsize=1)
def _hits(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(_PHRASES.scan(text))


def _limits(found: Sequence[tuple[int, int, str]], length: int) -> list[int]:
    """Return for each word found where the next one of more than one character begins."""
    limits, limit = [], length
    for start, end, _ in reversed(found):
        limits.append(limit)
        limit = start if end - start > 1 else limit
    return limits[::-1]


def _phrase(text: str, start: int, end: int, sort: str, pour: int | None, limit: int) -> Phrase | None:
    """Return the phrase that a word opens: a prefix with its verb, a verb with its object, or the word alone.

    No object reaches beyond the limit, where the next phrase begins.
    """
    if pour and pour > end:
        return Phrase(start, pour, "poured", text[start])
    if sort in (_LED, _TIMES):
        stop = (_LEDS if sort is _LED else _BEHIND).end(text, end)
        return _with_object(text, Phrase(start, stop, _LED, text[end:stop]), len(text)) if stop else None
    return _with_object(text, Phrase(start, end, sort, text[start:end]), limit)


def _with_object(text: str, phrase: Phrase, limit: int) -> Phrase | None:
    """Return a phrase with what its verb is done to: where the verb says little without, or the object is short."""
    start, end = phrase.start, phrase.end
    thing = _THINGS.end(text, end) or end
    free = _OBJECT.match(text, end)
    stop = max(thing, free.end() if free else end)
    if stop > limit:
        stop = thing = end
    known = "thing" if thing > end else "free"
    if phrase.sort is _LIGHT:
        told = known == "thing" or _HARM.search(text, end, stop) is not None
        return Phrase(start, stop, _LIGHT, phrase.verb, known) if stop > end and told else None
    if phrase.verb in _VAGUE and end < stop <= start + 9:
        return Phrase(start, stop, phrase.sort, phrase.verb, known)
    if phrase.sort is not _JOINED and end < thing <= start + 4:
        return Phrase(start, thing, phrase.sort, phrase.verb, "short")
    return phrase


def _inside(text: str, phrase: Phrase, best: int) -> Iterator[str]:
    """Yield the signs of a phrase's own words; `best` is the rank of the surest sort in the text."""
    sort, verb, words = phrase.sort, phrase.verb, text[phrase.start : phrase.end]
    yield f"sort {sort}"
    yield f"object {sort} {phrase.object}"
    yield f"size {sort} {min(len(words), 7)}"
    yield f"worse {sort} {_RANK[sort] > best}"
    yield f"verb {sort} {verb[:2]}"
    yield f"first {words[0]}"
    yield f"last {words[-1]}"
    if phrase.object and (harm := _HARM.search(words, len(verb))):
        yield "harm"
        yield f"harm {harm[0]}"


def _around(text: str, phrase: Phrase, found: Sequence[Phrase], place: int) -> Iterator[str]:
    """Yield the signs that stand around a phrase: the words beside it, its rivals, its place in the text."""
    start, end = phrase.start, phrase.end
    shown, told = _SHOWN.search(text, max(0, start - 3), start), _TOLD.match(text, end)
    apart = not start or not text[start - 1].isalnum()
    rivals = [_RANK[other.sort] <= _RANK[phrase.sort] for other in found]
    yield f"before {shown[0] if shown else 'sign' if apart else 'word'}"
    yield f"behind {told[0] if told else 'word'}"
    yield f"clause {phrase.sort} {apart} {told[0][:1] if told else 'word'}"
    yield f"earlier {min(sum(rivals[:place]), 3)}"
    yield f"rivals {min(sum(rivals) - 1, 4)}"
    yield f"part {4 * start // (len(text) + 1)}"
    yield f"long {min(len(text) // 60, 4)}"
    words = text[start:end]
    if text.find(words) < start:
        yield "again"
    if text.count(words) > 1:
        yield "often"


def _says_nothing(text: str, start: int, end: int) -> bool:
    across = (
        start > 1
        and text[start - 1] not in "被在把了"
        and text[start - 1 : start + 1] in _ACROSS
        and text[start - 2 : start] not in _ACROSS
    )
    if text.startswith(_GOODS, start) and _TRADED.search(text, max(0, start - 2), start):
        return True
    denied = _DENIED.search(text, max(0, start - 8), start) is not None
    return across or denied or _NOUN.match(text, end) is not None or _CHARGED.match(text, end) is not None


def _repeats(text: str, span: Span, told: Iterable[Span]) -> bool:
    """Tell whether a phrase repeats one that was told, or a part of it."""
    words = text[slice(*span)]
    return any(words in text[start:end] or text[start:end] in words for start, end in told)
