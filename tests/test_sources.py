"""Tips that stream in are those that are read whole, and no row is lost on the way."""

import csv
import io
import json
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipclass import stretches
from tipclass.errors import InputError
from tipclass.readers import read_stream
from tipclass.sources import open_source, open_stream

AWKWARD = st.sampled_from("内容编号text举报 =\"',;|\t\n\r#\0\ufeff\u200b\u202e\x07🐟") | st.characters()
CELL = st.text(AWKWARD, max_size=8)
NAMES = st.sampled_from(["内容", "text", "编号", "id", "举报内容", "", " ", "甲"]) | CELL
GRID = st.lists(st.lists(CELL, max_size=4), max_size=9)


@st.composite
def csv_files(draw: st.DrawFn) -> bytes:
    """Tables as programs and people leave them: quoted or not, ragged, in several encodings, some of them no text."""
    delimiter, end = draw(st.sampled_from(",\t;")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, None]))
    rows = [draw(st.lists(NAMES, max_size=4)), *draw(GRID)]
    if quoting is None:
        text = "".join(delimiter.join(row) + end for row in rows)
    else:
        target = io.StringIO()
        csv.writer(target, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
        text = target.getvalue()
    text = text.encode("utf-8", "replace").decode()  # what no encoding holds, a file holds neither
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"]))) + draw(
        st.sampled_from([b"", b"", b"", b"\n", b"\xff", '"开着\n'.encode()])
    )


@st.composite
def json_files(draw: st.DrawFn) -> bytes:
    values = CELL | st.integers() | st.booleans() | st.none() | st.lists(CELL, max_size=2)
    objects = st.dictionaries(NAMES, values, max_size=4)
    lines = st.lists(objects | objects.map(lambda each: {"input": each}) | st.integers(), max_size=9)
    ascii = draw(st.booleans())
    texts = [json.dumps(each, ensure_ascii=ascii) for each in draw(lines)] + draw(st.lists(CELL, max_size=2))
    text = draw(st.sampled_from(["\n", "\r\n", "\n\n"])).join(draw(st.permutations(texts)))
    return text.encode("utf-8", "replace")


def outcome(read: object, *arguments: object, **options: str | None) -> object:
    """Return all that reading gave, or the sentence of its refusal."""
    try:
        found = read(*arguments, **options)  # type: ignore[operator]
    except InputError as failure:
        return str(failure)
    return tuple(found.tips() if callable(found.tips) else found.tips), sorted(found.notes), found.unread


OPTIONS = st.sampled_from([{}, {}, {}, {"text_column": "甲"}, {"id_column": "text"}, {"encoding": "gb18030"}])


@pytest.mark.parametrize("files", [csv_files(), json_files()], ids=["csv", "jsonl"])
@given(data=st.data(), size=st.sampled_from([1, 7, 40, 400_000]), options=OPTIONS)
@settings(max_examples=150)
def test_streamed_is_what_is_read_whole(files: st.SearchStrategy[bytes], data, size: int, options) -> None:  # type: ignore[no-untyped-def]
    raw = data.draw(files)
    kind = "jsonl" if b"{" in raw[:30] else data.draw(st.sampled_from(["csv", "tsv"]))
    with patch.object(stretches, "STRETCH", size):
        assert outcome(open_stream, raw, kind, **options) == outcome(read_stream, raw, kind, **options)


@pytest.mark.parametrize("size", [1, 400_000])
def test_a_quote_that_only_another_one_closes_is_read_the_same(size: int) -> None:
    raw = '"内容\n河边有人电鱼\n厂里冒黑烟\n管子有5"粗，像"水桶'.encode()
    with patch.object(stretches, "STRETCH", size):
        assert outcome(open_stream, raw, "csv") == outcome(read_stream, raw, "csv")


def test_texts_of_many_lines_are_streamed_too(tmp_path: Path) -> None:
    text = "湖边每天有人电鱼\n" * 40
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("编号", "内容"), *((number, text) for number in range(3000))])
    (file,) = open_source([path]).parts
    sizes = [stretch.end - stretch.start for stretch in file.survey.stretches]  # type: ignore[union-attr]
    assert max(sizes) < 1.1 * stretches.STRETCH < sum(sizes)
