"""Calibration: fits and thresholds on numbers made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from tipclass.calibration import fit_calibration, fit_policy, label_threshold, least_score, passage_threshold
from tipclass.decide import NEVER, Judgement
from tipclass.evaluate import calibration_error
from tipclass.scorer import certainties


def test_calibration_undoes_a_stretch_and_a_shift() -> None:
    generator = np.random.default_rng(0)
    logits = generator.normal(0, 2, (4000, 2))
    labels = (generator.random((4000, 2)) < 1 / (1 + np.exp(-logits))).astype(int)
    slope, offset, *_ = fit_calibration(logits * 3 - 1, labels, logits.argmax(axis=1))
    assert slope == pytest.approx(1 / 3, rel=0.1)
    assert offset == pytest.approx(1 / 3, abs=0.15)


def test_the_temperature_is_as_sure_as_it_is_right() -> None:
    generator = np.random.default_rng(0)
    logits = generator.normal(0, 2, (4000, 3))
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    main = np.array([generator.choice(3, p=row) for row in shares])
    temperature = fit_calibration(logits * 5, np.eye(3, dtype=int)[main], main)[2]
    assert temperature == pytest.approx(0.2, rel=0.1)


def test_the_least_score_holds_the_promise_with_a_bound() -> None:
    top = np.linspace(1, 0, 200)
    right = np.array([True] * 150 + [False] * 50)
    threshold = least_score(top, right, 0.95)
    kept = right[top >= threshold]
    assert kept.mean() >= 0.95
    assert len(kept) >= 150
    assert least_score(top[:5], right[:5], 0.95) == NEVER
    assert least_score(top, ~right, 0.95) == NEVER
    assert least_score(top[:0], right[:0], 0.95) == NEVER


def judged(rows: np.ndarray, **fields: object) -> list[Judgement]:
    return [Judgement(tuple(row), tuple(row), **{"known": 9, "words": 9} | fields) for row in rows.tolist()]


SURE = np.array([[0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.2, 0.1, 0.7]])


def test_small_categories_share_a_threshold() -> None:
    main = np.repeat([0, 1, 2], [100, 30, 30])
    targets = dict.fromkeys("abc", 0.95)
    policy = fit_policy(judged(SURE[main]), np.eye(3, dtype=int)[main], main, targets)
    assert policy.accept == {"a": 0.9, "b": 0.7, "c": 0.7}
    assert policy.target == targets


def test_of_a_category_nobody_tested_nothing_is_promised() -> None:
    main = np.repeat([0, 1], 60)
    predicted = SURE[main].copy()
    predicted[:3] = SURE[2]
    policy = fit_policy(judged(predicted), np.eye(3, dtype=int)[main], main, dict.fromkeys("abc", 0.5))
    assert policy.accept["c"] == NEVER > policy.accept["a"]


def test_each_category_may_have_its_own_promise() -> None:
    main = np.repeat([0, 1, 2], [100, 100, 100])
    predicted = SURE[main].copy()
    predicted[:8] = SURE[1]  # of 108 said to be b, 8 are a
    policy = fit_policy(judged(predicted), np.eye(3, dtype=int)[main], main, {"a": 0.9, "b": 0.95, "c": 0.9})
    assert (policy.accept["b"], policy.accept["a"]) == (NEVER, 0.9)
    looser = fit_policy(judged(predicted), np.eye(3, dtype=int)[main], main, {"a": 0.9, "b": 0.85, "c": 0.9})
    assert looser.accept["b"] == 0.8


def test_what_knows_the_fewest_words_counts_as_unlike() -> None:
    main = np.arange(400) % 3
    rows = judged(SURE[main], known=9)
    rows[0] = replace(rows[0], known=1)
    policy = fit_policy(rows, np.eye(3, dtype=int)[main], main, dict.fromkeys("abc", 0.9))
    assert 0.2 < policy.least_share <= 1.0


def test_a_passage_must_be_sure_to_give_a_label() -> None:
    whole = np.array([[0.9, 0.1], [0.9, 0.1], [0.9, 0.1]])
    inner = [(0.1, 0.9), (0.1, 0.8), (0.3, 0.7)]
    rows = [
        replace(each, passages=tuple(judged(np.array([part])))) for each, part in zip(judged(whole), inner, strict=True)
    ]
    indicator = np.array([[1, 1], [1, 1], [1, 0]])
    assert passage_threshold(rows, indicator, np.array([0.5, 0.5])) == 0.75
    assert passage_threshold(judged(whole), indicator, np.array([0.5, 0.5])) == NEVER


def test_label_threshold_has_the_best_f1() -> None:
    assert label_threshold(np.array([0.9, 0.62, 0.58, 0.1]), np.array([1, 1, 0, 0])) == 0.6


def test_certainty_is_as_sure_as_it_is_right() -> None:
    generator = np.random.default_rng(0)
    decisions = generator.normal(0, 2, (6000, 4))
    best = decisions.argmax(axis=1)
    main = np.where(generator.random(6000) < 0.7, best, (best + 1) % 4)  # right in seven of ten, however clear it looks
    sure = certainties(decisions, fit_calibration(decisions, np.eye(4, dtype=int)[main], main))
    assert calibration_error(sure.max(axis=1), main == best) < 0.03
    assert sure.sum(axis=1) == pytest.approx(1.0)


def test_nothing_wrong_leaves_certainties_as_they_are() -> None:
    decisions = np.eye(3).repeat(5, axis=0) * 3
    main = np.arange(3).repeat(5)
    assert fit_calibration(decisions, np.eye(3, dtype=int)[main], main)[3:].tolist() == [1.0, 0.0]
