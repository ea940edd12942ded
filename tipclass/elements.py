"""Elements: what an intake desk notes down of a tip, read off its raw text by rules."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

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
    return extract_all([text], [day])[0]


def extract_all(texts: Sequence[str], days: Sequence[date | None]) -> list[tuple[Element, ...]]:
    """Return the elements of each of several texts, as `extract` does; `days` are the tips' own dates.

    All texts are read by the rules of one kind before those of the next, which are too many for a processor to hold:
    taking turns text by text costs a third more.
    """
    folded = list(map(fold, texts))
    numbers = [tuple(identifiers.find(text)) for text in folded]
    times = [tuple(moments.find(text, day)) for text, day in zip(folded, days, strict=True)]
    borders = [
        Borders(text, spans((*taken, *moment))) for text, taken, moment in zip(folded, numbers, times, strict=True)
    ]
    where = [tuple(places.find(text, border)) for text, border in zip(folded, borders, strict=True)]
    who = parties.find_all(folded, borders, list(map(spans, where)))
    sizes = [tuple(quantities.find(text)) for text in folded]
    deeds = [tuple(acts.find(text)) for text in folded]
    ranked = map(chain, numbers, who, times, where, sizes, deeds)
    return [_told(text, found) for text, found in zip(texts, ranked, strict=True)]


def spans(found: Iterable[Element]) -> list[tuple[int, int]]:
    """Return where elements stand."""
    return [(element.start, element.end) for element in found]


def _told(text: str, ranked: Iterable[Element]) -> tuple[Element, ...]:
    """Return the elements that hold, in order of place and in the words of the raw text."""
    held = sorted(_apart(ranked, len(text)), key=lambda element: element.start)
    return tuple(_as_written(element, text[element.start : element.end]) for element in held)


def _as_written(element: Element, words: str) -> Element:
    return element if element.text == words else replace(element, text=words)


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
