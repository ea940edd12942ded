"""Explanations: which words of a text spoke for its main label against the runner-up, and why it takes its route.

The words are exact, the model being linear.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tipclass import messages
from tipclass.clean import TOKENS, clean_aligned
from tipclass.grams import Found
from tipclass.records import Decision, Evidence, Matter, Scored
from tipclass.rows import Rows
from tipclass.scorer import Scorer
from tipclass.segment import WORD, Cut
from tipclass.taxonomy import Taxonomy

Columns = NDArray[np.int64]

MOST = 6  # pieces of evidence a tip
NAMED = 3  # of them in the reason
PLAUSIBLE = 0.1  # the least certainty of a rival worth naming
LONGEST_PHRASE = 10  # characters
LEAST = 1e-9  # of a word's weight; below is what rounding leaves
EDGE = 0.1  # share of a phrase that a word at its end must add
DIGITS = 9  # to which weights are compared; beyond is what rounding leaves


class Token(NamedTuple):
    """A word, where it stands in the cleaned text, and how much it spoke for the label."""

    word: str
    start: int
    end: int
    weight: float


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
    said = token_weights(scorer, cuts, features, pairs)
    return [_evidence(text, cut, row, most) for text, cut, row in zip(texts, cuts, said, strict=True)]


def _evidence(text: str, cut: Cut, weights: NDArray[np.float64], most: int) -> tuple[Evidence, ...]:
    sums: dict[str, list[float]] = {}  # a phrase that stands twice is shown once: weight, start, end
    for weight, start, end in _phrases(_tokens(cut, weights)):
        sums.setdefault(cut.text[start:end], [0.0, start, end])[0] += weight
    # A lone character says little to a reader, so it stands only where there is nothing else.
    phrases = {phrase: found for phrase, found in sums.items() if len(phrase) > 1 or phrase in TOKENS} or sums
    ranked = sorted(phrases.items(), key=lambda item: (-round(item[1][0], DIGITS), item[1][1]))[:most]
    aligned = clean_aligned(text)
    found = []
    for phrase, (total, first, last) in ranked:
        raw_start, raw_end = aligned.raw_span(int(first), int(last))
        term = TOKENS.get(phrase, text[raw_start:raw_end])
        found.append(Evidence(term, round(total, 4), raw_start, raw_end))
    return tuple(found)


def token_weights(scorer: Scorer, cuts: Sequence[Cut], features: Rows, pairs: Columns) -> list[NDArray[np.float64]]:
    """Return how much each token of each text spoke for the first of two columns against the second.

    What a feature said is shared out evenly over the characters it stands on, so that nothing is lost. `pairs` has the
    shape (texts, 2); the result has an array of shape (tokens,) a text.
    """
    lengths = np.fromiter((len(token) for cut in cuts for token in cut.tokens), dtype=np.int64)
    counts = [len(cut.tokens) for cut in cuts]
    ends = np.cumsum(lengths) + np.repeat(np.arange(len(cuts)), counts)  # a break stands behind each text
    spread = _character_weights(
        scorer, scorer.places(cuts, ends), features, pairs, sum(len(cut.text) + 1 for cut in cuts)
    )
    sums = np.concatenate([[0.0], np.cumsum(spread)])
    return np.split(sums[ends] - sums[ends - lengths], np.cumsum(counts)[:-1])


def _character_weights(scorer: Scorer, places: Found, features: Rows, pairs: Columns, size: int) -> NDArray[np.float64]:
    """Share out what the features said over all characters, shape (size,)."""
    table = scorer.weight_columns
    first, second = pairs[features.of].T
    weights = features.values * (table[features.columns, first] - table[features.columns, second])
    feature = np.searchsorted(features.keys, places.rows * features.width + places.columns)
    times = np.bincount(feature, minlength=len(weights))
    shares = weights[feature] / times[feature] / (places.ends - places.starts)
    steps = np.bincount(places.starts, shares, size + 1) - np.bincount(places.ends, shares, size + 1)
    return np.cumsum(steps)[:size]


def _tokens(cut: Cut, weights: NDArray[np.float64]) -> Iterator[Token]:
    """Yield the words of a text that spoke for the label."""
    end = 0
    for word, weight in zip(cut.tokens, weights.tolist(), strict=True):
        start, end = end, end + len(word)
        if weight > LEAST and WORD.match(word):
            yield Token(word, start, end, weight)


def _phrases(tokens: Iterable[Token]) -> Iterator[tuple[float, int, int]]:
    """Join neighbouring tokens: weight, start, end."""
    phrase: list[Token] = []
    for token in tokens:
        if phrase and (token.start != phrase[-1].end or token.end - phrase[0].start > LONGEST_PHRASE):
            yield from _trimmed(phrase)
            phrase = []
        phrase.append(token)
    yield from _trimmed(phrase)


def _trimmed(phrase: Sequence[Token]) -> Iterator[tuple[float, int, int]]:
    """Leave out the words at both ends that add little."""
    least = EDGE * sum(token.weight for token in phrase)
    strong = [place for place, token in enumerate(phrase) if token.weight >= least]
    if strong:
        kept = phrase[strong[0] : strong[-1] + 1]
        yield sum(token.weight for token in kept), kept[0].start, kept[-1].end


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
