"""Places: the longest phrase that says where."""

import pytest

from tipclass import places
from tipclass.borders import Borders


def read(text: str) -> list[str]:
    return [found.text for found in places.find(text, Borders(text))]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("在青河县柳林镇东岗村三组村东头的废砖窑倒", ["青河县柳林镇东岗村三组村东头的废砖窑"]),
        ("住岳阳市湘阴县鹤塘镇荷叶村七组。", ["岳阳市湘阴县鹤塘镇荷叶村七组"]),
        ("他们跟扬州江都区好几家厂", ["扬州江都区"]),
        ("在解放路与建设街交叉口卖", ["解放路与建设街交叉口"]),
        ("沙河大桥下有人电鱼", ["沙河大桥下"]),
        ("锦绣花园3栋2单元101室", ["锦绣花园3栋2单元101室"]),
        ("营口市鲅鱼圈区昆仑大街66-5号", ["营口市鲅鱼圈区昆仑大街66-5号"]),
        ("G207国道K1482+600处右侧", ["G207国道K1482+600处"]),
        ("开到铜陵市老码头下游两里地", ["铜陵市老码头下游两里地"]),
        ("在Ａ市B3区某镇".replace("Ａ", "A"), ["A市B3区某镇"]),
        ("我们村后山的水库边有人", ["我们村后山的水库边"]),
        ("藏在学校后面", ["学校后面"]),
        ("流到东风渠，排进武强溪，", ["东风渠", "武强溪"]),
        ("销往绵阳、广元等地", ["绵阳", "广元"]),
        ("人在北京昌平打工", ["北京昌平"]),
        ("坐标东经113.52度，北纬34.71度", ["东经113.52度，北纬34.71度"]),
        ("坐标34.2716,117.0853，鱼塘", ["34.2716,117.0853"]),
        ("缅甸过来的货", ["缅甸"]),
    ],
)
def test_the_longest_phrase_is_one_place(text: str, phrases: list[str]) -> None:
    assert read(text) == phrases


@pytest.mark.parametrize(
    "text",
    [
        "倒在河里，扔在路边，村里没人管",
        "我们农村走马路，住在小区楼下",
        "霞浦县烟草专卖局和柳林镇政府",
        "希望城市更好，夜市和超市",
        "送进第三人民医院抢救",
        "面包车后面的门",
        "违法占用国家级保护区",
        "线路老化，一路小跑，走半路",
        "热心市民反映小区路灯不亮",
        "人山人海",
    ],
)
def test_what_names_no_place_is_left_alone(text: str) -> None:
    assert read(text) == []
