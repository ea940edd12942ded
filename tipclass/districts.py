"""Districts: the administrative levels of a place as a ledger writes it, wide to narrow."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

COUNTY = "区县旗"
CITY = "市州盟"
# What ends a level; 市场, 区域, 村民 and the like are no levels.
LEVEL = re.compile(
    r"[^\W\d_]{1,11}?(?:省|自治[区州]|特别行政区|盟|州(?!市)|市(?![场政民])|[县旗]|区(?!域)|街道|镇|乡(?![村镇])|"
    r"社区|村(?![民委口头]))"
)
SPLIT = 0.8  # where so many share one district, the level below it says more


def levels(place: str) -> tuple[str, ...]:
    """Return a place up to each of its levels; a place without levels is one itself.

    >>> levels("清江市临河区河口镇青石村砖厂"), levels("大桥下"), levels("")
    (('清江市', '清江市临河区', '清江市临河区河口镇', '清江市临河区河口镇青石村'), ('大桥下',), ())
    """
    place = "".join(place.split())
    ends, end = [], 0
    while match := LEVEL.match(place, end):
        end = match.end()
        ends.append(end)
    return tuple(place[:end] for end in ends) or ((place,) if place else ())


def district(place: str) -> str:
    """Return a place up to its county, else its city, else its first level; nothing of nothing.

    >>> district("清江市临河区河口镇"), district("清江市"), district("河口镇青石村"), district("")
    ('清江市临河区', '清江市', '河口镇', '')
    """
    found = levels(place)
    counties = [level for level in found if level[-1] in COUNTY and not level.endswith(("自治区", "行政区", "社区"))]
    cities = [level for level in found if level[-1] in CITY]
    return next(iter((*counties[-1:], *cities[-1:], *found)), "")


def splitter(places: Iterable[str]) -> Callable[[str], str]:
    """Return what names the part of the world a place is counted under: its district, or a level below it.

    Where most places lie in one district, that district is told apart by its towns.
    """
    counts = Counter(filter(None, map(district, places)))
    common, count = counts.most_common(1)[0] if counts else ("", 0)
    if count < SPLIT * counts.total() or not count:
        return district
    return lambda place: _below(place, common) if district(place) == common else district(place)


def _below(place: str, common: str) -> str:
    return next((level for level in levels(place) if len(level) > len(common)), common)
