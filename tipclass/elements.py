"""Elements: what an intake desk notes down of a tip, read off its raw text.

Numbers, quantities and times are read by rules, places, parties and acts by a tagger, which sees what the rules found
and also says which times are those of what is reported; what it proposes is weighed once more by its sentence and text.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from tipclass import identifiers, moments, quantities
from tipclass.folding import fold
from tipclass.patterns import lazy
from tipclass.proposals import chosen, propose, weigher
from tipclass.records import Element, ElementKind
from tipclass.tagger import tagger
from tipclass.traits import Span

# What the desk asks for in every tip, and what answers for it.
ASKED: dict[ElementKind, frozenset[ElementKind]] = {
    ElementKind.TIME: frozenset({ElementKind.TIME}),
    ElementKind.PLACE: frozenset({ElementKind.PLACE}),
    ElementKind.SUBJECT: frozenset({ElementKind.SUBJECT, ElementKind.SHIP, ElementKind.PLATE}),
    ElementKind.ACT: frozenset({ElementKind.ACT}),
}
# Categories whose thresholds are masses, areas, counts or sums.
MEASURED = frozenset(
    {
        "waste_dumping",
        "illegal_fishing",
        "illegal_mining",
        "wildlife",
        "forest_land",
        "counterfeit_goods",
        "tobacco",
    }
)
# What the tagger tells, in the order of its labels, and how much speaks for each at least.
LEAST = {ElementKind.TIME: 0.25, ElementKind.PLACE: 1.5, ElementKind.SUBJECT: 1.6, ElementKind.ACT: 0.5}
FAINTER = 1.0  # by how much less a proposal may weigh for which nothing is asked: few tips tell nothing of a kind
KINDS = tuple(LEAST)
TAGGER, WEIGHER = "elements", "proposals"
_NUMBERS = {kind: number for number, kind in enumerate(ElementKind, 1)}
# Where two finds share a character the earlier of these kinds holds; all others come first.
_RANKS = {
    kind: rank
    for rank, kind in enumerate(
        (ElementKind.SUBJECT, ElementKind.TIME, ElementKind.PLACE, ElementKind.QUANTITY, ElementKind.ACT), 1
    )
}
_TOWN = lazy("[\u4e00-\u9fff]{2}(?:[市县区镇乡村]|街道)[\u4e00-\u9fff]{2}")
SHORTEST_PLACE = 3  # characters of a place that are worth keeping where the name of a firm takes its end


class Extract(NamedTuple):
    """The elements of a text, and the kinds that may be told there, if only faintly."""

    elements: tuple[Element, ...]
    faint: frozenset[ElementKind] = frozenset()


def extract(text: str, day: date | None = None) -> tuple[Element, ...]:
    """Return the elements of a raw text in order of place; no two overlap.

    Where two finds share a character the earlier of these kinds holds: identifiers, subjects (a county that opens a
    firm's name is part of it), times, places, quantities, acts. `day` is the tip's own date.

    >>> [(element.kind.value, element.text) for element in extract("昨晚有人在沙河大桥下电鱼，１３８００１３８０００")]
    [('time', '昨晚'), ('place', '沙河大桥下'), ('act', '电鱼'), ('phone', '１３８００１３８０００')]
    """
    return extract_all([text], [day])[0]


def extract_all(texts: Sequence[str], days: Sequence[date | None]) -> list[tuple[Element, ...]]:
    """Return the elements of each of several texts, as `extract` does; `days` are the tips' own dates."""
    return [each.elements for each in read_all(texts, days)]


def read_all(texts: Sequence[str], days: Sequence[date | None]) -> list[Extract]:
    """Return the elements of each of several texts, and what else of their kinds may be told there."""
    folded = list(map(fold, texts))
    ruled = list(map(_ruled, folded, days))
    proposed = propose(tagger(TAGGER), folded, [list(map(_known, found)) for found in ruled], len(KINDS))
    weights, least = weigher(WEIGHER).weigh(folded, proposed), np.array(list(LEAST.values()))
    tagged = map(_tagged, folded, chosen(proposed, weights, least, len(texts)))
    told = map(_told, texts, ruled, tagged)
    return list(map(Extract, told, map(_kinds, chosen(proposed, weights, least - FAINTER, len(texts)))))


def _kinds(spans: Iterable[Span]) -> frozenset[ElementKind]:
    return frozenset(KINDS[number] for *_, number in spans)


def known_spans(folded: str) -> list[Span]:
    """Return what rules find in a folded text: times, quantities and numbers, which say what stands beside them."""
    return list(map(_known, _ruled(folded)))


def _ruled(folded: str, day: date | None = None) -> tuple[Element, ...]:
    return (*identifiers.find(folded), *moments.find(folded, day), *quantities.find(folded))


def _known(element: Element) -> Span:
    return element.start, element.end, _NUMBERS[element.kind]


def _tagged(folded: str, spans: Iterable[Span]) -> list[Element]:
    """Return the elements of a text's spans; an act that is told again in the same words is the same."""
    found = [Element(KINDS[number], folded[start:end], start, end) for start, end, number in spans]
    acts = {one.text: one for one in reversed(found) if one.kind is ElementKind.ACT}
    return [one for one in found if one.kind is not ElementKind.ACT or acts[one.text] is one]


def _told(text: str, ruled: Iterable[Element], tagged: Sequence[Element]) -> tuple[Element, ...]:
    """Return the elements that hold, in order of place and in the words of the raw text."""
    times = [one for one in tagged if one.kind is ElementKind.TIME]
    held = [one for one in ruled if one.kind is not ElementKind.TIME or _meets(one, times)]
    found = sorted((*held, *tagged), key=lambda one: _RANKS.get(one.kind, 0))
    return tuple(
        _as_written(one, text[one.start : one.end])
        for one in sorted(_apart(found, len(text)), key=lambda one: one.start)
    )


def _meets(element: Element, others: Iterable[Element]) -> bool:
    return any(element.start < other.end and other.start < element.end for other in others)


def _as_written(element: Element, words: str) -> Element:
    return element if element.text == words else replace(element, text=words)


def kinds_told(found: Iterable[Element]) -> set[ElementKind]:
    """Return the kinds of some elements; the name of a party that opens with its town tells a place as well.

    >>> sorted(kind.value for kind in kinds_told([Element(ElementKind.SUBJECT, "清江市永利印染厂", 0, 8)]))
    ['place', 'subject']
    """
    found = list(found)
    placed = any(one.kind is ElementKind.SUBJECT and _TOWN.search(one.text) for one in found)
    return {one.kind for one in found} | ({ElementKind.PLACE} if placed else set())


def missing(
    found: Collection[Element], category: str = "", faint: frozenset[ElementKind] = frozenset()
) -> tuple[ElementKind, ...]:
    """Return what the desk should ask the reporter for, in the order of asking; quantity where the category has limits.

    For kinds that may be told, if only faintly, nobody is asked.

    >>> [kind.value for kind in missing(extract("昨晚有人在沙河大桥下电鱼"), "illegal_fishing")]
    ['subject', 'quantity']
    """
    kinds = kinds_told(found) | faint
    asked = tuple(kind for kind, answers in ASKED.items() if not kinds & answers)
    unmeasured = category in MEASURED and ElementKind.QUANTITY not in kinds
    return (*asked, ElementKind.QUANTITY) if unmeasured else asked


def _apart(ranked: Iterable[Element], length: int) -> Iterable[Element]:
    """Yield the elements that share no character with an earlier one; a place may lose its end to a subject."""
    taken = bytearray(length)
    for element in ranked:
        end = taken.find(b"\1", element.start, element.end)
        if end >= 0 and (element.kind is not ElementKind.PLACE or end - element.start < SHORTEST_PLACE):
            continue
        kept = element if end < 0 else replace(element, end=end)
        taken[kept.start : kept.end] = b"\1" * (kept.end - kept.start)
        yield kept
