"""The routing table: files that do not hold together are refused, the shipped one is complete."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tipclass.errors import RoutingError
from tipclass.routing_table import Dated, Routing, Switch, load_routing, parse_routing
from tipclass.settings import REPOSITORY
from tipclass.taxonomy import load_taxonomy

SHIPPED = REPOSITORY / "corpora" / "routing.toml"
TAXONOMY = load_taxonomy(REPOSITORY / "corpora" / "taxonomy.toml")

SMALLEST = """
authorities = ["生态环境", "公安"]
[[department]]
code = "water"
lead = "生态环境"
source = "某处"
"""
LOCAL = '[[local]]\nkey = "smoke"\nname = "油烟"\nquestion = "谁管？"\n'
CIRCUMSTANCE = '[[circumstance]]\nname = "暗管"\nwords = ["暗管"]\n'


def basis(law: str, *lines: str) -> str:
    return "\n".join(["[[department.basis]]", f'law = "{law}"', 'source = "某处"', *lines, ""])


def switch(*lines: str) -> str:
    return "\n".join(["[[department.switch]]", 'name = "转派"', *lines, ""])


def figure(*lines: str) -> str:
    return "\n".join(["[[figure]]", 'name = "数额"', 'provision = "第1条"', 'source = "某处"', *lines, ""])


@pytest.fixture(scope="module")
def shipped() -> Routing:
    return load_routing(SHIPPED)


@pytest.mark.parametrize(
    "more",
    [
        basis("旧法", "effective_to = 2026-08-14")
        + basis("新法", "effective_from = 2026-08-15", 'replaces = ["旧法"]', 'articles = "第1条"'),
        switch('words = ["暗管"]', 'unless = ["没有暗管"]', 'assist = ["公安"]'),
        switch('words = ["油烟"]', 'local = "smoke"') + LOCAL,
        CIRCUMSTANCE + figure('codes = ["water"]', 'when = ["暗管"]'),
        figure('codes = ["water"]', 'measure = { kind = "mass", least = 3, unit = "吨", beside = ["废"] }'),
        '[[paper]]\nname = "移送书"\nwords = ["移送书"]\n[[field]]\nname = "文号"\npattern = "\\\\d+号"\n',
    ],
)
def test_a_table_that_holds_together_is_read(more: str) -> None:
    assert parse_routing(SMALLEST + more, source="routing.toml").department[0].code == "water"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("[[department", "不是有效的 TOML"),
        ("colour = 1", "department 第1项 colour 处有误：没有这一项"),
        ('checked = "yes"', "checked 处有误：应是 true 或 false"),
        ('effective_from = "2026-8-15"', "effective_from 处有误：应是日期"),
        ("effective_from = 20260815", "effective_from 处有误：应是日期"),
        ("effective_from = 2026-08-15\neffective_to = 2026-08-14", "2026-08-15 起施行，却在 2026-08-14"),
        ('local = "smoke"', "lead 和 local 要填一个"),
        ('[[department]]\ncode = "air"\nsource = "某处"', "lead 和 local 要填一个"),
        ('[[department]]\ncode = "air"\nlead = "生态环境"', "department 第2项 source 处有误：没有填"),
        ('[[department]]\ncode = "Air"\nlead = "生态环境"\nsource = "某处"', "只能用小写字母"),
        ('[[department]]\ncode = "air"\nlead = "生态环竟"\nsource = "某处"', "“生态环竟”，是否指“生态环境”"),
        ('[[department]]\ncode = "air"\nlocal = "smok"\nsource = "某处"\n' + LOCAL, "“smok”.*是否指“smoke”"),
        ('[[department]]\ncode = "water"\nlead = "公安"\nsource = "某处"', "“water”有两段时间重叠"),
        (LOCAL + LOCAL, "“油烟”出现了两次"),
        (LOCAL + LOCAL.replace("油烟", "烧烤"), "“smoke”出现了两次"),
        (basis("旧法") + basis("旧法", "effective_from = 2026-08-15"), "“旧法”有两段时间重叠"),
        (basis("旧法", "effective_from = 2026-08-15") + basis("旧法"), "“旧法”有两段时间重叠"),
        (basis("新法", "effective_from = 2026-08-15", 'replaces = ["旧法"]'), "要有“旧法”，失效日期是 2026-08-14"),
        (
            basis("旧法", "effective_to = 2026-08-15")
            + basis("新法", "effective_from = 2026-08-15", 'replaces = ["旧法"]'),
            "失效日期是 2026-08-14",
        ),
        (basis("旧法") + basis("新法", 'replaces = ["旧法"]'), "“新法”取代“旧法”"),
        (switch("words = []", 'lead = "公安"'), "words 处有误：不能是空的"),
        (switch('words = ["厂"]', 'lead = "公安"'), "“厂”至少要有两个字"),
        (switch('words = ["暗管 "]', 'lead = "公安"'), "前后不带空格"),
        (switch('words = ["暗管", "暗管"]', 'lead = "公安"'), "“暗管”出现了两次"),
        (switch('words = "暗管"', 'lead = "公安"'), "words 处有误：应是方括号里的一列"),
        (switch('words = ["暗管"]'), "“转派”既没有主办，也没有协办"),
        (switch('words = ["暗管"]', 'lead = "公安"', 'local = "smoke"') + LOCAL, "lead 和 local 要填一个"),
        (switch('words = ["暗管"]', 'assist = ["公按"]'), "“公按”，是否指“公安”"),
        (2 * switch('words = ["暗管"]', 'assist = ["公安"]'), "“转派”出现了两次"),
        (
            '[[shared_switch]]\nname = "罪"\ncodes = ["fire"]\nwords = ["犯罪"]\nassist = ["公安"]',
            "没有 code 是“fire”",
        ),
        (figure('codes = ["water"]'), "“数额”既没有数量，也没有情形"),
        (figure('codes = ["wather"]', 'when = ["暗管"]') + CIRCUMSTANCE, "“wather”.*是否指“water”"),
        (figure('codes = ["water"]', 'when = ["渗坑"]') + CIRCUMSTANCE, "没有“渗坑”这种情形"),
        (figure('codes = ["water"]', 'unless = ["渗坑"]', 'when = ["暗管"]') + CIRCUMSTANCE, "没有“渗坑”这种情形"),
        (figure('codes = ["water"]', 'measure = { kind = "weight", least = 3, unit = "吨" }'), "应是 mass、volume"),
        (figure('codes = ["water"]', 'measure = { kind = "mass", least = 3, unit = "亩" }'), "“亩”不是 mass 的单位"),
        (figure('codes = ["water"]', 'measure = { kind = "mass", least = 0, unit = "吨" }'), "应大于 0"),
        (figure('codes = ["water"]', 'measure = { kind = "mass", unit = "吨" }'), "least 处有误：没有填"),
        ('[[paper]]\nname = "移送书"', "“移送书”没有填 words"),
        ('[[field]]\nname = "文号"\npattern = "(号"', "“[(]号”不是有效的正则表达式"),
    ],
)
def test_nonsense_is_refused_with_what_and_where(more: str, says: str) -> None:
    with pytest.raises(RoutingError, match=says):
        parse_routing(SMALLEST + more, source="routing.toml")


def test_an_authority_is_listed_once() -> None:
    with pytest.raises(RoutingError, match="“公安”出现了两次"):
        parse_routing(SMALLEST.replace('"公安"]', '"公安", "公安"]'), source="routing.toml")


def test_one_category_may_change_its_department_on_a_day() -> None:
    later = '[[department]]\ncode = "water"\nlead = "公安"\nsource = "某处"\neffective_from = 2027-01-01\n'
    routing = parse_routing(SMALLEST + "effective_to = 2026-12-31\n" + later, source="routing.toml")
    assert [row.holds_on(date(2026, 12, 31)) for row in routing.department] == [True, False]
    assert [row.holds_on(date(2027, 1, 1)) for row in routing.department] == [False, True]


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "routing.toml"
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_text(SMALLEST, encoding=encoding)
        assert load_routing(path).authorities == ("生态环境", "公安")


def test_a_missing_file_or_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(RoutingError, match=r"none\.toml"):
        load_routing(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes(SMALLEST.encode("gbk"))
    with pytest.raises(RoutingError, match="UTF-8"):
        load_routing(tmp_path / "gbk.toml")


# --- the shipped table ---------------------------------------------------------------------------


def dated(routing: Routing) -> Iterator[Dated]:
    for department in routing.department:
        yield from (department, *department.basis, *department.criminal)
    yield from routing.figure


def switches(routing: Routing) -> Iterator[Switch]:
    yield from itertools.chain(*(each.switch for each in routing.department), routing.shared_switch)


def test_every_category_but_what_is_set_aside_has_a_department(shipped: Routing) -> None:
    expected = [code for code in TAXONOMY.codes if code not in TAXONOMY.set_aside]
    assert [each.code for each in shipped.department] == expected


def test_every_category_has_a_basis_on_every_day(shipped: Routing) -> None:
    edges = {each.effective_from for each in dated(shipped)} | {each.effective_to for each in dated(shipped)}
    days = {day + timedelta(days=step) for day in edges if day for step in (-1, 0, 1)}
    assert {date(2026, 8, 14), date(2026, 8, 15), date(2026, 4, 30), date(2026, 5, 1)} <= days
    for department in shipped.department:
        for day in days:
            assert any(each.holds_on(day) for each in department.basis), (department.code, day)


def test_what_ends_is_replaced_and_what_replaces_begins_the_day_after(shipped: Routing) -> None:
    for department in shipped.department:
        ended = {each.law for each in department.basis if each.effective_to}
        assert ended == {old for each in department.basis for old in each.replaces}, department.code


def test_figures_of_one_name_from_different_provisions_do_not_overlap(shipped: Routing) -> None:
    for one, other in itertools.combinations(shipped.figure, 2):
        if one.name == other.name and one.provision != other.provision:
            assert not one.overlaps(other), one.name


def test_nothing_is_passed_off_as_checked(shipped: Routing) -> None:
    assert not any(each.checked for each in dated(shipped))


def test_every_offence_has_its_articles_of_criminal_law_but_noise(shipped: Routing) -> None:
    without = {each.code for each in shipped.department if not each.criminal}
    assert without == {"noise_pollution", "other_matter"}


def test_every_switch_can_be_fired_by_each_of_its_words(shipped: Routing) -> None:
    for each in switches(shipped):
        for word in each.words:
            assert each.fired_by(f"有人反映{word}的事"), (each.name, word)
        for word in each.unless:
            assert not each.fired_by(word + each.words[0]), (each.name, word)


def test_naming_the_offices_one_has_been_to_fires_nothing(shipped: Routing) -> None:
    offices = (
        "已向12345、12315、110、市长热线、信访局、纪委、法院、检察院、街道办、村委会、生态环境局、环保局、"
        "城市管理局、城管、市场监督管理局、市场监管所、住房和城乡建设局、住建局、自然资源和规划局、国土所、"
        "农业农村局、农业局、水利局、水务局、河长办、林业和草原局、林业局、交通运输局、应急管理局、安监局、"
        "消防救援大队、消防队、公安局、派出所、交警队、海关、海事局、海警、烟草专卖局、药品监督管理局、"
        "卫生健康委、商务局、铁路局、渔政执法大队反映过，没有回音。"
    )
    assert [each.name for each in switches(shipped) if each.fired_by(offices)] == []


def test_every_name_is_used(shipped: Routing) -> None:
    posts = (*shipped.department, *switches(shipped))
    named = {each.lead for each in posts} | {name for each in switches(shipped) for name in each.assist}
    assert named - {""} == set(shipped.authorities)
    assert {each.local for each in posts} - {""} == {each.key for each in shipped.local}
    asked = {name for each in shipped.figure for name in (*each.when, *each.unless)}
    assert asked == {each.name for each in shipped.circumstance}


def test_the_locality_is_asked_four_questions(shipped: Routing) -> None:
    assert [each.name for each in shipped.local] == ["餐饮油烟、露天烧烤", "秸秆焚烧", "施工噪声", "社会生活噪声"]
    assert all(each.question for each in shipped.local)


def test_a_folder_has_five_papers_and_a_letter_eight_fields(shipped: Routing) -> None:
    assert len(shipped.paper) == 5
    assert [each.name for each in shipped.field] == [
        "移送机关", "接收机关", "文号", "当事人", "违法事实", "涉嫌罪名", "依据", "附件",
    ]  # fmt: skip
