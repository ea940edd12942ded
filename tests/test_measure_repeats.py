"""The scripts that fit and measure linking: what they count and what they never teach."""

import numpy as np
import pytest
from fit_link import HURRIED, bounded, spread, with_copies
from measure_repeats import Batch, marked, pair_lines

from tipclass.link import Links
from tipclass.records import Repeats


def row(id: str, group: str, how: str = "first", series: str = "", tie: str = "") -> dict[str, str]:
    return {"id": id, "group": group, "how": how, "series": series, "tie": tie, "text": "东岗村有人倒垃圾，夜里来车"}


ROWS = [row("1", "g1"), row("2", "g1", "short"), row("3", ""), row("4", "g2"), row("5", "g2", "other")]


def test_pairs_are_counted_by_hand() -> None:
    both = Repeats("1", 3)
    links = Links((both, both, both, None, None), ())
    first, second, third = pair_lines([Batch(ROWS, links)])
    assert first == "pairs: marked 2, given 3, right 1"
    assert second == "precision 0.333, recall 0.500"
    assert "short 1.00 (1)" in third
    assert "other 0.00 (1)" in third


def test_a_row_of_two_series_belongs_to_both() -> None:
    rows = [
        row("1", "", series="s1;s2", tie="plate=豫A00000;place=柳湾闸"),
        row("2", "", series="s2", tie="place=柳湾闸"),
    ]
    assert [(name, tie, len(ids)) for name, tie, ids in marked(rows)] == [
        ("s1", "plate=豫A00000", 1),
        ("s2", "place=柳湾闸", 2),
    ]


def test_copies_join_the_group_of_what_they_copy() -> None:
    rows = with_copies(ROWS)
    assert len(rows) == 10
    assert all(each["group"] for each in rows[:5])
    assert {each["group"] for each in rows[5:]} == {"g1", "g2", "3"}


def test_days_are_drawn_anew_only_where_they_tell_too_much() -> None:
    hurried, as_they_are = (
        [{**each, "id": f"{author}-{each['id']}", "received": "2026-01-01"} for each in ROWS]
        for author in (min(HURRIED), "r99")
    )
    assert len({each["received"] for each in spread(hurried)}) > 1
    assert [each["group"] for each in spread(hurried)] == [each["group"] for each in ROWS]
    assert spread(as_they_are) == as_they_are


@pytest.mark.parametrize(("name", "slope"), [("numbers_agree", -1.0), ("numbers_differ", 1.0)])
def test_no_likeness_speaks_against_and_no_difference_for_a_pair(name: str, slope: float) -> None:
    values = np.linspace(-1, 1, 40)
    same = (slope * values > 0).astype(float)
    assert bounded(values[:, None], same, np.ones(40), [name])[1][name] == 0.0
    assert bounded(values[:, None], 1 - same, np.ones(40), [name])[1][name] != 0.0
