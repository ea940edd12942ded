"""The ledger's workbook: what staff do to it stays, what cannot be read is named, two cannot write at once."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import filelock
import openpyxl
import pytest

from tipclass import ledger_book, messages
from tipclass.deadlines import load_deadlines
from tipclass.errors import LedgerError, OutputError
from tipclass.ledger import Ledger, Status
from tipclass.model import Model
from tipclass.office import load_office
from tipclass.records import Entry, Tip
from tipclass.registration import Desk, Registration, register
from tipclass.settings import DEADLINES, corpora_folder
from tipclass.triage import triage

TODAY = date(2026, 9, 1)
TEXTS = ("有人晚上在河边用电瓶电鱼，联系我13812345678", "印染厂半夜把污水直接排进小河", "会议强调要落实", "河水发黑")


@pytest.fixture(scope="module")
def desk(model: Model) -> Desk:
    office = load_office(date(2026, 8, 20))
    return Desk(office, load_deadlines(corpora_folder() / DEADLINES), model.taxonomy, model.id)


@pytest.fixture(scope="module")
def entries(model: Model, desk: Desk) -> list[Entry]:
    tips = [Tip(f"a{n}", text, "信箱.csv", n, {"内容": text}) for n, text in enumerate(TEXTS, 2)]
    return triage(tips, model, office=desk.office)


@pytest.fixture
def keep(tmp_path: Path, desk: Desk) -> Callable[..., Registration]:
    """Enter tips into a ledger in an empty folder."""

    def call(*entries: Entry) -> Registration:
        path = tmp_path / "台账.xlsx"
        return ledger_book.update(path, lambda now: register(now, entries, desk), taxonomy=desk.taxonomy, today=TODAY)

    return call


@pytest.fixture
def path(tmp_path: Path, keep: Callable[..., Registration], entries: list[Entry]) -> Path:
    """A ledger of three tips."""
    keep(*entries[:3])
    return tmp_path / "台账.xlsx"


class Sheet:
    """A sheet as staff see it: cells by row and the name of their column."""

    def __init__(self, book: openpyxl.Workbook, name: str = messages.SHEET_LEDGER, header: int = 1) -> None:
        self.sheet: Any = book[name]
        self.columns = {cell.value: cell.column for cell in self.sheet[header]}

    def __getitem__(self, at: tuple[int, str]) -> Any:
        return self.sheet.cell(at[0], self.columns[at[1]]).value

    def __setitem__(self, at: tuple[int, str], value: Any) -> None:
        self.sheet.cell(at[0], self.columns[at[1]]).value = value

    def column(self, name: str, first: int = 2) -> list[Any]:
        return [self[row, name] for row in range(first, self.sheet.max_row + 1)]


class Edit:
    """A workbook that is opened, changed by hand and saved."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, openpyxl.load_workbook(path)

    def __enter__(self) -> openpyxl.Workbook:
        return self.book

    def __exit__(self, *_: object) -> None:
        self.book.save(self.path)


def everything(path: Path) -> Iterator[Any]:
    for sheet in openpyxl.load_workbook(path):
        yield from (cell.value for row in sheet.iter_rows() for cell in row)


# --- what is written -----------------------------------------------------------------------------


def test_a_new_ledger_has_its_sheets(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert [name for name in book.sheetnames if not name.startswith("转办-")] == [
        "全部", "人工复核", "重复与串并", "统计", "类别表", "台账信息",
    ]  # fmt: skip
    assert [book[name].sheet_state for name in ("全部", "类别表", "台账信息")] == ["visible", "hidden", "hidden"]
    assert Sheet(book).column("编号") == ["2026-0001", "2026-0002", "2026-0003"]
    assert Sheet(book)[2, "收件日期"] == datetime(2026, 8, 20)


def test_every_sheet_is_ready_to_print(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible" and sheet.title != "统计":
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToHeight == 0
            assert sheet.print_title_rows == ("$1:$1" if sheet.title == "全部" else "$2:$2")
            assert "&P" in str(sheet.oddFooter.center.text)
            assert sheet.freeze_panes
    assert book["全部"].print_area == "'全部'!$A$1:$K$4"
    assert book["全部"].column_dimensions["AD"].hidden


def test_what_is_read_is_what_was_registered(path: Path, keep: Callable[..., Registration]) -> None:
    ledger = ledger_book.read(path)
    assert ledger.rows == keep().ledger.rows
    assert [row.labels for row in ledger.rows][1:] == [("water_pollution",), ("not_a_tip",)]
    assert ledger.last == {2026: 3}
    assert ledger.notes == ()


def test_nothing_is_a_formula_or_a_link(
    tmp_path: Path, keep: Callable[..., Registration], entries: list[Entry]
) -> None:
    text = '=HYPERLINK("http://a.cn")'
    keep(replace(entries[0], tip=Tip("=1+1", text, "+a.csv", 2), reason="@SUM(1)"))
    path = tmp_path / "台账.xlsx"
    assert Sheet(openpyxl.load_workbook(path, data_only=True))[2, "内容"] == text
    assert not ledger_book._has_formulas(path.read_bytes())
    assert ledger_book.read(path).rows[0].id == "=1+1"


def test_what_departments_get_is_masked(path: Path, keep: Callable[..., Registration]) -> None:
    with Edit(path) as book:
        main = Sheet(book)
        for row in (2, 3):
            main[row, "状态"], main[row, "主办部门"], main[row, "协办部门"] = "已转办", f"甲/乙{row}", "甲/乙2、丙"
    keep()
    book = openpyxl.load_workbook(path)
    sent = {name: Sheet(book, name, 2).column("主协办", 3) for name in book.sheetnames if name.startswith("转办-")}
    assert sent == {"转办-丙": ["协办", "协办"], "转办-甲·乙2": ["主办", "协办"], "转办-甲·乙3": ["主办"]}
    for name in sent:
        cells = [str(cell.value) for row in book[name].iter_rows() for cell in row]
        assert not any("13812345678" in cell for cell in cells)
    assert "13812345678" in Sheet(book)[2, "内容"]
    assert "[电话]" in Sheet(book, "转办-甲·乙2", 2)[3, "内容"]


def test_what_waits_for_a_person_is_sent_to_nobody(
    tmp_path: Path, keep: Callable[..., Registration], entries: list[Entry]
) -> None:
    found = keep(*entries)
    pending = [row.number for row in found.ledger.rows if row.route == "review"]
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    assert Sheet(book, "人工复核", 2).column("编号", 3) == pending != []
    sent = [
        number
        for name in book.sheetnames
        if name.startswith("转办-")
        for number in Sheet(book, name, 2).column("编号", 3)
    ]
    assert not set(sent) & set(pending)


# --- what staff do -------------------------------------------------------------------------------


def test_hand_made_edits_and_columns_stay(path: Path, keep: Callable[..., Registration], entries: list[Entry]) -> None:
    with Edit(path) as book:
        sheet = Sheet(book).sheet
        sheet.insert_cols(3, 2)
        sheet.cell(1, 3).value, sheet.cell(1, 4).value = "罚款", "回访日"
        sheet.cell(2, 3).value, sheet.cell(2, 4).value = 5000.5, date(2026, 9, 2)
        main = Sheet(book)
        main[2, "备注"], main[2, "地点"], main[2, "状态"] = "急", "乙县", "已办结"
        main[3, "到期日"] = "2026/12/1"
    ledger = keep(*entries[3:]).ledger
    assert ledger.columns[:4] == ("编号", "收件日期", "罚款", "回访日")
    main = Sheet(openpyxl.load_workbook(path))
    assert [main[2, name] for name in ("罚款", "回访日", "备注", "地点", "状态")] == [
        5000.5, datetime(2026, 9, 2), "急", "乙县", "已办结",
    ]  # fmt: skip
    assert main[5, "罚款"] is None
    rows = ledger_book.read(path).rows
    assert (rows[0].status, rows[0].other["罚款"], rows[1].due) == (Status.CLOSED, "5000.5", date(2026, 12, 1))


def test_the_order_of_rows_stays_and_numbers_go_on(
    path: Path, keep: Callable[..., Registration], entries: list[Entry]
) -> None:
    with Edit(path) as book:
        sheet = Sheet(book).sheet
        last = [cell.value for cell in sheet[4]]
        sheet.delete_rows(4)
        sheet.insert_rows(2)
        for column, value in enumerate(last, 1):
            sheet.cell(2, column).value = value
        sheet.delete_rows(4)
    keep(entries[3])
    assert Sheet(openpyxl.load_workbook(path)).column("编号") == ["2026-0003", "2026-0001", "2026-0004"]


def test_a_number_is_not_given_again_though_its_row_was_deleted(
    path: Path, keep: Callable[..., Registration], entries: list[Entry]
) -> None:
    with Edit(path) as book:
        Sheet(book).sheet.delete_rows(4)
    keep(entries[3])
    assert Sheet(openpyxl.load_workbook(path)).column("编号") == ["2026-0001", "2026-0002", "2026-0004"]


def test_a_row_added_by_hand_gets_a_number(path: Path, keep: Callable[..., Registration]) -> None:
    with Edit(path) as book:
        main = Sheet(book)
        main[5, "收件日期"], main[5, "内容"], main[5, "类别"] = "2026-8-21", "有人炸鱼", "非法捕捞"
    row = keep().ledger.rows[3]
    assert (row.number, row.labels, row.lead) == ("2026-0004", ("illegal_fishing",), "渔政（农业农村）")


def test_a_correction_moves_a_tip_to_another_department(path: Path, keep: Callable[..., Registration]) -> None:
    with Edit(path) as book:
        Sheet(book)[3, "复核类别"] = "非法捕捞"
    keep()
    book = openpyxl.load_workbook(path)
    assert "2026-0002" in Sheet(book, "转办-渔政（农业农村）", 2).column("编号", 3)
    assert "转办-生态环境" not in book.sheetnames
    assert Sheet(book)[3, "复核类别"] == "非法捕捞"


@pytest.mark.parametrize(("own", "kept", "says"), [(None, "非法捕捞", ""), ("水污染偷排", "水污染偷排", "类别不同")])
def test_what_is_filled_in_on_the_sheet_of_reviews_comes_back(
    tmp_path: Path, keep: Callable[..., Registration], entries: list[Entry], own: str | None, kept: str, says: str
) -> None:
    keep(*entries)
    path = tmp_path / "台账.xlsx"
    with Edit(path) as book:
        reviewed = Sheet(book, "人工复核", 2)
        number = reviewed[3, "编号"]
        reviewed[3, "复核类别"] = "非法捕捞"
        main = Sheet(book)
        row = main.column("编号").index(number) + 2
        main[row, "复核类别"] = own
    found = keep()
    main = Sheet(openpyxl.load_workbook(path))
    assert main[row, "复核类别"] == kept
    assert says in "".join(found.ledger.notes)
    assert bool(found.ledger.notes) == bool(says)
    assert number not in Sheet(openpyxl.load_workbook(path), "人工复核", 2).column("编号", 3)


def test_an_own_sheet_keeps_its_values_and_formulas_are_told_of(path: Path, keep: Callable[..., Registration]) -> None:
    with Edit(path) as book:
        book.create_sheet("值班表").append(["周一", 3, date(2026, 8, 24)])
        book.create_sheet("转办-专班").append(["自己记的"])
        Sheet(book)[2, "备注"] = "=1+1"
    notes = "".join(keep().ledger.notes)
    assert "值班表" in notes
    assert messages.LEDGER_FORMULAS in notes
    assert openpyxl.load_workbook(path)["转办-专班"]["A1"].value == "自己记的"
    keep()
    duty = openpyxl.load_workbook(path)["值班表"]
    assert [cell.value for cell in duty[1]] == ["周一", 3, datetime(2026, 8, 24)]


def test_what_nobody_can_use_is_told_with_its_row(path: Path, keep: Callable[..., Registration]) -> None:
    with Edit(path) as book:
        main = Sheet(book)
        main[3, "复核类别"], main[4, "状态"] = "没有的类别", "办着"
    told = "".join(keep().ledger.notes)
    assert "第 3 行：复核类别没有用上" in told
    assert "第 4 行：状态“办着”" in told
    assert Sheet(openpyxl.load_workbook(path))[3, "复核类别"] == "没有的类别"


# --- what is refused -----------------------------------------------------------------------------


def rename(main: Sheet) -> None:
    main[1, "主办部门"] = "主办单位"


def repeat(main: Sheet) -> None:
    main[4, "编号"] = "2026-0001"


def unnumber(main: Sheet) -> None:
    main[3, "编号"], main[3, "内容"] = None, None


def undate(main: Sheet) -> None:
    main[3, "收件日期"] = "八月"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (rename, r"缺列：“主办部门”（现在叫“主办单位”？）"),
        (repeat, r"2026-0001（第 2、4 行）"),
        (unnumber, r"第 3 行没有编号"),
        (undate, r"第 3 行：收件日期“八月”看不懂"),
    ],
)
def test_a_ledger_changed_beyond_reading_says_where(
    path: Path, keep: Callable[..., Registration], change: Callable[[Sheet], None], says: str
) -> None:
    with Edit(path) as book:
        change(Sheet(book))
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=says):
        keep()
    assert path.read_bytes() == before


def test_what_is_no_ledger_is_not_touched(path: Path, keep: Callable[..., Registration]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["编号", "内容"])
    book.save(path)
    with pytest.raises(LedgerError, match="不是台账"):
        keep()
    path.write_bytes(b"PK\3\4 not a workbook")
    with pytest.raises(LedgerError, match="读不了台账"):
        keep()
    assert path.read_bytes() == b"PK\3\4 not a workbook"


def test_a_ledger_that_forgot_its_numbers_goes_on_from_its_rows(
    path: Path, keep: Callable[..., Registration], entries: list[Entry]
) -> None:
    with Edit(path) as book:
        del book["台账信息"]
        del book["人工复核"]
    assert keep(entries[3]).ledger.rows[-1].number == "2026-0004"


# --- one at a time -------------------------------------------------------------------------------


def test_who_comes_while_somebody_writes_is_told(
    path: Path, keep: Callable[..., Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_book, "PATIENCE", 0.05)
    with filelock.FileLock(path.with_name(".台账.xlsx.lock")), pytest.raises(OutputError, match="别人正在更新台账"):
        keep()
    keep()


@pytest.mark.parametrize("mark", ["~$台账.xlsx", ".~台账.xlsx", ".~lock.台账.xlsx#"])
def test_an_open_workbook_is_named_before_any_work(path: Path, keep: Callable[..., Registration], mark: str) -> None:
    path.with_name(mark).touch()
    with pytest.raises(OutputError, match="请保存并关闭"):
        keep()
    with pytest.raises(OutputError, match="请保存并关闭"):
        ledger_book.check_closed(path)


def test_a_workbook_saved_meanwhile_is_not_overwritten(path: Path, desk: Desk) -> None:
    def change(now: Ledger) -> Registration:
        with Edit(path) as book:
            Sheet(book)[2, "备注"] = "刚刚写的"
        return register(now, [], desk)

    with pytest.raises(OutputError, match="被别人改动了"):
        ledger_book.update(path, change, taxonomy=desk.taxonomy, today=TODAY)
    assert Sheet(openpyxl.load_workbook(path))[2, "备注"] == "刚刚写的"
    assert not list(path.parent.glob("*.part"))


def test_colleagues_may_go_on_reading(path: Path, keep: Callable[..., Registration]) -> None:
    assert stat.S_IMODE(path.stat().st_mode) & 0o444 == 0o444
    path.chmod(0o600)
    keep()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_folder_is_named(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(OutputError, match="不存在"):
        ledger_book.update(
            tmp_path / "没有" / "台账.xlsx", lambda now: register(now, [], desk), taxonomy=desk.taxonomy, today=TODAY
        )
