"""Stretches: csv, tsv and JSON Lines cut where rows end, so that no more than a piece of a file is in memory.

What the rows of a piece mean shows in the whole file only (its encoding, its columns); so it is surveyed first.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import IO, Protocol

from tipclass import messages
from tipclass.documents import UNANNOUNCED, codecs_to_try, tidy
from tipclass.formulas import restored_rows
from tipclass.limits import DEFAULT, MEBIBYTE
from tipclass.records import Unread
from tipclass.tables import (
    HEADER_SEARCH,
    LONGEST_CELL,
    Cells,
    Numbered,
    Options,
    as_object,
    is_sentence,
    name_columns,
    named_header,
    note_on_wide_rows,
    number_rows,
    sniff_delimiter,
    take,
    trim,
)

LONGEST_LINE = DEFAULT.file * MEBIBYTE
STRETCH = 400_000  # bytes, some 130,000 Han characters in UTF-8
WITH_MARK, PLAIN = "utf-8-sig", "utf-8"
BY_LINES = {PLAIN, WITH_MARK, "gb18030"}  # encodings in which a byte 10 is the end of a line and nothing else
MARK = "\ufeff"
END = "\0"  # no text holds it any more once it is tidied


class WholeOnly(Exception):
    """A file that can only be read as a whole: another encoding, an open quote, nothing in it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole rows of a file, its bytes from `start` up to `end`; the first of them has the number `first`."""

    start: int
    end: int
    first: int


class Form(Protocol):
    """How the bytes of a stretch become rows; can be sent to another process."""

    def rows(self, raw: bytes, stretch: Stretch) -> Iterator[Numbered]:
        """Yield the rows that hold something, with their numbers."""
        ...


@dataclass(frozen=True, slots=True)
class Survey:
    """What the whole of a file says: columns, notes, how many rows hold something, and how and where they stand."""

    columns: Cells
    form: Form
    stretches: tuple[Stretch, ...]
    count: int
    notes: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


def survey(stream: IO[bytes], suffix: str, name: str, options: Options) -> Survey:
    """Look through a file once; raises WholeOnly when it does not come apart."""
    stream.seek(0)
    for codec in codecs_to_try(stream.read(4), options.encoding):
        if codec not in BY_LINES:
            break
        try:
            return SURVEYS[suffix](stream, codec, name, options)
        except UnicodeError:
            continue
    raise WholeOnly


def _text(raw: bytes, codec: str, start: int) -> str:
    """Decode a stretch and tidy it as `tidy` would the whole; a mark of the byte order stands at the start only."""
    text = raw.decode(codec if start == 0 else PLAIN if codec == WITH_MARK else codec)
    text = text.removeprefix(MARK) if start == 0 else text
    return text.replace("\r\n", "\n").replace(END, "")


def _lines(stream: IO[bytes], start: int, size: int) -> bytes:
    """Read about so many bytes, up to the end of a line."""
    stream.seek(start)
    raw, rest = stream.read(size), stream.readline(LONGEST_LINE)
    if len(rest) == LONGEST_LINE:
        raise WholeOnly
    return raw + rest


def _said(nul: bool, codec: str, name: str, options: Options) -> tuple[str, ...]:
    """Return what decoding has to tell."""
    decoded = () if options.encoding or codec in UNANNOUNCED else (codec.upper(),)
    notes = (messages.DECODED_AS.format(name=name, codec=each) for each in decoded)
    return (*notes, *((messages.NUL_DROPPED.format(name=name),) if nul else ()))


# --- csv and tsv ---


@dataclass(frozen=True, slots=True)
class Separated:
    """Rows of cells, of which those at some places are kept; rows up to the header are none."""

    codec: str
    delimiter: str
    header: int
    kept: tuple[int, ...]

    def rows(self, raw: bytes, stretch: Stretch) -> Iterator[Numbered]:
        """Yield the rows below the header that hold something."""
        width = len(self.kept)
        straight = self.kept == tuple(range(width))
        records = _records(_text(raw, self.codec, stretch.start), self.delimiter)[:-1]
        for number, cells in enumerate(records, stretch.first):
            if number <= self.header:
                continue
            if straight and len(cells) == width and cells[-1].strip():
                yield number, tuple(cells)
            elif some := trim(cells):
                yield number, take(some, self.kept)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """Split text into records of cells; the last is a mark of the end, unless a quote was left open."""
    csv.field_size_limit(LONGEST_CELL)
    records = csv.reader(chain(io.StringIO(text, newline=""), (END,)), delimiter=delimiter)
    return list(restored_rows(records, text))


@dataclass(slots=True)
class _Shape:
    """What the rows from the header on tell of the columns; `header` is its row, or the one above the first row."""

    header: int
    heads: Cells
    width: int
    notes: tuple[str, ...] = ()
    used: set[int] = field(default_factory=set)
    solid: int = 0  # so many of the first places are used
    wide: list[int] = field(default_factory=list)
    count: int = 0

    def see(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Take in some rows."""
        for number, record in rows:
            cells = record if record and record[-1].strip() else trim(record)
            if not cells or number < self.header:
                continue
            self.count += number > self.header
            if len(cells) > self.width:
                self.wide.append(number)
            if len(cells) > self.solid:
                self.used.update(at for at, cell in enumerate(cells) if cell.strip())
                while self.solid in self.used:
                    self.solid += 1


def _survey_csv(stream: IO[bytes], codec: str, name: str, options: Options) -> Survey:
    head = _text(_lines(stream, 0, STRETCH), codec, 0)
    return _survey_separated(stream, codec, name, options, sniff_delimiter(head, options.text_column))


def _survey_separated(stream: IO[bytes], codec: str, name: str, options: Options, delimiter: str = "\t") -> Survey:
    stretches: list[Stretch] = []
    shape, nul = None, False
    for stretch, raw, records in _csv_stretches(stream, codec, delimiter):
        shape = shape or _shape(records, name, options, last=not stream.read(1))
        shape.see(enumerate(records, stretch.first))
        stretches.append(stretch)
        nul = nul or b"\0" in raw
    if not (shape and shape.count):
        raise WholeOnly
    kept = tuple(sorted(shape.used))
    columns = name_columns(take(shape.heads, kept), kept)
    notes = (*_said(nul, codec, name, options), *note_on_wide_rows(shape.wide, name), *shape.notes)
    return Survey(columns, Separated(codec, delimiter, shape.header, kept), tuple(stretches), shape.count, notes)


def _csv_stretches(stream: IO[bytes], codec: str, delimiter: str) -> Iterator[tuple[Stretch, bytes, list[list[str]]]]:
    """Cut a file where a record ends, however long records are."""
    start, first, quotes, text = 0, 1, 0, ""
    while raw := _lines(stream, start, STRETCH):
        while (records := _records(text := _text(raw, codec, start), delimiter))[-1] != [END]:
            if whole := _whole_records(raw, text, delimiter):
                raw = whole
            elif more := _lines(stream, start + len(raw), len(raw)):
                raw += more
            else:
                raise WholeOnly
        yield Stretch(start, start + len(raw), first), raw, records[:-1]
        start, first, quotes = start + len(raw), first + len(records) - 1, quotes + raw.count(b'"')
    if quotes % 2 and _goes_over_lines(text, delimiter):  # it may be another's quote that closes it
        raise WholeOnly


def _goes_over_lines(text: str, delimiter: str) -> bool:
    """Tell whether the last record of a text has several lines."""
    before, last = [0, 0, *_ends(list(io.StringIO(text, newline="")), delimiter)][-2:]
    return last - before > 1


def _ends(lines: list[str], delimiter: str) -> list[int]:
    """Return how many lines there are up to the end of each record."""
    reader = csv.reader(lines, delimiter=delimiter)
    return [reader.line_num for _ in reader]


def _whole_records(raw: bytes, text: str, delimiter: str) -> bytes:
    """Return the bytes of a text up to the end of its last whole record; none where no record is whole."""
    lines = list(io.StringIO(text, newline=""))
    ends = _ends(lines, delimiter)
    whole = "".join(lines[: ends[-2]]) if len(ends) > 1 else ""
    if not whole.endswith("\n"):
        return b""
    return raw[: len(raw) - len(raw.split(b"\n", whole.count("\n"))[-1])]


def _shape(records: list[list[str]], name: str, options: Options, *, last: bool) -> _Shape:
    """Find the header among the first rows."""
    rows = number_rows(records)
    found = named_header(rows, options.text_column)
    if not rows or (found is None and len(rows) < HEADER_SEARCH and not last):
        raise WholeOnly
    number, heads = rows[found or 0]
    if not any(map(is_sentence, heads)):
        note = messages.ROWS_ABOVE_HEADER.format(name=name, row=number, count=found)
        return _Shape(number, heads, len(heads), (note,) if found else ())
    if found:
        raise WholeOnly
    return _Shape(number - 1, (), len(heads), (messages.NO_HEADER.format(name=name),))


# --- JSON Lines ---


@dataclass(frozen=True, slots=True)
class Objects:
    """An object a line; its values stand under the keys of all of them."""

    codec: str
    keys: tuple[str, ...]

    def rows(self, raw: bytes, stretch: Stretch) -> Iterator[Numbered]:
        """Yield the objects that hold something as rows of texts."""
        for number, fields, plain in _objects(_text(raw, self.codec, stretch.start), stretch.first):
            if fields and any(map(str.strip, fields.values())):
                cells = (fields.get(key, "") for key in self.keys)
                yield number, tuple(cells if plain else (tidy(cell, "").text for cell in cells))


def _objects(text: str, first: int) -> Iterator[tuple[int, dict[str, str] | None, bool]]:
    """Yield the line number, the object if it is one, and whether none of its texts can need tidying."""
    for number, line in enumerate(text.split("\n"), first):
        if line.strip():
            yield number, as_object(line), not ("\\" in line or MARK in line)


def _survey_objects(stream: IO[bytes], codec: str, name: str, options: Options) -> Survey:
    stretches, unread = list[Stretch](), list[Unread]()
    keys, notes = dict[str, None](), dict[str, None]()
    start, first, count, nul = 0, 1, 0, False
    while raw := _lines(stream, start, STRETCH):
        text = _text(raw, codec, start)
        for number, fields, plain in _objects(text, first):
            if fields is None:
                unread.append(Unread(f"{name}:{number}", messages.NOT_AN_OBJECT))
            elif fields and any(map(str.strip, fields.values())):
                count += 1
                keys.update(dict.fromkeys(fields))
                notes.update({} if plain else dict.fromkeys(_notes(fields.values(), name)))
        stretches.append(Stretch(start, start + len(raw), first))
        start, first, nul = start + len(raw), first + text.count("\n"), nul or b"\0" in raw
    if not count:
        raise WholeOnly
    columns = name_columns(tuple(tidy(key, name).text for key in keys), range(len(keys)))
    said = dict.fromkeys((*_said(nul, codec, name, options), *_notes(keys, name), *notes))
    return Survey(columns, Objects(codec, tuple(keys)), tuple(stretches), count, tuple(said), tuple(unread))


def _notes(texts: Iterable[str], name: str) -> Iterator[str]:
    return (note for text in texts for note in tidy(text, name).notes)


SURVEYS: dict[str, Callable[[IO[bytes], str, str, Options], Survey]] = {
    ".csv": _survey_csv,
    ".tsv": _survey_separated,
    ".jsonl": _survey_objects,
}
