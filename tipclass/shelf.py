"""The shelf: the ledger as the desk's store keeps it, read whole or as the part that a new tip touches."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from tipclass import messages
from tipclass.bigrams import plain
from tipclass.desk_store import Store, as_json, fact, from_json, keep_fact
from tipclass.ledger import Ledger, Row
from tipclass.ledger_lines import OURS, Line, fingerprint, group_in, row_of, text_of
from tipclass.office import day_of
from tipclass.records import Entry
from tipclass.registration import Desk, Registration, register
from tipclass.sheets import Cells
from tipclass.taxonomy import Taxonomy

NEAR = 60  # lines that share the rarest pairs of characters with a tip: more would only be less like it
RAREST = 40  # pairs of a tip that are looked for
MANY_VARIABLES = 2000  # that one statement asks for

COLUMNS, LAST, SHEETS, REVISION, EPOCH = "columns", "last", "sheets", "revision", "epoch"

Lines = dict[str, dict[str, Any]]


class Shelf:
    """The ledger in the store; what was read is kept in memory and only what changed is read again."""

    def __init__(self, store: Store, taxonomy: Taxonomy) -> None:
        self.store, self.taxonomy = store, taxonomy
        self._lock = threading.Lock()
        self._lines: Lines = {}
        self._rows: dict[str, Row] = {}
        self._revision = self._epoch = 0

    def ledger(self) -> Ledger:
        """Return the whole ledger as it stands."""
        with self._lock, self.store.reading() as db:
            if fact(db, EPOCH, 0) != self._epoch:
                self._lines, self._rows, self._revision, self._epoch = {}, {}, 0, fact(db, EPOCH, 0)
            changed = "SELECT number, revision, cells FROM line WHERE revision > ? ORDER BY id"
            for found in db.execute(changed, (self._revision,)).fetchall():
                self._take(found["number"], from_json(found["cells"]))
                self._revision = max(self._revision, found["revision"])
            rows = tuple(self._rows[number] for number in self._lines)
            return _ledger(db, self._lines.values(), rows)

    def part(self, numbers: Iterable[str]) -> Ledger:
        """Return a ledger of the lines of these numbers and of all that stand in a group with them."""
        wanted = list(numbers)  # which may itself ask the store
        with self.store.reading() as db:
            lines = _lines(db, wanted)
            whole = lines | _lines(db, _members(db, lines.values()) - lines.keys())
            rows = tuple(row_of(line, self.taxonomy, lambda _: None) for line in whole.values())
            return _ledger(db, whole.values(), rows)

    def near(self, text: str) -> list[str]:
        """Return the numbers of the lines that may tell the same as a text, the likest first."""
        with self.store.reading() as db:
            asked = " OR ".join(f'"{word}"' for word in _rarest(db, pairs_of(text)[:MANY_VARIABLES]))
            sql = "SELECT line.number FROM pairs JOIN line ON line.id = pairs.rowid WHERE pairs MATCH ? ORDER BY rank"
            return [row["number"] for row in db.execute(f"{sql} LIMIT ?", (asked, NEAR))] if asked else []

    def known(self, fingerprints: Iterable[str]) -> set[str]:
        """Return those of some fingerprints that stand in the ledger."""
        with self.store.reading() as db:
            sql = "SELECT 1 FROM line WHERE fingerprint = ?"
            return {each for each in fingerprints if db.execute(sql, (each,)).fetchone()}

    def enter(self, before: Ledger, entries: Sequence[Entry], desk: Desk) -> Registration:
        """Enter those of some entries that the ledger lacks, and link them with the lines of `before`, a part of it.

        Their numbers are set aside first, so that others may go on entering tips meanwhile.
        """
        known = self.known(fingerprint(entry.tip) for entry in entries)
        fresh = [entry for entry in entries if fingerprint(entry.tip) not in known]
        last = self._reserve(Counter((day_of(entry.tip) or desk.office.day).year for entry in fresh))
        found = register(replace(before, last=last), fresh, desk)
        self.put(before, found.ledger)
        return replace(found, known=found.known + len(entries) - len(fresh))

    def put(self, before: Ledger, after: Ledger) -> None:
        """Write what changed from one ledger to another.

        A cell that somebody else changed meanwhile stays theirs unless it is one that changed here; a tip that somebody
        else entered meanwhile is not entered twice.
        """
        old = {text_of(line, messages.COLUMN_NUMBER): line for line in before.lines}
        with self.store.writing() as db:
            revision = _next(db, REVISION)
            keep_fact(db, COLUMNS, fact(db, COLUMNS, None) or list(after.columns or OURS))
            for line in after.lines:
                number = text_of(line, messages.COLUMN_NUMBER)
                if number not in old:
                    _add(db, line, revision)
                elif line != old[number]:
                    _change(db, number, _changes(old[number], line), revision)

    def _reserve(self, years: Mapping[int, int]) -> dict[int, int]:
        """Set so many numbers of some years aside; return the last ones given before them."""
        with self.store.writing() as db:
            last = _last(db)
            counted = {year: last.get(year, 0) + count for year, count in years.items()}
            keep_fact(db, LAST, as_pairs(last | counted))
            return last

    def replace(self, ledger: Ledger) -> None:
        """Put another ledger in the place of all there is."""
        with self.store.writing() as db:
            for table in ("line", "pairs"):
                db.execute(f"DELETE FROM {table}")
            _next(db, EPOCH)
            keep_fact(db, COLUMNS, list(ledger.columns))
            keep_fact(db, LAST, as_pairs(ledger.last))
            keep_fact(db, SHEETS, [[each.name, each.visible, each.rows] for each in ledger.sheets])
            revision = _next(db, REVISION)
            for line in ledger.lines:
                _add(db, line, revision, once=False)

    def _take(self, number: str, line: dict[str, Any]) -> None:
        self._lines[number] = line
        self._rows[number] = row_of(line, self.taxonomy, lambda _: None)


def pairs_of(text: str) -> list[str]:
    """Return the pairs of characters of a text by which lines are found, each once.

    >>> pairs_of("河边电鱼")
    ['河边', '边电', '电鱼']
    """
    words = plain(text).split()
    return list(dict.fromkeys(word[at : at + 2] for word in words for at in range(len(word) - 1)))


def as_pairs(last: Mapping[int, int]) -> list[list[int]]:
    """Return numbers by year as JSON keeps them: its keys are always texts."""
    return [[year, number] for year, number in sorted(last.items())]


def _rarest(db: sqlite3.Connection, words: Sequence[str]) -> list[str]:
    """Return the words that the fewest lines have, but those that none has."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.pairs_of_lines USING fts5vocab (main, pairs, row)")
    marks = ",".join("?" * len(words))
    sql = f"SELECT term FROM temp.pairs_of_lines WHERE term IN ({marks}) ORDER BY doc LIMIT ?"
    return [row["term"] for row in db.execute(sql, (*words, RAREST))]


def _next(db: sqlite3.Connection, name: str) -> int:
    """Count on and return the new count."""
    found = int(fact(db, name, 0)) + 1
    keep_fact(db, name, found)
    return found


def _last(db: sqlite3.Connection) -> dict[int, int]:
    return dict(fact(db, LAST, []))


def _ledger(db: sqlite3.Connection, lines: Iterable[Line], rows: tuple[Row, ...]) -> Ledger:
    sheets = tuple(Cells(*each) for each in fact(db, SHEETS, []))
    return Ledger(tuple(fact(db, COLUMNS, OURS)), tuple(lines), rows, _last(db), sheets)


def _lines(db: sqlite3.Connection, numbers: Iterable[str]) -> Lines:
    wanted, found = list(dict.fromkeys(numbers)), Lines()
    for start in range(0, len(wanted), MANY_VARIABLES):
        part = wanted[start : start + MANY_VARIABLES]
        sql = f"SELECT number, cells FROM line WHERE number IN ({','.join('?' * len(part))}) ORDER BY id"
        found |= {row["number"]: from_json(row["cells"]) for row in db.execute(sql, part)}
    return found


def _members(db: sqlite3.Connection, lines: Iterable[Line]) -> set[str]:
    """Return the numbers of all lines of the groups that some lines are in."""
    groups = {group_in(text_of(line, messages.COLUMN_REPEATS)) for line in lines} - {""}
    path = f'$."{messages.COLUMN_REPEATS}"'
    sql = "SELECT number FROM line WHERE json_extract(cells, ?) LIKE ?"
    found = (db.execute(sql, (path, f"{group}（%")).fetchall() for group in groups)
    return groups | {row["number"] for row in chain.from_iterable(found)}


def _changes(old: Line, new: Line) -> dict[str, Any]:
    return {name: value for name, value in new.items() if old.get(name) != value}


def _change(db: sqlite3.Connection, number: str, cells: Mapping[str, Any], revision: int) -> None:
    row = db.execute("SELECT id, cells FROM line WHERE number = ?", (number,)).fetchone()
    before: Line = from_json(row["cells"])
    sql = "UPDATE line SET cells = ?, revision = ? WHERE id = ?"
    db.execute(sql, (as_json({**before, **cells}), revision, row["id"]))
    if messages.COLUMN_TEXT in cells:
        words = " ".join(pairs_of(str(cells[messages.COLUMN_TEXT])))
        db.execute("UPDATE pairs SET words = ? WHERE rowid = ?", (words, row["id"]))


def _add(db: sqlite3.Connection, line: Line, revision: int, *, once: bool = True) -> None:
    mark = text_of(line, messages.COLUMN_FINGERPRINT)
    if once and mark and db.execute("SELECT 1 FROM line WHERE fingerprint = ?", (mark,)).fetchone():
        return
    row = (text_of(line, messages.COLUMN_NUMBER), revision, mark, as_json(dict(line)))
    sql = "INSERT INTO line (number, revision, fingerprint, cells) VALUES (?, ?, ?, ?)"
    id = db.execute(sql, row).lastrowid
    words = " ".join(pairs_of(text_of(line, messages.COLUMN_TEXT)))
    db.execute("INSERT INTO pairs (rowid, words) VALUES (?, ?)", (id, words))
