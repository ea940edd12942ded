"""The desk: what intake staff do with a paste and with the ledger, by the program's own functions."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from pathlib import Path
from sqlite3 import Row as Record
from typing import Any

from pydantic import TypeAdapter

from tipclass import corrections, messages
from tipclass.batches import desk_of
from tipclass.desk_store import PRIVATE_FOLDER, Store, as_json, from_json, now
from tipclass.errors import InputError, UsageError
from tipclass.ledger import Ledger, Row, Status
from tipclass.ledger_lines import AREA_COLUMNS, CHANNEL_COLUMNS, Line, fingerprint, row_of, text_of
from tipclass.link import Links, link_tips
from tipclass.linked import Linked, Origin, origin
from tipclass.model import Model
from tipclass.office import DAY_COLUMNS
from tipclass.passages import split
from tipclass.records import Entry, Evidence, Tip
from tipclass.registration import Desk, Registration, register
from tipclass.shelf import Shelf
from tipclass.taxonomy import Taxonomy
from tipclass.triage import against, triage

LONGEST = 200_000  # characters of a paste
MOST = 200  # tips of one
LONGEST_NUMBER = 20  # characters of what may be a number
BLANK_LINES = re.compile(r"\n[ \t\u3000]{0,99}\n\s*")
TIPS: TypeAdapter[tuple[Tip, ...]] = TypeAdapter(tuple[Tip, ...])
REVIEWED = (messages.COLUMN_CORRECTION, messages.COLUMN_FURTHER_CORRECTION, messages.COLUMN_STATUS)


class Cut(StrEnum):
    """Where a paste is cut into tips."""

    NOWHERE = "nowhere"
    BLANKS = "blanks"
    NUMBERS = "numbers"


def _whole(text: str) -> list[str]:
    return [text]


def _numbered(text: str) -> list[str]:
    """Cut at the items of a numbered list, as passages are."""
    items = [list(each) for _, each in groupby(split(text, size=len(text)), key=lambda each: each.item)]
    return [text[each[0].start : each[-1].end] for each in items]


CUTS: Mapping[Cut, Callable[[str], list[str]]] = {
    Cut.NOWHERE: _whole,
    Cut.BLANKS: BLANK_LINES.split,
    Cut.NUMBERS: _numbered,
}


def cut(text: str, where: Cut) -> list[str]:
    """Cut a paste into tips; what holds only white space is none.

    >>> cut("河里有人电鱼\\n\\n砖厂冒黑烟", Cut.BLANKS)
    ['河里有人电鱼', '砖厂冒黑烟']
    """
    return [piece.strip() for piece in CUTS[where](text) if piece.strip()]


def likely_cut(text: str) -> Cut:
    """Return where a paste is most likely to be cut: at numbers if they make a list, else at blank lines."""
    return next((where for where in (Cut.NUMBERS, Cut.BLANKS) if len(cut(text, where)) > 1), Cut.NOWHERE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """The tips of a paste, and the number of each in the ledger: empty until it is registered."""

    id: int
    tips: tuple[Tip, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reviews of today are."""

    today: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned from the reviews of the ledger, and the folder it went to."""

    learned: corrections.Learned
    reviewed: corrections.Reviewed
    folder: Path


class IntakeDesk:
    """The desk of one office on this machine."""

    def __init__(self, store: Store, model: Model) -> None:
        self.store, self.model = store, model
        self.shelf = Shelf(store, model.taxonomy)

    @property
    def taxonomy(self) -> Taxonomy:
        """The categories of the model in use."""
        return self.model.taxonomy

    @cached_property
    def _tables(self) -> Desk:
        return desk_of(self.model, date.today())

    @property
    def tables(self) -> Desk:
        """The office's tables, on this day."""
        return replace(self._tables, office=self._tables.office.on(date.today()))

    @property
    def channels(self) -> list[str]:
        """The channels whose deadlines are known."""
        return [each.name for each in self.tables.deadlines.channel]

    # --- intake ---

    def paste(self, pieces: Sequence[str], *, received: date, channel: str = "", area: str = "") -> int:
        """Keep the tips of a paste, and return the id it is known by."""
        if not pieces:
            raise UsageError(messages.TEXT_EMPTY)
        if len(pieces) > MOST or sum(map(len, pieces)) > LONGEST:
            raise UsageError(messages.PASTE_TOO_LONG.format(most=MOST, longest=LONGEST))
        usual = {DAY_COLUMNS[0]: received.isoformat(), CHANNEL_COLUMNS[0]: channel, AREA_COLUMNS[0]: area}
        fields = {name: cell for name, cell in usual.items() if cell}
        moment = now()
        tips = tuple(
            Tip(f"{moment}-{turn}", text, messages.PASTE_SOURCE, 0, {messages.COLUMN_TEXT: text, **fields})
            for turn, text in enumerate(pieces, 1)
        )
        row = (moment, TIPS.dump_json(tips).decode(), as_json([""] * len(tips)))
        with self.store.writing() as db:
            found = db.execute("INSERT INTO paste (at, tips, numbers) VALUES (?, ?, ?)", row).lastrowid
        return int(found or 0)

    def pasted(self, id: int) -> Pasted | None:
        """Return a paste by its id."""
        with self.store.reading() as db:
            row = db.execute("SELECT * FROM paste WHERE id = ?", (id,)).fetchone()
        return _pasted(row) if row else None

    def unregistered(self) -> list[Pasted]:
        """Return the pastes that hold tips nobody registered, the newest first."""
        with self.store.reading() as db:
            rows = db.execute("SELECT * FROM paste ORDER BY id DESC").fetchall()
        return [_pasted(row) for row in rows if not all(from_json(row["numbers"]))]

    def forget(self, id: int) -> None:
        """Delete a paste; what was registered of it stays in the ledger."""
        with self.store.writing() as db:
            db.execute("DELETE FROM paste WHERE id = ?", (id,))

    def judge(self, tips: Sequence[Tip]) -> list[Entry]:
        """Judge tips as they stand, each alone."""
        return triage(tips, self.model, office=self.tables.office)

    def against(self, entry: Entry) -> tuple[Evidence, ...]:
        """Return what spoke against the main label of an entry."""
        return against(entry, self.model) if entry.decision.readable else ()

    def repeats(self, tips: Sequence[Tip]) -> Mapping[Origin, Linked]:
        """Link tips with each other, and with the lines of the ledger that may tell the same."""
        near = self.shelf.part(number for tip in tips for number in self.shelf.near(tip.text))
        own = set(map(fingerprint, tips))  # registered meanwhile
        earlier = [_as_tip(line) for line in near.lines if text_of(line, messages.COLUMN_FINGERPRINT) not in own]
        return link_tips(tips, earlier) if len(tips) + len(earlier) > 1 else {origin(tip): Linked() for tip in tips}

    def save(self, id: int, places: Iterable[int]) -> Registration:
        """Register tips of a paste, and keep which number each got."""
        pasted = self.pasted(id)
        wanted = [at for at in places if pasted and at < len(pasted.tips) and not pasted.numbers[at]]
        if pasted is None or not wanted:
            raise UsageError(messages.PASTE_NOTHING_TO_SAVE)
        entries = self.judge([pasted.tips[at] for at in wanted])
        near = self.shelf.part(number for entry in entries for number in self.shelf.near(entry.tip.text))
        found = self.shelf.enter(near, entries, self.tables)
        given = {row.id: row.number for row in found.ledger.rows[len(near.rows) :]}
        numbers = [given.get(tip.id, old) for tip, old in zip(pasted.tips, pasted.numbers, strict=True)]
        with self.store.writing() as db:
            db.execute("UPDATE paste SET numbers = ? WHERE id = ?", (as_json(numbers), id))
        return found

    # --- the ledger ---

    def row(self, number: str) -> tuple[Row, Line] | None:
        """Return a row of the ledger with its line."""
        found = self.shelf.part([number])
        rows = zip(found.rows, found.lines, strict=True)
        return next(((row, line) for row, line in rows if row.number == number), None)

    def edit(self, number: str, cells: Mapping[str, Any]) -> Line:
        """Change cells of a line as staff do in the workbook, dispatch it anew where its category changed.

        Returns the line as it was. Raises InputError when a category or a status cannot be used.
        """
        before = self.shelf.part([number])
        at = next((at for at, row in enumerate(before.rows) if row.number == number), None)
        if at is None:
            raise UsageError(messages.ROW_GONE.format(number=number if len(number) <= LONGEST_NUMBER else ""))
        old = before.lines[at]
        changed = {**old, **cells}
        self._check(changed)
        lines = tuple(changed if place == at else line for place, line in enumerate(before.lines))
        after = register(replace(before, lines=lines), (), self.tables, linker=lambda new, earlier: Links((), ()))
        self.shelf.put(before, after.ledger)
        return old

    def _check(self, line: Line) -> None:
        main, further = (text_of(line, name) for name in REVIEWED[:2])
        if main or further:
            corrections.corrected_labels(main, further, self.taxonomy)
        said: list[str] = []
        row_of(line, self.taxonomy, said.append)
        if text_of(line, messages.COLUMN_STATUS) not in messages.STATUSES.values():
            raise InputError(messages.STATUS_ERROR)

    # --- reviews ---

    def waiting(self) -> list[Row]:
        """Return the rows that wait for a person, the most doubtful first."""
        return waiting(self.shelf.ledger())

    def progress(self, waiting: Sequence[Row]) -> Progress:
        """Return how many were reviewed today, and how many of those wait."""
        with self.store.reading() as db:
            sql = "SELECT count(*) FROM review WHERE at >= ?"
            today = db.execute(sql, (date.today().isoformat(),)).fetchone()[0]
        return Progress(today, len(waiting))

    def review(self, number: str, codes: Sequence[str]) -> None:
        """Keep what a person said of a tip, the main category first, at once and with the time."""
        names = [self.taxonomy.name(self.taxonomy.code(code)) for code in codes]
        cells = (*names[:1], ";".join(names[1:]), messages.STATUSES[Status.REGISTERED])
        before = self.edit(number, dict(zip(REVIEWED, cells, strict=True)))
        row = (now(), number, as_json(list(codes)), as_json({name: before.get(name, "") for name in REVIEWED}))
        with self.store.writing() as db:
            db.execute("INSERT INTO review (at, number, labels, before) VALUES (?, ?, ?, ?)", row)

    def undo(self) -> str | None:
        """Take the last review back, and return the number of its tip; None where there is none."""
        with self.store.reading() as db:
            row = db.execute("SELECT id, number, before FROM review ORDER BY id DESC LIMIT 1").fetchone()
        if row is None:
            return None
        if self.row(row["number"]):
            self.edit(row["number"], from_json(row["before"]))
        with self.store.writing() as db:
            db.execute("DELETE FROM review WHERE id = ?", (row["id"],))
        return str(row["number"])

    def learn(self, folder: Path) -> Lesson:
        """Take what staff said of tips into a folder of labelled tips, masked, each once.

        Raises UsageError when nobody reviewed anything.
        """
        ledger = self.shelf.ledger()
        rows = zip(ledger.rows, ledger.lines, strict=True)
        tips = [_as_reviewed(turn, line) for turn, (row, line) in enumerate(rows, 1) if row.corrected]
        if not tips:
            raise UsageError(messages.REVIEW_NOTHING_TO_LEARN)
        folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        reviewed = corrections.read_reviewed(tips, self.taxonomy)
        stamp = corrections.free_stamp(folder, date.today())
        learned = corrections.learn(reviewed.corrections, corrections.read_folder(folder, self.taxonomy), stamp)
        corrections.store(learned, folder, stamp)
        return Lesson(learned, reviewed, folder)


def _pasted(row: Record) -> Pasted:
    return Pasted(row["id"], TIPS.validate_json(row["tips"]), tuple(from_json(row["numbers"])))


def waiting(ledger: Ledger) -> list[Row]:
    """Return the rows of a ledger that wait for a person, the most doubtful first."""
    return sorted((row for row in ledger.rows if row.is_pending), key=lambda row: (row.certainty, row.number))


def _as_tip(line: Line) -> Tip:
    """Return a line of the ledger as a tip known by its number."""
    number = text_of(line, messages.COLUMN_NUMBER)
    fields = {
        DAY_COLUMNS[0]: text_of(line, messages.COLUMN_RECEIVED),
        AREA_COLUMNS[0]: text_of(line, messages.COLUMN_PLACE),
    }
    return Tip(number, text_of(line, messages.COLUMN_TEXT), messages.SHEET_LEDGER, 0, fields)


def _as_reviewed(turn: int, line: Line) -> Tip:
    """Return a line of the ledger as the tip that is read of its workbook."""
    cells = {name: text_of(line, name) for name in line}
    return Tip(cells[messages.COLUMN_NUMBER], cells[messages.COLUMN_TEXT], messages.NAV_LEDGER, turn, cells)
