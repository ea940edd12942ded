"""Told: what was found out of a tip, and what links it, as names and words for staff to read."""

from collections.abc import Iterable, Iterator

from tipclass import messages
from tipclass.records import Departments, Element, ElementKind, Notes, Repeats, Series
from tipclass.routing import text_of_basis
from tipclass.transfer import text_of_hint

SEPARATOR = "、"  # of the words of a list in a cell
MOST_IDS = 8  # of a series that are named beside each of its tips

Lines = Iterator[tuple[str, list[str]]]  # a name, and what is told under it


def note_lines(notes: Notes) -> Lines:
    """Yield nature, grade, departments with their basis, transfer hints and what is missing; nothing empty."""
    departments, grade = notes.departments, notes.grade
    every = (
        (messages.COLUMN_NATURE, [messages.NATURES[each] for each in notes.natures]),
        (messages.COLUMN_SIGNATURE, [messages.SIGNATURES[notes.signature]]),
        (messages.COLUMN_GRADE, [f"{grade.level}：{'；'.join(grade.reasons)}"] if grade else []),
        (messages.COLUMN_LEAD, [departments.lead]),
        (messages.COLUMN_ASSIST, departments.assist),
        (messages.COLUMN_ROUTING, routing_lines(departments)),
        (messages.COLUMN_BASIS, map(text_of_basis, departments.basis)),
        (messages.COLUMN_CRIMINAL, map(text_of_basis, departments.criminal)),
        (messages.COLUMN_HINTS, map(text_of_hint, notes.hints)),
        (messages.COLUMN_MISSING, missing_names(notes)),
    )
    for name, found in every:
        if told := list(filter(None, found)):
            yield name, told


def value_of(element: Element) -> str:
    """Return a quantity as a number with its unit, a day as a date, and what a check digit says."""
    if element.value is not None:
        return f"{element.value:g} {element.unit}"
    return messages.CHECK_DIGITS.get(element.note, element.note)


def text_of_element(element: Element) -> str:
    """Return an element as staff read it: its wording, a quantity with its number and unit."""
    if element.value is None:
        return element.text
    return messages.ELEMENT_VALUE.format(text=element.text, value=element.value, unit=element.unit)


def element_lines(notes: Notes) -> Iterator[str]:
    """Yield a line a kind of elements that were found, a quantity with its number and unit."""
    kinds = {kind: [each for each in notes.elements if each.kind is kind] for kind in ElementKind}
    for kind, found in kinds.items():
        if found:
            told = listed(dict.fromkeys(map(text_of_element, found)))
            yield messages.ELEMENT_LINE.format(kind=messages.ELEMENTS[kind], found=told)


def text_of_repeats(repeats: Repeats | None) -> str:
    """Return as staff read it how often a matter was told: the id of the first tip and their count."""
    return messages.REPEATS.format(first=repeats.first, size=repeats.size) if repeats else ""


def text_of_adds(repeats: Repeats | None) -> str:
    """Return what a tip adds to its group, as staff read it."""
    return "；".join(messages.ADDS.format(text=each.text) for each in repeats.adds) if repeats else ""


def text_of_series(series: Series, most: int | None = MOST_IDS) -> str:
    """Return a tie and the tips it ties, as staff read it; at most so many of them by their ids."""
    shown, rest = series.ids[:most], len(series.ids) - (most or len(series.ids))
    ids = listed(shown) + (messages.MORE_IDS.format(count=len(series.ids)) if rest > 0 else "")
    return messages.SERIES.format(kind=messages.TIES[series.kind], wording=series.wording, ids=ids)


def lines(sentences: Iterable[str]) -> str:
    """Return sentences as the lines of a cell."""
    return "\n".join(sentences)


def listed(words: Iterable[str]) -> str:
    """Return words as the list in a cell."""
    return SEPARATOR.join(words)


def missing_names(notes: Notes) -> Iterator[str]:
    """Return what the desk should ask for, as staff read it."""
    return (messages.ELEMENTS[kind] for kind in notes.missing)


def routing_lines(departments: Departments) -> Iterator[str]:
    """Yield what moved a tip to its departments, and which local settings would have named one."""
    yield from departments.reasons
    yield from (messages.UNANSWERED.format(name=name) for name in departments.unanswered)
