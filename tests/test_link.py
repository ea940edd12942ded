"""Linking: which tips tell one matter, what they add, and that nothing else is joined."""

from datetime import date, timedelta

import pytest

from tipclass.bigrams import plain
from tipclass.link import Linkable, link, link_tips, linkables
from tipclass.records import TieKind, Tip
from tipclass.ties import Matter, ties

DAY = date(2026, 3, 1)
PLANT = "白石坳镇东岗村的鑫垭电镀厂每天半夜往小关河里放黄绿色的废水，鸭子死了二十多只，厂门口有人望风"
LETTER = (
    "尊敬的县领导：您好！百忙之中打扰您，实在是走投无路。我们怀着万分焦急的心情写这封信。{}"
    "我们多次向有关部门反映，一直没有结果，恳请领导体察民情，为老百姓做主，尽快派人调查处理。此致敬礼！全体村民"
)


def tips(*texts: str, area: str = "清浦县") -> list[Linkable]:
    return [Linkable(str(at), text, DAY + timedelta(days=at), area) for at, text in enumerate(texts)]


def grouped(*texts: str) -> list[str]:
    return [each.first if each else "" for each in link(tips(*texts)).repeats]


@pytest.mark.parametrize(
    "again",
    [
        PLANT,
        f"来电人反映：{PLANT}，希望相关部门核实处理。",
        PLANT.replace("电镀", "电渡").replace("废水", "费水").replace("，", " "),
        "白石坳鎮東崗村的鑫垭電鍍廠每天半夜往小關河裏放黃綠色的廢水，鴨子死了二十多隻，廠門口有人望風",
        "东岗村鑫垭电镀厂半夜往小关河放黄绿色废水，鸭子死了二十多只，请查！",
        f"上次反映的事还没有人管：{PLANT}。昨天夜里又放了，井水都有铁锈味。",
    ],
    ids=["to the letter", "work order", "typos", "traditional", "shortened", "reminder"],
)
def test_one_matter_told_again_is_found(again: str) -> None:
    assert grouped(PLANT, again) == ["0", "0"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (PLANT, "江湾路那家烧烤店每天晚上油烟直排，楼上的住户窗户都不敢开"),
        (
            LETTER.format("我们是龙须村的，后山有人开石场，把水源林砍了三十亩。"),
            LETTER.format("我们是石笋村的，修到乡上的水泥路不到一年就坏了。"),
        ),
        (
            "来电人反映有人在柳沟水库用电瓶电鱼，希望渔政核实处理并回复。",
            "来电人反映幸福小区三栋电梯经常停运，希望物业核实处理并回复。",
        ),
        ("", ""),
        ("噪音", "噪音"),
    ],
    ids=["other matters", "letter furniture", "work-order frames", "empty", "too short to tell"],
)
def test_other_matters_stay_apart(one: str, two: str) -> None:
    assert grouped(one, two) == ["", ""]


def test_twenty_identical_tips_are_one_group_of_the_first() -> None:
    repeats = link(tips(*[PLANT] * 20)).repeats
    assert {(each.first, each.size) for each in repeats if each} == {("0", 20)}
    assert len(repeats) == 20


def test_the_first_is_the_earliest_and_the_order_of_the_tips_is_kept() -> None:
    late = Linkable("late", PLANT, DAY + timedelta(days=9), "清浦县")
    other = Linkable("other", "江湾路那家烧烤店油烟直排，楼上住户受不了", DAY, "清浦县")
    early = Linkable("early", PLANT + "，请查", DAY, "清浦县")
    repeats = link([late, other, early]).repeats
    assert [each and each.first for each in repeats] == ["early", None, "early"]


def test_earlier_tips_come_first_and_are_not_returned() -> None:
    earlier = [Linkable("old", PLANT, None, "清浦县"), Linkable("older", "河边有人电鱼", None, "清浦县")]
    repeats = link([Linkable("new", PLANT + "，又放了", DAY, "清浦县")], earlier).repeats
    assert [(each.first, each.size) for each in repeats if each] == [("old", 2)]


def test_what_a_later_one_adds_stands_in_its_raw_text() -> None:
    again = PLANT + "。老板姓欧阳，有一辆车牌豫Ｃ00000的罐车。"
    first, second = link(tips(PLANT, again)).repeats
    assert first is not None
    assert second is not None
    assert first.adds == ()
    assert "有一辆车牌豫Ｃ00000的罐车" in [each.text for each in second.adds]
    assert all(again[each.start : each.end] == each.text for each in second.adds)


def test_other_matters_with_one_plate_are_a_series() -> None:
    one = Linkable("1", "豫P7K29挂的罐车夜里往刘营村的窑坑放废液", DAY, "项丘县")
    two = Linkable("2", "昨天看到豫P·7K29挂在双庙镇桥洞底下排酸水，水泥地起泡", DAY + timedelta(days=60), "颖泉县")
    links = link([one, two])
    assert links.repeats == (None, None)
    assert [(each.kind, each.wording, each.ids) for each in links.series] == [(TieKind.PLATE, "豫P7K29挂", ("1", "2"))]


@pytest.mark.parametrize(("plate", "tied"), [("豫P·7×K29", True), ("豫P·7**29", False)])
def test_a_plate_with_one_sign_hidden_still_ties(plate: str, tied: bool) -> None:
    one = Linkable("1", f"{plate}的罐车夜里往刘营村的窑坑放废液", DAY, "项丘县")
    two = Linkable("2", f"昨天看到{plate}在双庙镇桥洞底下排酸水，水泥地起泡", DAY + timedelta(days=60), "颖泉县")
    assert [each.kind for each in link([one, two]).series] == [TieKind.PLATE] * tied


@pytest.mark.parametrize(
    ("one", "two", "kind", "wording"),
    [
        (
            "微信号dongxu_0815卖假名牌鞋，一双一百二，鞋底开胶了也不给退",
            "学校门口放学时总有人拿上头电子烟给学生试，说要货就找dongxu_0815",
            TieKind.ACCOUNT,
            "DONGXU_0815",
        ),
        (
            "浙澜工泥12这条船把淤泥倒在海湾里，紫菜苗都烂了",
            "伏季休渔没过，旧码头夜里靠了条大船卸带鱼，船身写着浙澜工泥12",
            TieKind.SHIP,
            "浙澜工泥12",
        ),
        ("白鹮水库坝下每天夜里有人电鱼", "建筑垃圾都倒在白鹮水库尾巴那片荒地上", TieKind.PLACE, "白鹮水库"),
    ],
)
def test_matters_are_tied_by_what_they_call_alike(one: str, two: str, kind: TieKind, wording: str) -> None:
    matters = [Matter((id,), (text,), (plain(text),), frozenset({"清江县"})) for id, text in (("1", one), ("2", two))]
    assert (kind, wording, ("1", "2")) in [(each.kind, each.wording, each.ids) for each in ties(matters)]


def test_an_unusual_way_of_doing_ties_matters_of_other_places() -> None:
    one = Linkable("1", "殡仪车停在河口砂石码头边，往下搬蓝色塑料桶", DAY, "洛云县")
    two = Linkable("2", "果品市场东区有灵车半夜送假烟，一次卸几十箱", DAY + timedelta(days=60), "赤溪市")
    other = Linkable("3", "殡仪车堵在我家路口", DAY + timedelta(days=9), "项丘县")
    found = link([one, two, other]).series
    assert [(each.kind, each.wording, each.ids) for each in found] == [(TieKind.METHOD, "殡仪车运货", ("1", "2"))]


def test_two_tips_of_one_matter_are_no_series() -> None:
    assert link(tips(PLANT + "，车牌豫P7K29挂", PLANT + "，请查豫P7K29挂")).series == ()


def test_no_tips_no_links() -> None:
    assert link([]).repeats == ()


def test_day_and_area_come_from_the_usual_columns_and_ids_are_told_apart() -> None:
    fields = {"受理时间": "2026-03-01 10:00", "所属区县": "清浦县"}
    one, two = linkables([Tip("1", PLANT, "甲.csv", 2, fields), Tip("1", PLANT, "乙.csv", 2)])
    assert (one.day, one.area) == (DAY, "清浦县")
    assert (one.id, two.id) == ("甲.csv/1", "乙.csv/1")
    assert len(link_tips([Tip("1", PLANT, "甲.csv"), Tip("1", PLANT, "乙.csv")])) == 2
