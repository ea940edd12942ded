"""Behaviour cases: each check by hand, and the shipped cases on the shipped model."""

from pathlib import Path

import pytest

from tipclass import cases
from tipclass.cases import CHECKS, Case, Strength
from tipclass.errors import CorpusError
from tipclass.model import Model
from tipclass.store import current_model, load_model
from tipclass.taxonomy import Taxonomy

ROOT = Path(__file__).parent.parent
HEAD = "id,text,check,other,labels,strength,trait,note\n"


@pytest.mark.parametrize(
    ("check", "labels", "given", "other", "held"),
    [
        ("main", ("a",), ("a", "b"), (), True),
        ("main", ("b",), ("a", "b"), (), False),
        ("has", ("b", "a"), ("a", "b"), (), True),
        ("has", ("b", "c"), ("a", "b"), (), False),
        ("lacks", ("c",), ("a", "b"), (), True),
        ("lacks", ("c", "b"), ("a", "b"), (), False),
        ("same_as", (), ("a", "b"), ("a",), True),
        ("same_as", (), ("b", "a"), ("a",), False),
        ("adds", ("b",), ("b", "a"), ("a",), True),
        ("adds", ("b",), ("b", "c"), ("a",), False),
        ("adds", ("b",), ("a", "c"), ("a",), False),
    ],
)
def test_check(check: str, labels: tuple[str, ...], given: tuple[str, ...], other: tuple[str, ...], held: bool) -> None:
    case = Case("1", "", check, "0", labels, Strength.STRONG, "T01")
    assert CHECKS[check](case, given, other) is held


def test_cases_are_read_run_and_frozen(tmp_path: Path, model: Model) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(
        f"{HEAD}c1,有人晚上在河边用电瓶电鱼,main,,illegal_fishing,STRONG,T03,\n"
        "c2,您好，有人晚上在河边用电瓶电鱼,same_as,c1,,MEDIUM,T06,\n"
        "c3,会议强调要提高站位,main,,水污染偷排,STRONG,T25,wrong on purpose\n",
        encoding="utf-8",
    )
    outcomes = cases.run_cases(cases.load_cases(path, model.taxonomy), model)
    assert [outcome.passed for outcome in outcomes] == [True, True, False]
    assert [outcome.case.id for outcome in cases.broken(outcomes)] == ["c3"]
    assert cases.pass_rates(outcomes)[-1] == ("合计", "1/2", "1/1", "-")
    assert cases.read_frozen(tmp_path / "none.csv") == {}
    cases.freeze(tmp_path / "frozen.csv", outcomes)
    frozen = cases.read_frozen(tmp_path / "frozen.csv")
    assert frozen == {"c1": True, "c2": True, "c3": False}
    assert cases.changes(outcomes, frozen | {"c1": False, "c3": True}) == (["c1"], ["c3"])


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("c1,文字,is,,电鱼,STRONG,T01,", r"cases\.csv:2：没有“is”这种检查"),
        ("c1,文字,main,,诈骗,STRONG,T01,", "诈骗"),
        ("c1,文字,main,,,STRONG,T01,", "没有填类别"),
        ("c1,文字,main,,电鱼,SURE,T01,", "SURE"),
        ("c1,文字,same_as,c9,,STRONG,T01,", "c9"),
    ],
)
def test_a_row_that_does_not_hold_together_is_named(tmp_path: Path, taxonomy: Taxonomy, row: str, says: str) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=says):
        cases.load_cases(path, taxonomy)


def test_another_table_is_refused(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "a.csv").write_text("text,label\n河水,污水\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="行为用例表"):
        cases.load_cases(tmp_path / "a.csv", taxonomy)


def test_the_shipped_model_holds_every_strong_case_and_the_frozen_run() -> None:
    shipped = load_model(current_model(ROOT / "models"))
    outcomes = cases.run_cases(cases.load_cases(ROOT / "corpora" / cases.CASES, shipped.taxonomy), shipped)
    assert len(outcomes) >= 400
    assert [outcome.case.id for outcome in cases.broken(outcomes)] == []
    frozen = cases.read_frozen(ROOT / "corpora" / cases.FROZEN)
    assert {outcome.case.id: outcome.passed for outcome in outcomes} == frozen


def test_the_shipped_model_is_whole_and_small() -> None:
    folder = current_model(ROOT / "models")
    assert load_model(folder).broken_probes() == []
    assert sum(path.stat().st_size for path in folder.iterdir()) < 15 * 2**20
