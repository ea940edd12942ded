"""The comparison of two models: figures counted by hand, and tests whose p is known."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipclass.comparison import Comparison, Flip, Pair, Tally, Turn, compare, holm, mcnemar
from tipclass.records import Route
from tipclass.verdicts import Verdict

CODES = ("a", "b", "c")


def verdicts(rows: Sequence[tuple[str, str]], route: Route = Route.ACCEPT) -> dict[str, Verdict]:
    return {f"t{place}": Verdict(f"t{place}", label, given, 0.9, route) for place, (label, given) in enumerate(rows)}


def compared(label: str, before: str, after: str) -> Comparison:
    """Compare what two models said of texts, a letter each."""
    pairs = (list(zip(label, said, strict=True)) for said in (before, after))
    return compare(*map(verdicts, pairs), CODES)


@pytest.mark.parametrize(
    ("won", "lost", "p"), [(0, 0, 1.0), (1, 0, 1.0), (0, 5, 0.0625), (5, 0, 0.0625), (0, 6, 0.03125), (3, 3, 1.0)]
)
def test_mcnemar_is_a_coin_thrown_for_each_text_on_which_the_models_differ(won: int, lost: int, p: float) -> None:
    assert mcnemar(won, lost) == pytest.approx(p)


@pytest.mark.parametrize(
    ("ps", "corrected"),
    [
        ([], []),
        ([0.04], [0.04]),
        ([0.01, 0.04], [0.02, 0.04]),
        ([0.04, 0.01, 0.03], [0.06, 0.03, 0.06]),
        ([0.5, 0.9], [1.0, 1.0]),
    ],
)
def test_holm(ps: list[float], corrected: list[float]) -> None:
    assert holm(ps).tolist() == pytest.approx(corrected)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_lowers_no_p_keeps_their_order_and_is_no_stricter_than_bonferroni(ps: list[float]) -> None:
    corrected, given = holm(ps), np.array(ps)
    assert (corrected >= given).all()
    assert (corrected <= np.minimum(1.0, given * len(ps)) + 1e-12).all()
    order = np.argsort(given, kind="stable")
    assert (np.diff(corrected[order]) >= 0).all()


@pytest.mark.parametrize(
    ("tally", "better", "worse"),
    [
        (Tally(9, 1, 0.02), True, False),
        (Tally(1, 9, 0.02), False, True),
        (Tally(1, 9, 0.05), False, False),
        (Tally(9, 1, 0.06), False, False),
    ],
)
def test_a_difference_counts_when_it_is_more_than_chance(tally: Tally, better: bool, worse: bool) -> None:
    assert (tally.better, tally.worse) == (better, worse)


def test_figures_counted_by_hand() -> None:
    found = compared(label="aaabb", before="aabbb", after="aaaab")
    assert found.tips == 5
    assert found.accuracy == Pair(0.8, 0.8)
    assert found.tally == Tally(won=1, lost=1, p=1.0)
    a, b = found.categories
    assert (a.code, a.support, b.code, b.support) == ("a", 3, "b", 2)
    assert a.recall == Pair(pytest.approx(2 / 3), 1.0)
    assert a.precision == Pair(1.0, 0.75)
    assert a.f1 == Pair(pytest.approx(0.8), pytest.approx(6 / 7))
    assert b.recall == Pair(1.0, 0.5)
    assert found.macro_f1.after == pytest.approx((6 / 7 + 2 / 3) / 2)
    assert found.macro_f1_gain.value == pytest.approx(found.macro_f1.gain)
    assert found.macro_f1_gain.low <= found.macro_f1_gain.value <= found.macro_f1_gain.high


def test_a_category_is_judged_by_misses_and_false_alarms() -> None:
    found = compared(label="a" * 8 + "b" * 8, before="a" * 8 + "b" * 8, after="b" * 8 + "b" * 8)
    a, b = found.categories
    assert (a.tally.won, a.tally.lost) == (b.tally.won, b.tally.lost) == (0, 8)
    assert a.tally.p == pytest.approx(2 * 2**-8 * 2)  # twice the single p, as Holm has it
    assert [each.code for each in found.worse] == ["a", "b"]
    assert found.tally.worse
    assert found.figures()["worse"] == ["a", "b"]


def test_a_category_that_never_occurs_is_left_out_and_takes_no_part_in_the_correction() -> None:
    found = compared(label="a" * 6, before="a" * 6, after="b" * 6)
    assert [each.code for each in found.categories] == ["a", "b"]
    assert found.categories[0].tally.p == pytest.approx(0.0625)


def test_flips_are_told_lost_ones_first() -> None:
    found = compared(label="aabb", before="abba", after="baca")
    assert found.flips == (
        Flip("t0", "a", "a", "b", 0.9),
        Flip("t2", "b", "b", "c", 0.9),
        Flip("t1", "a", "b", "a", 0.9),
    )
    assert [flip.turn for flip in found.flips] == [Turn.LOST, Turn.LOST, Turn.WON]
    assert Flip("x", "a", "b", "c", 0.5).turn is Turn.ASTRAY


def test_of_texts_lost_the_surest_mistakes_come_first() -> None:
    before = verdicts([("a", "a")] * 3)
    after = {
        key: replace(each, category="b", certainty=sure)
        for (key, each), sure in zip(before.items(), (0.4, 0.8, 0.6), strict=True)
    }
    assert [flip.id for flip in compare(before, after, CODES).flips] == ["t1", "t2", "t0"]


def test_only_texts_that_both_have_count_and_the_newer_label_judges() -> None:
    before = verdicts([("a", "a"), ("a", "b"), ("b", "b")])
    after = verdicts([("a", "a"), ("b", "b")])
    found = compare(before, after, CODES)
    assert (found.tips, found.relabelled) == (2, 1)
    assert found.accuracy == Pair(1.0, 1.0)


def test_a_category_that_is_no_more_is_never_right() -> None:
    found = compare(verdicts([("old", "old"), ("a", "old")]), verdicts([("a", "a"), ("a", "a")]), CODES)
    assert found.accuracy == Pair(0.0, 1.0)
    assert [each.code for each in found.categories] == ["a"]


def test_routes_tell_what_goes_on_and_what_is_lost() -> None:
    rows = [("a", "a"), ("a", "c"), ("c", "c")]
    before = verdicts(rows, Route.REVIEW)
    after = verdicts(rows, Route.SET_ASIDE)
    found = compare(before, after, CODES)
    assert found.coverage == Pair(0.0, 1.0)
    assert found.selective_accuracy == Pair(0.0, pytest.approx(2 / 3))
    assert found.lost == Pair(0.0, 1.0)
