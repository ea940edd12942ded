"""A result as csv, in which no cell is a formula."""

import csv
from pathlib import Path
from typing import IO

from tipclass.formulas import disarmed
from tipclass.result_columns import Batch, Column, header
from tipclass.targets import replacing
from tipclass.workbook import Value


def write_csv(path: Path, batch: Batch, *, full: bool = True) -> list[str]:
    """Write a csv with a byte order mark, without which Excel takes it for GBK."""
    with replacing(path) as whole, whole.open("w", encoding="utf-8-sig", newline="") as stream:
        write_csv_header(stream, batch, full=full)
        write_csv_rows(stream, batch, full=full)
    return []


def write_csv_header(stream: IO[str], batch: Batch, *, full: bool = True) -> None:
    """Write the names of the columns to an open stream."""
    place, ours = ([name for name, _ in columns] for columns in csv_columns(batch, full=full))
    csv.writer(stream).writerow(map(disarmed, header(place, batch.layout.inputs, ours)))


def write_csv_rows(stream: IO[str], batch: Batch, *, full: bool = True) -> None:
    """Write a row an entry to an open stream."""
    place, ours = ([value for _, value in columns] for columns in csv_columns(batch, full=full))
    rows = (
        (*(value(entry) for value in place), *batch.input_values(entry), *(value(entry) for value in ours))
        for entry in batch.entries
    )
    csv.writer(stream).writerows(map(_csv_cell, row) for row in rows)


def _csv_cell(value: Value) -> Value:
    return disarmed(value) if isinstance(value, str) else value


def csv_columns(batch: Batch, *, full: bool) -> tuple[list[Column], list[Column]]:
    """Return the columns before and behind those of the input."""
    place = batch.place() if batch.layout.several_sources else []
    part = batch.part() if batch.layout.taken_apart else []
    if batch.fields:
        return place, part + batch.chosen()
    return place, part + batch.brief() + batch.hidden() + (batch.detail() if full else [])
