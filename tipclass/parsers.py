"""Parsers of workbooks, parquet files and letters: files are parsed in the sandbox, values come back as they were."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from tipclass import documents, parquet, sandbox, sheets
from tipclass.documents import Content
from tipclass.limits import Limits
from tipclass.sandbox import Task, parse, serve
from tipclass.sheets import Cells, Sheet, to_text

MODULE = "tipclass.parsers"  # run as a program it goes by another name
PARSED = {".docx", ".pdf", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet"}
BUNCH = 1000  # rows that travel together
PLAIN = {str, float, int, bool, type(None)}
# Values that JSON does not know: how they travel, each under a name, and how they come back.
PACKED: Mapping[type, tuple[str, Callable[[Any], Any]]] = {
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("span", timedelta.total_seconds),
}
UNPACKED: Mapping[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "span": lambda seconds: timedelta(seconds=seconds),
}


def prepare(inputs: Iterable[Path]) -> None:
    """Get ready for parsing, where some inputs will need it, while other work is done."""
    if any(path.suffix.lower() in PARSED or path.is_dir() for path in inputs):
        sandbox.prepare(MODULE, _limits().memory)


def read_document(raw: bytes, suffix: str, name: str, *, encoding: str | None = None) -> Content:
    """Read the one text of a letter; raises Unreadable, saying why, when there is none."""
    if suffix not in PARSED:
        return documents.read_document(raw, suffix, name, encoding=encoding)
    ((text, notes),) = parse(MODULE, "document", raw, name, _limits(), suffix=suffix)
    return Content(text, tuple(notes))


def read_sheets(raw: bytes, name: str) -> list[Sheet]:
    """Read all worksheets as text, whatever the kind of workbook; raises Unreadable."""
    return [
        Sheet(each.name, each.visible, [[to_text(value) for value in row] for row in each.rows])
        for each in read_cells(raw, name)
    ]


def read_cells(raw: bytes, name: str) -> list[Cells]:
    """Read all worksheets as the values they hold: text, numbers, days and times; raises Unreadable."""
    found: list[Cells] = []
    for head, rows in parse(MODULE, "cells", raw, name, _limits()):
        if head:
            found.append(Cells(head[0], head[1], []))
        found[-1].rows.extend([value if type(value) in PLAIN else _unpack(value) for value in row] for row in rows)
    return found


def read_parquet(raw: bytes, name: str) -> list[list[str]]:
    """Read the names of the columns and all rows as text; raises Unreadable."""
    return list(chain.from_iterable(parse(MODULE, "parquet", raw, name, _limits())))


def _limits() -> Limits:
    from tipclass.settings import limits  # the sandbox is told them and needs none of what that imports

    return limits()


def _unpack(value: dict[str, Any]) -> Any:
    ((kind, packed),) = value.items()
    return UNPACKED[kind](packed)


# --- in the sandbox ---


def _document(raw: bytes, name: str, limits: Limits, suffix: str) -> Iterator[Any]:
    content = documents.read_document(raw, suffix, name, limits=limits)
    yield content.text, content.notes


def _cells(raw: bytes, name: str, limits: Limits) -> Iterator[Any]:
    """Yield the head of each sheet, and its rows in bunches."""
    for sheet in sheets.open_sheets(raw, name, limits):
        yield (sheet.name, sheet.visible), ()
        rows = [[value if type(value) in PLAIN else _pack(value) for value in row] for row in sheet.rows]
        yield from ((None, bunch) for bunch in _bunches(rows))


def _parquet(raw: bytes, name: str, limits: Limits) -> Iterator[Any]:
    yield from _bunches(parquet.open_parquet(raw, name, limits))


def _bunches(rows: list[Any]) -> Iterator[list[Any]]:
    return (rows[start : start + BUNCH] for start in range(0, len(rows), BUNCH))


def _pack(value: Any) -> dict[str, Any]:
    kind, packed = PACKED[type(value)]
    return {kind: packed(value)}


TASKS: Mapping[str, Task] = {"document": _document, "cells": _cells, "parquet": _parquet}

if __name__ == "__main__":
    serve(TASKS)
