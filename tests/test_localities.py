"""Localities: which names make a village a place."""

import pytest

from tipclass.localities import SORTS, county_start, makes_place


@pytest.mark.parametrize(
    ("sort", "name", "word", "chained", "answer"),
    [
        ("county", "赣州", "市", False, True),
        ("county", "城", "市", False, False),
        ("county", "某某", "县", False, True),
        ("county", "A", "市", False, True),
        ("county", "红色", "区", False, False),
        ("town", "柳林", "镇", False, True),
        ("town", "城", "镇", False, False),
        ("village", "王", "村", False, True),
        ("village", "农", "村", False, False),
        ("village", "", "村", True, True),
        ("road", "解放", "路", False, True),
        ("road", "马", "路", False, False),
        ("road", "线", "路", False, False),
        ("site", "东风", "水库", False, True),
        ("site", "", "水库", False, False),
        ("site", "", "老渡口", False, True),
        ("water", "沙", "河", False, True),
        ("water", "污", "河", False, False),
        ("side", "学校", "后面", False, True),
        ("side", "车子", "后面", False, False),
        ("side", "", "村东头", False, True),
        ("side", "鸡公", "山脚下", False, True),
        ("county", "郑", "州", False, False),
        ("village", "茗香茶", "庄", False, False),
        ("road", "五里墩北", "巷", False, True),
        ("road", "二十", "路", False, False),
    ],
)
def test_a_name_makes_a_place_or_not(sort: str, name: str, word: str, chained: bool, answer: bool) -> None:
    assert word in SORTS[sort]
    assert makes_place(sort, name, word, chained) is answer


def test_a_county_is_known_by_its_name() -> None:
    assert county_start("家住扬州江都区", 6) == 4
    assert county_start("希望城市更好", 3) is None
    assert county_start("甲乙", 2) is None


@pytest.mark.parametrize(
    ("name", "number", "answer"),
    [
        ("幸福里", "4栋", True),
        ("万象城", "四楼", True),
        ("超市", "四楼", False),
        ("小区", "4栋", False),
        ("我们", "4栋", False),
    ],
)
def test_a_house_number_makes_a_place_of_an_estate(name: str, number: str, answer: bool) -> None:
    assert makes_place("building", name, number, False) is answer
