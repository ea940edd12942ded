"""A result as a workbook for staff: laid out, coloured, and with what they may fill in."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tipclass import choices, messages
from tipclass.formulas import runs
from tipclass.records import Route
from tipclass.result_columns import Batch
from tipclass.result_sheets import Pieces, Rows, SheetColumn, SheetRow, detail_columns, main_columns, sheet_rows
from tipclass.targets import replacing
from tipclass.workbook import LINE_HEIGHT, check_rows, new_workbook, prepare

LEGIBLE = 300  # digits side by side on one landscape page


def write_xlsx(path: Path, batch: Batch, *, full: bool = False) -> list[str]:
    """Write a workbook for staff: the results, the details on a second sheet (or beside them with `full`).

    Returns notes on cells that had to be cut.
    """
    with replacing(path) as part, new_workbook(part) as raw:
        book = ResultBook(raw, batch, full=full)
        book.add(sheet_rows(batch, full=full))
        return book.finish()


class ResultBook:
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
        self.columns = main_columns(batch, full=full)
        narrow = sum(column.width for column in self.columns) <= LEGIBLE
        self.sheets = [self._sheet(messages.SHEET_RESULT, self.columns, narrow=narrow)]
        if details := detail_columns(batch, full=full):
            self.sheets.append(self._sheet(messages.SHEET_DETAIL, details, narrow=True))

    def _sheet(self, name: str, columns: Sequence[SheetColumn], *, narrow: bool) -> Any:
        sheet = self.book.add_worksheet(name)
        prepare(sheet, narrow=narrow)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
            sheet.write_string(0, at, column.name, self.formats["our_head" if column.own else "input_head"])
        return sheet

    def add(self, rows: Iterable[Rows]) -> None:
        """Write the rows of some entries."""
        for of_entry in rows:
            self.rows += 1
            check_rows(self.rows)
            for sheet, row in zip(self.sheets, of_entry, strict=True):
                self._write(sheet, row)

    def finish(self) -> list[str]:
        """Write what stands beside the rows; return notes on cells that had to be cut."""
        result, last = self.sheets[0], max(1, self.rows)
        result.autofilter(0, 0, last, len(self.columns) - 1)
        names = [column.own for column in self.columns]
        for name, rule in choices.of_corrections(self.taxonomy).items():
            at = names.index(name)
            result.data_validation(1, at, last, at, rule)
        self._names()
        return [messages.CELLS_CUT.format(count=self.cut)] if self.cut else []

    def _names(self) -> None:
        """Write the names to choose from on a hidden sheet."""
        sheet = self.book.add_worksheet(messages.SHEET_NAMES)
        for row, category in enumerate(self.taxonomy.category):
            sheet.write_string(row, 0, category.name)
        sheet.hide()

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
