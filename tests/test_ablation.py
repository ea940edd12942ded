"""The ablation: figures by hand on scripted predictions, and a real one on the small corpus."""

import numpy as np
import pytest

from tipclass import ablation
from tipclass.classifier import TipClassifier
from tipclass.comparison import mcnemar
from tipclass.corpus import Corpus

PARTS = {"without characters": {"character_weight": 0.0}}


def test_a_part_is_judged_by_the_texts_it_wins_and_loses(
    corpus: Corpus, classifier: TipClassifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def predict(corpus: Corpus, changed: TipClassifier, *rest: object) -> tuple[np.ndarray, np.ndarray]:
        rows = np.arange(len(corpus.tips))
        predicted = corpus.main.copy()
        wrong = [0] if changed.character_weight else [1, 2, 3]
        predicted[wrong] = (predicted[wrong] + 1) % len(corpus.taxonomy.codes)
        return rows, predicted

    monkeypatch.setattr(ablation, "predict_folds", predict)
    heard: list[int] = []
    whole, without = ablation.ablate(corpus, classifier, parts=PARTS, done=heard.append)
    assert heard == [1, 1]
    assert (whole.part, whole.won, whole.lost, whole.p) == (ablation.FULL, 0, 0, 1.0)
    assert (without.part, without.won, without.lost, without.p) == ("without characters", 1, 3, mcnemar(1, 3))
    assert without.accuracy == pytest.approx(1 - 3 / len(corpus.tips))
    assert without.as_values()["accuracy"] == round(without.accuracy, 4)


def test_a_classifier_without_its_features_is_worse(corpus: Corpus, classifier: TipClassifier) -> None:
    nothing = {"nearly nothing": {"character_weight": 0.0, "C": 1e-9}}
    whole, without = ablation.ablate(corpus, classifier, parts=nothing, jobs=1)
    assert without.macro_f1 < whole.macro_f1


def test_the_parts_are_parameters_of_the_classifier(classifier: TipClassifier) -> None:
    assert {name for parameters in ablation.PARTS.values() for name in parameters} <= classifier.get_params().keys()
