"""The comparison of two models on the same labelled texts: paired differences, tested against chance. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binomtest

from tipclass.evaluate import Estimate, estimate, macro_f1
from tipclass.records import Route
from tipclass.verdicts import Verdict, Verdicts

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]
Truths = NDArray[np.bool_]

LEVEL = 0.05  # a difference this unlikely to come from chance alone counts as one


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of the model before and of the model after."""

    before: float
    after: float

    @property
    def gain(self) -> float:
        """How much larger it is after."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Tally:
    """How many texts only the model after gets right (won), and how many only the model before does (lost).

    `p` is how often two equally good models would differ as much (McNemar's exact test, two-sided); by category it is
    corrected after Holm.
    """

    won: int
    lost: int
    p: float

    @property
    def better(self) -> bool:
        """Whether the model after wins by more than chance."""
        return self.p < LEVEL and self.won > self.lost

    @property
    def worse(self) -> bool:
        """Whether the model after loses by more than chance."""
        return self.p < LEVEL and self.won < self.lost


@dataclass(frozen=True, slots=True)
class CategoryChange:
    """How one category fares, with `support` texts labelled with it.

    A model is right about the category on a text when it gives it where it is the label and only there, so that the
    tally counts misses and false alarms alike, as F1 does.
    """

    code: str
    support: int
    precision: Pair
    recall: Pair
    f1: Pair
    tally: Tally


class Turn(StrEnum):
    """What became of a text whose main label changed."""

    LOST = "lost"
    WON = "won"
    ASTRAY = "astray"


@dataclass(frozen=True, slots=True)
class Flip:
    """A text to which the two models give different main labels; `certainty` is that of the model after."""

    id: str
    label: str
    before: str
    after: str
    certainty: float

    @property
    def turn(self) -> Turn:
        """Whether it was lost, won, or wrong both times."""
        return Turn.WON if self.after == self.label else Turn.LOST if self.before == self.label else Turn.ASTRAY


@dataclass(frozen=True)
class Comparison:
    """All differences on `tips` texts; shares lie in [0, 1].

    tally: by main labels; macro_f1_gain: with the interval of a bootstrap over texts, both models on the same ones;
    coverage, selective_accuracy, lost: as in `Evaluation`; relabelled: texts whose label has changed since the model
    before was trained, judged by the new label; categories: those that occur, in order; flips: lost ones first,
    and of these what the model after is surest of.
    """

    tips: int
    accuracy: Pair
    tally: Tally
    macro_f1: Pair
    macro_f1_gain: Estimate
    coverage: Pair
    selective_accuracy: Pair
    lost: Pair
    relabelled: int
    categories: tuple[CategoryChange, ...]
    flips: tuple[Flip, ...]

    @property
    def worse(self) -> tuple[CategoryChange, ...]:
        """The categories that lose by more than chance."""
        return tuple(each for each in self.categories if each.tally.worse)

    def figures(self) -> dict[str, Any]:
        """Return the chief figures as plain values, for the history of promotions."""
        pairs = {name: getattr(self, name) for name in ("accuracy", "macro_f1", "coverage", "selective_accuracy")}
        return {"tips": self.tips, "p": round(self.tally.p, 4), "worse": [each.code for each in self.worse]} | {
            name: [round(pair.before, 4), round(pair.after, 4)] for name, pair in pairs.items()
        }


def compare(before: Verdicts, after: Verdicts, codes: Sequence[str]) -> Comparison:
    """Compare verdicts on the texts that both have, judged by the labels of the verdicts after.

    `codes` are the categories in their order; there must be a text that both have.
    """
    pairs = [(before[key], each) for key, each in after.items() if key in before]
    named = [(two.label, one.category, two.category) for one, two in pairs]
    place = {code: number for number, code in enumerate(dict.fromkeys([*codes, *(c for row in named for c in row)]))}
    label, old, new = np.array([[place[code] for code in row] for row in named], dtype=np.int64).T
    right = old == label, new == label
    sent_on = [np.array([pair[side].route is not Route.REVIEW for pair in pairs], dtype=bool) for side in (0, 1)]
    aside = [np.array([pair[side].route is Route.SET_ASIDE for pair in pairs], dtype=bool) for side in (0, 1)]
    return Comparison(
        tips=len(pairs),
        accuracy=Pair(*(float(each.mean()) for each in right)),
        tally=tally(*right),
        macro_f1=Pair(macro_f1(label, old), macro_f1(label, new)),
        macro_f1_gain=estimate(
            lambda rows: macro_f1(label[rows], new[rows]) - macro_f1(label[rows], old[rows]), len(pairs)
        ),
        coverage=Pair(*(float(each.mean()) for each in sent_on)),
        selective_accuracy=Pair(*(_share(part, of) for part, of in zip(right, sent_on, strict=True))),
        lost=Pair(*(float((part & ~each).sum()) for part, each in zip(aside, right, strict=True))),
        relabelled=sum(one.label != two.label for one, two in pairs),
        categories=category_changes(label, old, new, codes),
        flips=_flips(pairs),
    )


def category_changes(
    label: Columns, before: Columns, after: Columns, codes: Sequence[str]
) -> tuple[CategoryChange, ...]:
    """Return how each category that occurs fares; columns beyond `codes` are categories that no longer exist."""
    met = [place for place in range(len(codes)) if any((each == place).any() for each in (label, before, after))]
    changes = [_category_change(codes[place], label == place, before == place, after == place) for place in met]
    corrected = holm([each.tally.p for each in changes]).tolist()
    return tuple(replace(each, tally=replace(each.tally, p=p)) for each, p in zip(changes, corrected, strict=True))


def _category_change(code: str, true: Truths, before: Truths, after: Truths) -> CategoryChange:
    precision, recall, f1 = map(Pair, _figures(true, before), _figures(true, after))
    counted = tally(before == true, after == true)
    return CategoryChange(code, int(true.sum()), precision, recall, f1, counted)


def tally(before: Truths, after: Truths) -> Tally:
    """Count on which texts only one of two models is right, both of shape (texts,), and test the difference."""
    won, lost = int((after & ~before).sum()), int((before & ~after).sum())
    return Tally(won, lost, mcnemar(won, lost))


def mcnemar(won: int, lost: int) -> float:
    """Return the two-sided p of McNemar's exact test: how unlikely a fair coin would fall so unevenly.

    >>> mcnemar(0, 6)
    0.03125
    """
    return float(binomtest(won, won + lost, 0.5).pvalue) if won + lost else 1.0


def holm(ps: ArrayLike) -> Matrix:
    """Correct the p of several tests, shape (tests,), so that one of them errs no oftener than a single test would.

    >>> holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    given = np.asarray(ps, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    corrected = np.zeros_like(given)
    corrected[order] = np.maximum.accumulate(given[order] * np.arange(given.size, 0, -1))
    return np.minimum(corrected, 1.0)


def _figures(true: Truths, given: Truths) -> tuple[float, float, float]:
    """Return precision, recall and F1 of one category; of nothing, 0."""
    hit, labelled, named = (int(each.sum()) for each in (true & given, true, given))
    return hit / max(1, named), hit / max(1, labelled), 2 * hit / max(1, labelled + named)


def _share(part: Truths, of: Truths) -> float:
    return float((part & of).sum() / max(1, of.sum()))


def _flips(pairs: Sequence[tuple[Verdict, Verdict]]) -> tuple[Flip, ...]:
    found = (
        Flip(after.id, after.label, before.category, after.category, after.certainty)
        for before, after in pairs
        if before.category != after.category
    )
    order = list(Turn)
    return tuple(sorted(found, key=lambda flip: (order.index(flip.turn), -flip.certainty, flip.id)))
