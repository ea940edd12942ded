"""Private files and folders beside outputs, in which lies what is not finished yet."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PREFIX = ".tipclass-"  # hidden from readers of the folder
LOCK = "lock"
PRIVATE = 0o600
YOUNG = 60.0  # seconds in which a folder may not be claimed yet
FAR = 2**30  # where Windows locks a byte, so that all before it can be read


@contextmanager
def private_folder(beside: Path) -> Iterator[Path]:
    """Give a private folder in another, which goes whatever happens; what killed programs left there goes first."""
    for lock in beside.glob(f"{PREFIX}*/{LOCK}"):
        with suppress(OSError):
            if time.time() - lock.stat().st_mtime > YOUNG and _is_free(lock):
                shutil.rmtree(lock.parent)
    made = tempfile.TemporaryDirectory(prefix=PREFIX, dir=beside, ignore_cleanup_errors=True)
    with made as name, private_file(Path(name, LOCK)) as stream:
        claim(stream)
        yield Path(name)


def _is_free(lock: Path) -> bool:
    with private_file(lock) as stream:
        return claim(stream)


def private_file(path: Path) -> IO[bytes]:
    """Open a file that nobody else may read, in place of none, and follow no link there."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, PRIVATE)
    path.chmod(PRIVATE)
    return os.fdopen(handle, "r+b", buffering=0)


def claim(stream: IO[bytes]) -> bool:
    """Lock an open file if nobody else has.

    By hand, since a library's lock is a file of its own, and one more would stay beside a run that was killed.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(stream.fileno(), FAR, os.SEEK_SET)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
