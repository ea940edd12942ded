"""Neighbours: the likeness of short rows by hand, and arrays that do not fit."""

from dataclasses import replace

import numpy as np
import pytest

from tipclass.model import Model
from tipclass.neighbours import HEAVIEST, NEAREST, Example, Neighbours, build_neighbours, heaviest
from tipclass.privacy import mask
from tipclass.rows import dense_rows

ROWS = np.array([[0.6, 0.8, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
EXAMPLES = [Example(key, ("a",), key) for key in ("one", "two", "three")]


@pytest.fixture
def neighbours() -> Neighbours:
    return build_neighbours(EXAMPLES, dense_rows(ROWS))


def test_the_likest_come_first(neighbours: Neighbours) -> None:
    found = neighbours.nearest(dense_rows(ROWS[:1]))[0]
    assert [each.id for each in found] == ["one", "two"]
    assert [each.likeness for each in found] == pytest.approx([1.0, 0.8], abs=0.01)


def test_what_shares_no_word_has_no_neighbours(neighbours: Neighbours) -> None:
    assert neighbours.nearest(dense_rows(np.zeros((2, 3)))) == [(), ()]


def test_ties_keep_the_order_of_the_corpus() -> None:
    same = build_neighbours(EXAMPLES, dense_rows(np.ones((3, 2))))
    assert [each.id for each in same.nearest(dense_rows(np.ones((1, 2))))[0]] == ["one", "two", "three"]


def test_only_the_heaviest_words_are_kept() -> None:
    row = np.arange(1.0, HEAVIEST + 6)
    kept = heaviest(dense_rows(row[None, :]))
    assert kept.columns.tolist() == list(range(5, HEAVIEST + 5))
    assert float((kept.values**2).sum()) == pytest.approx(1.0)
    assert heaviest(dense_rows(np.zeros((2, 4)))).starts.tolist() == [0, 0, 0]


def test_arrays_that_do_not_fit_are_noticed(neighbours: Neighbours) -> None:
    assert not neighbours.problem(vocabulary=3)
    assert neighbours.problem(vocabulary=2)
    assert replace(neighbours, examples=neighbours.examples[:2]).problem(3)
    assert replace(neighbours, weights=neighbours.weights[:-1]).problem(3)
    assert replace(neighbours, starts=neighbours.starts[::-1]).problem(3)


def test_a_model_finds_the_text_it_was_trained_on(model: Model) -> None:
    cuts = model.scorer.segmenter.cuts(["电镀作坊用暗管往雨水井排放废水"])
    found = model.neighbours.nearest(model.scorer.telling_words(model.scorer.features(cuts)))[0]
    assert found[0].labels == ("water_pollution",)
    assert found[0].text == "电镀作坊用暗管往雨水井排放废水"
    assert len(found) <= NEAREST


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13800000000", "电话[电话]"),
        ("身份证11010119900101001X", "身份证[长号码]"),
        ("发到a.b@c.cn", "发到[网址]"),
        ("倒了30吨，2023年5月", "倒了30吨，2023年5月"),
    ],
)
def test_what_an_example_shows_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked
