"""The sheets of a result's workbook: their columns and rows, as values that a process can hand to another."""

import functools
import operator
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tipclass import messages
from tipclass.records import Entry, Route
from tipclass.result_columns import Batch, header
from tipclass.workbook import LONGEST_CELL, MOST_LINES, Value, column_width, fitting, height

OUR_WIDTHS = {
    messages.COLUMN_NUMBER: 18,
    messages.COLUMN_ITEM: 8,
    messages.COLUMN_SPAN: 12,
    messages.COLUMN_PART: 60,
    messages.COLUMN_CATEGORY: 16,
    messages.COLUMN_CERTAINTY: 8,
    messages.COLUMN_ROUTE: 11,
    messages.COLUMN_REASON: 40,
    messages.COLUMN_FURTHER: 16,
    messages.COLUMN_GRADE: 6,
    messages.COLUMN_LEAD: 18,
    messages.COLUMN_MISSING: 14,
    messages.COLUMN_REPEATS: 18,
    messages.COLUMN_HINTS: 36,
    messages.COLUMN_CORRECTION: 18,
    messages.COLUMN_FURTHER_CORRECTION: 18,
}
DETAIL_WIDTHS = {
    messages.COLUMN_LABELS: 36,
    messages.COLUMN_CANDIDATES: 44,
    messages.COLUMN_SECOND: 16,
    messages.COLUMN_EVIDENCE: 32,
    messages.COLUMN_EVIDENCE_WEIGHTS: 50,
    messages.COLUMN_MATTERS: 32,
    messages.COLUMN_NEAREST: 80,
    messages.COLUMN_ASSIST: 18,
    messages.COLUMN_NATURE: 12,
    messages.COLUMN_SIGNATURE: 8,
    messages.COLUMN_GRADE_REASON: 40,
    messages.COLUMN_ELEMENTS: 60,
    messages.COLUMN_BASIS: 60,
    messages.COLUMN_CRIMINAL: 36,
    messages.COLUMN_ROUTING: 40,
    messages.COLUMN_ADDS: 50,
    messages.COLUMN_SERIES: 50,
}

Pieces = list[tuple[str, bool]]


class SheetRow(NamedTuple):
    """A row of a worksheet: its height in lines, the route that colours it, its cells, and how many were cut.

    A cell is a number, a text, or a text in pieces, each with whether it is evidence.
    """

    lines: int
    route: Route
    cells: list[Value | Pieces]
    cut: int


class SheetColumn(NamedTuple):
    """A column of a worksheet: its name, its value, and its width in digits.

    `own` is the name we gave it, should the input bear that too; empty for a column of the input.
    """

    name: str
    value: Callable[[Entry], Value]
    width: int
    own: str = ""
    hidden: bool = False


Rows = tuple[SheetRow, ...]  # of an entry, one on each sheet


def sheet_rows(batch: Batch, *, full: bool = False) -> list[Rows]:
    """Return what a workbook says of each entry."""
    sheets = [each for each in (main_columns(batch, full=full), detail_columns(batch, full=full)) if each]
    return [tuple(_sheet_row(entry, columns) for columns in sheets) for entry in batch.entries]


def main_columns(batch: Batch, *, full: bool) -> list[SheetColumn]:
    """Return the columns of the first sheet."""
    layout = batch.layout
    place = batch.place() if layout.several_sources else []
    part = batch.part() if layout.taken_apart else []
    ours = part + batch.brief() + (batch.detail() if full else []) + batch.hidden()
    names = iter(header([name for name, _ in place], layout.inputs, [name for name, _ in ours]))
    hidden = {name for name, _ in batch.hidden()}
    return [
        *(SheetColumn(name := next(names), value, column_width([name])) for _, value in place),
        *(
            SheetColumn(next(names), functools.partial(_input, name), width)
            for name, width in zip(layout.inputs, layout.widths, strict=True)
        ),
        *(SheetColumn(next(names), value, _our_width(name), name, name in hidden) for name, value in ours),
    ]


def detail_columns(batch: Batch, *, full: bool) -> list[SheetColumn]:
    """Return the columns of the second sheet; none where all of them stand on the first."""
    if full:
        return []
    columns = batch.hidden() + batch.place() + batch.detail()
    widths = [18, 14, 18, 8, *(DETAIL_WIDTHS[name] for name, _ in batch.detail())]
    return [SheetColumn(name, value, width, name) for (name, value), width in zip(columns, widths, strict=True)]


def _input(name: str, entry: Entry) -> str:
    return entry.tip.fields.get(name, "")


def _sheet_row(entry: Entry, columns: Sequence[SheetColumn]) -> SheetRow:
    values = [column.value(entry) for column in columns]
    # Excel fits heights by itself when it opens a file, other programs do not.
    lines = max(height(value, column.width) for value, column in zip(values, columns, strict=True))
    fitted = [fitting(value) if isinstance(value, str) else value for value in values]
    cut = sum(map(operator.ne, values, fitted))
    return SheetRow(min(lines, MOST_LINES), entry.decision.route, [_cell(entry, value) for value in fitted], cut)


def _cell(entry: Entry, value: Value) -> Value | Pieces:
    coloured = value == entry.tip.text and entry.evidence and len(entry.tip.text) < LONGEST_CELL // 2
    pieces = _pieces(entry) if coloured else []
    return pieces if len(pieces) > 1 else value  # one alone is no text in pieces: XlsxWriter would leave the cell empty


def _pieces(entry: Entry) -> Pieces:
    """Return the text in pieces, with those that are evidence marked."""
    text, begin, done = entry.tip.text, entry.tip.part.start if entry.tip.part else 0, 0
    pieces: Pieces = []
    for each in sorted(entry.evidence, key=lambda each: each.start):
        start, end = max(done, each.start - begin), each.end - begin
        if start < end:
            pieces += ((text[done:start], False), (text[start:end], True))
            done = end
    return [piece for piece in (*pieces, (text[done:], False)) if piece[0]]


def _our_width(name: str) -> int:
    return next((width for ours, width in OUR_WIDTHS.items() if name.startswith(ours)), 32)
