"""Disguise: what leads to the informant is gone, what leads to the reported stays, and nothing is hidden twice."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipclass.disguise import mask_each, mask_informant, traces
from tipclass.traces import TraceKind

CUES = ("我的电话是{}", "举报人联系方式：{}。", "请拨打{}找我", "回访请打{}", "来电人：王女士，联系电话：{}，要求保密")
DIGITS = st.lists(st.sampled_from("0123456789"), min_size=9, max_size=9).map("".join)
MOBILES = st.builds(lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), DIGITS)
BIRTHS = st.dates(min_value=__import__("datetime").date(1940, 1, 1)).map("{:%Y%m%d}".format)
ID_NUMBERS = st.builds(
    lambda region, birth, order, check: f"{region}{birth}{order:03}{check}",
    st.integers(110000, 659999),
    BIRTHS.filter(lambda birth: birth[:2] in {"19", "20"}),
    st.integers(0, 999),
    st.sampled_from("0123456789X"),
)
WRITINGS = (
    str,
    lambda number: f"{number[:3]} {number[3:7]} {number[7:]}",
    lambda number: f"{number[:3]}-{number[3:7]}-{number[7:]}",
    " ".join,
    lambda number: "+86" + number,
    lambda number: number.translate({ord("0") + each: ord("０") + each for each in range(10)}),
    lambda number: number.translate(str.maketrans("0123456789", "零一二三四五六七八九")),
    lambda number: number.translate(str.maketrans("0123456789", "〇幺二三四五六七八九")),
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我叫谢春生，住下湾村六组23号。", "我叫[举报人]，住[住址]。"),
        ("来电人：刘女士，反映老板刘大海占道", "来电人：[举报人]，反映老板刘大海占道"),
        ("被举报人：申屠亮，举报人：不愿透露", "被举报人：申屠亮，举报人：不愿透露"),
        ("【举报人】欧阳慧【内容】有人电鱼", "【举报人】[举报人]【内容】有人电鱼"),
        ("我是迪丽努尔，我爱人艾山·吐尔逊可以作证", "我是[举报人]，我爱人[相关人]可以作证"),
        ("证人詹某的证言证实被告人骆某砍树", "证人[相关人]的证言证实被告人骆某砍树"),
        ("店主高强的电话是13800000000", "店主高强的电话是13800000000"),
        ("店主高强，13800000000。我是13900000000", "店主高强，13800000000。我是[电话]"),
        ("身份证号13010419780923000X", "身份证号[证件号]"),
        ("当事人卜某华，身份证510105199207300000", "当事人卜某华，身份证510105199207300000"),
        ("我微信zhu_hong2020，卖烟的老板微信号yanjiu_8800", "我微信[账号]，卖烟的老板微信号yanjiu_8800"),
        ("发到我邮箱lixm@example.com", "发到我邮箱[邮箱]"),
        ("我的卡是6217000012345678900", "我的卡是[银行卡]"),
        ("我是厂里污水站的操作工，工号0236", "我是厂里[岗位]"),
        ("手机尾号3377，车牌尾号8377", "手机尾号[电话]，车牌尾号[车牌]"),
        ("楼下烧烤店扰民。\n此致\n敬礼\n张建国", "楼下烧烤店扰民。\n此致\n敬礼\n[举报人]"),
        ("我的车冀E·7K300停在楼下被砸", "我的车[车牌]停在楼下被砸"),
        ("来电人：罗某；住址：柳湾北苑，大门左拐第四排。夜里冒烟", "来电人：[举报人]；住址：[住址]。夜里冒烟"),
        ("罐车车牌冀E·7K300夜里来", "罐车车牌冀E·7K300夜里来"),
        ("我本人开的轿车冀E·7K300被他们拍了照", "我本人开的轿车[车牌]被他们拍了照"),
        ("我叫谢春生，找过付站长和马总", "我叫[举报人]，找过付站长和马总"),
        (
            "检举人：张建国\n身份证号码：13010419780923000X\n现住：下湾村六组",
            "检举人：[举报人]\n身份证号码：[证件号]\n现住：[住址]",
        ),
        ("被检举人：张建国，电话13800000000", "被检举人：张建国，电话13800000000"),
        ("举报奖励接收账户：6222 0200 0011 2233 445", "举报奖励接收账户：[银行卡]"),
        ("平台要求留邮箱：lixm@example.com", "平台要求留邮箱：[邮箱]"),
        ("我们家就住在磨坊后身，天天闻臭", "我们家就住在[住址]，天天闻臭"),
        ("这个老板家住在磨坊后身，天天烧炭", "这个老板家住在磨坊后身，天天烧炭"),
        ("张建国（举报人）称夜里偷排", "[举报人]（举报人）称夜里偷排"),
    ],
)
def test_the_informant_is_hidden_and_the_reported_stay(text: str, masked: str) -> None:
    assert mask_informant(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "石桥镇造纸厂后墙有根铁管，一到半夜就往沟里放黄水。",
        "反映人（匿名）：洗煤厂的沉淀池从来不用。",
        "举报某某石料厂夜里放炮。署名：一名老党员。",
        "拉砂石的货车赣A12345，2026年3月5日拉了30000公斤，编号QW20260411-0087。",
        "全市12345平台受理1206件，其中噪声513件。",
        "",
    ],
)
def test_a_text_without_an_informant_is_unchanged(text: str) -> None:
    assert mask_informant(text) == text


def test_a_name_is_hidden_in_all_its_places() -> None:
    masked = mask_informant("举报人：秦汉文。镇上都知道秦汉文去过。老板秦德彪不知道。\n秦汉文")
    assert "秦汉文" not in masked
    assert "秦德彪" in masked


def test_a_table_in_a_text_is_masked_by_its_columns() -> None:
    text = "举报人|手机|举报人住址|被举报人|被举报人电话\n万里|13355550000|南澳路8号|陈老大|13377770000\n匿名||||\n"
    masked = mask_informant(text)
    assert masked.splitlines()[1] == "[举报人]|[电话]|[住址]|陈老大|13377770000"
    assert masked.splitlines()[2] == "匿名||||"


def test_places_are_those_of_the_raw_text() -> None:
    text = "我叫谢春生，手机１３９００００７７７７"
    found = [(each.kind, text[each.start : each.end]) for each in traces(text)]
    assert found == [(TraceKind.NAME, "谢春生"), (TraceKind.PHONE, "１３９００００７７７７")]


@given(st.sampled_from(CUES), MOBILES, st.sampled_from(WRITINGS))
def test_no_mobile_is_left_near_the_informant(cue, number, write) -> None:  # type: ignore[no-untyped-def]
    masked = mask_informant(cue.format(write(number)))
    assert write(number) not in masked
    assert "[电话]" in masked


@given(st.sampled_from(("我的身份证{}", "举报人张三，证件号码：{}，住城关镇", "本人（{}）")), ID_NUMBERS, st.booleans())
def test_no_id_is_left_near_the_informant(cue, number, spaced) -> None:  # type: ignore[no-untyped-def]
    written = f"{number[:6]} {number[6:14]} {number[14:]}" if spaced else number
    assert written not in mask_informant(cue.format(written))


@given(
    st.from_regex(r"[a-z][a-z0-9_.]{2,12}[a-z0-9]", fullmatch=True),
    st.sampled_from(("qq.com", "163.com", "mail.example.cn")),
)
def test_no_email_is_left_near_the_informant(name: str, host: str) -> None:
    assert f"{name}@{host}" not in mask_informant(f"我的邮箱是{name}@{host}，请保密")


PIECES = (
    "我叫",
    "张建国",
    "，",
    "。",
    "电话",
    "13800000000",
    "老板",
    "我住",
    "3栋502",
    "举报人：",
    "\n",
    "王女士",
    "是",
    "厂里的电工",
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask_informant(mask_informant(text)) == mask_informant(text)


SIGNS = (
    "我是",
    "在",
    "厂",
    "当",
    "电工",
    "**",
    "工号",
    "(",
    "[",
    "+",
    "?",
    "\\",
    "车间",
    "，",
    "张建国",
    "电话",
)


@given(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join))
def test_signs_of_patterns_in_a_text_are_but_signs(text: str) -> None:
    assert "13800000000" not in mask_informant(f"{text}，我的电话13800000000")


def test_several_texts_are_masked_as_each_alone() -> None:
    named = "我叫谢春生，电话13800000000"
    texts = [named, "桥东石灰窑又点火了", named, "", "我就住窑后那排平房"]
    assert mask_each(texts) == [mask_informant(text) for text in texts]
    assert mask_each([]) == []


def test_what_goes_on_behind_a_home_is_not_hidden_with_it() -> None:
    matter = "，底楼新开的咖啡烘豆店一烘就是一下午，烟从老虎窗倒灌进来，呛得睏不着觉。"
    assert mask_informant(f"来电人称自己住武康路老公房二层亭子间{matter}") == f"来电人称自己住[住址]{matter}"


@pytest.mark.slow
def test_masks_are_the_same_in_every_run() -> None:
    code = (
        "import json; from tipclass.disguise import mask_each; from tipclass.settings import corpora_folder\n"
        "lines = (corpora_folder() / 'privacy.jsonl').read_text(encoding='utf-8').splitlines()[::60]\n"
        "print(json.dumps(mask_each([json.loads(line)['text'] for line in lines])))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True)
        for seed in ("0", "3")
    ]
    assert runs[0].stdout
    assert runs[0].stdout == runs[1].stdout
