"""Grades: each kind of rule by hand, words taken back, and the shipped rules on plain sentences."""

from pathlib import Path

import pytest

from tipclass.errors import SettingsError
from tipclass.grade import Facts, Grading, grade, load_grading, standing
from tipclass.records import Element, ElementKind, Grade
from tipclass.settings import GRADE, corpora_folder

GRADING = Grading.model_validate(
    {
        "negations": ["没有", "防止"],
        "rule": [
            {"grade": "A", "name": "爆炸", "words": [["爆炸", "起火"]]},
            {"grade": "A", "name": "近学校", "words": [["正在"], ["学校", "医院"]], "offences": True},
            {"grade": "A", "name": "数额", "figure": True},
            {"grade": "B", "name": "具体", "concrete": 2},
            {"grade": "B", "name": "重复", "repeats": 2},
        ],
    }
)


def element(kind: ElementKind) -> Element:
    return Element(kind, "甲", 0, 1)


TWO = (element(ElementKind.PLACE), element(ElementKind.TIME), element(ElementKind.TIME), element(ElementKind.PHONE))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts("有人电鱼", True), Grade("C", ("没有更急的情形",))),
        (Facts("昨天起火了", False), Grade("A", ("爆炸（起火）",))),
        (Facts("没有爆炸", False), Grade("C", ("没有更急的情形",))),
        (Facts("正在学校旁边排", True), Grade("A", ("近学校（正在、学校）",))),
        (Facts("正在学校旁边排", False), Grade("C", ("没有更急的情形",))),
        (Facts("正在排", True), Grade("C", ("没有更急的情形",))),
        (Facts("倒了五吨，起火", True, hints=("三吨以上",)), Grade("A", ("爆炸（起火）", "数额（三吨以上）"))),
        (Facts("有人", True, TWO), Grade("B", ("具体（时间、地点）",))),
        (Facts("有人", True, TWO[:1]), Grade("C", ("没有更急的情形",))),
        (Facts("有人", False, repeats=3), Grade("B", ("重复（第 3 次反映）",))),
        (Facts("爆炸", True, TWO, repeats=3), Grade("A", ("爆炸（爆炸）",))),
    ],
)
def test_the_first_rule_that_holds_grades_and_all_of_its_grade_say_why(facts: Facts, expected: Grade) -> None:
    assert grade(facts, GRADING) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("没有发生爆炸", ""),
        ("没有人管，昨天爆炸", "爆炸"),
        ("为防止爆炸，后来还是爆炸", "爆炸"),
        ("以为没有事情发生的那天还是爆炸", "爆炸"),
        ("", ""),
    ],
)
def test_a_word_is_taken_back_only_just_before_it(text: str, found: str) -> None:
    assert standing(["爆炸"], text, ["没有", "防止"]) == found


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("饭店煤气泄漏，请马上来", "A"),
        ("孩子吃了以后中毒住院", "A"),
        ("扬言要报复举报人", "A"),
        ("现在正往水源地排污水", "A"),
        ("后山正在挖砂", "B"),
        ("天天晚上有人电鱼", "B"),
        ("有人卖假烟", "C"),
    ],
)
def test_the_shipped_rules(text: str, level: str) -> None:
    assert grade(Facts(text, True), load_grading(corpora_folder() / GRADE)).level == level


def test_rules_that_do_not_hold_together_are_refused(tmp_path: Path) -> None:
    (tmp_path / GRADE).write_text('[[rule]]\ngrade = "D"\nname = "甲"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="grade 处有误：应是 A、B 之一"):
        load_grading(tmp_path / GRADE)
