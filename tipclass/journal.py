"""Journals: a result written piece by piece beside its target, which a run that was broken off can go on with.

The pieces stand in a private part file, what is finished in a journal beside it, a line a piece; the part file takes
the target's place once it is whole, and both are gone.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tipclass import messages
from tipclass.drafts import claim, private_file
from tipclass.errors import OutputError, UsageError
from tipclass.targets import check_target, refusals

PATIENCE = 5.0  # seconds to wait for another run, whose processes may need them to end when it was killed


@dataclass
class Draft:
    """A result in the making: `done` holds what was noted of each finished piece."""

    part: IO[bytes]
    journal: IO[bytes]
    done: list[Any] = field(default_factory=list)
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, content: bytes, note: Any) -> None:
        """Write a piece; what is noted of it, as JSON, says that it is finished."""
        _write(self.part, content)
        self.digest.update(content)
        self.done.append(note)
        self._log({"end": self.part.tell(), "digest": self.digest.hexdigest(), "note": note})

    def begin(self, facts: Mapping[str, str]) -> None:
        """Begin anew."""
        for stream in (self.part, self.journal):
            stream.seek(0)
            stream.truncate()
        self._log({"facts": facts})

    def go_on(self, facts: Mapping[str, str]) -> bool:
        """Go on behind the last finished piece; False where there is none, or what there is was damaged."""
        first, *marks = _lines(self.journal) or [{}]
        known, end = first.get("facts", {}), marks[-1].get("end", 0) if marks else 0
        if not end or self._digest(end).hexdigest() != marks[-1].get("digest"):
            return False
        differing = [name for name in dict.fromkeys([*known, *facts]) if known.get(name) != facts.get(name)]
        if differing:
            raise UsageError(messages.RESUME_DIFFERS.format(names="、".join(map(_shown, differing))))
        self.digest, self.done = self._digest(end), [each["note"] for each in marks]
        self.part.truncate()
        return True

    def _digest(self, end: int) -> Any:
        """Return the hash of the part file up to a place, and stand there."""
        digest, left = hashlib.sha256(), end
        self.part.seek(0)
        while left and (piece := self.part.read(min(left, 2**20))):
            digest.update(piece)
            left -= len(piece)
        return digest

    def _log(self, line: Mapping[str, Any]) -> None:
        _write(self.journal, json.dumps(line, ensure_ascii=False).encode() + b"\n")


def _shown(name: str) -> str:
    return str(messages.RESUME_FACTS.get(name, name))


def _write(stream: IO[bytes], content: bytes) -> None:
    """Write all of it: a stream without a buffer may take less at a time."""
    view = memoryview(content)
    while view:
        view = view[stream.write(view) :]


def _lines(journal: IO[bytes]) -> list[dict[str, Any]]:
    """Return the lines of a journal up to one that is torn, and stand there."""
    found: list[dict[str, Any]] = []
    journal.seek(0)
    lines = journal.read().splitlines(keepends=True)
    for line in lines:
        try:
            content = json.loads(line)
        except ValueError:
            break
        if not (isinstance(content, dict) and isinstance(content.get("end", 0), int) and line.endswith(b"\n")):
            break
        found.append(content)
    journal.seek(sum(map(len, lines[: len(found)])))
    journal.truncate()
    return found


@contextmanager
def drafting(path: Path, facts: Mapping[str, str], *, resume: bool) -> Iterator[Draft]:
    """Give a draft of a result, and put it in the target's place once it is whole.

    `facts` are what must be the same for a run to go on where another was broken off, by name. When it fails with some
    pieces finished, they stay. Raises OutputError when the target cannot be written or another run is at it, UsageError
    when what is to be gone on with was made otherwise.
    """
    check_target(path)
    part, journal = draft_files(path)
    with refusals(path), _claimed(journal, path) as log:
        with private_file(part) as stream:
            draft = Draft(stream, log)
            if not (resume and draft.go_on(facts)):
                draft.begin(facts)
            try:
                yield draft
                os.fsync(stream.fileno())
            except BaseException:
                if not draft.done:
                    _remove(part, journal)
                raise
        part.replace(path)
        _remove(journal)


def can_go_on(path: Path) -> bool:
    """Tell whether a run that was broken off has left something to go on with."""
    part, journal = draft_files(path)
    return part.exists() and journal.exists()


def draft_files(path: Path) -> tuple[Path, Path]:
    """Return where the part file and the journal of a target stand; long names must still find room."""
    name = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:12]
    return path.with_name(f".tipclass-{name}.part"), path.with_name(f".tipclass-{name}.journal")


def _remove(*paths: Path) -> None:
    for path in paths:
        with suppress(PermissionError):  # Windows removes nothing that is open; it is overwritten the next time
            path.unlink(missing_ok=True)


@contextmanager
def _claimed(journal: Path, target: Path) -> Iterator[IO[bytes]]:
    """Open the journal of a target for this run alone; the system itself gives it free should the program die."""
    patient_until = time.monotonic() + PATIENCE
    while True:
        with private_file(journal) as stream:
            if claim(stream) and _is(journal, stream):
                yield stream
                return
        if time.monotonic() > patient_until:
            raise OutputError(messages.OUTPUT_CLAIMED.format(path=target))
        time.sleep(0.1)


def _is(path: Path, stream: IO[bytes]) -> bool:
    """Tell whether a path still names an open file, which whoever had it before may have removed."""
    return path.exists() and os.path.samestat(path.stat(), os.fstat(stream.fileno()))
