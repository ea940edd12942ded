"""Districts: the levels of a place, and under which of them it is counted."""

import pytest

from tipclass.districts import district, levels, splitter


@pytest.mark.parametrize(
    ("place", "ends", "under"),
    [
        ("清江省临河市望山县城关镇西村", ("清江省", "临河市", "望山县", "城关镇", "西村"), "清江省临河市望山县"),
        ("内蒙古自治区呼和浩特市新城区", ("内蒙古自治区", "呼和浩特市", "新城区"), "内蒙古自治区呼和浩特市新城区"),
        ("济宁市市中区", ("济宁市", "市中区"), "济宁市市中区"),
        ("清江市", ("清江市",), "清江市"),
        ("河口镇青石村三组", ("河口镇", "青石村"), "河口镇"),
        ("沙头街道向阳社区", ("沙头街道", "向阳社区"), "沙头街道"),
        (" 望山县 城关镇 ", ("望山县", "城关镇"), "望山县"),
        ("村口大桥", ("村口大桥",), "村口大桥"),
        ("大市场旁", ("大市场旁",), "大市场旁"),
        ("", (), ""),
    ],
)
def test_levels(place: str, ends: tuple[str, ...], under: str) -> None:
    assert levels(place) == tuple("".join(ends[: number + 1]) for number in range(len(ends)))
    assert district(place) == under


def test_where_all_lie_in_one_district_its_towns_are_counted() -> None:
    here = ["望山县城关镇", "望山县柳林乡东村", "望山县", "望山县城关镇", "沙洲区沙头镇"]
    assert [*map(splitter(here), here)] == ["望山县城关镇", "望山县柳林乡", "望山县", "望山县城关镇", "沙洲区"]
    both = ["望山县城关镇", "沙洲区沙头镇", ""]
    assert [*map(splitter(both), both)] == ["望山县", "沙洲区", ""]
    assert splitter([])("望山县城关镇") == "望山县"
