"""Passages: texts cut at items, headings and paragraphs; nothing lost, nothing twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipclass.passages import SIZE, split

FISHING, KILN = "河湾里天天晚上有人电鱼", "砖厂的烟囱冒黑烟"
LONG = "我家住在河边，每天都闻到臭味。" * 12


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (f"一、{FISHING}。\n二、{KILN}。", ["一", "二"]),
        (f"（一）{FISHING}；（二）{KILN}。", ["（一）", "（二）"]),
        (f"1、{FISHING}。2、{KILN}。3、{FISHING}。", ["1", "2", "3"]),
        (f"1.{FISHING}\n2.{KILN}", ["1", "2"]),
        (f"1）{FISHING}\n2）{KILN}", ["1）", "2）"]),
        (f"①{FISHING}②{KILN}。", [""]),
        (f"①{FISHING}；②{KILN}。", ["①", "②"]),
        (f"第一，{FISHING}。第二，{KILN}。", ["第一", "第二"]),
        (f"一是{FISHING}，二是{KILN}。", ["一是", "二是"]),
        (f"问题1：{FISHING}\n问题2：{KILN}", ["问题1", "问题2"]),
        (f"1\n{FISHING}\n2\n{KILN}", ["1", "2"]),
        (f"1、{FISHING}。1、{KILN}。", [""]),
        (f"2、{FISHING}。3、{KILN}。", [""]),
        (f"共3.5吨。{FISHING}", [""]),
        (f"各位领导，{LONG[:45]}一、{FISHING}。二、{KILN}。", ["", "一", "二"]),
        (f"反映两件事：\n一、{FISHING}。\n二、{KILN}。\n请尽快处理，谢谢。", ["一", "二", ""]),
        (f"一、噪声\n1.{FISHING}\n2.{KILN}\n二、异味\n{KILN}。", ["1", "2", "二"]),
    ],
)
def test_items(text: str, items: list[str]) -> None:
    assert [each.item for each in split(text)] == items


def test_lists_may_restart() -> None:
    text = f"1、{FISHING}。2、{KILN}。另外：1、{KILN}。2、{FISHING}。"
    assert [each.item for each in split(text)] == ["1", "2", "1", "2"]


def test_a_chapter_is_no_item_of_a_list() -> None:
    chapter, item = split(f"一、案件来源\n群众来电反映，{FISHING}。\n二、{KILN}，而且一天到晚不停，已经两年多了。")
    assert (chapter.headed, chapter.listed) == (True, False)
    assert (item.headed, item.listed) == (False, True)


def test_a_heading_stands_with_what_follows_it() -> None:
    text = f"关于河湾的情况\n{LONG}\n{LONG}"
    assert text[split(text)[0].start :].startswith("关于河湾")
    assert len(split(text)) == 2


def test_long_texts_are_cut_at_sentences_into_passages_of_like_size() -> None:
    text = LONG * 20
    passages = split(text)
    assert all(text[each.end - 1] == "。" for each in passages)
    assert all(SIZE / 4 <= each.end - each.start <= 1.5 * SIZE for each in passages)


def test_a_short_text_is_one_passage() -> None:
    assert [(each.start, each.end) for each in split(f"  {FISHING}。\n\n")] == [(2, 14)]


@pytest.mark.parametrize("text", ["", " \n\t", "\u3000"])
def test_nothing_gives_nothing(text: str) -> None:
    assert split(text) == []


@given(st.text(st.sampled_from("一二三十、（）()1230.。；;\n 是第，：有人电鱼①②问题"), max_size=600))
def test_passages_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    passages = split(text)
    edges = [edge for each in passages for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    assert "".join(text[each.start : each.end] for each in passages).split() == text.split() or "".join(
        "".join(text[each.start : each.end].split()) for each in passages
    ) == "".join(text.split())
    assert all(text[each.start : each.end].strip() == text[each.start : each.end] for each in passages)


@pytest.mark.parametrize("unit", ["1、", "一是", "（一）", "\n", "①；", "问题1："])
def test_hostile_texts_end(unit: str) -> None:
    assert split(unit * (100_000 // len(unit))) is not None
