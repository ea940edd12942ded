"""Paper: worksheets with a note, a header and rows of cells, ready to print on A4 across."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from tipclass import messages
from tipclass.formulas import runs
from tipclass.workbook import A4, LINE_HEIGHT, MOST_LINES, fitting, height

PADDING = 4  # points
TALLEST = 26  # lines: what fits into the highest row Excel has, 409 points
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.75, "bottom": 0.6}  # inches
LONGEST_NAME = 31  # characters of a sheet name, Excel's limit
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}
TEXT = {"font_size": 10, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "text": TEXT,
    "share": {**TEXT, "num_format": "0%"},
    "head": {**TEXT, "bold": True, "bg_color": "#DDEBF7", "valign": "vcenter"},
    "note": {"font_color": "#7F7F7F", "italic": True, "valign": "vcenter"},
    "warning": {"font_color": "#C00000", "bold": True},
}

Value = Any  # text, a number, a day or a time


class Paper:
    """A workbook whose sheets are written one after the other, each from its top, so that few rows are in memory."""

    def __init__(self, book: Any, title: str) -> None:
        self.book = book
        self.title = title
        self.names: list[str] = []
        self.made: dict[tuple[str, str, bool], Any] = {}

    def add(self, name: str, *, note: str = "") -> "Sheet":
        """Add a sheet that prints as wide as the paper, with its name and number on every page, under a note if any."""
        sheet = self.add_bare(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(**MARGINS)
        title = messages.PRINT_TITLE.format(title=self.title, sheet=sheet.get_name()).replace("&", "&&")
        sheet.set_header(f"&C&12{' ' if title[0].isdigit() else ''}{title}")
        sheet.set_footer(f"&C{messages.PRINT_FOOTER}&R&D")
        if note:
            sheet.set_row(0, 1.5 * LINE_HEIGHT)
            sheet.write_string(0, 0, note, self.look("note"))
        return Sheet(self, sheet, header=bool(note))

    def add_bare(self, name: str) -> Any:
        """Add a sheet under a name that a sheet may have and none has yet."""
        whole = NOT_IN_NAMES.sub("·", name)[:LONGEST_NAME]
        tries = (whole, *(f"{whole[: LONGEST_NAME - 5]}({number})" for number in range(2, 1000)))
        taken = {each.casefold() for each in self.names}
        self.names.append(next(each for each in tries if each.casefold() not in taken))
        return self.book.add_worksheet(self.names[-1])

    def look(self, name: str, fill: str = "", *, quoted: bool = False) -> Any:
        """Return the format of a look, or of a number format, made once; `quoted` keeps a text from being run."""
        if (name, fill, quoted) not in self.made:
            base = LOOKS.get(name, {**TEXT, "num_format": name, "align": "left"}) | {"quote_prefix": quoted}
            self.made[name, fill, quoted] = self.book.add_format(base | ({"bg_color": fill} if fill else {}))
        return self.made[name, fill, quoted]

    def write_cell(self, sheet: Any, row: int, column: int, value: Value, look: str = "plain", fill: str = "") -> None:
        """Write a value as what it is; text stays text, whatever it looks like."""
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.look(look, fill))
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.look(look, fill))
        elif type(value) in FORMATS:
            sheet.write_datetime(row, column, value, self.look(FORMATS[type(value)], fill))
        elif value:
            text = fitting(str(value))
            sheet.write_string(row, column, text, self.look(look, fill, quoted=runs(text)))
        elif look != "plain":
            sheet.write_blank(row, column, None, self.look(look, fill))


class Sheet:
    """A sheet of a header and rows; `header` is the row of the header, counted from 0, `raw` what XlsxWriter has."""

    def __init__(self, paper: Paper, raw: Any, *, header: int) -> None:
        self.paper, self.raw, self.header = paper, raw, int(header)
        self.widths: Sequence[int] = ()

    @property
    def first(self) -> int:
        """The row below the header."""
        return self.header + 1

    def heads(self, names: Sequence[str], widths: Sequence[int], hidden: Sequence[str] = ()) -> None:
        """Write the header, which is printed on every page and stays in sight."""
        self.widths = widths
        self.raw.set_row(self.header, 2 * LINE_HEIGHT)
        self.raw.repeat_rows(self.header)
        self.raw.freeze_panes(self.first, 1)
        for at, (name, width) in enumerate(zip(names, widths, strict=True)):
            self.raw.set_column(at, at, width, None, {"hidden": name in hidden})
            self.raw.write_string(self.header, at, name, self.paper.look("head"))

    def rows(
        self,
        rows: Sequence[Sequence[Value]],
        *,
        share: int = -1,
        tall: Sequence[int] = (),
        fills: Sequence[str] = (),
        most: int = MOST_LINES,
    ) -> None:
        """Write all rows, as high as their cells need, or those at the places `tall`, up to `most` lines.

        `share` is the place of a share of one; `fills` are the colours of the rows.
        """
        for number, values in enumerate(rows):
            places = tall or range(len(values))
            lines = (height(values[at], self.widths[at] + 4) for at in places if isinstance(values[at], str))
            row, fill = self.first + number, fills[number] if fills else ""
            self.raw.set_row(row, PADDING + LINE_HEIGHT * min(max(lines, default=1), most))
            for at, value in enumerate(values):
                self.paper.write_cell(self.raw, row, at, value, "share" if at == share else "text", fill)
        self.raw.autofilter(self.header, 0, max(self.first, self.header + len(rows)), len(self.widths) - 1)
