"""Linking: which tips tell the same matter again, and what ties tips of different matters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np

from tipclass.additions import additions
from tipclass.candidates import candidates
from tipclass.grams import grams, plain
from tipclass.groups import groups
from tipclass.likeness import likeness, prepare
from tipclass.records import Entry, Repeats, Series
from tipclass.ties import Matter, ties

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
    """What links tips: for each of them its repeats, None where nobody repeats it; and the series of several matters."""

    repeats: tuple[Repeats | None, ...]
    series: tuple[Series, ...]

    def series_of(self, id: str) -> tuple[Series, ...]:
        """Return the series that a tip belongs to."""
        return tuple(each for each in self.series if id in each.ids)


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


def with_links(entries: Sequence[Entry], links: Links) -> list[Entry]:
    """Put links on the entries of the tips they were found among."""
    series: dict[str, list[Series]] = {}
    for each in links.series:
        for id in each.ids:
            series.setdefault(id, []).append(each)
    return [
        replace(entry, repeats=repeats, series=tuple(series.get(entry.tip.id, ())))
        for entry, repeats in zip(entries, links.repeats, strict=True)
    ]


def _repeated(tips: Sequence[Linkable], texts: Sequence[str]) -> list[list[int]]:
    """Return the groups of rows that tell one matter; what is the same to the letter is compared once."""
    same: dict[tuple[str, str], list[int]] = {}
    for row, (tip, text) in enumerate(zip(tips, texts, strict=True)):
        if len(text) >= SHORTEST:
            same.setdefault((text, tip.area), []).append(row)
    copies = list(same.values())
    firsts = [rows[0] for rows in copies]
    batch = prepare(
        [texts[row] for row in firsts],
        grams([texts[row] for row in firsts]),
        [tips[row].day for row in firsts],
        [tips[row].area for row in firsts],
    )
    pairs = candidates(batch.grams, batch.areas)
    joined = groups(pairs, likeness(batch, pairs), batch.size, partial(likeness, batch))
    grouped = {place for group in joined for place in group}
    alone = ([place] for place in range(len(copies)) if place not in grouped)
    found = (sorted(row for place in group for row in copies[place]) for group in (*joined, *alone))
    return sorted(group for group in found if len(group) > 1)


def _matters(tips: Sequence[Linkable], texts: Sequence[str], found: Sequence[Sequence[int]]) -> list[Matter]:
    """Return the matters that tips tell, each with all that tell it."""
    grouped = {row for group in found for row in group}
    rows = sorted([*found, *([row] for row in range(len(tips)) if row not in grouped)])
    return [
        Matter(
            tuple(tips[row].id for row in told),
            tuple(tips[row].text for row in told),
            tuple(texts[row] for row in told),
            frozenset(tips[row].area for row in told),
        )
        for told in rows
    ]
