"""The link command and what it writes."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tipclass import messages

Run = Callable[..., tuple[int, str, str]]

PLANT = "白石坳镇东岗村的鑫垭电镀厂每天半夜往小关河里放黄绿色的废水，鸭子死了二十多只"
TANKER = "豫P7K29挂的罐车夜里往刘营村的窑坑放废液，气味辣眼睛"
BRIDGE = "昨天看到豫P7K29挂在双庙镇桥洞底下排酸水，水泥地起泡"
ROWS = [
    ("a1", "2026-03-01", "清浦县", PLANT),
    ("a2", "2026-03-02", "项丘县", TANKER),
    ("a3", "2026-03-05", "清浦县", PLANT + "。老板姓欧阳，名下还有一家洗车行。"),
    ("a4", "2026-06-05", "颖泉县", BRIDGE),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return written(tmp_path / "三月.csv", ROWS)


def written(path: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("编号", "受理时间", "区县", "内容"), *rows])
    return path


def records(printed: str) -> dict[str, dict]:  # type: ignore[type-arg]
    return {record["id"]: record for record in map(json.loads, printed.splitlines())}


def test_json_lines_name_group_size_additions_and_series(run: Run, source: Path) -> None:
    code, out, err = run("link", source, "--json")
    found = records(out)
    assert code == 0
    assert list(found) == ["a1", "a2", "a3", "a4"]
    assert [(each["group"], each["group_size"]) for each in found.values()] == [("a1", 2), ("", 1), ("a1", 2), ("", 1)]
    assert "老板姓欧阳" in [each["text"] for each in found["a3"]["group_adds"]]
    assert found["a2"]["series"] == [{"kind": "plate", "wording": "豫P7K29挂", "ids": ["a2", "a4"]}]
    assert "共 4 条：重复件 1 组（2 条），串并 1 个" in err


def test_a_workbook_has_the_groups_and_a_sheet_of_series(run: Run, source: Path, tmp_path: Path) -> None:
    assert run("link", source)[0] == 0
    book = openpyxl.load_workbook(tmp_path / "三月_串并.xlsx")
    assert book.sheetnames == [messages.SHEET_REPEATS, messages.SHEET_SERIES]
    head, first, *_ = book[messages.SHEET_REPEATS].iter_rows(values_only=True)
    row = dict(zip(head, first, strict=True))
    assert list(head)[-4:] == ["重复组", "组内件数", "新增内容", "串并"]
    assert (row["重复组"], row["组内件数"]) == ("a1（2 件）", "2")
    head, tie = book[messages.SHEET_SERIES].iter_rows(values_only=True)
    assert tie == ("车牌", "豫P7K29挂", "2", "a2、a4", "项丘县、颖泉县", "2026-03-02", "2026-06-05")


def test_a_csv_holds_a_row_a_tip(run: Run, source: Path, tmp_path: Path) -> None:
    run("link", source, "-o", "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["重复组"] for row in rows] == ["a1（2 件）", "", "a1（2 件）", ""]
    assert rows[1]["串并"] == "车牌“豫P7K29挂”：a2、a4"


def test_earlier_tips_are_held_against_and_not_listed(run: Run, source: Path, tmp_path: Path) -> None:
    new = written(tmp_path / "四月.csv", [("b1", "2026-03-20", "清浦县", f"来电人反映：{PLANT}，希望核实处理。")])
    code, out, err = run("link", new, "--ledger", source, "--json")
    found = records(out)
    assert code == 0
    assert list(found) == ["b1"]
    assert (found["b1"]["group"], found["b1"]["group_size"]) == ("a1", 3)
    assert "与以前的 4 条一并比对" in err


def test_predict_shows_groups_unless_told_not_to(run: Run, source: Path) -> None:
    assert records(run("predict", source, "--json")[1])["a3"]["group"] == "a1"
    assert records(run("predict", source, "--json", "--no-groups")[1])["a3"]["group"] == ""


def test_predicts_workbook_shows_the_group_at_a_glance_and_the_rest_among_the_details(
    run: Run, source: Path, tmp_path: Path
) -> None:
    run("predict", source, "-o", "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    glance, details = (
        [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        for rows in (list(book[name].iter_rows(values_only=True)) for name in ("分类结果", "详情"))
    )
    assert [row["重复组"] for row in glance] == ["a1（2 件）", None, "a1（2 件）", None]
    assert "“老板姓欧阳”" in details[2]["新增内容"]
    assert details[3]["串并"] == "车牌“豫P7K29挂”：a2、a4"
    assert run("predict", source, "-o", "full.csv")[0] == 0


def test_how_often_a_matter_was_told_goes_into_its_grade(run: Run, tmp_path: Path) -> None:
    rows = [(f"c{at}", "2026-03-01", "清浦县", PLANT + f"，第{at}次") for at in range(6)]
    many = written(tmp_path / "多次.csv", rows)
    told, alone = (records(run("predict", many, "--json", *more)[1])["c0"] for more in ((), ("--no-groups",)))
    assert any("6" in reason for reason in told["grade_reason"])
    assert not any("6" in reason for reason in alone["grade_reason"])


def test_the_result_never_goes_over_an_earlier_file(run: Run, source: Path, tmp_path: Path) -> None:
    new = written(tmp_path / "四月.csv", ROWS[:1])
    assert run("link", new, "--ledger", source, "-o", source)[0] != 0
