"""The desk's store: whole or not at all, private, brought up to date, and never read by an older program."""

import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest

from tipclass import desk_store
from tipclass.desk_store import MIGRATIONS, Store, as_json, fact, from_json, keep_fact
from tipclass.errors import OutputError


def test_days_and_times_come_back_as_what_they_are() -> None:
    line = {
        "收件日期": date(2026, 9, 1),
        "办结": datetime(2026, 9, 1, 8, 30),
        "把握": 0.5,
        "备注": "2026-09-01",
        "空": "",
    }
    assert from_json(as_json(line)) == line


def test_nothing_stays_of_what_failed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(ZeroDivisionError), store.writing() as db:
        keep_fact(db, "a", 1 / 0 if fact(db, "b", 0) == 0 and not keep_fact(db, "a", 1) else 2)
    with store.reading() as db:
        assert fact(db, "a", None) is None


def test_an_older_store_is_brought_up_to_date_and_keeps_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path).writing() as db:
        keep_fact(db, "a", 1)
    monkeypatch.setattr(
        desk_store, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE further (id INTEGER); CREATE TABLE more (id)")
    )
    with Store(tmp_path).reading() as db:
        assert fact(db, "a", None) == 1
        assert db.execute("SELECT count(*) FROM further").fetchone()[0] == 0
    monkeypatch.undo()
    with pytest.raises(OutputError, match="更新的版本"):
        Store(tmp_path)


def test_what_is_no_store_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / desk_store.NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(OutputError, match=desk_store.NAME):
        Store(tmp_path)


def test_it_is_private_also_where_it_was_not(tmp_path: Path) -> None:
    path = tmp_path / "desk" / desk_store.NAME
    path.parent.mkdir()
    path.touch(mode=0o644)
    Store(tmp_path / "desk")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    store = Store(tmp_path)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with store.reading() as db:
        assert fact(db, "a", None) is None
    other.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path).writing() as db:
        keep_fact(db, "a", 1)
    further = "CREATE TABLE further (id INTEGER); DROP TABLE fact; CREATE TABLE line (id INTEGER)"  # there is one
    monkeypatch.setattr(desk_store, "MIGRATIONS", (*MIGRATIONS, further))
    with pytest.raises(OutputError):
        Store(tmp_path)
    monkeypatch.undo()
    with Store(tmp_path).reading() as db:
        assert fact(db, "a", None) == 1
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
