"""Identical tips: what counts as the same text, within a batch and against earlier tips."""

import pytest

from tipclass.identical import Linkable, link
from tipclass.records import Repeats


@pytest.mark.parametrize(
    ("texts", "firsts"),
    [
        (["河水发黑。", "河水 发黑", "河水发臭"], ["0", "0", None]),
        (["ＡＢ厂", "ab厂！"], ["0", "0"]),
        (["", "，。", " "], [None, None, None]),
    ],
)
def test_texts_are_the_same_by_their_words(texts: list[str], firsts: list[str | None]) -> None:
    found = link([Linkable(str(at), text) for at, text in enumerate(texts)]).repeats
    assert [each.first if each else None for each in found] == firsts


def test_an_earlier_tip_is_the_first() -> None:
    earlier = [Linkable("e1", "河水发黑"), Linkable("e2", "有人电鱼")]
    assert link([Linkable("n1", "河水发黑")], earlier).repeats == (Repeats("e1", 2),)
