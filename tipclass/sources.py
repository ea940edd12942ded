"""Sources: tips on their way in, chunk by chunk, and what must be known of all of them before the first goes on."""

import functools
import hashlib
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Protocol

from tipclass import messages
from tipclass.documents import Unreadable
from tipclass.errors import InputError
from tipclass.frames import Frame, find_frame
from tipclass.readers import (
    STDIN,
    Ids,
    find_files,
    merge,
    parse_options,
    read_bytes,
    read_file,
    refuse_nothing,
    suffix_of,
)
from tipclass.records import Reading, Tip, Unread
from tipclass.settings import limits
from tipclass.signs import seems
from tipclass.stretches import SURVEYS, Form, Stretch, Survey, WholeOnly, survey
from tipclass.tables import Options

CHARACTERS = 130_000  # of a chunk, about
HEAD = 4096  # bytes in which a file shows what it really is


class Chunk(Protocol):
    """Some tips, which can be sent to another process."""

    def tips(self) -> Sequence[Tip]:
        """Return them."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """Tips in memory."""

    held: Sequence[Tip]

    def tips(self) -> Sequence[Tip]:
        """Return them."""
        return self.held


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a file as they lie there; `ids` are the new ones of rows whose own are taken."""

    raw: bytes
    stretch: Stretch
    form: Form
    frame: Frame
    ids: Mapping[int, str]

    def tips(self) -> Sequence[Tip]:
        """Make a tip of each row."""
        return [
            self.frame.tip(row, cells, self.ids.get(row, "")) for row, cells in self.form.rows(self.raw, self.stretch)
        ]


def portions(tips: Sequence[Tip], characters: int = CHARACTERS) -> Iterator[Held]:
    """Cut tips into chunks of about so many characters; a long text is a chunk of its own."""
    begin = length = 0
    for at, tip in enumerate(tips):
        if length and length + len(tip.text) > characters:
            yield Held(tips[begin:at])
            begin, length = at, 0
        length += len(tip.text) + 1  # also of empty texts there are only so many in a chunk
    if begin < len(tips):
        yield Held(tips[begin:])


# --- parts ---


@dataclass(frozen=True)
class _Memory:
    """Tips in memory, with ids of their own."""

    tips: list[Tip]

    @property
    def count(self) -> int:
        return len(self.tips)

    @property
    def columns(self) -> Iterable[str]:
        return dict.fromkeys(name for tip in self.tips for name in tip.fields)

    @property
    def names(self) -> Iterable[str]:
        return dict.fromkeys(tip.source for tip in self.tips)

    @property
    def numbered(self) -> bool:
        return all(tip.id in tip.fields.values() for tip in self.tips)

    @property
    def in_rows(self) -> bool:
        return any(tip.row for tip in self.tips)

    def chunks(self) -> Iterator[Chunk]:
        return portions(self.tips)

    def content(self) -> Iterator[bytes]:
        for tip in self.tips:
            yield repr((tip.id, tip.text, tip.source, tip.row, *tip.fields.items())).encode()


@dataclass(frozen=True)
class _File:
    """A text file whose rows are read again, stretch by stretch, when their turn has come."""

    opened: Callable[[], IO[bytes]]
    state: tuple[int, int]
    survey: Survey
    frame: Frame
    notes: tuple[str, ...]
    ids: Sequence[Mapping[int, str]] = ()  # the new ones, of each stretch; none where no row can need one
    numbered: bool = False
    in_rows: bool = True

    @property
    def count(self) -> int:
        return self.survey.count

    @property
    def columns(self) -> Iterable[str]:
        return self.survey.columns

    @property
    def names(self) -> Iterable[str]:
        return (self.frame.source,)

    def chunks(self) -> Iterator[Chunk]:
        renamed = self.ids or [{}] * len(self.survey.stretches)
        for stretch, raw, ids in zip(self.survey.stretches, self._raw(), renamed, strict=True):
            yield Rows(raw, stretch, self.survey.form, self.frame, ids)

    def content(self) -> Iterator[bytes]:
        yield repr((self.frame, self.survey.form)).encode()
        yield from self._raw()

    def _raw(self) -> Iterator[bytes]:
        """Yield the bytes of each stretch."""
        try:
            stream = self.opened()
        except OSError:
            raise Unreadable(self.frame.source, messages.CANNOT_OPEN) from None
        with stream:
            for stretch in self.survey.stretches:
                yield _bytes(stream, stretch)
                if _state(stream) != self.state:
                    raise InputError(messages.INPUT_CHANGED.format(name=self.frame.source))


def _bytes(stream: IO[bytes], stretch: Stretch) -> bytes:
    stream.seek(stretch.start)
    return stream.read(stretch.end - stretch.start)


def _state(stream: IO[bytes]) -> tuple[int, int]:
    """Return what tells whether a file was written to."""
    if isinstance(stream, io.BytesIO):
        return 0, 0
    found = os.fstat(stream.fileno())
    return found.st_mtime_ns, found.st_size


# --- sources ---


@dataclass(frozen=True)
class Source:
    """Tips of one or more inputs in their order, and what all of them have in common.

    `names` are the inputs they come from, `columns` the union of their columns in first-seen order; `numbered` says
    that a column shows the id of every tip, `in_rows` that some are rows of a table; `notes` are worth telling,
    `unread` is what was not read.
    """

    parts: tuple["_Memory | _File", ...]
    notes: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()

    @functools.cached_property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

    @functools.cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for part in self.parts for name in part.columns))

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for part in self.parts for name in part.names))

    @functools.cached_property
    def numbered(self) -> bool:
        return all(part.numbered for part in self.parts)

    @functools.cached_property
    def in_rows(self) -> bool:
        return any(part.in_rows for part in self.parts)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the tips in their order; raises InputError when a file was changed since it was looked through."""
        for part in self.parts:
            yield from part.chunks()

    def tips(self) -> Iterator[Tip]:
        """Yield all tips."""
        return (tip for chunk in self.chunks() for tip in chunk.tips())

    def digest(self) -> str:
        """Return a hash of what the tips are made of."""
        whole = hashlib.sha256()
        for part in self.parts:
            for content in part.content():
                whole.update(content)
        return whole.hexdigest()


def held(tips: Sequence[Tip], notes: Sequence[str] = (), unread: Sequence[Unread] = ()) -> Source:
    """Return tips in memory as a source."""
    return Source((_Memory(list(tips)),), tuple(notes), tuple(unread))


def open_source(
    inputs: Sequence[Path],
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Source:
    """Look through files and folders as `read_tips` reads them, holding no more than letters and workbooks in memory.

    Raises InputError when there is no tip at all.
    """
    options = parse_options(text_column, id_column, sheet, encoding)
    files, found = find_files(inputs)
    looked = [
        _look(functools.partial(_open, file.path), file.path.suffix.lower(), file.name, options)
        or read_file(file, options)
        for file in files
    ]
    return _source([found, *looked])


def open_stream(
    raw: bytes,
    kind: str,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Source:
    """Look through the bytes of standard input as `read_stream` reads them."""
    options, suffix = parse_options(text_column, id_column, sheet, encoding), suffix_of(kind)
    looked = _look(functools.partial(io.BytesIO, raw), suffix, STDIN, options)
    return _source([looked or read_bytes(raw, suffix, STDIN, options)])


def _open(path: Path) -> IO[bytes]:
    if not path.is_file():  # reading a pipe or a device may never end
        raise OSError
    return path.open("rb")


def _look(opened: Callable[[], IO[bytes]], suffix: str, name: str, options: Options) -> _File | Reading | None:
    """Look through a text file; None where it must be read as a whole, which also finds what is wrong with it."""
    if suffix not in SURVEYS:
        return None
    try:
        with opened() as stream:
            if seems(stream.read(HEAD)):
                return None
            found = survey(stream, suffix, name, options)
            if any(each.end - each.start > limits().characters for each in found.stretches):
                return None  # it may hold a text too long to be a tip
            counts = functools.cache(lambda: _filled(stream, found))
            frame, notes = find_frame(name, found.columns, options, lambda at: counts()[at], guess=True)
            return _File(opened, _state(stream), found, frame, (*found.notes, *notes))
    except Unreadable as failure:
        return Reading((), found.notes, (*found.unread, failure.unread))
    except (WholeOnly, OSError):
        return None


def _filled(stream: IO[bytes], found: Survey) -> Counter[int]:
    """Count the rows that hold something, by the places of the columns."""
    rows = (cells for each in found.stretches for _, cells in found.form.rows(_bytes(stream, each), each))
    return Counter(at for cells in rows for at, cell in enumerate(cells) if cell.strip())


def _source(looked: Sequence[_File | Reading]) -> Source:
    """Give every tip an id of its own, and refuse when there is none."""
    said = merge(each if isinstance(each, Reading) else Reading((), each.notes, each.survey.unread) for each in looked)
    ids, files = Ids(), [each for each in looked if isinstance(each, _File)]
    alone = len(files) == 1 and not said.tips
    parts: list[_Memory | _File] = []
    for each in looked:
        if isinstance(each, _File):
            parts.append(_settled(each, ids, alone=alone))
        elif each.tips:
            last = parts[-1] if parts else None
            memory = last if isinstance(last, _Memory) else _Memory([])
            memory.tips.extend(replace(tip, id=ids.take(tip.id, tip.row)) for tip in each.tips)
            parts += [] if memory is last else [memory]
    source = Source(tuple(parts), said.notes + ids.notes(), said.unread)
    refuse_nothing(said, tips=source.count)
    return source


def _settled(file: _File, ids: Ids, *, alone: bool) -> _File:
    """Find the rows whose ids are taken."""
    if file.frame.key is None and alone:  # ids made of source and row are all different
        return file
    with file.opened() as stream:
        found = [_ids(file, _bytes(stream, each), each, ids) for each in file.survey.stretches]
    return replace(file, ids=[renamed for renamed, _ in found], numbered=all(numbered for _, numbered in found))


def _ids(file: _File, raw: bytes, stretch: Stretch, ids: Ids) -> tuple[dict[int, str], bool]:
    """Return the new ids of rows whose own are taken, and whether the rows show the ids of all."""
    renamed, numbered = {}, True
    frame, source = file.frame, file.frame.source
    for row, cells in file.survey.form.rows(raw, stretch):
        own = frame.given(cells)
        id = ids.take(own or f"{source}#{row}", row)
        if id != own:
            numbered = numbered and id in cells
            if own:
                renamed[row] = id
        elif numbered:
            numbered = own in cells
    return renamed, numbered
