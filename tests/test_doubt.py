"""Doubts: what no category can be read from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipclass.doubt import doubt, doubts
from tipclass.records import Cause


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", Cause.EMPTY),
        (" \n\u3000\t", Cause.EMPTY),
        ("\u200b\ufeff", Cause.EMPTY),
        ("13800000000", Cause.NUMBERS),
        ("电话13800000000", None),
        ("。。。！！！", Cause.NUMBERS),
        ("https://a.cn/x?y=1", Cause.NUMBERS),
        ("a.b@c.cn 0000-0000000", Cause.NUMBERS),
        ("2026-11-22 10:30", Cause.NUMBERS),
        ("Someone is dumping waste into the river at night", Cause.FOREIGN),
        ("夜に川で電気漁をしている人がいます", Cause.FOREIGN),
        ("밤에 강에서 전기로 물고기를 잡습니다", Cause.FOREIGN),
        ("Кто-то сливает отходы в реку", Cause.FOREIGN),
        ("asdkjhaskjdh", Cause.NOISE),
        ("qwrtp sdfgh zxcvb", Cause.NOISE),
        ("啊啊啊啊啊啊啊啊啊", Cause.NOISE),
        ("哈哈哈哈哈哈哈哈哈哈哈哈", Cause.NOISE),
        ("hhhhhhhhhh", Cause.NOISE),
        ("test", Cause.NOISE),
        ("河里有人电鱼", None),
        ("A市B县某厂排污水", None),
        ("VOC超标的厂子叫ABC PACKAGING，天天臭", None),
        ("臭！！！臭！！！", None),
        ("救命救命救命救命", Cause.NOISE),
        ("有人電魚", None),
    ],
)
def test_doubts(text: str, cause: Cause | None) -> None:
    assert doubt(text) is cause


LETTERS = "有人在河里电鱼夜排污水厂烟の😀 ，1\n"
WORDS = st.sampled_from([*LETTERS, "废水从后墙管子流进沟", "http://a.cn", "www", "dump waste", "qwrt", "@"])


@given(st.lists(st.lists(WORDS, max_size=15).map("".join), max_size=6))
@settings(max_examples=400)
def test_many_texts_are_doubted_as_each_is(texts: list[str]) -> None:
    assert doubts(texts) == [doubt(text) for text in texts]
