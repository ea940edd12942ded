"""The scorer: equal to the estimator, and sound arrays."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus
from tipclass.lexicon import Lexicon
from tipclass.scorer import Scorer, certainties, hits, scores
from tipclass.segment import View


@pytest.fixture(scope="module")
def pair(classifier: TipClassifier, corpus: Corpus) -> tuple[TipClassifier, Scorer]:
    fitted = clone(classifier).fit(corpus.texts, corpus.indicator).calibrate([1.3, -0.4, 0.7, 0.8, 0.1])
    return fitted, Scorer(fitted.arrays(), fitted.lexicon, corpus.taxonomy.codes)


@given(texts=st.lists(st.text(st.sampled_from("污水电鱼河里有人会议强调，。 绝户网a1※傾"), max_size=30), max_size=4))
@settings(max_examples=150)
def test_scores_equal_the_estimators(pair: tuple[TipClassifier, Scorer], texts: list[str]) -> None:
    fitted, scorer = pair
    assert scorer.score(texts).shape == (len(texts), 3)
    if texts:
        assert np.abs(scorer.score(texts) - fitted.predict_proba(texts)).max() < 1e-9


def test_corpus_scores_equal_the_estimators(pair: tuple[TipClassifier, Scorer], corpus: Corpus) -> None:
    fitted, scorer = pair
    assert np.abs(scorer.score(corpus.texts) - fitted.predict_proba(corpus.texts)).max() < 1e-9


def test_known_counts_words_of_the_vocabulary(pair: tuple[TipClassifier, Scorer]) -> None:
    _, scorer = pair
    cuts = scorer.segmenter.cuts(["", "量子纠缠", "污水，污水"])
    assert scorer.word_counts(cuts).tolist() == [[0, 0], [0, 2], [2, 2]]


def test_hits_are_counted_by_category_and_dampened(lexicon: Lexicon) -> None:
    counted = hits([View(["电鱼", "电鱼", "污水"], []), View([], [])], lexicon, ("water_pollution", "illegal_fishing"))
    assert counted == pytest.approx(np.array([[np.log(2), np.log(3)], [0, 0]]))


@pytest.mark.parametrize("name", ["idf", "weights", "intercept", "calibration", "blocks"])
def test_arrays_of_another_shape_or_not_finite_are_named(pair: tuple[TipClassifier, Scorer], name: str) -> None:
    arrays = pair[1].arrays
    assert arrays.problem() == ""
    array = getattr(arrays, name)
    assert replace(arrays, **{name: array[..., :-1]}).problem()
    broken = array.copy()
    broken.flat[0] = np.nan
    assert replace(arrays, **{name: broken}).problem() == name


def test_scores_are_logistic_and_do_not_overflow() -> None:
    decisions = np.array([[-1e4, 0.0, 1e4]])
    assert scores(decisions, np.array([1.0, 0.0, 1.0])).tolist() == [[0.0, 0.5, 1.0]]
    assert scores(np.array([[0.0]]), np.array([3.0, np.log(3), 1.0])) == pytest.approx(0.75)


def test_certainties_share_one_out_and_the_temperature_sharpens_them() -> None:
    decisions = np.array([[0.0, np.log(3)], [1e4, -1e4]])
    plain = np.array([9.0, 9.0, 1.0, 1.0, 0.0])
    assert certainties(decisions, plain) == pytest.approx(np.array([[0.25, 0.75], [1.0, 0.0]]))
    assert certainties(decisions, np.array([9.0, 9.0, 2.0, 1.0, 0.0]))[0] == pytest.approx([0.1, 0.9])
    assert certainties(np.zeros((0, 2)), plain).shape == (0, 2)


def test_sharpness_and_lift_move_the_best_and_the_others_share_the_rest() -> None:
    decisions = np.log(np.array([[0.8, 0.15, 0.05], [0.4, 0.35, 0.25]]))
    moved = certainties(decisions, np.array([1.0, 0.0, 1.0, 0.5, 0.0]))
    assert moved[0] == pytest.approx([2 / 3, 0.25, 1 / 12])
    assert moved.sum(axis=1) == pytest.approx(1.0)
    lowered = certainties(decisions, np.array([1.0, 0.0, 1.0, 1.0, -3.0]))
    assert lowered[1, 0] == pytest.approx(lowered[1, 1])  # the best is never less likely than another
    assert lowered.argmax(axis=1).tolist() == [0, 0]
