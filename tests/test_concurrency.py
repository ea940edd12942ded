"""Many runs at once on one folder of models, and another model put to use meanwhile: each uses one whole model."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
