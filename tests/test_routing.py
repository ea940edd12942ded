"""Routing: who takes a tip, by categories, words, day and local answers."""

from datetime import date

import pytest

from tipclass.errors import SettingsError
from tipclass.records import Basis, Departments
from tipclass.routing import check_answers, departments, open_questions, text_of_basis
from tipclass.routing_table import Routing, load_routing, parse_routing
from tipclass.settings import REPOSITORY

SMALL = """
authorities = ["环保", "城管", "公安", "渔政", "市场监管"]

[[department]]
code = "waste"
lead = "环保"
source = "甲"
[[department.basis]]
law = "新法"
articles = "第2条"
effective_from = 2026-08-15
replaces = ["旧法"]
source = "乙"
checked = true
[[department.basis]]
law = "旧法"
articles = "第1条"
effective_to = 2026-08-14
source = "甲"
[[department.basis]]
law = "条例"
source = "甲"
[[department.criminal]]
law = "刑法"
articles = "第338条"
source = "甲"
[[department.switch]]
name = "建筑垃圾"
words = ["建筑垃圾", "渣土"]
unless = ["危废"]
lead = "城管"
assist = ["环保"]
[[department.switch]]
name = "假货"
words = ["假货"]
lead = "市场监管"
[[department.switch]]
name = "拘留"
words = ["拘留"]
assist = ["公安"]

[[department]]
code = "smoke"
lead = "环保"
source = "甲"
[[department.basis]]
law = "条例"
source = "甲"
[[department.switch]]
name = "烧烤"
words = ["烧烤"]
local = "cooking"

[[department]]
code = "noise"
local = "social"
source = "甲"

[[department]]
code = "fishing"
lead = "渔政"
source = "甲"
[[department.switch]]
name = "买卖"
words = ["饭店"]
assist = ["市场监管"]

[[shared_switch]]
name = "涉嫌犯罪"
codes = ["fishing", "smoke"]
words = ["犯罪"]
assist = ["公安"]

[[local]]
key = "cooking"
name = "餐饮油烟"
question = "谁管？"
[[local]]
key = "social"
name = "社会生活噪声"
question = "谁管？"
"""
BEFORE, AFTER = date(2026, 8, 14), date(2026, 8, 15)
OPEN = "由当地政府确定（本地设置未填）"


@pytest.fixture(scope="module")
def small() -> Routing:
    return parse_routing(SMALL, source="small.toml")


@pytest.fixture(scope="module")
def shipped() -> Routing:
    return load_routing(REPOSITORY / "corpora" / "routing.toml")


@pytest.mark.parametrize(
    ("codes", "text", "lead", "assist"),
    [
        ("waste", "有人倒东西", "环保", ()),
        ("waste", "有人倒渣土", "城管", ("环保",)),
        ("waste", "有人倒渣土，里面混着危废", "环保", ()),
        ("waste", "有人倒渣土，还有假货", "城管", ("市场监管", "环保")),
        ("waste", "有人倒假货，还有渣土", "城管", ("市场监管", "环保")),
        ("waste", "倒的人要拘留", "环保", ("公安",)),
        ("fishing", "饭店收电鱼", "渔政", ("市场监管",)),
        ("fishing", "饭店收电鱼，是犯罪", "渔政", ("市场监管", "公安")),
        ("waste", "倒东西是犯罪", "环保", ()),
        ("fishing waste", "电鱼，倒渣土", "渔政", ("城管", "环保")),
        ("waste fishing", "电鱼，倒渣土", "城管", ("环保", "渔政")),
        ("smoke waste", "冒烟，倒东西", "环保", ()),
        ("not_a_tip", "会议强调", "", ()),
        ("", "有人倒渣土", "", ()),
        ("unheard_of fishing", "电鱼", "渔政", ()),
    ],
)
def test_words_and_categories_name_the_departments(
    small: Routing, codes: str, text: str, lead: str, assist: tuple[str, ...]
) -> None:
    found = departments(small, codes.split(), text, AFTER, {})
    assert (found.lead, found.assist) == (lead, assist)


def test_what_has_no_department_has_nothing(small: Routing) -> None:
    assert departments(small, ["not_a_tip"], "倒渣土", AFTER, {"social": "城管"}) == Departments()


@pytest.mark.parametrize(
    ("codes", "text", "answers", "lead", "assist", "unanswered"),
    [
        ("smoke", "烧烤摊冒烟", {}, OPEN, (), ("餐饮油烟",)),
        ("smoke", "烧烤摊冒烟", {"cooking": " "}, OPEN, (), ("餐饮油烟",)),
        ("smoke", "烧烤摊冒烟", {"social": "公安"}, OPEN, (), ("餐饮油烟",)),
        ("smoke", "烧烤摊冒烟", {"cooking": " 镇政府 "}, "镇政府", (), ()),
        ("smoke", "烟囱冒烟", {}, "环保", (), ()),
        ("noise", "很吵", {}, OPEN, (), ("社会生活噪声",)),
        ("noise", "很吵", {"social": "公安"}, "公安", (), ()),
        ("noise smoke", "烧烤摊冒烟，很吵", {"social": "公安"}, "公安", (OPEN,), ("餐饮油烟",)),
        ("noise smoke", "烧烤摊冒烟，很吵", {}, OPEN, (), ("餐饮油烟", "社会生活噪声")),
        ("noise smoke", "烧烤摊冒烟，很吵", {"social": "城管", "cooking": "城管"}, "城管", (), ()),
    ],
)
def test_local_matters_are_answered_locally_and_never_guessed(
    small: Routing,
    codes: str,
    text: str,
    answers: dict[str, str],
    lead: str,
    assist: tuple[str, ...],
    unanswered: tuple[str, ...],
) -> None:
    found = departments(small, codes.split(), text, AFTER, answers)
    assert (found.lead, found.assist, found.unanswered) == (lead, assist, unanswered)


@pytest.mark.parametrize(("day", "law"), [(BEFORE, "旧法 第1条"), (AFTER, "新法 第2条")])
def test_facts_before_a_change_keep_the_older_basis(small: Routing, day: date, law: str) -> None:
    assert [each.text for each in departments(small, ["waste"], "", day, {}).basis] == [law, "条例"]


def test_a_department_that_changed_keeps_the_facts_before() -> None:
    changing = """
authorities = ["环保", "城管"]
[[department]]
code = "waste"
lead = "环保"
source = "甲"
effective_to = 2026-08-14
[[department]]
code = "waste"
lead = "城管"
source = "甲"
effective_from = 2026-08-15
"""
    routing = parse_routing(changing, source="changing.toml")
    found = [departments(routing, ["waste"], "", day, {}) for day in (BEFORE, AFTER)]
    assert [(each.lead, each.assist) for each in found] == [("环保", ()), ("城管", ())]


def test_a_basis_of_two_categories_is_named_once(small: Routing) -> None:
    assert [each.text for each in departments(small, ["smoke", "waste"], "", BEFORE, {}).basis] == [
        "条例",
        "旧法 第1条",
    ]


def test_basis_and_criminal_law_say_what_was_checked(small: Routing) -> None:
    found = departments(small, ["waste"], "", AFTER, {})
    assert found.basis[0] == Basis("新法 第2条", "乙", True, AFTER)
    assert [text_of_basis(each) for each in (*found.basis, *found.criminal)] == [
        "新法 第2条",
        "条例（待核对）",
        "刑法 第338条（待核对）",
    ]


def test_the_words_that_moved_a_tip_are_told(small: Routing) -> None:
    found = departments(small, ["waste"], "倒渣土的要拘留", AFTER, {})
    assert found.reasons == ("文中有“渣土”，按“建筑垃圾”派单", "文中有“拘留”，按“拘留”派单")


def test_open_questions_are_those_without_an_answer(small: Routing) -> None:
    assert open_questions(small, {"cooking": "城管", "social": ""}) == {"social": "社会生活噪声：谁管？"}


def test_an_answer_nobody_asked_for_is_refused_with_the_nearest_key(small: Routing) -> None:
    check_answers(small, {"cooking": "城管"})
    with pytest.raises(SettingsError, match=r"“coking”.*是否指“cooking”.*cooking、social"):
        check_answers(small, {"social": "公安", "coking": "城管"})


# --- the shipped table ---------------------------------------------------------------------------

SWITCHED = [
    ("waste_dumping", "厂里的白色粉末倒在沟里", "生态环境", ""),
    ("waste_dumping", "夜里有渣土车往桥下倒土", "环境卫生（城管）", "生态环境"),
    ("waste_dumping", "垃圾中转站满地脏水", "环境卫生（城管）", "生态环境"),
    ("waste_dumping", "装修垃圾下面埋着几桶废机油", "生态环境", "环境卫生（城管）"),
    ("waste_dumping", "城里污水厂的污泥拉来倒在田里", "城镇排水（住建/水务）", "生态环境"),
    ("waste_dumping", "拉来的电镀污泥倒在田里", "生态环境", ""),
    ("waste_dumping", "仓库里堆着一箱箱洋垃圾", "海关", "生态环境"),
    ("waste_dumping", "上次倒的人被拘留了，这次又来", "生态环境", "公安"),
    ("water_pollution", "印染厂埋了暗管通到河里", "生态环境", "公安"),
    ("water_pollution", "污水从下水道冒出来流了一街", "城镇排水（住建/水务）", "生态环境"),
    ("water_pollution", "电镀厂私接暗管到雨水井", "生态环境", "城镇排水（住建/水务）"),
    ("water_pollution", "养猪场的粪水流到塘里", "生态环境", "农业农村"),
    ("water_pollution", "停着的货船往江里放油水", "海事", "生态环境"),
    ("air_pollution", "化工厂夜里放黄烟", "生态环境", ""),
    ("air_pollution", "楼下饭店油烟直排", "由当地政府确定（本地设置未填）", ""),
    ("air_pollution", "村里有人烧秸秆", "由当地政府确定（本地设置未填）", ""),
    ("air_pollution", "秸秆颗粒厂天天飘灰", "生态环境", ""),
    ("air_pollution", "对面工地不洒水，灰尘漫天", "住房城乡建设", "生态环境"),
    ("air_pollution", "镇上有人卖散煤，烧起来呛人", "市场监管", "生态环境"),
    ("air_pollution", "隔壁喷漆，楼下烧烤", "生态环境", "由当地政府确定（本地设置未填）"),
    ("noise_pollution", "半夜很吵睡不着", "由当地政府确定（本地设置未填）", ""),
    ("noise_pollution", "五金厂冲床半夜响", "生态环境", ""),
    ("noise_pollution", "工地夜里打桩", "由当地政府确定（本地设置未填）", ""),
    ("noise_pollution", "高架边上没有隔音屏", "交通运输", ""),
    ("noise_pollution", "火车鸣笛一夜好几回", "铁路监管", ""),
    ("noise_pollution", "飞机起降从屋顶上过", "民航", ""),
    ("noise_pollution", "每晚有人骑摩托炸街", "公安（交管）", ""),
    ("noise_pollution", "楼上跳舞，多次劝说都不听", "由当地政府确定（本地设置未填）", "公安"),
    ("monitoring_fraud", "采样头被塞了棉纱", "生态环境", ""),
    ("monitoring_fraud", "车检站给钱就过", "生态环境", "市场监管"),
    ("monitoring_fraud", "填海项目的环评报告是抄的", "生态环境", "海警"),
    ("monitoring_fraud", "环评报告造假，涉嫌犯罪", "生态环境", "公安"),
    ("illegal_fishing", "河里有人电鱼", "渔政（农业农村）", ""),
    ("illegal_fishing", "外海有船双拖", "海警", "渔政（农业农村）"),
    ("illegal_fishing", "江边饭店收电来的鱼", "渔政（农业农村）", "市场监管"),
    ("illegal_mining", "后山挖石头卖", "自然资源", ""),
    ("illegal_mining", "长江路边的山坡被挖平了", "自然资源", ""),
    ("illegal_mining", "采砂船夜里又来了", "水利", ""),
    ("illegal_mining", "长江里有船偷吸砂子", "水利", "长江水利委员会"),
    ("illegal_mining", "有船在抽海砂", "自然资源", "海警"),
    ("illegal_mining", "林地被推平取土", "自然资源", "林业草原"),
    ("wildlife", "有人下套抓麂子", "林业草原", ""),
    ("wildlife", "水族馆里养着海龟", "渔政（农业农村）", ""),
    ("wildlife", "外地人来收冬虫夏草", "农业农村", "林业草原"),
    ("wildlife", "花鸟市场有人卖画眉", "林业草原", "市场监管"),
    ("wildlife", "穿山甲鳞片是走私进来的", "林业草原", "海关"),
    ("wildlife", "穿山甲鳞片是走私进来的", "林业草原", "海警"),
    ("wildlife", "卖兰花的钱走私人账户", "林业草原", ""),
    ("forest_land", "有人盗伐山上的杉木", "林业草原", "公安"),
    ("forest_land", "耕地上盖了厂房", "自然资源", ""),
    ("forest_land", "占了良田建房，说是宅基地", "农业农村", "自然资源"),
    ("forest_land", "草场被推了种地", "林业草原", ""),
    ("forest_land", "湿地被填了", "林业草原", ""),
    ("forest_land", "砍树占了耕地", "林业草原", "自然资源"),
    ("fake_drugs", "药店卖假胶囊", "药品监管（市县多在市场监管）", ""),
    ("fake_drugs", "美容院打的针没有批号", "药品监管（市县多在市场监管）", "卫生健康"),
    ("fake_drugs", "走私来的减肥药", "药品监管（市县多在市场监管）", "海关"),
    ("food_safety", "超市卖过期面包", "市场监管", ""),
    ("food_safety", "私宰点的肉没有章", "农业农村", "市场监管"),
    ("food_safety", "冷库里是走私冻品", "市场监管", "海关"),
    ("food_safety", "地铁出口的凉皮不干净", "市场监管", ""),
    ("food_safety", "吃完一桌人拉肚子", "市场监管", "卫生健康"),
    ("counterfeit_goods", "开关是假货", "市场监管", ""),
    ("counterfeit_goods", "除草剂是假的，秧苗全黄了", "农业农村", "市场监管"),
    ("counterfeit_goods", "买的树苗全是次品", "林业草原", "市场监管"),
    ("counterfeit_goods", "店里的面霜是冒牌", "药品监管（市县多在市场监管）", "市场监管"),
    ("tobacco", "烟叶被偷偷卖到外县", "烟草专卖", ""),
    ("tobacco", "没有烟草证还在卖烟", "烟草专卖", "市场监管"),
    ("tobacco", "卖免税烟", "烟草专卖", "海关"),
    ("tobacco", "卖含依托咪酯的烟弹", "公安（禁毒）", "烟草专卖"),
    ("tobacco", "向上头反映多次，烟贩照样卖", "烟草专卖", ""),
    ("work_safety", "化工厂阀门漏了", "应急管理", ""),
    ("work_safety", "村口有个黑加油点", "应急管理", "公安"),
    ("work_safety", "村口有个黑加油点", "应急管理", "商务"),
    ("work_safety", "屋里私做鞭炮", "应急管理", "公安"),
    ("work_safety", "禁放区天天有人燃放烟花", "公安", "应急管理"),
    ("work_safety", "粮库里存放烟花几百箱", "应急管理", "公安"),
    ("work_safety", "工地脚手架没有护栏", "住房城乡建设", "应急管理"),
    ("work_safety", "电梯掉了两层", "市场监管", "应急管理"),
    ("work_safety", "槽罐车停在学校门口", "交通运输", "应急管理"),
    ("work_safety", "消防通道被锁死", "消防救援", "应急管理"),
    ("other_matter", "物业不修路灯", "12345热线（按派单目录转承办单位）", ""),
    ("other_matter", "想申请劳动仲裁该找谁", "12345热线（告知法定途径）", ""),
    ("other_matter", "有人正在打架", "110、119、120、122（即时转接）", "12345热线（按派单目录转承办单位）"),
]


@pytest.mark.parametrize(("code", "text", "lead", "assisting"), SWITCHED)
def test_the_shipped_switches_fire_on_plain_sentences(
    shipped: Routing, code: str, text: str, lead: str, assisting: str
) -> None:
    found = departments(shipped, [code], text, AFTER, {})
    assert found.lead == lead
    assert assisting in found.assist if assisting else not found.assist


def test_every_shipped_switch_stands_among_the_plain_sentences(shipped: Routing) -> None:
    for department in shipped.department:
        texts = [text for code, text, *_ in SWITCHED if code == department.code]
        for switch in department.switch:
            assert any(switch.fired_by(text) for text in texts), (department.code, switch.name)


@pytest.mark.parametrize(
    ("code", "changed_on", "before", "after"),
    [
        ("waste_dumping", date(2026, 8, 15), "固体废物污染环境防治法", "生态环境法典"),
        ("water_pollution", date(2026, 8, 15), "水污染防治法", "生态环境法典"),
        ("air_pollution", date(2026, 8, 15), "大气污染防治法", "生态环境法典"),
        ("noise_pollution", date(2026, 8, 15), "噪声污染防治法", "生态环境法典"),
        ("monitoring_fraud", date(2026, 8, 15), "环境保护法 第63条", "生态环境法典"),
        ("illegal_fishing", date(2026, 5, 1), "渔业法（2013修正）", "渔业法（2025修订）"),
        ("work_safety", date(2026, 5, 1), "危险化学品安全管理条例", "危险化学品安全法"),
        ("illegal_mining", date(2025, 7, 1), "矿产资源法（2009修正）", "矿产资源法（2024修订）"),
        ("counterfeit_goods", date(2027, 1, 1), "商标法（2019修正）", "商标法（新法）"),
    ],
)
def test_the_law_moves_on_its_day(shipped: Routing, code: str, changed_on: date, before: str, after: str) -> None:
    eve = date.fromordinal(changed_on.toordinal() - 1)
    for day, law, other in ((eve, before, after), (changed_on, after, before)):
        texts = [text_of_basis(each) for each in departments(shipped, [code], "", day, {}).basis]
        assert any(text.startswith(law) for text in texts), day
        assert not any(text.startswith(other) for text in texts), day
        assert all(text.endswith("（待核对）") for text in texts)
