"""The scikit-learn estimator: words, characters and lexicon hits -> TF-IDF -> one-vs-rest linear -> calibrated scores.

After fitting, every learned number is rounded to float32 and computed with in float64, so that the arrays a model is
stored as give the same scores (see `scorer`).
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from tipclass import messages
from tipclass.errors import CorpusError
from tipclass.lexicon import Lexicon
from tipclass.scorer import Arrays, hits, scores, word_counts
from tipclass.segment import Segmenter, View

Matrix = NDArray[np.float64]
UNCALIBRATED = (1.0, 0.0, 1.0, 1.0, 0.0)


class TipClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Classifier of tips that gives every category a score of its own.

    Parameters
    ----------
    categories : tuple of str
        The codes of the taxonomy; the columns of `y` and of every score matrix, in this order.
    lexicon : Lexicon
        Words for the segmenter, and whose hits are counted by category.
    C : float
        Inverse strength of the L2 penalty.
    min_df : int
        The number of texts a term must stand in to become a feature.
    max_words, max_characters : int
        At most so many words, and character 1- and 2-grams, the most frequent first; keeps the model small.
    character_weight, lexicon_weight : float
        Length of the character block and of one dampened lexicon hit, where the word block has length 1; characters
        that weigh nothing are not counted at all.
    piece : int
        Training texts are cut into pieces of about so many characters, each with all labels of its text: a long text
        then counts for more than its title, and what says nothing about a matter is met under every label.
    contrast : float
        How much a feature is stretched, before a category is fitted, by how unevenly it stands in the texts with and
        without the category (its log-count ratio; Wang and Manning 2012); 0 leaves all features alike.

    Attributes
    ----------
    coef_ : array of shape (features, categories)
    intercept_ : array of shape (categories,)
    calibration_ : array of shape (5,)
        Slope, offset, temperature, sharpness and lift (see `scorer`); UNCALIBRATED until `calibrate`.

    `predict_proba` gives scores in [0, 1] of shape (texts, categories). `fit` raises CorpusError when a category has no
    text; what asks a classifier that is not fitted raises NotFittedError.

    Examples
    --------
    >>> texts = ["河里有人电鱼", "半夜电鱼的又来了", "厂里偷排污水", "污水直排进河里"]
    >>> labels = [[1, 0], [1, 0], [0, 1], [0, 1]]
    >>> classifier = TipClassifier(("illegal_fishing", "water_pollution"), min_df=1).fit(texts, labels)
    >>> classifier.predict(["有人电鱼"]).tolist()
    [[1, 0]]
    """

    def __init__(
        self,
        categories: tuple[str, ...] = (),
        lexicon: Lexicon = Lexicon(),  # noqa: B008 - frozen
        C: float = 10.0,
        min_df: int = 2,
        max_words: int = 40_000,
        max_characters: int = 60_000,
        character_weight: float = 1.0,
        lexicon_weight: float = 0.3,
        piece: int = 120,
        contrast: float = 0.25,
    ) -> None:
        self.categories = categories
        self.lexicon = lexicon
        self.C = C
        self.min_df = min_df
        self.max_words = max_words
        self.max_characters = max_characters
        self.character_weight = character_weight
        self.lexicon_weight = lexicon_weight
        self.piece = piece
        self.contrast = contrast

    def fit(self, X: Sequence[str], y: ArrayLike) -> Self:
        """Fit on raw texts and an indicator matrix of shape (texts, categories).

        Raises CorpusError, naming them, when categories have no tip.
        """
        return self.fit_views(self.views(X), y)

    def fit_views(self, views: Sequence[View], y: ArrayLike) -> Self:
        """Fit on texts that are cut already (see `views`), which spares cutting them again for every fold."""
        pieces, indicator = self._pieces(views, self._checked(views, y))
        self.words_ = CountVectorizer(analyzer=_words, min_df=self.min_df, max_features=self.max_words)
        self.characters_ = CountVectorizer(analyzer=_characters, min_df=self.min_df, max_features=self.max_characters)
        counts = [vectorizer.fit_transform(pieces) for vectorizer in self._vectorizers]
        self.tfidf_ = [_fit_tfidf(each) for each in counts]
        features = self._weighted(counts, pieces)
        features.sort_indices()
        inside, outside = _texts(features, indicator)
        fitted = [self._fit_one(features, *each) for each in zip(indicator.T, inside, outside, strict=True)]
        self.coef_ = _rounded(np.column_stack([coef for coef, _ in fitted]))
        self.intercept_ = _rounded(np.array([intercept for _, intercept in fitted]))
        self.calibration_ = np.array(UNCALIBRATED)
        self.classes_ = np.arange(len(fitted))
        return self

    def calibrate(self, calibration: ArrayLike) -> Self:
        """Take the calibration, shape (5,), that out-of-fold decision values asked for."""
        check_is_fitted(self)
        self.calibration_ = _rounded(np.asarray(calibration))
        return self

    def views(self, X: Sequence[str]) -> list[View]:
        """Clean and cut raw texts."""
        return Segmenter(self.lexicon).views(X)

    def decide_views(self, views: Sequence[View]) -> Matrix:
        """Return decision values before calibration, shape (texts, categories)."""
        check_is_fitted(self)
        decisions: Matrix = np.asarray(self._features(views) @ self.coef_) + self.intercept_
        return decisions

    def word_counts(self, views: Sequence[View]) -> NDArray[np.int64]:
        """Return how many words of each text the vocabulary knows, and how many there are, shape (texts, 2)."""
        check_is_fitted(self)
        return word_counts(views, self.words_.vocabulary_)

    def decision_function(self, X: Sequence[str]) -> Matrix:
        """Return decision values of raw texts before calibration, shape (texts, categories)."""
        check_is_fitted(self)
        return self.decide_views(self.views(X))

    def predict_proba(self, X: Sequence[str]) -> Matrix:
        """Return calibrated scores of raw texts, shape (texts, categories)."""
        return scores(self.decision_function(X), self.calibration_)

    def predict(self, X: Sequence[str]) -> NDArray[np.int64]:
        """Return an indicator matrix: every category whose score reaches one half, and always the best one."""
        likely = self.predict_proba(X)
        given = likely >= 0.5
        given[np.arange(len(likely)), likely.argmax(axis=1)] = True
        return given.astype(np.int64)

    def arrays(self) -> Arrays:
        """Return what the scorer needs, as arrays and plain strings."""
        check_is_fitted(self)
        return Arrays(
            words=tuple(self.words_.get_feature_names_out().tolist()),
            characters=tuple(self.characters_.get_feature_names_out().tolist()) if self.character_weight else (),
            idf=np.hstack([each.idf_ for each in self.tfidf_]).astype(np.float32),
            weights=self.coef_.astype(np.float32),
            intercept=self.intercept_.astype(np.float32),
            calibration=self.calibration_.astype(np.float32),
            blocks=np.array([self.character_weight, self.lexicon_weight], dtype=np.float64),
        )

    def _checked(self, views: Sequence[View], y: ArrayLike) -> NDArray[np.int64]:
        indicator = np.asarray(y)
        if indicator.shape != (len(views), len(self.categories)):
            raise ValueError(f"y has shape {indicator.shape}, not ({len(views)}, {len(self.categories)})")
        empty = [code for code, column in zip(self.categories, indicator.T, strict=True) if not column.any()]
        if empty:
            raise CorpusError(messages.CATEGORY_WITHOUT_TIPS.format(codes="、".join(empty)))
        return indicator

    def _pieces(self, views: Sequence[View], indicator: NDArray[np.int64]) -> tuple[list[View], NDArray[np.int64]]:
        """Cut views into pieces, and give each the labels of its text."""
        cut = [view.pieces(self.piece) for view in views]
        rows = np.repeat(np.arange(len(views)), [len(pieces) for pieces in cut])
        return [piece for pieces in cut for piece in pieces], indicator[rows]

    def _fit_one(
        self, features: sparse.csr_matrix, column: NDArray[np.int64], inside: Matrix, outside: Matrix
    ) -> tuple[Matrix, float]:
        """Fit one category and return its weights, shape (features,), and intercept.

        `inside` and `outside` are the texts of the category and the others that have a feature, shape (features,).
        """
        if column.all():
            raise CorpusError(messages.CATEGORY_ON_EVERY_TIP)
        scale = _contrasts(inside, outside, self.contrast)
        # The rows keep their structure: only the numbers are new, for each of what may be two hundred categories.
        stretched = (features.data * scale[features.indices], features.indices, features.indptr)
        # The dual form is twice as fast where features outnumber texts; a finer tolerance changes no decision.
        linear = LogisticRegression(C=self.C, solver="liblinear", dual=True, tol=0.1, max_iter=1000, random_state=0)
        linear.fit(sparse.csr_matrix(stretched, shape=features.shape), column)
        return linear.coef_[0] * scale, float(linear.intercept_[0])

    @property
    def _vectorizers(self) -> list[CountVectorizer]:
        return [self.words_, self.characters_] if self.character_weight else [self.words_]

    def _features(self, views: Sequence[View]) -> sparse.csr_matrix:
        return self._weighted([vectorizer.transform(views) for vectorizer in self._vectorizers], views)

    def _weighted(self, counts: Sequence[sparse.csr_matrix], views: Sequence[View]) -> sparse.csr_matrix:
        """Turn counts of words and characters into the feature matrix: words, characters, lexicon hits."""
        terms = [tfidf.transform(each) for tfidf, each in zip(self.tfidf_, counts, strict=True)]
        weights = (1.0, self.character_weight)
        lexical = sparse.csr_matrix(hits(views, self.lexicon, self.categories))
        blocks = [block * weight for block, weight in zip(terms, weights, strict=False)]
        return sparse.hstack([*blocks, lexical * self.lexicon_weight], format="csr")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.target_tags.multi_output = True
        tags.classifier_tags.multi_label = True
        return tags


def _words(view: View) -> list[str]:
    return view.words


def _characters(view: View) -> list[str]:
    return view.characters()


def _fit_tfidf(counts: sparse.csr_matrix) -> TfidfTransformer:
    transformer = TfidfTransformer(sublinear_tf=True).fit(counts)
    transformer.idf_ = _rounded(transformer.idf_)
    return transformer


def _texts(features: sparse.csr_matrix, indicator: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
    """Count the texts with a feature inside and outside of each category, both of shape (categories, features)."""
    present = features.astype(bool).astype(np.float64)
    inside = np.ascontiguousarray((present.T @ indicator.astype(np.float64)).T)
    return inside, np.asarray(present.sum(axis=0)) - inside


def _contrasts(inside: Matrix, outside: Matrix, strength: float) -> Matrix:
    """Return a factor a feature, 1 on average: larger where it stands unevenly with and without the category."""
    with_it, without = inside + 1.0, outside + 1.0
    ratio = np.abs(np.log(with_it / with_it.sum()) - np.log(without / without.sum()))
    factors: Matrix = 1.0 + strength * (ratio / ratio.mean() - 1.0)
    return factors


def _rounded(numbers: ArrayLike) -> Matrix:
    """Round to four decimals in float32, as models are stored, and go on in float64.

    Four decimals make a smaller model, and the same one on machines whose last bits differ.
    """
    return np.round(np.asarray(numbers), 4).astype(np.float32).astype(np.float64)
