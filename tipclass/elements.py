"""Elements: what an intake desk notes down of a tip, read off its raw text by rules."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from tipclass import acts, identifiers, moments, parties, places, quantities
from tipclass.borders import Borders
from tipclass.folding import fold
from tipclass.records import Element, ElementKind

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
SHORTEST_PLACE = 3  # characters of a place that are worth keeping where the name of a firm takes its end


def extract(text: str, day: date | None = None) -> tuple[Element, ...]:
    """Return the elements of a raw text in order of place; no two overlap.

    Where two finds share a character the earlier of these kinds holds: identifiers, subjects (a county that opens a
    firm's name is part of it), times, places, quantities, acts. `day` is the tip's own date.

    >>> [(element.kind.value, element.text) for element in extract("昨晚有人在沙河大桥下电鱼，１３８００１３８０００")]
    [('time', '昨晚'), ('place', '沙河大桥下'), ('act', '电鱼'), ('phone', '１３８００１３８０００')]
    """
    folded = fold(text)
    numbers, times = tuple(identifiers.find(folded)), tuple(moments.find(folded, day))
    borders = Borders(folded, ((element.start, element.end) for element in (*numbers, *times)))
    where = tuple(places.find(folded, borders))
    who = parties.find(folded, borders, [(element.start, element.end) for element in where])
    found = _apart((*numbers, *who, *times, *where, *quantities.find(folded), *acts.find(folded)), len(text))
    raw = (replace(element, text=text[element.start : element.end]) for element in found)
    return tuple(sorted(raw, key=lambda element: element.start))


def missing(found: Collection[Element], category: str = "") -> tuple[ElementKind, ...]:
    """Return what the desk should ask the reporter for, in the order of asking; quantity where the category has limits.

    >>> [kind.value for kind in missing(extract("昨晚有人在沙河大桥下电鱼"), "illegal_fishing")]
    ['subject', 'quantity']
    """
    kinds = {element.kind for element in found}
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
