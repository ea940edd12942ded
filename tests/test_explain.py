"""Evidence: exact sums, and places that point at the raw text."""

import pytest

from tipclass.clean import clean
from tipclass.explain import Contributions, Token, character_weights, contributions, evidence
from tipclass.segment import WORD
from tipclass.store import Model

TEXTS = ("印染厂半夜把廢水直接排进小河，污水！！！", "有人电鱼，电鱼，又电鱼", "会议强调１３８０００００００００", "※")


def said(model: Model, text: str) -> Contributions:
    return contributions(model.scorer.features([model.scorer.segmenter.view(text)]))[0]


@pytest.mark.parametrize("text", TEXTS)
def test_terms_stand_where_their_spans_say(model: Model, text: str) -> None:
    for each in evidence(model.scorer, text, said(model, text), main=0, runner_up=1):
        assert 0 <= each.start < each.end <= len(text)
        assert each.term == text[each.start : each.end] or each.term.startswith("[")
        assert each.weight > 0


def test_strongest_first_and_no_more_than_asked(model: Model) -> None:
    text = TEXTS[0] + TEXTS[1]
    found = evidence(model.scorer, text, said(model, text), main=0, runner_up=1, most=2)
    assert len(found) == 2
    assert found[0].weight >= found[1].weight


def test_a_repeated_phrase_is_shown_once(model: Model) -> None:
    found = evidence(model.scorer, TEXTS[1], said(model, TEXTS[1]), main=1, runner_up=0)
    assert len({each.term for each in found}) == len(found)


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_the_features_said_is_lost(model: Model, text: str) -> None:
    cleaned = clean(text)
    place, tokens = 0, []
    for word in model.scorer.segmenter.tokens(cleaned):
        if WORD.match(word):
            tokens.append(Token(word, place, place + len(word)))
        place += len(word)
    row = model.scorer.features([model.scorer.segmenter.view(text)])
    table = model.scorer.weight_columns
    weights = said(model, text).weights(model.scorer, 0, 1)
    spread = character_weights(model.scorer, cleaned, tokens, weights)
    assert spread.sum() == pytest.approx(float((row @ (table[:, 0] - table[:, 1]))[0]), abs=1e-9)


def test_the_same_pair_the_other_way_round_is_the_negative(model: Model) -> None:
    one = said(model, TEXTS[0]).weights(model.scorer, 0, 1)
    two = said(model, TEXTS[0]).weights(model.scorer, 1, 0)
    assert one
    assert one == pytest.approx({column: -weight for column, weight in two.items()})


def test_a_text_without_words_has_no_evidence(model: Model) -> None:
    assert evidence(model.scorer, "。。。", said(model, "。。。"), main=0, runner_up=1) == ()
