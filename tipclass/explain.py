"""Explanations: which words of a text spoke for its main label against the runner-up, and why it takes its route.

The words are exact, the model being linear.
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tipclass import messages
from tipclass.clean import TOKENS, clean_aligned
from tipclass.grams import Found
from tipclass.records import Decision, Evidence, Matter, Scored
from tipclass.rows import Rows
from tipclass.scorer import Scorer
from tipclass.segment import LETTERS, Cut
from tipclass.taxonomy import Taxonomy

Columns = NDArray[np.int64]
Weights = NDArray[np.float64]

MOST = 6  # pieces of evidence a tip
NAMED = 3  # of them in the reason
PLAUSIBLE = 0.1  # the least certainty of a rival worth naming
LONGEST_PHRASE = 10  # characters
LEAST = 1e-9  # of a word's weight; below is what rounding leaves
EDGE = 0.1  # share of a phrase that a word at its end must add
MADE = frozenset({"0", *TOKENS})  # what cleaning puts in place of other characters
DIGITS = 9  # to which weights are compared; beyond is what rounding leaves


class Tokens(NamedTuple):
    """The tokens of some texts put one after the other, a break behind each text: where they stand, shape (tokens,).

    texts: where each text begins; counts: how many tokens it has.
    """

    words: list[str]
    starts: Columns
    ends: Columns
    texts: Columns
    counts: list[int]


class Phrases(NamedTuple):
    """Neighbouring words that spoke for a category, shape (phrases,): row of the text, place in it, and weight."""

    rows: Columns
    starts: Columns
    ends: Columns
    weights: Weights


def evidence(
    scorer: Scorer,
    texts: Sequence[str],
    cuts: Sequence[Cut],
    features: Rows,
    pairs: Columns,
    *,
    most: int = MOST,
) -> list[tuple[Evidence, ...]]:
    """Return for each text the phrases that spoke for one category against another, strongest first.

    `cuts` and `features` are those of the raw texts; `pairs` holds the columns of the two categories, shape (texts, 2).
    Neighbouring words with positive weights make one phrase. Spans are code points of the raw text.
    """
    tokens = _tokens(cuts)
    found = _phrases(tokens, _token_weights(scorer, cuts, tokens, features, pairs))
    borders = np.searchsorted(found.rows, np.arange(len(cuts) + 1)).tolist()
    listed = list(zip(found.weights.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True))
    said = (listed[start:end] for start, end in itertools.pairwise(borders))
    return [_evidence(text, cut, phrases, most) for text, cut, phrases in zip(texts, cuts, said, strict=True)]


def token_weights(scorer: Scorer, cuts: Sequence[Cut], features: Rows, pairs: Columns) -> list[Weights]:
    """Return how much each token of each text spoke for the first of two columns against the second.

    What a feature said is shared out evenly over the characters it stands on, so that nothing is lost. `pairs` has the
    shape (texts, 2); the result has an array of shape (tokens,) a text.
    """
    tokens = _tokens(cuts)
    weights = _token_weights(scorer, cuts, tokens, features, pairs)
    return np.split(weights, np.cumsum(tokens.counts)[:-1])


def _evidence(text: str, cut: Cut, said: Sequence[tuple[float, int, int]], most: int) -> tuple[Evidence, ...]:
    sums: dict[str, tuple[float, int, int]] = {}  # a phrase that stands twice is shown once, with both weights
    for weight, start, end in said:
        before, first, last = sums.get(cut.text[start:end], (0.0, start, end))
        sums[cut.text[start:end]] = before + weight, first, last
    # A lone character says little to a reader, so it stands only where there is nothing else.
    phrases = {phrase: found for phrase, found in sums.items() if len(phrase) > 1 or phrase in TOKENS} or sums
    ranked = sorted(phrases.items(), key=lambda item: (-round(item[1][0], DIGITS), item[1][1]))[:most]
    places = _raw_spans(text, cut.text, [(start, end) for _, (_, start, end) in ranked])
    return tuple(
        Evidence(TOKENS.get(phrase, text[start:end]), round(total, 4), start, end)
        for (phrase, (total, _, _)), (start, end) in zip(ranked, places, strict=True)
    )


def _tokens(cuts: Sequence[Cut]) -> Tokens:
    words, counts = [token for cut in cuts for token in cut.tokens], [len(cut.tokens) for cut in cuts]
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    ends = np.cumsum(lengths) + np.repeat(np.arange(len(cuts)), counts)
    texts = np.cumsum([0, *(len(cut.text) + 1 for cut in cuts)])
    return Tokens(words, ends - lengths, ends, texts, counts)


def _token_weights(scorer: Scorer, cuts: Sequence[Cut], tokens: Tokens, features: Rows, pairs: Columns) -> Weights:
    spread = _character_weights(scorer, scorer.places(cuts, tokens.ends), features, pairs, int(tokens.texts[-1]))
    sums = np.concatenate([[0.0], np.cumsum(spread)])
    weights: Weights = sums[tokens.ends] - sums[tokens.starts]
    return weights


def _character_weights(scorer: Scorer, places: Found, features: Rows, pairs: Columns, size: int) -> Weights:
    """Share out what the features said over all characters, shape (size,)."""
    table = scorer.weight_columns
    first, second = pairs[features.of].T
    weights = features.values * (table[features.columns, first] - table[features.columns, second])
    feature = np.searchsorted(features.keys, places.rows * features.width + places.columns)
    times = np.bincount(feature, minlength=len(weights))
    shares = weights[feature] / times[feature] / (places.ends - places.starts)
    steps = np.bincount(places.starts, shares, size + 1) - np.bincount(places.ends, shares, size + 1)
    return np.cumsum(steps)[:size]


def _phrases(tokens: Tokens, weights: Weights) -> Phrases:
    """Join neighbouring words that spoke for the label, and leave out those at both ends that add little."""
    spoke = np.array(
        [at for at in np.flatnonzero(weights > LEAST).tolist() if LETTERS[tokens.words[at][0]]], dtype=np.int64
    )
    starts, ends, said = tokens.starts[spoke], tokens.ends[spoke], np.append(weights[spoke], 0.0)
    heads = _heads(starts, ends)
    sizes = np.diff(heads, append=len(spoke))
    least = np.repeat(EDGE * np.add.reduceat(said, np.append(heads, len(spoke)))[:-1], sizes)
    strong = np.flatnonzero(said[:-1] >= least)
    of = np.repeat(np.arange(len(heads)), sizes)[strong]
    opens = np.flatnonzero(np.diff(of, prepend=-1))
    first, last = strong[opens], strong[np.append(opens[1:], len(strong)) - 1] if len(strong) else strong
    sums = np.add.reduceat(said, np.stack([first, last + 1], axis=1).ravel())[::2] if len(strong) else said[:0]
    rows = np.repeat(np.arange(len(tokens.counts)), tokens.counts)[spoke][first]
    texts = tokens.texts[rows]
    return Phrases(rows, starts[first] - texts, ends[last] - texts, sums)


def _heads(starts: Columns, ends: Columns) -> Columns:
    """Return which words open a phrase: those that no other stands right before, or that would make it too long."""
    count = len(starts)
    apart = np.append(np.flatnonzero(starts[1:] != ends[:-1]) + 1, count)
    stops = apart[np.searchsorted(apart, np.arange(count), side="right")] if count else starts
    longest = np.maximum(np.searchsorted(ends, starts + LONGEST_PHRASE, side="right"), np.arange(count) + 1)
    after, heads, at = np.minimum(stops, longest).tolist(), [], 0
    while at < count:
        heads.append(at)
        at = after[at]
    return np.array(heads, dtype=np.int64)


def _raw_spans(text: str, cleaned: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where spans of a cleaned text stand in the raw text.

    What stands in both as often needs no alignment, which costs as much as cleaning the text anew.
    """
    found, aligned = [], None
    for start, end in spans:
        words = cleaned[start:end]
        if MADE.isdisjoint(words) and cleaned.find(words) == start and cleaned.count(words) == text.count(words):
            place = text.find(words)
            found.append((place, place + len(words)))
        else:
            aligned = aligned or clean_aligned(text)
            found.append(aligned.raw_span(start, end))
    return found


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
