"""Evidence: which words of a text spoke for its main label against the runner-up; exact, the model being linear."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tipclass.clean import TOKENS, clean_aligned
from tipclass.records import Evidence
from tipclass.scorer import Scorer
from tipclass.segment import WORD, Segmenter

MOST = 6  # pieces of evidence a tip


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the cleaned text and where it stands there."""

    word: str
    start: int
    end: int


def evidence(scorer: Scorer, text: str, *, main: int, runner_up: int, most: int = MOST) -> tuple[Evidence, ...]:
    """Return the phrases that spoke for column `main` against column `runner_up`, strongest first.

    The weight of a feature is shared out evenly over the characters it stands on; neighbouring words with positive
    sums make one phrase. Spans are code points of the raw text.
    """
    aligned = clean_aligned(text)
    tokens = [token for token in _tokens(scorer.segmenter, aligned.text) if WORD.match(token.word)]
    weights = character_weights(scorer, aligned.text, tokens, main=main, runner_up=runner_up)
    phrases = [*_phrases(tokens, weights)]
    ranked = sorted(phrases, key=lambda phrase: (-phrase[0], phrase[1]))[:most]
    found = []
    for weight, start, end in ranked:
        raw_start, raw_end = aligned.raw_span(start, end)
        term = TOKENS.get(aligned.text[start:end], text[raw_start:raw_end])
        found.append(Evidence(term, round(weight, 4), raw_start, raw_end))
    return tuple(found)


def character_weights(
    scorer: Scorer, cleaned: str, tokens: Sequence[Token], *, main: int, runner_up: int
) -> NDArray[np.float64]:
    """Return how much each character of the cleaned text spoke for `main`; their sum is all that the features said.

    Shape: (characters,).
    """
    view = scorer.segmenter.view_cleaned(cleaned)
    row = scorer.features([view])
    difference = scorer.weight_columns[:, main] - scorer.weight_columns[:, runner_up]
    said = dict(zip(row.indices.tolist(), (row.data * difference[row.indices]).tolist(), strict=True))
    spread = np.zeros(len(cleaned))
    places = [(scorer.word_column(token.word), token.start, token.end) for token in tokens]
    places += [
        (scorer.character_column(cleaned[start : start + size]), start, start + size)
        for size in (1, 2)
        for start in range(len(cleaned) - size + 1)
        if all(map(WORD.match, cleaned[start : start + size]))
    ]
    places += [(column, token.start, token.end) for token in tokens for column in scorer.lexicon_columns(token.word)]
    times = Counter(column for column, _, _ in places)
    for column, start, end in places:
        if column in said:
            spread[start:end] += said[column] / times[column] / (end - start)
    return spread


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
