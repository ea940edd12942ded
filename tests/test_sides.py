"""Sides: the nearest word tells whose a thing is."""

import pytest

from tipclass.sides import Side, Sides


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("老板的电话#", Side.REPORTED),
        ("我的电话#", Side.INFORMANT),
        ("老板不肯说，我的电话#", Side.INFORMANT),
        ("我找过老板，电话#", Side.REPORTED),
        ("电话#找我", Side.INFORMANT),
        ("电话#是空号", Side.REPORTED),
        ("昨晚有船，电话#", None),
        ("老板走了。" + "水很黑，" * 20 + "电话#", None),
        ("被举报人电话#", Side.REPORTED),
    ],
)
def test_the_nearest_cue_decides(text: str, side: Side | None) -> None:
    place = text.index("#")
    assert Sides(text).distances(place, place + 1)[2] is side
