"""Particulars: names and numbers in which two texts agree or differ."""

import numpy as np
import pytest

from tipclass.particulars import named, numbered

ONE, TWO = np.array([0]), np.array([1])


@pytest.mark.parametrize(
    ("texts", "agree", "differ"),
    [
        (["东岗村有人", "在东岗村"], 1, 0),
        (["东岗村有人", "西坪村有人"], 0, 1),
        (["东岗村青石桥", "西坪村青石桥"], 1, 1),
        (["东岗村", "幸福小区"], 0, 0),
        (["有人", ""], 0, 0),
    ],
)
def test_names_of_one_sort_agree_or_differ(texts: list[str], agree: int, differ: int) -> None:
    assert [each.tolist() for each in named(texts).compare(ONE, TWO)] == [[agree], [differ]]


@pytest.mark.parametrize(
    ("texts", "agree", "differ"),
    [
        (["老围2巷", "老围二巷"], 1, 0),
        (["老围二巷", "老围四巷"], 0, 1),
        (["第三小学", "三小食堂"], 1, 0),
        (["第三小学", "第二小学"], 0, 1),
    ],
)
def test_numbers_are_told_apart_in_either_writing(texts: list[str], agree: int, differ: int) -> None:
    assert [each.tolist() for each in numbered(texts).compare(ONE, TWO)] == [[agree], [differ]]
