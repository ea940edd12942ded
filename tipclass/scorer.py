"""The trained model as arrays: scores without scikit-learn, equal to the estimator's within 1e-9."""

import functools
import itertools
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tipclass.decide import Judgement
from tipclass.grams import Found, Grams
from tipclass.lexicon import Lexicon
from tipclass.records import Cause
from tipclass.rows import Rows, beside, count_rows, dense_rows
from tipclass.segment import Cut, Segmenter, View

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]
TINY = 1e-12
BATCH = 2_000  # texts scored at a time: bounds memory, and more is no faster


@dataclass(frozen=True)
class Arrays:
    """The learned numbers of a classifier; rows of `weights` are words, characters, then lexicon categories.

    Shapes: idf (words + characters,), weights (words + characters + categories, categories), intercept (categories,),
    calibration (5,): slope and offset of scores; temperature, sharpness and lift of certainties; blocks (2,): weight of
    the character block and of the lexicon block.
    """

    words: tuple[str, ...]
    characters: tuple[str, ...]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]
    calibration: NDArray[np.float32]
    blocks: Matrix

    def problem(self) -> str:
        """Return which array has not the shape or the finite numbers it must have; empty when all is well."""
        terms, categories = len(self.words) + len(self.characters), self.intercept.size
        shapes = {
            "idf": (terms,),
            "weights": (terms + categories, categories),
            "intercept": (categories,),
            "calibration": (5,),
            "blocks": (2,),
        }
        for name, shape in shapes.items():
            array = getattr(self, name)
            if array.shape != shape or not np.isfinite(array).all():
                return name
        return ""


@dataclass(frozen=True)
class Scorer:
    """Scores raw texts with the arrays of a trained model."""

    arrays: Arrays
    lexicon: Lexicon
    categories: tuple[str, ...]

    @functools.cached_property
    def segmenter(self) -> Segmenter:
        """The segmenter with the model's lexicon."""
        return Segmenter(self.lexicon)

    def score(self, texts: Sequence[str]) -> Matrix:
        """Return calibrated scores of raw texts, shape (texts, categories)."""
        batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
        parts = [self.decisions(self.features(self.segmenter.cuts(batch))) for batch in batches]
        return scores(np.vstack([np.zeros((0, len(self.categories))), *parts]), self.calibration)

    def decisions(self, features: Rows) -> Matrix:
        """Return the decision values of features, shape (texts, categories)."""
        decided: Matrix = features.dot(self.weight_columns) + self.arrays.intercept
        return decided

    @functools.cached_property
    def calibration(self) -> Matrix:
        """The calibration in float64, shape (5,)."""
        return self.arrays.calibration.astype(np.float64)

    def word_counts(self, cuts: Sequence[Cut]) -> NDArray[np.int64]:
        """Return how many words of each text the model knows, and how many there are, shape (texts, 2)."""
        return word_counts(cuts, self._word_columns)

    def telling_words(self, features: Rows) -> Rows:
        """Return the word block of features, each word weighted by what it can tell, shape (texts, words)."""
        count = len(self.arrays.words)
        words = features.kept(features.columns < count, count)
        return replace(words, values=words.values * self._telling[words.columns])

    @functools.cached_property
    def _telling(self) -> Matrix:
        strongest = np.abs(self.weight_columns[: len(self.arrays.words)]).max(axis=1)
        # The root, for likeness of texts; the weight itself would leave the rarer words of a story out.
        telling: Matrix = np.sqrt(strongest)
        return telling

    def features(self, cuts: Sequence[Cut]) -> Rows:
        """Return the features, shape (texts, features)."""
        words = self._tfidf(len(cuts), *self._known_words(cuts), slice(0, len(self.arrays.words)))
        grams = self._grams.find([cut.text for cut in cuts])
        characters = self._tfidf(len(cuts), grams.rows, grams.columns, slice(len(self.arrays.words), None))
        lexical = dense_rows(hits(cuts, self.lexicon, self.categories))
        weights = (1.0, *self.arrays.blocks.tolist())
        blocks = zip((words, characters, lexical), weights, strict=True)
        return beside([replace(block, values=block.values * weight) for block, weight in blocks])

    @functools.cached_property
    def weight_columns(self) -> Matrix:
        """The weights in float64, shape (features, categories)."""
        return self.arrays.weights.astype(np.float64)

    def places(self, cuts: Sequence[Cut], ends: Columns) -> Found:
        """Return where every feature stands; `ends` are those of all tokens in the texts put one after the other."""
        tokens = [token for cut in cuts for token in cut.tokens]
        rows = np.repeat(np.arange(len(cuts)), [len(cut.tokens) for cut in cuts])
        known = [(at, self._word_columns[token]) for at, token in enumerate(tokens) if token in self._word_columns]
        hit = self._lexicon_columns
        known += [(at, column) for at, token in enumerate(tokens) if token in hit for column in hit[token]]
        at, columns = np.array(known, dtype=np.int64).reshape(-1, 2).T
        starts = ends - np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
        grams = self._grams.find([cut.text for cut in cuts])
        words = Found(rows[at], columns, starts[at], ends[at])
        moved = grams._replace(columns=grams.columns + len(self.arrays.words))
        return Found(*map(np.concatenate, zip(words, moved, strict=True)))

    @functools.cached_property
    def _word_columns(self) -> dict[str, int]:
        return {word: column for column, word in enumerate(self.arrays.words)}

    @functools.cached_property
    def _lexicon_columns(self) -> dict[str, list[int]]:
        first = len(self.arrays.words) + len(self.arrays.characters)
        columns = lexicon_columns(self.lexicon, self.categories)
        return {word: [first + column for column in found] for word, found in columns.items()}

    @functools.cached_property
    def _grams(self) -> Grams:
        return Grams(self.arrays.characters)

    def _known_words(self, cuts: Sequence[Cut]) -> tuple[Columns, Columns]:
        """Return row and column of every word that the model knows, as often as it stands there."""
        columns = self._word_columns
        found = [[columns[word] for word in cut.words if word in columns] for cut in cuts]
        rows = np.repeat(np.arange(len(cuts)), [len(row) for row in found])
        return rows, np.fromiter(itertools.chain.from_iterable(found), dtype=np.int64, count=len(rows))

    def _tfidf(self, texts: int, rows: Columns, columns: Columns, block: slice) -> Rows:
        """Return one block, rows of length 1: (1 + log count) * idf; `block` is its place in `idf`."""
        idf = self.arrays.idf[block].astype(np.float64)
        counts = count_rows(rows, columns, texts, len(idf))
        return replace(counts, values=(1.0 + np.log(counts.values)) * idf[counts.columns]).unit()


def word_counts(views: Sequence[View | Cut], vocabulary: Container[str]) -> NDArray[np.int64]:
    """Return how many words of each text stand in a vocabulary, and how many there are, shape (texts, 2)."""
    counts = [(len([word for word in view.words if word in vocabulary]), len(view.words)) for view in views]
    return np.array(counts, dtype=np.int64).reshape(-1, 2)


def hits(views: Sequence[View | Cut], lexicon: Lexicon, categories: tuple[str, ...]) -> Matrix:
    """Count the lexicon words of each text by category and dampen the counts: log(1 + n), shape (texts, categories)."""
    columns = lexicon_columns(lexicon, categories)
    counts = np.zeros((len(views), len(categories)))
    for row, view in enumerate(views):
        for word in [word for word in view.words if word in columns]:
            counts[row, columns[word]] += 1
    return np.log1p(counts)


@functools.lru_cache(maxsize=4)
def lexicon_columns(lexicon: Lexicon, categories: tuple[str, ...]) -> dict[str, list[int]]:
    """Return the columns of the categories each lexicon word speaks for."""
    return {term.word: [categories.index(code) for code in term.codes if code in categories] for term in lexicon.terms}


def scores(decisions: Matrix, calibration: Matrix) -> Matrix:
    """Return how likely each category is among the labels, shape (texts, categories).

    Categories are judged apart, so that none and several can be likely.
    """
    slope, offset = calibration[:2]
    with np.errstate(over="ignore"):  # exp overflows to infinity and the score to 0, as it should
        odds: Matrix = 1.0 / (1.0 + np.exp(-(decisions * slope + offset)))
    return odds


def certainties(decisions: Matrix, calibration: Matrix) -> Matrix:
    """Return how likely each category is the main label, shape (texts, categories); each row adds up to 1.

    A softmax with a temperature; then the best share is moved, by sharpness and lift of its log-odds, to what it is
    worth, and the others share the rest as before.
    """
    if not len(decisions):
        return decisions
    _, _, temperature, sharpness, lift = calibration
    powers = np.exp((decisions - decisions.max(axis=1, keepdims=True)) * temperature)
    shares: Matrix = powers / powers.sum(axis=1, keepdims=True)
    rows, best = np.arange(len(shares)), decisions.argmax(axis=1)
    top = np.minimum(shares[rows, best], 1.0 - TINY)
    shares[rows, best] = 0.0
    rest = np.maximum(shares.sum(axis=1), TINY)
    shares /= rest[:, None]
    second = shares.max(axis=1)
    sure = 1.0 / (1.0 + np.exp(-(np.log(top / (1.0 - top)) * sharpness + lift)))
    sure = np.maximum(sure, (second + TINY) / (1.0 + second))  # the best stays best
    shares *= (1.0 - sure)[:, None]
    shares[rows, best] = sure
    return shares


def judgements(
    decisions: Matrix,
    calibration: Matrix,
    counts: NDArray[np.int64],
    doubts: Sequence[Cause | None],
    passages: Sequence[Sequence[Judgement]],
) -> list[Judgement]:
    """Put together what is known of each text.

    Shapes: decisions (texts, categories), counts (texts, 2): words the model knows, and all words.
    """
    parts = (scores(decisions, calibration), certainties(decisions, calibration), counts)
    rows = zip(*(part.tolist() for part in parts), doubts, passages, strict=True)
    return [
        Judgement(score, sure, known, words, doubt=doubt, passages=tuple(cut))
        for score, sure, (known, words), doubt, cut in rows
    ]
