"""The estimator's contract: scikit-learn's rules, the column order, and calibration."""

import pickle

import numpy as np
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_predict

from tipclass.classifier import TipClassifier, _contrasts, _texts
from tipclass.corpus import Corpus, groups
from tipclass.errors import CorpusError
from tipclass.scorer import Scorer


@pytest.fixture(scope="module")
def fitted(classifier: TipClassifier, corpus: Corpus) -> TipClassifier:
    return clone(classifier).fit(corpus.texts, corpus.indicator)


def test_columns_follow_the_taxonomy(fitted: TipClassifier, corpus: Corpus) -> None:
    scores = fitted.predict_proba(["污水直接排进河里", "晚上有人电鱼", "会议强调要提高站位"])
    assert scores.shape == (3, 3)
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]
    swapped = TipClassifier(corpus.taxonomy.codes[::-1], fitted.lexicon).fit(corpus.texts, corpus.indicator[:, ::-1])
    assert np.allclose(swapped.predict_proba(["污水"])[:, ::-1], fitted.predict_proba(["污水"]), atol=2e-3)


def test_unfitted_says_so(classifier: TipClassifier) -> None:
    for method in ("predict", "predict_proba", "decision_function"):
        with pytest.raises(NotFittedError):
            getattr(clone(classifier), method)(["污水"])
    with pytest.raises(NotFittedError):
        clone(classifier).arrays()


def test_clone_and_set_params_reach_the_model(fitted: TipClassifier, corpus: Corpus) -> None:
    other = clone(fitted).set_params(C=0.01)
    assert other.get_params()["C"] == 0.01
    assert not hasattr(other, "coef_")
    weak = other.fit(corpus.texts, corpus.indicator)
    assert np.abs(weak.coef_).sum() < np.abs(fitted.coef_).sum()


def test_input_is_left_alone_and_fitting_twice_gives_the_same(classifier: TipClassifier, corpus: Corpus) -> None:
    texts, indicator = list(corpus.texts), corpus.indicator
    one = clone(classifier).fit(texts, indicator).predict_proba(texts)
    two = clone(classifier).fit(texts, indicator).predict_proba(texts)
    assert (one == two).all()
    assert texts == corpus.texts
    assert (indicator == corpus.indicator).all()


def test_it_can_be_pickled(fitted: TipClassifier) -> None:
    twin = pickle.loads(pickle.dumps(fitted))
    assert (twin.predict_proba(["污水"]) == fitted.predict_proba(["污水"])).all()


@pytest.mark.xdist_group("joblib")  # its processes are kept for a while
def test_grouped_cross_validation_and_search(classifier: TipClassifier, corpus: Corpus) -> None:
    folds = GroupKFold(2)
    out = cross_val_predict(
        classifier, corpus.texts, corpus.indicator, groups=groups(corpus), cv=folds, method="predict_proba"
    )
    assert out.shape == corpus.indicator.shape
    search = GridSearchCV(classifier, {"C": [1, 10]}, cv=folds, scoring="f1_micro", n_jobs=2)
    search.fit(corpus.texts, corpus.indicator, groups=groups(corpus))
    assert search.best_params_["C"] in {1, 10}


def test_a_category_without_tips_is_named_before_fitting(classifier: TipClassifier, corpus: Corpus) -> None:
    indicator = corpus.indicator.copy()
    indicator[:, 1] = 0
    with pytest.raises(CorpusError, match="illegal_fishing"):
        clone(classifier).fit(corpus.texts, indicator)


def test_a_y_of_another_shape_is_refused(classifier: TipClassifier, corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="shape"):
        clone(classifier).fit(corpus.texts, corpus.main)


def test_calibration_bends_scores_and_keeps_their_order(fitted: TipClassifier, corpus: Corpus) -> None:
    bent = clone(fitted).fit(corpus.texts, corpus.indicator).calibrate([2.0, 0.5, 1.0])
    before, after = fitted.predict_proba(corpus.texts), bent.predict_proba(corpus.texts)
    assert not np.allclose(before, after)
    assert (np.argsort(before[:, 0]) == np.argsort(after[:, 0])).all()


def test_contrast_stretches_what_stands_unevenly() -> None:
    features = sparse.csr_matrix(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]))
    column = np.array([1, 1, 0, 0])
    (inside,), (outside,) = _texts(features, column[:, None])
    even = _contrasts(inside, outside, 0.0)
    stretched = _contrasts(inside, outside, 1.0)
    assert even.tolist() == [1.0, 1.0]
    assert stretched.mean() == pytest.approx(1.0)
    assert stretched[0] > 1.0 > stretched[1]


def test_predict_gives_at_least_one_label(fitted: TipClassifier) -> None:
    assert (fitted.predict(["今天天气很好", "污水和电鱼"]).sum(axis=1) >= 1).all()


def test_characters_that_weigh_nothing_are_not_counted(classifier: TipClassifier, corpus: Corpus) -> None:
    words = clone(classifier).set_params(character_weight=0.0).fit(corpus.texts, corpus.indicator)
    arrays = words.arrays()
    assert arrays.characters == ()
    assert len(arrays.weights) == len(arrays.words) + len(words.categories)
    scorer = Scorer(arrays, words.lexicon, words.categories)
    assert np.allclose(scorer.score(corpus.texts), words.predict_proba(corpus.texts), atol=1e-9)
