"""Jobs: long work done in processes of its own, so that neither a batch nor a bad file holds up the desk."""

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from sqlite3 import Row
from typing import Any

from tipclass import messages
from tipclass.desk_store import Store, as_json, from_json, now
from tipclass.errors import TipclassError

POLITE = 10  # how far a job stands back for the desk itself, as `nice` counts
BELOW_NORMAL = 0x4000  # the same as Windows says it
GLANCE = 0.2  # seconds between looks at what there is to do, or at what is being done


class State(StrEnum):
    """How far a job has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OVER = frozenset({State.DONE, State.FAILED, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class Job:
    """Some work: its kind, what staff know it by, how far it is, and what it was told to do.

    told: what it is doing, or at the end what came of it; began and ended: seconds of the clock, None before; run: how
    often it was begun, by which a process that is late cannot end what was begun anew.
    """

    id: int
    kind: str
    name: str
    state: State
    told: str
    done: int
    total: int
    made: str
    began: float | None
    ended: float | None
    run: int
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more by itself."""
        return self.state in OVER

    def left(self, moment: float) -> float | None:
        """Return how many seconds it may still take; None where nobody can tell."""
        if self.is_over or not self.began or not self.done:
            return None
        return (moment - self.began) * (self.total - self.done) / self.done


# --- the list of jobs ----------------------------------------------------------------------------


def add_job(store: Store, kind: str, name: str, options: Mapping[str, Any]) -> int:
    """Put a job into the queue and return its id."""
    row = (kind, name, State.QUEUED, "", 0, 0, now(), as_json(dict(options)))
    sql = "INSERT INTO job (kind, name, state, told, done, total, made, options) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    with store.writing() as db:
        return int(db.execute(sql, row).lastrowid or 0)


def find_job(store: Store, id: int) -> Job | None:
    """Return a job by its id."""
    with store.reading() as db:
        row = db.execute("SELECT * FROM job WHERE id = ?", (id,)).fetchone()
    return _job(row) if row else None


def jobs_of(store: Store, kinds: tuple[str, ...]) -> list[Job]:
    """Return the jobs of some kinds, the newest first."""
    marks = ",".join("?" * len(kinds))
    with store.reading() as db:
        return [_job(row) for row in db.execute(f"SELECT * FROM job WHERE kind IN ({marks}) ORDER BY id DESC", kinds)]


def queue_again(store: Store, id: int, kind: str, options: Mapping[str, Any]) -> None:
    """Put a job that is over back into the queue, as another kind of work if need be."""
    sql = "UPDATE job SET kind = ?, options = ?, state = ?, told = '', done = 0, total = 0, ended = NULL WHERE id = ?"
    with store.writing() as db:
        db.execute(sql, (kind, as_json(dict(options)), State.QUEUED, id))


def keep_options(store: Store, id: int, options: Mapping[str, Any]) -> None:
    """Keep what a job was told, or found out."""
    with store.writing() as db:
        db.execute("UPDATE job SET options = ? WHERE id = ?", (as_json(dict(options)), id))


def tell(store: Store, id: int, told: str, done: int = 0, total: int = 0) -> None:
    """Say what a job is doing, and how much of it is done; time left is counted from where nothing was."""
    sql = "UPDATE job SET told = ?, done = ?, total = ?, began = iif(?, began, ?) WHERE id = ?"
    with store.writing() as db:
        db.execute(sql, (told, done, total, done, time.time(), id))


def counter(show: Callable[[int], None]) -> Callable[[int], None]:
    """Return what hears how many more are done, and shows how many that makes, at first none."""
    counted = 0

    def done(count: int) -> None:
        nonlocal counted
        counted += count
        show(counted)

    done(0)
    return done


def forget_job(store: Store, id: int) -> None:
    """Delete a job with all it found."""
    with store.writing() as db:
        db.execute("DELETE FROM job WHERE id = ?", (id,))


def _job(row: Row) -> Job:
    return Job(**{**dict(row), "state": State(row["state"]), "options": from_json(row["options"])})


def _end(store: Store, job: Job, state: State, told: str) -> None:
    """Say how a run of a job ended; what is over, queued again or begun anew stays as it is."""
    with store.writing() as db:
        sql = "UPDATE job SET state = ?, told = ?, ended = ? WHERE id = ? AND run = ? AND state = ?"
        db.execute(sql, (state, told, time.time(), job.id, job.run, State.RUNNING))


# --- where they are done -------------------------------------------------------------------------

Work = Callable[[Store, Job], str]  # what does a job, and returns what came of it in a sentence


@dataclass(frozen=True, slots=True)
class Lane:
    """Jobs that are done one after the other: their kinds, and how many seconds one may take."""

    kinds: frozenset[str]
    longest: float


class Workshop:
    """Does the jobs of a store, each in a process of its own, at most one a lane at a time."""

    def __init__(self, store: Store, work: Work, lanes: tuple[Lane, ...]) -> None:
        self.store, self.work = store, work
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._keep, args=(lane,), daemon=True) for lane in lanes]

    def open(self) -> None:
        """Begin, with what was going on when the program stopped."""
        with self.store.writing() as db:
            db.execute("UPDATE job SET state = ? WHERE state = ?", (State.QUEUED, State.RUNNING))
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop; what is going on goes on when the workshop is opened again."""
        self._closing.set()
        for thread in self._threads:
            thread.join()

    def cancel(self, id: int, told: str) -> None:
        """Let a job be done no further, and tell so."""
        sql = "UPDATE job SET state = ?, told = ?, ended = ? WHERE id = ? AND state IN (?, ?)"
        with self.store.writing() as db:
            row = (State.CANCELLED, told, time.time(), id, State.QUEUED, State.RUNNING)
            db.execute(sql, row)

    def _keep(self, lane: Lane) -> None:
        while not self._closing.is_set():
            job = self._claim(lane)
            if job is None:
                self._closing.wait(GLANCE)
            else:
                self._do(job, lane)

    def _claim(self, lane: Lane) -> Job | None:
        """Return the oldest job of a lane, which nobody else takes."""
        marks = ",".join("?" * len(lane.kinds))
        sql = f"SELECT id FROM job WHERE state = ? AND kind IN ({marks}) ORDER BY id LIMIT 1"
        with self.store.reading() as db:
            row = db.execute(sql, (State.QUEUED, *lane.kinds)).fetchone()
        if row is None:
            return None
        sql = "UPDATE job SET state = ?, began = ?, ended = NULL, run = run + 1 WHERE id = ? AND state = ?"
        with self.store.writing() as db:
            taken = db.execute(sql, (State.RUNNING, time.time(), row["id"], State.QUEUED)).rowcount
        return find_job(self.store, row["id"]) if taken else None

    def _do(self, job: Job, lane: Lane) -> None:
        """Start a process for a job and wait for its end, for its cancelling or until it took too long."""
        arguments = (self.work, self.store.folder, job.id)
        process = multiprocessing.get_context("spawn").Process(target=_in_process, args=arguments, daemon=True)
        process.start()
        until = time.monotonic() + lane.longest
        while process.is_alive() and time.monotonic() < until and not self._closing.is_set():
            process.join(GLANCE)
            current = find_job(self.store, job.id)
            if current is None or current.state is not State.RUNNING or current.run != job.run:
                break
        late = process.is_alive() and time.monotonic() >= until
        process.kill()
        process.join()
        if not self._closing.is_set():
            sentence = messages.JOB_TOO_LONG.format(minutes=lane.longest / 60) if late else messages.JOB_DIED
            _end(self.store, job, State.FAILED, sentence)


def _in_process(work: Work, folder: Path, id: int) -> None:
    """Do a job in this process, which lives no longer than the desk, and say how it ended."""
    threading.Thread(target=_follow_parent, daemon=True).start()
    _stand_back()
    store = Store(folder)
    job = find_job(store, id)
    if job is None:
        return
    try:
        _end(store, job, State.DONE, work(store, job))
    except TipclassError as error:
        _end(store, job, State.FAILED, str(error))
    except Exception as error:
        _end(store, job, State.FAILED, messages.UNEXPECTED.format(cause=type(error).__name__))


def _stand_back() -> None:
    """Let whoever waits for a page go first."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetPriorityClass(ctypes.c_void_p(-1), BELOW_NORMAL)  # -1: this process
    else:
        os.nice(POLITE)


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
