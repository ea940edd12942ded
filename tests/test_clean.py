"""Cleaning: each step by a table, all steps by their promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipclass import clean as cleaning
from tipclass.clean import STEPS, Step, clean, clean_aligned

AWKWARD = (
    "请加１３８００１３８０００，看 https://a.cn/x?b=1再联系！！！！",
    "Ａ市Ａ3区××厂、某某公司、张某甲、XX路，举报人：王1某",
    "認真貫徹環(huán)境(jìng)保護(hù)工作,,部署",
    "首页 > 讲话范文 > 某地讲话 >\n责任编辑：小王\n&nbsp;&lt;p&gt;正文<br/>_x000D_完",
    "超标四十一倍，25，600元，6.2×103mg／L ㎎/L　K112+300",
    "",
)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
@pytest.mark.parametrize("text", AWKWARD)
def test_every_step_is_idempotent_and_documented(step: Step, text: str) -> None:
    assert step(step(text)) == step(text)
    assert step.__doc__


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(clean(text))) == clean(clean(text))


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("drop_controls", "甲\x00乙\u200b丙_x000D_丁", "甲乙丙丁"),
        ("drop_controls", "一\n二\t三", "一\n二\t三"),
        ("drop_tags", '<a href="x">详情</a><br/>完', " 详情  完"),
        ("drop_tags", "浓度<5且>3", "浓度<5且>3"),
        ("unescape_entities", "甲&nbsp;乙&ldquo;丙&#20320;", "甲 乙“丙你"),
        ("unescape_entities", "&lt;p&gt;", " p "),
        ("fold_width", "Ａ１２：（是）　㎎", "A12:(是) mg"),
        ("drop_pinyin", "生態(tài)环(huán)境(COD)", "生態环境(COD)"),
        ("simplify", "傾倒廢水", "倾倒废水"),
        ("simplify", "倾倒废水", "倾倒废水"),
        ("mask_furniture", "首页 > 新闻 > 通知\n正文", "¶\n正文"),
        ("mask_furniture", "正文\n责任编辑:小王", "正文\n¶"),
        ("mask_furniture", "[领导留言板] 类别:其他 | 领域:环保 | 河水发黑", "[¶| ¶ 河水发黑"),
        ("mask_links", "看https://a.cn/x?b=1吧，写信到 a.b@c.com", "看↗吧，写信到 ↗"),
        ("mask_phones", "电话13800000000或010-00000000", "电话☎或☎"),
        ("mask_phones", "138****0000", "☎"),
        ("mask_phones", "共13800000000000方", "共13800000000000方"),
        ("mask_serials", "卡号6222000000000000000转账", "卡号№转账"),
        ("mask_anonymity", "张某某与王1某在××厂", "张※与王※在※厂"),
        ("mask_anonymity", "某些人某天来过", "某些人某天来过"),
        ("mask_anonymity", "被告人X在XX路", "被告人※在※路"),
        ("mask_coded_places", "A市B3区西地省", "⌂市⌂区⌂"),
        ("fold_numbers", "25.6吨,3,000元,8:30", "0吨,0元,0"),
        ("fold_tokens", "※ ※※厂", "※厂"),
        ("fold_punctuation", "快来!!!。。。", "快来!。"),
        ("fold_space", "甲 \n\t乙", "甲 乙"),
    ],
)
def test_step(step: str, before: str, after: str) -> None:
    assert getattr(cleaning, step)(before) == after


@pytest.mark.parametrize(
    "character", ["a", "1", "=", "<", "河", "X", "(", "&", "[", " ", "h", ".", "@", "*", "某", "|"]
)
def test_a_run_of_any_character_is_cleaned_in_linear_time(character: str) -> None:
    text = character * 200_000  # what is quadratic in its length would keep this test for minutes
    assert len(clean(text)) <= len(text)


def test_order_matters() -> None:
    text = "电话１３８００００００００"
    assert clean(text) == "电话☎"
    assert cleaning.fold_width(cleaning.mask_phones(text)) == "电话13800000000"


@pytest.mark.parametrize("text", AWKWARD)
def test_alignment_gives_the_same_text_and_ordered_spans(text: str) -> None:
    aligned = clean_aligned(text)
    assert aligned.text == clean(text)
    assert len(aligned.text) == len(aligned.starts) == len(aligned.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(aligned.starts, aligned.ends, strict=True))
    assert list(aligned.starts) == sorted(aligned.starts)


def test_a_cleaned_word_points_at_its_raw_characters() -> None:
    raw = "电话１３８００００００００，有人在偷排廢水！！！"
    aligned = clean_aligned(raw)
    place = aligned.text.index("废水")
    start, end = aligned.raw_span(place, place + 2)
    assert raw[start:end] == "廢水"


@given(st.text(max_size=80))
def test_any_text_can_be_aligned(text: str) -> None:
    assert clean_aligned(text).text == clean(text)
