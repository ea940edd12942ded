"""Told: what an office noted of a tip, as names and words for staff to read."""

from collections.abc import Iterator

from tipclass import messages
from tipclass.records import Departments, Element, Notes
from tipclass.routing import text_of_basis
from tipclass.transfer import text_of_hint

Lines = Iterator[tuple[str, list[str]]]  # a name, and what is told under it


def note_lines(notes: Notes) -> Lines:
    """Yield nature, grade, departments with their basis, transfer hints and what is missing; nothing empty."""
    departments, grade = notes.departments, notes.grade
    lines = (
        (messages.COLUMN_NATURE, [messages.NATURES[each] for each in notes.natures]),
        (messages.COLUMN_SIGNATURE, [messages.SIGNATURES[notes.signature]]),
        (messages.COLUMN_GRADE, [f"{grade.level}：{'；'.join(grade.reasons)}"] if grade else []),
        (messages.COLUMN_LEAD, [departments.lead]),
        (messages.COLUMN_ASSIST, departments.assist),
        (messages.COLUMN_ROUTING, [*departments.reasons, *_unanswered(departments)]),
        (messages.COLUMN_BASIS, map(text_of_basis, departments.basis)),
        (messages.COLUMN_CRIMINAL, map(text_of_basis, departments.criminal)),
        (messages.COLUMN_HINTS, map(text_of_hint, notes.hints)),
        (messages.COLUMN_MISSING, [messages.ELEMENTS[kind] for kind in notes.missing]),
    )
    for name, found in lines:
        if told := list(filter(None, found)):
            yield name, told


def _unanswered(departments: Departments) -> list[str]:
    return [messages.UNANSWERED.format(name=name) for name in departments.unanswered]


def value_of(element: Element) -> str:
    """Return a quantity as a number with its unit, a day as a date, and what a check digit says."""
    if element.value is not None:
        return f"{element.value:g} {element.unit}"
    return messages.CHECK_DIGITS.get(element.note, element.note)
