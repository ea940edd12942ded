"""The reference: spreads cut by hand, what is observed, and a round trip."""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from tipclass.model import Model
from tipclass.records import Cause, Decision, Route, Scored
from tipclass.reference import Spread, observe, parse_reference, refer, spread

MAIN = Decision(Route.ACCEPT, Cause.CERTAIN, 0.9, (Scored("a", 0.8),), (), Scored("b", 0.1))


def test_a_spread_has_a_share_for_each_part() -> None:
    found = spread(np.arange(1, 101))
    assert (found.median, len(found.edges), found.shares) == (50.5, 9, (0.1,) * 10)
    assert found.count(np.array([1, 10, 11, 100, 1000])).tolist() == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_equal_numbers_have_one_part() -> None:
    assert spread(np.array([3, 3, 3])) == Spread(median=3.0, edges=(), shares=(1.0,))


def test_what_cannot_be_read_is_left_out() -> None:
    unsure = replace(MAIN, route=Route.REVIEW, cause=Cause.UNSURE, certainty=0.4)
    empty = replace(MAIN, route=Route.REVIEW, cause=Cause.EMPTY)
    counts = np.array([(3, 4), (0, 0), (0, 2)])
    seen = observe([MAIN, empty, unsure], counts, ["河水发黑", "", "电鱼"])
    assert (seen.categories, seen.reviewed.tolist()) == (("a", "a"), [False, True])
    assert (seen.certainties.tolist(), seen.known.tolist(), seen.lengths.tolist()) == ([0.9, 0.4], [0.75, 0.0], [4, 2])
    assert observe([empty], counts[1:2], [""]).categories == ()


def test_a_reference_sums_up_and_comes_back() -> None:
    seen = observe([MAIN, replace(MAIN, route=Route.REVIEW)], np.array([(1, 2), (2, 2)]), ["河水", "河水发黑"])
    reference = refer(seen, ("a", "b"))
    assert (reference.tips, reference.reviewed, reference.categories) == (2, 0.5, {"a": 1.0, "b": 0.0})
    assert parse_reference(reference.dumps().encode()) == reference


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"tips":2', '"tips":0'),
        ('"reviewed":0.0', '"reviewed":1.5'),
        ('"shares":[1.0]', '"shares":[]'),
        ('"edges":[]', '"edges":[2,1]'),
        ("{", "["),
    ],
)
def test_what_is_no_reference_is_refused(old: str, new: str) -> None:
    seen = observe([MAIN, MAIN], np.array([(2, 2), (2, 2)]), ["河水", "河水"])
    raw = refer(seen, ("a", "b")).dumps().replace("\n", "").replace(" ", "")
    assert old in raw
    with pytest.raises(ValidationError):
        parse_reference(raw.replace(old, new, 1).encode())


def test_a_model_trained_with_folds_has_one(model: Model) -> None:
    assert model.reference is not None
    assert model.reference.tips == 25
    assert sum(model.reference.categories.values()) == pytest.approx(1.0, abs=0.001)
    assert model.reference.certainty.edges[-1] <= 1.0
