"""The line: chunks of tips go in, pieces of a result come out in their order, no more than a few of them in memory."""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import tipclass
from tipclass import messages
from tipclass.crew import Crew, crew_of
from tipclass.fields import ALL, Station
from tipclass.journal import drafting
from tipclass.linked import Linked, Origin
from tipclass.model import Model
from tipclass.records import Entry, Route, Tip
from tipclass.result_book import ResultBook
from tipclass.result_columns import Batch, Layout, widths_of
from tipclass.result_csv import write_csv_header, write_csv_rows
from tipclass.result_json import write_json_lines
from tipclass.result_sheets import Rows, sheet_rows
from tipclass.sources import Chunk, Source
from tipclass.targets import new_folder, replacing
from tipclass.triage import CHUNK, NO_LINKS, triage
from tipclass.workbook import check_rows, new_workbook

if TYPE_CHECKING:
    from tipclass.office import Office

MARK = "\ufeff"  # without which Excel takes a csv for GBK

Tally = Counter[tuple[str, Route]]  # by the name of the category, and the route
Written = tuple[Tally, list[str]]  # and what is worth telling
Done = Callable[[int], None]
ALONE = crew_of(1)
PART = 64  # pieces of a result in a file, where it is written as a folder


@dataclass(frozen=True)
class Piece:
    """What became of a chunk: how many tips it held, what was decided, and their part of the result."""

    tips: int
    tally: Tally
    text: str = ""
    rows: Sequence[Rows] = ()


@dataclass(frozen=True)
class Line:
    """All that a process needs to make a piece of a result of a chunk of tips.

    `masked` holds the masked names of all inputs where the informant is to be hidden; links go by masked tips.
    """

    model: Model
    layout: Layout
    kind: str  # csv, jsonl or xlsx
    full: bool = False
    fields: tuple[str, ...] = ()
    top: int = 3
    passages: bool = False
    office: "Office | None" = None
    links: Mapping[Origin, Linked] = field(default_factory=lambda: NO_LINKS)
    work: frozenset[Station] = ALL
    masked: Mapping[str, str] | None = None

    def __call__(self, chunk: Chunk) -> Piece:
        """Make a piece of a chunk."""
        tips, tally = chunk.tips(), Tally()
        texts, rows = list[str](), list[Rows]()
        for start in range(0, len(tips), CHUNK):
            batch = self.batch(self._entries(tips[start : start + CHUNK]))
            tally.update((batch.category(entry), entry.decision.route) for entry in batch.entries)
            if self.kind == "xlsx":
                rows += sheet_rows(batch, full=self.full)
            else:
                texts.append(self._text(batch))
        return Piece(len(tips), tally, "".join(texts), rows)

    def batch(self, entries: Sequence[Entry] = ()) -> Batch:
        """Return entries as a part of the result."""
        return Batch(entries, self.model.taxonomy, self.model.id, self.fields, self.layout)

    def head(self) -> str:
        """Return what stands above the first piece."""
        stream = io.StringIO(newline="")
        if self.kind == "csv":
            stream.write(MARK)
            write_csv_header(stream, self.batch(), full=self.full)
        return stream.getvalue()

    def _text(self, batch: Batch) -> str:
        stream = io.StringIO(newline="")
        if self.kind == "csv":
            write_csv_rows(stream, batch, full=self.full)
        else:
            write_json_lines(stream, batch)
        return stream.getvalue()

    def _entries(self, tips: Sequence[Tip]) -> list[Entry]:
        if self.masked is not None:
            from tipclass.envelope import mask_tips  # its rules take long to load, and not all ask for them

            tips = mask_tips(tips, self.masked)
        return triage(
            tips,
            self.model,
            top=self.top,
            passages=self.passages,
            office=self.office,
            links=self.links,
            work=self.work,
        )


def layout(source: Source, *, passages: bool, office: "Office | None", links: Mapping[Origin, Linked]) -> Layout:
    """Return the columns that a result will have, whatever its entries turn out to be."""
    return Layout(
        inputs=source.columns,
        widths=widths_of(source.columns, source.tips()),
        several_sources=len(source.names) > 1,
        numbered=source.numbered and not passages,  # a part has an id of its own
        noted=office is not None,
        linked=any(each.repeats or each.series for each in links.values()),
        taken_apart=passages,
        bare=source.in_rows,
    )


def _pieces(line: Line, source: Source, crew: Crew[Chunk, Piece], skip: int = 0) -> Generator[Piece, None, None]:
    """Yield the pieces of a result but for the first ones; the crew stops with it."""
    with closing(crew(line, islice(source.chunks(), skip, None))) as pieces:
        yield from pieces


def to_stream(
    line: Line, source: Source, stream: IO[str], *, crew: Crew[Chunk, Piece] = ALONE, done: Done = lambda _: None
) -> Written:
    """Write a result to an open stream, as it comes."""
    tally = Tally()
    with closing(_pieces(line, source, crew)) as pieces:
        for piece in pieces:
            stream.write(piece.text)
            tally.update(piece.tally)
            done(piece.tips)
    return tally, []


def to_workbook(
    line: Line, source: Source, path: Path, *, crew: Crew[Chunk, Piece] = ALONE, done: Done = lambda _: None
) -> Written:
    """Write a result as a workbook."""
    check_rows(source.count)
    tally = Tally()
    with replacing(path) as part, new_workbook(part) as raw, closing(_pieces(line, source, crew)) as pieces:
        book = ResultBook(raw, line.batch(), full=line.full)
        for piece in pieces:
            book.add(piece.rows)
            tally.update(piece.tally)
            done(piece.tips)
        return tally, book.finish()


def to_folder(
    line: Line, source: Source, folder: Path, *, crew: Crew[Chunk, Piece] = ALONE, done: Done = lambda _: None
) -> Written:
    """Write a result as a new folder of csv or JSON Lines files, all of them or none; their names are in order."""
    tally = Tally()
    with new_folder(folder) as part, closing(_pieces(line, source, crew)) as pieces:
        for number, piece in enumerate(pieces):
            text = piece.text if number % PART else line.head() + piece.text
            with (part / f"part-{number // PART:05}.{line.kind}").open("ab") as stream:
                stream.write(text.encode())
            tally.update(piece.tally)
            done(piece.tips)
    return tally, []


def to_file(
    line: Line,
    source: Source,
    path: Path,
    facts: Mapping[str, object],
    *,
    resume: bool = False,
    crew: Crew[Chunk, Piece] = ALONE,
    done: Done = lambda _: None,
) -> Written:
    """Write a result as csv or JSON Lines, whole or not at all; what is finished of it can be gone on with.

    `facts` are what else must be the same for that, by name.
    """
    known = {name: hashlib.sha256(repr(fact).encode()).hexdigest() for name, fact in _facts(line, source, facts)}
    with drafting(path, known, resume=resume) as draft:
        finished = [_noted(note) for note in draft.done]
        tips, tally = sum(tips for tips, _ in finished), sum((tally for _, tally in finished), Tally())
        done(tips)
        with closing(_pieces(line, source, crew, len(finished))) as pieces:
            for piece in pieces:
                text = piece.text if draft.done else line.head() + piece.text
                draft.add(text.encode(), _note(piece))
                tally.update(piece.tally)
                done(piece.tips)
        return tally, [messages.RESUMED.format(count=tips)] if tips else []


def _facts(line: Line, source: Source, more: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield what decides what a result is, by name."""
    yield from (("input", source.digest()), ("model", line.model.id), ("version", tipclass.__version__))
    yield from (("--top", line.top), ("--passages", line.passages), ("--fields", line.fields), ("--format", line.kind))
    yield from (("--columns", line.full), ("--date", line.office and line.office.day))
    yield from more.items()


def _note(piece: Piece) -> dict[str, Any]:
    return {"tips": piece.tips, "tally": [[name, route, count] for (name, route), count in piece.tally.items()]}


def _noted(note: Mapping[str, Any]) -> tuple[int, Tally]:
    return note["tips"], Tally({(name, Route(route)): count for name, route, count in note["tally"]})
