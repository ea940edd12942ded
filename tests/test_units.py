"""Units: what can be compared is compared, what cannot never reaches."""

import pytest

from tipclass.units import UNITS, reaches


@pytest.mark.parametrize(
    ("value", "unit", "least", "least_unit"),
    [
        (3, "吨", 3, "吨"),
        (3000, "公斤", 3, "吨"),
        (1000, "斤", 500, "公斤"),
        (500, "KG", 0.5, "吨"),
        (5, "方", 5, "立方米"),
        (5000, "升", 5, "立方米"),
        (2, "公顷", 30, "亩"),
        (3334, "平方米", 5, "亩"),
        (5, "万元", 50_000, "元"),
        (20, "万支", 200_000, "支"),
        (200, "棵", 200, "株"),
        (2, "次", 2, "次"),
    ],
)
def test_a_quantity_reaches_and_a_little_less_does_not(value: float, unit: str, least: float, least_unit: str) -> None:
    assert reaches(value, unit, least, least_unit)
    assert not reaches(value * 0.999, unit, least, least_unit)


@pytest.mark.parametrize(("unit", "least_unit"), [("亩", "吨"), ("支", "株"), ("箱", "支"), ("", "元")])
def test_other_measures_are_never_compared(unit: str, least_unit: str) -> None:
    assert not reaches(1e12, unit, 1e-12, least_unit)


def test_every_base_is_its_own_unit() -> None:
    assert {UNITS[unit.base].factor for unit in UNITS.values()} == {1}
