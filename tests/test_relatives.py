"""Relatives and fields: names told in passing, and forms pasted as text."""

import pytest

from tipclass.disguise import mask_informant
from tipclass.forms import fields
from tipclass.sides import Side


@pytest.mark.parametrize(
    ("text", "hidden", "kept"),
    [
        ("我家孩子朵朵在托管班吃坏了肚子", "朵朵", "吃坏了肚子"),
        ("东西存在我表弟向东那里", "向东", "表弟"),
        ("邻居们叫我三姨，天天闻臭味", "三姨", "臭味"),
        ("二毛的狗喝了那水当天就死了", "二毛", "那水"),
        ("我是恒泰水务运营部自控工程师，2020年入职", "自控工程师", "恒泰水务"),
        ("我姓宓，住在植物园西门外。", "植物园西门外", "我姓"),
        ("老板娘毛建芳骂人，我龚雪实名举报", "龚雪", "毛建芳"),
    ],
)
def test_what_is_told_in_passing_is_hidden(text: str, hidden: str, kept: str) -> None:
    masked = mask_informant(text)
    assert hidden not in masked
    assert kept in masked


def test_a_field_is_whose_the_label_before_says() -> None:
    text = "诉求人：林某 电话：13800001111\n被投诉商家：好味 电话：13900002222"
    found = [(each.side, text[each.start : each.end]) for each in fields(text)]
    assert found == [(Side.INFORMANT, "13800001111"), (Side.REPORTED, "13900002222")]
