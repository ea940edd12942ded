"""Methods: an unusual way of doing is told by words that stand near each other."""

import pytest
from pydantic import ValidationError

from tipclass.methods import NEAR, Method, methods

FAR = "另外想问一下社保怎么转" * NEAR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("半夜一辆拉丧的车停在后门卸白箱子", ["殡仪车运货"]),
        ("洒水车洒过的地方有一股酸臭", ["洒水车洒排废水"]),
        ("洒水车半夜放音乐太吵", []),
        ("殡仪车堵在路口", []),
        (f"殡仪车堵在路口{FAR}楼下卖香烟", []),
        ("自称燃气公司的人上门换阀门收了六百八", ["冒充燃气公司上门"]),
    ],
)
def test_words_of_every_list_stand_near_the_first(text: str, expected: list[str]) -> None:
    assert [method.name for method in methods() if method.told_in(text)] == expected


@pytest.mark.parametrize("told", [[], [[]], [["殡仪车"], [""]]])
def test_a_method_that_nothing_tells_of_is_refused(told: list[list[str]]) -> None:
    with pytest.raises(ValidationError):
        Method(name="殡仪车运货", told=told)


def test_every_method_needs_two_lists() -> None:
    assert all(len(method.told) > 1 and all(method.told) for method in methods())
