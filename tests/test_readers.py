"""Tables and folders become tips; nothing is lost, and what cannot be read is said."""

import datetime
import decimal
import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tipclass import messages
from tipclass.errors import InputError
from tipclass.formulas import disarmed, restored
from tipclass.limits import Limits
from tipclass.readers import READERS, read_stream, read_table, read_tips
from tipclass.signs import HOLDS
from tipclass.tables import DELIMITERS, Options, read_tables

HEADER = ("编号", "举报内容", "电话")
ROWS = (
    ("A1", "某公司虚开发票，请查处。", "13800000000"),
    ("A2", "第一行\n第二行“引号”,逗号", ""),
    ("A3", "小区门口占道经营", "0571-8888"),
)
GRID = (HEADER, *ROWS)


# --- files written by hand ---


def csv_text(rows, delimiter=",") -> str:
    quoted = (['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows)
    return "".join(delimiter.join(row) + "\r\n" for row in quoted)


def jsonl_text(rows) -> str:
    header, *below = rows
    return "".join(json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) + "\n" for row in below)


def workbook(**sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(row, column, None if value == "" else value)
                if isinstance(value, str) and value:
                    cell.data_type = "s"  # neither formula nor error
    return saved(book)


def saved(book) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(rows) -> bytes:
    def cell(text: str) -> str:
        lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n") if text)
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    table = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表1">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content})


def zipped(parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return target.getvalue()


def compound(stream: str, content: bytes) -> bytes:
    """An OLE file with one stream: sector 0 is the allocation table, 1 the directory, the rest the stream."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    content = content.ljust(4096, b"\0")
    content += b"\0" * (-len(content) % 512)
    count = len(content) // 512

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        return raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(raw), kind, 1, free, free, child, b"", 0, 0, 0, start, size
        )

    head = struct.pack("<8s16sHHHHH6x9I", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 62, 3, 0xFFFE, 9, 6,
                       0, 1, 1, 0, 4096, end, 0, end, 0)  # fmt: skip
    chain = [0xFFFFFFFD, end, *range(3, count + 2), end]
    return b"".join(
        (
            head + struct.pack("<109I", 0, *[free] * 108),
            struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff"),
            (entry("Root Entry", 5, 1, end, 0) + entry(stream, 2, free, 2, len(content))).ljust(512, b"\0"),
            content,
        )
    )


def xls(rows, start=None) -> bytes:
    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    def label(row: int, column: int, text: str) -> bytes:
        return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))

    name = struct.pack("<BB", 2, 1) + "表1".encode("utf-16-le")
    start = start or len(begin(5)) + len(record(0x85, struct.pack("<IBB", 0, 0, 0) + name)) + len(record(0x0A))
    cells = (label(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts) if text)
    book = (begin(5), record(0x85, struct.pack("<IBB", start, 0, 0) + name), record(0x0A), begin(0x10), *cells)
    return compound("Workbook", b"".join((*book, record(0x0A))))


def write(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(*inputs: Path, **options) -> str:
    with pytest.raises(InputError) as caught:
        read_tips(inputs, **options)
    return str(caught.value)


def texts(reading) -> list[str]:
    return [tip.text for tip in reading.tips]


# --- the same three tips in every format ---

FORMATS = {
    ".csv": lambda: csv_text(GRID).encode("utf-8-sig"),
    ".tsv": lambda: csv_text(GRID, "\t").encode(),
    ".xlsx": lambda: workbook(线索=GRID),
    ".xlsm": lambda: workbook(线索=GRID),
    ".xls": lambda: xls(GRID),
    ".ods": lambda: ods(GRID),
    ".jsonl": lambda: jsonl_text(GRID).encode(),
}


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_same_tips(tmp_path, suffix):
    path = write(tmp_path / f"线索{suffix}", FORMATS[suffix]())
    reading = read_tips([path])
    assert [(tip.id, tip.text) for tip in reading.tips] == [row[:2] for row in ROWS]
    assert [tuple(tip.fields.items()) for tip in reading.tips] == [tuple(zip(HEADER, row, strict=True)) for row in ROWS]
    assert {tip.source for tip in reading.tips} == {path.name}
    assert [tip.row for tip in reading.tips] == ([1, 2, 3] if suffix == ".jsonl" else [2, 3, 4])
    assert reading.notes == (messages.TEXT_COLUMN_TAKEN.format(name=path.name, column="举报内容"),)
    assert not reading.unread


def test_every_reader_is_tested_and_knows_what_its_files_hold():
    assert set(FORMATS) | {".txt", ".docx", ".pdf", ".parquet"} == set(READERS) == set(HOLDS)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "tsv", "xlsx"])
def test_a_stream_gives_the_same_tips_as_a_file(kind):
    reading = read_stream(FORMATS[f".{kind}"](), kind)
    assert texts(reading) == [row[1] for row in ROWS]
    assert {tip.source for tip in reading.tips} == {"stdin"}


def test_a_stream_of_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match="csv、tsv"):
        read_stream(b"x", "xml")


CELL = st.text(st.sampled_from("内容举报ab1 =\"',;|\t\n#") | st.characters(exclude_categories=("Cc", "Cs")), max_size=9)
# A cell of blanks comes back from a workbook as an empty one.
PLAIN = CELL.filter(
    lambda cell: (
        (not cell or cell.strip())
        and not cell.startswith("\ufeff")
        and "_x" not in cell
        and not set(cell) & {"\ufffe", "\uffff"}
    )
)


@settings(max_examples=40)
@given(st.lists(st.tuples(PLAIN, PLAIN, PLAIN), max_size=6), st.sampled_from(DELIMITERS))
@example([("", "", "'\n0")], ",")
@example([("", "", "'\n")], ",")
def test_rows_come_back_in_order_with_the_same_cells(rows, delimiter):
    expected = [(number, row) for number, row in enumerate(rows, 2) if any(map(str.strip, row))]
    grid = [("text", "甲", "乙"), *rows]
    # In a csv an apostrophe before what a spreadsheet would run is a mark, so one that is meant is marked itself.
    marked = [[cell if restored(cell) == cell else disarmed(cell) for cell in row] for row in grid]
    for suffix, raw in ((".csv", csv_text(marked, delimiter).encode()), (".xlsx", workbook(a=grid))):
        if expected:
            (table,) = read_tables(raw, suffix, "t", Options())
            assert (table.columns, list(table.rows)) == (grid[0], expected)
        else:
            with pytest.raises(InputError):
                read_tables(raw, suffix, "t", Options())


# --- csv ---


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", ""), ("utf-8-sig", ""), ("gb18030", "GB18030"), ("gbk", "GB18030"), ("utf-16", "UTF-16")],
)
def test_encodings_are_recognised_and_said(tmp_path, encoding, said):
    reading = read_tips([write(tmp_path / "a.csv", csv_text(GRID).encode(encoding))])
    assert texts(reading) == [row[1] for row in ROWS]
    assert [note for note in reading.notes if "不是 UTF-8" in note] == (
        [messages.DECODED_AS.format(name="a.csv", codec=said)] if said else []
    )


def test_utf16_is_read_from_either_end(tmp_path):
    raw = b"\xfe\xff" + csv_text(GRID).encode("utf-16-be")
    assert len(read_tips([write(tmp_path / "a.csv", raw)]).tips) == 3


def test_a_named_encoding_is_obeyed_and_not_said(tmp_path):
    path = write(tmp_path / "a.csv", "text\n檢舉某公司\n".encode("big5"))
    reading = read_tips([path], encoding="big5")
    assert texts(reading) == ["檢舉某公司"]
    assert not any("UTF-8" in note for note in reading.notes)


def test_a_rare_character_is_read_though_the_encoding_is_called_gb2312(tmp_path):
    path = write(tmp_path / "a.csv", "text\n举报朱镕㛃\n".encode("gb18030"))
    assert texts(read_tips([path], encoding="GB2312")) == ["举报朱镕㛃"]


@pytest.mark.parametrize("encoding", ["utf-99", "hex", ""])
def test_an_unknown_encoding_is_refused(tmp_path, encoding):
    assert refusal(write(tmp_path / "a.csv", "text\n好\n"), encoding=encoding).startswith("没有")


def test_a_wrong_encoding_is_refused_or_sets_one_file_aside(tmp_path):
    wrong = write(tmp_path / "a.csv", csv_text(GRID).encode("gb18030"))
    right = write(tmp_path / "b.csv", csv_text(GRID))
    cause = messages.WRONG_ENCODING.format(encoding="utf-8")
    assert refusal(wrong, encoding="utf-8") == f"a.csv：{cause}"
    reading = read_tips([wrong, right], encoding="utf-8")
    assert [(each.place, each.cause) for each in reading.unread] == [("a.csv", cause)]
    assert len(reading.tips) == 3


@pytest.mark.parametrize("raw", [b"text\n\xff\xff\xff\n", b"\xef\xbb\xbftext\n\xb0\xa1\n", b"\xff\xfea"])
def test_bytes_that_are_no_text_are_refused(tmp_path, raw):
    assert refusal(write(tmp_path / "a.csv", raw)) == f"a.csv：{messages.NO_ENCODING}"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("id;text\n1;你好,世界\n", ("id", "text")),
        ("id|text\n1|a,b,c,d\n", ("id", "text")),
        ("id\ttext\n1\ta\n", ("id", "text")),
        ('"a;b;c;d",text\n1,2\n', ("a;b;c;d", "text")),
        ("text\n你好；世界;再见\n", ("text",)),
        ("text\n你好|世界\n", ("text",)),
        ("甲;乙;丙\n1,2;3;4\n", ("甲", "乙", "丙")),
        ("12345热线导出,2024\n编号;内容\n1;a\n", ("编号", "内容")),
    ],
)
def test_the_delimiter_shows_in_the_header(tmp_path, text, columns):
    (table,) = read_table(write(tmp_path / "a.csv", text))
    assert table.columns == columns


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    text = '\n编号,内容\n1,"两\n行"\n\n,,\n2,b\n'
    reading = read_tips([write(tmp_path / "a.csv", text)])
    assert [(tip.row, tip.text) for tip in reading.tips] == [(3, "两\n行"), (6, "b")]


def test_ragged_rows_lose_nothing(tmp_path):
    path = write(tmp_path / "a.csv", "编号,内容\n1\n2,b,c,d\n3,e,,\n")
    (table,) = read_table(path)
    assert table.columns == ("编号", "内容", "列C", "列D")
    assert table.rows == ((2, ("1", "", "", "")), (3, ("2", "b", "c", "d")), (4, ("3", "e", "", "")))
    assert table.notes == (messages.WIDE_ROWS.format(name="a.csv", rows="3", count=1),)


def test_an_open_quote_is_said(tmp_path):
    (table,) = read_table(write(tmp_path / "a.csv", '编号,内容\n1,a\n2,"b\n3,c\n'))
    assert table.rows == ((2, ("1", "a")), (3, ("2", '"b')), (4, ("3", "c")))
    assert table.notes == (messages.OPEN_QUOTE.format(name="a.csv", rows="3"),)


def test_nul_is_dropped_and_said(tmp_path):
    reading = read_tips([write(tmp_path / "a.csv", "text\n你\0好\n")])
    assert texts(reading) == ["你好"]
    assert messages.NUL_DROPPED.format(name="a.csv") in reading.notes


def test_a_cell_may_be_very_long_and_line_ends_become_newlines(tmp_path):
    text = "举报\n" * 50_000
    path = write(tmp_path / "a.csv", csv_text([("text",), (text.replace("\n", "\r\n"),)]))
    assert texts(read_tips([path])) == [text]


# --- workbooks ---


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800000000.0, "13800000000"),
        (-5.0, "-5"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (330102199001011200.0, "330102199001011200（已失真）"),
        (123456789012345, "123456789012345"),
        (1234567890123456, "1234567890123456（已失真）"),
        ("330102199001011234", "330102199001011234"),
        (True, "TRUE"),
        (False, "FALSE"),
        (None, ""),
        ("NA", "NA"),
        ("=1+1", "=1+1"),
        ("a_x000D_\nb", "a\nb"),
        (datetime.datetime(2024, 3, 1), "2024-03-01"),
        (datetime.datetime(2024, 3, 1, 8, 30, 5), "2024-03-01 08:30:05"),
        (datetime.time(8, 30), "08:30:00"),
        (datetime.timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)
def test_every_value_becomes_text(value, text):
    (table,) = read_tables(workbook(a=[("text", "值"), ("x", value)]), ".xlsx", "a.xlsx", Options())
    assert dict(zip(table.columns, table.rows[0][1], strict=True)).get("值") == text


TITLED = [("某市热线工单",), ("导出日期 2024-03-01",), (), ("工单编号", "内容"), ("G1", "甲"), (), ("G2", "乙")]


@pytest.mark.parametrize(
    ("rows", "options", "columns", "numbers"),
    [
        (TITLED, {}, ("工单编号", "内容"), [5, 7]),
        ([("", "", ""), ("", "编号", "内容"), ("", "1", "甲")], {}, ("编号", "内容"), [3]),
        ([("说明",), ("甲列", "乙列"), ("1", "2")], {}, ("甲列", "乙列"), [3]),
        ([("甲", "乙"), ("丙", "丁"), ("1", "2")], {"text_column": "丁"}, ("丙", "丁"), [3]),
        ([("留言",), ("一",), ("二",)], {}, ("留言",), [2, 3]),
        (
            [("内容", "", "内容", "内容（2）"), ("1", "2", "3", "4")],
            {},
            ("内容", "列B", "内容（2）", "内容（2）（2）"),
            [2],
        ),
        ([("内容", "", "电话"), ("1", "", "3")], {}, ("内容", "电话"), [2]),
        ([*[("内容", "x")] * 2, ("", " "), ("y", "z")], {}, ("内容", "x"), [2, 4]),
    ],
)
def test_the_header_is_found_and_named(tmp_path, rows, options, columns, numbers):
    (table,) = read_table(write(tmp_path / "a.xlsx", workbook(a=rows)), **options)
    assert table.columns == columns
    assert [number for number, _ in table.rows] == numbers


def test_rows_above_the_header_are_said(tmp_path):
    (table,) = read_table(write(tmp_path / "a.xlsx", workbook(a=TITLED)))
    assert table.notes == (messages.ROWS_ABOVE_HEADER.format(name="a.xlsx", row=4, count=2),)


def test_merged_titles_and_headers_are_read(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for place, value in {"A1": "标题", "A2": "内容", "B2": "联系方式", "A3": "甲", "B3": "1", "C3": "2"}.items():
        sheet[place] = value
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B2:C2")
    (table,) = read_table(write(tmp_path / "a.xlsx", saved(book)))
    assert (table.columns, table.rows) == (("内容", "联系方式", "列C"), ((3, ("甲", "1", "2")),))


SHEETS = {
    "交办": [("内容",), ("甲",)],
    "空": [],
    "转办": [("编号", "内容"), ("Z1", "乙"), ("", "丙")],
    "只有表头": [("内容",)],
}


def test_every_sheet_is_read_under_its_name(tmp_path):
    reading = read_tips([write(tmp_path / "线索.xlsx", workbook(**SHEETS))])
    assert [(tip.id, tip.source, tip.row) for tip in reading.tips] == [
        ("线索.xlsx#交办#2", "线索.xlsx#交办", 2),
        ("Z1", "线索.xlsx#转办", 2),
        ("线索.xlsx#转办#3", "线索.xlsx#转办", 3),
    ]
    for sheet in ("空", "只有表头"):
        assert messages.EMPTY_SHEET.format(name="线索.xlsx", sheet=sheet) in reading.notes
    assert not reading.unread


def test_one_sheet_among_empty_ones_needs_no_name(tmp_path):
    reading = read_tips([write(tmp_path / "a.xlsx", workbook(甲=GRID, 乙=[]))])
    assert {tip.source for tip in reading.tips} == {"a.xlsx"}


@pytest.mark.parametrize(("sheet", "found"), [("转办", ["乙", "丙"]), ("3", ["乙", "丙"]), ("1", ["甲"])])
def test_a_sheet_is_chosen_by_name_or_number(tmp_path, sheet, found):
    assert texts(read_tips([write(tmp_path / "a.xlsx", workbook(**SHEETS))], sheet=sheet)) == found


@pytest.mark.parametrize("sheet", ["5", "0", "交", "²", ""])
def test_a_wrong_sheet_is_refused_with_the_list(tmp_path, sheet):
    said = refusal(write(tmp_path / "a.xlsx", workbook(**SHEETS)), sheet=sheet)
    assert "交办、空、转办、只有表头" in said


def test_a_hidden_sheet_is_said_and_read_only_when_named(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(workbook(工单=[("内容",), ("甲",)], 字典=[("内容",), ("乙",)])))
    book["字典"].sheet_state = "hidden"
    path = write(tmp_path / "a.xlsx", saved(book))
    reading = read_tips([path])
    assert texts(reading) == ["甲"]
    assert messages.HIDDEN_SHEET.format(name="a.xlsx", sheet="字典") in reading.notes
    assert texts(read_tips([path], sheet="字典")) == ["乙"]


def test_a_sheet_without_text_leaves_the_others_alone(tmp_path):
    path = write(
        tmp_path / "a.xlsx", workbook(线索=GRID, 统计=[("月份", "件数"), ("1月", 3)], 说明=[("填表须知",), ("略",)])
    )
    reading = read_tips([path])
    assert texts(reading) == [row[1] for row in ROWS]
    assert [each.place for each in reading.unread] == ["a.xlsx#统计", "a.xlsx#说明"]
    assert "月份、件数" in reading.unread[0].cause


@pytest.mark.parametrize(
    ("suffix", "raw"),
    [(".xlsx", workbook(a=[], b=[("内容",)])), (".csv", b"text\n"), (".csv", b"\n\n"), (".jsonl", b"{}\n\n")],
)
def test_an_empty_table_is_refused(tmp_path, suffix, raw):
    assert refusal(write(tmp_path / f"a{suffix}", raw)) == f"a{suffix}：{messages.EMPTY_TABLE}"


def test_a_stray_cell_in_the_far_corner_is_refused_before_it_fills_the_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "内容", "甲", " "
    assert (
        refusal(write(tmp_path / "a.xlsx", saved(book)))
        == f"a.xlsx：{messages.STRAY_CELL.format(cells=Limits().cells)}"
    )


# --- JSON Lines ---


def test_json_values_become_text_and_bad_lines_are_listed(tmp_path):
    lines = [
        '{"text": "一", "n": 13800000000.0, "id": 18446744073709551617}',
        "[1, 2]",
        '{"text": "二", "标签": ["甲", {"a": 1}], "x": null, "ok": true}',
        "",
        "{坏",
        "[" * 100_000,
        '{"text": "三\\ud800\\ud83d\\ude00\\u0000\\r\\n"}',
    ]
    path = write(tmp_path / "a.jsonl", "\r\n".join(lines))
    reading = read_tips([path])
    assert [(tip.id, tip.row, tip.text) for tip in reading.tips] == [
        ("18446744073709551617", 1, "一"),
        ("a.jsonl#3", 3, "二"),
        ("a.jsonl#7", 7, "三\ufffd😀\n"),
    ]
    assert list(reading.tips[0].fields) == ["text", "n", "id", "标签", "x", "ok"]
    assert reading.tips[0].fields["n"] == "13800000000"
    assert list(reading.tips[1].fields.values()) == ["二", "", "", '["甲", {"a": 1}]', "", "TRUE"]
    assert [each.place for each in reading.unread] == ["a.jsonl:2", "a.jsonl:5", "a.jsonl:6"]
    for note in (messages.SURROGATE_REPLACED, messages.NUL_DROPPED):
        assert note.format(name="a.jsonl") in reading.notes
    assert read_table(path)[0].unread == reading.unread


def test_bad_lines_alone_are_refused_with_their_places(tmp_path):
    said = refusal(write(tmp_path / "a.jsonl", "1\n2\n"))
    assert "a.jsonl:1：" in said
    assert "a.jsonl:2：" in said


# --- columns and ids ---


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("标题,留言详情", "留言详情"),
        ("摘要,描述,举报内容", "举报内容"),
        ("标题, TEXT ", " TEXT "),
        ("标题,*举报 内容：", "*举报 内容："),
        ("标题,Ｃｏｎｔｅｎｔ", "Ｃｏｎｔｅｎｔ"),
    ],
)
def test_the_text_column_is_known_by_name_and_said(tmp_path, header, taken):
    reading = read_tips([write(tmp_path / "a.csv", f"{header}\n一,二,三\n")])
    assert messages.TEXT_COLUMN_TAKEN.format(name="a.csv", column=taken) in reading.notes
    assert reading.tips[0].text == reading.tips[0].fields[taken]


def test_a_usual_column_that_nobody_filled_in_gives_way(tmp_path):
    assert texts(read_tips([write(tmp_path / "a.csv", "内容,描述\n,一\n,二\n")])) == ["一", "二"]


def test_a_row_without_text_stays_a_tip(tmp_path):
    reading = read_tips([write(tmp_path / "a.csv", "编号,内容\n1,一\n2,\n")])
    assert [(tip.id, tip.text) for tip in reading.tips] == [("1", "一"), ("2", "")]


def test_the_only_column_is_taken_and_said(tmp_path):
    reading = read_tips([write(tmp_path / "a.csv", "留言\n一\n")])
    assert reading.notes == (messages.ONLY_COLUMN_TAKEN.format(name="a.csv", column="留言"),)
    assert texts(reading) == ["一"]


def test_a_missing_text_column_is_refused_with_the_columns(tmp_path):
    path = write(tmp_path / "a.csv", "编号,投诉人,投诉事由\n1,2,3\n")
    assert refusal(path) == f"a.csv：{messages.NO_TEXT_COLUMN.format(columns='编号、投诉人、投诉事由')}"
    said = refusal(path, text_column="事由")
    assert "投诉事由”" in said
    assert "编号、投诉人、投诉事由" in said
    assert texts(read_tips([path], text_column=" 投诉 事由")) == ["3"]


def test_a_missing_id_column_is_refused_with_the_columns(tmp_path):
    path = write(tmp_path / "a.csv", "案号,内容\n(2024)1,一\n")
    assert "案号、内容" in refusal(path, id_column="案件号")
    assert read_tips([path], id_column="案号").tips[0].id == "(2024)1"


def test_a_serial_number_is_no_id(tmp_path):
    assert read_tips([write(tmp_path / "a.csv", "序号,内容\n1,一\n")]).tips[0].id == "a.csv#2"


def test_repeated_ids_get_their_row_and_one_note(tmp_path):
    one = write(tmp_path / "a.csv", "编号,内容\n1,一\n1,二\n1#3,三\n")
    two = write(tmp_path / "b.csv", "编号,内容\n1,四\n,五\n1,六\n")
    reading = read_tips([one, two])
    assert [tip.id for tip in reading.tips] == ["1", "1#3", "1#3#4", "1#2", "b.csv#3", "1#4"]
    assert messages.REPEATED_IDS.format(count=4, ids="1#3、1#3#4、1#2、1#4") in reading.notes


# --- files and folders ---


def test_a_folder_is_read_in_order_with_names_relative_to_it(tmp_path):
    folder = tmp_path / "收件"
    write(folder / "b.txt", "乙")
    write(folder / "a" / "c.csv", "text\n甲\n")
    for ignored in (".隐藏.txt", ".git/x.txt", "~$b.docx", "a/~$c.xlsx"):
        write(folder / ignored, "不读")
    for skipped in ("Thumbs.db", "a/说明.md"):
        write(folder / skipped, "不读")
    write(folder / "旧.doc", "x")
    reading = read_tips([folder])
    assert [(tip.id, tip.source, tip.row) for tip in reading.tips] == [
        ("a/c.csv#2", "a/c.csv", 2),
        ("b.txt", "b.txt", 0),
    ]
    assert messages.OTHER_FILES.format(name="收件", count=2, files="Thumbs.db、说明.md") in reading.notes
    assert [each.place for each in reading.unread] == ["旧.doc"]
    assert ".docx" in reading.unread[0].cause


def test_links_out_of_a_folder_are_not_followed(tmp_path):
    folder = tmp_path / "收件"
    secret = write(tmp_path / "别处" / "密.txt", "密")
    write(folder / "a.txt", "甲")
    for name, target in (("密.txt", secret), ("夹", secret.parent), ("同.txt", folder / "a.txt")):
        (folder / name).symlink_to(target)
    reading = read_tips([folder])
    assert texts(reading) == ["甲"]
    assert messages.LINKS_AWAY.format(name="收件", count=2, files="夹、密.txt") in reading.notes


def test_a_file_given_twice_is_read_once(tmp_path):
    path = write(tmp_path / "a.txt", "甲")
    assert len(read_tips([path, tmp_path, tmp_path / "." / "a.txt"]).tips) == 1


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    paths = [write(tmp_path / place / "a.csv", "text\n甲\n") for place in ("一", "二")]
    assert [tip.id for tip in read_tips(paths).tips] == ["一/a.csv#2", "二/a.csv#2"]
    assert [tip.source for tip in read_tips([tmp_path / "一", tmp_path / "二"]).tips] == ["一/a.csv", "二/a.csv"]


def test_one_bad_file_leaves_the_others_alone(tmp_path):
    bad = write(tmp_path / "坏.csv", "甲,乙\n1,2\n")
    good = write(tmp_path / "好.csv", "text\n一\n")
    reading = read_tips([bad, good])
    assert texts(reading) == ["一"]
    assert f"{reading.unread[0].place}：{reading.unread[0].cause}" == refusal(bad)


def test_nothing_read_at_all_is_refused_with_every_cause(tmp_path):
    said = refusal(write(tmp_path / "a.csv", "甲,乙\n1,2\n"), write(tmp_path / "b.txt", ""))
    assert "a.csv：" in said
    assert f"b.txt：{messages.EMPTY_FILE}" in said
    assert str(tmp_path) not in said


@pytest.mark.parametrize("missing", ["没有.csv", "没有/没有.csv", "举报" * 200, "a\0b"])
def test_a_missing_input_is_refused_by_its_name(tmp_path, missing):
    good = write(tmp_path / "a.txt", "甲")
    said = refusal(good, tmp_path / missing)
    assert said.startswith("找不到")
    assert str(tmp_path) not in said
    with pytest.raises(InputError, match="找不到"):
        read_table(tmp_path / missing)


def test_no_input_and_an_empty_folder_are_refused(tmp_path):
    assert refusal() == messages.NO_INPUT
    assert refusal(tmp_path) == messages.NO_INPUT


@pytest.mark.parametrize("name", ["a.md", "没有后缀"])
def test_a_file_of_unknown_kind_is_refused_with_the_known_ones(tmp_path, name):
    assert ".csv、.tsv" in refusal(write(tmp_path / name, "x"))


def test_a_letter_is_no_table(tmp_path):
    with pytest.raises(InputError, match="不是"):
        read_table(write(tmp_path / "a.docx", "x"))


# --- content that is not what its suffix says ---

HTML = "<html><body><table><tr><td>内容</td></tr></table></body></html>"
SPREADSHEET_XML = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@pytest.mark.parametrize(
    ("suffix", "raw", "kind"),
    [
        (".xls", HTML.encode(), "html"),
        (".xls", ("\ufeff" + HTML).encode("utf-16-le"), "html"),
        (".xls", b"MIME-Version: 1.0\r\n", "html"),
        (".xls", SPREADSHEET_XML.encode(), "xmltable"),
        (".xls", workbook(a=GRID), "xlsx"),
        (".xls", compound("WordDocument", b""), "doc"),
        (".xls", compound("Other", b""), "ole"),
        (".xlsx", xls(GRID), "xls"),
        (".xlsx", compound("EncryptedPackage", b""), "encrypted"),
        (".xlsx", ods(GRID), "ods"),
        (".xlsx", workbook(a=GRID)[:-200], "zip"),
        (".xlsx", zipped({"word/document.xml": ""}), "docx"),
        (".ods", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
        (".xlsx", zipped({"xl/workbook.bin": ""}), "xlsb"),
        (".docx", compound("EncryptedPackage", b""), "encrypted"),
        (".docx", compound("WordDocument", b""), "doc"),
        (".docx", zipped({"a.txt": ""}), "zip"),
        (".docx", b"{\\rtf1 a}", "rtf"),
        (".pdf", zipped({"OFD.xml": ""}), "ofd"),
        (".csv", workbook(a=GRID), "xlsx"),
        (".csv", b"%PDF-1.4", "pdf"),
        (".csv", HTML.encode(), "html"),
        (".txt", b"\x89PNG\r\n\x1a\n", "image"),
        (".jsonl", b"Rar!\x1a\x07", "archive"),
    ],
)
def test_other_content_is_named_with_a_way_out(tmp_path, suffix, raw, kind):
    seen, way = messages.KINDS[kind]
    expected = messages.OTHER_CONTENT.format(suffix=suffix, kind=seen, way=way)
    assert refusal(write(tmp_path / f"a{suffix}", raw)) == f"a{suffix}：{expected}"


@pytest.mark.parametrize(
    ("suffix", "raw"),
    [
        (".xls", "编号\t内容\n1\t甲\n".encode("gb18030")),
        (".xls", compound("Workbook", b"\xff" * 600)),
        (".xls", xls(GRID, start=65_000)),
        (".xlsx", "文字".encode()),
        (".xlsx", zipped({"xl/workbook.xml": "<a"})),
        (".ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})),
    ],
)
def test_a_damaged_table_is_refused(tmp_path, suffix, raw):
    assert refusal(write(tmp_path / f"a{suffix}", raw)) == f"a{suffix}：{messages.DAMAGED_TABLE}"


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".et", ".ofd", ".rtf", ".png", ".JPG", ".zip"])
def test_unreadable_kinds_are_refused_with_a_way_out(tmp_path, suffix):
    assert refusal(write(tmp_path / f"a{suffix}", b"x")).startswith(f"a{suffix}：不能直接读取")


def test_a_closed_file_is_said(tmp_path, monkeypatch):
    good, closed = write(tmp_path / "a.txt", "甲"), write(tmp_path / "b.txt", "乙")

    def read(path: Path) -> bytes:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return path.open("rb").read()

    monkeypatch.setattr(Path, "read_bytes", read)
    assert [each.cause for each in read_tips([good, closed]).unread] == [messages.CANNOT_OPEN]


def test_heavy_libraries_are_imported_only_when_needed():
    script = "import sys, tipclass.readers; sys.exit(bool({'pypdf', 'python_calamine', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], env=os.environ, check=False).returncode == 0


def test_parquet_is_read_as_a_table(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = {
        "编号": [7, 8, None, 9],
        "内容": ["有人电鱼", "往河里排污水", None, "路灯坏了"],
        "日期": [datetime.date(2026, 11, 1)] * 2 + [None] * 2,
        "金额": [decimal.Decimal("1.50"), None, None, None],
    }
    parquet.write_table(pyarrow.table(rows), tmp_path / "a.parquet")
    reading = read_tips([tmp_path / "a.parquet"], id_column="编号")
    assert [(tip.id, tip.row, tip.text) for tip in reading.tips] == [
        ("7", 2, "有人电鱼"),
        ("8", 3, "往河里排污水"),
        ("9", 5, "路灯坏了"),
    ]
    assert reading.tips[0].fields["日期"] == "2026-11-01"
    assert reading.tips[0].fields["金额"] == "1.50"


def parquet_of(rows: dict[str, list[str]]) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    target = io.BytesIO()
    parquet.write_table(pyarrow.table(rows), target)
    return target.getvalue()


DAMAGED = {
    "marks": lambda: b"PAR1",
    "nothing": lambda: b"PAR1" + bytes(40) + b"PAR1",
    "text": lambda: "内容\n有人电鱼".encode(),
    "letters": lambda: parquet_of({"内容": ["有人在河里电鱼"]}).replace("电".encode(), b"\xff\xff\xff"),
}


@pytest.mark.parametrize("make", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_parquet_is_told(make: Callable[[], bytes], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    raw = make()
    (tmp_path / "a.parquet").write_bytes(raw)
    with pytest.raises(InputError, match=messages.DAMAGED_TABLE[:8]):
        read_tips([tmp_path / "a.parquet"])


def test_without_pyarrow_a_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match="pip install"):
        read_tips([tmp_path / "a.parquet"])
