"""Bigrams: what is compared of a text, and how rare it is."""

import numpy as np
import pytest

from tipclass.bigrams import bigrams, plain, strange_runs, usual_pairs, usual_rarity


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("东岗村，有人倒垃圾！", "东岗村 有人倒垃圾"),
        ("東崗村有人倒垃圾", "东岗村有人倒垃圾"),
        ("来电人反映：东岗村有人倒垃圾，希望相关部门尽快核实处理。", "东岗村有人倒垃圾"),
        ("尊敬的县领导：您好！东岗村有人倒垃圾，恳请查处。此致敬礼", "东岗村有人倒垃圾"),
        ("某村某厂Ａ１２３", "村 厂a123"),
        ("！？…", ""),
        ("", ""),
    ],
)
def test_only_what_can_be_compared_is_left(raw: str, expected: str) -> None:
    assert plain(raw) == expected


def test_each_pair_counts_once_a_text_and_none_reaches_over_a_sign() -> None:
    found = bigrams(["电鱼电鱼", "", "电 鱼"])
    assert found.table.toarray().sum(axis=1).tolist() == [2.0, 0.0, 0.0]
    assert found.texts.tolist() == [1, 1]


def test_no_texts_no_pairs() -> None:
    assert bigrams([]).table.shape == (0, 0)


def test_names_are_rarer_than_usual_words() -> None:
    rarity = usual_rarity("窑鹭有人")
    assert rarity["窑鹭"] > 7 > rarity["有人"]


def test_listed_pairs_know_their_texts_and_others_count_as_one() -> None:
    known = usual_pairs()
    keys = np.array([ord("有") << 16 | ord("人"), ord("窑") << 16 | ord("鹭")], np.uint32)
    assert known.texts(keys)[0] > 100
    assert known.texts(keys)[1] == 1


def test_strange_names_that_several_share_are_found() -> None:
    texts = ["窑鹭坳的厂", "有人在河边电鱼", "听说窑鹭坳那边", "鹞垭岙"]
    assert strange_runs(texts, 9) == ([0, 2], ["窑鹭坳", "窑鹭坳"])
    assert strange_runs(texts, 1) == ([0], ["窑鹭坳"])
    assert strange_runs([], 9) == ([], [])
