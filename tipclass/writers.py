"""Writing results: workbook, csv and JSON Lines; whole or not at all, never over an input."""

import csv
import functools
import itertools
import json
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from tipclass import messages
from tipclass.drafts import private_folder
from tipclass.errors import OutputError
from tipclass.explain import place
from tipclass.fields import ALWAYS, FIELDS
from tipclass.formulas import disarmed, runs
from tipclass.printable import escaped
from tipclass.records import (
    Basis,
    Departments,
    Element,
    ElementKind,
    Entry,
    Notes,
    Passage,
    Repeats,
    Route,
    Scored,
    Series,
    Tip,
)
from tipclass.routing import text_of_basis
from tipclass.taxonomy import Taxonomy
from tipclass.transfer import text_of_hint

LONGEST_CELL = 32_767  # characters, Excel's limit
MOST_ROWS = 1_048_575  # below the header, Excel's limit
EVIDENCE_SEPARATOR = "、"
LINE_HEIGHT = 15  # points
LEGIBLE = 300  # digits side by side on one landscape page
MOST_IDS = 8  # of a series that are named beside each of its tips
SAMPLE = 50  # tips that the widths of input columns follow
MOST_LINES = 10  # beyond, a long letter would fill the screen

Value = str | float
Column = tuple[str, Callable[[Entry], Value]]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a result depend on: the inputs' columns, with their widths, and what some entry shows.

    `several_sources`: entries come from several inputs, which are named; `numbered`: the input shows the id of every
    entry already; `noted`: an office took notes; `linked`: some entry repeats another or is of a series; `taken_apart`:
    some are parts of a longer text, whose words stand in no other column with `bare`.
    """

    inputs: tuple[str, ...]
    widths: tuple[int, ...]
    several_sources: bool = False
    numbered: bool = False
    noted: bool = False
    linked: bool = False
    taken_apart: bool = False
    bare: bool = False


def layout_of(entries: Sequence[Entry]) -> Layout:
    """Return the layout that some entries ask for."""
    parts = [entry.tip for entry in entries if entry.tip.part]
    inputs = tuple(dict.fromkeys(name for entry in entries for name in entry.tip.fields))
    return Layout(
        inputs=inputs,
        widths=widths_of(inputs, (entry.tip for entry in entries)),
        several_sources=len({entry.tip.source for entry in entries}) > 1,
        numbered=all(entry.tip.id in entry.tip.fields.values() for entry in entries),
        noted=any(entry.notes for entry in entries),
        linked=any(entry.repeats or entry.series for entry in entries),
        taken_apart=bool(parts),
        bare=not all(tip.text in tip.fields.values() for tip in parts),
    )


@dataclass(frozen=True)
class Batch:
    """Entries on their way out, and what names and columns they need.

    `fields` are those asked for by name (see `fields`); none means all. `whole` is the layout of the result where
    these entries are only a part of it.
    """

    entries: Sequence[Entry]
    taxonomy: Taxonomy
    model_id: str
    fields: tuple[str, ...] = ()
    whole: Layout | None = None

    @functools.cached_property
    def layout(self) -> Layout:
        """What the columns depend on."""
        return self.whole or layout_of(self.entries)

    def input_values(self, entry: Entry) -> list[str]:
        """Return the input cells of an entry."""
        return [entry.tip.fields.get(name, "") for name in self.layout.inputs]

    def category(self, entry: Entry) -> str:
        """Return the name of the main category; empty where the text says nothing."""
        return self.taxonomy.name(entry.decision.main.code) if entry.decision.readable else ""

    def part(self) -> list[Column]:
        """Return which part of a longer text an entry is: its item, its place, and its words if they are not beside."""
        words: list[Column] = [(messages.COLUMN_PART, lambda entry: entry.tip.text if entry.tip.part else "")]
        return [
            (messages.COLUMN_ITEM, lambda entry: entry.tip.part.item if entry.tip.part else ""),
            (messages.COLUMN_SPAN, lambda entry: _span(entry.tip.part)),
            *(words if self.layout.bare else []),
        ]

    def brief(self) -> list[Column]:
        """Return what a clerk needs at a glance."""
        name = self.taxonomy.name
        numbers: list[Column] = [(messages.COLUMN_NUMBER, lambda entry: entry.tip.id)]
        return [
            *([] if self.layout.numbered else numbers),
            (messages.COLUMN_CATEGORY, self.category),
            (messages.COLUMN_FURTHER, lambda entry: ";".join(name(each.code) for each in entry.decision.labels[1:])),
            (messages.COLUMN_CERTAINTY, lambda entry: round(entry.decision.certainty, 4)),
            (messages.COLUMN_ROUTE, lambda entry: messages.ROUTES[entry.decision.route]),
            (messages.COLUMN_REASON, lambda entry: entry.reason),
            *(self.notes() if self.layout.noted else []),
            (messages.COLUMN_CORRECTION, lambda entry: ""),
            (messages.COLUMN_FURTHER_CORRECTION, lambda entry: ""),
        ]

    def links(self) -> list[Column]:
        """Return what an entry adds to its group, and what ties it to other matters."""
        return [
            (messages.COLUMN_ADDS, lambda entry: text_of_adds(entry.repeats)),
            (messages.COLUMN_SERIES, lambda entry: lines(map(text_of_series, entry.series))),
        ]

    def notes(self) -> list[Column]:
        """Return what a desk needs besides the category, at a glance."""
        return [
            (messages.COLUMN_GRADE, lambda entry: entry.notes.grade.level if entry.notes and entry.notes.grade else ""),
            (messages.COLUMN_LEAD, lambda entry: entry.notes.departments.lead if entry.notes else ""),
            (messages.COLUMN_MISSING, lambda entry: listed(missing_names(entry.notes)) if entry.notes else ""),
            (messages.COLUMN_REPEATS, lambda entry: text_of_repeats(entry.repeats)),
            (messages.COLUMN_HINTS, lambda entry: lines(map(text_of_hint, entry.notes.hints)) if entry.notes else ""),
        ]

    def note_details(self) -> list[Column]:
        """Return the rest of the notes."""
        columns: list[tuple[str, Callable[[Notes], str]]] = [
            (messages.COLUMN_ASSIST, lambda notes: listed(notes.departments.assist)),
            (messages.COLUMN_NATURE, lambda notes: listed(messages.NATURES[each] for each in notes.natures)),
            (messages.COLUMN_SIGNATURE, lambda notes: messages.SIGNATURES[notes.signature]),
            (messages.COLUMN_GRADE_REASON, lambda notes: "；".join(notes.grade.reasons) if notes.grade else ""),
            (messages.COLUMN_ELEMENTS, _elements),
            (messages.COLUMN_BASIS, lambda notes: lines(map(text_of_basis, notes.departments.basis))),
            (messages.COLUMN_CRIMINAL, lambda notes: lines(map(text_of_basis, notes.departments.criminal))),
            (messages.COLUMN_ROUTING, lambda notes: lines(_routing(notes.departments))),
        ]

        def column(name: str, value: Callable[[Notes], str]) -> Column:
            return name, lambda entry: value(entry.notes) if entry.notes else ""

        return [column(name, value) for name, value in columns]

    def chosen(self) -> list[Column]:
        """Return the columns of the fields that were asked for."""
        wanted = {FIELDS[name].column for name in self.fields}
        return [column for column in (*self.brief(), *self.detail()) if column[0] in wanted]

    def hidden(self) -> list[Column]:
        """Return what `corpus learn` will find an entry by."""
        return [(messages.COLUMN_ID, lambda entry: entry.tip.id), (messages.COLUMN_MODEL, lambda entry: self.model_id)]

    def detail(self) -> list[Column]:
        """Return what is worth keeping beside."""
        return [
            (messages.COLUMN_LABELS, lambda entry: self._scored(entry.decision.labels)),
            (messages.COLUMN_CANDIDATES, lambda entry: self._scored(entry.decision.candidates)),
            (messages.COLUMN_SECOND, self._second),
            (messages.COLUMN_EVIDENCE, lambda entry: listed(each.term for each in entry.evidence)),
            (
                messages.COLUMN_EVIDENCE_WEIGHTS,
                lambda entry: EVIDENCE_SEPARATOR.join(f"{e.term} {e.weight:.2f}" for e in entry.evidence),
            ),
            (messages.COLUMN_MATTERS, self._matters),
            (messages.COLUMN_NEAREST, self._nearest),
            *(self.note_details() if self.layout.noted else []),
            *(self.links() if self.layout.linked else []),
        ]

    def place(self) -> list[Column]:
        """Return where an entry came from."""
        return [
            (messages.COLUMN_SOURCE, lambda entry: entry.tip.source),
            (messages.COLUMN_ROW, lambda entry: str(entry.tip.row or "")),
        ]

    def _second(self, entry: Entry) -> str:
        return self.taxonomy.name(entry.decision.runner_up.code) if entry.decision.readable else ""

    def _matters(self, entry: Entry) -> str:
        """Name the matters of a long text, each with its place."""
        lines = (
            messages.MATTER.format(place=place(each), name=self.taxonomy.name(each.code), certainty=each.certainty)
            for each in entry.matters
        )
        return "\n".join(lines)

    def _nearest(self, entry: Entry) -> str:
        lines = (
            messages.NEAR.format(
                id=each.id,
                names="、".join(map(self.taxonomy.name, each.labels)),
                likeness=each.likeness,
                text=each.text,
            )
            for each in entry.nearest
        )
        return "\n".join(lines)

    def _scored(self, labels: Iterable[Scored]) -> str:
        return EVIDENCE_SEPARATOR.join(f"{self.taxonomy.name(each.code)} {each.score:.2f}" for each in labels)


def text_of_repeats(repeats: Repeats | None) -> str:
    """Return as staff read it how often a matter was told: the id of the first tip and their count."""
    return messages.REPEATS.format(first=repeats.first, size=repeats.size) if repeats else ""


def lines(sentences: Iterable[str]) -> str:
    """Return sentences as the lines of a cell."""
    return "\n".join(sentences)


def listed(words: Iterable[str]) -> str:
    """Return words as the list in a cell."""
    return EVIDENCE_SEPARATOR.join(words)


def missing_names(notes: Notes) -> Iterator[str]:
    """Return what the desk should ask for, as staff read it."""
    return (messages.ELEMENTS[kind] for kind in notes.missing)


def _routing(departments: Departments) -> Iterator[str]:
    """Yield what moved a tip to its departments, and which local settings would have named one."""
    yield from departments.reasons
    yield from (messages.UNANSWERED.format(name=name) for name in departments.unanswered)


def _elements(notes: Notes) -> str:
    """Name the elements by kind, a quantity with its number and unit."""
    kinds = {kind: [each for each in notes.elements if each.kind is kind] for kind in ElementKind}
    return lines(
        messages.ELEMENT_LINE.format(
            kind=messages.ELEMENTS[kind], found=listed(dict.fromkeys(map(text_of_element, found)))
        )
        for kind, found in kinds.items()
        if found
    )


def text_of_element(element: Element) -> str:
    """Return an element as staff read it: its wording, a quantity with its number and unit."""
    if element.value is None:
        return element.text
    return messages.ELEMENT_VALUE.format(text=element.text, value=element.value, unit=element.unit)


def text_of_adds(repeats: Repeats | None) -> str:
    """Return what a tip adds to its group, as staff read it."""
    return "；".join(messages.ADDS.format(text=each.text) for each in repeats.adds) if repeats else ""


def text_of_series(series: Series, most: int | None = MOST_IDS) -> str:
    """Return a tie and the tips it ties, as staff read it; at most so many of them by their ids."""
    shown, rest = series.ids[:most], len(series.ids) - (most or len(series.ids))
    ids = listed(shown) + (messages.MORE_IDS.format(count=len(series.ids)) if rest > 0 else "")
    return messages.SERIES.format(kind=messages.TIES[series.kind], wording=series.wording, ids=ids)


def _span(part: Passage | None) -> str:
    return messages.SPAN.format(start=part.start + 1, end=part.end) if part else ""


def write_jsonl(path: Path, batch: Batch) -> list[str]:
    """Write one JSON object a line."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
        write_json_lines(stream, batch)
    return []


def write_json_lines(stream: IO[str], batch: Batch) -> None:
    """Write one JSON object a line to an open stream."""
    for entry in batch.entries:
        record = as_record(entry, batch.taxonomy)
        if batch.fields:
            record = {name: record[name] for name in (*ALWAYS, *batch.fields) if name in record}
        stream.write(escaped(json.dumps(record, ensure_ascii=False)) + "\n")


def as_record(entry: Entry, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return an entry as the object of one JSON line; the keys are stable."""
    decision, tip = entry.decision, entry.tip

    def scored(labels: Iterable[Scored]) -> list[dict[str, Any]]:
        return [{"code": each.code, "name": taxonomy.name(each.code), "score": round(each.score, 6)} for each in labels]

    return {
        "id": tip.id,
        "source": tip.source,
        "row": tip.row,
        "input": dict(tip.fields),
        "category": decision.main.code,
        "category_name": taxonomy.name(decision.main.code),
        "score": round(decision.certainty, 6),
        "labels": scored(decision.labels),
        "candidates": scored(decision.candidates),
        "route": decision.route.value,
        "reason": entry.reason,
        "evidence": [{"term": e.term, "weight": e.weight, "start": e.start, "end": e.end} for e in entry.evidence],
        "nearest": [{"id": each.id, "score": each.likeness} for each in entry.nearest],
        **(_notes_record(entry.notes) if entry.notes else {}),
        **links_record(entry.repeats, entry.series),
        "passages": [
            {
                "start": each.passage.start,
                "end": each.passage.end,
                "item": each.passage.item,
                "category": each.code,
                "category_name": taxonomy.name(each.code),
                "score": round(each.certainty, 6),
            }
            for each in entry.matters
        ],
    } | ({"part": {"start": tip.part.start, "end": tip.part.end, "item": tip.part.item}} if tip.part else {})


def links_record(repeats: Repeats | None, series: Sequence[Series]) -> dict[str, Any]:
    """Return what links a tip as the keys of a JSON line; `group` is the id of the first that told it."""
    adds = repeats.adds if repeats else ()
    return {
        "group": repeats.first if repeats else "",
        "group_size": repeats.size if repeats else 1,
        "group_adds": [{"text": each.text, "start": each.start, "end": each.end} for each in adds],
        "series": [{"kind": each.kind.value, "wording": each.wording, "ids": list(each.ids)} for each in series],
    }


def _notes_record(notes: Notes) -> dict[str, Any]:
    grade, departments = notes.grade, notes.departments

    def bases(found: Iterable[Basis]) -> list[dict[str, Any]]:
        return [{"text": each.text, "source": each.source, "checked": each.checked} for each in found]

    return {
        "nature": [each.value for each in notes.natures],
        "real_name": notes.signature.value,
        "grade": grade.level if grade else "",
        "grade_reason": list(grade.reasons) if grade else [],
        "departments": {
            "lead": departments.lead,
            "assist": list(departments.assist),
            "basis": bases(departments.basis),
            "criminal": bases(departments.criminal),
            "reasons": list(departments.reasons),
            "unanswered": list(departments.unanswered),
        },
        "transfer_hints": [
            {
                "name": each.name,
                "provision": each.provision,
                "checked": each.checked,
                "met": [{"text": met.text, "start": met.start, "end": met.end} for met in each.met],
            }
            for each in notes.hints
        ],
        "elements": [
            {"kind": each.kind.value, "text": each.text, "start": each.start, "end": each.end}
            | {key: value for key, value in (("value", each.value), ("unit", each.unit), ("note", each.note)) if value}
            for each in notes.elements
        ],
        "missing": [kind.value for kind in notes.missing],
    }


def write_csv(path: Path, batch: Batch, *, full: bool = True) -> list[str]:
    """Write a csv with a byte order mark, without which Excel takes it for GBK."""
    with replacing(path) as whole, whole.open("w", encoding="utf-8-sig", newline="") as stream:
        write_csv_header(stream, batch, full=full)
        write_csv_rows(stream, batch, full=full)
    return []


def write_csv_header(stream: IO[str], batch: Batch, *, full: bool = True) -> None:
    """Write the names of the columns to an open stream."""
    place, ours = ([name for name, _ in columns] for columns in csv_columns(batch, full=full))
    csv.writer(stream).writerow(map(disarmed, header(place, batch.layout.inputs, ours)))


def write_csv_rows(stream: IO[str], batch: Batch, *, full: bool = True) -> None:
    """Write a row an entry to an open stream."""
    place, ours = ([value for _, value in columns] for columns in csv_columns(batch, full=full))
    rows = (
        (*(value(entry) for value in place), *batch.input_values(entry), *(value(entry) for value in ours))
        for entry in batch.entries
    )
    csv.writer(stream).writerows(map(_csv_cell, row) for row in rows)


def _csv_cell(value: Value) -> Value:
    return disarmed(value) if isinstance(value, str) else value


def csv_columns(batch: Batch, *, full: bool) -> tuple[list[Column], list[Column]]:
    """Return the columns before and behind those of the input."""
    place = batch.place() if batch.layout.several_sources else []
    part = batch.part() if batch.layout.taken_apart else []
    if batch.fields:
        return place, part + batch.chosen()
    return place, part + batch.brief() + batch.hidden() + (batch.detail() if full else [])


def header(place: Sequence[str], inputs: Sequence[str], ours: Sequence[str]) -> list[str]:
    """Return all column names; one of ours that the input bears already gets a mark, the input's stay as they are."""
    taken = set(inputs)
    return [*_free(place, taken), *inputs, *_free(ours, taken)]


def _free(names: Sequence[str], taken: set[str]) -> Iterator[str]:
    for name in names:
        tries = (name, messages.OURS.format(name=name))
        more = (messages.OURS_AGAIN.format(name=name, number=number) for number in range(2, len(taken) + 3))
        free = next(each for each in (*tries, *more) if each not in taken)
        taken.add(free)
        yield free


def write_xlsx(path: Path, batch: Batch, *, full: bool = False) -> list[str]:
    """Write a workbook for staff: the results, the details on a second sheet (or beside them with `full`).

    Returns notes on cells that had to be cut.
    """
    with replacing(path) as part, new_workbook(part) as raw:
        book = Workbook(raw, batch, full=full)
        book.add(sheet_rows(batch, full=full))
        return book.finish()


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """Give a workbook of XlsxWriter in which texts stay texts; it is written once it is whole.

    What it is made of meanwhile lies beside it, in the private folder of what is not finished yet.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    texts_stay_texts = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
    options = {"constant_memory": True, "tmpdir": str(path.parent), **texts_stay_texts}
    book = xlsxwriter.Workbook(str(path), options)
    yield book
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(*error.args) from error


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
    sheets = [each for each in (result_columns(batch, full=full), detail_columns(batch, full=full)) if each]
    return [tuple(_sheet_row(entry, columns) for columns in sheets) for entry in batch.entries]


def result_columns(batch: Batch, *, full: bool) -> list[SheetColumn]:
    """Return the columns of the first sheet."""
    layout = batch.layout
    place = batch.place() if layout.several_sources else []
    part = batch.part() if layout.taken_apart else []
    ours = part + batch.brief() + (batch.detail() if full else []) + batch.hidden()
    names = iter(header([name for name, _ in place], layout.inputs, [name for name, _ in ours]))
    hidden = {name for name, _ in batch.hidden()}
    return [
        *(SheetColumn(name := next(names), value, _width([name])) for _, value in place),
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


class Workbook:
    """The layout of the workbook; rows are written as they come."""

    def __init__(self, book: Any, batch: Batch, *, full: bool) -> None:
        self.book = book
        self.taxonomy = batch.taxonomy
        self.rows = self.cut = 0
        head = {"bold": True, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        self.formats = {
            "input_head": self.book.add_format({**head, "bg_color": "#F2F2F2"}),
            "our_head": self.book.add_format({**head, "bg_color": "#DDEBF7"}),
        }
        for route, colour in ((Route.ACCEPT, None), (Route.REVIEW, "#FFF2CC"), (Route.SET_ASIDE, "#EDEDED")):
            look = {"valign": "top", "text_wrap": True} | ({"bg_color": colour} if colour else {})
            self.formats[route] = self.book.add_format(look)
            self.formats[f"{route}_quoted"] = self.book.add_format({**look, "quote_prefix": True})
            self.formats[f"{route}_share"] = self.book.add_format({**look, "num_format": "0%"})
        self.formats["evidence"] = self.book.add_format({"bold": True, "font_color": "#C00000"})
        self.columns = result_columns(batch, full=full)
        narrow = sum(column.width for column in self.columns) <= LEGIBLE
        self.sheets = [self._sheet(messages.SHEET_RESULT, self.columns, narrow=narrow)]
        if details := detail_columns(batch, full=full):
            self.sheets.append(self._sheet(messages.SHEET_DETAIL, details, narrow=True))

    def _sheet(self, name: str, columns: Sequence[SheetColumn], *, narrow: bool) -> Any:
        sheet = self.book.add_worksheet(name)
        self._prepare(sheet, narrow=narrow)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
            sheet.write_string(0, at, column.name, self.formats["our_head" if column.own else "input_head"])
        return sheet

    def add(self, rows: Iterable[Rows]) -> None:
        """Write the rows of some entries."""
        for of_entry in rows:
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise OutputError(messages.OUTPUT_TOO_MANY_ROWS.format(count=self.rows, limit=MOST_ROWS))
            for sheet, row in zip(self.sheets, of_entry, strict=True):
                self._write(sheet, row)

    def finish(self) -> list[str]:
        """Write what stands beside the rows; return notes on cells that had to be cut."""
        result, last = self.sheets[0], max(1, self.rows)
        result.autofilter(0, 0, last, len(self.columns) - 1)
        names = [column.own for column in self.columns]
        for name, rule in ((messages.COLUMN_CORRECTION, self._choices()), (messages.COLUMN_FURTHER_CORRECTION, FREE)):
            at = names.index(name)
            result.data_validation(1, at, last, at, rule)
        self._names()
        return [messages.CELLS_CUT.format(count=self.cut)] if self.cut else []

    def _names(self) -> None:
        """Write the names to choose from on a hidden sheet: an inline list may hold 255 characters only."""
        sheet = self.book.add_worksheet(messages.SHEET_NAMES)
        for row, category in enumerate(self.taxonomy.category):
            sheet.write_string(row, 0, category.name)
        sheet.hide()

    def _choices(self) -> Mapping[str, Any]:
        return {
            "validate": "list",
            "source": f"='{messages.SHEET_NAMES}'!$A$1:$A${len(self.taxonomy.category)}",
            "input_title": messages.CORRECTION_TITLE,
            "input_message": messages.CORRECTION_HINT,
            "error_message": messages.CORRECTION_ERROR,
        }

    def _prepare(self, sheet: Any, *, narrow: bool) -> None:
        """Let a sheet print with its header on every page, and as wide as the paper where that stays legible."""
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        if narrow:
            sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, sheet: Any, row: SheetRow) -> None:
        self.cut += row.cut
        sheet.set_row(self.rows, LINE_HEIGHT * row.lines)
        for at, value in enumerate(row.cells):
            if isinstance(value, float):
                sheet.write_number(self.rows, at, value, self.formats[f"{row.route}_share"])
            elif isinstance(value, list):
                begin = value[0][0]
                sheet.write_rich_string(self.rows, at, *self._coloured(value), self._look(row.route, begin))
            elif value:
                sheet.write_string(self.rows, at, value, self._look(row.route, value))
            else:
                sheet.write_blank(self.rows, at, None, self.formats[row.route])

    def _look(self, route: Route, text: str) -> Any:
        return self.formats[f"{route}_quoted" if runs(text) else route]

    def _coloured(self, pieces: Pieces) -> Iterator[Any]:
        """Yield pieces, those that are evidence with their format before them."""
        for text, is_evidence in pieces:
            yield from (self.formats["evidence"], text) if is_evidence else (text,)


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


# Free text with a hint: a drop-down gives one name only.
FREE = {
    "validate": "any",
    "input_title": messages.COLUMN_FURTHER_CORRECTION,
    "input_message": messages.FURTHER_CORRECTION_HINT,
}


def fitting(text: str) -> str:
    """Return a text as far as a cell holds it, with a note where it was cut."""
    if len(text) <= LONGEST_CELL // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    room = LONGEST_CELL - len(messages.CELL_CUT)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + messages.CELL_CUT


def height(value: Value, width: int) -> int:
    """Estimate the lines a cell takes when wrapped to a width."""
    if isinstance(value, float) or not value:
        return 1
    return sum(1 + _display_width(line) // max(1, width - 5) for line in value[:2000].split("\n"))


def _display_width(text: str) -> int:
    """Estimate the width in digits: a Han character, of three bytes in UTF-8, is two wide, a Latin one is one."""
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) // 2


def _our_width(name: str) -> int:
    return next((width for ours, width in OUR_WIDTHS.items() if name.startswith(ours)), 32)


def _width(texts: Iterable[str]) -> int:
    """Return a column width in digits that follows some texts; a Han character is two wide."""
    return min(60, max(8, max(map(_display_width, texts)) + 2))


def widths_of(columns: Sequence[str], tips: Iterable[Tip]) -> tuple[int, ...]:
    """Return the widths of input columns, by the first tips."""
    first = list(itertools.islice(tips, SAMPLE))
    return tuple(_width([name, *(tip.fields.get(name, "") for tip in first)]) for name in columns)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a private file beside the target and put it in the target's place once it is whole."""
    check_target(path)
    with refusals(path), private_folder(path.parent) as folder:
        part = folder / "part"
        part.touch(mode=0o600)
        yield part
        part.replace(path)


def check_target(path: Path) -> None:
    """Raise OutputError where nothing can be written, whatever it is."""
    if not path.parent.is_dir():
        raise OutputError(messages.OUTPUT_NO_FOLDER.format(path=path.parent))
    if path.exists() and not path.is_file():
        raise OutputError(messages.OUTPUT_NOT_A_FILE.format(path=path))


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Say in a sentence why the system does not let a target be written."""
    try:
        yield
    except PermissionError:
        raise OutputError(messages.OUTPUT_DENIED.format(path=path)) from None
    except OSError as error:
        raise OutputError(messages.OUTPUT_FAILED.format(path=path, cause=error.strerror or error)) from None


def refuse_inputs(path: Path, inputs: Iterable[Path]) -> None:
    """Raise OutputError when the output is one of the inputs, or a file that already lies in an input folder."""
    if not path.exists():
        return
    for each in inputs:
        if each.exists() and path.samefile(each):
            raise OutputError(messages.OUTPUT_IS_INPUT.format(path=path))
        if each.is_dir() and path.resolve().is_relative_to(each.resolve()):
            raise OutputError(messages.OUTPUT_IN_INPUT.format(path=path))


def free_name(path: Path) -> Path:
    """Return the path, with a number where a file of that name exists: somebody may have corrected it already."""
    numbered = (path.with_name(f"{path.stem}({number}){path.suffix}") for number in itertools.count(2))
    return path if not path.exists() else next(each for each in numbered if not each.exists())
