"""Tables of text from csv, tsv, workbooks and JSON Lines: a header, and rows that keep their numbers."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import chain, count, islice

from tipclass import messages
from tipclass.documents import Unreadable, decode, tidy
from tipclass.formulas import restored_rows
from tipclass.parsers import read_parquet, read_sheets
from tipclass.records import Unread
from tipclass.sheets import Sheet, to_text

# In order of preference.
TEXT_COLUMNS = (
    "text", "内容", "举报内容", "诉求内容", "投诉内容", "反映内容", "线索内容", "线索详情", "问题描述", "主要内容",
    "详细内容", "留言详情", "留言内容", "信访内容", "事项内容", "工单内容", "案情简介", "案情", "事实", "正文", "描述",
    "详情", "content", "诉求", "问题", "摘要",
)  # fmt: skip
LONGEST_NAME = 20
SENTENCE = re.compile(r".{6}[，。！？；,!?;]|\d{7,}", re.DOTALL)
FILLERS = re.compile(r"[\s\ufeff\u200b*:]")
HEADER_SEARCH = 10
LISTED = 5
INPUT = "input"
DELIMITERS = ",\t;|"
SNIFFED = 65536
# The csv module keeps its limit in a C long, which is short on Windows.
LONGEST_CELL = 2**31 - 1

Cells = tuple[str, ...]
Numbered = tuple[int, Cells]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it, each with the row number a spreadsheet shows (the line of a jsonl file).

    `source` is what its tips are known by: the file, with `#sheet` where several sheets hold rows.
    """

    source: str
    sheet: str
    columns: Cells
    rows: tuple[Numbered, ...]
    notes: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a person said about the inputs; None leaves the choice to the reader."""

    text_column: str | None = None
    id_column: str | None = None
    sheet: str | None = None
    encoding: str | None = None


def read_tables(raw: bytes, suffix: str, name: str, options: Options) -> list[Table]:
    """Read the sheets of a file that hold rows, or say that none does."""
    tables = TABLES[suffix](raw, name, options)
    filled = [table for table in tables if table.rows or table.unread]
    if not filled:
        raise Unreadable(name, messages.EMPTY_TABLE)
    notes = chain.from_iterable(table.notes for table in tables if not (table.rows or table.unread))
    return [replace(filled[0], notes=(*notes, *filled[0].notes)), *filled[1:]]


def fold(name: str) -> str:
    """Reduce a column name to what counts when it is looked for.

    >>> fold(" *举报 内容：") == fold("举报内容")
    True
    """
    return FILLERS.sub("", unicodedata.normalize("NFKC", name)).casefold()


def is_sentence(name: str) -> bool:
    """Tell a tip, or a number that names somebody, from a column name.

    >>> is_sentence("诉求内容"), is_sentence("有人晚上在河边电鱼，请查处"), is_sentence("13800000000")
    (False, True, True)
    """
    return len(name) > LONGEST_NAME or bool(SENTENCE.search(name))


KNOWN_TEXT = frozenset(map(fold, TEXT_COLUMNS))


# --- rows become a table ---


def number_rows(rows: Iterable[Sequence[str]]) -> list[Numbered]:
    """Number the rows from 1, then leave out empty rows and the empty cells at the end of the others."""
    trimmed = ((number, trim(cells)) for number, cells in enumerate(rows, 1))
    return [(number, cells) for number, cells in trimmed if cells]


def trim(cells: Sequence[str]) -> Cells:
    """Cut off the empty cells at the end of a row."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])


def _tidy_rows(rows: Iterable[Sequence[str]], name: str) -> tuple[list[Cells], tuple[str, ...]]:
    """Tidy every cell; give the rows and, once each, the notes."""
    contents = [[tidy(cell, name) for cell in cells] for cells in rows]
    notes = dict.fromkeys(note for row in contents for content in row for note in content.notes)
    return [tuple(content.text for content in row) for row in contents], tuple(notes)


def named_header(rows: Sequence[Numbered], text_column: str | None) -> int | None:
    """Find the first of the upper rows that holds the text column."""
    wanted = {fold(text_column)} if text_column else KNOWN_TEXT
    upper = enumerate(rows[:HEADER_SEARCH])
    return next((at for at, (_, cells) in upper if not wanted.isdisjoint(map(fold, cells))), None)


def _wide_header(rows: Sequence[Numbered]) -> int:
    """Find the first of the upper rows with two cells or more: a title stands alone in its row."""
    upper = enumerate(rows[:HEADER_SEARCH])
    return next((at for at, (_, cells) in upper if sum(bool(cell.strip()) for cell in cells) > 1), 0)


def _tabulate(name: str, sheet: str, rows: Sequence[Numbered], header: int, notes: tuple[str, ...] = ()) -> Table:
    """Make a table of what is below the header, without columns that have neither a name nor a cell."""
    if not rows:
        return Table(name, sheet, (), (), notes)
    number, heads = rows[header]
    if any(map(is_sentence, heads)):  # a tip stands where a header was expected: it is a row like the others
        header, heads = -1, ()
        notes = (*notes, messages.NO_HEADER.format(name=name))
    kept = sorted({at for _, cells in rows[max(0, header) :] for at, cell in enumerate(cells) if cell.strip()})
    columns = name_columns(take(heads, kept), kept)
    below = tuple((row, take(cells, kept)) for row, cells in rows[header + 1 :])
    above = (messages.ROWS_ABOVE_HEADER.format(name=name, row=number, count=header),) if header > 0 else ()
    return Table(name, sheet, columns, below, notes + above)


def take(cells: Cells, kept: Sequence[int]) -> Cells:
    """Pick cells by their places; what a short row lacks is empty."""
    return tuple(cells[at] if at < len(cells) else "" for at in kept)


def name_columns(heads: Cells, places: Sequence[int]) -> Cells:
    """Name every column differently: one without a name by its letter, a repeated name by its turn."""
    names: dict[str, None] = {}
    for place, head in zip(places, heads, strict=True):
        name = head if head.strip() else messages.UNNAMED_COLUMN.format(letter=_letter(place))
        turns = (messages.REPEATED_COLUMN.format(name=name, turn=turn) for turn in count(2))
        names[next(option for option in chain([name], turns) if option not in names)] = None
    return tuple(names)


def _letter(place: int) -> str:
    """Name a column as spreadsheets do.

    >>> [_letter(place) for place in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)


# --- csv and tsv ---


def _read_csv(raw: bytes, name: str, options: Options) -> list[Table]:
    """Read a table whose delimiter shows in its header."""
    content = decode(raw, name, options.encoding)
    delimiter = sniff_delimiter(content.text, options.text_column)
    return [_separated(content.text, delimiter, name, options, content.notes)]


def _read_tsv(raw: bytes, name: str, options: Options) -> list[Table]:
    """Read a table separated by tabs."""
    content = decode(raw, name, options.encoding)
    return [_separated(content.text, "\t", name, options, content.notes)]


def sniff_delimiter(text: str, text_column: str | None) -> str:
    """Choose the delimiter that brings the text column to light, else the one that gives the widest header."""

    def promise(delimiter: str) -> tuple[bool, int]:
        rows = number_rows(islice(_records(text[:SNIFFED], delimiter), HEADER_SEARCH))
        header = named_header(rows, text_column)
        return header is not None, len(rows[header or 0][1]) if rows else 0

    return max(DELIMITERS, key=promise)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """Split text into records of cells, however long a cell is."""
    return _close_quotes(io.StringIO(text, newline="").readlines(), delimiter)[0]


def _close_quotes(lines: list[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Split lines into records; one whose quote is never closed would swallow the rest, so it is read as it stands.

    Returns the records, and the numbers of those with an open quote.
    """
    csv.field_size_limit(LONGEST_CELL)
    records: list[list[str]] = []
    starts = [0]
    reader = csv.reader(lines, delimiter=delimiter)
    for record in reader:
        records.append(record)
        starts.append(reader.line_num)
    unpaired = sum(line.count('"') for line in lines) % 2
    if not (unpaired and records and starts[-1] - starts[-2] > 1):
        return records, []
    first, rest = lines[starts[-2]], lines[starts[-2] + 1 :]
    plain = list(csv.reader([first], delimiter=delimiter, quoting=csv.QUOTE_NONE))
    more, opened = _close_quotes(rest, delimiter)
    row = len(records)
    return [*records[:-1], *plain, *more], [row, *(row + number for number in opened)]


def _separated(text: str, delimiter: str, name: str, options: Options, notes: tuple[str, ...]) -> Table:
    """Make a table of delimited text, and say where its rows do not fit its header."""
    records, opened = _close_quotes(io.StringIO(text, newline="").readlines(), delimiter)
    rows = number_rows(restored_rows(records, text))
    header = named_header(rows, options.text_column) or 0
    return _tabulate(name, "", rows, header, notes + _oddities(rows[header:], opened, name))


def _oddities(rows: Sequence[Numbered], opened: Sequence[int], name: str) -> tuple[str, ...]:
    """Tell of rows wider than the header, and of rows with a quote that was never closed."""
    wide = [number for number, cells in rows if len(cells) > len(rows[0][1])]
    return (
        *note_on_wide_rows(wide, name),
        *([messages.OPEN_QUOTE.format(name=name, rows=_listed(opened))] if opened else []),
    )


def note_on_wide_rows(rows: Sequence[int], name: str) -> tuple[str, ...]:
    """Tell of rows wider than the header."""
    return (messages.WIDE_ROWS.format(name=name, rows=_listed(rows), count=len(rows)),) if rows else ()


def _listed(rows: Sequence[int]) -> str:
    """List the first few row numbers."""
    return "、".join(map(str, rows[:LISTED])) + ("…" if len(rows) > LISTED else "")


# --- workbooks ---


def _read_workbook(raw: bytes, name: str, options: Options) -> list[Table]:
    """Read the named sheet, or every sheet; a hidden one only where no other holds rows."""
    sheets = read_sheets(raw, name)
    tables = [_sheet_table(sheet, name, options) for sheet in sheets]
    if sum(bool(table.rows) for table in tables) > 1:
        tables = [replace(table, source=f"{name}#{table.sheet}") for table in tables]
    if options.sheet is not None:
        return [tables[_find_sheet(options.sheet, [sheet.name for sheet in sheets], name)]]
    pairs = list(zip(sheets, tables, strict=True))
    shown = any(sheet.visible and table.rows for sheet, table in pairs)
    return [table if sheet.visible or not shown else _leave_out(table, name) for sheet, table in pairs]


def _sheet_table(sheet: Sheet, name: str, options: Options) -> Table:
    """Make a table of a sheet, with a note when nothing stands below its header."""
    rows, notes = _tidy_rows(sheet.rows, name)
    numbered = number_rows(rows)
    header = named_header(numbered, options.text_column)
    table = _tabulate(name, sheet.name, numbered, _wide_header(numbered) if header is None else header, notes)
    empty = (messages.EMPTY_SHEET.format(name=name, sheet=sheet.name),)
    return table if table.rows or not sheet.visible else replace(table, notes=empty)


def _leave_out(table: Table, name: str) -> Table:
    """Empty a table, with a note when that leaves rows unread."""
    note = messages.HIDDEN_SHEET.format(name=name, sheet=table.sheet)
    told = table.rows and table.sheet not in (messages.SHEET_NAMES, messages.SHEET_MEMORY)  # nobody's tips
    return replace(table, rows=(), notes=(note,) if told else ())


def _find_sheet(wanted: str, names: Sequence[str], name: str) -> int:
    """Find a sheet by its name, or else by its number counted from 1."""
    if wanted in names:
        return names.index(wanted)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    raise Unreadable(name, messages.NO_SUCH_SHEET.format(sheet=wanted, sheets="、".join(names)))


# --- JSON Lines ---


def _read_jsonl(raw: bytes, name: str, options: Options) -> list[Table]:
    """Read one object a line; the columns are the keys of all of them, in the order of their first use."""
    content = decode(raw, name, options.encoding)
    lines = [(number, as_object(line)) for number, line in enumerate(content.text.split("\n"), 1) if line.strip()]
    objects = [(number, fields) for number, fields in lines if fields and any(map(str.strip, fields.values()))]
    keys = list(dict.fromkeys(key for _, fields in objects for key in fields))
    (heads, *rows), notes = _tidy_rows([keys, *([fields.get(key, "") for key in keys] for _, fields in objects)], name)
    numbered = zip((number for number, _ in objects), rows, strict=True)
    unread = (Unread(f"{name}:{number}", messages.NOT_AN_OBJECT) for number, fields in lines if fields is None)
    columns = name_columns(heads, range(len(heads)))
    return [Table(name, "", columns, tuple(numbered), content.notes + notes, tuple(unread))]


def as_object(line: str) -> dict[str, str] | None:
    """Read a line as an object of texts, or give None when it is none.

    Our own results keep the columns of the input in an object of their own.
    """
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict):
            return None
        inner = fields.pop(INPUT) if isinstance(fields.get(INPUT), dict) else {}
        return {key: to_text(value) for key, value in (inner | fields).items()}
    except (ValueError, RecursionError):
        return None


# --- parquet ---


def _read_parquet(raw: bytes, name: str, options: Options) -> list[Table]:
    """Read a parquet file, numbering its rows as if they stood below a header."""
    if not find_spec("pyarrow"):
        raise Unreadable(name, messages.PARQUET_MISSING)
    rows, notes = _tidy_rows(read_parquet(raw, name), name)
    return [_tabulate(name, "", number_rows(rows), 0, notes)]


TABLES: dict[str, Callable[[bytes, str, Options], list[Table]]] = {
    ".csv": _read_csv,
    ".tsv": _read_tsv,
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
    ".xls": _read_workbook,
    ".ods": _read_workbook,
    ".jsonl": _read_jsonl,
    ".parquet": _read_parquet,
}
