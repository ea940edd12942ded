"""The ledger's workbook: read back with all that staff did to it, written whole, by one person at a time."""

import difflib
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from tipclass import messages
from tipclass.documents import Unreadable
from tipclass.errors import LedgerError, OutputError
from tipclass.ledger import Ledger, Row
from tipclass.ledger_lines import NUMBER, OURS, day_in, row_of, text_of
from tipclass.ledger_sheets import MADE_COLUMN, Book, is_ours, write_sheets
from tipclass.parsers import read_cells
from tipclass.readers import first_few
from tipclass.registration import Registration, free_number
from tipclass.reviews import COLUMNS, bring_back, reviews
from tipclass.settings import corpora_folder
from tipclass.sheets import Cells, to_text
from tipclass.tables import name_columns
from tipclass.targets import replacing
from tipclass.taxonomy import Category, Taxonomy, load_taxonomy

HEADER_SEARCH = 10  # upper rows among which a header is looked for
PATIENCE = 60.0  # seconds to wait for whoever has the lock; a ledger of 20,000 tips takes some twenty
READABLE = 0o664
FORMULA = re.compile(rb"<f[ >/]")
# What programs put beside a workbook that is open in them: Excel, WPS, LibreOffice.
OPEN_MARKS = ("~${name}", ".~{name}", ".~lock.{name}#")

Numbered = tuple[int, dict[str, Any]]  # the row a spreadsheet shows, and its cells by column


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The header of a sheet, and the rows below it that hold anything."""

    columns: tuple[str, ...]
    rows: tuple[Numbered, ...]


# --- reading -------------------------------------------------------------------------------------


def read(path: Path, taxonomy: Taxonomy | None = None) -> Ledger:
    """Read a ledger; its category names mean what `taxonomy` says, else what they meant when it was written.

    Raises LedgerError when the file is no ledger, or was changed so that it cannot be read: columns without which it
    is none, numbers that stand twice, rows without a number or a day.
    """
    raw, sheets = _open(path)
    main = _table(sheets.get(messages.SHEET_LEDGER), (messages.COLUMN_NUMBER, messages.COLUMN_TEXT))
    if main is None:
        raise LedgerError(messages.LEDGER_NONE.format(path=path, sheet=messages.SHEET_LEDGER))
    _check_columns(main.columns, path)
    last = _numbered(main.rows, _memory(sheets.get(messages.SHEET_MEMORY)), path)
    lines = [line for _, line in main.rows]
    notes = list(_bring_back(lines, sheets.get(messages.SHEET_REVIEWS)))
    rows = _rows(main.rows, taxonomy or _taxonomy(sheets.get(messages.SHEET_NAMES)), path, notes)
    ours = _made(sheets.get(messages.SHEET_MEMORY)) or set(filter(is_ours, sheets))
    own = tuple(each for name, each in sheets.items() if name not in ours and each.rows)
    notes += [messages.LEDGER_OWN_SHEETS.format(names=first_few([each.name for each in own]))] if own else []
    notes += [messages.LEDGER_FORMULAS] if _has_formulas(raw) else []
    return Ledger(main.columns, tuple(lines), rows, last, own, tuple(notes))


def _open(path: Path) -> tuple[bytes, dict[str, Cells]]:
    try:
        raw = path.read_bytes()
        return raw, {each.name: each for each in read_cells(raw, path.name)}
    except OSError as error:
        raise LedgerError(messages.LEDGER_CLOSED.format(path=path, cause=error.strerror)) from None
    except Unreadable as failure:
        raise LedgerError(messages.LEDGER_CLOSED.format(path=path, cause=failure.unread.cause)) from None


def _table(sheet: Cells | None, wanted: Iterable[str]) -> _Sheet | None:
    """Return what stands below the header, which is the first of the upper rows that holds the wanted columns."""
    for at, cells in enumerate(sheet.rows[:HEADER_SEARCH] if sheet else ()):
        heads = [to_text(cell).strip() for cell in cells]
        if sheet and set(wanted) <= set(heads):
            return _below(heads, sheet.rows[at + 1 :], at + 2)
    return None


def _below(heads: list[str], rows: Sequence[Sequence[Any]], first: int) -> _Sheet:
    width = max(map(len, (heads, *rows)))
    heads += [""] * (width - len(heads))
    kept = [at for at in range(width) if heads[at] or any(len(row) > at and row[at] != "" for row in rows)]
    columns = name_columns(tuple(heads[at] for at in kept), kept)
    named = [
        (number, dict(zip(columns, (row[at] if at < len(row) else "" for at in kept), strict=True)))
        for number, row in enumerate(rows, first)
        if any(value != "" for value in row)
    ]
    return _Sheet(columns, tuple(named))


def _check_columns(columns: Sequence[str], path: Path) -> None:
    missing = [name for name in OURS if name not in columns]
    if not missing:
        return
    own = [name for name in columns if name not in OURS]
    named = [(name, difflib.get_close_matches(name, own, n=1, cutoff=0.3)) for name in missing]
    told = (
        messages.LEDGER_RENAMED.format(name=name, now=now[0]) if now else messages.QUOTED.format(word=name)
        for name, now in named
    )
    raise LedgerError(messages.LEDGER_COLUMNS.format(path=path, columns="、".join(told)))


def _numbered(rows: Sequence[Numbered], last: dict[int, int], path: Path) -> dict[int, int]:
    """Number the rows that staff added, and return the highest numbers given; raises LedgerError naming rows."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, line in rows:
        places[text_of(line, messages.COLUMN_NUMBER)].append(place)
    unnumbered = set(places.pop("", ()))
    twice = {number: found for number, found in places.items() if len(found) > 1}
    if twice:
        told = (messages.LEDGER_TWICE.format(number=number, rows=_listed(found)) for number, found in twice.items())
        raise LedgerError(messages.LEDGER_NUMBERS_TWICE.format(path=path, numbers="；".join(told)))
    for match in filter(None, map(NUMBER.fullmatch, places)):
        last[int(match[1])] = max(last.get(int(match[1]), 0), int(match[2]))
    for place, line in rows:
        received = day_in(line[messages.COLUMN_RECEIVED])
        if place in unnumbered and received and text_of(line, messages.COLUMN_TEXT):
            line[messages.COLUMN_NUMBER] = free_number(received.year, last)
            unnumbered.discard(place)
    if unnumbered:
        raise LedgerError(messages.LEDGER_UNNUMBERED.format(path=path, rows=_listed(sorted(unnumbered))))
    return last


def _rows(rows: Sequence[Numbered], taxonomy: Taxonomy, path: Path, notes: list[str]) -> tuple[Row, ...]:
    """Return what the lines say; what nobody can use is noted, days that nobody can read are refused."""
    found, refused = [], []
    for place, line in rows:
        said: list[str] = []
        try:
            found.append(row_of(line, taxonomy, said.append))
        except ValueError as error:
            refused.append(messages.LEDGER_ROW.format(row=place, cause=error))
        notes += [messages.LEDGER_ROW.format(row=place, cause=cause) for cause in said]
    if refused:
        raise LedgerError(messages.LEDGER_DAYS.format(path=path, rows="；".join(refused)))
    return tuple(found)


def _bring_back(lines: Sequence[dict[str, Any]], sheet: Cells | None) -> Sequence[str]:
    """Fill in what staff filled in on the sheet of tips to be reviewed; return what of it could not be used."""
    reviewed = _table(sheet, (messages.COLUMN_NUMBER, *COLUMNS))
    texts = ({name: text_of(line, name) for name in line} for _, line in reviewed.rows) if reviewed else ()
    own = reviews({name: text_of(line, name) for name in (messages.COLUMN_NUMBER, *COLUMNS)} for line in lines)
    brought = bring_back(own, reviews(texts))
    for line in lines:
        found = brought.reviews.get(text_of(line, messages.COLUMN_NUMBER))
        line.update(zip(COLUMNS, found, strict=True) if found else ())
    return brought.notes


def _memory(sheet: Cells | None) -> dict[int, int]:
    """Return the highest numbers ever given, as far as the workbook remembers them."""
    pairs = [row[:2] for row in (sheet.rows if sheet else ()) if len(row) > 1]
    return {int(year): int(number) for year, number in pairs if _is_number(year) and _is_number(number)}


def _made(sheet: Cells | None) -> set[str]:
    """Return the names of the sheets the program had written, as far as the workbook remembers them."""
    return {to_text(row[MADE_COLUMN]) for row in (sheet.rows if sheet else ()) if len(row) > MADE_COLUMN}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _taxonomy(sheet: Cells | None) -> Taxonomy:
    """Return the categories a workbook was written with, else the shipped ones."""
    try:
        return Taxonomy(
            category=tuple(_category([to_text(cell) for cell in row]) for row in (sheet.rows if sheet else ()))
        )
    except ValueError:  # also what pydantic raises
        return load_taxonomy(corpora_folder() / "taxonomy.toml")


def _category(cells: Sequence[str]) -> Category:
    name, code, aliases, set_aside, no_department = (*cells, *[""] * 5)[:5]
    words = tuple(filter(None, aliases.split(";")))
    return Category(name=name, code=code, aliases=words, set_aside=set_aside == "1", no_department=no_department == "1")


def _has_formulas(raw: bytes) -> bool:
    """Tell whether somebody put a formula into a sheet: the program itself writes none."""
    if not raw.startswith(b"PK"):
        return False
    with zipfile.ZipFile(BytesIO(raw)) as parts:
        names = (name for name in parts.namelist() if name.startswith("xl/worksheets/sheet"))
        return any(FORMULA.search(parts.read(name)) for name in names)


def _listed(rows: Iterable[int]) -> str:
    return first_few([str(row) for row in rows])


# --- writing -------------------------------------------------------------------------------------


def update(path: Path, change: Callable[[Ledger], Registration], *, taxonomy: Taxonomy, today: date) -> Registration:
    """Read a ledger, which may not exist yet, change it and write it whole, while nobody else can.

    Raises LedgerError as `read` does, and OutputError, leaving the workbook as it was, when somebody else is writing
    or has it open, or it changed meanwhile.
    """
    with _locked(path):
        check_closed(path)
        before = _state(path)
        found = change(read(path, taxonomy) if before else Ledger())
        with replacing(path) as part:
            write_sheets(part, Book(found.ledger, taxonomy, today, path.stem))
            part.chmod(path.stat().st_mode if before else READABLE)
            check_closed(path)
            if _state(path) != before:
                raise OutputError(messages.LEDGER_CHANGED.format(path=path))
    return found


def check_closed(path: Path) -> None:
    """Raise OutputError when the workbook is open in a spreadsheet program, as the file beside it tells."""
    names = [mark.format(name=path.name) for mark in OPEN_MARKS]
    found = next((path.with_name(name) for name in names if path.with_name(name).exists()), None)
    if found:
        raise OutputError(messages.LEDGER_OPEN.format(path=path, mark=found.name))


def _state(path: Path) -> tuple[int, int] | None:
    """Return what tells whether a file was written to; None where there is none."""
    if not path.is_file():
        return None
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock beside a workbook; the system itself releases it should the program die."""
    from filelock import FileLock, Timeout

    if not path.parent.is_dir():
        raise OutputError(messages.OUTPUT_NO_FOLDER.format(path=path.parent))
    beside = path.with_name(f".{path.name}.lock")
    try:
        lock = FileLock(beside, timeout=PATIENCE, mode=READABLE)
        lock.acquire()
    except Timeout:
        raise OutputError(messages.LEDGER_LOCKED.format(path=path, lock=beside.name)) from None
    except OSError as error:
        raise OutputError(messages.OUTPUT_FAILED.format(path=beside, cause=error.strerror)) from None
    try:
        yield
    finally:
        lock.release()
