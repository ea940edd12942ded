"""Targets: the files and folders that results are written to; whole or not at all, and never over an input."""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tipclass import messages
from tipclass.drafts import private_folder
from tipclass.errors import OutputError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a private file beside the target and put it in the target's place once it is whole."""
    with _beside(path) as folder:
        part = folder / "part"
        part.touch(mode=0o600)
        yield part
        part.replace(path)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a private folder beside the target, and its name once it is whole."""
    if path.exists():
        raise OutputError(messages.OUTPUT_FOLDER_THERE.format(path=path))
    with _beside(path) as folder:
        parts = folder / "parts"
        parts.mkdir(mode=0o700)
        yield parts
        parts.rename(path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a private folder beside a target, where one can be written there at all."""
    check_target(path)
    with refusals(path), private_folder(path.parent) as folder:
        yield folder


def check_target(path: Path) -> None:
    """Raise OutputError where nothing can be written, whatever it is."""
    if not path.parent.is_dir():
        raise OutputError(messages.OUTPUT_NO_FOLDER.format(path=path.parent))
    if path.exists() and not path.is_file():
        raise OutputError(messages.OUTPUT_NOT_A_FILE.format(path=path))


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Say in a sentence why the system does not let a target be written."""
    try:
        yield
    except PermissionError:
        raise OutputError(messages.OUTPUT_DENIED.format(path=path)) from None
    except OSError as error:
        raise OutputError(messages.OUTPUT_FAILED.format(path=path, cause=error.strerror or error)) from None


def refuse_inputs(path: Path, inputs: Iterable[Path]) -> None:
    """Raise OutputError when the output is one of the inputs, or a file that already lies in an input folder."""
    if not path.exists():
        return
    for each in inputs:
        if each.exists() and path.samefile(each):
            raise OutputError(messages.OUTPUT_IS_INPUT.format(path=path))
        if each.is_dir() and path.resolve().is_relative_to(each.resolve()):
            raise OutputError(messages.OUTPUT_IN_INPUT.format(path=path))


def free_name(path: Path) -> Path:
    """Return the path, with a number where a file of that name exists: somebody may have corrected it already."""
    numbered = (path.with_name(f"{path.stem}({number}){path.suffix}") for number in itertools.count(2))
    return path if not path.exists() else next(each for each in numbered if not each.exists())
