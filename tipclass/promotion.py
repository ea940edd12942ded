"""Promotion: which model is in use, changed by one person at a time, for a reason, and taken back when it was wrong."""

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tipclass import messages
from tipclass.errors import GateError, ModelError, OutputError
from tipclass.settings import CURRENT
from tipclass.store import READABLE, current_model, load_model, named_model, set_current
from tipclass.targets import replacing
from tipclass.trial import Trial, try_model

HISTORY = "history.jsonl"
LOCK = f".{CURRENT}.lock"
POLL = 0.05  # seconds between two looks at a lock
STALE = 10.0  # seconds: a lock is held for some milliseconds, so one that stays was left by a program that died
PATIENCE = 3 * STALE  # seconds


class Action(StrEnum):
    """How a model came into use."""

    PROMOTE = "promote"
    ROLLBACK = "rollback"


class Switch(BaseModel):
    """A line of history.jsonl.

    from: the id of the model in use before, empty when there was none; overruled: what spoke against the model (in
    Chinese) where it was put to use all the same; figures: what the comparison found, empty where none was made.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    date: datetime
    action: Action
    before: str = Field(validation_alias="from", serialization_alias="from")
    to: str
    reason: str = ""
    overruled: tuple[str, ...] = ()
    figures: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Candidate:
    """A model to be put to use, beside the folder of the one in use, and what speaks against it (in Chinese)."""

    folder: Path
    name: str
    in_use: Path | None
    trial: Trial
    objections: tuple[str, ...]


# --- the gate ------------------------------------------------------------------------------------


def weigh(
    folder: Path, name: str, in_use: Path | None, *, gold: Path | None = None, cases: Path | None = None
) -> Candidate:
    """Try a model of the folder against the one in use, and gather what speaks against it (see `try_model`).

    A model in use that cannot be read speaks against changing it unseen, but does not hinder it.
    """
    after = load_model(named_model(folder, name))
    try:
        before, damage = (load_model(in_use) if in_use else None), []
    except ModelError as error:
        before, damage = None, [str(error)]
    trial = try_model(after, before, gold=gold, cases=cases)
    return Candidate(folder, name, in_use, trial, (*damage, *objections(trial, len(after.broken_probes()))))


def objections(trial: Trial, broken_probes: int) -> list[str]:
    """Return what speaks against putting the model after to use; nothing when nothing does."""
    found = [messages.PROMOTE_PROBES.format(count=broken_probes)] if broken_probes else []
    if trial.cases and trial.cases.broken:
        ids = "、".join(each.case.id for each in trial.cases.broken)
        found.append(messages.PROMOTE_STRONG.format(count=len(trial.cases.broken), ids=ids))
    if trial.comparison is None:
        return [*found, messages.PROMOTE_NOT_COMPARED.format(id=trial.before)] if trial.before else found
    if trial.comparison.tally.worse:
        found.append(messages.PROMOTE_LOSES_ALL.format(tally=trial.comparison.tally, pair=trial.comparison.accuracy))
    return found + [
        messages.PROMOTE_LOSES.format(name=trial.taxonomy.name(each.code), tally=each.tally, pair=each.f1)
        for each in trial.comparison.worse
    ]


def figures(trial: Trial) -> dict[str, Any]:
    """Return what a trial found, for the history."""
    compared = {"on": trial.on, **trial.comparison.figures()} if trial.comparison else {}
    return compared | ({"strong_broken": [each.case.id for each in trial.cases.broken]} if trial.cases else {})


# --- the switch ----------------------------------------------------------------------------------


def promote(candidate: Candidate, *, reason: str, now: datetime, force: bool = False) -> Switch:
    """Put a model to use; raises GateError when something speaks against it, unless forced."""
    if candidate.objections and not force:
        raise GateError(messages.PROMOTE_REFUSED.format(id=candidate.name, count=len(candidate.objections)))
    folder, in_use = candidate.folder, candidate.in_use
    if in_use and in_use.parent.resolve() != folder.resolve():
        adopt(in_use, folder)
    entry = Switch(
        date=now,
        action=Action.PROMOTE,
        before=in_use.name if in_use else "",
        to=candidate.name,
        reason=reason,
        overruled=candidate.objections,
        figures=figures(candidate.trial),
    )
    switch(folder, entry)
    return entry


def rollback(folder: Path, *, reason: str, now: datetime) -> Switch:
    """Put the previous model to use again; raises ModelError when none is known, or it is missing or damaged."""
    in_use = model_in_use(folder)
    before = previous(read_history(folder), in_use)
    if not before:
        raise ModelError(messages.ROLLBACK_NONE.format(folder=folder))
    load_model(named_model(folder, before))
    entry = Switch(date=now, action=Action.ROLLBACK, before=in_use, to=before, reason=reason)
    switch(folder, entry)
    return entry


def now_to_the_second() -> datetime:
    """Return the time of day with its zone, as the history keeps it."""
    return datetime.now().astimezone().replace(microsecond=0)


def switch(folder: Path, entry: Switch) -> None:
    """Put `entry.to` to use and keep the entry in the history.

    Raises GateError, changing nothing, when another model than `entry.before` has come into use meanwhile: it was not
    what the new one was compared with.
    """
    with locked(folder):
        now = model_in_use(folder)
        if now != entry.before:
            raise GateError(messages.PROMOTE_OVERTAKEN.format(now=now or "-", before=entry.before or "-", to=entry.to))
        history = read_history(folder)
        with replacing(folder / HISTORY) as part:
            lines = (f"{each.model_dump_json(by_alias=True)}\n" for each in [*history, entry])
            part.write_text("".join(lines), encoding="utf-8")
            part.chmod(READABLE)
            set_current(folder, entry.to)  # first: a switch that the history lacks can still be rolled back


def model_in_use(folder: Path) -> str:
    """Return the id of the model in use, empty when there is none."""
    try:
        return current_model(folder).name
    except ModelError:
        return ""


def read_history(folder: Path) -> list[Switch]:
    """Return all switches, the oldest first; raises ModelError naming the line that cannot be read."""
    path = folder / HISTORY
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError):
        raise ModelError(messages.HISTORY_INVALID.format(path=path, row=1)) from None
    history = []
    for row, line in enumerate(lines, 1):
        try:
            history += [Switch.model_validate_json(line)] if line.strip() else []
        except ValidationError:
            raise ModelError(messages.HISTORY_INVALID.format(path=path, row=row)) from None
    return history


def previous(history: Sequence[Switch], now: str) -> str:
    """Return the id of the model that was in use before the one in use now, empty when none is known.

    A rollback takes back a promotion, so that the next one goes a step further back. A model that came into use
    without a line in the history counts as promoted.
    """
    trail: list[str] = []
    for each in history:
        if not trail or trail[-1] != each.before:
            trail.append(each.before)
        if each.action is Action.ROLLBACK and each.to in trail:
            trail = trail[: _last(trail, each.to) + 1]
        else:
            trail.append(each.to)
    if trail and trail[-1] != now:
        trail.append(now)
    return trail[-2] if len(trail) > 1 else ""


def _last(trail: Sequence[str], name: str) -> int:
    return len(trail) - 1 - trail[::-1].index(name)


def adopt(model: Path, folder: Path) -> None:
    """Copy a model that is in use elsewhere, such as the packaged one, into a folder that has none in use."""
    if not (folder / model.name).exists():
        staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=folder))
        try:
            shutil.copytree(model, staging / model.name)
            (staging / model.name).replace(folder / model.name)
        except OSError as error:
            raise OutputError(messages.OUTPUT_FAILED.format(path=folder, cause=error.strerror or error)) from None
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    with locked(folder):
        if not model_in_use(folder):
            set_current(folder, model.name)


# --- the lock ------------------------------------------------------------------------------------


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder of models, waiting for whoever has it; raises OutputError when that takes too long.

    The lock is a file that only one can create. Whether its owner died is told by our own clock, not by the date of the
    file, which on a shared folder is another machine's.
    """
    path, token = folder / LOCK, secrets.token_hex(8)
    _take(path, token)
    try:
        yield
    finally:
        if _owner(path) == token:
            path.unlink(missing_ok=True)


def _take(path: Path, token: str) -> None:
    seen, since = "", time.monotonic()
    until = since + PATIENCE
    while not _create(path, token):
        owner, now = _owner(path), time.monotonic()
        if owner != seen:
            seen, since = owner, now
        if now - since > STALE:
            _break(path, seen)
        if now > until:
            raise OutputError(messages.PROMOTE_LOCKED.format(path=path))
        time.sleep(POLL)


def _break(path: Path, owner: str) -> None:
    """Remove a lock that was left behind; of all who wait for it only one may, lest it remove the next one's."""
    claim = path.with_name(f"{path.name}.{owner or 'empty'}")
    if _create(claim, owner):
        if _owner(path) == owner:
            path.unlink(missing_ok=True)
        claim.unlink(missing_ok=True)


def _create(path: Path, content: str) -> bool:
    """Create a file unless it exists; raises OutputError when it cannot be."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    except PermissionError as error:
        if path.exists():  # on Windows, what is just being removed
            return False
        raise OutputError(messages.OUTPUT_FAILED.format(path=path, cause=error.strerror)) from None
    except OSError as error:
        raise OutputError(messages.OUTPUT_FAILED.format(path=path, cause=error.strerror)) from None
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(content)
    return True


def _owner(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
