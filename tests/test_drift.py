"""Drift: what counts as a change, for the worse or not, and when to train again; then the whole way on a batch."""

import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from conftest import FISHING, TALK, TAXONOMY_TOML, WATER

from tipclass import drift_page, messages, training
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus
from tipclass.drift import (
    LEAST_TIPS,
    Change,
    Drift,
    Level,
    Part,
    Signal,
    Verdict,
    chance,
    compare,
    drift,
    stability,
)
from tipclass.errors import ModelError
from tipclass.evaluate import Estimate
from tipclass.model import Model
from tipclass.novelty import Unknown
from tipclass.records import Tip
from tipclass.reference import Observed, Reference, Spread
from tipclass.store import load_model, save_model
from tipclass.taxonomy import Taxonomy

Run = Callable[..., tuple[int, str, str]]

REFERENCE = Reference(
    tips=1000,
    reviewed=0.2,
    categories={"a": 0.5, "b": 0.4, "c": 0.1},
    certainty=Spread(median=0.9, edges=(0.6, 0.9), shares=(0.1, 0.4, 0.5)),
    known=Spread(median=0.95, edges=(0.9,), shares=(0.2, 0.8)),
    length=Spread(median=100, edges=(50.0, 200.0), shares=(0.25, 0.5, 0.25)),
)


def observed(count: int = 200, **shares: tuple[float, ...]) -> Observed:
    """Return a batch like the reference, but for the shares named."""
    like = {
        "categories": (0.5, 0.4, 0.1),
        "certainty": (0.1, 0.4, 0.5),
        "known": (0.2, 0.8),
        "length": (0.25, 0.5, 0.25),
    }
    cuts = {
        key: np.repeat(np.arange(len(part)), np.round(np.array(part) * count).astype(int))
        for key, part in (like | shares).items()
        if key != "reviewed"
    }
    reviewed = shares.get("reviewed", (0.2,))[0]
    return Observed(
        tuple("abc"[each] for each in cuts["categories"]),
        np.array([0.3, 0.7, 0.95])[cuts["certainty"]],
        np.array([0.5, 0.95])[cuts["known"]],
        np.array([10, 100, 900])[cuts["length"]],
        np.arange(count) < reviewed * count,
    )


def levels(seen: Observed) -> dict[Signal, Level]:
    return {each.signal: each.level for each in compare(REFERENCE, seen) if each.level is not Level.NONE}


def test_a_batch_like_the_corpus_has_not_changed() -> None:
    changes = compare(REFERENCE, observed())
    assert [each.signal for each in changes] == list(Signal)
    assert all(each.size == pytest.approx(0.0, abs=1e-9) and each.level is Level.NONE for each in changes)


@pytest.mark.parametrize(
    ("shares", "signal", "level", "worse"),
    [
        ({"categories": (0.2, 0.7, 0.1)}, Signal.CATEGORIES, Level.CLEAR, False),
        ({"categories": (0.35, 0.55, 0.1)}, Signal.CATEGORIES, Level.SOME, False),
        ({"known": (0.5, 0.5)}, Signal.KNOWN, Level.CLEAR, True),
        ({"known": (0.01, 0.99)}, Signal.KNOWN, Level.CLEAR, False),
        ({"certainty": (0.4, 0.4, 0.2)}, Signal.CERTAINTY, Level.CLEAR, True),
        ({"certainty": (0.0, 0.1, 0.9)}, Signal.CERTAINTY, Level.CLEAR, False),
        ({"reviewed": (0.3,)}, Signal.REVIEWED, Level.SOME, True),
        ({"reviewed": (0.4,)}, Signal.REVIEWED, Level.CLEAR, True),
        ({"reviewed": (0.0,)}, Signal.REVIEWED, Level.CLEAR, False),
        ({"length": (0.0, 0.2, 0.8)}, Signal.LENGTH, Level.CLEAR, False),
    ],
)
def test_one_change_is_seen_alone(
    shares: dict[str, tuple[float, ...]], signal: Signal, level: Level, worse: bool
) -> None:
    seen = observed(**shares)
    assert levels(seen) == {signal: level}
    assert [each.worse for each in compare(REFERENCE, seen) if each.signal is signal] == [worse]


def test_what_chance_does_as_well_is_no_change() -> None:
    few = compare(REFERENCE, observed(20, categories=(0.35, 0.55, 0.1)))[0]
    assert few.size > 0.1
    assert few.chance > 0.01
    assert few.level is Level.NONE


def test_small_categories_count_together_and_are_told_one_by_one() -> None:
    rare = {f"r{number}": 0.002 for number in range(50)}
    reference = REFERENCE.model_copy(update={"categories": {"a": 0.5, "b": 0.4} | rare})
    seen = replace(observed(), categories=("a",) * 100 + ("b",) * 80 + ("r7",) * 20)
    change = compare(reference, seen)[0]
    assert change.level is Level.NONE
    assert [(each.name, each.count) for each in change.parts if each.count] == [("a", 100), ("b", 80), ("r7", 20)]


def test_the_index_and_the_chance_by_hand() -> None:
    assert stability((0.5, 0.5), (80, 20)) == pytest.approx(0.3 * np.log(1.6) - 0.3 * np.log(0.4))
    assert stability((0.9, 0.1), (100, 0)) == pytest.approx(0.1 * np.log(1 / 0.9) + (0.005 - 0.1) * np.log(0.05))
    assert chance((0.5, 0.5), 1000, (50, 50)) == 1.0
    assert chance((0.5, 0.5), 1000, (80, 20)) < 1e-6
    assert chance((1.0, 0.0), 1000, (7, 0)) == 1.0


def change(signal: Signal, level: Level, *, worse: bool) -> Change:
    size = {Level.NONE: 0.0, Level.SOME: 0.12, Level.CLEAR: 0.9}[level]
    grew = (0.1 if worse else -0.1) * (1 if signal is Signal.REVIEWED else -1)
    return Change(signal, size, 0.0, 0.5, 0.5 + grew, grew)


KNOWN, SURE, REVIEWED, KINDS = Signal.KNOWN, Signal.CERTAINTY, Signal.REVIEWED, Signal.CATEGORIES


@pytest.mark.parametrize(
    ("tips", "changes", "verdict", "says"),
    [
        (200, [], Verdict.KEEP, "不必重新训练：模型认识"),
        (200, [(KINDS, Level.CLEAR, True)], Verdict.KEEP, "类别构成变了，但"),
        (200, [(SURE, Level.CLEAR, False), (REVIEWED, Level.CLEAR, False)], Verdict.KEEP, "没有变差"),
        (200, [(SURE, Level.SOME, True)], Verdict.WATCH, "只有把握"),
        (200, [(KNOWN, Level.CLEAR, True)], Verdict.WATCH, "只有认识的词"),
        (200, [(REVIEWED, Level.CLEAR, True)], Verdict.RETRAIN, "人工复核的比例比训练时差"),
        (200, [(KNOWN, Level.SOME, True), (SURE, Level.SOME, True)], Verdict.RETRAIN, "认识的词、把握比训练时差"),
        (LEAST_TIPS - 1, [(SURE, Level.CLEAR, True)], Verdict.TOO_FEW, "只有 49 条"),
    ],
)
def test_when_to_train_again(tips: int, changes: list[tuple[Signal, Level, bool]], verdict: Verdict, says: str) -> None:
    found = Drift(tips, tips, tuple(change(signal, level, worse=worse) for signal, level, worse in changes), ())
    assert found.verdict is verdict
    assert says in drift_page.why(found)


NASTY = "<b>&\"甲'"


@pytest.fixture
def found(taxonomy: Taxonomy) -> Drift:
    parts = (
        Part("water_pollution", 0.5, Estimate(0.2, 0.1, 0.3), 20),
        Part("illegal_fishing", 0.4, Estimate(0.7, 0.6, 0.8), 70),
        Part("not_a_tip", 0.1, Estimate(0.1, 0.05, 0.2), 10),
    )
    kinds = Change(Signal.CATEGORIES, 0.44, 1e-9, None, None, 0.0, parts)
    return Drift(100, 103, (kinds, change(SURE, Level.CLEAR, worse=True)), (Unknown(NASTY, 9, 4, ("t1", "<i>")),))


def test_a_sentence_for_each_change_and_the_verdict_last(found: Drift, taxonomy: Taxonomy) -> None:
    kinds, sure, words, why = drift_page.sentences(found, taxonomy)
    assert kinds.endswith(
        "大不一样：“水污染偷排”由 50.0% 变为 20.0%、“非法捕捞”由 40.0% 变为 70.0%、“非举报材料”由 10.0% 变为 10.0%。"
    )
    assert sure == "把握的中位数是 40.0%，训练时是 50.0%，高低的分布差别明显，变差了。"
    assert NASTY in words
    assert why.startswith("应当重新训练：把握比训练时差。")
    assert list(drift_page.sentences(Drift(0, 3, (), ()), taxonomy)) == [messages.DRIFT_NOTHING]


def test_every_change_has_its_sentences() -> None:
    assert {key: set(forms) for key, forms in messages.DRIFT_SENTENCES.items()} == {
        signal.value: {level.value for level in Level} for signal in Signal
    }
    assert set(messages.DRIFT_WHY) == {verdict.value for verdict in Verdict} | {"keep_moved"}


def test_the_page_is_escaped_and_fetches_nothing(found: Drift, taxonomy: Taxonomy, tmp_path: Path) -> None:
    drift_page.write_html(tmp_path / "page.html", found, "标题", "甲.csv", taxonomy)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<b>" not in page
    assert "<i>" not in page
    assert "<script" not in page
    assert page.count("<svg ") == 1
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_data = seen.append  # type: ignore[method-assign]
    parser.feed(page)
    text = "".join(seen)
    assert {NASTY, "应当重新训练", "70.0%"} <= {word for word in (NASTY, "应当重新训练", "70.0%") if word in text}


def test_json_has_stable_keys(found: Drift, taxonomy: Taxonomy) -> None:
    record = json.loads(drift_page.as_json(found, "m1", taxonomy))
    assert list(record) == ["model", "tips", "unreadable", "verdict", "reason", "changes", "words"]
    assert (record["tips"], record["unreadable"], record["verdict"]) == (100, 3, "retrain")
    assert list(record["changes"][0]) == [
        "signal", "level", "worse", "size", "chance", "before", "after", "sentence", "parts",
    ]  # fmt: skip
    assert record["changes"][0]["parts"][1] == {
        "name": "非法捕捞", "code": "illegal_fishing", "before": 0.4, "after": 0.7, "count": 70,
    }  # fmt: skip
    assert record["words"] == [{"word": NASTY, "tips": 4, "count": 9, "ids": ["t1", "<i>"]}]


# --- the whole way -------------------------------------------------------------------------------


def batch(folder: Path, *texts: str) -> Path:
    """Write a batch, each text in several tellings."""
    lines = [f"k{number},{text}（第{number}次反映）" for number, text in enumerate(texts * 3)]
    (folder / "线索.csv").write_text("\n".join(["编号,内容", *lines]), encoding="utf-8")
    return folder / "线索.csv"


def test_results_and_raw_tips_say_the_same(run: Run, tmp_path: Path) -> None:
    lists = ("1、印染厂半夜把污水直接排进小河。2、有人晚上在河边用电瓶电鱼。",)
    raw = batch(tmp_path, *WATER, *FISHING, *TALK, *lists)
    code, out, _ = run("report", "--drift", raw, "--json")
    assert code == 0
    expected = json.loads(out)
    assert (expected["tips"], expected["unreadable"]) == (75, 0)
    for name in ("out.xlsx", "out.csv", "out.jsonl"):
        for options in ((), ("--passages",)):
            assert run("predict", raw, "-o", name, "--quiet", *options)[0] == 0
            said = json.loads(run("report", "--drift", name, "--json")[1])
            assert said["changes"] == expected["changes"]
            assert [each["word"] for each in said["words"]] == [each["word"] for each in expected["words"]]


def test_a_batch_of_other_matters_asks_for_training(run: Run, tmp_path: Path) -> None:
    other = ("邻居家的氪氙氡又漏了", "收购象牙的摊贩天天来", "楼上装修电钻响到半夜", "路灯坏了半个月没人修")
    raw = batch(tmp_path, *other * 6, "")
    code, out, err = run("report", "--drift", raw, "--html", "page.html")
    assert code == 0, err
    assert "应当重新训练" in out
    assert "氪氙氡" in out
    assert "的氪" not in out
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "应当重新训练" in page
    assert not any(text in page for text in other)  # no tip is told, only words and ids
    assert "k0、k4、k8" in page


def test_too_small_a_batch_and_nothing_to_read(run: Run, tmp_path: Path) -> None:
    assert "只有 6 条，不到 50 条" in run("report", "--drift", batch(tmp_path, *WATER[:2]))[1]
    (tmp_path / "空.csv").write_text("编号,内容\n1,13800000000\n", encoding="utf-8")
    assert messages.DRIFT_NOTHING in run("report", "--drift", "空.csv")[1]
    assert json.loads(run("report", "--drift", "空.csv", "--json")[1])["verdict"] == "too_few"


def test_a_model_without_a_reference_says_so(
    run: Run, corpus: Corpus, classifier: TipClassifier, tmp_path: Path
) -> None:
    targets = dict.fromkeys(corpus.taxonomy.codes, 0.9)
    stored = training.package(training.train_without_folds(corpus, classifier, targets=targets), corpus, TAXONOMY_TOML)
    save_model(tmp_path / "m", stored.content, stored.manifest.model_copy(update={"format": 2}), stored.card)
    model = load_model(tmp_path / "m")
    assert model.reference is None
    code, out, err = run("report", "--drift", batch(tmp_path, *WATER), "--models", "m")
    assert (code, out, "没有对照数据" in err) == (4, "", True)
    with pytest.raises(ModelError, match=r"reference\.json"):
        drift([], model)


def test_progress_is_told(model: Model) -> None:
    heard: list[int] = []
    drift([Tip(str(number), WATER[number % 8]) for number in range(503)], model, done=heard.append)
    assert heard == [500, 3]
