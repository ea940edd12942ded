"""Workbooks: what Excel holds, and how high and wide its cells are; texts stay texts in them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tipclass import messages
from tipclass.errors import OutputError

LONGEST_CELL = 32_767  # characters, Excel's limit
MOST_ROWS = 1_048_575  # below the header, Excel's limit
LINE_HEIGHT = 15  # points
MOST_LINES = 10  # beyond, a long letter would fill the screen
A4 = 9  # as XlsxWriter counts papers

Value = str | float


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


def check_rows(count: int) -> None:
    """Raise OutputError where a sheet cannot hold so many rows."""
    if count > MOST_ROWS:
        raise OutputError(messages.OUTPUT_TOO_MANY_ROWS.format(count=count, limit=MOST_ROWS))


def prepare(sheet: Any, *, narrow: bool = True) -> None:
    """Let a sheet print with its header on every page, and as wide as the paper where that stays legible."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    if narrow:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


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
    return sum(1 + _digits(line) // max(1, width - 5) for line in value[:2000].split("\n"))


def _digits(text: str) -> int:
    """Estimate the width in digits: a Han character, of three bytes in UTF-8, is two wide, a Latin one is one."""
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) // 2


def column_width(texts: Iterable[str]) -> int:
    """Return a column width in digits that follows some texts; a Han character is two wide."""
    return min(60, max(8, max(map(_digits, texts)) + 2))
