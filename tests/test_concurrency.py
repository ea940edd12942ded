"""Many runs at once on one folder of models, and another model put to use meanwhile: each uses one whole model."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tipclass import store, triage_batch
from tipclass.model import Model
from tipclass.records import Tip
from tipclass.store import current_model, open_model, set_current

RUNS = 20
ROWS = ("印染厂半夜把污水直接排进小河", "有人晚上在河边用电瓶电鱼", "会议强调，要提高政治站位") * 20


@pytest.fixture
def folder(models: Path, rival: Path, tmp_path: Path) -> Path:
    """A folder of two models, the first in use, and a table to classify beside it."""
    copied = Path(shutil.copytree(models, tmp_path / "models"))
    shutil.copytree(rival, copied / rival.name)
    (tmp_path / "线索.csv").write_text("内容\n" + "\n".join(ROWS) + "\n", encoding="utf-8")
    return copied


def program(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tipclass", *arguments, "--models", str(folder)]
    return subprocess.Popen(
        command, cwd=folder.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def predict(folder: Path, *options: str) -> subprocess.Popen[str]:
    return program(folder, "predict", "线索.csv", "--json", "--quiet", "--jobs", "1", *options)


def told(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out


@pytest.mark.slow
def test_every_run_uses_one_whole_model_whatever_is_promoted(folder: Path, rival: Path) -> None:
    before, after = told(predict(folder)), told(predict(folder, "--model", rival.name))
    assert before != after
    early = [predict(folder) for _ in range(RUNS // 2)]
    promotion = program(folder, "models", "promote", rival.name, "--force", "--reason", "试用")
    meanwhile = [predict(folder) for _ in range(RUNS // 2)]
    told(promotion)
    late = told(predict(folder))
    assert {told(process) for process in (*early, *meanwhile)} <= {before, after}
    assert late == after


def test_a_model_put_to_use_while_another_is_read_is_no_part_of_it(
    folder: Path, rival: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, before = store._read, open_model(folder)

    def meanwhile(*asked: Any) -> bytes:
        set_current(folder, rival.name)
        return read(*asked)

    monkeypatch.setattr(store, "_read", meanwhile)
    opened = open_model(folder)
    assert current_model(folder).name == rival.name
    assert opened.manifest == before.manifest
    tips = [Tip(str(number), text) for number, text in enumerate(ROWS[:3])]
    assert triage_batch(tips, opened) == triage_batch(tips, before)
    assert triage_batch(tips, open_model(folder)) != triage_batch(tips, before)


@pytest.mark.slow
def test_a_model_put_to_use_after_another_was_opened_changes_nothing(
    run: Callable[..., tuple[int, str, str]], folder: Path, rival: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = folder.parent / "长线索.csv"  # of several pieces, or one process does them all
    table.write_text("内容\n" + "\n".join(row * 160 for row in ROWS) + "\n", encoding="utf-8")
    asked = ("predict", table, "--json", "-q", "--models", folder, "--jobs", "2")
    before, opening = run(*asked), store.open_model

    def promoted(*named: Any) -> Model:
        opened = opening(*named)
        set_current(folder, rival.name)
        return opened

    monkeypatch.setattr(store, "open_model", promoted)
    assert run(*asked) == before
    monkeypatch.undo()
    assert run(*asked) != before
