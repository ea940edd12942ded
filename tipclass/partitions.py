"""Partitions: tables of pandas in, the same tables with our columns out, as Spark's mapInPandas wants it."""

import datetime
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipclass import messages
from tipclass.errors import InputError
from tipclass.fields import stations
from tipclass.model import Model
from tipclass.office import load_office
from tipclass.records import Entry, Tip
from tipclass.store import open_model
from tipclass.triage import triage_batch

if TYPE_CHECKING:
    from pandas import DataFrame

# Our columns as Spark declares them.
SCHEMA = "category string, category_name string, score double, route string, reason string"
NAMES = tuple(column.split()[0] for column in SCHEMA.split(", "))
WORK = stations(("category", "score", "route", "reason"))


def classify_partitions(
    frames: "Iterable[DataFrame]", *, text_column: str, models: Path | None = None, model: str | None = None
) -> "Iterator[DataFrame]":
    """Yield each table with the columns of SCHEMA behind its own; rows, their order and their index stay.

    The model is loaded once a process, from the folder `models` or where it is usually found. A cell that holds no text
    goes to review. Repeats are not looked for: a worker sees its own partitions only. Raises InputError when the column
    of the texts is missing or one of ours is there already.

    >>> import pandas
    >>> (found,) = classify_partitions([pandas.DataFrame({"内容": ["河里每天半夜有人用电瓶打鱼"]})], text_column="内容")
    >>> found["category"].tolist()
    ['illegal_fishing']
    """
    loaded, office = _model(models, model), load_office(datetime.date.today())
    for frame in frames:
        _refuse(list(frame.columns), text_column)
        tips = [Tip(str(row), text if isinstance(text, str) else "") for row, text in enumerate(frame[text_column], 1)]
        rows = [_row(entry, loaded) for entry in triage_batch(tips, loaded, office=office, work=WORK)]
        yield frame.assign(**{name: [row[name] for row in rows] for name in NAMES})


@functools.lru_cache(maxsize=1)
def _model(models: Path | None, name: str | None) -> Model:
    return open_model(models, name)


def _refuse(columns: list[Any], text_column: str) -> None:
    if text_column not in columns:
        raise InputError(messages.PARTITION_NO_TEXT.format(name=text_column))
    if taken := [name for name in NAMES if name in columns]:
        raise InputError(messages.PARTITION_TAKEN.format(names="、".join(taken)))


def _row(entry: Entry, model: Model) -> dict[str, Any]:
    decision = entry.decision
    return {
        "category": decision.main.code,
        "category_name": model.taxonomy.name(decision.main.code),
        "score": round(decision.certainty, 6),
        "route": decision.route.value,
        "reason": entry.reason,
    }
