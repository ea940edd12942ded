"""Evidence: which words of a text spoke for its main label against the runner-up; exact, the model being linear."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipclass.clean import TOKENS, clean_aligned
from tipclass.records import Evidence
from tipclass.scorer import Scorer
from tipclass.segment import CHARACTERS, WORD, Segmenter

MOST = 6  # pieces of evidence a tip


@dataclass(frozen=True, slots=True)
class Contributions:
    """The features of one text: their columns and values."""

    columns: NDArray[np.int32]
    values: NDArray[np.float64]

    def weights(self, scorer: Scorer, main: int, runner_up: int) -> dict[int, float]:
        """Return how much each feature spoke for column `main` against column `runner_up`."""
        table = scorer.weight_columns
        spoke = self.values * (table[self.columns, main] - table[self.columns, runner_up])
        return dict(zip(self.columns.tolist(), spoke.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the cleaned text and where it stands there."""

    word: str
    start: int
    end: int


def evidence(
    scorer: Scorer, text: str, said: Contributions, *, main: int, runner_up: int, most: int = MOST
) -> tuple[Evidence, ...]:
    """Return the phrases that spoke for column `main` against column `runner_up`, strongest first.

    `said` are the features of the text (see `contributions`). The weight of a feature is shared out evenly over the
    characters it stands on; neighbouring words with positive sums make one phrase. Spans are code points of the raw
    text.
    """
    aligned = clean_aligned(text)
    tokens = [token for token in _tokens(scorer.segmenter, aligned.text) if WORD.match(token.word)]
    weights = character_weights(scorer, aligned.text, tokens, said.weights(scorer, main, runner_up))
    sums: dict[str, list[float]] = {}  # a phrase that stands twice is shown once: weight, start, end
    for weight, start, end in _phrases(tokens, weights):
        sums.setdefault(aligned.text[start:end], [0.0, start, end])[0] += weight
    # A lone character says little to a reader, so it comes after the phrases.
    ranked = sorted(sums.items(), key=lambda item: (len(item[0]) == 1, -item[1][0], item[1][1]))[:most]
    found = []
    for phrase, (total, first, last) in ranked:
        raw_start, raw_end = aligned.raw_span(int(first), int(last))
        term = TOKENS.get(phrase, text[raw_start:raw_end])
        found.append(Evidence(term, round(total, 4), raw_start, raw_end))
    return tuple(found)


def contributions(features: sparse.csr_matrix) -> list[Contributions]:
    """Cut a feature matrix into its rows."""
    return [
        Contributions(features.indices[start:end], features.data[start:end])
        for start, end in itertools.pairwise(features.indptr)
    ]


def character_weights(
    scorer: Scorer, cleaned: str, tokens: Sequence[Token], weights: Mapping[int, float]
) -> NDArray[np.float64]:
    """Share out the weights of features over the characters of the cleaned text, shape (characters,).

    Their sum is the sum of the weights: nothing the features said is lost.
    """
    places = [place for place in _places(scorer, cleaned, tokens) if place[0] in weights]
    times = Counter(column for column, _, _ in places)
    spread = np.zeros(len(cleaned))
    for column, start, end in places:
        spread[start:end] += weights[column] / times[column] / (end - start)
    return spread


def _places(scorer: Scorer, cleaned: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """Yield column, start and end of every feature where it stands."""
    for token in tokens:
        yield scorer.word_column(token.word), token.start, token.end
        for column in scorer.lexicon_columns(token.word):
            yield column, token.start, token.end
    for run in CHARACTERS.finditer(cleaned):
        for start in range(run.start(), run.end()):
            yield scorer.character_column(cleaned[start]), start, start + 1
            if start + 1 < run.end():
                yield scorer.character_column(cleaned[start : start + 2]), start, start + 2


def _tokens(segmenter: Segmenter, cleaned: str) -> Iterator[Token]:
    place = 0
    for word in segmenter.tokens(cleaned):
        yield Token(word, place, place + len(word))
        place += len(word)


def _phrases(tokens: Sequence[Token], weights: NDArray[np.float64]) -> Iterator[tuple[float, int, int]]:
    """Join neighbouring tokens that speak for the label: weight, start, end."""
    ends_at = -1
    phrase: tuple[float, int, int] | None = None
    for token in tokens:
        weight = float(weights[token.start : token.end].sum())
        if weight > 0 and phrase and token.start == ends_at and token.end - phrase[1] <= 10:
            phrase = (phrase[0] + weight, phrase[1], token.end)
        else:
            if phrase:
                yield phrase
            phrase = (weight, token.start, token.end) if weight > 0 else None
        ends_at = token.end
    if phrase:
        yield phrase
