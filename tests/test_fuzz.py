"""The targets of scripts/fuzz.py, a few examples each; what they found once stands here as cases."""

from collections.abc import Callable
from pathlib import Path

import fuzz
import pytest

from tipclass.settings import HOME

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_nothing_makes_it_fail(name: str, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(models.parent))
    fuzz.run(name, examples=100 if name.startswith("text") else 30)


@pytest.mark.parametrize("folder", ["", ".", "..", "../work"])
def test_a_folder_given_as_dots_has_a_result_beside_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    for place in ("work", "work/deep"):
        (tmp_path / place).mkdir()
    (tmp_path / "work" / "a.csv").write_text("内容\n有人电鱼\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "work" / ("deep" if folder == ".." else ""))
    assert run("predict", folder)[0] == 0
    assert (tmp_path / "work_分类.xlsx").exists()


@pytest.mark.parametrize("arguments", [["explain", "\ud800电鱼", "--json"], ["predict", "a.csv", "--model", "0"]])
def test_a_command_ends_with_a_sentence(arguments: list[str]) -> None:
    fuzz.command(arguments)


@pytest.mark.parametrize("comments", [50, 5000])
def test_comments_before_what_is_no_page_are_passed_over_once(comments: int) -> None:
    fuzz.read(".csv")(b"<!---->" * comments + b"x")


def test_an_endless_word_is_read_in_linear_time() -> None:
    fuzz.judge(["ff0a" * 50_000])
