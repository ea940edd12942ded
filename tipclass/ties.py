"""Ties: what links tips that tell different matters: a plate, ship, phone or account, a party, a place, a method."""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tipclass import identifiers
from tipclass.bigrams import plain, strange_runs, usual_rarity
from tipclass.elements import extract_all
from tipclass.folding import fold
from tipclass.methods import methods
from tipclass.records import Element, ElementKind, Series, TieKind
from tipclass.wordlist import tables

Key = tuple[TieKind, str]

KINDS = {
    ElementKind.PLATE: TieKind.PLATE,
    ElementKind.SHIP: TieKind.SHIP,
    ElementKind.PHONE: TieKind.PHONE,
    ElementKind.ACCOUNT: TieKind.ACCOUNT,
    ElementKind.BANK_CARD: TieKind.ACCOUNT,
    ElementKind.SUBJECT: TieKind.SUBJECT,
    ElementKind.PLACE: TieKind.PLACE,
}
IDENTIFIED = re.compile(r"[A-Za-z\d]{3}|[\dＡ-Ｚ０-９]{3}|船")  # a ship may bear two digits
HIDDEN = re.compile(r"[*×✕╳○□某]")
LEGIBLE = frozenset({ElementKind.PLATE, ElementKind.SHIP})  # what ties also where one of its signs is hidden
HANDLE = re.compile(r"(?<![\w@.-])[A-Za-z][\w-]{4,29}(?![\w@-])", re.ASCII)  # what an account may be called
OWN = re.compile(r"(?:我的?|本人|举报人|来电人|联系|回复?|致)(?:的|个人)?(?:手机|电话|微信|号码)?[号是为:： ]{0,3}$")
SENTENCE = re.compile(r"[^。！？!?；;\n]+")
JOINTS = re.compile(r"[\s·.\-]")

AT_ONCE = 1_000  # sentences whose names are read off together
MOST_READ = 20_000  # tips whose names are read off: that takes half a millisecond each
MOST_MATTERS = {TieKind.SUBJECT: 30, TieKind.PLACE: 10, TieKind.METHOD: 30}  # what more of them share is no tie
MOST_TEXTS = 4  # tips of a matter whose names are read off
WIDE = "省市县区旗州镇乡道"  # what the name of a place ends in that is too wide for a tie
LONGEST = 12  # characters of a name
STRANGE = 7.0  # rarity from which a pair of characters is hardly a word: one text in 1,100
SHORTEST = 2  # characters of a name without what it ends in
FAR = 3  # such characters from which a name is taken for the same in other counties, too
ENDINGS = tuple(
    sorted(
        {word for sort in ("company", "works", "shop", "trade") for word in tables("party_words")[sort]},
        key=lambda word: (-len(word), word),
    )
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: the ids, raw texts and plain texts of the tips that tell it, and the areas they were filed in."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    plain: tuple[str, ...]
    areas: frozenset[str]


def ties(matters: Sequence[Matter]) -> list[Series]:
    """Return the series of two and more matters, in the order of their first tip; a wider tie covers what it holds."""
    found = [*_by_number(matters), *_by_name(matters), *_by_method(matters)]
    beside: dict[int, list[Found]] = {}
    for each in found:
        for row in each[2]:
            beside.setdefault(row, []).append(each)
    kept = [
        each for each in found if not any(_within(each, other) for other in beside[each[2][0]] if other is not each)
    ]
    order = {id: place for place, id in enumerate(id for matter in matters for id in matter.ids)}
    series = [
        Series(kind, wording, tuple(sorted((id for at in rows for id in matters[at].ids), key=order.__getitem__)))
        for kind, wording, rows in kept
    ]
    return sorted(series, key=lambda each: (order[each.ids[0]], each.kind, each.wording))


Found = tuple[TieKind, str, tuple[int, ...]]


def _within(one: Found, other: Found) -> bool:
    """Tell whether another tie of that kind holds the same matters and more, or the same by a longer wording."""
    inside = one[0] is other[0] and set(one[2]) <= set(other[2])
    return inside and (len(one[2]) < len(other[2]) or (len(one[1]), one[1]) < (len(other[1]), other[1]))


# --- numbers -------------------------------------------------------------------------------------


def _by_number(matters: Sequence[Matter]) -> Iterator[Found]:
    """Yield what the same plate, ship, phone or account ties; what one tip calls an account is one in all of them."""
    rows: dict[Key, dict[int, None]] = {}
    handles: dict[str, dict[int, None]] = {}
    for row, matter in enumerate(matters):
        for text in filter(IDENTIFIED.search, matter.texts):
            folded = fold(text)
            for key in _numbers(folded):
                rows.setdefault(key, {})[row] = None
            for handle in HANDLE.findall(folded):
                handles.setdefault(_written(handle), {})[row] = None
    for (kind, wording), tied in rows.items():
        if kind is TieKind.ACCOUNT:
            tied |= handles.get(wording, {})
    yield from ((kind, wording, tuple(tied)) for (kind, wording), tied in rows.items() if len(tied) > 1)


def _numbers(text: str) -> Iterator[Key]:
    for element in identifiers.find(text):
        if element.kind in KINDS and len(HIDDEN.findall(element.text)) <= (element.kind in LEGIBLE):
            if element.kind is ElementKind.PHONE and OWN.search(text, max(0, element.start - 12), element.start):
                continue  # the number of whoever reports ties nothing
            yield KINDS[element.kind], _written(element.text)


def _written(name: str) -> str:
    """Return a number or a name as all of its ways of writing have it in common."""
    return JOINTS.sub("", name).upper()


# --- methods -------------------------------------------------------------------------------------


def _by_method(matters: Sequence[Matter]) -> Iterator[Found]:
    """Yield what the same unusual way of doing ties, wherever it was."""
    for method in methods():
        tied = tuple(row for row, matter in enumerate(matters) if any(map(method.told_in, matter.plain)))
        if 1 < len(tied) <= MOST_MATTERS[TieKind.METHOD]:
            yield TieKind.METHOD, method.name, tied


# --- names ---------------------------------------------------------------------------------------


def _by_name(matters: Sequence[Matter]) -> Iterator[Found]:
    """Yield what the same party or place ties: in one county, or anywhere when the name is long and strange."""
    texts = [" ".join(matter.plain) for matter in matters]
    shared: dict[int, set[str]] = {}
    for row, run in zip(*strange_runs(texts, MOST_READ), strict=True):
        shared.setdefault(row, set()).add(run)
    read = sorted(shared)
    names: dict[str, TieKind] = {}
    sentences = dict.fromkeys(told for row in read for told in _telling(matters[row], shared[row]))
    for kind, name in _names(list(sentences)):
        names.setdefault(name, kind)
    for name in _begun_alike(sorted(name for name, kind in names.items() if kind is TieKind.PLACE)):
        names.setdefault(name, TieKind.PLACE)
    reach = _reach(names)
    rows: dict[Key, dict[int, None]] = {}
    for row in read:
        for name in _standing(texts[row], names, reach):
            rows.setdefault((names[name], name), {})[row] = None
    for (kind, name), tied in rows.items():
        for same in _reached(name, tied, matters):
            if 1 < len(same) <= MOST_MATTERS[kind]:
                yield kind, name, same


def _telling(matter: Matter, shared: Collection[str]) -> Iterator[str]:
    """Yield the sentences of a matter that hold what it shares with others, the names of which may tie them."""
    for text in matter.texts[:MOST_TEXTS]:
        for sentence in SENTENCE.findall(text):
            if any(sentence[place : place + 3] in shared for place in range(len(sentence) - 2)):
                yield sentence


def _reach(names: Iterable[str]) -> dict[str, set[int]]:
    """Return how long the names are that begin with two characters."""
    reach: dict[str, set[int]] = {}
    for name in names:
        reach.setdefault(name[:SHORTEST], set()).add(len(name))
    return reach


def _standing(text: str, names: Collection[str], reach: Mapping[str, Collection[int]]) -> Iterator[str]:
    """Yield every name that stands in a plain text, also inside a longer one: 柳湾闸 in 柳湾闸上游."""
    for start in range(len(text) - 1):
        for length in reach.get(text[start : start + SHORTEST], ()):
            if text[start : start + length] in names:
                yield text[start : start + length]


def _reached(name: str, rows: Iterable[int], matters: Sequence[Matter]) -> Iterator[tuple[int, ...]]:
    """Yield the rows that a name can tie: all of them, or those of each area."""
    if len(name) >= FAR and min(usual_rarity(name).values()) >= STRANGE:
        yield tuple(rows)
        return
    by_area: dict[str, list[int]] = {}
    for row in rows:
        for area in matters[row].areas:
            by_area.setdefault(area, []).append(row)
    yield from map(tuple, by_area.values())


def _names(sentences: Sequence[str]) -> Iterator[tuple[TieKind, str]]:
    """Yield the names of parties and places in some sentences, parties without what they end in."""
    batches = (sentences[start : start + AT_ONCE] for start in range(0, len(sentences), AT_ONCE))
    found = (element for batch in batches for each in extract_all(batch, [None] * len(batch)) for element in each)
    for element in found:
        if element.kind in (ElementKind.SUBJECT, ElementKind.PLACE):
            name = _core(element)
            if _is_strange(name) and SHORTEST <= len(name) <= LONGEST and " " not in name:
                yield KINDS[element.kind], name


def _begun_alike(places: Sequence[str]) -> Iterator[str]:
    """Yield what two sorted places begin with alike: 白鹭水库 of 白鹭水库坝下 and 白鹭水库尾巴."""
    for one, two in itertools.pairwise(places):
        size = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
        name = one[:size]
        if len(name) >= FAR and name[-1] not in WIDE and _is_strange(name):
            yield name


def _is_strange(name: str) -> bool:
    """Tell whether a pair of the characters of a name is hardly a word."""
    return max(usual_rarity(name).values(), default=0.0) >= STRANGE


def _core(element: Element) -> str:
    """Return the name of a party without its ending, or a place as it is written."""
    name = plain(element.text)
    if HIDDEN.search(element.text) or (element.kind is ElementKind.PLACE and name[-1:] in WIDE):
        return ""
    if element.kind is ElementKind.PLACE:
        return name
    ending = next((word for word in ENDINGS if name.endswith(word) and len(name) - len(word) >= SHORTEST), "")
    return name.removesuffix(ending)
