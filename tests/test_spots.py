"""Spots: what the name of a place runs on over."""

import pytest

from tipclass.spots import BUILDING, EXTENSIONS, MILESTONE, TAIL, WAY, is_fixed, lies


def extension(sort: str, text: str) -> str | None:
    """Return what the patterns of a sort take from the beginning of a text."""
    found = (pattern.match(text) for each, pattern in EXTENSIONS if each == sort)
    return next((match[0] for match in found if match and match[0]), None)


@pytest.mark.parametrize(
    ("sort", "text", "taken"),
    [
        ("town", "长岭镇石塔村", "长岭镇"),
        ("town", "的长岭镇", None),
        ("number", "12号库房存酸", "12号库房"),
        ("number", "旧三号井口往里", "旧三号井口"),
        ("number", "三人", None),
        ("side", "东南角的院子", "东南角"),
        ("side", "往东三百米处", "往东三百米处"),
        ("side", "一百二十米", None),
        ("after", "桥洞底下有人", "桥洞底下"),
        ("after", "二级保护区内", "二级保护区"),
        ("after", "会展中心段，", "会展中心段"),
        ("after", "门口员工", None),
    ],
)
def test_a_name_runs_on(sort: str, text: str, taken: str | None) -> None:
    assert extension(sort, text) == taken


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("的废砖窑", "的废砖窑"),
        ("废弃的种子站", None),
        ("废弃厂房里", "废弃厂房"),
        ("那片空地", "那片空地"),
        ("采石场", None),
        ("的采石场", "的采石场"),
        ("的砖厂老板", None),
    ],
)
def test_a_spot_closes_a_place_but_a_firm_does_not(text: str, tail: str | None) -> None:
    found = TAIL.match(text)
    assert (found[0] if found else None) == tail


def test_numbers_of_houses_ways_and_milestones_are_seen() -> None:
    text = "住幸福里二期4栋，沿国道318线K2087公里处往东三百米"
    assert [BUILDING.search(text)[0], MILESTONE.search(text)[0], WAY.search(text)[0]] == [
        "二期4栋",
        "国道318线K2087公里处",
        "往东三百米",
    ]


def test_a_house_number_fixes_only_where_it_may() -> None:
    assert is_fixed("三楼", 0, numbered=True)
    assert not is_fixed("三楼", 0, numbered=False)
    assert is_fixed("对面", 0, numbered=False)


def test_a_side_lies_where_a_spot_follows_or_a_distance_is_said() -> None:
    assert lies("流到厂后的水塘", 4, "厂后")
    assert not lies("流到厂后去了", 4, "厂后")
    assert lies("下游三公里", 5, "下游三公里")
