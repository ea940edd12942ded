"""Borders: how far to the left a name reaches."""

import pytest

from tipclass.borders import Borders


@pytest.mark.parametrize(
    ("text", "ending", "name"),
    [
        ("有人在大王村倾倒", "村", "大王"),
        ("我们和平路口", "路", "和平"),
        ("他们把车开到柳沟镇", "镇", "柳沟"),
        ("反映呼和浩特市", "市", "呼和浩特"),
        ("批发给大王村", "村", "大王"),
        ("举报人住在于都县", "县", "于都"),
        ("文件规定大王村", "村", "大王"),
        ("每年惊动大王村", "村", "大王"),
        ("沿着建设路", "路", "建设"),
    ],
)
def test_function_words_and_verbs_end_a_name_but_known_names_hold(text: str, ending: str, name: str) -> None:
    end = text.index(ending)
    start = Borders(text).place_start(end, 6)
    assert start is not None
    assert text[start:end] == name


def test_a_firm_may_bear_a_verb_that_a_place_may_not() -> None:
    text = "有新利达报废机动车拆解厂"
    borders = Borders(text)
    assert borders.name_start(11, 12) == 1
    assert borders.place_start(11, 12) != 1


def test_what_is_taken_and_what_is_too_long_make_no_name() -> None:
    assert Borders("昨晚大王村", [(0, 2)]).place_start(4, 6) == 2
    assert Borders("甲乙丙丁戊己庚辛村").place_start(8, 6) is None
    assert Borders("村").place_start(0, 6) == 0
