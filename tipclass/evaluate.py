"""Evaluation: how good certainties and decisions are, by category, register and length, with intervals.

Intervals hold 95 %: of shares by Wilson's formula, of all else as percentiles of a bootstrap over texts.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from tipclass.corpus import Corpus
from tipclass.records import Decision, Route

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]
Truths = NDArray[np.bool_]
RESAMPLES = 400
BINS = 10
CURVE_POINTS = 50
LENGTHS = (60, 300, 800)  # characters, where one class of length ends and the next begins


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """Precision, recall and F1 of the main label, for one category with `support` texts."""

    code: str
    support: int
    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """How good the sets of labels given are on some texts; `labels_per_tip` is how many were given."""

    tips: int
    micro_f1: Estimate
    macro_f1: Estimate
    exact_match: Estimate
    labels_per_tip: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one main label was taken for another."""

    label: str
    category: str
    count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Texts of like certainty: how many, how certain on average, and the share whose main label is right."""

    tips: int
    certainty: float
    accuracy: Estimate


@dataclass(frozen=True, slots=True)
class Point:
    """What would go on if every text from `certainty` on did: the share of texts, and the share of them right."""

    certainty: float
    coverage: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Slice:
    """Figures of some of the texts, named by what they have in common."""

    name: str
    tips: int
    accuracy: Estimate
    coverage: Estimate
    selective_accuracy: Estimate


@dataclass(frozen=True)
class Evaluation:
    """All figures of one evaluation; shares lie in [0, 1].

    coverage: share of tips that went on without a person; selective_accuracy: share of those whose main label is right.
    labels, several: of the sets of labels given, on all texts and on those with several labels.
    reliability, calibration_error: of the certainty of the main label, in ten bins of equal count.
    lost: tips with a lead that were set aside.
    """

    tips: int
    accuracy: Estimate
    macro_f1: Estimate
    top2: Estimate
    top3: Estimate
    labels: LabelFigures
    several: LabelFigures | None
    coverage: Estimate
    selective_accuracy: Estimate
    calibration_error: Estimate
    lost: int
    categories: tuple[CategoryFigures, ...]
    confusions: tuple[Confusion, ...]
    reliability: tuple[Bin, ...]
    curve: tuple[Point, ...]
    registers: tuple[Slice, ...]
    lengths: tuple[Slice, ...]

    def figures(self) -> dict[str, Any]:
        """Return everything as plain values, stable for JSON."""
        return asdict(self)

    @classmethod
    def parse(cls, figures: Mapping[str, Any]) -> Self:
        """Build an evaluation from its figures; raises pydantic.ValidationError where they do not fit."""
        return TypeAdapter(cls).validate_python(figures)


@dataclass(frozen=True)
class Labelled:
    """What is known of the texts that are measured, row by row.

    indicator: all labels, shape (texts, categories); main: the column of the main label, shape (texts,); registers and
    lengths (characters), shape (texts,).
    """

    indicator: Columns
    main: Columns
    registers: NDArray[np.str_]
    lengths: Columns

    def rows(self, chosen: Columns) -> "Labelled":
        """Return some of the rows."""
        return Labelled(self.indicator[chosen], self.main[chosen], self.registers[chosen], self.lengths[chosen])


def labelled(corpus: Corpus) -> Labelled:
    """Return what is known of the tips of a corpus."""
    registers = np.array([tip.register for tip in corpus.tips])
    lengths = np.array([len(text) for text in corpus.texts], dtype=np.int64)
    return Labelled(corpus.indicator, corpus.main, registers, lengths)


def evaluate(sure: Matrix, decisions: Sequence[Decision], known: Labelled, codes: Sequence[str]) -> Evaluation:
    """Measure certainties, shape (texts, categories), and the decisions taken on them against what is known."""
    main, count = known.main, len(known.main)
    predicted = np.array([codes.index(each.main.code) for each in decisions], dtype=np.int64)
    certainty = np.array([each.certainty for each in decisions])
    right = predicted == main
    given = _given(decisions, codes)
    sent_on = np.array([each.route is not Route.REVIEW for each in decisions], dtype=bool)
    aside = np.array([each.route is Route.SET_ASIDE for each in decisions], dtype=bool)
    order = np.argsort(-sure, axis=1, kind="stable")
    several = np.flatnonzero(known.indicator.sum(axis=1) > 1)
    return Evaluation(
        tips=count,
        accuracy=_share_of(right),
        macro_f1=estimate(lambda rows: macro_f1(main[rows], predicted[rows]), count),
        top2=_share_of((order[:, :2] == main[:, None]).any(axis=1)),
        top3=_share_of((order[:, :3] == main[:, None]).any(axis=1)),
        labels=label_figures(known.indicator, given),
        several=label_figures(known.indicator[several], given[several]) if several.size else None,
        coverage=_share_of(sent_on),
        selective_accuracy=_share_of(right[sent_on]),
        calibration_error=estimate(lambda rows: calibration_error(certainty[rows], right[rows]), count),
        lost=int((aside & ~right).sum()),
        categories=category_figures(main, predicted, codes),
        confusions=confusions(main, predicted, codes),
        reliability=reliability(certainty, right),
        curve=coverage_curve(certainty, right),
        registers=_slices(known.registers, sorted(filter(None, set(known.registers.tolist()))), right, sent_on),
        lengths=_slices(_length_names(known.lengths), length_names(), right, sent_on),
    )


def macro_f1(main: Columns, predicted: Columns) -> float:
    """Return the mean F1 of the main label over the categories that occur among the labels."""
    counts = np.bincount(main), np.bincount(predicted), np.bincount(main[main == predicted])
    most = max(map(len, counts))
    true, given, hit = (np.pad(each, (0, most - len(each))) for each in counts)
    return float(np.mean(2 * hit[true > 0] / (true + given)[true > 0]))


def category_figures(main: Columns, predicted: Columns, codes: Sequence[str]) -> tuple[CategoryFigures, ...]:
    """Return the figures of every category, in order; a category nobody predicted has precision 0."""
    size = len(codes)

    def table(rows: Columns) -> Columns:
        return np.bincount(main[rows] * size + predicted[rows], minlength=size * size).reshape(size, size)

    def f1(rows: Columns) -> Matrix:
        counts = table(rows)
        f1: Matrix = 2 * counts.diagonal() / np.maximum(1, counts.sum(axis=0) + counts.sum(axis=1))
        return f1

    counts = table(np.arange(len(main)))
    hit, given, true = counts.diagonal().tolist(), counts.sum(axis=0).tolist(), counts.sum(axis=1).tolist()
    return tuple(
        CategoryFigures(code, true[k], share(hit[k], given[k]), share(hit[k], true[k]), each)
        for k, (code, each) in enumerate(zip(codes, _estimates(f1, len(main)), strict=True))
    )


def label_figures(indicator: Columns, given: Columns) -> LabelFigures:
    """Measure sets of labels given against all labels, both of shape (texts, categories)."""

    both, either = (indicator * given).astype(np.float64), (indicator + given).astype(np.float64)
    same = (indicator == given).all(axis=1)
    labels = indicator.astype(np.float64)

    def measured(rows: Columns) -> Matrix:
        times = np.bincount(rows, minlength=len(given)).astype(np.float64)  # whole numbers: the sums are exact
        hit, total = times @ both, times @ either
        by_category = (2 * hit / np.maximum(1, total))[times @ labels > 0]
        return np.array([2 * hit.sum() / max(1, total.sum()), by_category.mean(), same[rows].mean()])

    micro, macro, exact = _estimates(measured, len(given))
    return LabelFigures(len(given), micro, macro, exact, float(given.sum(axis=1).mean()))


def confusions(main: Columns, predicted: Columns, codes: Sequence[str]) -> tuple[Confusion, ...]:
    """Return the mistakes, most frequent first."""
    wrong = Counter((codes[m], codes[p]) for m, p in zip(main.tolist(), predicted.tolist(), strict=True) if m != p)
    ranked = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confusion(label, category, count) for (label, category), count in ranked)


def reliability(certainty: Matrix, right: Truths) -> tuple[Bin, ...]:
    """Return bins of equal count from the least certain texts to the most certain ones."""
    return tuple(Bin(len(part), float(certainty[part].mean()), _share_of(right[part])) for part in _bins(certainty))


def calibration_error(certainty: Matrix, right: Truths) -> float:
    """Return the expected calibration error: the mean gap between certainty and accuracy over the bins."""
    gaps = (abs(certainty[part].mean() - right[part].mean()) * part.size for part in _bins(certainty))
    return float(sum(gaps) / len(certainty))


def coverage_curve(certainty: Matrix, right: Truths) -> tuple[Point, ...]:
    """Return how accuracy falls as more texts go on, the most certain first."""
    order = np.argsort(-certainty, kind="stable")
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last = np.unique(np.linspace(0, len(order) - 1, min(CURVE_POINTS, len(order))).round().astype(np.int64))
    return tuple(
        Point(float(certainty[order[row]]), float((row + 1) / len(order)), float(accuracy[row])) for row in last
    )


def length_names() -> tuple[str, ...]:
    """Return the names of the classes of length, the shortest first."""
    bounds = (0, *LENGTHS)
    return (*(f"{low}-{high - 1}" for low, high in zip(bounds, LENGTHS, strict=False)), f"{LENGTHS[-1]}+")


def _length_names(lengths: Columns) -> NDArray[np.str_]:
    return np.array(length_names())[np.searchsorted(LENGTHS, lengths, side="right")]


def _slices(by: NDArray[np.str_], names: Sequence[str], right: Truths, sent_on: Truths) -> tuple[Slice, ...]:
    found = ((name, by == name) for name in names)
    return tuple(
        Slice(
            name,
            int(mine.sum()),
            _share_of(right[mine]),
            _share_of(sent_on[mine]),
            _share_of(right[mine & sent_on]),
        )
        for name, mine in found
        if mine.any()
    )


def _bins(certainty: Matrix) -> list[Columns]:
    order = np.argsort(certainty, kind="stable")
    return [part for part in np.array_split(order, BINS) if part.size]


def _given(decisions: Sequence[Decision], codes: Sequence[str]) -> Columns:
    given = np.zeros((len(decisions), len(codes)), dtype=np.int64)
    for row, decision in enumerate(decisions):
        given[row, [codes.index(label.code) for label in decision.labels]] = 1
    return given


def share(hits: int, count: int) -> Estimate:
    """Return hits / count with Wilson's interval; of nothing, 0 with an interval of all."""
    low, high = wilson(np.array([hits]), np.array([count]), 1.96)
    return Estimate(hits / max(1, count), float(low[0]), float(high[0]))


def wilson(hits: Columns, counts: Columns, quantile: float) -> tuple[Matrix, Matrix]:
    """Return the ends of Wilson's interval of hits / counts, elementwise, for a quantile of the standard normal."""
    number, z2 = np.maximum(1, counts), quantile**2
    part = hits / number
    centre = (part + z2 / (2 * number)) / (1 + z2 / number)
    spread = quantile * np.sqrt(part * (1 - part) / number + z2 / (4 * number**2)) / (1 + z2 / number)
    known = counts > 0
    return np.where(known, np.maximum(0.0, centre - spread), 0.0), np.where(
        known, np.minimum(1.0, centre + spread), 1.0
    )


def _share_of(truths: Truths) -> Estimate:
    return share(int(truths.sum()), truths.size)


def estimate(figure: Callable[[Columns], float], count: int) -> Estimate:
    """Return a figure over `count` texts, given their rows, with its bootstrap interval."""
    return _estimates(lambda rows: np.array([figure(rows)]), count)[0]


def _estimates(figures: Callable[[Columns], Matrix], count: int) -> list[Estimate]:
    """Return figures over `count` texts with their bootstrap intervals."""
    generator = np.random.default_rng(0)
    values = np.array([figures(generator.integers(0, count, count)) for _ in range(RESAMPLES)])
    low, high = np.percentile(values, (2.5, 97.5), axis=0)
    found = zip(figures(np.arange(count)), low, high, strict=True)
    return [Estimate(*map(float, each)) for each in found]
