"""Calibration: what decision values are worth, and the thresholds that keep a promise, fitted out of fold."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from tipclass.decide import NEVER, Judgement, Policy
from tipclass.evaluate import wilson
from tipclass.scorer import TINY, certainties

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]

LEAST_KNOWN = 2  # words
UNLIKE = 0.005  # share of out-of-fold tips that know so few of their words that they count as unlike the corpus
POOLED_BELOW = 60  # a category with fewer out-of-fold predictions shares its threshold with the other small ones
BOUND = 1.282  # standard normal quantile of the one-sided 90 % bound on precision


def fit_calibration(decisions: Matrix, indicator: Columns, main: Columns) -> Matrix:
    """Return slope, offset, temperature, sharpness and lift, shape (5,), for decisions of shape (texts, categories).

    All categories share them: out of fold, whole registers are missing, and numbers of their own would make up for
    that where the finished model need not. Slope and offset turn a decision value into log-odds (Platt scaling); the
    temperature gives the softmax over categories the best likelihood; sharpness and lift (Platt scaling once more, of
    the best share) make its certainty as sure as it is right.
    """
    platt = LogisticRegression(C=1e4).fit(decisions.reshape(-1, 1), indicator.reshape(-1))

    def loss(temperature: float) -> float:
        sure = certainties(decisions, np.array([1.0, 0.0, temperature, 1.0, 0.0]))
        return float(-np.log(sure[np.arange(len(main)), main] + TINY).mean())

    temperature = float(minimize_scalar(loss, bounds=(0.05, 20.0), method="bounded").x)
    sharpness, lift = _fit_sharpness(certainties(decisions, np.array([1.0, 0.0, temperature, 1.0, 0.0])), main)
    return np.array([float(platt.coef_[0, 0]), float(platt.intercept_[0]), temperature, sharpness, lift])


def _fit_sharpness(sure: Matrix, main: Columns) -> tuple[float, float]:
    top, right = np.clip(sure.max(axis=1), TINY, 1.0 - TINY), sure.argmax(axis=1) == main
    if right.all() or not right.any():
        return 1.0, 0.0
    fitted = LogisticRegression(C=1e4).fit(np.log(top / (1.0 - top)).reshape(-1, 1), right)
    return max(0.0, float(fitted.coef_[0, 0])), float(fitted.intercept_[0])


def fit_policy(judged: Sequence[Judgement], indicator: Columns, main: Columns, targets: Mapping[str, float]) -> Policy:
    """Choose the thresholds that let most tips go on while what goes on keeps the precision promised by category.

    `targets` stands in the taxonomy's order; `indicator` has shape (tips, categories), `main` shape (tips,).
    """
    sure, labels = (np.array([getattr(each, name) for each in judged]) for name in ("certainties", "scores"))
    predicted, top = sure.argmax(axis=1), sure.max(axis=1)
    right = predicted == main
    small = [column for column in range(len(targets)) if (predicted == column).sum() < POOLED_BELOW]
    accept, label = {}, {}
    for column, (code, target) in enumerate(targets.items()):
        mine = np.isin(predicted, small) if column in small else predicted == column
        tested = indicator[:, column].any()  # of a category that nobody tested nothing can be promised
        accept[code] = least_score(top[mine], right[mine], target) if tested else NEVER
        label[code] = label_threshold(labels[:, column], indicator[:, column])
    shares = [(each.known + 1) / (each.words + 1) for each in judged]
    return Policy(
        least_known=LEAST_KNOWN,
        least_share=round(float(np.quantile(shares, UNLIKE)), 4),
        passage=passage_threshold(judged, indicator, np.array(list(label.values()))),
        target=targets,
        accept=accept,
        label=label,
    )


def least_score(top: Matrix, right: NDArray[np.bool_], target: float) -> float:
    """Return the lowest threshold above which the lower bound on precision holds the target; NEVER where none does."""
    order = np.argsort(-top, kind="stable")
    counts = np.arange(1, len(top) + 1)
    low, _ = wilson(np.cumsum(right[order]), counts, BOUND)
    holds = np.flatnonzero(low >= target)
    return round(float(top[order][holds[-1]]), 4) if holds.size else NEVER


def label_threshold(scores: Matrix, labels: Columns) -> float:
    """Return the threshold in [0.3, 0.8] with the best F1 for giving a category as a label."""
    thresholds = np.round(np.arange(0.3, 0.81, 0.05), 2)
    hit = np.array([(labels[scores >= t] == 1).sum() for t in thresholds])
    given = np.array([(scores >= t).sum() for t in thresholds])
    return float(thresholds[np.argmax(2 * hit / np.maximum(1, given + labels.sum()))])


def passage_threshold(judged: Sequence[Judgement], indicator: Columns, label: Matrix) -> float:
    """Return the certainty in [0.5, 0.95] from which a passage gives its category to the whole as a label.

    The one with the best F1 over all labels; NEVER where no text has several passages. `label` are the thresholds of
    the whole text, shape (categories,).
    """
    several = [row for row, each in enumerate(judged) if each.passages]
    if not several:
        return NEVER
    whole = np.array([judged[row].scores for row in several]) >= label
    best = np.array([np.max([each.certainties for each in judged[row].passages], axis=0) for row in several])
    truth = indicator[several].astype(bool)
    thresholds = np.round(np.arange(0.5, 0.96, 0.05), 2)
    f1 = [
        2 * (truth & given).sum() / (truth.sum() + given.sum())
        for given in (whole | (best >= threshold) for threshold in thresholds)
    ]
    return float(thresholds[int(np.argmax(f1))])
