"""Evaluation: how good scores and decisions are, by categories, with intervals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tipclass.records import Decision, Route

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]
RESAMPLES = 200
BINS = 10


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """Precision, recall and F1 of the main label, for one category."""

    code: str
    support: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one main label was taken for another."""

    label: str
    category: str
    count: int


@dataclass(frozen=True)
class Evaluation:
    """All figures of one evaluation; shares lie in [0, 1].

    coverage: share of tips that went on without a person; selective_accuracy: share of those whose main label is right.
    labels_per_tip, label_micro_f1, label_macro_f1, exact_match: of the sets of labels given, against all labels.
    lost: tips with a lead that were set aside.
    """

    tips: int
    accuracy: Estimate
    macro_f1: Estimate
    top2: float
    top3: float
    label_micro_f1: float
    label_macro_f1: float
    exact_match: float
    labels_per_tip: float
    coverage: float
    selective_accuracy: float
    calibration_error: float
    lost: int
    categories: tuple[CategoryFigures, ...]
    confusions: tuple[Confusion, ...]

    def figures(self) -> dict[str, Any]:
        """Return everything as plain values, stable for JSON."""
        return asdict(self)


def evaluate(
    sure: Matrix,
    decisions: Sequence[Decision],
    indicator: Columns,
    main: Columns,
    codes: Sequence[str],
    *,
    seed: int = 0,
) -> Evaluation:
    """Measure certainties, shape (tips, categories), and the decisions taken on them against labels.

    `indicator` has all labels, shape (tips, categories); `main` the column of the main label, shape (tips,).
    """
    predicted = np.array([codes.index(each.main.code) for each in decisions], dtype=np.int64)
    right = predicted == main
    given = _given(decisions, codes)
    sent_on = np.array([each.route is not Route.REVIEW for each in decisions], dtype=bool)
    aside = np.array([each.route is Route.SET_ASIDE for each in decisions], dtype=bool)
    order = np.argsort(-sure, axis=1, kind="stable")
    return Evaluation(
        tips=len(main),
        accuracy=_estimate(lambda rows: float(right[rows].mean()), len(main), seed),
        macro_f1=_estimate(lambda rows: macro_f1(main[rows], predicted[rows]), len(main), seed),
        top2=float((order[:, :2] == main[:, None]).any(axis=1).mean()),
        top3=float((order[:, :3] == main[:, None]).any(axis=1).mean()),
        label_micro_f1=_f1(indicator.ravel(), given.ravel()),
        label_macro_f1=float(np.mean([_f1(indicator[:, k], given[:, k]) for k in np.unique(indicator.nonzero()[1])])),
        exact_match=float((given == indicator).all(axis=1).mean()),
        labels_per_tip=float(given.sum(axis=1).mean()),
        coverage=float(sent_on.mean()),
        selective_accuracy=float(right[sent_on].mean()) if sent_on.any() else 1.0,
        calibration_error=calibration_error(np.array([each.certainty for each in decisions]), right),
        lost=int((aside & ~right).sum()),
        categories=tuple(category_figures(main, predicted, codes)),
        confusions=tuple(confusions(main, predicted, codes)),
    )


def macro_f1(main: Columns, predicted: Columns) -> float:
    """Return the mean F1 of the main label over the categories that occur among the labels."""
    return float(np.mean([_f1(main == column, predicted == column) for column in np.unique(main)]))


def category_figures(main: Columns, predicted: Columns, codes: Sequence[str]) -> list[CategoryFigures]:
    """Return the figures of every category, in order; a category nobody predicted has precision 0."""
    figures = []
    for column, code in enumerate(codes):
        true, given = main == column, predicted == column
        hit = int((true & given).sum())
        precision, recall = hit / max(1, int(given.sum())), hit / max(1, int(true.sum()))
        figures.append(CategoryFigures(code, int(true.sum()), precision, recall, _f1(true, given)))
    return figures


def confusions(main: Columns, predicted: Columns, codes: Sequence[str], *, most: int = 20) -> list[Confusion]:
    """Return the commonest mistakes, most frequent first."""
    wrong = Counter((codes[m], codes[p]) for m, p in zip(main.tolist(), predicted.tolist(), strict=True) if m != p)
    ranked = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))
    return [Confusion(label, category, count) for (label, category), count in ranked[:most]]


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error of the top score: mean gap over ten bins of equal count."""
    order = np.argsort(confidence, kind="stable")
    bins = [part for part in np.array_split(order, BINS) if part.size]
    return float(sum(abs(confidence[part].mean() - right[part].mean()) * part.size for part in bins) / len(order))


def _given(decisions: Sequence[Decision], codes: Sequence[str]) -> Columns:
    given = np.zeros((len(decisions), len(codes)), dtype=np.int64)
    for row, decision in enumerate(decisions):
        given[row, [codes.index(label.code) for label in decision.labels]] = 1
    return given


def _f1(true: NDArray[Any], given: NDArray[Any]) -> float:
    true, given = true.astype(bool), given.astype(bool)
    total = int(true.sum() + given.sum())
    return 2.0 * int((true & given).sum()) / total if total else 1.0


def _estimate(figure: Any, count: int, seed: int) -> Estimate:
    generator = np.random.default_rng(seed)
    values = sorted(figure(generator.integers(0, count, count)) for _ in range(RESAMPLES))
    return Estimate(figure(np.arange(count)), values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1])
