"""Novelty: which words of a batch count as unknown."""

import pytest

from tipclass.model import Model
from tipclass.novelty import Unknown, unknown_words


def found(model: Model, *texts: str) -> dict[str, Unknown]:
    tokens = {f"t{n}": cut.tokens for n, cut in enumerate(model.scorer.segmenter.cuts(texts))}
    return {each.word: each for each in unknown_words(tokens, model.scorer)}


def test_a_word_of_the_dictionary_the_model_never_met(model: Model) -> None:
    words = found(model, "排放污水，收购象牙和象牙", "有人贩卖象牙", "还有象牙", "象牙", "污水")
    assert words["象牙"] == Unknown("象牙", 5, 4, ("t0", "t1", "t2"))
    assert "污水" not in words


def test_a_new_word_is_put_together_from_the_characters_jieba_leaves(model: Model) -> None:
    words = found(model, "网上卖氪氙氡的又来了", "路边有氪氙氡")
    assert words["氪氙氡"].tips == 2
    assert not any(word in "氪氙氡" for word in words if word != "氪氙氡")


@pytest.mark.parametrize("text", ["氪。氙", "13800000000", "2026", "鬯", "https://a.cn/x"])
def test_marks_numbers_and_lone_characters_are_no_words(model: Model, text: str) -> None:
    assert found(model, text, text) == {}


def test_what_stands_in_one_tip_is_an_accident(model: Model) -> None:
    assert found(model, "收购象牙，又收购象牙") == {}


def test_the_commonest_come_first_and_no_more_than_twenty(model: Model) -> None:
    pairs = [f"{one}{two}" for one in "氪氙氡氦氖" for two in "鬯鬲鬻魃魍"]
    words = list(found(model, "，".join(pairs), "，".join(reversed(pairs)), pairs[7]))
    assert (len(words), words[0]) == (20, pairs[7])
