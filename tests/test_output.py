"""What we write is safe to open: no cell runs, no page fetches or runs anything, no terminal is steered."""

import csv
import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import TODAY, invented
from test_differences import AFTER, BEFORE, LABEL, LETTERS, said
from test_drift import change
from test_figures import CODES, LENGTHS, MAIN, ROUTES, SURE, Page, decision

from tipclass import differences, drift_page, figures, report_page
from tipclass.comparison import compare
from tipclass.drift import Drift, Level, Part, Signal
from tipclass.evaluate import Estimate, Labelled, evaluate
from tipclass.formulas import disarmed, restored, runs
from tipclass.novelty import Unknown
from tipclass.readers import read_tips
from tipclass.records import Route, Series, TieKind
from tipclass.report import report
from tipclass.taxonomy import Taxonomy, parse_taxonomy
from tipclass.trial import Trial

Run = Callable[..., tuple[int, str, str]]

# --- cells ---------------------------------------------------------------------------------------

FORMULAS = (
    '=HYPERLINK("http://a.cn","电鱼")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "'=1",
    "''=1",
    "- 反映电鱼",
    "\t电鱼",
)
PLAIN = ("-3.5", "+86 139 0000 0000", "-1,234.5%", "'电鱼'", "'", "", "a=1", "1-2", "https://a.cn/x", "'-3.5")


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_would_run_is_marked(cell: str) -> None:
    assert disarmed(cell) == f"'{cell}"
    assert restored(disarmed(cell)) == cell


@pytest.mark.parametrize("cell", PLAIN)
def test_a_plain_cell_stays_as_it_is(cell: str) -> None:
    assert disarmed(cell) == restored(cell) == cell


@given(st.text(alphabet="'=+-@＝－ \t\r\n\u200b0123.%,a电") | st.text())
def test_every_marked_cell_comes_back(cell: str) -> None:
    assert restored(disarmed(cell)) == cell
    assert not disarmed(cell).startswith(("=", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A table whose header and cells are formulas."""
    rows = [["=编号()", "内容", "@备注"], *([str(at), f"{cell} 有人电鱼", cell] for at, cell in enumerate(FORMULAS))]
    with (tmp_path / "线索.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return tmp_path / "线索.csv"


@pytest.mark.parametrize("command", ["predict", "link"])
def test_no_cell_of_a_csv_runs_and_what_stood_there_is_read_back(run: Run, hostile: Path, command: str) -> None:
    output = hostile.with_name("out.csv")
    assert run(command, hostile, "-o", output)[0] == 0
    with output.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [cell for cell in cells if runs(cell) and not cell.startswith("'")]
    before, after = read_tips([hostile]).tips, read_tips([output]).tips
    assert [tip.text for tip in after] == [tip.text for tip in before]
    assert [[tip.fields[name] for name in before[0].fields] for tip in after] == [
        [*tip.fields.values()] for tip in before
    ]


@pytest.mark.parametrize("command", ["predict", "link", "ledger"])
def test_no_cell_of_a_workbook_is_a_formula_or_becomes_one_when_edited(run: Run, hostile: Path, command: str) -> None:
    output = hostile.with_name("out.xlsx")
    assert run(command, hostile, "-o", output)[0] == 0
    book = openpyxl.load_workbook(output)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    running = [cell for cell in cells[1:] if cell.data_type == "s" and runs(cell.value) and cell.row > 2]
    assert running
    assert all(cell.quotePrefix for cell in running)


# --- pages ---------------------------------------------------------------------------------------

EVIL = """"'><script src=//a.cn/x></script><img src=http://a.cn onerror=alert(1)><style>@import 'x'</style>{{7*7}}"""
FETCHING = {"script", "link", "img", "iframe", "image", "use", "object", "embed", "form", "base", "audio", "video"}


@pytest.fixture
def evil() -> Taxonomy:
    rows = ((code, json.dumps(f"{code}{EVIL}")) for code in CODES)
    return parse_taxonomy(
        "".join(f"[[category]]\ncode = '{code}'\nname = {name}\n" for code, name in rows), source="taxonomy.toml"
    )


def evaluation_page(path: Path, taxonomy: Taxonomy) -> None:
    registers = np.array([EVIL, *"bcde"])
    labelled = Labelled(np.eye(3, dtype=np.int64)[MAIN], MAIN, registers, LENGTHS)
    decisions = [decision(*each) for each in zip(SURE, ROUTES, strict=True)]
    figures.write_html(path, evaluate(SURE, decisions, labelled, CODES), EVIL, taxonomy)


def drift_html(path: Path, taxonomy: Taxonomy) -> None:
    parts = tuple(Part(code, 0.5, Estimate(0.2, 0.1, 0.3), 20) for code in CODES)
    kinds = replace(change(Signal.CATEGORIES, Level.CLEAR, worse=True), parts=parts)
    drift_page.write_html(path, Drift(100, 103, (kinds,), (Unknown(EVIL, 9, 4, (EVIL,)),)), EVIL, EVIL, taxonomy)


def comparison_page(path: Path, taxonomy: Taxonomy) -> None:
    codes = dict(zip(LETTERS.values(), (*CODES, "old"), strict=True))
    before, after = (
        {key: replace(each, label=codes[each.label], category=codes[each.category]) for key, each in found.items()}
        for found in (said(LABEL, BEFORE, Route.REVIEW), said(LABEL, AFTER, Route.ACCEPT))
    )
    found = compare(before, after, CODES)
    differences.write_html(path, Trial("m1", EVIL, taxonomy, EVIL, found, None, (EVIL,), {"t0": EVIL}))


def report_html(path: Path, taxonomy: Taxonomy) -> None:
    rows = [
        replace(
            row,
            text=f"{row.text}{EVIL}",
            labels=(CODES[at % 3],),
            channel=row.channel + EVIL,
            place=row.place + EVIL,
            subject=row.subject and row.subject + EVIL,
            lead=row.lead + EVIL,
            series=(Series(TieKind.METHOD, EVIL, ()),),
        )
        for at, row in enumerate(invented(per_month=20))
    ]
    report_page.write_html(path, report(rows, taxonomy, today=TODAY), taxonomy)


@pytest.mark.parametrize("write", [evaluation_page, drift_html, comparison_page, report_html])
def test_a_page_made_of_hostile_names_runs_and_fetches_nothing(
    tmp_path: Path, evil: Taxonomy, write: Callable[[Path, Taxonomy], None]
) -> None:
    write(tmp_path / "page.html", evil)
    content = (tmp_path / "page.html").read_text(encoding="utf-8")
    page = Page(content)
    assert not page.tags & FETCHING
    assert not [each for each in page.references if "//" in each or "(" in each or ":" in each.partition("#")[0]]
    assert not re.search(r"@import|url\(", re.search("<style>(.*?)</style>", content, re.DOTALL)[1])  # type: ignore[index]
    assert "default-src 'none'" in content
    assert "<script" in page.text  # it was put there, as text
    assert "{{7*7}}" in page.text


# --- the terminal --------------------------------------------------------------------------------

STEERED = "\x1b[2J\x1b]0;x\x07\x9b31m\x85\r\x08\u202e\u2066"
STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def steering(tmp_path: Path) -> Path:
    """A file whose name, columns, ids and texts hold control sequences."""
    path = tmp_path / ("甲\n乙" + STEERED.replace("\x85", "") + ".csv")
    heads = [f"编号{STEERED}", f"内容{STEERED}", f"备注{STEERED}"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = [[f"{at}{STEERED}", f"有人在河边用电瓶电鱼{STEERED}，河水发黑", "x"] for at in range(3)]
        csv.writer(stream).writerows([heads, *rows])
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize(
    "arguments",
    [
        ("predict", "FILE"),
        ("predict", "FILE", "--text-column", f"内容{STEERED}", "-o", "a.csv"),
        ("predict", "FILE", "--text-column", f"内容{STEERED}", "--json"),
        ("predict", "FILE", "FILE.doc", "--text-column", f"内容{STEERED}", "-o", "a.csv"),
        ("predict", ".", "--text-column", f"内容{STEERED}", "-o", "a.xlsx"),
        ("predict", "FILE", "--text-column", f"无{STEERED}"),
        ("predict", "FILE", "--sheet", STEERED, "-o", f"{STEERED}/a.csv"),
        ("predict", STEERED),
        ("predict", "FILE", "--encoding", STEERED),
        ("predict", "FILE", "--models", STEERED),
        ("predict", "FILE", "--model", STEERED),
        ("link", "FILE", "--text-column", f"内容{STEERED}", "--json"),
        ("explain", f"有人在河边用电瓶电鱼{STEERED}，河水发黑"),
        ("explain", f"有人在河边用电瓶电鱼{STEERED}，河水发黑", "--json"),
        ("report", "--drift", "FILE", "--text-column", f"内容{STEERED}"),
        ("corpus", "check", "FILE"),
        (STEERED,),
    ],
)
def test_nothing_printed_steers_the_terminal(run: Run, steering: Path, arguments: tuple[str, ...]) -> None:
    (steering.parent / f"{steering.name}.doc").touch()
    _, out, err = run(*(each.replace("FILE", steering.name) for each in arguments))
    assert out + err
    assert not STEERING.findall(out + err)


def test_a_file_name_stays_on_one_line_and_tells_its_file_apart(tmp_path: Path) -> None:
    for name in ("a\nb.csv", "a\tb.csv"):
        (tmp_path / name).write_text("内容\n有人电鱼\n", encoding="utf-8")
    reading = read_tips([tmp_path])
    folder = tmp_path.name
    assert [tip.source for tip in reading.tips] == [f"{folder}/a?b.csv", f"{folder}/a?b.csv（2）"]
