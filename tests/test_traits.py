"""Traits: what is seen of a character."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipclass.traits import BITS, Span, traits

TIP = "昨晚有人在沙河大桥下电鱼。还有人在沙河大桥下毒鱼"


def seen(text: str, known: Sequence[Span] = ()) -> list[set[int]]:
    return [set(places) for places in traits([text], [known]).places[:, : len(text)].T.tolist()]


@given(st.lists(st.text("沙河电鱼在，。1\n\ud800", max_size=8), max_size=4))
def test_a_text_is_seen_alike_alone_and_among_others(texts: list[str]) -> None:
    together = traits(texts, [[]] * len(texts))
    for start, text in zip(together.starts, texts, strict=True):
        alone = traits([text], [[]]).places[:, : len(text)]
        assert np.array_equal(together.places[:, start : start + len(text)], alone)


def test_places_are_of_the_table() -> None:
    places = traits([TIP], [[]]).places
    assert places.min() >= 0
    assert places.max() < 1 << BITS
    assert len(set(places[0].tolist())) > 10


def test_what_rules_found_is_seen_beside_it_too() -> None:
    plain, known = seen(TIP), seen(TIP, [(0, 2, 1)])
    changed = [place for place, (one, other) in enumerate(zip(plain, known, strict=True)) if one != other]
    assert changed == [0, 1, 2, 3]


@pytest.mark.parametrize(("one", "other", "same"), [("电鱼", "电鱼", True), ("电鱼", "毒鱼", False)])
def test_the_same_is_seen_alike_and_other_things_are_not(one: str, other: str, same: bool) -> None:
    assert (seen(one) == seen(other)) is same


def test_a_word_that_stands_again_is_told() -> None:
    again = seen(TIP)
    first, second = TIP.index("大桥"), TIP.rindex("大桥")
    assert again[first] != again[second]
    alone = seen(TIP[13:])
    assert len(alone[second - 13] - again[second]) > 0


def test_nothing_is_seen_of_nothing() -> None:
    assert traits([], []).places.shape[1] == 0
    assert traits([], []).starts == []
