"""The sheets of a ledger's workbook, laid out to be worked in and printed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tipclass import ledger_counts, messages
from tipclass.ledger import Ledger, Row
from tipclass.ledger_counts import is_pending
from tipclass.ledger_lines import HIDDEN, PRINTED
from tipclass.privacy import mask
from tipclass.records import Route
from tipclass.taxonomy import Taxonomy
from tipclass.writers import FREE, LINE_HEIGHT, MOST_LINES, fitting, height, listed, text_of_repeats

A4 = 9
PADDING = 4  # points
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.75, "bottom": 0.6}  # inches
LONGEST_NAME = 31  # characters of a sheet name, Excel's limit
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}
YELLOW, GREY, BLUE, RED = "#FFF2CC", "#EDEDED", "#DDEBF7", "#C00000"
OWN_WIDTH = 16
WIDTHS = {
    messages.COLUMN_NUMBER: 11,
    messages.COLUMN_RECEIVED: 11,
    messages.COLUMN_CHANNEL: 11,
    messages.COLUMN_TEXT: 58,
    messages.COLUMN_CATEGORY: 13,
    messages.COLUMN_GRADE: 6,
    messages.COLUMN_LEAD: 14,
    messages.COLUMN_REPEATS: 12,
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
CHART_ROWS = 16  # that a chart is high
CHART_COLUMN = 4
PRINT_SCALE = 60  # percent, at which the counts and their charts fill an A4 page upright
PAGE_ROWS = 82  # of it

Value = Any  # text, a number, a day or a time
Column = tuple[str, Callable[[Row], Value]]


@dataclass(frozen=True)
class Book:
    """A ledger on its way into a workbook; `today` tells what is overdue."""

    ledger: Ledger
    taxonomy: Taxonomy
    today: date
    title: str


def write_sheets(path: Path, book: Book) -> None:
    """Write the workbook of a ledger."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    texts_stay_texts = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True, **texts_stay_texts})
    layout = _Layout(workbook, book)
    layout.write()
    try:
        workbook.close()
    except FileCreateError as error:
        raise OSError(*error.args) from error


def is_ours(sheet: str) -> bool:
    """Tell whether a sheet is one of those the program writes."""
    fixed = (messages.SHEET_LEDGER, messages.SHEET_REVIEWS, messages.SHEET_LINKS, messages.SHEET_FIGURES)
    hidden = (messages.SHEET_NAMES, messages.SHEET_MEMORY)
    return sheet in fixed + hidden or sheet.startswith(messages.SHEET_DEPARTMENT.format(name=""))


def outgoing(text: str) -> str:
    """Return a text as it may leave the desk."""
    return mask(text)


class _Layout:
    """The sheets one after the other, as a workbook in constant memory wants them."""

    def __init__(self, workbook: Any, book: Book) -> None:
        self.workbook, self.book, self.rows = workbook, book, book.ledger.rows
        self.made: dict[tuple[str, ...], Any] = {}
        self.names: list[str] = []

    def write(self) -> None:
        """Write all sheets."""
        self._all()
        self._reviews()
        for name, rows in sorted(self._departments().items()):
            self._department(name, rows)
        self._links()
        self._figures()
        self._memory()
        for each in self.book.ledger.sheets:
            self._own(each.name, each.rows)

    # --- the sheets ---

    def _all(self) -> None:
        """Write the main sheet: the lines as they are, in the order of the office's columns."""
        columns, lines = self.book.ledger.columns, self.book.ledger.lines
        sheet = self._sheet(messages.SHEET_LEDGER, header=0, columns=columns)
        for at, name in enumerate(columns):
            sheet.set_column(at, at, WIDTHS.get(name, OWN_WIDTH), None, {"hidden": name in HIDDEN})
        fills = [YELLOW if is_pending(row) else GREY if row.route is Route.SET_ASIDE else "" for row in self.rows]
        widths = [WIDTHS.get(name, OWN_WIDTH) for name in columns]
        tall = [at for at, name in enumerate(columns) if name in PRINTED]
        for number, (line, fill) in enumerate(zip(lines, fills, strict=True), 1):
            values = [line.get(name, "") for name in columns]
            share = columns.index(messages.COLUMN_CERTAINTY)
            self._row(sheet, number, values, widths, fill, share=share, tall=tall)
        count = max(1, len(lines))
        place = {name: at for at, name in enumerate(columns)}
        sheet.autofilter(0, 0, count, len(columns) - 1)
        sheet.print_area(0, 0, count, max(place[name] for name in PRINTED))
        sheet.freeze_panes(1, 1)
        statuses = {"validate": "list", "source": [*messages.STATUSES.values()], "error_message": messages.STATUS_ERROR}
        self._validate(sheet, 1, count, place, {messages.COLUMN_STATUS: statuses})
        self._overdue(sheet, count, place)

    def _overdue(self, sheet: Any, count: int, place: Mapping[str, int]) -> None:
        """Let Excel itself show in red what is overdue on the day it is looked at."""
        from xlsxwriter.utility import xl_col_to_name

        due, status = (xl_col_to_name(place[name]) for name in (messages.COLUMN_DUE, messages.COLUMN_STATUS))
        closed = messages.STATUSES["closed"]
        rule = f'=AND(ISNUMBER(${due}2),${due}2<TODAY(),${status}2<>"{closed}")'
        look = self.workbook.add_format({"font_color": RED, "bold": True})
        at = place[messages.COLUMN_DUE]
        sheet.conditional_format(1, at, count, at, {"type": "formula", "criteria": rule, "format": look})

    def _reviews(self) -> None:
        columns: list[Column] = [
            (messages.COLUMN_NUMBER, lambda row: row.number),
            (messages.COLUMN_RECEIVED, lambda row: row.received),
            (messages.COLUMN_TEXT, lambda row: row.text),
            (messages.COLUMN_CATEGORY, self._category),
            (messages.COLUMN_CERTAINTY, lambda row: row.certainty),
            (messages.COLUMN_REASON, lambda row: row.reason),
            (messages.COLUMN_GRADE, lambda row: row.grade),
            (messages.COLUMN_CORRECTION, lambda row: ""),
            (messages.COLUMN_FURTHER_CORRECTION, lambda row: ""),
        ]
        rows = sorted(filter(is_pending, self.rows), key=_urgency)
        sheet = self._derived(messages.SHEET_REVIEWS, messages.REVIEWS_NOTE, columns, rows)
        self._validate(sheet, 2, len(rows) + 1, {name: at for at, (name, _) in enumerate(columns)}, {})

    def _departments(self) -> dict[str, list[tuple[Row, str]]]:
        """Return what each department is sent: the tips it leads, and those it assists in."""
        sent: dict[str, list[tuple[Row, str]]] = defaultdict(list)
        for row in self.rows:
            if row.lead and not is_pending(row):
                sent[row.lead].append((row, messages.TASK_LEAD))
                for name in dict.fromkeys(row.assist):
                    if name != row.lead:
                        sent[name].append((row, messages.TASK_ASSIST))
        return sent

    def _department(self, name: str, sent: Sequence[tuple[Row, str]]) -> None:
        tasks = {row.number: task for row, task in sent}
        columns: list[Column] = [
            (messages.COLUMN_NUMBER, lambda row: row.number),
            (messages.COLUMN_TASK, lambda row: tasks[row.number]),
            (messages.COLUMN_RECEIVED, lambda row: row.received),
            (messages.COLUMN_GRADE, lambda row: row.grade),
            (messages.COLUMN_CATEGORY, self._categories),
            (messages.COLUMN_TEXT, lambda row: outgoing(row.text)),
            (messages.COLUMN_HINTS, lambda row: outgoing(row.hints)),
            (messages.COLUMN_BASIS, lambda row: row.basis),
            (messages.COLUMN_REPEATS, lambda row: text_of_repeats(row.repeats)),
            (messages.COLUMN_DUE, lambda row: row.due or ""),
            (messages.COLUMN_STATUS, lambda row: messages.STATUSES[row.status]),
        ]
        rows = sorted((row for row, _ in sent), key=_urgency)
        self._derived(messages.SHEET_DEPARTMENT.format(name=name), messages.DEPARTMENT_NOTE, columns, rows)

    def _links(self) -> None:
        """Write a row for each group of repeats, then one for each series."""
        widths = LINK_WIDTHS
        sheet = self._sheet(messages.SHEET_LINKS, header=1, columns=messages.LINK_COLUMNS)
        self._note(sheet, messages.DERIVED_NOTE)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        found = [*self._groups(), *self._series()]
        for number, (kind, name, rows) in enumerate(found, 2):
            days = [row.received for row in rows]
            values = [kind, name, len(rows), listed(row.number for row in rows), min(days), max(days)]
            self._row(sheet, number, [*values, self._category(rows[0]), rows[0].text], widths)
        sheet.autofilter(1, 0, max(2, len(found) + 1), len(widths) - 1)
        sheet.freeze_panes(2, 0)

    def _groups(self) -> list[tuple[str, str, list[Row]]]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.repeats:
                groups[row.repeats.first].append(row)
        ranked = sorted(groups.items(), key=lambda item: -len(item[1]))
        return [(messages.LINK_REPEATS, name, rows) for name, rows in ranked]

    def _series(self) -> list[tuple[str, str, list[Row]]]:
        series: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.rows:
            for each in row.series:
                series[messages.TIES[each.kind], each.wording].append(row)
        ranked = sorted(series.items(), key=lambda item: -len(item[1]))
        return [(kind, wording, rows) for (kind, wording), rows in ranked]

    def _figures(self) -> None:
        """Write the counts, each table with a chart of its own beside it."""
        sheet = self._sheet(messages.SHEET_FIGURES, header=None, columns=())
        self._note(sheet, messages.FIGURES_NOTE.format(day=self.book.today.isoformat()))
        for at, width in enumerate((30, 9, 9, 3)):
            sheet.set_column(at, at, width)
        sheet.set_portrait()
        sheet.set_print_scale(PRINT_SCALE)
        count, breaks = len(self.rows), [0]
        shares = ledger_counts.shares(self.rows, self.book.today)
        top = self._table(sheet, 2, messages.FIGURE_SHARES, shares, count)
        for each in ledger_counts.tables(self.rows, self.book.taxonomy):
            high = max(len(each.counts) + 2, self._high(each) + 1 if len(each.counts) > 1 else 0)
            if top + high - breaks[-1] > PAGE_ROWS:
                breaks.append(top)
            self._table(sheet, top, each.title, each.counts, count)
            if len(each.counts) > 1:
                self._chart(sheet, top, each)
            top += high
        sheet.write_blank(top, 0, None, self._format("note"))  # so that the last chart is printed whole
        sheet.set_h_pagebreaks(breaks[1:])

    def _table(self, sheet: Any, top: int, title: str, counts: Sequence[tuple[str, int]], whole: int) -> int:
        """Write a table of counts and return the row where the next one may begin."""
        head, text, share = self._format("head"), self._format("text"), self._format("share")
        for at, name in enumerate((title, messages.SUMMARY_COUNT, messages.FIGURE_SHARE)):
            sheet.write_string(top, at, name, head)
        for row, (name, count) in enumerate(counts, top + 1):
            sheet.write_string(row, 0, name, text)
            sheet.write_number(row, 1, count, text)
            sheet.write_number(row, 2, count / max(1, whole), share)
        return top + len(counts) + 2

    def _high(self, table: ledger_counts.Table) -> int:
        """Return how many rows the chart of a table is high."""
        return CHART_ROWS if table.dated else max(7, len(table.counts) + 3)

    def _chart(self, sheet: Any, top: int, table: ledger_counts.Table) -> None:
        """Draw a table beside it: bars in their order, days and months as columns."""
        first, last = top + 1, top + len(table.counts)
        name = messages.SHEET_FIGURES
        chart = self.workbook.add_chart({"type": "column" if table.dated else "bar"})
        chart.add_series(
            {
                "categories": [name, first, 0, last, 0],
                "values": [name, first, 1, last, 1],
                "fill": {"color": "#5B84B1"},
                "gap": 40,
                "data_labels": {"value": True, "font": {"size": 9}},
            }
        )
        chart.set_title({"name": table.title, "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        names = {"num_font": {"size": 9}, "reverse": not table.dated, "text_axis": True}
        counts = {"visible": False, "major_gridlines": {"visible": False}}
        chart.set_x_axis(names if table.dated else counts)
        chart.set_y_axis(counts if table.dated else names)
        chart.set_size({"width": 430, "height": 20 * self._high(table)})
        sheet.insert_chart(top, CHART_COLUMN, chart)

    def _own(self, name: str, rows: Iterable[Sequence[Value]]) -> None:
        """Write a sheet of the office as the values it held."""
        sheet = self.workbook.add_worksheet(self._free(name))
        for number, values in enumerate(rows):
            for at, value in enumerate(values):
                self._cell(sheet, number, at, value, "plain", "")

    def _memory(self) -> None:
        """Write, hidden, the names to choose from, and what must be remembered: the highest numbers, our sheets."""
        sheet = self.workbook.add_worksheet(self._free(messages.SHEET_NAMES))
        for row, each in enumerate(self.book.taxonomy.category):
            flags = [str(int(flag)) for flag in (each.set_aside, each.no_department)]
            for at, value in enumerate((each.name, each.code, ";".join(each.aliases), *flags)):
                sheet.write_string(row, at, value)
        sheet.hide()
        sheet = self.workbook.add_worksheet(self._free(messages.SHEET_MEMORY))
        last = sorted(self.book.ledger.last.items())
        for row, (name, pair) in enumerate(zip_longest(self.names, last, fillvalue=())):
            for at, number in enumerate(pair):
                sheet.write_number(row, at, number)
            if name:
                sheet.write_string(row, MADE_COLUMN, name)
        sheet.hide()

    # --- their parts ---

    def _category(self, row: Row) -> str:
        return self.book.taxonomy.name(row.labels[0]) if row.labels else ""

    def _categories(self, row: Row) -> str:
        return listed(map(self.book.taxonomy.name, row.labels))

    def _derived(self, name: str, note: str, columns: Sequence[Column], rows: Sequence[Row]) -> Any:
        """Write a sheet that is made anew every time: a note, a header, a row a tip."""
        names = [each for each, _ in columns]
        widths = [WIDTHS.get(each, OWN_WIDTH) for each in names]
        sheet = self._sheet(name, header=1, columns=names)
        self._note(sheet, note)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        share = names.index(messages.COLUMN_CERTAINTY) if messages.COLUMN_CERTAINTY in names else -1
        for number, row in enumerate(rows, 2):
            self._row(sheet, number, [value(row) for _, value in columns], widths, share=share)
        sheet.autofilter(1, 0, max(2, len(rows) + 1), len(columns) - 1)
        sheet.freeze_panes(2, 1)
        return sheet

    def _sheet(self, name: str, *, header: int | None, columns: Sequence[str]) -> Any:
        """Add a sheet that prints on A4 across, as wide as the paper, with its header and number on every page."""
        sheet = self.workbook.add_worksheet(self._free(name))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(**MARGINS)
        title = messages.PRINT_TITLE.format(title=self.book.title, sheet=sheet.get_name()).replace("&", "&&")
        sheet.set_header(f"&C&12{' ' if title[0].isdigit() else ''}{title}")
        sheet.set_footer(f"&C{messages.PRINT_FOOTER}&R&D")
        self.head = [*columns]
        self.header = header
        if header is not None:
            sheet.repeat_rows(header)
            if header == 0:
                self._heads(sheet)
        return sheet

    def _heads(self, sheet: Any) -> None:
        sheet.set_row(self.header, 2 * LINE_HEIGHT)
        for at, name in enumerate(self.head):
            sheet.write_string(self.header, at, name, self._format("head"))

    def _note(self, sheet: Any, note: str) -> None:
        sheet.set_row(0, 1.5 * LINE_HEIGHT)
        sheet.write_string(0, 0, note, self._format("note"))
        if self.header:
            self._heads(sheet)

    def _free(self, name: str) -> str:
        """Return a name that a sheet may have and none has yet."""
        whole = NOT_IN_NAMES.sub("·", name)[:LONGEST_NAME]
        tries = (whole, *(f"{whole[: LONGEST_NAME - 4]}({number})" for number in range(2, 1000)))
        taken = {each.casefold() for each in self.names}
        self.names.append(next(each for each in tries if each.casefold() not in taken))
        return self.names[-1]

    def _row(
        self,
        sheet: Any,
        number: int,
        values: Sequence[Value],
        widths: Sequence[int],
        fill: str = "",
        *,
        share: int = -1,
        tall: Sequence[int] = (),
    ) -> None:
        """Write a row, as high as its cells need, or those of the places `tall`; `share` is the place of a share."""
        places = tall or range(len(values))
        lines = (height(values[at], widths[at] + 4) for at in places if isinstance(values[at], str))
        sheet.set_row(number, PADDING + LINE_HEIGHT * min(max(lines, default=1), MOST_LINES))
        for at, value in enumerate(values):
            self._cell(sheet, number, at, value, "share" if at == share else "text", fill)

    def _cell(self, sheet: Any, row: int, column: int, value: Value, look: str, fill: str) -> None:
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self._format(look, fill))
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self._format(look, fill))
        elif type(value) in FORMATS:
            sheet.write_datetime(row, column, value, self._format(FORMATS[type(value)], fill))
        elif value:
            sheet.write_string(row, column, fitting(str(value)), self._format(look, fill))
        elif look != "plain":
            sheet.write_blank(row, column, None, self._format(look, fill))

    def _validate(self, sheet: Any, first: int, last: int, place: Mapping[str, int], more: Mapping[str, Any]) -> None:
        """Put drop-downs on the columns that staff fill in."""
        names = {
            "validate": "list",
            "source": f"='{messages.SHEET_NAMES}'!$A$1:$A${len(self.book.taxonomy.category)}",
            "input_title": messages.CORRECTION_TITLE,
            "input_message": messages.CORRECTION_HINT,
            "error_message": messages.CORRECTION_ERROR,
        }
        rules = {messages.COLUMN_CORRECTION: names, messages.COLUMN_FURTHER_CORRECTION: FREE, **more}
        for name, rule in rules.items():
            sheet.data_validation(first, place[name], max(first, last), place[name], rule)

    def _format(self, look: str, fill: str = "") -> Any:
        """Return the format of a look (or of a day or time), made once."""
        if (look, fill) not in self.made:
            base = self.looks.get(look, {**self.looks["text"], "num_format": look, "align": "left"})
            self.made[look, fill] = self.workbook.add_format(base | ({"bg_color": fill} if fill else {}))
        return self.made[look, fill]

    @cached_property
    def looks(self) -> dict[str, dict[str, Any]]:
        """The looks of cells by name."""
        text = {"font_size": 10, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        return {
            "plain": {},
            "text": text,
            "share": {**text, "num_format": "0%"},
            "head": {**text, "bold": True, "bg_color": BLUE, "valign": "vcenter"},
            "note": {"font_color": "#7F7F7F", "italic": True, "valign": "vcenter"},
        }


def _urgency(row: Row) -> str:
    """Rank the most urgent tips first; the others keep their order."""
    return row.grade or "Z"
