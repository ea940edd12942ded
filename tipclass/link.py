"""Linking: which tips tell the same matter again, and what ties tips of different matters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tipclass.additions import additions
from tipclass.bigrams import bigrams, plain
from tipclass.groups import groups
from tipclass.likeness import Likeness, prepare
from tipclass.linked import Linked, Origin, origin
from tipclass.office import day_of
from tipclass.pairs import candidates
from tipclass.records import Repeats, Series, Tip
from tipclass.runs import runs
from tipclass.ties import Matter, ties

AREA_COLUMNS = (
    "区县",
    "所属区县",
    "所在区县",
    "县区",
    "所属区域",
    "行政区划",
    "辖区",
    "属地",
    "所属地区",
    "地区",
    "事发区域",
    "area",
)
SHORTEST = 6  # characters of a plain text that can be told from another


@dataclass(frozen=True, slots=True)
class Linkable:
    """What linking needs of a tip: its raw text, the day it came in, and the county or district it was filed in."""

    id: str
    text: str
    day: date | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """What links tips: the repeats of each of them, None where nobody repeats it, and the series of several matters."""

    repeats: tuple[Repeats | None, ...]
    series: tuple[Series, ...]


def link(tips: Sequence[Linkable], earlier: Sequence[Linkable] = ()) -> Links:
    """Find repeats and series among tips, and with earlier ones, which come first in every group.

    Only what holds one of the tips is returned; their order is kept.
    """
    every = [*earlier, *tips]
    order = sorted(range(len(every)), key=lambda place: (place >= len(earlier), every[place].day or date.max, place))
    ranked = [every[place] for place in order]
    texts = [plain(each.text) for each in ranked]
    found = _repeated(ranked, texts)
    repeats: list[Repeats | None] = [None] * len(every)
    for group in found:
        told = additions([ranked[row].text for row in group])
        for row, adds in zip(group, told, strict=True):
            repeats[order[row]] = Repeats(ranked[group[0]].id, len(group), adds)
    new = {each.id for each in tips}
    series = ties(_matters(ranked, texts, found))
    return Links(tuple(repeats[len(earlier) :]), tuple(each for each in series if new.intersection(each.ids)))


def linkables(tips: Sequence[Tip]) -> list[Linkable]:
    """Return what linking needs of tips; an id that several of them bear gets its source before it."""
    borne = Counter(tip.id for tip in tips)
    return [
        Linkable(
            tip.id if borne[tip.id] == 1 else f"{tip.source}/{tip.id}", tip.text, day_of(tip), tip.cell(AREA_COLUMNS)
        )
        for tip in tips
    ]


def link_tips(tips: Sequence[Tip], earlier: Sequence[Tip] = ()) -> dict[Origin, Linked]:
    """Link tips, and with earlier ones; return what links each of them, by where it came from."""
    told = linkables([*earlier, *tips])
    links = link(told[len(earlier) :], told[: len(earlier)])
    series: dict[str, list[Series]] = {}
    for each in links.series:
        for id in each.ids:
            series.setdefault(id, []).append(each)
    rows = zip(tips, told[len(earlier) :], links.repeats, strict=True)
    return {origin(tip): Linked(repeats, tuple(series.get(each.id, ()))) for tip, each, repeats in rows}


def _repeated(tips: Sequence[Linkable], texts: Sequence[str]) -> list[list[int]]:
    """Return the groups of rows that tell one matter; what is the same to the letter is compared once."""
    same: dict[tuple[str, str], list[int]] = {}
    for row, (tip, text) in enumerate(zip(tips, texts, strict=True)):
        if len(text) >= SHORTEST:
            same.setdefault((text, tip.area), []).append(row)
    copies = list(same.values())
    firsts = [rows[0] for rows in copies]
    told = [texts[row] for row in firsts]
    batch = prepare(told, bigrams(told), [tips[row].day for row in firsts], [tips[row].area for row in firsts])
    pairs = candidates(batch.grams, runs(told), batch.areas)
    alike = Likeness(batch, pairs)
    joined = groups(pairs, alike(pairs), batch.size, alike)
    grouped = {place for group in joined for place in group}
    alone = ([place] for place in range(len(copies)) if place not in grouped)
    found = (sorted(row for place in group for row in copies[place]) for group in (*joined, *alone))
    return sorted(group for group in found if len(group) > 1)


def _matters(tips: Sequence[Linkable], texts: Sequence[str], found: Sequence[Sequence[int]]) -> list[Matter]:
    """Return the matters that tips tell, each with all that tell it."""
    grouped = {row for group in found for row in group}
    alone = ([row] for row in range(len(tips)) if row not in grouped)
    rows = sorted([*map(list, found), *alone])
    return [
        Matter(
            tuple(tips[row].id for row in told),
            tuple(tips[row].text for row in told),
            tuple(texts[row] for row in told),
            frozenset(tips[row].area for row in told),
        )
        for told in rows
    ]
