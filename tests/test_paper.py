"""Paper: names a sheet may have, and values that stay what they are."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tipclass.paper import Paper
from tipclass.workbook import new_workbook

NAMES = (
    ("城镇排水（住建/水务）", "城镇排水（住建·水务）"),
    ("甲" * 40, "甲" * 31),
    ("甲" * 40, "甲" * 26 + "(2)"),
    ("a", "a"),
    ("A", "A(2)"),
    ("[:*?']", "······"),
)


def test_every_sheet_gets_a_name_that_excel_takes(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "a.xlsx") as book:
        paper = Paper(book, "2026 台账&")
        for name, _ in NAMES:
            paper.add(name, note="说明")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [name for _, name in NAMES]
    assert "台账&" in book["a"].oddHeader.center.text


@pytest.mark.parametrize(
    "value",
    ["=1+1", "00123", "http://a.cn", 1.5, 3, True, date(2026, 8, 20), datetime(2026, 8, 20, 9, 30), time(9, 30), ""],
)
def test_values_stay_what_they_are(tmp_path: Path, value: Any) -> None:
    with new_workbook(tmp_path / "a.xlsx") as book:
        paper = Paper(book, "a")
        sheet = paper.add("a")
        sheet.heads(["名"], [10])
        sheet.rows([[value]])
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["a"]["A2"]
    midnight = type(value) is date
    assert cell.value == (datetime(value.year, value.month, value.day) if midnight else value or None)
    assert cell.data_type != "f" or value != "=1+1"


def test_a_length_of_time_is_written_as_one(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "a.xlsx") as book:
        paper = Paper(book, "a")
        paper.write_cell(paper.add_bare("a"), 0, 0, timedelta(hours=30))
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["a"]["A1"].value == timedelta(hours=30)


def test_a_row_is_as_high_as_its_text(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "a.xlsx") as book:
        paper = Paper(book, "a")
        sheet = paper.add("a", note="说明")
        sheet.heads(["名", "字"], [10, 10], ["字"])
        sheet.rows([["短", ""], ["长" * 20, ""], ["短", "长" * 20]], tall=[0])
    raw = openpyxl.load_workbook(tmp_path / "a.xlsx")["a"]
    heights = [raw.row_dimensions[row].height for row in (3, 4, 5)]
    assert heights[0] == heights[2] < heights[1]
    assert raw.column_dimensions["B"].hidden
    assert (raw.freeze_panes, raw.auto_filter.ref) == ("B3", "A2:B5")
