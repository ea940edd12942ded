"""Parties: firms and persons, wherever their names stand."""

import pytest

from tipclass import parties
from tipclass.borders import Borders


def read(text: str) -> list[str]:
    return [found.text for found in parties.find(text, Borders(text), [])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("有个微信叫“小鹿医美”的，给人打针", ["小鹿医美"]),
        ("卖家：时光奢品　平台".replace("　", " "), ["时光奢品"]),
        ("讲课的叫健福堂，害人", ["健福堂"]),
        ("店名媚颜坊，没有证", ["媚颜坊"]),
        ("夜市那家“疯狂烤翅”，难吃", ["疯狂烤翅"]),
        ("工地名字叫学府壹号，夜里", ["学府壹号"]),
        ("“骆记卤菜”店内", ["骆记卤菜"]),
        ("推销一种叫“绿丰宝”的农药", []),
    ],
)
def test_a_name_that_is_brought_or_quoted_is_found(text: str, names: list[str]) -> None:
    assert read(text) == names


def test_a_place_brings_a_person_but_not_the_writer() -> None:
    for text, names in (("举报柳林镇的殷步高，抽砂", ["殷步高"]), ("我是柳林镇的殷步高，举报", [])):
        start = text.index("柳")
        assert [found.text for found in parties.find(text, Borders(text), [(start, start + 3)])] == names


def test_every_mention_of_a_name_is_found() -> None:
    assert read("举报锦元贸易有限公司。老板尹大军，锦元贸易有限公司都归尹大军管。") == [
        "锦元贸易有限公司",
        "尹大军",
        "锦元贸易有限公司",
        "尹大军",
    ]
