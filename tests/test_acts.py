"""Acts: the surest verb phrases, each where it is first told."""

import pytest

from tipclass import acts
from tipclass.candidates import Candidate


def read(text: str) -> list[str]:
    return [found.text for found in acts.find(text)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("往坑里倾倒黑乎乎的东西", ["倾倒"]),
        ("半夜电鱼，又电鱼", ["电鱼"]),
        ("无证采砂，越界开采", ["无证采砂", "越界开采"]),
        ("私自储存柴油", ["私自储存柴油"]),
        ("柜台下卖假烟给旅客", ["卖假烟"]),
        ("化验出来是添加西布曲明，害人", ["添加"]),
        ("从山上盗采了十车", ["盗采"]),
        ("把泔水倒进雨水井", ["倒进雨水井"]),
        ("收购走私牛肉", ["收购"]),
        ("油烟直排，还直排污水", ["油烟直排", "直排"]),
        ("夜间偷排废气，气味刺鼻", ["偷排"]),
        ("半夜三点还在打桩", ["打桩"]),
        ("门口拿泵抽进河里", ["抽进"]),
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
        "1985年参加工作",
        "小区路灯坏了",
    ],
)
def test_what_is_not_done_is_no_act(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("擅自采挖，", [("擅自采挖", "led"), ("采挖", "plain")]),
        ("卖假烟", [("卖假烟", "sure")]),
        ("夜间偷排", [("偷排", "sure")]),
        ("倾倒渣土", [("倾倒渣土", "sure"), ("倾倒", "cut")]),
        ("树都砍了，", [("砍了", "ended")]),
    ],
)
def test_phrases_are_put_together(text: str, phrases: list[tuple[str, str]]) -> None:
    assert [(text[phrase.start : phrase.end], phrase.sort) for phrase in acts.phrases(text)] == phrases


def test_each_wording_is_told_once_and_none_within_another() -> None:
    text = "电鱼、毒鱼、炸鱼、偷排、又电鱼"
    ranked = [(9.0 - at, Candidate(*span, ())) for at, span in enumerate(((0, 2), (13, 15), (3, 5), (4, 5), (9, 11)))]
    assert acts.choose(text, ranked) == [(0, 2), (3, 5), (9, 11)]


@pytest.mark.parametrize(("weight", "spans"), [(acts.LEAST, [(0, 2)]), (acts.ONLY, [(0, 2)]), (acts.ONLY - 0.1, [])])
def test_the_weightiest_phrase_of_a_text_needs_less_weight(weight: float, spans: list[tuple[int, int]]) -> None:
    assert acts.choose("电鱼", [(weight, Candidate(0, 2, ()))]) == spans
