"""Rates: exact tests and intervals against values worked out by hand."""

from math import comb

import pytest

from tipclass.evaluate import share
from tipclass.rates import ENDLESS, clumping, compare, difference, odds_interval, tail, tarone


def binomial(least: int, whole: int, p: float) -> float:
    return sum(comb(whole, hits) * p**hits * (1 - p) ** (whole - hits) for hits in range(least, whole + 1))


@pytest.mark.parametrize(("count", "other", "p"), [(3, 0, 0.5), (8, 2, 0.5), (5, 7, 0.3), (1, 20, 0.1), (0, 4, 0.5)])
def test_the_tail_is_the_binomial_one(count: int, other: int, p: float) -> None:
    assert tail(count, other, p) == pytest.approx(binomial(count, count + other, p))


def test_the_interval_leaves_out_what_a_test_would_refuse() -> None:
    low, high = odds_interval(12, 5)
    assert tail(12, 5, low / (1 + low)) == pytest.approx(0.025)
    assert tail(5, 12, 1 - high / (1 + high)) == pytest.approx(0.025)
    assert odds_interval(0, 5)[0] == 0
    assert odds_interval(5, 0)[1] == ENDLESS


def test_a_change_is_judged_by_rates_not_counts() -> None:
    half = compare(10, 10, days=15, days_before=30)
    assert half.ratio is not None
    assert half.ratio.value == 2
    same = compare(10, 20, days=15, days_before=30)
    assert (same.p, same.ratio.value if same.ratio else 0) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("count", "before", "ratio", "small"),
    [(5, 4, 1.25, True), (6, 4, 1.5, False), (9, 0, ENDLESS, True), (0, 9, 0.0, True), (0, 0, None, True)],
)
def test_small_counts_are_said_to_be_small(count: int, before: int, ratio: float | None, small: bool) -> None:
    change = compare(count, before, 30, 30)
    assert change.is_small is small
    assert (change.ratio.value if change.ratio else None) == ratio


def test_nothing_is_compared_without_a_time_before() -> None:
    change = compare(7, None, 30, 0)
    assert (change.before, change.ratio, change.p, change.is_small) == (None, None, 1.0, False)


def test_many_tips_on_one_matter_tell_as_much_as_one() -> None:
    assert clumping([12]) == 12
    assert clumping([1, 3]) == 2.5
    alone, clumped = compare(12, 1, 30, 30), compare(12, 1, 30, 30, clumping=clumping([12, 1]))
    assert alone.p < 0.01 < 0.5 < clumped.p
    assert clumped.is_small
    assert alone.ratio is not None
    assert clumped.ratio is not None
    assert clumped.ratio.low < alone.ratio.low < alone.ratio.value == clumped.ratio.value


def test_a_difference_of_shares_has_newcombes_interval() -> None:
    grew = difference(share(56, 70), share(48, 80))  # Newcombe 1998, table II, (a), method 10
    assert (round(grew.low, 4), round(grew.high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(
    ("totals", "least", "tests"),
    [([], 5, 1), ([1] * 100, 5, 1), ([1] * 100 + [6], 5, 1), ([6, 6], 6, 2), ([20] * 10, 8, 10)],
)
def test_only_what_could_show_counts_among_the_tests(totals: list[int], least: int, tests: int) -> None:
    assert tarone(totals, 0.5, 0.05) == (least, 0.05 / tests)
