"""Units of measure: which can be compared with each other, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MASS, VOLUME, AREA, MONEY, COUNT, TIMES = "mass", "volume", "area", "money", "count", "times"

# Each kind of measure, the unit its quantities are turned to, and the others as so many of it.
MEASURES = (
    (MASS, "公斤", {"千克": 1, "kg": 1, "斤": 0.5, "市斤": 0.5, "克": 0.001, "g": 0.001, "吨": 1000, "t": 1000}),
    (VOLUME, "立方米", {"立方": 1, "方": 1, "m3": 1, "m³": 1, "升": 0.001, "l": 0.001, "毫升": 1e-6, "ml": 1e-6}),
    (AREA, "亩", {"公顷": 15, "平方公里": 1500, "平方米": 3 / 2000, "平米": 3 / 2000, "m2": 3 / 2000, "㎡": 3 / 2000}),
    (MONEY, "元", {"块": 1, "千元": 1000, "万元": 10_000, "万": 10_000, "亿元": 100_000_000}),
    (COUNT, "支", {"万支": 10_000}),
    (COUNT, "株", {"棵": 1, "万株": 10_000}),
    (TIMES, "次", {"回": 1}),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as `factor` of its `base`; only units of one base can be compared, a 支 is no 株."""

    kind: str
    base: str
    factor: float


UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        name: Unit(kind, base, factor)
        for kind, base, others in MEASURES
        for name, factor in {base: 1.0, **others}.items()
    }
)


def reaches(value: float, unit: str, least: float, least_unit: str) -> bool:
    """Tell whether a quantity can be compared with the least one and is no smaller.

    >>> reaches(1200, "斤", 0.5, "吨"), reaches(499, "公斤", 0.5, "吨"), reaches(1200, "亩", 0.5, "吨")
    (True, False, False)
    """
    own, other = UNITS.get(unit.strip().lower()), UNITS[least_unit]
    return own is not None and own.base == other.base and value * own.factor >= least * other.factor
