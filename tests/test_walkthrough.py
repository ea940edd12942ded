"""The walk-through of README.md: a batch is corrected, learnt from, and the new model put to use and taken back."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tipclass.taxonomy import parse_taxonomy, read_taxonomy

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"a test runs these lines\):\n\n```sh\n(.*?)```", re.DOTALL)
CORRECTIONS = 20
GATE = 6


def lines() -> list[str]:
    found = BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found
    return found[1].splitlines()


@pytest.fixture(params=["small", pytest.param("shipped", marks=pytest.mark.slow)])
def office(
    request: pytest.FixtureRequest, corpora: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A folder of corpora and models: the tests' own, which are small, or those in use."""
    small = request.param == "small"
    for part, small_one in (("corpora", corpora), ("models", models)):
        shutil.copytree(small_one if small else ROOT / part, tmp_path / part)
    if small:
        shutil.copytree(ROOT / "corpora" / "samples", tmp_path / "corpora" / "samples")
    else:
        monkeypatch.delenv("LOKY_MAX_CPU_COUNT")
    return tmp_path


def call(line: str, folder: Path, *options: str, refused: bool = False) -> str:
    """Run a line of the block and return what it prints; `refused` says that a gate may stop it."""
    name, *arguments = shlex.split(line)
    assert name == "tipclass"
    environment = {key: value for key, value in os.environ.items() if key != "TIPCLASS_HOME"}
    environment |= {"PYTHONIOENCODING": "utf-8"}
    program = [sys.executable, "-m", "tipclass", *arguments, *options]
    done = subprocess.run(program, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode in ((0, GATE) if refused else (0,)), done.stderr + done.stdout
    return done.stdout + done.stderr


def correct(book: Path, rows: int) -> None:
    """Confirm what the first rows were given."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    given, correction = heads.index("类别"), heads.index("复核类别")
    for row in list(sheet.iter_rows(min_row=2))[:rows]:
        row[correction].value = row[given].value
    workbook.save(book)


def in_use(office: Path) -> str:
    return (office / "models" / "CURRENT").read_text(encoding="utf-8").strip()


def test_a_batch_is_corrected_learnt_from_and_its_model_put_to_use_and_taken_back(office: Path) -> None:
    predict, wait, learn, check, train, compare, promote, rollback = lines()
    taxonomy = parse_taxonomy(read_taxonomy(office / "corpora" / "taxonomy.toml"), source="taxonomy.toml")
    before, shipped = in_use(office), set((office / "corpora" / "tips").iterdir())
    call(predict, office)
    assert wait.startswith("#")
    correct(office / "样例_分类.xlsx", CORRECTIONS)
    assert f"{CORRECTIONS}" in call(learn, office)
    (learnt,) = set((office / "corpora" / "tips").iterdir()) - shipped
    assert len(learnt.read_text(encoding="utf-8").splitlines()) > CORRECTIONS
    call(check, office)
    said = call(train, office)
    (new,) = {path.name for path in (office / "models").glob("m*")} - {before}
    assert new in said
    assert in_use(office) == before
    manifest = json.loads((office / "models" / new / "manifest.json").read_text(encoding="utf-8"))
    old = json.loads((office / "models" / before / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["corpus"]["tips"] == old["corpus"]["tips"] + CORRECTIONS
    assert set(manifest["corpus"]["main_labels"]) == set(taxonomy.codes)
    assert f"{before} → {new}" in call(compare.replace("ID", new), office)
    promote = promote.replace("ID", new)
    if "没有启用" in call(promote, office, refused=True):  # a single strong case that turned is enough
        assert in_use(office) == before
        call(promote, office, "--force", "--reason", "试运行")
    assert in_use(office) == new
    call(rollback, office)
    assert in_use(office) == before
