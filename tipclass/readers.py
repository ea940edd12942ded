"""Tips from files, folders and standard input."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import IO

from tipclass import messages
from tipclass.documents import DOCUMENTS, Unreadable, known_encoding
from tipclass.errors import InputError
from tipclass.frames import find_frame, known_places, shorten
from tipclass.limits import MEBIBYTE
from tipclass.parsers import read_document
from tipclass.printable import one_line
from tipclass.records import Reading, Tip, Unread
from tipclass.reviews import main_sheet
from tipclass.settings import limits
from tipclass.signs import UNREADABLE_SUFFIXES, check_content, refuse_suffix
from tipclass.tables import TABLES, TEXT_COLUMNS, Options, Table, name_columns, read_tables

__all__ = ["READERS", "Table", "read_stream", "read_table", "read_tips"]

DOCUMENT_COLUMN = "内容"
STDIN = "stdin"
LISTED = 5


@dataclass(frozen=True, slots=True)
class File:
    """A file to read, the name it goes by, and a longer one in case another file has the same."""

    path: Path
    name: str
    full_name: str


def read_tips(
    inputs: Sequence[Path],
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Reading:
    """Read the tips of files and folders in their order, list what cannot be read, and refuse when that is all.

    A row of a table is a tip, or a whole document; the column of the texts is found by its name where none is given.
    Raises InputError, saying what is wrong and what to do, when there is no tip at all.

    >>> from tipclass.settings import corpora_folder
    >>> reading = read_tips([corpora_folder() / "samples" / "热线工单.csv"])
    >>> reading.tips[0].source, reading.unread
    ('热线工单.csv', ())
    """
    options = parse_options(text_column, id_column, sheet, encoding)
    files, found = find_files(inputs)
    return _settle(merge([found, *(read_file(file, options) for file in files)]))


def read_stream(
    raw: bytes,
    kind: str,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Reading:
    """Read tips from the bytes of standard input, whose kind is named as a suffix without its dot."""
    options = parse_options(text_column, id_column, sheet, encoding)
    return _settle(read_bytes(raw, suffix_of(kind), STDIN, options))


def read_stdin(stream: IO[bytes]) -> bytes:
    """Read the bytes of standard input, which may never end; raises Unreadable when it is longer than a file may be."""
    most = limits().file
    raw = stream.read(most * MEBIBYTE + 1)
    if len(raw) > most * MEBIBYTE:
        raise Unreadable(STDIN, messages.FILE_TOO_LARGE.format(size=most))
    return raw


def suffix_of(kind: str) -> str:
    """Return the suffix of a kind of standard input, or refuse an unknown one."""
    suffix = f".{kind.lower()}"
    if suffix not in READERS:
        raise InputError(messages.UNKNOWN_STREAM.format(kind=kind, kinds="、".join(suffix[1:] for suffix in READERS)))
    return suffix


def read_table(
    path: Path, *, text_column: str | None = None, sheet: str | None = None, encoding: str | None = None
) -> list[Table]:
    """Read the sheets of a table that hold rows, every cell as text."""
    options = parse_options(text_column, None, sheet, encoding)
    check_exists(path)
    suffix, name = path.suffix.lower(), _name(path)
    if suffix in DOCUMENTS:
        raise Unreadable(name, messages.NOT_A_TABLE.format(suffix=suffix, suffixes="、".join(TABLES)))
    if suffix not in TABLES:
        raise refuse_suffix(suffix, name)
    raw = _load(path, name)
    check_content(raw, suffix, name)
    return read_tables(raw, suffix, name, options)


def parse_options(text_column: str | None, id_column: str | None, sheet: str | None, encoding: str | None) -> Options:
    """Gather the options, refusing an encoding that does not exist."""
    if encoding is not None:
        known_encoding(encoding)
    return Options(text_column, id_column, sheet, encoding)


# --- inputs become files ---


def find_files(inputs: Sequence[Path]) -> tuple[list[File], Reading]:
    """List the files to read, each once and under a name of its own, and tell what was passed over."""
    for path in inputs:
        check_exists(path)
    found = [_walk(path) if path.is_dir() else ([_single(path)], Reading()) for path in inputs]
    files: dict[Path, File] = {}
    for file in chain.from_iterable(files for files, _ in found):
        files.setdefault(file.path.resolve(), file)
    shared = Counter(file.name for file in files.values())
    distinct = [file if shared[file.name] == 1 else replace(file, name=file.full_name) for file in files.values()]
    names = name_columns(tuple(file.name for file in distinct), range(len(distinct)))
    named = [replace(file, name=name) for file, name in zip(distinct, names, strict=True)]
    return named, merge(reading for _, reading in found)


def check_exists(path: Path) -> None:
    """Refuse a path where there is nothing."""
    try:
        path.stat()
    except (OSError, ValueError):  # also a whole tip typed in place of a path
        raise InputError(messages.INPUT_MISSING.format(name=shorten(_name(path)))) from None


def _single(path: Path) -> File:
    """Take a file that was named directly."""
    return File(path, _legible(path.name), _legible(f"{path.resolve().parent.name}/{path.name}"))


def _walk(folder: Path) -> tuple[list[File], Reading]:
    """List the files in a folder and below, sorted by path, and say what was passed over."""
    closed: list[OSError] = []
    paths = sorted(_visible(folder, closed.append), key=lambda path: path.relative_to(folder).parts)
    away = [path for path in paths if _leads_out(path, folder)]
    files = [path for path in paths if path.is_file() and not _leads_out(path, folder)]
    known = [path for path in files if path.suffix.lower() in READERS | UNREADABLE_SUFFIXES]
    others = [path for path in files if path.suffix.lower() not in READERS | UNREADABLE_SUFFIXES]
    passed = ((messages.OTHER_FILES, others), (messages.LINKS_AWAY, away))
    notes = tuple(
        note.format(name=_name(folder), count=len(them), files=first_few([_name(path) for path in them]))
        for note, them in passed
        if them
    )
    unread = tuple(Unread(_name(Path(failure.filename)), messages.CANNOT_OPEN) for failure in closed)
    names = {path: _legible(path.relative_to(folder).as_posix()) for path in known}
    return [File(path, name, f"{_name(folder)}/{name}") for path, name in names.items()], Reading((), notes, unread)


def _leads_out(path: Path, folder: Path) -> bool:
    """Tell whether a path is a link to somewhere outside of the folder."""
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())


def _visible(folder: Path, closed: Callable[[OSError], None]) -> Iterator[Path]:
    """Give files and links in a folder and below, without hidden ones and the lock files of office programs."""
    for place, folders, files in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in (*files, *links) if not name.startswith((".", "~$")))


def _load(path: Path, name: str) -> bytes:
    """Read the bytes of a file."""
    most = limits().file
    try:
        if not path.is_file():  # reading a pipe or a device may never end
            raise Unreadable(name, messages.NO_PLAIN_FILE)
        if path.stat().st_size > most * MEBIBYTE:
            raise Unreadable(name, messages.FILE_TOO_LARGE.format(size=most))
        return path.read_bytes()
    except OSError:
        raise Unreadable(name, messages.CANNOT_OPEN) from None


def _name(path: Path) -> str:
    """Name a path to a person: the last part only, also where it is written as a dot, and whatever its bytes are."""
    return _legible(path.name or path.resolve().name or str(path))


def _legible(name: str) -> str:
    """Write a name on one line, without bytes that are no characters: nothing can be written with them."""
    return one_line(os.fsencode(name).decode("utf-8", "replace") if os.name == "posix" else name)


# --- files become readings ---


def read_file(file: File, options: Options) -> Reading:
    """Read one file; when that fails, the cause is the reading."""
    try:
        suffix = file.path.suffix.lower()
        if suffix not in READERS:
            raise refuse_suffix(suffix, file.name)
        return read_bytes(_load(file.path, file.name), suffix, file.name, options)
    except Unreadable as failure:
        return Reading(unread=(failure.unread,))


def read_bytes(raw: bytes, suffix: str, name: str, options: Options) -> Reading:
    """Read bytes by the reader of their suffix, once they are what it says."""
    check_content(raw, suffix, name)
    return _within(READERS[suffix](raw, suffix, name, options), limits().characters)


def _read_letter(raw: bytes, suffix: str, name: str, options: Options) -> Reading:
    """Read a file that is one tip."""
    content = read_document(raw, suffix, name, encoding=options.encoding)
    return Reading((Tip(name, content.text, name, 0, {DOCUMENT_COLUMN: content.text}),), content.notes)


def _read_sheets(raw: bytes, suffix: str, name: str, options: Options) -> Reading:
    """Read a file that holds a tip a row; a sheet that does not fit leaves the others alone."""
    tables = [table for table in main_sheet(read_tables(raw, suffix, name, options)) if not _is_our_detail(table)]
    # A column is only guessed where no sheet has one that is known: beside tips, a single column is a list or a legend.
    guess = not any(known_places(table.columns, TEXT_COLUMNS) for table in tables)
    return merge(_read_rows(table, options, guess=guess) for table in tables)


def _is_our_detail(table: Table) -> bool:
    """Tell the second sheet of our own workbooks, which repeats the tips of the first."""
    return table.sheet == messages.SHEET_DETAIL and table.columns[:1] == (messages.COLUMN_ID,)


READERS: dict[str, Callable[[bytes, str, str, Options], Reading]] = {
    **dict.fromkeys(TABLES, _read_sheets),
    **dict.fromkeys(DOCUMENTS, _read_letter),
}


def _read_rows(table: Table, options: Options, *, guess: bool) -> Reading:
    """Make a tip of each row of a table."""
    said = Reading(notes=table.notes, unread=table.unread)
    if not table.rows:
        return said
    try:
        frame, notes = find_frame(table.source, table.columns, options, lambda at: _filled(table, at), guess=guess)
    except Unreadable as failure:
        return merge([said, Reading(unread=(failure.unread,))])
    return merge([said, Reading(tuple(frame.tip(row, cells) for row, cells in table.rows), notes)])


def _filled(table: Table, place: int) -> int:
    """Count the rows that hold something in a column."""
    return sum(bool(cells[place].strip()) for _, cells in table.rows)


def first_few(names: Sequence[str]) -> str:
    """List the first few names."""
    return "、".join(names[:LISTED]) + ("…" if len(names) > LISTED else "")


# --- readings become one ---


def merge(readings: Iterable[Reading]) -> Reading:
    """Put readings one after the other, each note once."""
    parts = list(readings)
    return Reading(
        tuple(tip for part in parts for tip in part.tips),
        tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        tuple(unread for part in parts for unread in part.unread),
    )


def _settle(reading: Reading) -> Reading:
    """Give every tip an id of its own, or raise all the causes when there is no tip at all."""
    refuse_nothing(reading)
    ids = Ids()
    tips = tuple(tip if (id := ids.take(tip.id, tip.row)) == tip.id else replace(tip, id=id) for tip in reading.tips)
    return replace(reading, tips=tips, notes=reading.notes + ids.notes())


def _within(reading: Reading, most: int) -> Reading:
    """Set aside the tips whose text is too long to be one."""
    long = [tip for tip in reading.tips if len(tip.text) > most]
    if not long:
        return reading
    cause = messages.TEXT_TOO_LONG.format(characters=most)
    unread = tuple(Unread(f"{tip.source}#{tip.row}" if tip.row else tip.source, cause) for tip in long)
    kept = tuple(tip for tip in reading.tips if len(tip.text) <= most)
    return replace(reading, tips=kept, unread=reading.unread + unread)


def refuse_nothing(reading: Reading, *, tips: int | None = None) -> None:
    """Raise InputError with all the causes when there is no tip at all; `tips` counts those that are not held."""
    if tips or reading.tips:
        return
    causes = [messages.PLACE_AND_CAUSE.format(place=each.place, cause=each.cause) for each in reading.unread]
    lines = [one_line(each) for each in causes or reading.notes] or [messages.NO_INPUT]
    raise InputError(lines[0] if len(lines) == 1 else "\n".join([messages.NOTHING_READ, *lines]))


class Ids:
    """The ids of a batch: the first of equal ones is kept, later ones get their row."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.renamed: list[str] = []

    def take(self, id: str, row: int) -> str:
        """Return the id a tip is to bear."""
        if id in self.taken:
            id = self._free(f"{id}#{row}")
            self.renamed.append(id)
        self.taken.add(id)
        return id

    def _free(self, wanted: str) -> str:
        """Count on until an id is free."""
        options = chain([wanted], (f"{wanted}#{turn}" for turn in count(2)))
        return next(option for option in options if option not in self.taken)

    def notes(self) -> tuple[str, ...]:
        """Tell of new ids."""
        note = messages.REPEATED_IDS.format(count=len(self.renamed), ids=first_few(self.renamed))
        return (note,) if self.renamed else ()
