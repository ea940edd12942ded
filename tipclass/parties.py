"""Parties: whom a tip reports, firms and persons, wherever their names stand."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from tipclass import acts, firms, persons
from tipclass.borders import Borders
from tipclass.candidates import Candidate
from tipclass.patterns import lazy
from tipclass.records import Element, ElementKind
from tipclass.wordlist import Scanner

Span = tuple[int, int]

_LABEL = (
    "卖家|商家|店铺|店名|商户|被(?:举报|投诉|反映)(?:人|单位)|被?举报对象|投诉对象|(?:公司|企业|单位)名称|被移送单位|被检查单位|受检单位|违法主体"
    "|当事人|涉事(?:单位|企业)|施工单位|建设单位|生产厂家|开户名"
)
_BRINGS = (
    "店名|招牌|昵称|网名|外号|绰号|店铺|门店|名叫|名为|叫做?|写着|署名|微信名|用户名|账号|名义上叫|[上下]家|直播间"
    "|公众号|小程序|网店|微商|淘宝|拼多多|京东|闲鱼"
)
_WARES = "农药|化肥|肥料|种|药|产品|烟|酒|油|膏|丸|货|东西|面膜|化妆品|减肥|保健|食品|饮料|套餐|项目|牌子"
_OWNERS = "微信|公司|[网门药饭酒]?店|厂|直播间|账号|商家|卖家|老板|超市|棋牌室|烧烤|KTV|会所|工作室|诊所|餐厅|饭庄|火锅"
LABELLED = lazy(rf"(?:{_LABEL})[:： ]{{1,2}}(?P<name>[^，。；、\s()（）:：“”\"]{{2,20}})")
QUOTED = lazy(
    rf"(?:{_BRINGS})(?:是|为|叫|上?写着|写)?[:：]?[“\"「](?P<name>[^“”\"「」，。；\n]{{2,16}})[”\"」](?!的?(?:{_WARES}))"
)
OWNED = lazy(rf"[“\"「](?P<name>[^“”\"「」，。；\n]{{2,14}})[”\"」](?=的?[\u4e00-\u9fff]{{0,2}}?(?:{_OWNERS}))")
HOUSED = lazy(rf"[一这那]家[“\"](?P<name>[^“”\"，。；\n]{{2,12}})[”\"](?!的?(?:{_WARES}))")
CALLED = lazy(
    r"(?:(?:工地|项目|楼盘|[饭酒网]店|饭馆|机构|厂子|公司)的?名[字称][是叫]|店名[是叫为]?|[公店厂]司?叫|名叫|自称|讲课的叫|招牌[是叫]|发货人写|厂名[是叫为]|店铺叫|[品场站]名叫|机构叫|群主叫)"
    r"(?P<name>[^\W\da-z的了在是有我你他她它这那不做]{2,16})(?=[，。；、\s（(”\"]|$)"
)


SHOWN = lazy(r"[“「\"](?P<name>[^“”\"「」，。；：、\n0-9]{2,9})[”」\"]")
PATTERNS = {
    "labelled": LABELLED,
    "quoted": QUOTED,
    "owned": OWNED,
    "housed": HOUSED,
    "called so": CALLED,
    "shown": SHOWN,
}
_BREAK = lazy(r"[，。；：！？、\n\s]")
KIN = 40  # names of a text that every other is compared with
CLAUSE = 16  # characters behind a name in which what it does may follow
LEAST = 0.5  # the weight from which on a name is taken for a reported party


def find(text: str, borders: Borders, places: Sequence[Span]) -> Iterator[Element]:
    """Yield the reported parties of a folded text; `places` are the spans of its places."""
    yield from find_all([text], [borders], [places])[0]


def find_all(texts: Sequence[str], borders: Sequence[Borders], places: Sequence[Sequence[Span]]) -> list[list[Element]]:
    """Return the reported parties of each of several folded texts, as `find` does."""
    found = _found(texts, borders, places)
    return [
        _reported(text, _candidates(*row)) for text, row in zip(texts, zip(texts, *found, strict=True), strict=True)
    ]


def _reported(text: str, found: Iterable[Candidate]) -> list[Element]:
    ranked = sorted(((each.weight("party_weights"), each) for each in found), key=lambda pair: -pair[0])
    return [Element(ElementKind.SUBJECT, text[start:end], start, end) for start, end in choose(text, ranked, LEAST)]


def choose(text: str, ranked: Iterable[tuple[float, Candidate]], least: float) -> list[Span]:
    """Return the spans that weigh enough and every further mention of the names among them; no two overlap."""
    taken = bytearray(len(text))
    kept: list[Span] = []
    names: set[str] = set()
    for weight, one in ranked:
        if weight > least and not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append((one.start, one.end))
            if one.named and one.end - one.start > 1:
                names.add(text[one.start : one.end])
    again = dict.fromkeys(names, True) if any(text.count(name) > 1 for name in names) else {}
    for start, end, _ in Scanner(again).scan(text) if again else ():
        if not any(taken[start:end]):
            kept.append((start, end))
    return sorted(kept)


def candidates(text: str, borders: Borders, places: Sequence[Span]) -> Iterator[Candidate]:
    """Yield what may be a reported party of a folded text: firms, persons, and names in quotes or behind a label.

    What several rules find is one candidate with all that speaks for and against it.
    """
    ((found,), (deeds,)) = _found([text], [borders], [places])
    return _candidates(text, found, deeds)


def _found(
    texts: Sequence[str], borders: Sequence[Borders], places: Sequence[Sequence[Span]]
) -> tuple[list[list[Candidate]], list[list[int]]]:
    """Return what each rule finds in each text, and where the words for offences stand; all texts by one rule first."""
    by_rule = (
        [list(firms.find(*row)) for row in zip(texts, borders, places, strict=True)],
        [list(persons.find(*row)) for row in zip(texts, places, strict=True)],
        [list(_brought(text)) for text in texts],
    )
    return [list(chain(*found)) for found in zip(*by_rule, strict=True)], [acts.deeds(text) for text in texts]


def _candidates(text: str, found: Iterable[Candidate], deeds: Sequence[int]) -> Iterator[Candidate]:
    spans: dict[Span, list[Candidate]] = {}
    for one in found:
        spans.setdefault((one.start, one.end), []).append(one)
    for (start, end), same in spans.items():
        signs = same[0].signs if len(same) == 1 else tuple(dict.fromkeys(sign for one in same for sign in one.signs))
        deed = _does(text, end, deeds)
        deed_of = f"{deed} {signs[0].rpartition(' ')[2]}"
        named = any(one.named for one in same)
        beside = _beside(text, start, end, named)
        yield Candidate(start, end, (*signs, deed, deed_of, *beside, *_kin(text, start, end, named, spans)), named)


def _beside(text: str, start: int, end: int, named: bool) -> Iterator[str]:
    """Yield the signs of the characters at the borders of a name, on either side."""
    yield f"ends {text[end - 2 : end]}"
    yield f"begins {text[start]}"
    yield f"size {named} {min(end - start, 9)}"
    yield f"left of {text[max(0, start - 2) : start]}"
    yield f"left of {named} {text[max(0, start - 3) : start]}"
    yield f"right of {text[end : end + 2]}"
    yield f"right of {named} {text[end : end + 1]}"


def _kin(text: str, start: int, end: int, named: bool, spans: Iterable[Span]) -> Iterator[str]:
    """Yield the signs that a longer name of the text ends or begins in this one, or holds it here."""
    words = text[start:end]
    for first, last in islice(spans, KIN):
        if last - first > end - start:
            if first <= start and end <= last:
                yield f"held {named} {first == start} {last == end}"
            elif text.endswith(words, first, last):
                yield f"short {named} {first < start}"
            elif text.startswith(words, first, last):
                yield f"opens {named} {first < start}"


def _does(text: str, end: int, deeds: Sequence[int]) -> str:
    """Return the sign that tells whether a word for an offence follows a name in its clause."""
    at = bisect_left(deeds, end)
    follows = at < len(deeds) and deeds[at] - end < CLAUSE and not _BREAK.search(text, end, deeds[at])
    return f"deed {follows}"


def _brought(text: str) -> Iterator[Candidate]:
    """Yield the names in quotes, behind a label and behind a word that brings them."""
    brought: dict[Span, list[str]] = {}
    for sort, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            signs = brought.setdefault(match.span("name"), [])
            if sort != "shown" or not signs:
                signs += (sort, *(() if sort == "shown" else ("brought",)), *_signs(text, sort, match))
    for (start, end), signs in brought.items():
        yield Candidate(start, end, tuple(dict.fromkeys(signs)), named=True)


def _signs(text: str, sort: str, match: re.Match[str]) -> Iterator[str]:
    start, end = match.span("name")
    yield f"brought by {text[match.start() : start].strip('“「:： ')[-2:]}" if sort != "shown" else "shown"
    yield f"left quote {text[max(0, start - 3) : max(0, start - 1)]}"
    yield f"left quote {text[max(0, start - 2) : max(0, start - 1)]}"
    yield f"right quote {text[end + 1 : end + 2]}"
    yield f"right quote {text[end + 1 : end + 3]}"
    yield f"size quote {min(end - start, 7)}"
    yield f"told quote {min(text.count(match['name']), 3)}"
    yield f"last quote {match['name'][-1]}"
