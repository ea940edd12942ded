"""Training: calibration and policy on numbers made by hand, and the whole on the small corpus."""

from pathlib import Path

import numpy as np
import pytest
from conftest import TAXONOMY_TOML

from tipclass import training
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus
from tipclass.decide import NEVER
from tipclass.errors import CorpusError
from tipclass.taxonomy import parse_taxonomy


def test_calibration_undoes_a_stretch_and_a_shift() -> None:
    generator = np.random.default_rng(0)
    logits = generator.normal(0, 2, (4000, 2))
    labels = (generator.random((4000, 2)) < 1 / (1 + np.exp(-logits))).astype(int)
    slope, offset, _ = training.fit_calibration(logits * 3 - 1, labels, logits.argmax(axis=1))
    assert slope == pytest.approx(1 / 3, rel=0.1)
    assert offset == pytest.approx(1 / 3, abs=0.15)


def test_the_temperature_is_as_sure_as_it_is_right() -> None:
    generator = np.random.default_rng(0)
    logits = generator.normal(0, 2, (4000, 3))
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    main = np.array([generator.choice(3, p=row) for row in shares])
    temperature = training.fit_calibration(logits * 5, np.eye(3, dtype=int)[main], main)[2]
    assert temperature == pytest.approx(0.2, rel=0.1)


def test_the_least_score_holds_the_promise_with_a_bound() -> None:
    top = np.linspace(1, 0, 200)
    right = np.array([True] * 150 + [False] * 50)
    threshold = training.least_score(top, right, 0.95)
    kept = right[top >= threshold]
    assert kept.mean() >= 0.95
    assert len(kept) >= 150
    assert training.least_score(top[:5], right[:5], 0.95) == NEVER
    assert training.least_score(top, ~right, 0.95) == NEVER
    assert training.least_score(top[:0], right[:0], 0.95) == NEVER


def test_wilson_bound_by_hand() -> None:
    low = training.wilson_low(np.array([0, 10, 100]), np.array([10, 10, 100]))
    z2 = 1.282**2
    assert low[0] == pytest.approx(0, abs=1e-12)
    assert low[1] == pytest.approx(10 / (10 + z2))
    assert low[2] == pytest.approx(100 / (100 + z2))


def test_small_categories_share_a_threshold() -> None:
    main = np.repeat([0, 1, 2], [100, 30, 30])
    sure = np.array([[0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.2, 0.1, 0.7]])[main]
    labels = np.eye(3, dtype=int)[main]
    policy = training.fit_policy(sure, sure, labels, main, ("a", "b", "c"), target_precision=0.95)
    assert policy.accept == {"a": 0.9, "b": 0.7, "c": 0.7}


def test_label_threshold_has_the_best_f1() -> None:
    assert training.label_threshold(np.array([0.9, 0.62, 0.58, 0.1]), np.array([1, 1, 0, 0])) == 0.6


def test_training_twice_gives_the_same_model(corpus: Corpus, classifier: TipClassifier, models: Path) -> None:
    trained = training.train(corpus, classifier, target_precision=0.8)
    assert training.package(trained, corpus, TAXONOMY_TOML).manifest.id == next(models.glob("m*")).name
    assert trained.evaluation is not None
    assert trained.evaluation.tips == len(corpus.tips)


def test_without_folds_everything_goes_to_review(corpus: Corpus, classifier: TipClassifier) -> None:
    trained = training.train_without_folds(corpus, classifier, target_precision=0.95)
    assert set(trained.policy.accept.values()) == {NEVER}
    assert trained.evaluation is None


def test_a_taxonomy_can_be_made_from_labels(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,label\n河水,"污水;异味""甲"""\n夜里,噪声\n河里,污水\n', encoding="utf-8")
    taxonomy = parse_taxonomy(training.taxonomy_of_labels([path]), source="labels")
    assert [each.name for each in taxonomy.category] == ["噪声", '异味"甲"', "污水"]


def test_no_corpus_no_labels(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        training.taxonomy_of_labels([tmp_path / "none.csv"])
