"""Rates: whether tips came oftener in one stretch of time than in another, and by how much. Pure.

Tips that tell the same matter do not come by chance. A count with many of them therefore tells as much as a smaller one
without: `count / clumping`, with `clumping` as in `clumping()`. All tests and intervals are exact for Poisson counts.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tipclass.evaluate import Estimate

# With fewer in both times together, even eight to one may be chance at 5 % once several lines are compared.
FEW = 10
INTERVAL = 0.95
ENDLESS = float("inf")


@dataclass(frozen=True, slots=True)
class Change:
    """How many tips came in two times, one after the other.

    days_before, days: how long each was; clumping: how many tips tell as much as one; p: how often chance alone makes
    two equal rates differ as much. Where there was no time before, `before` is None and nothing is compared.
    """

    count: int
    before: int | None
    days: int
    days_before: int
    clumping: float = 1.0
    p: float = 1.0

    @property
    def ratio(self) -> Estimate | None:
        """The rate now as so many times the rate before, with its 95 % interval; None without a rate before."""
        if self.before is None or not (self.count or self.before):
            return None
        times = self.days_before / self.days
        low, high = odds_interval(self.count / self.clumping, self.before / self.clumping)
        value = self.count / self.before if self.before else ENDLESS
        return Estimate(value * times, low * times, high * times)

    @property
    def is_small(self) -> bool:
        """Whether the counts are too small to say much."""
        return self.before is not None and (self.count + self.before) / self.clumping < FEW


def compare(count: int, before: int | None, days: int, days_before: int, *, clumping: float = 1.0) -> Change:
    """Return how a count differs from the one before, tested against equal rates.

    >>> compare(30, 10, 31, 31).p < 0.01, compare(5, 3, 31, 31).is_small, compare(5, None, 31, 0).ratio
    (True, True, None)
    """
    if before is None:
        return Change(count, None, days, 0, clumping)
    now, then, share = count / clumping, before / clumping, days / (days + days_before)
    p = min(1.0, 2 * min(tail(now, then, share), tail(then, now, 1 - share)))
    return Change(count, before, days, days_before, clumping, p)


def tail(count: float, other: float, share: float) -> float:
    """Return how often at least `count` of all `count + other` fall where `share` of them are expected (binomial).

    >>> tail(3, 0, 0.5), tail(0, 3, 0.5), round(tail(8, 2, 0.5), 4)
    (0.125, 1.0, 0.0547)
    """
    from scipy.special import betainc

    return float(betainc(count, other + 1, share)) if count > 0 else 1.0


def odds_interval(count: float, other: float) -> tuple[float, float]:
    """Return the ends of the exact 95 % interval (Clopper and Pearson) of how many times `other` the count is.

    >>> tuple(round(end, 2) for end in odds_interval(10, 10))
    (0.37, 2.68)
    """
    from scipy.special import betaincinv

    rest = (1 - INTERVAL) / 2
    low = float(betaincinv(count, other + 1, rest)) if count > 0 else 0.0
    high = float(betaincinv(count + 1, other, 1 - rest)) if other > 0 else 1.0
    return low / (1 - low), high / (1 - high) if high < 1 else ENDLESS


def clumping(sizes: Sequence[int]) -> float:
    """Return how many tips tell as much as one, when tips come in clumps of these sizes.

    >>> clumping([1, 1, 1]), clumping([4]), clumping([])
    (1.0, 4.0, 1.0)
    """
    return sum(size**2 for size in sizes) / sum(sizes) if sizes else 1.0


def difference(now: Estimate, before: Estimate) -> Estimate:
    """Return by how much a share grew, with Newcombe's interval from those of both shares.

    >>> grew = difference(Estimate(0.5, 0.4, 0.6), Estimate(0.5, 0.4, 0.6))
    >>> (grew.value, round(grew.low, 2), round(grew.high, 2))
    (0.0, -0.14, 0.14)
    """
    value = now.value - before.value
    low = value - ((now.value - now.low) ** 2 + (before.high - before.value) ** 2) ** 0.5
    high = value + ((now.high - now.value) ** 2 + (before.value - before.low) ** 2) ** 0.5
    return Estimate(value, low, high)


def least_chance(total: int, share: float) -> float:
    """Return the least p that `total` tips can reach: all of them where `share` is expected.

    >>> least_chance(3, 0.5)
    0.125
    """
    return share**total


def tarone(totals: Sequence[int], share: float, level: float) -> tuple[int, float]:
    """Return the least total worth a test, and the level of each test, so that all of them err at `level` together.

    Totals so small that not even the extreme would show do not count among the tests, so they cost the others nothing
    (Tarone 1990).

    >>> tarone([1, 1, 1, 6], 0.5, 0.05)
    (5, 0.05)
    """
    tests = 1
    while sum(least_chance(total, share) <= level / tests for total in totals) > tests:
        tests += 1
    return math.ceil(math.log(level / tests) / math.log(share)), level / tests
