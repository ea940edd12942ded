"""Fields: what is asked for is worked out and written, and nothing else."""

import csv
import json
from pathlib import Path

import pytest

from tipclass.errors import UsageError
from tipclass.fields import ALL, FIELDS, Station, parse_fields, stations
from tipclass.model import Model
from tipclass.records import Tip
from tipclass.result_columns import Batch
from tipclass.triage import triage


@pytest.mark.parametrize("words", ["", " , ", "category,colour", "类别"])
def test_unknown_fields_are_refused_with_those_there_are(words: str) -> None:
    with pytest.raises(UsageError, match="category"):
        parse_fields(words)


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ("category,score", frozenset()),
        ("category，nearest", {Station.NEAREST}),
        ("reason", {Station.NOTES, Station.EVIDENCE}),
        ("group", {Station.LINKS}),
    ],
)
def test_only_what_fields_need_is_worked_out(words: str, needed: frozenset[Station]) -> None:
    assert stations(parse_fields(words)) == needed


def test_without_fields_everything_is_worked_out() -> None:
    assert stations(()) == ALL


def test_every_field_stands_in_a_column_and_a_key(model: Model) -> None:
    entries = triage([Tip("1", "厂里排污水"), Tip("2", "有人电鱼")], model)
    batch = Batch(entries, model.taxonomy, model.id)
    columns = {name for name, _ in (*batch.brief(), *batch.detail(), *batch.notes(), *batch.note_details())}
    assert {each.column for each in FIELDS.values()} <= columns | {"串并"}


def test_what_is_not_asked_for_is_left_out(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.csv").write_text("内容\n有人电鱼\n厂里排污水\n", encoding="utf-8")
    whole, some = (run("predict", "a.csv", "-o", "-", "-q", *more)[1] for more in ((), ("--fields", "category,score")))
    for every, few in zip(whole.splitlines(), some.splitlines(), strict=True):
        record = json.loads(few)
        assert list(record) == ["id", "source", "row", "input", "category", "score"]
        assert record.items() <= json.loads(every).items()
    assert run("predict", "a.csv", "-o", "b.csv", "--fields", "category")[0] == 0
    with (tmp_path / "b.csv").open(encoding="utf-8-sig") as stream:
        head, *rows = csv.reader(stream)
    assert head == ["内容", "类别"]
    assert [row[1] for row in rows] == ["非法捕捞", "水污染偷排"]
    assert run("predict", "a.csv", "--fields", "category")[0] == 2
