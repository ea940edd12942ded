"""What a command line names: inputs, where the result goes, the model in use, what the office has settled."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tipclass import messages
from tipclass.cli_options import STDIO, UNREAD, Format, FormatIn
from tipclass.console import say_unread
from tipclass.errors import ModelError, UsageError

if TYPE_CHECKING:
    from tipclass.office import Office
    from tipclass.records import Reading, Unread
    from tipclass.sources import Source

LONGEST_STEM = 70  # characters of a file name, so that ours still fits into 255 bytes


def read_inputs(inputs: list[Path], format_in: FormatIn, **options: str | None) -> "Reading":
    """Read files and folders, or standard input."""
    from tipclass.readers import read_stdin, read_stream, read_tips

    if _asks_stdin(inputs):
        return read_stream(read_stdin(sys.stdin.buffer), format_in.value, **options)
    return read_tips(inputs, **options)


def open_inputs(inputs: list[Path], format_in: FormatIn, **options: str | None) -> "Source":
    """Look through files and folders, or standard input."""
    from tipclass.readers import read_stdin
    from tipclass.sources import open_source, open_stream

    if _asks_stdin(inputs):
        return open_stream(read_stdin(sys.stdin.buffer), format_in.value, **options)
    return open_source(inputs, **options)


def _asks_stdin(inputs: list[Path]) -> bool:
    """Tell whether standard input is to be read, which stands alone."""
    if STDIO in inputs and len(inputs) > 1:
        raise UsageError(messages.PREDICT_STDIN_ALONE)
    return STDIO in inputs


def end_with_unread(unread: "Sequence[Unread]") -> None:
    """List what could not be read, where there is any, and end with the exit code that tells of it."""
    if unread:
        say_unread(unread)
        raise typer.Exit(UNREAD)


def choose_target(
    inputs: list[Path], output: Path | None, format: Format | None, *, mark: str = "分类", mask: bool = False
) -> tuple[Path, Format]:
    """Return where the result goes and in which format; `mark` ends its name where none is given.

    A masked result does not name the informant either.
    """
    from tipclass.targets import free_name

    if output is None and format is Format.JSONL and (STDIO in inputs or len(inputs) > 1):
        return STDIO, Format.JSONL
    if output is None:
        if STDIO in inputs:
            raise UsageError(messages.PREDICT_STDIN_NEEDS_OUTPUT)
        if len(inputs) > 1:
            raise UsageError(messages.PREDICT_NEEDS_OUTPUT)
        kind = format or Format.XLSX
        beside = inputs[0] if inputs[0].name.strip(".") else inputs[0].resolve()  # a folder may be given as dots
        stem = beside.stem[:LONGEST_STEM] or mark
        name = f"{_masked_name(stem)}_{mark}_已遮盖.{kind}" if mask else f"{stem}_{mark}.{kind}"
        return free_name(beside.parent / name), kind
    if output == STDIO:
        if format is Format.XLSX:
            raise UsageError(messages.PREDICT_XLSX_STDOUT)
        return STDIO, format or Format.JSONL
    try:
        return output, format or Format(output.suffix.lower().lstrip("."))
    except ValueError:
        raise UsageError(messages.PREDICT_SUFFIX.format(path=output)) from None


def _masked_name(stem: str) -> str:
    from tipclass.envelope import mask_source

    return mask_source(stem)


def as_workbook(output: Path) -> Path:
    """Return an output that is named as a workbook."""
    if output.suffix.lower() != f".{Format.XLSX}":
        raise UsageError(messages.NOT_A_WORKBOOK.format(path=output))
    return output


def folder_in_use(models: Path | None) -> Path | None:
    """Return the folder of the model in use, if there is one."""
    from tipclass.store import model_folder

    try:
        return model_folder(models)
    except ModelError:
        return None


def open_office(received: datetime | None, routing: Path | None = None) -> "Office":
    """Return what the office has settled, for tips received on a day, today by default."""
    from tipclass.office import load_office

    return load_office((received or datetime.now()).date(), routing=routing)
