"""Explanations: which words of a text spoke for its main label against the runner-up, and why it takes its route.

The words are exact, the model being linear.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipclass import messages
from tipclass.clean import TOKENS, clean_aligned
from tipclass.records import Decision, Evidence, Matter, Scored
from tipclass.scorer import Scorer
from tipclass.segment import CHARACTERS, WORD, Segmenter
from tipclass.taxonomy import Taxonomy

MOST = 6  # pieces of evidence a tip
NAMED = 3  # of them in the reason
PLAUSIBLE = 0.1  # the least certainty of a rival worth naming
LONGEST_PHRASE = 10  # characters
LEAST = 1e-9  # of a word's weight; below is what rounding leaves
EDGE = 0.1  # share of a phrase that a word at its end must add


@dataclass(frozen=True, slots=True)
class Contributions:
    """The features of one text: their columns and values."""

    columns: NDArray[np.int32]
    values: NDArray[np.float64]

    def weights(self, scorer: Scorer, main: int, runner_up: int) -> NDArray[np.float64]:
        """Return how much each feature spoke for column `main` against column `runner_up`, shape (features,)."""
        table = scorer.weight_columns
        spoke: NDArray[np.float64] = self.values * (table[self.columns, main] - table[self.columns, runner_up])
        return spoke


class Token(NamedTuple):
    """A word of the cleaned text and where it stands there."""

    word: str
    start: int
    end: int


def evidence(
    scorer: Scorer, text: str, said: Contributions, *, columns: tuple[int, int], most: int = MOST
) -> tuple[Evidence, ...]:
    """Return the phrases that spoke for the first of two columns against the second, strongest first.

    `said` are the features of the text (see `contributions`). The weight of a feature is shared out evenly over the
    characters it stands on; neighbouring words with positive sums make one phrase. Spans are code points of the raw
    text.
    """
    aligned = clean_aligned(text)
    tokens = [token for token in _tokens(scorer.segmenter, aligned.text) if WORD.match(token.word)]
    weights = character_weights(scorer, aligned.text, tokens, said.columns, said.weights(scorer, *columns))
    sums: dict[str, list[float]] = {}  # a phrase that stands twice is shown once: weight, start, end
    for weight, start, end in _phrases(tokens, weights):
        sums.setdefault(aligned.text[start:end], [0.0, start, end])[0] += weight
    # A lone character says little to a reader, so it stands only where there is nothing else.
    phrases = {phrase: found for phrase, found in sums.items() if len(phrase) > 1 or phrase in TOKENS} or sums
    ranked = sorted(phrases.items(), key=lambda item: (-item[1][0], item[1][1]))[:most]
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
    scorer: Scorer, cleaned: str, tokens: Sequence[Token], columns: NDArray[np.int32], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share out the weights of features, shape (features,), over the characters of the cleaned text: (characters,).

    Their sum is the sum of the weights: nothing the features said is lost.
    """
    places = _places(scorer, cleaned, tokens)
    order = np.argsort(columns)
    at = np.searchsorted(columns, places[0], sorter=order).clip(max=max(0, len(columns) - 1))
    features = order[at] if len(columns) else at
    known = np.flatnonzero(columns[features] == places[0]) if len(columns) else at[:0]
    features, starts, ends = features[known], places[1, known], places[2, known]
    times = np.bincount(features, minlength=len(columns))
    shares = weights[features] / times[features] / (ends - starts)
    steps = np.bincount(starts, shares, len(cleaned) + 1) - np.bincount(ends, shares, len(cleaned) + 1)
    return np.cumsum(steps)[: len(cleaned)]


def _places(scorer: Scorer, cleaned: str, tokens: Sequence[Token]) -> NDArray[np.int64]:
    """Return column, start and end of every feature where it stands, shape (3, places).

    The column is -1 where the model knows no such feature.
    """
    columns = [scorer.word_column(token.word) for token in tokens]
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    for word, start, end in tokens:
        for column in scorer.lexicon_columns(word):
            columns.append(column)
            starts.append(start)
            ends.append(end)
    for run in CHARACTERS.finditer(cleaned):
        start, end = run.span()
        for size in (1, 2):
            places = range(start, end - size + 1)
            columns += [scorer.character_column(cleaned[at : at + size]) for at in places]
            starts += places
            ends += range(start + size, end + 1)
    return np.array([columns, starts, ends], dtype=np.int64)


def _tokens(segmenter: Segmenter, cleaned: str) -> Iterator[Token]:
    place = 0
    for word in segmenter.tokens(cleaned):
        yield Token(word, place, place + len(word))
        place += len(word)


def _phrases(tokens: Sequence[Token], weights: NDArray[np.float64]) -> Iterator[tuple[float, int, int]]:
    """Join neighbouring tokens that speak for the label: weight, start, end."""
    sums = np.concatenate([[0.0], np.cumsum(weights)]).tolist()
    phrase: list[tuple[float, Token]] = []
    for token in tokens:
        weight = sums[token.end] - sums[token.start]
        begin, ends_at = (phrase[0][1].start, phrase[-1][1].end) if phrase else (token.start, token.start)
        if weight <= LEAST or token.start != ends_at or token.end - begin > LONGEST_PHRASE:
            yield from _trimmed(phrase)
            phrase = []
        if weight > LEAST:
            phrase.append((weight, token))
    yield from _trimmed(phrase)


def _trimmed(phrase: Sequence[tuple[float, Token]]) -> Iterator[tuple[float, int, int]]:
    """Leave out the words at both ends that add little."""
    least = EDGE * sum(weight for weight, _ in phrase)
    strong = [place for place, (weight, _) in enumerate(phrase) if weight >= least]
    if strong:
        kept = phrase[strong[0] : strong[-1] + 1]
        yield sum(weight for weight, _ in kept), kept[0][1].start, kept[-1][1].end


# --- the reason in one sentence ------------------------------------------------------------------


def reason(
    decision: Decision, found: Sequence[Evidence], told: Sequence[Matter], known: int, taxonomy: Taxonomy
) -> str:
    """Say in one sentence a clerk understands why a tip takes its route.

    `found` is the evidence, `told` the matters, `known` how many words of the text the model knows.
    """
    sentence = messages.REASONS[decision.cause].format(
        words=_words(found),
        name=taxonomy.name(decision.main.code),
        certainty=decision.certainty,
        rival=_rival(decision.runner_up, taxonomy),
        known=known,
        lead=_lead(told, taxonomy),
    )
    return sentence + (_further(decision, told, taxonomy) if decision.readable else "")


def _words(found: Sequence[Evidence]) -> str:
    terms = "".join(messages.QUOTED.format(word=each.term) for each in found[:NAMED] if len(each.term) > 1)
    return messages.REASON_WORDS.format(terms=terms) if terms else ""


def _rival(runner_up: Scored, taxonomy: Taxonomy) -> str:
    near = runner_up.score >= PLAUSIBLE
    return messages.REASON_RIVAL.format(name=taxonomy.name(runner_up.code)) if near else ""


def _lead(told: Sequence[Matter], taxonomy: Taxonomy) -> str:
    surest = max(told, key=lambda each: each.certainty, default=None)
    return messages.REASON_LEAD.format(place=place(surest), name=taxonomy.name(surest.code)) if surest else ""


def _further(decision: Decision, told: Sequence[Matter], taxonomy: Taxonomy) -> str:
    """Name the further labels, each with the passage that tells it."""
    where = {each.code: messages.REASON_PLACE.format(place=place(each)) for each in sorted(told, key=_certainty)}
    names = "".join(
        messages.QUOTED.format(word=taxonomy.name(c.code)) + where.get(c.code, "") for c in decision.labels[1:]
    )
    return messages.REASON_FURTHER.format(names=names) if names else ""


def _certainty(told: Matter) -> float:
    return told.certainty


def place(told: Matter) -> str:
    """Say where in a text a matter stands."""
    if told.passage.item:
        return messages.PLACE_ITEM.format(item=told.passage.item)
    return messages.PLACE_CHARACTER.format(start=told.passage.start + 1)
