"""The trained model as arrays: scores without scikit-learn, equal to the estimator's within 1e-9."""

import functools
import itertools
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tipclass.decide import Judgement
from tipclass.grams import Found, Grams
from tipclass.lexicon import Lexicon
from tipclass.points import BREAK
from tipclass.records import Cause
from tipclass.rows import Rows, count_rows
from tipclass.segment import LETTERS, Cut, Segmenter, View, put_together

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]
TINY = 1e-12
BATCH = 2_000  # texts scored at a time: bounds memory, and more is no faster
WORD, MARK, ENDS = -1, -2, -3  # tokens without a column: another word, a mark such as a comma, the break behind a text
BLOCKS, LEXICON = 3, 2  # of features: words, characters, lexicon


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


class Words(NamedTuple):
    """The tokens of some texts and the breaks behind these as numbers, and the text each is of; shape (tokens,).

    A known word is its column, a word that only the lexicon knows a number above; else a token is WORD, MARK or ENDS.
    """

    numbers: Columns
    rows: Columns


class _Numbers(dict[str, int]):
    """The number of each token; those of single characters are kept, of which there are only so many."""

    def __missing__(self, token: str) -> int:
        number = WORD if LETTERS[token[0]] else MARK
        if len(token) == 1:
            self[token] = number
        return number


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

    def look_up(self, cuts: Sequence[Cut]) -> Words:
        """Look each token up, once for all that is to be told of it."""
        tokens = put_together(cuts).tokens
        numbers = np.fromiter(map(self._numbers.__getitem__, tokens), dtype=np.int64, count=len(tokens))
        return Words(numbers, np.cumsum(numbers == ENDS))

    def word_counts(self, cuts: Sequence[Cut], words: Words | None = None) -> NDArray[np.int64]:
        """Return how many words of each text the model knows, and how many there are, shape (texts, 2)."""
        numbers, rows = words or self.look_up(cuts)
        known = (numbers >= 0) & (numbers < len(self.arrays.words))
        counts = [np.bincount(rows[marked], minlength=len(cuts)) for marked in (known, numbers >= WORD)]
        return np.stack(counts, axis=1)

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

    def features(self, cuts: Sequence[Cut], words: Words | None = None) -> Rows:
        """Return the features, shape (texts, features); `words` are those of the cuts, if looked up already.

        Words and characters: (1 + log count) * idf, each block of a text of length 1 times its weight. Lexicon:
        log(1 + count) times its weight.
        """
        numbers, rows = words or self.look_up(cuts)
        grams = self._grams.find(put_together(cuts).points)
        at, told = self._told(numbers)
        columns = np.append(told, grams.columns + len(self.arrays.words))
        counts = count_rows(np.append(rows[at], grams.rows), columns, texts := len(cuts), len(self.arrays.weights))
        block = self._blocks[counts.columns]
        values = _dampened(counts.values)[(block == LEXICON).astype(np.intp), counts.values.astype(np.intp)]
        values *= self._idf[counts.columns]
        place = counts.of * BLOCKS + block
        lengths = np.sqrt(np.bincount(place, values**2, texts * BLOCKS)).reshape(texts, BLOCKS)
        lengths[:, LEXICON] = 1.0
        weights = np.divide((1.0, *self.arrays.blocks.tolist()), lengths, where=lengths > 0, out=np.zeros_like(lengths))
        return replace(counts, values=values * weights.ravel()[place])

    def _told(self, numbers: Columns) -> tuple[Columns, Columns]:
        """Return place and column of what tokens tell: known words, and for words of the lexicon each category."""
        starts, columns = self._lexicon
        known = np.flatnonzero((numbers >= 0) & (numbers < len(self.arrays.words)))
        lexical = np.flatnonzero(numbers >= 0)
        times = np.diff(starts)[numbers[lexical]]
        places = np.repeat(starts[numbers[lexical]] - np.cumsum(times) + times, times) + np.arange(times.sum())
        return np.append(known, np.repeat(lexical, times)), np.append(numbers[known], columns[places])

    @functools.cached_property
    def _idf(self) -> Matrix:
        """The idf of each feature in float64; of the lexicon's 1, shape (features,)."""
        return np.append(self.arrays.idf.astype(np.float64), np.ones(len(self.categories)))

    @functools.cached_property
    def _blocks(self) -> Columns:
        """The block of each feature, shape (features,)."""
        sizes = len(self.arrays.words), len(self.arrays.characters), len(self.categories)
        return np.repeat(np.arange(BLOCKS), sizes)

    @functools.cached_property
    def weight_columns(self) -> Matrix:
        """The weights in float64, shape (features, categories)."""
        return self.arrays.weights.astype(np.float64)

    def places(self, cuts: Sequence[Cut], ends: Columns) -> Found:
        """Return where every feature stands; `ends` are those of all tokens in the texts put one after the other."""
        whole = put_together(cuts)
        numbers, rows = self.look_up(whole)
        inside = numbers != ENDS
        at, columns = self._told(numbers[inside])
        starts = ends - np.fromiter(map(len, whole.tokens), dtype=np.int64)[inside]
        grams = self._grams.find(whole.points)
        told = Found(rows[inside][at], columns, starts[at], ends[at])
        moved = grams._replace(columns=grams.columns + len(self.arrays.words))
        return Found(*map(np.concatenate, zip(told, moved, strict=True)))

    @functools.cached_property
    def _numbers(self) -> "_Numbers":
        """What each token is looked up in: a known word is its column, then come the other words of the lexicon."""
        numbers = _Numbers(zip(self.arrays.words, itertools.count()))
        for word in self._lexicon_columns:
            numbers.setdefault(word, len(numbers))
        numbers[BREAK] = ENDS
        return numbers

    @functools.cached_property
    def _lexicon_columns(self) -> dict[str, list[int]]:
        first = len(self.arrays.words) + len(self.arrays.characters)
        columns = lexicon_columns(self.lexicon, self.categories)
        return {word: [first + column for column in found] for word, found in columns.items()}

    @functools.cached_property
    def _lexicon(self) -> tuple[Columns, Columns]:
        """The columns of the categories that each number speaks for: columns[starts[i]:starts[i + 1]]."""
        found = sorted((self._numbers[word], columns) for word, columns in self._lexicon_columns.items())
        pairs = np.array([(number, column) for number, columns in found for column in columns], dtype=np.int64)
        numbers, columns = pairs.reshape(-1, 2).T
        return np.searchsorted(numbers, np.arange(len(self._numbers) + 1)), columns

    @functools.cached_property
    def _grams(self) -> Grams:
        return Grams(self.arrays.characters)


def _dampened(counts: Matrix) -> Matrix:
    """Return what counts are worth up to the greatest, shape (2, counts): of terms 1 + log n, else log(1 + n)."""
    every = np.arange(int(counts.max(initial=1)) + 1)
    return np.stack([1.0 + np.log(np.maximum(every, 1)), np.log1p(every)])


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
