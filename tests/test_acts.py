"""Acts: the surest verb phrases, each where it is first told."""

import pytest

from tipclass import acts


def read(text: str) -> list[str]:
    return [found.text for found in acts.find(text)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("往坑里倾倒黑乎乎的东西", ["倾倒"]),
        ("半夜电鱼，又电鱼", ["电鱼"]),
        ("无证采砂，越界开采", ["无证采砂", "越界开采"]),
        ("私自储存柴油", ["私自储存"]),
        ("柜台下卖假烟给旅客", ["卖假烟"]),
        ("化验出来是添加西布曲明，害人", ["添加西布曲明"]),
        ("从网上收购了十只", ["收购"]),
        ("把泔水倒进雨水井", ["倒进雨水井"]),
        ("收购走私牛肉", ["收购"]),
        ("油烟直排，还直排污水", ["油烟直排"]),
    ],
)
def test_an_act_is_told_once(text: str, phrases: list[str]) -> None:
    assert read(text) == phrases


@pytest.mark.parametrize(
    "text",
    [
        "严禁倾倒垃圾，不得私自储存",
        "没有偷排",
        "采砂船和采矿证",
        "排放标准是多少",
        "构成销售伪劣产品罪",
        "1985年参加工作",
        "小区路灯坏了",
    ],
)
def test_what_is_not_done_is_no_act(text: str) -> None:
    assert read(text) == []


def test_a_tip_is_told_in_a_few_acts() -> None:
    assert len(read("电鱼、毒鱼、炸鱼、盗采、盗伐、偷排")) == acts.MOST
