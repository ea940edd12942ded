"""Firms: names by their endings, and works that are reported without one; which of them are told."""

import pytest

from tipclass import firms, parties, places
from tipclass.borders import Borders


def candidates(text: str) -> list[str]:
    borders = Borders(text)
    where = [(found.start, found.end) for found in places.find(text, borders)]
    return [text[one.start : one.end] for one in firms.find(text, borders, where)]


def told(text: str) -> list[str]:
    borders = Borders(text)
    where = [(found.start, found.end) for found in places.find(text, borders)]
    return [found.text for found in parties.find(text, borders, where)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("对宏达电镀有限公司进行检查", ["宏达电镀有限公司"]),
        ("老王烟酒店卖假烟", ["老王烟酒店"]),
        ("绿城云栖二期工地又在浇筑", ["绿城云栖二期工地"]),
        ("新利达报废机动车拆解厂的", ["新利达报废机动车拆解厂"]),
        ("锦华印染？大年初三放的黑水", ["锦华印染"]),
        ("星光KTV楼上就是", ["星光KTV"]),
        ("老城隍庙北门的聚贤楼，昨天", ["聚贤楼"]),
        ("村口开了一家养猪场，粪水", ["养猪场"]),
        ("河段里有抽砂船偷着抽", ["抽砂船"]),
        ("某镇的××纸业有限公司", ["××纸业有限公司"]),
        ("门口的“百姓缘药店”不凭处方", ["百姓缘药店"]),
        ("亲戚开的金辉砂石料场，", ["金辉砂石料场"]),
        ("禄丰市仁兴镇青石山采石场爆破", ["青石山采石场"]),
    ],
)
def test_a_firm_is_found_with_its_name(text: str, names: list[str]) -> None:
    assert set(names) <= set(candidates(text))


def test_a_quoted_name_keeps_its_quotes_and_a_weak_name_has_its_bare_twin() -> None:
    assert candidates("“蓝调时光”清吧很吵") == ["“蓝调时光”清吧", "清吧"]
    assert {"水乡人家饭庄", "饭庄"} <= set(candidates("水乡人家饭庄很吵"))


@pytest.mark.parametrize("text", ["对宏达电镀有限公司进行检查", "老王烟酒店卖假烟", "绿城云栖二期工地又在浇筑"])
def test_a_named_firm_weighs_enough_to_be_told(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "该公司和该店都关门了",
        "厂房、厂长和店主都在",
        "他们跟好几家涂装厂签了合同",
        "加油站对面的沟",
        "卖给县城饭店",
        "我是化肥厂职工",
        "请不要联系公司",
        "旧房子上面改造几间民宿",
    ],
)
def test_who_is_not_reported_is_left_alone(text: str) -> None:
    assert told(text) == []
