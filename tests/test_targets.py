"""Targets: an input is never written over, nor what may hold corrections."""

from pathlib import Path

import pytest

from tipclass.errors import OutputError
from tipclass.targets import free_name, refuse_inputs


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="就是输入文件"):
        refuse_inputs(tmp_path / "a.csv", [tmp_path / "." / "a.csv"])
    with pytest.raises(OutputError, match="可能是原件"):
        refuse_inputs(tmp_path / "a.csv", [tmp_path])
    refuse_inputs(tmp_path / "b.csv", [tmp_path / "a.csv", tmp_path])


def test_a_result_that_may_hold_corrections_is_not_overwritten(tmp_path: Path) -> None:
    assert free_name(tmp_path / "a_分类.xlsx") == tmp_path / "a_分类.xlsx"
    for name in ("a_分类.xlsx", "a_分类(2).xlsx"):
        (tmp_path / name).touch()
    assert free_name(tmp_path / "a_分类.xlsx") == tmp_path / "a_分类(3).xlsx"
