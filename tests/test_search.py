"""The search for parameters: its path over a grid, and a real one on the small corpus."""

from collections.abc import Mapping

import pytest

from tipclass import search
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus

GRID = {"C": (3.0, 10.0, 30.0), "piece": (60, 120)}


def scripted(monkeypatch: pytest.MonkeyPatch, scores: Mapping[tuple[float, float], float]) -> None:
    """Let settings (C, piece) score as told."""

    def score(corpus: Corpus, classifier: TipClassifier, *rest: object) -> float:
        return scores.get((classifier.C, classifier.piece), 0.0)

    monkeypatch.setattr(search, "predict_folds", lambda corpus, *rest: (slice(None), score(corpus, *rest)))
    monkeypatch.setattr(search, "macro_f1", lambda main, predicted: predicted)


@pytest.mark.parametrize(
    ("scores", "best"),
    [
        ({(10, 120): 0.5}, (10, 120)),
        ({(10, 120): 0.5, (30, 120): 0.6}, (30, 120)),
        ({(10, 120): 0.5, (30, 120): 0.6, (30, 60): 0.7}, (30, 60)),
        ({(10, 120): 0.5, (3, 60): 0.9}, (10, 120)),  # lies off the path
        ({(10, 120): 0.5, (3, 120): 0.5, (10, 60): 0.5}, (10, 120)),  # of equal ones the earlier stays
    ],
)
def test_one_parameter_after_the_other_is_left_at_its_best(
    corpus: Corpus,
    classifier: TipClassifier,
    monkeypatch: pytest.MonkeyPatch,
    scores: dict[tuple[float, float], float],
    best: tuple[float, float],
) -> None:
    scripted(monkeypatch, scores)
    heard: list[search.Tried] = []
    found, tried = search.search(corpus, classifier, grid=GRID, done=heard.append)
    assert (found.C, found.piece) == best
    assert heard == tried
    assert len(tried) == search.settings_to_try(GRID) == 4
    assert tried[0].as_values() == {"C": 10.0, "piece": 120, "macro_f1": 0.5}
    assert (classifier.C, classifier.piece, hasattr(found, "coef_")) == (10.0, 120, False)


def test_settings_are_judged_out_of_fold(corpus: Corpus, classifier: TipClassifier) -> None:
    best, tried = search.search(corpus, classifier, grid={"C": (1e-9, 10.0)}, jobs=1)
    assert best.C == 10.0
    assert [each.parameters["C"] for each in tried] == [10.0, 1e-9]
    assert 0.0 <= tried[1].macro_f1 < tried[0].macro_f1 <= 1.0


def test_the_grid_names_parameters_of_the_classifier(classifier: TipClassifier) -> None:
    for name, values in search.GRID.items():
        assert getattr(classifier, name) in values
