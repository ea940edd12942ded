"""Opening the desk: on this machine alone, once at a time, with a sentence where it cannot be."""

import json
import socket
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest

from tipclass import opening
from tipclass.batches import BATCH, EXPORT, IMPORT, OUT, UPLOADS, tidy
from tipclass.desk_store import Store
from tipclass.errors import UsageError
from tipclass.jobs import State, add_job, jobs_of
from tipclass.opening import LOCK, WHERE, listen, open_desk

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.com"])
def test_another_address_is_refused_with_a_sentence_why(host: str, run: Run) -> None:
    code, _, err = run("serve", "--host", host, "--no-open")
    assert code == 2
    assert host in err
    assert "举报人" in err


def test_it_listens_on_this_machine_alone() -> None:
    with listen(0) as found:
        assert found.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(UsageError, match="--port 0"):
            listen(other.getsockname()[1])


def test_where_it_is_open_already_only_a_new_address_is_made(run: Run, models: Path) -> None:
    folder = models.parent / "desk"
    Store(folder)
    (folder / WHERE).write_text(json.dumps({"port": 8123}), encoding="ascii")
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with filelock.FileLock(folder / LOCK):
            held.set()
            free.wait()

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    code, _, err = run("serve", "--no-open")
    free.set()
    other.join()
    assert code == 0
    assert "http://127.0.0.1:8123/open?pass=" in err


def test_what_was_written_out_before_is_gone_when_it_opens(
    tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPCLASS_HOME", str(tmp_path))
    monkeypatch.setattr(opening, "serve", lambda desk, listening: None)
    store = Store(tmp_path / "desk")
    add_job(store, EXPORT, "甲", {})
    (store.folder / OUT / "1").mkdir(parents=True)
    told: list[str] = []
    open_desk((models, None), port=0, show=lambda sentence, url: told.append(url))
    assert told
    assert not (store.folder / OUT).exists()
    assert jobs_of(store, (EXPORT,)) == []


def test_files_that_nothing_is_done_with_are_gone_when_it_opens(tmp_path: Path) -> None:
    store = Store(tmp_path / "desk")
    for upload in ("batch", "waiting", "imported", "nobody"):
        (store.folder / UPLOADS / upload).mkdir(parents=True)
    add_job(store, BATCH, "甲", {"upload": "batch"})
    add_job(store, IMPORT, "乙", {"upload": "waiting"})
    imported = add_job(store, IMPORT, "丙", {"upload": "imported"})
    with store.writing() as db:
        db.execute("UPDATE job SET state = ? WHERE id = ?", (State.DONE, imported))
    tidy(store)
    assert {path.name for path in (store.folder / UPLOADS).iterdir()} == {"batch", "waiting"}


def test_what_a_newer_program_keeps_is_refused_with_a_sentence(run: Run, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("TIPCLASS_HOME", str(tmp_path))
    db = sqlite3.connect(Store(tmp_path / "desk").path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    code, _, err = run("serve", "--no-open")
    assert code == 3
    assert "更新的版本" in err
