"""Worksheets of any workbook as rows of text."""

import datetime
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from tipclass import messages
from tipclass.documents import ZIP_DAMAGE, Unreadable, open_package, unpack
from tipclass.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# Excel and WPS keep 15 digits of a number.
EXACT_DIGITS = 15
CELL_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")


@dataclass(frozen=True, slots=True)
class Cells:
    """The values of a worksheet from its very first cell, and whether it is shown."""

    name: str
    visible: bool
    rows: list[list[Any]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a worksheet as text from its very first one, and whether it is shown."""

    name: str
    visible: bool
    rows: list[list[str]]


def open_sheets(raw: bytes, name: str, limits: Limits = DEFAULT) -> list[Cells]:
    """Read all worksheets as the values they hold: text, numbers, days and times; an empty cell is an empty text."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        _check_size(raw, name, limits)
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as workbook:
            return [
                Cells(
                    meta.name,
                    meta.visible == SheetVisibleEnum.Visible,
                    _rows(workbook.get_sheet_by_name(meta.name)),
                )
                for meta in workbook.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError:
        raise Unreadable(name, messages.ENCRYPTED_WORKBOOK) from None
    except (CalamineError, *ZIP_DAMAGE):
        raise Unreadable(name, messages.DAMAGED_TABLE) from None
    except BaseException as panic:
        # A damaged xls makes the Rust code panic; that class cannot be imported and is no Exception.
        if type(panic).__name__ != "PanicException":
            raise
        raise Unreadable(name, messages.DAMAGED_TABLE) from None


def _check_size(raw: bytes, name: str, limits: Limits) -> None:
    """Refuse a zipped workbook whose parts are longer than they say, or whose sheets span too much.

    calamine unpacks whatever is there, and lays a sheet out as a full rectangle: one stray cell in the far corner would
    take hundreds of gigabytes.
    """
    if not raw.startswith(b"PK"):
        return
    with open_package(raw, name, limits) as package:
        for part in package.namelist():
            xml = unpack(package, part)
            if part.startswith("xl/worksheets/") and _extent(xml) > limits.cells:
                raise Unreadable(name, messages.STRAY_CELL.format(cells=limits.cells))


def _extent(xml: bytes) -> int:
    """Count the cells of the rectangle that a sheet spans."""
    columns, rows = set(), 0
    for place in CELL_PLACE.finditer(xml):
        columns.add(place[1])
        rows = max(rows, int(place[2]))
    return rows * max((_place(column) for column in columns), default=0)


def _place(letters: bytes) -> int:
    """Turn the letters of a column into its number, counted from 1."""
    return sum((letter - ord("A") + 1) * 26**power for power, letter in enumerate(reversed(letters)))


def _rows(sheet: "CalamineSheet") -> list[list[Any]]:
    """Read a sheet from its very first cell."""
    # iter_rows begins at the first row but at the first column that is used.
    margin = [""] * (sheet.start[1] if sheet.start else 0)
    return [margin + _used(row) for row in sheet.iter_rows()]


def _used(values: list[Any]) -> list[Any]:
    """Cut off the empty end of a row: one stray cell makes all of them long."""
    end = len(values)
    while end and values[end - 1] == "":
        end -= 1
    return values[:end]


# --- values become text ---


def _float_text(value: float) -> str:
    """Write a whole number as digits, marked where the spreadsheet has lost some."""
    if not value.is_integer():
        return repr(value)
    digits = str(int(value))
    return digits + messages.INEXACT if len(digits.lstrip("-")) > EXACT_DIGITS else digits


def _span_text(value: datetime.timedelta) -> str:
    """Write a length of time as hours, minutes and seconds."""
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


VALUES: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    float: _float_text,
    bool: {True: "TRUE", False: "FALSE"}.__getitem__,
    type(None): lambda _: "",
    datetime.date: datetime.date.isoformat,
    datetime.time: datetime.time.isoformat,
    datetime.datetime: partial(datetime.datetime.isoformat, sep=" "),
    datetime.timedelta: _span_text,
}


def to_text(value: object) -> str:
    """Write any value of a cell or of a JSON object as text."""
    return VALUES.get(type(value), partial(json.dumps, ensure_ascii=False))(value)
