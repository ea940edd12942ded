"""Persons: the reported ones, not those who report."""

import pytest

from tipclass import parties, persons
from tipclass.borders import Borders


def candidates(text: str) -> set[str]:
    return {text[one.start : one.end] for one in persons.find(text)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("被告人陆某强、陆某兵经事先商量", ["陆某兵", "陆某强"]),
        ("犯罪嫌疑人李建国，男", ["李建国"]),
        ("老板王大海在厂里", ["王大海"]),
        ("院主叫史某军，收款", ["史某军"]),
        ("来了个姓刘的老板，说", ["姓刘的老板"]),
        ("外号“二愣子”。", ["二愣子"]),
        ("绰号阿彪，一颗", ["阿彪"]),
        ("一个戴红帽子的男子把鱼", ["戴红帽子的男子"]),
        ("滕某通过QQ联系", ["滕某"]),
        ("都说是饶家兄弟干的", ["饶家兄弟"]),
        ("段改宁（身份证141029）又打开", ["段改宁"]),
        ("老板叫刘二虎，电话", ["刘二虎"]),
        ("养殖户肖光明，养了", ["肖光明"]),
        ("村民徐某利用自家冷藏车", ["徐某"]),
        ("卖给收破烂的老曹，每月", ["收破烂的老曹"]),
        ("邻村马老三上坟", ["马老三"]),
        ("户名蒋*。", ["蒋*"]),
        ("护林员佟大海说", ["佟大海"]),
        ("都喊他马胖子", ["马胖子"]),
        ("收废品的外地夫妻又在", ["收废品的外地夫妻"]),
        ("受外号“阿狗”的人雇用", ["外号“阿狗”的人"]),
        ("里头光头老陶用高压气枪", ["老陶"]),
    ],
)
def test_a_reported_person_is_a_candidate(text: str, names: list[str]) -> None:
    assert set(names) <= candidates(text)


@pytest.mark.parametrize(
    "text",
    [
        "我叫柏守义，身份证",
        "联系人：王建国",
        "举报人李某要求保密",
        "居民王某来电",
        "村民徐某反映夜里有人",
        "证人谭某的证言",
        "有人、他们、老板、工人",
        "在某镇向某公司",
        "老板从冰箱里拿",
        "朱某仓库里",
    ],
)
def test_who_reports_or_suffers_is_left_alone(text: str) -> None:
    assert [found.text for found in parties.find(text, Borders(text), [])] == []
