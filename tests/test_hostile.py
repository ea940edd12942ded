"""Files made to harm cost their own file only: each is refused with its limit, and the others are read."""

import io
import os
import struct
import sys
import time
import zipfile
from pathlib import Path

import pytest
from test_documents import docx, line, package, pdf
from test_readers import GRID, ods, parquet_of, workbook, zipped

from tipclass import messages, settings
from tipclass.errors import InputError
from tipclass.limits import Limits
from tipclass.readers import read_tips
from tipclass.settings import HOME
from tipclass.signs import seems

SMALL = Limits(seconds=20, memory=400, file=1, unpacked=20, parts=50, cells=500_000, characters=1000)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.fixture(autouse=True)
def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("settings", "readers"):
        monkeypatch.setattr(f"tipclass.{module}.limits", lambda: SMALL)


def causes(folder: Path, name: str, raw: bytes) -> list[str]:
    """Read a hostile file beside a good one, which must be read; return why the hostile one was not."""
    (folder / name).write_bytes(raw)
    (folder / "好.txt").write_text("有人电鱼", encoding="utf-8")
    begun = time.process_time()
    reading = read_tips([folder])
    assert time.process_time() - begun < 10
    assert [tip.source for tip in reading.tips if tip.source == "好.txt"]
    return [each.cause for each in reading.unread]


def lying(raw: bytes, size: int) -> bytes:
    """Make a package say that its parts unpack to so many bytes each."""
    changed, at = bytearray(raw), 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<I", changed, at + 24, size)
        at += 4
    return bytes(changed)


URN = "urn:oasis:names:tc:opendocument:xmlns"


def repeated_ods(rows: int, columns: int) -> bytes:
    """A sheet of few bytes that says how often its one cell is repeated."""
    text = 'office:value-type="string"><text:p>x</text:p>'
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" {text}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    spaces = " ".join(f'xmlns:{name}="{URN}:{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<office:spreadsheet><table:table table:name="s">{row}</table:table></office:spreadsheet>'
    content = f"<office:document-content {spaces}><office:body>{table}</office:body></office:document-content>"
    return zipped({"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": "<m/>"})


def shared_xlsx(rows: int) -> bytes:
    """A sheet whose cells all hold one long text that is stored once."""
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, rows + 1))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'
    shared = f'<sst xmlns="{space}"><si><t>{"x" * 20_000}</t></si></sst>'
    with zipfile.ZipFile(io.BytesIO(workbook(a=[]))) as parts:
        inside = {name: parts.read(name) for name in parts.namelist()}
    return zipped(inside | {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared})


BOMB = docx(line("长" * 10_000_000))
SHEETS = {f"xl/worksheets/sheet{at}.xml": "" for at in range(60)}
TOO_LARGE = messages.TOO_LARGE.format(unpacked=20, ratio=Limits().ratio)


@pytest.mark.parametrize(
    ("name", "raw", "cause"),
    [
        ("a.docx", BOMB, TOO_LARGE),
        ("a.docx", lying(BOMB, 100), messages.DAMAGED_DOCX),
        ("a.xlsx", lying(workbook(a=[("内容",), ("长" * 30_000,)]), 100), messages.DAMAGED_TABLE),
        ("a.xlsx", zipped({"xl/workbook.xml": ""} | SHEETS), messages.TOO_MANY_PARTS.format(parts=50)),
        ("a.docx", zipped({"word/document.xml": ""} | SHEETS), messages.TOO_MANY_PARTS.format(parts=50)),
        ("a.docx", package(b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), messages.DOCTYPE_REFUSED),
        ("a.docx", docx("<w:p>" * 200_000), messages.DAMAGED_DOCX),
        ("a.ods", repeated_ods(10**9, 10**6), messages.DAMAGED_TABLE),
        ("a.csv", b"x" * (2**20 + 1), messages.FILE_TOO_LARGE.format(size=1)),
        ("a.csv", "内容\n".encode() + b"x" * 2000, messages.TEXT_TOO_LONG.format(characters=1000)),
        ("a.csv", b"x" * 2000, messages.TEXT_TOO_LONG.format(characters=1000)),
        ("a.jsonl", b'{"text":' + b"[" * 100_000, messages.NOT_AN_OBJECT),
        ("a.jsonl", b'{"text": ' + b"9" * 100_000 + b"}", messages.NOT_AN_OBJECT),
        ("a.txt", "长".encode() * 1001, messages.TEXT_TOO_LONG.format(characters=1000)),
        ("a.pdf", pdf("one").replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"), messages.DAMAGED_PDF),
    ],
)
def test_a_hostile_file_is_refused_with_its_limit(tmp_path: Path, name: str, raw: bytes, cause: str) -> None:
    assert causes(tmp_path, name, raw) == [cause]


@pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory elsewhere")
@pytest.mark.parametrize(
    ("name", "make", "sane", "endless"),
    [("a.ods", lambda rows: repeated_ods(rows, 100), 3, 1_000_000), ("a.xlsx", shared_xlsx, 3, 200_000)],
)
def test_cells_that_repeat_fill_no_memory(tmp_path: Path, name: str, make, sane: int, endless: int) -> None:  # type: ignore[no-untyped-def]
    for folder in ("sane", "endless"):
        (tmp_path / folder).mkdir()
    assert messages.DAMAGED_TABLE not in causes(tmp_path / "sane", name, make(sane))
    (cause,) = causes(tmp_path / "endless", name, make(endless))
    assert cause in (messages.TOO_MUCH_MEMORY.format(memory=400), messages.DAMAGED_TABLE)


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_pipes_devices_and_links_out_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "endless.csv").symlink_to("/dev/zero")
    for name in ("pipe.csv", "endless.csv"):
        with pytest.raises(InputError, match=r"不是普通的文件"):
            read_tips([tmp_path / name])
    (tmp_path / "好.txt").write_text("有人电鱼", encoding="utf-8")
    assert [tip.source for tip in read_tips([tmp_path]).tips] == ["好.txt"]


def test_rows_of_a_parquet_file_are_counted_before_they_are_read(tmp_path: Path) -> None:
    found = causes(tmp_path, "a.parquet", parquet_of({"内容": ["x"] * 500_001}))
    assert found == [messages.TOO_MANY_CELLS.format(cells=500_000)]


def test_a_type_that_unpacks_far_is_not_unpacked() -> None:
    assert seems(zipped({"mimetype": "x" * 50_000_000})) == "zip"


@pytest.mark.parametrize("raw", [ods(GRID), workbook(a=GRID), docx(line("甲")), pdf("one")])
def test_what_is_sane_is_read_within_the_limits(tmp_path: Path, raw: bytes) -> None:
    suffix = {"ods": ".ods", "xlsx": ".xlsx", "docx": ".docx", "pdf": ".pdf"}[seems(raw)]
    assert causes(tmp_path, f"a{suffix}", raw) == []


def test_limits_are_the_offices_to_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv(HOME, str(tmp_path))
    assert settings.limits() == Limits()
    (tmp_path / settings.SETTINGS).write_text("[limits]\nseconds = 7\n", encoding="utf-8")
    assert settings.limits() == Limits(seconds=7)
    for content, says in (("seconds = 0", "应大于 0"), ("second = 1", "没有这一项"), ("seconds = 'x'", "应是整数")):
        (tmp_path / settings.SETTINGS).write_text(f"[limits]\n{content}\n", encoding="utf-8")
        with pytest.raises(InputError, match=says):
            settings.limits()
