"""No trace of a tip outside the output: no temporary file, cache or folder of the user holds any, whatever happens."""

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from test_documents import docx, line
from test_readers import workbook

from tipclass import drafts
from tipclass.drafts import LOCK, YOUNG

MARKER = "鸬鹚湾柒号"
TIP = f"{MARKER}有人晚上在河边用电瓶电鱼，河水发黑发臭"
CODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
ESCAPED = MARKER.encode("unicode_escape")


@pytest.fixture
def desk(tmp_path: Path, models: Path) -> Path:
    """A folder to work in, with inputs that hold the marker; temporary and personal folders lie beside it."""
    for name in ("work", "temp", "home", "data"):
        (tmp_path / name).mkdir()
    work = tmp_path / "work"
    (work / "a.csv").write_text(f"编号,内容\n1,{TIP}\n2,另外{TIP}\n", encoding="utf-8")
    (work / "b.xlsx").write_bytes(workbook(线索=[("编号", "内容"), ("1", TIP)]))
    (work / "c.docx").write_bytes(docx(line(TIP)))
    (work / "broken.docx").write_bytes(docx(line(TIP)).replace(b"PK\x01\x02", b"PK\x01\x03", 1))
    (work / "broken.jsonl").write_text(f'{{"text": "{TIP}"\n', encoding="utf-8")
    (tmp_path / "models").symlink_to(models, target_is_directory=True)
    return work


# Runs each of the lines, and prints what it ended with.
LINES = """
from tipclass.cli import main
import json, traceback
for line in json.loads(sys.argv.pop()):
    sys.argv = ["tipclass", *line, "--models", "../models"]
    try:
        main()
    except SystemExit as leaving:
        print(leaving.code or 0)
    except Exception:
        traceback.print_exc()
        print(1)
"""


def commands(desk: Path, lines: Sequence[Sequence[str]], *, before: str = "") -> tuple[list[int], str]:
    """Run the program in a process of its own whose every folder is one of ours; return its codes and what it said."""
    beside = desk.parent
    places = {"TMPDIR": "temp", "TEMP": "temp", "TMP": "temp", "HOME": "home", "XDG_CACHE_HOME": "home/cache"}
    environment = {
        **os.environ,
        **{name: str(beside / place) for name, place in places.items()},
        "XDG_DATA_HOME": str(beside / "data"),
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; {before}\n{LINES}", json.dumps(lines)],
        cwd=desk,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return [int(code) for code in run.stdout.split()], run.stderr


def traces(desk: Path, outputs: set[str]) -> list[Path]:
    """List the files beside inputs and outputs that hold the marker, or are left over in the folder of the output."""
    inputs = {"a.csv", "b.xlsx", "c.docx", "broken.docx", "broken.jsonl"}
    known = inputs | outputs | {".book.xlsx.lock"}  # the lock of a ledger is empty
    everything = [path for path in desk.parent.rglob("*") if path.is_file() and "models" not in path.parts]
    left = [path for path in desk.iterdir() if path.name not in known and not _to_resume(path)]
    told = [
        path
        for path in everything
        if path.name not in inputs | outputs and not _to_resume(path) and _holds(path.read_bytes())
    ]
    return [*left, *told]


def _to_resume(path: Path) -> bool:
    """Tell what another run may go on with: a private file beside the output."""
    return path.match(".tipclass-*.part") and stat.S_IMODE(path.stat().st_mode) == 0o600


def _holds(raw: bytes) -> bool:
    return ESCAPED in raw or any(MARKER.encode(coding) in raw for coding in CODINGS)


WORK = [
    ("predict", "a.csv", "b.xlsx", "c.docx", "-o", "out.xlsx"),
    ("predict", "a.csv", "-o", "out.csv", "--jobs", "2"),
    ("predict", "a.csv", "b.xlsx", "-o", "out.jsonl", "--mask"),
    ("predict", "broken.docx", "broken.jsonl", "-o", "none.csv"),
    ("ledger", "a.csv", "-o", "book.xlsx"),
]


def test_nothing_of_a_tip_is_left_elsewhere(desk: Path) -> None:
    codes, said = commands(desk, WORK)
    assert codes == [0, 0, 0, 3, 0], said
    assert MARKER not in said
    assert not traces(desk, {"out.xlsx", "out.csv", "out.jsonl", "book.xlsx"})


FULL = "import resource, signal; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))"
FAILS = "import csv, tipclass.workbook as w; csv.writer = w.fitting = lambda *a, **k: 1 / 0"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes there")
@pytest.mark.parametrize(("failure", "code"), [(FULL, 3), (FAILS, 1)])
def test_nothing_of_a_tip_is_left_after_a_failure(desk: Path, failure: str, code: int) -> None:
    (desk / "a.csv").write_text("编号,内容\n" + "".join(f"{at},{TIP}{at}\n" for at in range(200)), encoding="utf-8")
    work = [
        ("predict", "a.csv", "-o", "out.xlsx"),
        ("predict", "a.csv", "-o", "out.csv"),
        ("ledger", "a.csv", "-o", "book.xlsx"),
    ]
    codes, said = commands(desk, work, before=failure)
    assert codes == [code] * len(work), said
    assert MARKER not in said
    assert not traces(desk, set())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed like that there")
def test_what_a_killed_run_left_is_private_and_goes_with_the_next(desk: Path) -> None:
    dies = "import os, tipclass.workbook as w; w.fitting = lambda text: os.kill(os.getpid(), 9)"
    codes, said = commands(desk, [("predict", "a.csv", "-o", "out.xlsx")], before=dies)
    (left,) = desk.glob(".tipclass-*")
    assert (codes, said.count("Traceback")) == ([], 0)
    assert stat.S_IMODE(left.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in left.iterdir()} <= {0o600}
    long_ago = time.time() - 2 * YOUNG
    os.utime(left / LOCK, (long_ago, long_ago))
    assert commands(desk, [("predict", "a.csv", "-o", "out.xlsx")])[0] == [0]
    assert not traces(desk, {"out.xlsx"})


def test_what_another_run_is_at_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "YOUNG", -1.0)
    with drafts.private_folder(tmp_path) as first, drafts.private_folder(tmp_path) as second:
        assert first.is_dir()
        assert second != first
    assert not list(tmp_path.iterdir())


def test_what_is_not_finished_yet_is_nobody_elses_to_read(desk: Path) -> None:
    watch = """
import os, tipclass.workbook as w
from pathlib import Path
close = w.fitting
def seen(text):
    for path in [*Path().glob('.tipclass-*'), *Path().glob('.tipclass-*/*')]:
        print(oct(path.stat().st_mode & 0o777), file=sys.stderr)
    return close(text)
w.fitting = seen
"""
    _, said = commands(desk, [("predict", "a.csv", "-o", "out.xlsx")], before=watch)
    modes = {line for line in said.splitlines() if line.startswith("0o")}
    assert modes
    assert modes <= {"0o600", "0o700"}
    assert stat.S_IMODE((desk / "out.xlsx").stat().st_mode) == 0o600
