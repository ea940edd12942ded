"""The search for better parameters of the classifier, judged out of fold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tipclass.card import MACRO_F1
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, folds
from tipclass.evaluate import macro_f1
from tipclass.segment import View

Columns = NDArray[np.int64]

GRID: Mapping[str, tuple[float, ...]] = {"C": (3.0, 10.0, 30.0), "contrast": (0.0, 0.25, 0.5), "piece": (60, 120, 240)}


@dataclass(frozen=True, slots=True)
class Tried:
    """A setting of the parameters of GRID, and the macro-F1 of the main label it had out of fold."""

    parameters: Mapping[str, float]
    macro_f1: float

    def words(self) -> str:
        """Return the parameters as people read them."""
        return ", ".join(f"{name} {value:g}" for name, value in self.parameters.items())

    def as_values(self) -> dict[str, float]:
        """Return everything as plain values by name."""
        return {**self.parameters, MACRO_F1: round(self.macro_f1, 4)}


def settings_to_try(grid: Mapping[str, Sequence[float]] = GRID) -> int:
    """Return how many settings a search tries when every parameter begins at a value of the grid."""
    return 1 + sum(len(values) - 1 for values in grid.values())


def search(
    corpus: Corpus,
    classifier: TipClassifier,
    *,
    grid: Mapping[str, Sequence[float]] = GRID,
    jobs: int = -1,
    done: Callable[[Tried], None] = lambda tried: None,
) -> tuple[TipClassifier, list[Tried]]:
    """Return the classifier with the best parameters found, not fitted, and all that was tried, in order.

    One parameter after the other is moved to its other values and left at the best, so that seven settings are tried
    rather than the twenty-seven of the whole grid; of equal ones the earlier stays. All are judged on the folds that
    training measures on. `done` hears of each setting tried.
    """
    views = classifier.views(corpus.texts)
    tried: list[Tried] = []

    def attempt(parameters: Mapping[str, float]) -> Tried:
        rows, predicted = predict_folds(corpus, with_parameters(classifier, parameters), views, jobs)
        score = macro_f1(corpus.main[rows], predicted)
        tried.append(Tried(parameters, score))
        done(tried[-1])
        return tried[-1]

    best = attempt({name: getattr(classifier, name) for name in grid})
    for name, values in grid.items():
        others = [value for value in values if value != best.parameters[name]]
        best = max(
            [best, *(attempt({**best.parameters, name: value}) for value in others)], key=lambda each: each.macro_f1
        )
    return with_parameters(classifier, best.parameters), tried


def with_parameters(classifier: TipClassifier, parameters: Mapping[str, float]) -> TipClassifier:
    """Return the classifier with other parameters, not fitted."""
    from sklearn.base import clone

    changed: TipClassifier = clone(classifier).set_params(**parameters)
    return changed


def predict_folds(
    corpus: Corpus, classifier: TipClassifier, views: Sequence[View], jobs: int
) -> tuple[Columns, Columns]:
    """Predict every tip by a classifier that saw neither its register nor its group.

    Returns rows of the corpus and columns of the main labels predicted for them, both of shape (scored tips,).
    """
    from joblib import Parallel, delayed

    indicator, splits = corpus.indicator, folds(corpus)
    predicted = Parallel(n_jobs=jobs)(
        delayed(_predict)(classifier, [views[row] for row in fit], indicator[fit], [views[row] for row in test])
        for fit, test in splits
    )
    return np.concatenate([test for _, test in splits]), np.concatenate(predicted)


def _predict(classifier: TipClassifier, fit: Sequence[View], indicator: Columns, test: Sequence[View]) -> Columns:
    columns: Columns = classifier.fit_views(fit, indicator).decide_views(test).argmax(axis=1)
    return columns
