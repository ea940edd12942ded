"""Drift: how a batch differs from the corpus a model was trained on, and whether that asks for a new training."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tipclass import messages
from tipclass.decide import Judgement, decide
from tipclass.errors import ModelError
from tipclass.evaluate import Estimate, share
from tipclass.model import Model
from tipclass.novelty import Unknown, unknown_words
from tipclass.records import Tip
from tipclass.reference import Observed, Reference, Spread, observe
from tipclass.triage import CHUNK, judge

Columns = NDArray[np.int64]

LEAST_TIPS = 50  # below, chance decides
CHANCE = 0.01  # a difference that chance makes no oftener than this is one
FEW = 5  # tips a category should have in a batch; those that would have fewer are counted together


class Signal(StrEnum):
    """What is compared."""

    CATEGORIES = "categories"
    KNOWN = "known"
    CERTAINTY = "certainty"
    REVIEWED = "reviewed"
    LENGTH = "length"


class Level(StrEnum):
    """How much something changed."""

    NONE = "none"
    SOME = "some"
    CLEAR = "clear"


class Verdict(StrEnum):
    """Whether to train again."""

    RETRAIN = "retrain"
    WATCH = "watch"
    KEEP = "keep"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Change:
    """How a batch differs from the reference in one respect.

    size: the population stability index; of the share reviewed, how much it grew or fell. chance: how often chance
    alone makes such a difference. before, after: medians, or the share reviewed; None for categories. grew: above 0
    when the numbers became larger as a whole, below when smaller. parts: the share of each category, or of each part
    of a spread, before and after, with how many tips of the batch it is.
    """

    signal: Signal
    size: float
    chance: float
    before: float | None
    after: float | None
    grew: float
    parts: tuple["Part", ...] = ()

    @property
    def level(self) -> Level:
        """How much changed: what chance could do as well is nothing."""
        some, clear = LIMITS[self.signal]
        if self.chance >= CHANCE or self.size < some:
            return Level.NONE
        return Level.CLEAR if self.size >= clear else Level.SOME

    @property
    def worse(self) -> bool:
        """Whether the change is one for the worse; mere differences of categories and lengths are not."""
        return self.level is not Level.NONE and self.grew * WORSE.get(self.signal, 0) > 0


# From where on a change is some, and clear; the usual ones of the population stability index.
LIMITS = dict.fromkeys(Signal, (0.1, 0.25)) | {Signal.REVIEWED: (0.05, 0.15)}
# The direction that is for the worse.
WORSE = {Signal.KNOWN: -1, Signal.CERTAINTY: -1, Signal.REVIEWED: 1}


@dataclass(frozen=True, slots=True)
class Part:
    """A category (by code) or a part of a spread (by its bounds): its share in the reference, and in the batch."""

    name: str
    before: float
    after: Estimate
    count: int


@dataclass(frozen=True, slots=True)
class Drift:
    """All that was compared of a batch; `tips` are those that can be read, of `whole`."""

    tips: int
    whole: int
    changes: tuple[Change, ...]
    words: tuple[Unknown, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether to train again: the model must do clearly worse, or worse in two respects.

        Words it does not know are no reason by themselves: names and places of a new area do no harm.
        """
        worse = [each for each in self.changes if each.worse]
        clear = any(each.level is Level.CLEAR and each.signal is not Signal.KNOWN for each in worse)
        rules = (
            (self.tips < LEAST_TIPS, Verdict.TOO_FEW),
            (clear or len(worse) > 1, Verdict.RETRAIN),
            (bool(worse), Verdict.WATCH),
        )
        return next((verdict for holds, verdict in rules if holds), Verdict.KEEP)


def drift(tips: Sequence[Tip], model: Model, *, done: Callable[[int], None] = lambda count: None) -> Drift:
    """Judge a batch anew and compare it with the corpus of the model; `done` hears how many tips were judged.

    Raises ModelError when the model has no reference.
    """
    if model.reference is None:
        raise ModelError(messages.MODEL_WITHOUT_REFERENCE.format(id=model.id))
    whole = _whole(tips)
    judgements: list[Judgement] = []
    tokens: list[list[str]] = []
    for start in range(0, len(whole), CHUNK):
        part = [tip.text for tip in whole[start : start + CHUNK]]
        judged = judge(part, model)
        judgements += judged.judgements
        tokens += [cut.tokens for cut in judged.cuts]
        done(len(part))
    decisions = [decide(each, model.policy, model.taxonomy) for each in judgements]
    counts = np.array([(each.known, each.words) for each in judgements], dtype=np.int64).reshape(-1, 2)
    seen = observe(decisions, counts, [tip.text for tip in whole])
    rows = zip(whole, decisions, tokens, strict=True)
    readable = {tip.id: cut for tip, decision, cut in rows if decision.readable}
    changes, words = compare(model.reference, seen), unknown_words(readable, model.scorer)
    return Drift(len(seen.categories), len(whole), changes, words)


def _whole(tips: Sequence[Tip]) -> list[Tip]:
    """Keep one of the rows that taking a text apart made of it (see `triage_batch`), each of which holds all of it."""
    first: dict[tuple[str, str], Tip] = {}
    for tip in tips:
        part = tip.fields.get(messages.COLUMN_SPAN) or tip.fields.get("part")
        first.setdefault((tip.source, tip.text if part else f"\0{tip.id}"), tip)
    return list(first.values())


def compare(reference: Reference, seen: Observed) -> tuple[Change, ...]:
    """Compare what was seen of a batch with what was seen of the corpus; nothing when nothing could be read."""
    if not seen.categories:
        return ()
    spreads = (
        (Signal.KNOWN, reference.known, seen.known),
        (Signal.CERTAINTY, reference.certainty, seen.certainties),
        (Signal.LENGTH, reference.length, seen.lengths),
    )
    changes = [
        _categories(reference, seen),
        *(_spread(signal, before, values, reference.tips) for signal, before, values in spreads),
        _reviewed(reference, seen),
    ]
    order = list(Signal)
    return tuple(sorted(changes, key=lambda each: order.index(each.signal)))


def stability(before: Sequence[float], counts: Sequence[int]) -> float:
    """Return the population stability index of shares and later counts; a part without tips counts as half a tip.

    >>> round(stability((0.5, 0.5), (50, 50)), 4), round(stability((0.5, 0.5), (80, 20)), 2)
    (0.0, 0.42)
    """
    expected = np.maximum(np.asarray(before), 1e-4)
    found = np.maximum(np.asarray(counts, dtype=np.float64), 0.5) / max(1, sum(counts))
    return float(((found - expected) * np.log(found / expected)).sum())


def chance(before: Sequence[float], tips: int, counts: Sequence[int]) -> float:
    """Return how often chance makes shares measured on so many tips and later counts differ as much (chi-square)."""
    from scipy.stats import chi2_contingency

    table = np.array([np.asarray(before) * tips, counts])
    table = table[:, table.sum(axis=0) > 0]
    return float(chi2_contingency(table, correction=False).pvalue) if table.shape[1] > 1 else 1.0


def _categories(reference: Reference, seen: Observed) -> Change:
    """Compare the shares of the main labels; categories too small to be compared one by one count together."""
    whole = len(seen.categories)
    parts = tuple(
        _part(code, before, seen.categories.count(code), whole) for code, before in reference.categories.items()
    )
    large = [each for each in parts if each.before * whole >= FEW]
    small = [each for each in parts if each.before * whole < FEW]
    before = [*(each.before for each in large), *([sum(each.before for each in small)] if small else [])]
    counts = [*(each.count for each in large), *([sum(each.count for each in small)] if small else [])]
    size, odds = stability(before, counts), chance(before, reference.tips, counts)
    return Change(Signal.CATEGORIES, size, odds, None, None, 0.0, parts)


def _spread(signal: Signal, before: Spread, values: NDArray[np.float64] | Columns, tips: int) -> Change:
    counts = before.count(values).tolist()
    bounds = itertools.pairwise((None, *before.edges, None))
    parts = tuple(
        _part(_bounds(signal, *ends), part, count, len(values))
        for ends, part, count in zip(bounds, before.shares, counts, strict=True)
    )
    size, odds = stability(before.shares, counts), chance(before.shares, tips, counts)
    grew = sum(place * (each.after.value - each.before) for place, each in enumerate(parts))
    return Change(signal, size, odds, before.median, float(np.median(values)), grew, parts)


def _bounds(signal: Signal, low: float | None, high: float | None) -> str:
    """Name a part of a spread by its bounds, the upper one not included."""
    form = "{:.0f}" if signal is Signal.LENGTH else "{:.1%}"
    ends = ["" if end is None else form.format(end) for end in (low, high)]
    return f"≥{ends[0]}" if high is None else f"<{ends[1]}" if low is None else "–".join(ends)


def _reviewed(reference: Reference, seen: Observed) -> Change:
    whole, count = len(seen.reviewed), int(seen.reviewed.sum())
    after, before = count / whole, reference.reviewed
    odds = chance((before, 1 - before), reference.tips, (count, whole - count))
    return Change(Signal.REVIEWED, abs(after - before), odds, before, after, after - before)


def _part(name: str, before: float, count: int, whole: int) -> Part:
    return Part(name, before, share(count, whole), count)
