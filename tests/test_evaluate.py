"""Evaluation: figures counted by hand on small matrices."""

import json

import numpy as np
import pytest

from tipclass.corpus import Corpus
from tipclass.evaluate import (
    Evaluation,
    Labelled,
    calibration_error,
    category_figures,
    confusions,
    coverage_curve,
    evaluate,
    label_figures,
    labelled,
    macro_f1,
    reliability,
    share,
    wilson,
)
from tipclass.records import Cause, Decision, Route, Scored

CODES = ("a", "b", "c")


def decision(*labels: str, route: Route = Route.ACCEPT) -> Decision:
    scored = tuple(Scored(label, 0.9) for label in labels)
    return Decision(route, Cause.CERTAIN, 0.9, scored, scored, Scored("c", 0.0))


SURE = np.array([[0.9, 0.1, 0.0], [0.6, 0.7, 0.1], [0.2, 0.8, 0.1], [0.1, 0.3, 0.2]])
DECISIONS = [
    decision("a"),
    decision("b", "a", route=Route.REVIEW),
    decision("b", route=Route.SET_ASIDE),
    decision("b", route=Route.SET_ASIDE),
]
MAIN = np.array([0, 0, 1, 2])
INDICATOR = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1]])
KNOWN = Labelled(INDICATOR, MAIN, np.array(["x", "x", "y", ""]), np.array([59, 60, 300, 5000]))


@pytest.fixture(scope="module")
def measured() -> Evaluation:
    return evaluate(SURE, DECISIONS, KNOWN, CODES)


def test_figures_by_hand(measured: Evaluation) -> None:
    assert measured.accuracy.value == 0.5
    assert measured.top2.value == 1.0
    assert measured.coverage.value == 0.75
    assert measured.selective_accuracy.value == pytest.approx(2 / 3)
    assert measured.lost == 1
    assert measured.calibration_error.value == pytest.approx((0.1 + 0.9 + 0.1 + 0.9) / 4)
    assert measured.macro_f1.value == pytest.approx((2 / 3 + 0.5 + 0) / 3)
    for each in (measured.accuracy, measured.macro_f1, measured.calibration_error):
        assert each.low <= each.value <= each.high


def test_sets_of_labels_by_hand(measured: Evaluation) -> None:
    assert measured.labels.labels_per_tip == 1.25
    assert measured.labels.exact_match.value == 0.75
    assert measured.labels.micro_f1.value == pytest.approx(2 * 4 / (5 + 5))
    assert measured.labels.macro_f1.value == pytest.approx((1 + 2 * 2 / (2 + 3) + 0) / 3)
    assert measured.several is not None
    assert (measured.several.tips, measured.several.exact_match.value) == (1, 1.0)


def test_macro_f1_of_labels_counts_the_categories_that_occur() -> None:
    assert label_figures(np.array([[1, 0, 0]]), np.array([[1, 0, 0]])).macro_f1.value == 1.0


def test_slices_by_hand(measured: Evaluation) -> None:
    x, y = measured.registers
    assert (x.name, x.tips, x.accuracy.value, x.coverage.value) == ("x", 2, 0.5, 0.5)
    assert (y.name, y.tips, y.selective_accuracy.value) == ("y", 1, 1.0)
    assert [(each.name, each.tips) for each in measured.lengths] == [
        ("0-59", 1), ("60-299", 1), ("300-799", 1), ("800+", 1),
    ]  # fmt: skip


def test_categories_by_hand() -> None:
    a, b, c = category_figures(MAIN, np.array([0, 1, 1, 1]), CODES)
    assert (a.support, a.precision.value, a.recall.value) == (2, 1.0, 0.5)
    assert (b.support, b.precision.value, b.recall.value) == (1, pytest.approx(1 / 3), 1.0)
    assert (c.support, c.precision.value, c.recall.value, c.f1.value) == (1, 0.0, 0.0, 0.0)
    assert (b.f1.value, a.f1.value) == (pytest.approx(0.5), pytest.approx(2 / 3))


def test_confusions_are_counted_and_ranked() -> None:
    found = confusions(np.array([0, 0, 1, 2, 2]), np.array([1, 1, 1, 0, 2]), CODES)
    assert [(each.label, each.category, each.count) for each in found] == [("a", "b", 2), ("c", "a", 1)]


@pytest.mark.parametrize(
    ("main", "predicted", "expected"),
    [
        ([0, 0, 1], [0, 0, 1], 1.0),
        ([0, 1], [0, 0], (2 / 3 + 0) / 2),
        ([0, 0], [0, 3], 2 / 3),
        ([2], [2], 1.0),
    ],
)
def test_macro_f1_counts_the_categories_that_occur(main: list[int], predicted: list[int], expected: float) -> None:
    assert macro_f1(np.array(main), np.array(predicted)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("certainty", "right", "error"),
    [([0.75] * 4, [True, True, True, False], 0.0), ([1.0] * 4, [False] * 4, 1.0), ([0.5, 0.5], [True, True], 0.5)],
)
def test_calibration_error_by_hand(certainty: list[float], right: list[bool], error: float) -> None:
    repeated = np.repeat(certainty, 10), np.tile(right, 10)
    assert calibration_error(*repeated) == pytest.approx(error, abs=1e-9)


def test_bins_hold_like_counts_from_the_least_certain_up() -> None:
    certainty = np.linspace(0.0, 1.0, 25)
    bins = reliability(certainty, certainty > 0.5)
    assert [each.tips for each in bins] == [3, 3, 3, 3, 3, 2, 2, 2, 2, 2]
    assert [each.accuracy.value for each in bins] == [0, 0, 0, 0, pytest.approx(2 / 3), 1, 1, 1, 1, 1]
    assert bins[0].certainty == pytest.approx((0 + 1 / 24 + 2 / 24) / 3)


def test_the_coverage_curve_by_hand() -> None:
    points = coverage_curve(np.array([0.2, 0.9, 0.6]), np.array([False, True, False]))
    assert [(each.certainty, each.coverage, each.accuracy) for each in points] == [
        (0.9, pytest.approx(1 / 3), 1.0),
        (0.6, pytest.approx(2 / 3), 0.5),
        (0.2, 1.0, pytest.approx(1 / 3)),
    ]


def test_wilson_by_hand() -> None:
    z2 = 1.96**2
    low, high = wilson(np.array([0, 10, 10, 0]), np.array([10, 10, 100, 0]), 1.96)
    assert low[:2] == pytest.approx([0.0, 10 / (10 + z2)])
    assert high[:2] == pytest.approx([z2 / (10 + z2), 1.0])
    assert (low[2], high[2]) == (pytest.approx(0.0552, abs=1e-4), pytest.approx(0.1744, abs=1e-4))
    assert (low[3], high[3]) == (0.0, 1.0)
    assert share(1, 4).value == 0.25


def test_figures_survive_json(measured: Evaluation) -> None:
    assert Evaluation.parse(json.loads(json.dumps(measured.figures()))) == measured


def test_what_is_known_of_a_corpus(corpus: Corpus) -> None:
    known = labelled(corpus)
    assert known.lengths.tolist() == [len(text) for text in corpus.texts]
    assert known.rows(np.array([24])).indicator.tolist() == [[1, 1, 0]]
    assert known.registers[:2].tolist() == ["message", "note"]
