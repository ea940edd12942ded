"""The desk's store: one SQLite file in the user's own data folder, which survives whatever stops the program."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tipclass import messages
from tipclass.errors import OutputError

NAME = "desk.sqlite3"
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
PATIENCE = 20.0  # seconds to wait for whoever is writing
DAY, TIME = "day", "time"  # what a JSON object that stands for a day or a time of day bears

# A store of version n has seen the first n of these; none is ever changed, only followed by another.
MIGRATIONS = (
    """
    CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE line (
        id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL,
        fingerprint TEXT NOT NULL, cells TEXT NOT NULL
    );
    CREATE INDEX line_fingerprint ON line (fingerprint);
    CREATE INDEX line_revision ON line (revision);
    CREATE VIRTUAL TABLE pairs USING fts5 (words);
    CREATE TABLE paste (id INTEGER PRIMARY KEY, at TEXT NOT NULL, tips TEXT NOT NULL, numbers TEXT NOT NULL);
    CREATE TABLE review (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, number TEXT NOT NULL, labels TEXT NOT NULL, before TEXT NOT NULL
    );
    CREATE TABLE job (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, told TEXT NOT NULL,
        done INTEGER NOT NULL, total INTEGER NOT NULL, made TEXT NOT NULL, began REAL, ended REAL,
        run INTEGER NOT NULL DEFAULT 0, options TEXT NOT NULL
    );
    CREATE TABLE entry (
        job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE, place INTEGER NOT NULL, entry TEXT NOT NULL,
        text TEXT NOT NULL, route TEXT NOT NULL, category TEXT NOT NULL, certainty REAL NOT NULL, grade TEXT NOT NULL,
        lead TEXT NOT NULL,
        PRIMARY KEY (job, place)
    );
    CREATE INDEX entry_shown ON entry (job, category, route, grade, lead, certainty);
    CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT NOT NULL, act TEXT NOT NULL, subject TEXT NOT NULL);
    CREATE TABLE pass (hash TEXT PRIMARY KEY, made REAL NOT NULL);
    CREATE TABLE session (hash TEXT PRIMARY KEY, csrf TEXT NOT NULL, used REAL NOT NULL);
    """,
)


class Store:
    """One SQLite file, open once a thread; what is written in one transaction is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        """Open the store of a folder, making and bringing it up to date where need be.

        Raises OutputError when it cannot be opened, or was written by a newer program.
        """
        self.folder, self.path = folder, folder / NAME
        self._open = threading.local()
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
            self.path.touch(mode=PRIVATE_FILE)
            self.path.chmod(PRIVATE_FILE)
            self._migrate()
        except (OSError, sqlite3.Error) as error:
            raise OutputError(messages.DESK_STORE_CLOSED.format(path=self.path, cause=error)) from None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to read with: all that is read sees one state of the store."""
        db = self._connection()
        db.execute("BEGIN")
        try:
            yield db
        finally:
            db.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to write with, alone; nothing stays when an error is raised."""
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def note(self, act: str, subject: object = "") -> None:
        """Write into the audit log who did what to which ids: never a text."""
        with self.writing() as db:
            db.execute("INSERT INTO audit (at, act, subject) VALUES (?, ?, ?)", (now(), act, str(subject)))

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._open, "db"):
            db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            db.row_factory = sqlite3.Row
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
                db.execute(f"PRAGMA {pragma}")
            self._open.db = db
        connection: sqlite3.Connection = self._open.db
        return connection

    def _migrate(self) -> None:
        with self.writing() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > len(MIGRATIONS):
                raise OutputError(messages.DESK_STORE_NEWER.format(path=self.path))
            for statement in statements(MIGRATIONS[version:]):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def statements(scripts: tuple[str, ...]) -> Iterator[str]:
    """Yield the statements of scripts one by one: `executescript` would commit before each of them."""
    for script in scripts:
        yield from filter(str.strip, script.split(";"))


def now() -> str:
    """Return the time of day with its zone, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


# --- values --------------------------------------------------------------------------------------


def as_json(value: Any) -> str:
    """Return a value as JSON; days and times of day stay what they are.

    >>> from_json(as_json({"收件日期": date(2026, 9, 1)}))
    {'收件日期': datetime.date(2026, 9, 1)}
    """
    return json.dumps(value, ensure_ascii=False, default=_as_object)


def from_json(text: str) -> Any:
    """Return what `as_json` was given."""
    return json.loads(text, object_hook=_as_value)


def _as_object(value: Any) -> Any:
    if isinstance(value, datetime):
        return {TIME: value.isoformat()}
    return {DAY: value.isoformat()} if isinstance(value, date) else str(value)


def _as_value(found: Mapping[str, Any]) -> Any:
    if found.keys() == {DAY}:
        return date.fromisoformat(found[DAY])
    return datetime.fromisoformat(found[TIME]) if found.keys() == {TIME} else found


def fact(db: sqlite3.Connection, name: str, default: Any) -> Any:
    """Return what the store keeps under a name, else the default."""
    row = db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
    return from_json(row["value"]) if row else default


def keep_fact(db: sqlite3.Connection, name: str, value: Any) -> None:
    """Keep a value under a name."""
    db.execute("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", (name, as_json(value)))
