"""Results: every format holds every row; nothing half-written; nothing a spreadsheet would run."""

import csv
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tipclass import messages
from tipclass.errors import OutputError
from tipclass.formulas import restored
from tipclass.model import Model
from tipclass.office import load_office
from tipclass.records import Evidence, Repeats, Tip
from tipclass.result_book import write_xlsx
from tipclass.result_columns import Batch, header
from tipclass.result_csv import write_csv
from tipclass.result_json import write_jsonl
from tipclass.triage import triage, triage_batch
from tipclass.workbook import LONGEST_CELL

ROWS = (
    ("a1", "有人晚上在河边用电瓶电鱼", "13800000000"),
    ("a2", '=HYPERLINK("http://a.cn")', ""),
    ("a3", "https://a.cn/x\n第二行", "+1"),
)
TIPS = [
    Tip(key, text, "线索.xlsx", row, {"编号": key, "内容": text, "电话": phone})
    for row, (key, text, phone) in enumerate(ROWS, 2)
]


@pytest.fixture
def batch(model: Model) -> Batch:
    return Batch(triage(TIPS, model), model.taxonomy, model.id)


def sheet_rows(path: Path, sheet: str = messages.SHEET_RESULT) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def test_workbook_has_input_columns_first_then_ours(tmp_path: Path, batch: Batch) -> None:
    write_xlsx(tmp_path / "out.xlsx", batch)
    head, *rows = sheet_rows(tmp_path / "out.xlsx")
    assert head == (
        "编号", "内容", "电话",
        "类别", "其他事项", "把握", "处理", "理由", "复核类别", "复核其他类别",
        "线索标识", "模型标识",
    )  # fmt: skip
    assert [row[0] for row in rows] == ["a1", "a2", "a3"]
    assert rows[0][3] == "非法捕捞"
    assert rows[0][8] is None
    assert rows[0][11] == batch.model_id


def test_an_office_adds_what_a_clerk_needs_at_a_glance(tmp_path: Path, model: Model) -> None:
    tips = [Tip("a.csv#2", "有人晚上在河边用电瓶电鱼", "a.csv", 2, {"内容": "有人晚上在河边用电瓶电鱼"})]
    (entry,) = triage(tips, model, office=load_office(date(2026, 8, 20)))
    repeated = replace(entry, repeats=Repeats("a.csv#1", 3))
    write_xlsx(tmp_path / "out.xlsx", Batch([repeated], model.taxonomy, model.id))
    head, row = sheet_rows(tmp_path / "out.xlsx")
    assert head == (
        "内容", "编号", "类别", "其他事项", "把握", "处理", "理由", "等级", "主办部门", "缺失要素", "重复组",
        "移送提示", "复核类别", "复核其他类别", "线索标识", "模型标识",
    )  # fmt: skip
    assert (row[1], row[10]) == ("a.csv#2", "a.csv#1（3 件）")
    details = sheet_rows(tmp_path / "out.xlsx", messages.SHEET_DETAIL)[0]
    assert {"依据词", "次选类别", "协办部门"} < set(details)


def test_no_cell_is_a_formula_a_link_or_a_number_that_was_text(tmp_path: Path, batch: Batch) -> None:
    write_xlsx(tmp_path / "out.xlsx", batch)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")[messages.SHEET_RESULT]
    assert sheet["B3"].value == '=HYPERLINK("http://a.cn")'
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 3
    assert not any(b"<f>" in each or b"<hyperlink" in each for each in sheets)
    assert sheet["C2"].value == "13800000000"


def test_workbook_is_ready_to_work_in(tmp_path: Path, batch: Batch) -> None:
    write_xlsx(tmp_path / "out.xlsx", batch)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book[messages.SHEET_RESULT]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L4"
    assert sheet.column_dimensions["K"].hidden
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert (rules["I2:I4"].type, rules["J2:J4"].type) == ("list", None)
    assert rules["J2:J4"].prompt == messages.FURTHER_CORRECTION_HINT
    assert book[messages.SHEET_NAMES].sheet_state == "hidden"
    assert [row[0].value for row in book[messages.SHEET_NAMES].iter_rows()] == ["水污染偷排", "非法捕捞", "非举报材料"]
    review = next(n for n, entry in enumerate(batch.entries, 2) if entry.decision.route == "review")
    assert sheet.cell(review, 4).fill.fgColor.rgb == "FFFFF2CC"


def test_details_stand_on_a_second_sheet_or_beside(tmp_path: Path, batch: Batch) -> None:
    write_xlsx(tmp_path / "brief.xlsx", batch)
    write_xlsx(tmp_path / "full.xlsx", batch, full=True)
    assert sheet_rows(tmp_path / "brief.xlsx", messages.SHEET_DETAIL)[1][0] == "a1"
    assert messages.COLUMN_CANDIDATES in sheet_rows(tmp_path / "full.xlsx")[0]
    assert {"依据词", "次选类别"} < set(sheet_rows(tmp_path / "brief.xlsx", messages.SHEET_DETAIL)[0])
    assert messages.SHEET_DETAIL not in openpyxl.load_workbook(tmp_path / "full.xlsx").sheetnames


@pytest.mark.parametrize("character", ["长", "😀"])
def test_a_cell_too_long_is_cut_with_a_note(tmp_path: Path, model: Model, character: str) -> None:
    text = character * 40_000
    entries = triage([Tip("1", text, "a.csv", 2, {"内容": text})], model)
    notes = write_xlsx(tmp_path / "out.xlsx", Batch(entries, model.taxonomy, model.id))
    cell = str(sheet_rows(tmp_path / "out.xlsx")[1][0])
    assert notes == [messages.CELLS_CUT.format(count=1)]
    assert cell.endswith(messages.CELL_CUT)
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST_CELL


def test_the_words_that_decided_are_coloured_in_the_text(tmp_path: Path, batch: Batch) -> None:
    write_xlsx(tmp_path / "out.xlsx", batch)
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx", rich_text=True)[messages.SHEET_RESULT]["B2"].value
    assert str(cell) == TIPS[0].text
    coloured = [part.text for part in cell if not isinstance(part, str) and part.font.b]
    assert sorted(coloured) == sorted(each.term for each in batch.entries[0].evidence)


def test_a_text_that_is_evidence_from_end_to_end_is_not_lost(tmp_path: Path, model: Model) -> None:
    (entry,) = triage([Tip("1", "电鱼", "a.csv", 2, {"内容": "电鱼"})], model)
    whole = replace(entry, evidence=(Evidence("电鱼", 1.0, 0, 2),))
    write_xlsx(tmp_path / "out.xlsx", Batch([whole], model.taxonomy, model.id))
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]["A2"].value == "电鱼"


def test_what_says_nothing_has_no_category(tmp_path: Path, model: Model) -> None:
    entries = triage([Tip("1", "", "a.csv", 2, {"内容": ""})], model)
    write_csv(tmp_path / "out.csv", Batch(entries, model.taxonomy, model.id))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["类别"], row["次选类别"], row["处理"]) == ("", "", "人工复核")


def test_parts_of_a_row_show_item_place_and_words(tmp_path: Path, model: Model) -> None:
    text = "1、印染厂半夜把污水直接排进小河。2、有人晚上在河边用电瓶电鱼。"
    entries = triage_batch([Tip("1", text, "a.csv", 2, {"内容": text})], model, passages=True)
    write_xlsx(tmp_path / "out.xlsx", Batch(entries, model.taxonomy, model.id))
    head, one, two = sheet_rows(tmp_path / "out.xlsx")
    assert head[:4] == ("内容", "项号", "起止字", "本项文字")
    assert one[:4] == (text, "1", "1-17", text[:17])
    assert two[:4] == (text, "2", "18-32", text[17:])


def test_csv_has_a_mark_and_every_row(tmp_path: Path, batch: Batch) -> None:
    write_csv(tmp_path / "out.csv", batch)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [restored(row["内容"]) for row in rows] == [tip.fields["内容"] for tip in TIPS]
    assert rows[0]["类别"] == "非法捕捞"


def test_json_lines_have_stable_keys(tmp_path: Path, batch: Batch) -> None:
    write_jsonl(tmp_path / "out.jsonl", batch)
    first, *_ = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert list(first) == [
        "id", "source", "row", "input", "category", "category_name", "score",
        "labels", "candidates", "route", "reason", "evidence", "nearest",
        "group", "group_size", "group_adds", "series", "passages",
    ]  # fmt: skip
    assert first["input"] == TIPS[0].fields
    assert first["score"] == round(batch.entries[0].decision.certainty, 6)
    main = batch.entries[0].decision.main
    assert first["labels"][0] == {"code": "illegal_fishing", "name": "非法捕捞", "score": round(main.score, 6)}
    for each in first["evidence"]:
        assert TIPS[0].text[each["start"] : each["end"]] == each["term"]


@pytest.mark.parametrize(
    ("inputs", "ours", "expected"),
    [
        (["内容"], ["类别"], ["内容", "类别"]),
        (["内容", "类别"], ["类别"], ["内容", "类别", "类别(系统)"]),
        (["类别", "类别(系统)"], ["类别"], ["类别", "类别(系统)", "类别(系统2)"]),
    ],
)
def test_our_columns_give_way(inputs: Sequence[str], ours: Sequence[str], expected: list[str]) -> None:
    assert header([], inputs, ours) == expected


def test_several_sources_name_file_and_row(tmp_path: Path, model: Model) -> None:
    tips = [Tip("1", "污水", "a.csv", 2, {"甲": "1"}), Tip("2", "电鱼", "b.csv", 2, {"乙": "2"})]
    write_csv(tmp_path / "out.csv", Batch(triage(tips, model), model.taxonomy, model.id))
    head, one, two = csv.reader((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines())
    assert head[:5] == ["来源文件", "行号", "甲", "乙", "类别"]
    assert (one[:4], two[:4]) == (["a.csv", "2", "1", ""], ["b.csv", "2", "", "2"])


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")

    def broken(*_: object) -> list[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Batch, "input_values", broken)
    with pytest.raises(OutputError, match=r"out\.csv"):
        write_csv(target, batch)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert target.read_text(encoding="utf-8") == "old"


def test_an_open_workbook_is_named(tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(OutputError, match="请先关闭"):
        write_xlsx(tmp_path / "out.xlsx", batch)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path, batch: Batch) -> None:
    with pytest.raises(OutputError, match="不存在"):
        write_csv(tmp_path / "none" / "out.csv", batch)


def test_what_is_no_file_is_not_written_to(tmp_path: Path, batch: Batch) -> None:
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(OutputError, match="不是普通文件"):
        write_csv(tmp_path / "out.csv", batch)
