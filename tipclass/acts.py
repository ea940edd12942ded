"""Acts: the verb phrases that say what the reported party does."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from tipclass.candidates import Candidate
from tipclass.patterns import lazy
from tipclass.records import Element, ElementKind
from tipclass.wordlist import Scanner, any_of, tables, words

Span = tuple[int, int]

LEAST = 0.3  # the weight from which on a further phrase is told
ONLY = -0.7  # the weight from which on the weightiest phrase of a text is told
PHRASES_KEPT = 8_192  # whose signs are kept in memory, a few MB
TEXTS_KEPT = 500  # whose words for acts are kept: parties are weighed by them before acts are told
REACH = 2.0  # what stands around a phrase hardly ever adds more
_WORDS = tables("act_words")
_SINGLE = frozenset(word for label in ("single", "plain", "vague") for word in _WORDS[label] if len(word) == 1)
_LED, _SURE, _JOINED, _PLAIN, _LIGHT, _ENDED, _TIMES = "led", "sure", "joined", "plain", "light", "ended", "times"
# Told as an act now and then; a verb without its object; a verb that only its prefix or hour makes an offence.
_WIDE, _CUT, _OPEN = "wide", "cut", "open"


def _phrases() -> dict[str, str]:
    """Return every phrase for an act with its sort, and the prefixes that make an offence of a verb."""
    sorts = {word: _LIGHT if len(word) == 1 else _PLAIN for word in (*_WORDS["plain"], *_WORDS["vague"], *_SINGLE)}
    for label, objects in _WORDS.items():
        kind, *verbs = label.split()
        if kind in {"with", "compound"}:
            sort = _JOINED if kind == "with" else _SURE
            sorts |= dict.fromkeys((verb + thing for verb in verbs for thing in objects), sort)
        if kind == "ends":
            sorts |= dict.fromkeys((verb + end for end in verbs for verb in objects), _ENDED)
    return (
        dict.fromkeys((*_WORDS["usual"], *_WORDS["wide"]), _WIDE)
        | sorts
        | dict.fromkeys(_WORDS["sure"], _SURE)
        | dict.fromkeys(_WORDS["led"], _LED)
        | dict.fromkeys(_WORDS["times"], _TIMES)
    )


_PHRASES = Scanner(_phrases())
_VERBS = [word for word in (*_WORDS["behind"], *_WORDS["plain"], *_WORDS["wide"], *_WORDS["usual"]) if len(word) > 1]
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
_TWO = frozenset(word for word in (*_VERBS, *_phrases()) if len(word) == 2) - {*_WORDS["led"], *_WORDS["times"]}
_TWO_SIGNS = lazy("[\u4e00-\u9fff]{2}")
# What is poured, and where to: 倒进雨水井. As sure as a verb with its object.
_POURED = lazy(
    r"[倒排扔灌冲泼推抽][进到入往回][\u4e00-\u9fff]{0,2}?(?:[河沟渠塘坑井海江湖田]|水库|地里|下水道|雨水[井口沟管]|污水井|窨井|锅里|池塘)里?"
)
_OBJECT = lazy(
    r"(?![成出过着到])(?:[^\W\da-zA-Z的了在是有和与及后前上中里给到把被从向往来去就都也还又不没又一几两这那我你他她它]){1,7}(?=[^\u4e00-\u9fff]|[的了后等给到在来就都也还又和]|$)"
)
# A verb within the name of a place, a thing or a permit says nothing of an act.
_NOUN = lazy(
    r"[场厂站房队车船机者人员]|水(?![产源库])|[证权区期价款费业罪炉池罐线剂物票单户商店额量口管]|许可|标准|公司|设备|设施|工具|手续|工程|记录|行业|合同"
    r"|项目|方案|资质|条件|案|名义|制度|管理|金额|范围|深度|总量|日志|方式|活动|情况"
)
# Words before a verb that say the act is forbidden, fought or denied, and words behind it that make a charge of it.
_DENIED = lazy(
    r"(?:严禁|禁止|不得|不准|打击|整治|严查|防止|杜绝|防范|并未|未曾|未发现|从[未不]|不能|拒绝|反对|查获的|整改|以免)[^，。；！？\n]{0,3}$|(?<!没日)(?<!没早)没有?[^，。；！？\n]?$"
)
_CHARGED = lazy(r"[^，。；！？、\n]{0,10}罪")
# A word such as 走私 behind a verb says what is bought or sold: 收购走私牛肉.
_TRADED = lazy(r"(?:收购|贩卖|销售|运输|出售|购[进买入]|生产|加工|储存|倒卖|使用|经营|邮寄|存放)$")
# 售假 in 销售假冒 and 加工 in 参加工作 begin inside another word.
_ACROSS = frozenset(words("common"))
_HARM = lazy(any_of(_WORDS["harm"]))
_SHOWN = lazy(any_of(_WORDS["before"]) + "$")
_TOLD = lazy("行为|问题|的行为|的事|的问题|的线索|一案|的情况|活动|[，。；！？、…\n ]|[的了着过]|[给到在]|$")


class Phrase(NamedTuple):
    """A phrase that may tell an act: where it stands, its sort, its verb and whether an object is known."""

    start: int
    end: int
    sort: str
    verb: str
    object: str = ""


def find(text: str) -> Iterator[Element]:
    """Yield the first mention of each act of a folded text that weighs enough to be what is reported."""
    weighed = ((candidate.weight("act_weights"), candidate) for candidate in candidates(text, ONLY - REACH))
    for start, end in choose(text, sorted(weighed, key=lambda pair: -pair[0])):
        yield Element(ElementKind.ACT, text[start:end], start, end)


def choose(
    text: str, ranked: Iterable[tuple[float, Candidate]], least: float = LEAST, only: float = ONLY
) -> list[Span]:
    """Return the spans of the candidates to tell, in order: `ranked` by weight, no wording twice, none in another."""
    told: list[Span] = []
    for weight, one in ranked:
        if weight < (least if told else only):
            break
        if not _repeats(text, (one.start, one.end), told):
            told.append((one.start, one.end))
    return sorted(told)


def candidates(text: str, least: float = -inf) -> list[Candidate]:
    """Return the phrases of a folded text that may tell an act, with the signs for and against each.

    Phrases whose own words weigh less than `least` are left out before what stands around them is looked at.
    """
    found = list(phrases(text))
    best = min((_RANK[phrase.sort] for phrase in found), default=0)
    kept = []
    for place, phrase in enumerate(found):
        own, weight = _own(phrase.sort, phrase.verb, text[phrase.start : phrase.end], phrase.object, best)
        if weight >= least:
            kept.append(Candidate(phrase.start, phrase.end, (*own, *_around(text, phrase, found, place))))
    return kept


_RANK = {_LED: 0, _SURE: 0, _CUT: 0, _JOINED: 1, "poured": 1, _PLAIN: 2, _ENDED: 2, _WIDE: 2} | dict.fromkeys(
    (_TIMES, _LIGHT, _OPEN), 3
)


def phrases(text: str) -> Iterator[Phrase]:
    """Yield the phrases of a folded text that may tell an act, in several shapes where the border is open."""
    poured = {match.start(): match.end() for match in _POURED.finditer(text)}
    for start, end, sort in _hits(text):
        for phrase in _shapes(text, start, end, sort, poured.get(start, 0)):
            if not _says_nothing(text, phrase.start, phrase.end):
                yield phrase


def deeds(text: str) -> list[int]:
    """Return where the words for offences begin in a folded text."""
    return [start for start, _, sort in _hits(text) if _RANK[sort] < _RANK[_PLAIN]]


@lru_cache(maxsize=TEXTS_KEPT)
def _hits(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(_PHRASES.scan(text))


def _shapes(text: str, start: int, end: int, sort: str, pour: int) -> Iterator[Phrase]:
    """Yield the phrases that a word opens: the word, its verb alone, a prefix with its verb, a verb with its object."""
    if sort in (_LED, _TIMES):
        yield from _led(text, start, end, sort)
        return
    if pour > end:
        yield Phrase(start, pour, "poured", text[start])
    if end - start > 1:
        yield Phrase(start, end, sort, text[start:end])
    if end - start > 3 and text[start : start + 2] in _TWO:
        yield Phrase(start, start + 2, _CUT, text[start : start + 2])
    if text[start] in _SINGLE:
        yield from _with_object(text, start, end)


def _led(text: str, start: int, end: int, sort: str) -> Iterator[Phrase]:
    stop = (_LEDS if sort is _LED else _BEHIND).end(text, end)
    if stop:
        yield Phrase(start, stop, sort, text[end:stop])
        if stop - end > 3 and text[end : end + 2] in _TWO:
            yield Phrase(start, end + 2, sort, text[end : end + 2], "cut")
        if sort is _TIMES:
            yield Phrase(end, stop, _OPEN, text[end:stop])
    elif sort is _LED and _TWO_SIGNS.match(text, end):
        yield Phrase(start, end + 2, _OPEN, text[end : end + 2])


def _with_object(text: str, start: int, least: int) -> Iterator[Phrase]:
    """Yield a verb of one character with what it is done to, where that is a known thing or bears a sign of harm."""
    end = start + 1
    thing = _THINGS.end(text, end) or end
    free = _OBJECT.match(text, end)
    if thing > least:
        yield Phrase(start, thing, _LIGHT, text[start], "thing")
    if free and free.end() > max(least, thing):
        yield Phrase(start, free.end(), _LIGHT, text[start], "free")


@lru_cache(maxsize=PHRASES_KEPT)
def _own(sort: str, verb: str, words: str, thing: str, best: int) -> tuple[tuple[str, ...], float]:
    """Return the signs of a phrase's own words and what they weigh: the same few phrases stand in most texts."""
    signs = _inside(sort, verb, words, thing, best)
    return signs, Candidate(0, len(words), signs).weight("act_weights")


def _inside(sort: str, verb: str, words: str, thing: str, best: int) -> tuple[str, ...]:
    """Return the signs of a phrase's own words; `best` is the rank of the surest sort in the text."""
    harm = _HARM.search(words, len(verb)) if thing else None
    return (
        f"sort {sort}",
        f"object {sort} {thing}",
        f"size {sort} {min(len(words), 7)}",
        f"worse {sort} {_RANK[sort] > best}",
        f"words {words}",
        f"verb {verb}",
        f"verb {sort} {verb[:2]}",
        f"first {words[0]}",
        f"first {words[:2]}",
        f"last {words[-1]}",
        f"last {words[-2:]}",
        f"ends {verb[-1]}",
        *(("harm", f"harm {harm[0]}") if harm else ()),
    )


def _around(text: str, phrase: Phrase, found: Sequence[Phrase], place: int) -> tuple[str, ...]:
    """Return the signs that stand around a phrase: the words beside it, its rivals, its place in the text."""
    start, end, words = phrase.start, phrase.end, text[phrase.start : phrase.end]
    shown, told = _SHOWN.search(text, max(0, start - 3), start), _TOLD.match(text, end)
    apart = not start or not text[start - 1].isalnum()
    return (
        f"before {shown[0] if shown else 'sign' if apart else 'word'}",
        f"behind {told[0] if told else 'word'}",
        f"clause {phrase.sort} {apart} {told[0][:1] if told else 'word'}",
        f"left {text[start - 1 : start]}",
        f"left {text[max(0, start - 2) : start]}",
        f"right {text[end : end + 1]}",
        f"right {text[end : end + 2]}",
        f"among {min(len(found), 9)}",
        f"earlier {min(place, 4)}",
        f"part {4 * start // (len(text) + 1)}",
        f"long {min(len(text) // 60, 4)}",
        *(("charged",) if _CHARGED.match(text, end) else ()),
        *(("again",) if text.find(words) < start else ()),
        *(("often",) if text.count(words) > 1 else ()),
    )


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
    return across or denied or _NOUN.match(text, end) is not None


def _repeats(text: str, span: Span, told: Iterable[Span]) -> bool:
    """Tell whether a phrase has the words of one that was told, or shares a character with it."""
    words, (start, end) = text[slice(*span)], span
    return any(words == text[first:last] or (start < last and first < end) for first, last in told)
