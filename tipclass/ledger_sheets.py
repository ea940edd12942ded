"""The sheets of a ledger's workbook, laid out to be worked in and printed."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tipclass import messages
from tipclass.choices import of_corrections
from tipclass.disguise import mask_each
from tipclass.envelope import mask_tips
from tipclass.errors import LedgerError
from tipclass.ledger import Ledger, Row
from tipclass.ledger_figures import write_figures
from tipclass.ledger_lines import HIDDEN, PRINTED, row_of
from tipclass.paper import TALLEST, Paper, Value
from tipclass.records import Route, Tip
from tipclass.taxonomy import Taxonomy
from tipclass.told import listed, text_of_repeats
from tipclass.workbook import new_workbook

YELLOW, GREY = "#FFF2CC", "#EDEDED"
OWN_WIDTH = 16
WIDTHS = {
    messages.COLUMN_NUMBER: 11,
    messages.COLUMN_RECEIVED: 11,
    messages.COLUMN_CHANNEL: 11,
    messages.COLUMN_TEXT: 56,
    messages.COLUMN_CATEGORY: 13,
    messages.COLUMN_GRADE: 6,
    messages.COLUMN_LEAD: 14,
    messages.COLUMN_REPEATS: 17,
    messages.COLUMN_DUE: 11,
    messages.COLUMN_STATUS: 8,
    messages.COLUMN_REMARK: 16,
    messages.COLUMN_ROUTE: 10,
    messages.COLUMN_CERTAINTY: 7,
    messages.COLUMN_REASON: 40,
    messages.COLUMN_HINTS: 26,
    messages.COLUMN_BASIS: 34,
    messages.COLUMN_ADDS: 24,
    messages.COLUMN_SERIES: 30,
    messages.COLUMN_STEPS: 30,
    messages.COLUMN_SOURCE: 18,
    messages.COLUMN_ID: 18,
    messages.COLUMN_TASK: 7,
}
LINK_WIDTHS = (10, 18, 6, 34, 11, 11, 13, 60)
MADE_COLUMN = 3  # of what is remembered: the names of the sheets that were written

Column = tuple[str, Callable[[Row], Value]]
Group = tuple[str, str, list[Row]]


@dataclass(frozen=True)
class Book:
    """A ledger on its way into a workbook; `today` tells what is overdue."""

    ledger: Ledger
    taxonomy: Taxonomy
    today: date
    title: str

    @property
    def rows(self) -> Sequence[Row]:
        """What the lines of the ledger say."""
        return self.ledger.rows

    def category(self, row: Row) -> str:
        """Return the name of the main category, empty where the text says nothing."""
        return self.taxonomy.name(row.labels[0]) if row.labels else ""

    def categories(self, row: Row) -> str:
        """Return the names of all categories."""
        return listed(map(self.taxonomy.name, row.labels))

    @cached_property
    def choices(self) -> dict[str, Mapping[str, Any]]:
        """What staff may fill in, by column."""
        statuses = {"validate": "list", "source": [*messages.STATUSES.values()], "error_message": messages.STATUS_ERROR}
        return {**of_corrections(self.taxonomy), messages.COLUMN_STATUS: statuses}


def write_sheets(path: Path, book: Book) -> None:
    """Write the workbook of a ledger; raises OSError when it cannot be written."""
    with new_workbook(path) as raw:
        paper = Paper(raw, book.title)
        _write_all(paper, book)
        _write_reviews(paper, book)
        for name, sent in sorted(_departments(book.rows).items()):
            _write_department(paper, book, name, sent)
        _write_links(paper, book)
        write_figures(paper, book.rows, book.taxonomy, book.today)
        _write_memory(paper, book)
        for each in book.ledger.sheets:
            _write_own(paper, each.name, each.rows)


def write_department_sheets(path: Path, book: Book) -> None:
    """Write what leaves the desk, and nothing else: a masked sheet a department.

    Raises LedgerError when no department is sent anything, OSError when the workbook cannot be written.
    """
    sent = _departments(book.rows)
    if not sent:
        raise LedgerError(messages.LEDGER_NONE_SENT)
    with new_workbook(path) as raw:
        paper = Paper(raw, book.title)
        for name, rows in sorted(sent.items()):
            _write_department(paper, book, name, rows)


def masked_ledger(ledger: Ledger, taxonomy: Taxonomy) -> Ledger:
    """Return a ledger whose cells name no informant; sheets the office added are left out."""
    cells = [{name: value for name, value in line.items() if isinstance(value, str)} for line in ledger.lines]
    raw = [
        Tip(line[messages.COLUMN_ID], line[messages.COLUMN_TEXT], line[messages.COLUMN_SOURCE], 0, line)
        for line in cells
    ]
    tips = mask_tips(raw)
    lines = tuple({**line, **tip.fields} for line, tip in zip(ledger.lines, tips, strict=True))
    rows = tuple(row_of(line, taxonomy, lambda _: None) for line in lines)
    return replace(ledger, lines=lines, rows=rows, sheets=())


def is_ours(sheet: str) -> bool:
    """Tell whether a sheet bears a name of those the program writes."""
    fixed = (messages.SHEET_LEDGER, messages.SHEET_REVIEWS, messages.SHEET_LINKS, messages.SHEET_FIGURES)
    hidden = (messages.SHEET_NAMES, messages.SHEET_MEMORY)
    return sheet in fixed + hidden or sheet.startswith(messages.SHEET_DEPARTMENT.format(name=""))


# --- the main sheet ------------------------------------------------------------------------------


def _write_all(paper: Paper, book: Book) -> None:
    """Write the lines as they are, in the order of the office's columns."""
    columns, place = book.ledger.columns, {name: at for at, name in enumerate(book.ledger.columns)}
    sheet = paper.add(messages.SHEET_LEDGER)
    sheet.heads(columns, [WIDTHS.get(name, OWN_WIDTH) for name in columns], HIDDEN)
    sheet.rows(
        [[line.get(name, "") for name in columns] for line in book.ledger.lines],
        share=place[messages.COLUMN_CERTAINTY],
        tall=[place[name] for name in PRINTED],
        fills=[YELLOW if row.is_pending else GREY if row.route is Route.SET_ASIDE else "" for row in book.rows],
    )
    count = max(1, len(book.rows))
    sheet.raw.print_area(0, 0, count, max(place[name] for name in PRINTED))
    for name, rule in book.choices.items():
        sheet.raw.data_validation(1, place[name], count, place[name], rule)
    _mark_overdue(paper, sheet.raw, count, place)


def _mark_overdue(paper: Paper, sheet: Any, count: int, place: Mapping[str, int]) -> None:
    """Let Excel itself show in red what is overdue on the day it is looked at."""
    from xlsxwriter.utility import xl_col_to_name

    due, status = (xl_col_to_name(place[name]) for name in (messages.COLUMN_DUE, messages.COLUMN_STATUS))
    closed, at = messages.STATUSES["closed"], place[messages.COLUMN_DUE]
    rule = f'=AND(ISNUMBER(${due}2),${due}2<TODAY(),${status}2<>"{closed}")'
    look = {"type": "formula", "criteria": rule, "format": paper.look("warning")}
    sheet.conditional_format(1, at, count, at, look)


# --- what is made of it --------------------------------------------------------------------------


def _write_reviews(paper: Paper, book: Book) -> None:
    """Write what waits for a person, and let it be filled in here."""
    columns: list[Column] = [
        (messages.COLUMN_NUMBER, lambda row: row.number),
        (messages.COLUMN_RECEIVED, lambda row: row.received),
        (messages.COLUMN_TEXT, lambda row: row.text),
        (messages.COLUMN_CATEGORY, book.category),
        (messages.COLUMN_CERTAINTY, lambda row: row.certainty),
        (messages.COLUMN_REASON, lambda row: row.reason),
        (messages.COLUMN_GRADE, lambda row: row.grade),
        (messages.COLUMN_CORRECTION, lambda row: ""),
        (messages.COLUMN_FURTHER_CORRECTION, lambda row: ""),
    ]
    rows = sorted((row for row in book.rows if row.is_pending), key=_urgency)
    sheet = _write_derived(paper, messages.SHEET_REVIEWS, messages.REVIEWS_NOTE, columns, rows)
    for at, (name, _) in enumerate(columns):
        if name in book.choices:
            sheet.data_validation(2, at, max(2, len(rows) + 1), at, book.choices[name])


def _departments(rows: Sequence[Row]) -> dict[str, list[tuple[Row, str]]]:
    """Return what each department is sent, all words masked: the tips it leads, and those it assists in."""
    sent: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    for row in _outgoing([row for row in rows if row.lead and not row.is_pending]):
        sent[row.lead].append((row, messages.TASK_LEAD))
        for name in set(row.assist) - {row.lead}:
            sent[name].append((row, messages.TASK_ASSIST))
    return sent


def _outgoing(rows: Sequence[Row]) -> list[Row]:
    """Return rows as they may leave the desk."""
    masked = iter(mask_each([words for row in rows for words in (row.text, row.hints)]))
    return [replace(row, text=next(masked), hints=next(masked)) for row in rows]


def _write_department(paper: Paper, book: Book, name: str, sent: Sequence[tuple[Row, str]]) -> None:
    """Write what leaves the desk for a department: nothing of where a tip came from."""
    tasks = {row.number: task for row, task in sent}
    columns: list[Column] = [
        (messages.COLUMN_NUMBER, lambda row: row.number),
        (messages.COLUMN_TASK, lambda row: tasks[row.number]),
        (messages.COLUMN_RECEIVED, lambda row: row.received),
        (messages.COLUMN_GRADE, lambda row: row.grade),
        (messages.COLUMN_CATEGORY, book.categories),
        (messages.COLUMN_TEXT, lambda row: row.text),
        (messages.COLUMN_HINTS, lambda row: row.hints),
        (messages.COLUMN_BASIS, lambda row: row.basis),
        (messages.COLUMN_REPEATS, lambda row: text_of_repeats(row.repeats)),
        (messages.COLUMN_DUE, lambda row: row.due or ""),
        (messages.COLUMN_STATUS, lambda row: messages.STATUSES[row.status]),
    ]
    rows = sorted((row for row, _ in sent), key=_urgency)
    _write_derived(paper, messages.SHEET_DEPARTMENT.format(name=name), messages.DEPARTMENT_NOTE, columns, rows)


def _write_links(paper: Paper, book: Book) -> None:
    """Write a row for each group of repeats, then one for each series."""
    sheet = paper.add(messages.SHEET_LINKS, note=messages.DERIVED_NOTE)
    sheet.heads(messages.LINK_COLUMNS, LINK_WIDTHS)
    sheet.rows([_link(book, *found) for found in (*_groups(book.rows), *_series(book.rows))])


def _link(book: Book, kind: str, name: str, rows: Sequence[Row]) -> list[Value]:
    days = [row.received for row in rows]
    numbers = listed(row.number for row in rows)
    return [kind, name, len(rows), numbers, min(days), max(days), book.category(rows[0]), rows[0].text]


def _groups(rows: Sequence[Row]) -> list[Group]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.repeats:
            groups[row.repeats.first].append(row)
    return _largest_first([(messages.LINK_REPEATS, name, members) for name, members in groups.items()])


def _series(rows: Sequence[Row]) -> list[Group]:
    series: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for each in row.series:
            series[messages.TIES[each.kind], each.wording].append(row)
    return _largest_first([(kind, wording, members) for (kind, wording), members in series.items()])


def _largest_first(groups: list[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: -len(group[2]))


def _write_derived(paper: Paper, name: str, note: str, columns: Sequence[Column], rows: Sequence[Row]) -> Any:
    """Write a sheet that is made anew every time: a note that says so, a header, a row a tip."""
    names = [each for each, _ in columns]
    sheet = paper.add(name, note=note)
    sheet.heads(names, [WIDTHS.get(each, OWN_WIDTH) for each in names])
    share = names.index(messages.COLUMN_CERTAINTY) if messages.COLUMN_CERTAINTY in names else -1
    sheet.rows([[value(row) for _, value in columns] for row in rows], share=share, most=TALLEST)
    return sheet.raw


def _urgency(row: Row) -> str:
    """Rank the most urgent tips first; the others keep their order."""
    return row.grade or "Z"


# --- what is remembered and kept -----------------------------------------------------------------


def _write_memory(paper: Paper, book: Book) -> None:
    """Write, hidden, the names to choose from, and what must be remembered: the highest numbers, and our sheets."""
    sheet = paper.add_bare(messages.SHEET_NAMES)
    for row, each in enumerate(book.taxonomy.category):
        flags = [str(int(flag)) for flag in (each.set_aside, each.no_department)]
        for at, value in enumerate((each.name, each.code, ";".join(each.aliases), *flags)):
            paper.write_cell(sheet, row, at, value)
    sheet.hide()
    sheet = paper.add_bare(messages.SHEET_MEMORY)
    last = sorted(book.ledger.last.items())
    for row, (name, pair) in enumerate(zip_longest(paper.names, last, fillvalue=())):
        for at, value in enumerate((*(pair or ("", "")), "", name)):
            paper.write_cell(sheet, row, at, value)
    sheet.hide()


def _write_own(paper: Paper, name: str, rows: Sequence[Sequence[Value]]) -> None:
    """Write a sheet of the office as the values it held."""
    sheet = paper.add_bare(name)
    for row, values in enumerate(rows):
        for at, value in enumerate(values):
            paper.write_cell(sheet, row, at, value)
