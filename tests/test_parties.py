"""Parties: firms and persons, wherever their names stand."""

import pytest

from tipclass import parties
from tipclass.borders import Borders
from tipclass.candidates import Candidate


def read(text: str) -> list[str]:
    return [found.text for found in parties.find(text, Borders(text), [])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("卖家：时光奢品　平台".replace("　", " "), ["时光奢品"]),
        ("店名媚颜坊，没有证", ["媚颜坊"]),
        ("“骆记卤菜”店内", ["骆记卤菜"]),
        ("推销一种叫“绿丰宝”的农药", []),
    ],
)
def test_a_name_that_is_brought_or_quoted_is_found(text: str, names: list[str]) -> None:
    assert read(text) == names


@pytest.mark.parametrize(
    ("text", "sign"), [("举报柳林镇的殷步高，抽砂", "of a place"), ("我是柳林镇的殷步高，举报", "writer")]
)
def test_a_place_brings_a_person_but_not_the_writer(text: str, sign: str) -> None:
    start = text.index("柳")
    found = parties.candidates(text, Borders(text), [(start, start + 3)])
    assert [sign in one.signs for one in found if text[one.start : one.end] == "殷步高"] == [True]


def test_every_mention_of_a_name_is_found() -> None:
    assert read("举报锦元贸易有限公司。老板尹大军，锦元贸易有限公司都归尹大军管。") == [
        "锦元贸易有限公司",
        "尹大军",
        "锦元贸易有限公司",
        "尹大军",
    ]


TEXT = "老王烟酒店卖假烟，店主王大海。老王烟酒店关了。"


def one(start: int, end: int, *, named: bool = True) -> Candidate:
    return Candidate(start, end, (), named)


@pytest.mark.parametrize(
    ("ranked", "spans"),
    [
        ([(1.0, one(0, 5)), (0.9, one(2, 5))], [(0, 5), (15, 20)]),
        ([(1.0, one(2, 5, named=False))], [(2, 5)]),
        ([(1.0, one(11, 14)), (0.2, one(0, 5))], [(11, 14)]),
        ([(0.2, one(0, 5))], []),
    ],
)
def test_what_weighs_enough_is_told_wherever_its_name_stands(
    ranked: list[tuple[float, Candidate]], spans: list[tuple[int, int]]
) -> None:
    assert parties.choose(TEXT, ranked, 0.5) == spans


def test_a_span_is_one_candidate_with_the_signs_of_all_rules() -> None:
    text = "老板叫刘二虎，偷排废水"
    found = {(one.start, one.end): one.signs for one in parties.candidates(text, Borders(text), [])}
    assert {"titled", "spoken", "sure person", "deed False"} <= set(found[3, 6])
