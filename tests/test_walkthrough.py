"""The walk-through of README.md: a batch is corrected, learnt from, and the new model put to use and taken back."""

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tipclass.taxonomy import parse_taxonomy, read_taxonomy

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"a test runs these lines\):\n\n```sh\n(.*?)```", re.DOTALL)
CORRECTIONS = 20
GATE = 6
Run = Callable[..., tuple[int, str, str]]


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


@pytest.fixture
def call(run: Run, office: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a line of the block in the office and return what it prints; `refused` says that a gate may stop it."""
    monkeypatch.delenv("TIPCLASS_HOME")
    monkeypatch.chdir(office)

    def call(line: str, *options: str, refused: bool = False) -> str:
        name, *arguments = shlex.split(line)
        assert name == "tipclass"
        code, out, err = run(*arguments, *options)
        assert code in ((0, GATE) if refused else (0,)), err + out
        return out + err

    return call


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


def test_a_batch_is_corrected_learnt_from_and_its_model_put_to_use_and_taken_back(
    office: Path, call: Callable[..., str]
) -> None:
    predict, wait, learn, check, train, compare, promote, rollback = lines()
    taxonomy = parse_taxonomy(read_taxonomy(office / "corpora" / "taxonomy.toml"), source="taxonomy.toml")
    before, shipped = in_use(office), set((office / "corpora" / "tips").iterdir())
    call(predict)
    assert wait.startswith("#")
    correct(office / "样例_分类.xlsx", CORRECTIONS)
    assert f"{CORRECTIONS}" in call(learn)
    (learnt,) = set((office / "corpora" / "tips").iterdir()) - shipped
    assert len(learnt.read_text(encoding="utf-8").splitlines()) > CORRECTIONS
    call(check)
    said = call(train)
    (new,) = {path.name for path in (office / "models").glob("m*")} - {before}
    assert new in said
    assert in_use(office) == before
    manifest = json.loads((office / "models" / new / "manifest.json").read_text(encoding="utf-8"))
    old = json.loads((office / "models" / before / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["corpus"]["tips"] == old["corpus"]["tips"] + CORRECTIONS
    assert set(manifest["corpus"]["main_labels"]) == set(taxonomy.codes)
    assert f"{before} → {new}" in call(compare.replace("ID", new))
    promote = promote.replace("ID", new)
    if "没有启用" in call(promote, refused=True):  # a single strong case that turned is enough
        assert in_use(office) == before
        call(promote, "--force", "--reason", "试运行")
    assert in_use(office) == new
    call(rollback)
    assert in_use(office) == before
