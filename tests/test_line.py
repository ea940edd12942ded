"""The line: no row is lost, however it comes, and a run that is broken off is gone on with to the same bytes."""

import csv
import io
import json
import multiprocessing
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tipclass import stretches
from tipclass.crew import crew_of
from tipclass.errors import CrewError, InputError, OutputError
from tipclass.journal import draft_files
from tipclass.line import Line, Piece, layout, to_file, to_folder, to_stream, to_workbook
from tipclass.model import Model
from tipclass.records import Tip
from tipclass.sources import Source, held, open_source, open_stream, portions

AWKWARD = st.sampled_from("电鱼污水 =+-@\"',;|\t\n\r\0\ufeff\u200b\u202e\x07\x1b🐟") | st.characters(
    exclude_categories=["Cs"]
)
CELL = st.text(AWKWARD, max_size=9) | st.sampled_from(["=1+1", "2026-11-01", "", " "])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def line_of(source: Source, model: Model, kind: str = "jsonl") -> Line:
    columns = layout(source, passages=False, office=None, links={})
    return Line(model, columns, kind, fields=() if kind == "xlsx" else ("category",), work=frozenset())


def written(source: Source, model: Model, folder: Path) -> tuple[list[list[str]], list[dict[str, object]]]:
    """Write a source as csv and as JSON Lines; return the rows of both."""
    for kind in ("csv", "jsonl"):
        to_file(line_of(source, model, kind), source, folder / f"out.{kind}", {})
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    return rows, [json.loads(each) for each in (folder / "out.jsonl").read_text(encoding="utf-8").split("\n") if each]


def holds_something(cells: list[object]) -> bool:
    return any(str(cell).replace("\0", "").strip() for cell in cells)


@FEW
@given(
    rows=st.lists(st.lists(CELL, max_size=5), max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_no_row_of_a_csv_is_lost(rows: list[list[str]], encoding: str, model: Model, tmp_path: Path) -> None:
    target = io.StringIO(newline="")
    csv.writer(target, quoting=csv.QUOTE_ALL).writerows([["内容", "编号", "内容", ""], *rows])
    count = sum(map(holds_something, rows))
    with patch.object(stretches, "STRETCH", 50):
        try:
            source = open_stream(target.getvalue().encode(encoding), "csv")
        except InputError:
            assert not count
            return
        found, objects = written(source, model, tmp_path)
    assert len(found) == len(objects) == source.count == count
    assert not source.unread
    assert len({each["id"] for each in objects}) == count


LINES = st.dictionaries(st.sampled_from(["内容", "id", "text", "甲"]), CELL | st.just("\ud800"), min_size=1).map(
    json.dumps
)


@FEW
@given(lines=st.lists(LINES | st.sampled_from(["{", "[1]", "null", "x" * 100]), max_size=8))
def test_no_line_of_json_is_lost(lines: list[str], model: Model, tmp_path: Path) -> None:
    objects = [json.loads(each) for each in lines if each.startswith('{"')]
    count = sum(holds_something(list(each.values())) for each in objects)
    with patch.object(stretches, "STRETCH", 50):
        try:
            source = open_stream("\n".join(['{"内容": "有人电鱼"}', *lines]).encode(), "jsonl")
        except InputError:
            pytest.fail("one line can always be read")
        found, records = written(source, model, tmp_path)
    assert len(found) == len(records) == source.count == 1 + count
    assert len(source.unread) == len(lines) - len(objects)


VALUE = (
    CELL.map(lambda text: text[:32_000])
    | st.floats(-1e15, 1e15)
    | st.booleans()
    | st.dates(date(1990, 1, 1), date(2050, 1, 1))
)


@FEW
@given(rows=st.lists(st.lists(VALUE, max_size=4), max_size=6))
def test_no_row_of_a_workbook_is_lost(rows: list[list[object]], model: Model, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for at, cells in enumerate([["内容", "内容", "编号"], ["有人电鱼"], *rows]):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(at, place, datetime.combine(cell, datetime.min.time()), day)
                elif cell == "=1+1":
                    sheet.write_formula(at, place, cell, value=2)
                else:
                    sheet.write(at, place, cell)
    source = open_source([path])
    found, records = written(source, model, tmp_path)
    assert len(found) == len(records) == source.count == 1 + sum(map(holds_something, rows))


TEXTS = ("印染厂半夜把污水直接排进小河", "有人晚上在河边用电瓶电鱼", "", "会议强调要落实，\n“扎实”推进")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["编号", "内容"], *((row, TEXTS[row % 4] * (row % 7 + 1)) for row in range(300))])
    return path


def whole(path: Path, line: Callable[[Source], Line], target: Path, *, jobs: int = 1) -> bytes:
    with patch.object(stretches, "STRETCH", 3000):
        source = open_source([path])
    to_file(line(source), source, target, {}, crew=crew_of(jobs))
    return target.read_bytes()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_run_broken_off_anywhere_is_gone_on_with_to_the_same_bytes(
    kind: str, table: Path, model: Model, tmp_path: Path
) -> None:
    target, expected = tmp_path / f"out.{kind}", whole(table, lambda each: line_of(each, model, kind), tmp_path / "x")
    with patch.object(stretches, "STRETCH", 3000):
        source = open_source([table])
    line, heard = line_of(source, model, kind), list[int]()

    def stop(count: int) -> None:
        heard.append(count)
        if len(heard) % 3 == 0:
            raise KeyboardInterrupt

    for jobs in (1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2):
        try:
            tally, notes = to_file(line, source, target, {}, resume=True, crew=crew_of(jobs), done=stop)
            break
        except KeyboardInterrupt:
            assert not target.exists()
    assert target.read_bytes() == expected
    assert tally.total() == source.count == 300
    assert "接着上次做" in notes[0]
    assert len(heard) > 12


def test_processes_change_nothing(table: Path, model: Model, tmp_path: Path) -> None:
    one, two = (whole(table, lambda each: line_of(each, model, "csv"), tmp_path / "x", jobs=jobs) for jobs in (1, 2))
    assert one == two


def test_a_killed_process_is_told(table: Path, model: Model, tmp_path: Path) -> None:
    with patch.object(stretches, "STRETCH", 3000):
        source = open_source([table])

    def kill(_: int) -> None:
        for child in multiprocessing.active_children():
            if isinstance(child, multiprocessing.Process):  # and not one that the model was trained with
                child.kill()

    with pytest.raises(CrewError, match="--jobs"):
        to_file(line_of(source, model), source, tmp_path / "out.jsonl", {}, crew=crew_of(2), done=kill)
    assert not (tmp_path / "out.jsonl").exists()


def test_an_input_that_changes_meanwhile_is_told(table: Path, model: Model, tmp_path: Path) -> None:
    source = open_source([table])
    table.write_bytes(table.read_bytes() + b"301,x\n")
    with pytest.raises(InputError, match=r"in\.csv.*改动"):
        to_stream(line_of(source, model), source, io.StringIO())


def test_a_workbook_takes_pieces_as_they_come(model: Model, tmp_path: Path) -> None:
    tips = [Tip(str(number), TEXTS[number % 4] * 3000, "a.csv", number, {"内容": "x"}) for number in range(12)]
    source = held(tips)
    tally, notes = to_workbook(line_of(source, model, "xlsx"), source, tmp_path / "out.xlsx", crew=crew_of(2))
    assert tally.total() == open_source([tmp_path / "out.xlsx"]).count == 12
    assert notes == []


# --- whole programs ------------------------------------------------------------------------------


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.csv"
    rows = ((row, "".join(TEXTS[(row + at) % 4] for at in range(row % 9 + 1))) for row in range(8_000))
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["编号", "内容"], *rows])
    return path


def program(large: Path, models: Path, target: Path, *more: str) -> subprocess.Popen[str]:
    arguments = ["predict", str(large), "-o", str(target), "--models", str(models), "--fields", "category", *more]
    return subprocess.Popen(
        [sys.executable, "-m", "tipclass", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=large.parent,
    )  # fmt: skip


def children(process: subprocess.Popen[str]) -> list[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(each) for each in found.read_text().split()] if found.exists() else []


def alive(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def interrupted(process: subprocess.Popen[str], target: Path, how: int, after: float) -> None:
    """Send a signal some time after another piece is finished, and see that nobody stays."""
    _, journal = draft_files(target)
    before, deadline = _size(journal), time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline and _size(journal) in (0, before):
        time.sleep(0.01)
    time.sleep(after)
    workers = children(process)
    process.send_signal(how)
    process.communicate(timeout=60)
    deadline = time.monotonic() + 20
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def gone_on_with(large: Path, models: Path, tmp_path: Path, *, kills: int, how: int, seed: int) -> None:
    expected = tmp_path / "expected.csv"
    assert program(large, models, expected, "-q").wait() == 0
    dice, target = random.Random(seed), tmp_path / "out.csv"
    for turn in range(kills):
        process = program(large, models, target, "-q", "--resume", "--jobs", str(1 + turn % 2))
        interrupted(process, target, how, dice.random() / 10)
        assert process.returncode in (0, 130 if how == signal.SIGINT else -how)
        if process.returncode == 0 or target.exists():  # it may be whole just before the end of the process
            assert target.read_bytes() == expected.read_bytes()
            target.unlink()
    assert program(large, models, target, "-q", "--resume", "--jobs", "2").wait() == 0
    assert target.read_bytes() == expected.read_bytes()
    assert not list(tmp_path.glob(".tipclass-*"))


@pytest.mark.parametrize("how", [signal.SIGKILL, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_a_killed_program_is_gone_on_with(how: int, large: Path, models: Path, tmp_path: Path) -> None:
    gone_on_with(large, models, tmp_path, kills=2, how=how, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_program_killed_at_twenty_moments_is_gone_on_with(
    how: int, large: Path, models: Path, tmp_path: Path
) -> None:
    gone_on_with(large, models, tmp_path, kills=20, how=how, seed=2)


def test_a_closed_pipe_and_a_full_disk_end_quietly(large: Path, models: Path) -> None:
    process = program(large, models, Path("-"), "-q", "--jobs", "2")
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "tipclass", "predict", str(large), "--json", "-q", "--fields", "category"]
        command += ["--models", str(models)]
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert run.returncode == 3
    assert "请检查磁盘空间" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_folder_holds_what_a_file_would_in_order(kind: str, model: Model, tmp_path: Path) -> None:
    source = held([Tip(str(number), f"{number}号桥下有人电鱼，" * 30) for number in range(160)])
    line = line_of(source, model, kind)
    with patch("tipclass.line.PART", 2), patch.object(portions, "__defaults__", (10_000,)):
        tally, _ = to_folder(line, source, tmp_path / "out", crew=crew_of(2))
    to_file(line, source, tmp_path / f"out.{kind}", {})
    parts = [path.read_bytes().decode() for path in sorted((tmp_path / "out").iterdir())]
    assert len(parts) == 3
    assert sum(tally.values()) == 160
    rows = "".join(part.removeprefix(line.head()) for part in parts)
    assert all(part.startswith(line.head()) for part in parts)
    assert line.head() + rows == (tmp_path / f"out.{kind}").read_bytes().decode()


def test_a_folder_comes_whole_or_not_at_all_and_never_over_another(model: Model, tmp_path: Path) -> None:
    source = held([Tip("1", "有人电鱼")])

    def broken(task: object, pieces: object) -> Iterator[Piece]:
        yield line(next(source.chunks()))
        raise CrewError("断了")

    line = line_of(source, model)
    with pytest.raises(CrewError):
        to_folder(line, source, tmp_path / "out", crew=broken)
    assert not list(tmp_path.iterdir())
    to_folder(line, source, tmp_path / "out")
    with pytest.raises(OutputError, match="out"):
        to_folder(line, source, tmp_path / "out")
