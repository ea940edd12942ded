"""Forms of names: each is found, and what is no name is not looked at."""

import pytest

from tipclass.name_forms import spans


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("我叫谢春生", "谢春生", "full 1"),
        ("证人何某说", "何某", "masked"),
        ("同村的滑老汉", "滑老汉", "elder"),
        ("我家朵朵吐了", "朵朵", "twice"),
        ("我是阿依古丽·买买提", "阿依古丽·买买提", "dotted"),
        ("我姓宓", "宓", "only"),
        ("村民 符", "符", "only"),
        ("收件写Lily陶", "Lily陶", "latin"),
        ("21:05 小满妈：我来报", "小满妈", "speaker"),
        ("欧阳慧反映", "欧阳慧", "short 2"),
        ("她叫扎西卓玛，放羊", "扎西卓玛", "foreign"),
        ("牧民额尔登来访", "额尔登", "foreign"),
        ("诉求人：陈**", "陈**", "starred"),
        ("我叫曾国强", "曾国强", "full 1"),
        ("申请人冉再兴", "冉再兴", "full 1"),
        ("来电人鲁正花反映", "鲁正花", "full 1"),
        ("我老公沙玛木呷", "沙玛木呷", "foreign"),
        ("举报人之弟吐尔逊·买买提曾受雇", "吐尔逊·买买提", "dotted"),
    ],
)
def test_each_form_of_a_name_is_found(text: str, name: str, form: str) -> None:
    start = text.index(name)
    assert form in spans(text)[start, start + len(name)]


def test_what_is_no_name_is_not_looked_at() -> None:
    assert (4, 6) not in spans("老师说，敬礼")
    assert (0, 3) not in spans("赵家屯养猪场臭")
