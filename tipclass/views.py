"""Views: entries and rows as the desk's pages show them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Generic, TypeVar
from urllib.parse import urlencode

from tipclass import messages
from tipclass.explain import place
from tipclass.ledger import Row
from tipclass.linked import Linked
from tipclass.records import Entry, Evidence, Repeats
from tipclass.taxonomy import Taxonomy
from tipclass.told import (
    listed,
    missing_names,
    note_lines,
    text_of_adds,
    text_of_repeats,
    text_of_series,
    value_of,
)

FOR, AGAINST = "for", "against"
PAGE = 50  # rows

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text, and what they spoke for; empty for the rest."""

    text: str
    mark: str = ""


def pieces(text: str, spoke_for: Iterable[Evidence], spoke_against: Iterable[Evidence]) -> list[Piece]:
    """Cut a text where its coloured words begin and end; where two overlap, the first keeps its characters.

    >>> [each.text for each in pieces("河边有人电鱼", [Evidence("电鱼", 1.0, 4, 6)], [])]
    ['河边有人', '电鱼']
    """
    marked = [*((each, FOR) for each in spoke_for), *((each, AGAINST) for each in spoke_against)]
    found, done = [], 0
    for each, mark in sorted(marked, key=lambda pair: pair[0].start):
        start = max(done, each.start)
        if start < each.end:
            found += [Piece(text[done:start]), Piece(text[start : each.end], mark)]
            done = each.end
    return [piece for piece in (*found, Piece(text[done:])) if piece.text]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a page shows it: every value in words."""

    category: str
    further: Sequence[str]
    certainty: float
    route: str
    route_name: str
    reason: str
    grade: str
    pieces: Sequence[Piece]
    candidates: Sequence[tuple[str, str, float]]
    matters: Sequence[tuple[str, str, float]]
    notes: Sequence[tuple[str, Sequence[str]]]
    elements: Sequence[tuple[str, str, str]]
    missing: Sequence[str]
    nearest: Sequence[tuple[str, float, str]]


def shown(entry: Entry, against: Sequence[Evidence], taxonomy: Taxonomy) -> Shown:
    """Return an entry as a page shows it."""
    decision, notes, name = entry.decision, entry.notes, taxonomy.name
    labels = decision.labels if decision.readable else ()
    return Shown(
        category=name(labels[0].code) if labels else messages.SUMMARY_UNREADABLE,
        further=[name(each.code) for each in labels[1:]],
        certainty=decision.certainty,
        route=decision.route.value,
        route_name=messages.ROUTES[decision.route],
        reason=entry.reason,
        grade=notes.grade.level if notes and notes.grade else "",
        pieces=pieces(entry.tip.text, entry.evidence, against),
        candidates=[(each.code, name(each.code), each.score) for each in decision.candidates],
        matters=[(place(each), name(each.code), each.certainty) for each in entry.matters],
        notes=list(note_lines(notes)) if notes else [],
        elements=[(messages.ELEMENTS[each.kind], each.text, value_of(each)) for each in notes.elements]
        if notes
        else [],
        missing=list(missing_names(notes)) if notes else [],
        nearest=[(listed(map(name, each.labels)), each.likeness, each.text) for each in entry.nearest],
    )


def as_text(entry: Entry, taxonomy: Taxonomy) -> str:
    """Return an entry as text to be copied: its text, then what was found out, a line each."""
    view = shown(entry, (), taxonomy)
    lines = [
        (messages.COLUMN_CATEGORY, listed((view.category, *view.further))),
        (messages.COLUMN_CERTAINTY, f"{view.certainty:.0%}"),
        (messages.COLUMN_ROUTE, view.route_name),
        (messages.COLUMN_REASON, view.reason),
        *((name, "；".join(told)) for name, told in view.notes),
    ]
    return "\n".join(
        [entry.tip.text, "", *(messages.EXPLAIN_NOTE.format(name=name, told=told) for name, told in lines)]
    )


@dataclass(frozen=True, slots=True)
class Ties:
    """What links a tip, in words: its group with the number of the first tip, what it adds, and its series."""

    repeats: str
    first: str
    adds: str
    series: Sequence[str]


def ties(linked: Linked) -> Ties:
    """Return what links a tip in words."""
    repeats: Repeats | None = linked.repeats
    return Ties(
        text_of_repeats(repeats),
        repeats.first if repeats else "",
        text_of_adds(repeats),
        [text_of_series(each) for each in linked.series],
    )


# --- tables --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paged(Generic[Item]):
    """One page of a table: its items, which page of how many it is, and how many items there are in all."""

    items: Sequence[Item]
    page: int
    pages: int
    total: int


def nearest_page(page: int, total: int) -> tuple[int, int]:
    """Return the number of the page of so many rows that is nearest to the one asked for, and how many there are."""
    pages = max(1, ceil(total / PAGE))
    return min(max(1, page), pages), pages


def page_of(items: Sequence[Item], page: int) -> Paged[Item]:
    """Return a page of some items; one that is not there is the nearest."""
    page, pages = nearest_page(page, len(items))
    return Paged(items[(page - 1) * PAGE : page * PAGE], page, pages, len(items))


def whole_number(word: str, default: int) -> int:
    """Return the number a word names, else the default."""
    return int(word) if word.isdecimal() and len(word) < 10 else default


def address(path: str, asked: Mapping[str, str], **changed: object) -> str:
    """Return the address of a page with what it is asked, some of it changed; what is empty is left out."""
    words = {name: str(word) for name, word in {**asked, **changed}.items() if word not in ("", None)}
    return f"{path}?{urlencode(words)}" if words else path


# --- the ledger ----------------------------------------------------------------------------------

ROW_TESTS: Mapping[str, Callable[[Row, date], bool]] = {
    "pending": lambda row, today: row.is_pending,
    "overdue": lambda row, today: row.is_overdue(today),
    "repeats": lambda row, today: row.is_repeat,
    "corrected": lambda row, today: row.corrected,
}
ROW_ORDERS: Mapping[str, Callable[[Row], object]] = {
    "number": lambda row: row.number,
    "received": lambda row: row.received,
    "due": lambda row: (row.due is None, row.due or date.max),
    "grade": lambda row: (not row.grade, row.grade),
    "category": lambda row: row.labels,
    "certainty": lambda row: row.certainty,
    "status": lambda row: row.status.value,
}
ROW_WORDS: Mapping[str, Callable[[Row], str]] = {
    "status": lambda row: row.status.value,
    "category": lambda row: row.labels[0] if row.labels else "",
    "lead": lambda row: row.lead,
    "grade": lambda row: row.grade,
    "channel": lambda row: row.channel,
}


def chosen_rows(rows: Sequence[Row], asked: Mapping[str, str], today: date) -> list[Row]:
    """Return the rows a person asked for: by words, by test, by search; overdue ones first unless sorted otherwise."""
    words = {name: word for name, word in asked.items() if name in ROW_WORDS and word}
    test, sought = ROW_TESTS.get(asked.get("test", "")), asked.get("search", "").strip()
    numbers = frozenset(filter(None, asked.get("numbers", "").split(",")))
    found = [
        row
        for row in rows
        if all(ROW_WORDS[name](row) == word for name, word in words.items())
        and (test is None or test(row, today))
        and (not sought or _holds(row, sought))
        and (not numbers or row.number in numbers)
    ]
    order, backwards = asked.get("sort", "").removeprefix("-"), asked.get("sort", "").startswith("-")
    if order in ROW_ORDERS:
        return sorted(found, key=ROW_ORDERS[order], reverse=backwards)  # type: ignore[arg-type]
    newest = sorted(found, key=lambda row: (row.received, row.number), reverse=True)
    return sorted(newest, key=lambda row: (not row.is_overdue(today), row.due if row.is_overdue(today) else date.max))


def _holds(row: Row, sought: str) -> bool:
    words = (row.number, row.text, row.place, row.subject, row.lead, row.id)
    return any(sought in word for word in words)
