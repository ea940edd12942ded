"""A trial: which texts can judge two models, what is said where none can, and the behaviour cases."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tipclass.corpus import Corpus
from tipclass.errors import CorpusError
from tipclass.model import Model
from tipclass.store import load_model
from tipclass.taxonomy import parse_taxonomy
from tipclass.trial import try_model
from tipclass.verdicts import Verdicts

HEAD = "id,text,check,other,labels,strength,trait,note\n"
CASES = (
    f"{HEAD}c1,有人晚上在河边用电瓶电鱼,main,,illegal_fishing,STRONG,T03,\n"
    "c2,会议强调要提高站位,main,,水污染偷排,STRONG,T25,wrong on purpose\n"
    "c3,印染厂把污水排进小河,main,,水污染偷排,WEAK,T01,\n"
)
GOLD = (
    "id,text,labels\n"
    "g1,电工房后面的管子往沟里排污水,水污染\n"
    "g2,有人在水库里用电瓶电鱼,电鱼\n"
    "g3,会议强调要压实责任,not_a_tip\n"
)
RENAMED = """
[[category]]
code = "water"
name = "水"
aliases = ["water_pollution"]
[[category]]
code = "not_a_tip"
name = "非举报材料"
"""


@pytest.fixture
def other(rival: Path) -> Model:
    return load_model(rival)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.csv"
    path.write_text(GOLD, encoding="utf-8")
    return path


def with_verdicts(model: Model, verdicts: Verdicts) -> Model:
    """Return the model with other verdicts, which it would else read from its files."""
    changed = replace(model)
    vars(changed).update(neighbours=model.neighbours, verdicts=verdicts)
    return changed


def with_labels(model: Model, categories: Mapping[str, str]) -> Model:
    """Return the model with other categories given to its texts, by the old one."""
    changed = {key: replace(each, category=categories[each.category]) for key, each in model.verdicts.items()}
    return with_verdicts(model, changed)


def test_what_both_scored_out_of_fold_is_compared(model: Model, other: Model, corpus: Corpus) -> None:
    found = try_model(other, model)
    assert (found.before, found.after, found.on) == (model.id, other.id, "留出检验")
    assert found.comparison is not None
    assert found.comparison.tips == len(corpus.tips)
    assert found.comparison.categories[0].support == 9
    assert found.excerpts["both"] == "厂里往河里排污水，下游还有人电鱼"
    assert any("只有 25 条" in note for note in found.notes)


def test_a_model_that_gives_all_the_wrong_categories_is_worse(model: Model, other: Model) -> None:
    nonsense = with_labels(
        other, dict(zip(other.taxonomy.codes, ("illegal_fishing", "not_a_tip", "water_pollution"), strict=True))
    )
    compared = try_model(nonsense, model).comparison
    assert compared is not None
    assert compared.tally.worse
    assert compared.flips[0].turn == "lost"


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_model_without_verdicts_is_named(model: Model, other: Model, side: str) -> None:
    pair = {"before": model, "after": other}
    pair[side] = with_verdicts(pair[side], {})
    found = try_model(**pair)
    assert found.comparison is None
    assert pair[side].id in found.notes[0]
    assert "folds.csv" in found.notes[0]


def test_models_that_share_no_text_say_so(model: Model, other: Model) -> None:
    elsewhere = {f"x{key}": each for key, each in other.verdicts.items()}
    found = try_model(with_verdicts(other, elsewhere), model)
    assert found.comparison is None
    assert "没有相同的文本" in found.notes[0]


def test_no_model_in_use_is_no_comparison_and_no_complaint(other: Model) -> None:
    found = try_model(other, None)
    assert (found.before, found.comparison) == ("", None)
    assert not any("没有比较各类别" in note for note in found.notes)


def test_a_labelled_file_judges_both(model: Model, other: Model, gold: Path) -> None:
    found = try_model(other, model, gold=gold)
    assert found.on == "gold.csv"
    assert found.comparison is not None
    assert found.comparison.tips == 3
    assert found.excerpts["g2"] == "有人在水库里用电瓶电鱼"


def test_texts_that_a_model_was_trained_on_are_left_out(model: Model, other: Model, corpus: Corpus, gold: Path) -> None:
    seen = corpus.tips[3].text
    gold.write_text(f"{GOLD}g4,{seen},水污染\n", encoding="utf-8")
    found = try_model(other, model, gold=gold)
    assert found.comparison is not None
    assert found.comparison.tips == 3
    assert "gold.csv 里有 1 条" in found.notes[0]
    gold.write_text(f"text,labels\n{seen},水污染\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"gold\.csv.*学过"):
        try_model(other, model, gold=gold)


def test_old_labels_keep_their_value_under_a_newer_taxonomy(model: Model, other: Model) -> None:
    newer = replace(other, taxonomy=parse_taxonomy(RENAMED, source="taxonomy.toml"))
    vars(newer)["neighbours"] = other.neighbours
    names = {"water_pollution": "water"}
    renamed = {
        key: replace(each, label=names.get(each.label, each.label), category=names.get(each.category, each.category))
        for key, each in other.verdicts.items()
    }
    found = try_model(with_verdicts(newer, renamed), other)
    assert found.comparison is not None
    assert found.comparison.flips == ()
    assert [each.code for each in found.comparison.categories] == ["water", "not_a_tip"]


def test_cases_tell_what_broke_and_what_changed(model: Model, other: Model, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(CASES, encoding="utf-8")
    found = try_model(other, model, cases=path).cases
    assert found is not None
    assert found.count == 3
    assert [each.case.id for each in found.broken] == ["c2"]
    assert (found.gained, found.lost) == ((), ())


def test_shipped_cases_are_run_where_they_fit_and_named_ones_must(model: Model, tmp_path: Path) -> None:
    found = try_model(model, None)
    assert found.cases is None
    assert any("自带的用例" in note for note in found.notes)
    (tmp_path / "cases.csv").write_text(f"{HEAD}c1,文字,main,,诈骗,STRONG,T01,\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="诈骗"):
        try_model(model, None, cases=tmp_path / "cases.csv")
