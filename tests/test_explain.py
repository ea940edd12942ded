"""Evidence: exact sums, and places that point at the raw text."""

import numpy as np
import pytest

from tipclass.explain import Token, character_weights, evidence
from tipclass.store import Model

TEXTS = ("印染厂半夜把廢水直接排进小河，污水！！！", "有人电鱼，电鱼，又电鱼", "会议强调１３８０００００００００", "※")


@pytest.mark.parametrize("text", TEXTS)
def test_terms_stand_where_their_spans_say(model: Model, text: str) -> None:
    for each in evidence(model.scorer, text, main=0, runner_up=1):
        assert 0 <= each.start < each.end <= len(text)
        assert each.term == text[each.start : each.end] or each.term.startswith("[")
        assert each.weight > 0


def test_strongest_first_and_no_more_than_asked(model: Model) -> None:
    found = evidence(model.scorer, TEXTS[0] + TEXTS[1], main=0, runner_up=1, most=2)
    assert len(found) == 2
    assert found[0].weight >= found[1].weight


@pytest.mark.parametrize("text", TEXTS)
def test_character_weights_add_up_to_what_the_features_said(model: Model, text: str) -> None:
    scorer = model.scorer
    cleaned = "".join(scorer.segmenter.tokens(text.replace("！！！", "!").replace("廢", "废")))
    place, tokens = 0, []
    for word in scorer.segmenter.tokens(cleaned):
        tokens.append(Token(word, place, place + len(word)))
        place += len(word)
    row = scorer.features([scorer.segmenter.view_cleaned(cleaned)])
    difference = scorer.weight_columns[:, 0] - scorer.weight_columns[:, 1]
    said = character_weights(scorer, cleaned, tokens, main=0, runner_up=1)
    assert said.sum() == pytest.approx(float((row @ difference)[0]), abs=1e-9)


def test_the_same_pair_the_other_way_round_is_the_negative(model: Model) -> None:
    tokens = [Token("污水", 0, 2)]
    one = character_weights(model.scorer, "污水", tokens, main=0, runner_up=1)
    two = character_weights(model.scorer, "污水", tokens, main=1, runner_up=0)
    assert np.allclose(one, -two)


def test_a_text_without_words_has_no_evidence(model: Model) -> None:
    assert evidence(model.scorer, "。。。", main=0, runner_up=1) == ()
