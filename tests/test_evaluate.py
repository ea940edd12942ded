"""Evaluation: figures counted by hand on small matrices."""

import json

import numpy as np
import pytest

from tipclass.evaluate import calibration_error, category_figures, confusions, evaluate, macro_f1
from tipclass.records import Decision, Route, Scored

CODES = ("a", "b", "c")


def decision(*labels: str, route: Route = Route.ACCEPT) -> Decision:
    scored = tuple(Scored(label, 0.9) for label in labels)
    return Decision(route, 0.9, scored, scored, "c", "")


SCORES = np.array([[0.9, 0.1, 0.0], [0.6, 0.7, 0.1], [0.2, 0.8, 0.1], [0.1, 0.3, 0.2]])
DECISIONS = [
    decision("a"),
    decision("b", "a", route=Route.REVIEW),
    decision("b", route=Route.SET_ASIDE),
    decision("b", route=Route.SET_ASIDE),
]
MAIN = np.array([0, 0, 1, 2])
INDICATOR = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1]])


def test_figures_by_hand() -> None:
    measured = evaluate(SCORES, DECISIONS, INDICATOR, MAIN, CODES)
    assert measured.accuracy.value == 0.5
    assert measured.top2 == 1.0
    assert measured.coverage == 0.75
    assert measured.selective_accuracy == pytest.approx(2 / 3)
    assert measured.labels_per_tip == 1.25
    assert measured.exact_match == 0.75
    assert measured.label_micro_f1 == pytest.approx(2 * 4 / (5 + 5))
    assert measured.lost == 1
    assert measured.calibration_error == pytest.approx((0.1 + 0.9 + 0.1 + 0.9) / 4)
    assert measured.macro_f1.value == pytest.approx((2 / 3 + 0.5 + 0) / 3)
    assert measured.accuracy.low <= measured.accuracy.value <= measured.accuracy.high


def test_categories_by_hand() -> None:
    a, b, c = category_figures(MAIN, np.array([0, 1, 1, 1]), CODES)
    assert (a.support, a.precision, a.recall) == (2, 1.0, 0.5)
    assert (b.support, b.precision, b.recall) == (1, pytest.approx(1 / 3), 1.0)
    assert (c.support, c.precision, c.recall, c.f1) == (1, 0.0, 0.0, 0.0)


def test_confusions_are_counted_and_ranked() -> None:
    found = confusions(np.array([0, 0, 1, 2, 2]), np.array([1, 1, 1, 0, 2]), CODES)
    assert [(each.label, each.category, each.count) for each in found] == [("a", "b", 2), ("c", "a", 1)]


def test_macro_f1_counts_the_categories_that_occur() -> None:
    assert macro_f1(np.array([0, 0, 1]), np.array([0, 0, 1])) == 1.0
    assert macro_f1(np.array([0, 1]), np.array([0, 0])) == pytest.approx((2 / 3 + 0) / 2)


@pytest.mark.parametrize(
    ("confidence", "right", "error"),
    [([0.75] * 4, [True, True, True, False], 0.0), ([1.0] * 4, [False] * 4, 1.0), ([0.5, 0.5], [True, True], 0.5)],
)
def test_calibration_error_of_bins_of_one(confidence: list[float], right: list[bool], error: float) -> None:
    repeated = np.repeat(confidence, 10), np.tile(right, 10)
    assert calibration_error(*repeated) == pytest.approx(error, abs=1e-9)


def test_json_is_plain() -> None:
    assert json.loads(json.dumps(evaluate(SCORES, DECISIONS, INDICATOR, MAIN, CODES).figures()))["tips"] == 4
