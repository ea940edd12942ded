"""Transfer: figures met and not met, papers of a folder, fields of a letter."""

import re
from datetime import date

import pytest

from tipclass.records import Mention
from tipclass.routing_table import Routing, load_routing, parse_routing
from tipclass.settings import REPOSITORY
from tipclass.transfer import Quantity, letter_fields, missing_papers, text_of_hint, transfer_hints
from tipclass.units import UNITS

SMALL = """
authorities = ["环保"]
[[department]]
code = "waste"
lead = "环保"
source = "甲"
[[department]]
code = "fishing"
lead = "环保"
source = "甲"
[[department]]
code = "tobacco"
lead = "环保"
source = "甲"

[[circumstance]]
name = "危废"
words = ["废酸", "危废"]
[[circumstance]]
name = "暗管"
words = ["暗管", "渗坑"]
[[circumstance]]
name = "禁渔"
words = ["禁渔期", "禁渔"]
[[circumstance]]
name = "海域"
words = ["出海"]

[[figure]]
codes = ["waste"]
name = "危废三吨"
when = ["危废"]
measure = { kind = "mass", least = 3, unit = "吨" }
provision = "解释 第1条"
source = "乙"
effective_from = 2023-08-15
[[figure]]
codes = ["waste"]
name = "暗管排放"
when = ["危废", "暗管"]
provision = "解释 第1条"
source = "乙"
checked = true
[[figure]]
codes = ["waste"]
name = "所得三十万"
measure = { kind = "money", least = 30, unit = "万元", beside = ["赚", "获利"] }
provision = "解释 第1条"
source = "乙"
[[figure]]
codes = ["fishing"]
name = "内陆渔获"
when = ["禁渔"]
unless = ["海域"]
measure = { kind = "mass", least = 500, unit = "公斤" }
provision = "解释 第3条"
source = "乙"
[[figure]]
codes = ["fishing"]
name = "内陆渔获"
when = ["禁渔"]
unless = ["海域"]
measure = { kind = "money", least = 10_000, unit = "元" }
provision = "解释 第3条"
source = "乙"
[[figure]]
codes = ["tobacco"]
name = "二十万支"
measure = { kind = "count", least = 200_000, unit = "支", conversion = { "条" = 200 } }
provision = "解释 第3条"
source = "乙"

[[paper]]
name = "移送书"
words = ["移送书"]
pattern = '关于移送'
[[paper]]
name = "清单"
words = ["物品清单"]

[[field]]
name = "文号"
pattern = '〔\\d{4}〕\\d+号'
[[field]]
name = "附件"
words = ["附：", "附件"]
"""
DAY = date(2026, 9, 1)


def quantities(text: str) -> list[Quantity]:
    """Read quantities in digits, as the elements module hands them over."""
    units = "|".join(sorted(map(re.escape, {*UNITS, "条"}), key=len, reverse=True))
    return [
        (float(each[1]), each[2], each.start(), each.end()) for each in re.finditer(rf"(\d+(?:\.\d+)?)({units})", text)
    ]


def hints(routing: Routing, codes: str, text: str, day: date = DAY) -> list[str]:
    return [each.name for each in transfer_hints(routing, codes.split(), text, quantities(text), day=day)]


@pytest.fixture(scope="module")
def small() -> Routing:
    return parse_routing(SMALL, source="small.toml")


@pytest.fixture(scope="module")
def shipped() -> Routing:
    return load_routing(REPOSITORY / "corpora" / "routing.toml")


@pytest.mark.parametrize(
    ("codes", "text", "names"),
    [
        ("waste", "倒了废酸3吨", ["危废三吨"]),
        ("waste", "倒了废酸2999公斤", []),
        ("waste", "先倒了1吨废酸，又倒6001斤", ["危废三吨"]),
        ("waste", "倒了黄沙30吨", []),
        ("waste", "倒了废酸，占地30亩", []),
        ("fishing", "倒了废酸3吨", []),
        ("fishing waste", "倒了废酸3吨", ["危废三吨"]),
        ("waste", "有一根暗管", []),
        ("waste", "危废从渗坑下去", ["暗管排放"]),
        ("waste", "老板赚了30万元", ["所得三十万"]),
        ("waste", "厂房花了50万元。老板没赚到", []),
        ("waste", "厂房花了50万元，老板赚了300001元", ["所得三十万"]),
        ("fishing", "禁渔期捕了1000斤", ["内陆渔获"]),
        ("fishing", "禁渔期捕了1000斤，卖了20000元", ["内陆渔获"]),
        ("fishing", "禁渔期卖了20000元", ["内陆渔获"]),
        ("fishing", "禁渔期出海捕了1000斤", []),
        ("fishing", "捕了1000斤", []),
        ("tobacco", "车上有1000条", ["二十万支"]),
        ("tobacco", "车上有999条", []),
        ("tobacco", "车上有20万支", ["二十万支"]),
        ("", "倒了废酸3吨", []),
    ],
)
def test_a_figure_is_met_by_all_it_asks_and_nothing_less(
    small: Routing, codes: str, text: str, names: list[str]
) -> None:
    assert hints(small, codes, text) == names


def test_a_figure_holds_from_its_day(small: Routing) -> None:
    assert hints(small, "waste", "倒了废酸3吨", date(2023, 8, 14)) == []
    assert hints(small, "waste", "倒了废酸3吨", date(2023, 8, 15)) == ["危废三吨"]


def test_a_hint_tells_what_met_it_and_where(small: Routing) -> None:
    text = "前几年的事不说。去年赚了40万元，倒了5吨废酸"
    weighed, earned = transfer_hints(small, ["waste"], text, quantities(text), day=DAY)
    assert weighed.met == (Mention("5吨", 19, 21), Mention("废酸", 21, 23))
    assert earned.met == (Mention("赚", 10, 11), Mention("40万元", 12, 16))
    for mention in (*weighed.met, *earned.met):
        assert text[mention.start : mention.end] == mention.text
    assert text_of_hint(weighed) == "危废三吨（解释 第1条（待核对））；文中：5吨、废酸"


def test_what_was_checked_is_not_marked(small: Routing) -> None:
    (hint,) = transfer_hints(small, ["waste"], "废酸走暗管", [], day=DAY)
    assert text_of_hint(hint) == "暗管排放（解释 第1条）；文中：废酸、暗管"


def test_the_first_quantity_of_the_text_is_told(small: Routing) -> None:
    text = "废酸倒了4吨，后来又倒了5吨"
    (hint,) = transfer_hints(small, ["waste"], text, reversed(quantities(text)), day=DAY)
    assert [each.text for each in hint.met] == ["废酸", "4吨"]


def test_the_longest_of_the_words_that_begin_together_is_told(small: Routing) -> None:
    text = "在禁渔期捕了1000斤"
    (hint,) = transfer_hints(small, ["fishing"], text, quantities(text), day=DAY)
    assert hint.met[0] == Mention("禁渔期", 1, 4)


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        ([], ("移送书", "清单")),
        (["案件移送书\n我局……", "扣押物品清单\n铁桶3只"], ()),
        (["县环保局\n\n关于移送某案的函\n县公安局："], ("清单",)),
        (["关于移送某案的函。附件：1.物品清单"], ("清单",)),
        (["案件移送书\n附：物品清单"], ("清单",)),
        (["县环保局\n\n报告\n一\n二\n三\n四\n物品清单另附"], ("移送书", "清单")),
        (["调查报告\n某厂排污。后来写了移送书。"], ("移送书", "清单")),
    ],
)
def test_a_paper_is_there_when_a_title_says_so(small: Routing, texts: list[str], missing: tuple[str, ...]) -> None:
    assert missing_papers(small, texts) == missing


def test_letter_fields_say_where_they_stand_or_that_they_are_missing(small: Routing) -> None:
    number, enclosures = letter_fields(small, "环移〔2026〕15号 附件一份，附件二份")
    assert (number.name, number.present, number.mentions) == ("文号", True, (Mention("〔2026〕15号", 2, 11),))
    assert enclosures.mentions == (Mention("附件", 12, 14),)
    assert [each.present for each in letter_fields(small, "没有什么")] == [False, False]


# --- the shipped table ---------------------------------------------------------------------------

MET = [
    ("waste_dumping", "夜里倒了危废3.2吨", "危险废物三吨以上"),
    ("waste_dumping", "废酸从渗坑下去了", "渗坑等逃避监管的方式"),
    ("water_pollution", "印染厂有一根暗管", "暗管、渗井"),
    ("water_pollution", "污水排进水源保护区", "饮用水水源保护区"),
    ("air_pollution", "罚了两次还在冒黄烟", "两次以上行政处罚"),
    ("air_pollution", "处罚过2次还在冒黄烟", "两次以上行政处罚"),
    ("waste_dumping", "靠收处置费赚了35万元", "三十万元以上"),
    ("monitoring_fraud", "往在线监测的采样管里掺清水", "重点排污单位"),
    ("illegal_fishing", "禁渔期一晚上捕了600公斤", "五百公斤以上"),
    ("illegal_fishing", "用地笼捕鱼卖了12000元", "价值一万元以上"),
    ("illegal_fishing", "在种质资源保护区捕了120斤", "五十公斤以上"),
    ("illegal_fishing", "在种质资源保护区捕鱼卖了1500元", "价值一千元以上"),
    ("illegal_fishing", "河里有人电鱼", "电鱼、毒鱼、炸鱼"),
    ("illegal_fishing", "伏季休渔出海捕了11吨", "一万公斤以上"),
    ("illegal_fishing", "伏季休渔出海，渔获卖了13万元", "价值十万元以上"),
    ("illegal_fishing", "出海捞鳗鱼苗2.5吨", "二千公斤以上"),
    ("illegal_fishing", "出海捞鳗鱼苗卖了3万元", "价值二万元以上"),
    ("illegal_mining", "挖的石头卖了12万元", "十万至三十万元"),
    ("illegal_mining", "禁采区挖砂卖了6万元", "五万至十五万元"),
    ("wildlife", "一只穿山甲卖25000元", "重点保护动物"),
    ("wildlife", "打猎卖野味卖了12000元", "非法狩猎"),
    ("wildlife", "保护区里下了一百个钢丝套", "禁用的工具狩猎"),
    ("forest_land", "盗伐杉木6立方米", "五立方米以上"),
    ("forest_land", "偷砍小树300棵", "幼树二百株以上"),
    ("forest_land", "盗伐的木头卖了3万元", "盗伐林木价值二万元以上"),
    ("forest_land", "没有采伐证砍了25方", "二十立方米以上"),
    ("forest_land", "滥伐幼树1200株", "一千株以上"),
    ("forest_land", "滥伐的木头卖了6万元", "滥伐林木价值五万元以上"),
    ("forest_land", "占了基本农田6亩", "永久基本农田五亩"),
    ("forest_land", "占了耕地1公顷", "以外的耕地十亩"),
    ("forest_land", "开垦草原25亩", "草原二十亩"),
    ("forest_land", "占了公益林6亩", "公益林地五亩"),
    ("forest_land", "占了林地12亩", "商品林地十亩"),
    ("counterfeit_goods", "劣质电线卖了8万元", "伪劣产品销售金额五万元"),
    ("counterfeit_goods", "仓库里的劣质电线值20万元", "货值十五万元"),
    ("counterfeit_goods", "冒牌水泥卖了8万元", "注册商标经营数额五万元"),
    ("counterfeit_goods", "卖冒牌水泥赚了4万元", "违法所得三万元"),
    ("counterfeit_goods", "假冒多个品牌，卖了4万元", "两种以上注册商标经营数额"),
    ("counterfeit_goods", "假冒多个品牌，赚了25000元", "两种以上注册商标违法所得"),
    ("tobacco", "无证卖烟卖了6万元", "数额五万元以上"),
    ("tobacco", "倒烟赚了3万元", "违法所得二万元以上"),
    ("tobacco", "车上拉着1200条烟", "二十万支"),
    ("tobacco", "小店卖假烟", "另按假冒注册商标罪"),
    ("fake_drugs", "药店卖假药", "生产、销售假药"),
    ("food_safety", "凉粉里放硼砂", "有毒有害的非食品原料"),
]


@pytest.mark.parametrize(("code", "text", "name"), MET)
def test_the_shipped_figures_are_met_by_plain_sentences(shipped: Routing, code: str, text: str, name: str) -> None:
    found = transfer_hints(shipped, [code], text, quantities(text), day=DAY)
    assert any(name in each.name for each in found)
    assert all("（待核对）" in text_of_hint(each) for each in found)


def test_every_shipped_figure_in_force_stands_among_the_plain_sentences(shipped: Routing) -> None:
    met = {name for code, text, _ in MET for name in hints(shipped, code, text)}
    assert met == {each.name for each in shipped.figure if each.holds_on(DAY)}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("waste_dumping", "倒了危废2.9吨"),
        ("waste_dumping", "倒了建筑垃圾300吨"),
        ("illegal_fishing", "伏季休渔出海捕了600公斤"),
        ("illegal_fishing", "河里钓鱼600公斤"),
        ("forest_land", "占了耕地9亩"),
        ("forest_land", "占了荒坡100亩，旁边是小区。村里还有耕地"),
        ("counterfeit_goods", "花60000元买了车。店主卖劣质电线"),
        ("tobacco", "店里卖200支雪茄"),
        ("work_safety", "黑加油点存了50吨柴油，卖了30万元"),
        ("other_matter", "物业欠了50万元，有人说假药"),
    ],
)
def test_what_lacks_a_part_meets_no_shipped_figure(shipped: Routing, code: str, text: str) -> None:
    assert hints(shipped, code, text) == []


@pytest.mark.parametrize(
    ("day", "provision"), [(date(2025, 4, 25), "法释〔2004〕19号"), (date(2025, 4, 26), "法释〔2025〕5号")]
)
def test_the_trademark_figures_moved_on_their_day(shipped: Routing, day: date, provision: str) -> None:
    text = "卖冒牌水泥赚了4万元"
    found = transfer_hints(shipped, ["counterfeit_goods"], text, quantities(text), day=day)
    assert [each.provision for each in found if "注册商标" in each.name] == [provision]


LETTER = """××县生态环境局
关于移送某某表面处理有限公司涉嫌污染环境案的函
×环移〔2026〕12号

××县公安局：
我局执法人员检查时发现该公司用暗管排放含铬废水。当事人：某某表面处理有限公司，法定代表人甘某。
其行为涉嫌污染环境罪。根据《行政执法机关移送涉嫌犯罪案件的规定》第三条，现移送你局处理。
附件：1.调查报告 2.涉案物品清单 3.检测报告
"""
FOLDER = (
    LETTER,
    "关于某某公司案的调查报告\n一、基本情况",
    "涉案物品清单\n水泵一台",
    "检测报告\n编号0012",
    "询问笔录\n问：",
)


def test_a_whole_folder_lacks_nothing_and_each_paper_is_missed(shipped: Routing) -> None:
    assert missing_papers(shipped, FOLDER) == ()
    for place, paper in enumerate(shipped.paper):
        assert missing_papers(shipped, FOLDER[:place] + FOLDER[place + 1 :]) == (paper.name,)


def test_a_whole_letter_lacks_nothing(shipped: Routing) -> None:
    assert [each.name for each in letter_fields(shipped, LETTER) if not each.present] == []


def test_a_bare_letter_lacks_what_it_lacks(shipped: Routing) -> None:
    fields = letter_fields(shipped, "市公安局：\n我局查到有人倒废酸，请处理。")
    assert len(fields) == len(shipped.field)
    assert [each.name for each in fields if each.present] == ["移送机关", "接收机关"]
