"""Explanations: exact sums, places that point at the raw text, and sentences."""

import numpy as np
import pytest

from tipclass.explain import evidence, reason, token_weights
from tipclass.model import Model
from tipclass.records import Cause, Decision, Evidence, Matter, Passage, Route, Scored
from tipclass.taxonomy import Taxonomy

TEXTS = ("印染厂半夜把廢水直接排进小河，污水！！！", "有人电鱼，电鱼，又电鱼", "会议强调１３８０００００００００", "※")


def found(model: Model, text: str, pair: tuple[int, int] = (0, 1), **options: int) -> tuple[Evidence, ...]:
    cuts = model.scorer.segmenter.cuts([text])
    return evidence(model.scorer, [text], cuts, model.scorer.features(cuts), np.array([pair]), **options)[0]


@pytest.mark.parametrize("text", TEXTS)
def test_terms_stand_where_their_spans_say(model: Model, text: str) -> None:
    for each in found(model, text):
        assert 0 <= each.start < each.end <= len(text)
        assert each.term == text[each.start : each.end] or each.term.startswith("[")
        assert each.weight > 0


def test_strongest_first_and_no_more_than_asked(model: Model) -> None:
    said = found(model, TEXTS[0] + TEXTS[1], most=2)
    assert len(said) == 2
    assert said[0].weight >= said[1].weight


def test_a_repeated_phrase_is_shown_once(model: Model) -> None:
    said = found(model, TEXTS[1], (1, 0))
    assert len({each.term for each in said}) == len(said)


def test_nothing_the_features_said_is_lost(model: Model) -> None:
    cuts = model.scorer.segmenter.cuts(TEXTS)
    features, table = model.scorer.features(cuts), model.scorer.weight_columns
    pairs = np.array([(0, 1), (1, 0), (2, 1), (0, 2)])
    spread = token_weights(model.scorer, cuts, features, pairs)
    for row, (first, second) in enumerate(pairs):
        assert len(spread[row]) == len(cuts[row].tokens)
        said = features.take([row]).dot(table[:, first] - table[:, second])[0]
        assert spread[row].sum() == pytest.approx(said, abs=1e-9)


def test_a_text_is_explained_alike_alone_and_among_others(model: Model) -> None:
    cuts, pairs = model.scorer.segmenter.cuts(TEXTS), np.array([(0, 1)] * len(TEXTS))
    together = evidence(model.scorer, TEXTS, cuts, model.scorer.features(cuts), pairs)
    assert together == [found(model, text) for text in TEXTS]


def test_the_same_pair_the_other_way_round_is_the_negative(model: Model) -> None:
    cuts = model.scorer.segmenter.cuts(TEXTS[:1])
    one, two = (
        token_weights(model.scorer, cuts, model.scorer.features(cuts), np.array([pair]))[0] for pair in ((0, 1), (1, 0))
    )
    assert one.any()
    assert one == pytest.approx(-two)


def test_a_text_without_words_has_no_evidence(model: Model) -> None:
    assert found(model, "。。。") == ()


TERMS = (Evidence("暗管", 3.0, 0, 2), Evidence("排入河道", 2.0, 5, 9), Evidence("黑", 1.0, 3, 4))
MATTERS = (Matter(Passage(0, 40), "water_pollution", 0.9), Matter(Passage(40, 80, "四"), "illegal_fishing", 0.7))


@pytest.mark.parametrize(
    ("cause", "labels", "rival", "sentence"),
    [
        (
            Cause.CERTAIN,
            ["water_pollution"],
            0.01,
            "提到“暗管”“排入河道”，与“水污染偷排”的样本最接近（把握 93%），可直接分派",
        ),
        (
            Cause.UNSURE,
            ["water_pollution"],
            0.3,
            "提到“暗管”“排入河道”，最像“水污染偷排”（把握 93%），不足以直接分派；与“非法捕捞”也接近，请人工判断",
        ),
        (
            Cause.CERTAIN,
            ["water_pollution", "illegal_fishing"],
            0.01,
            "提到“暗管”“排入河道”，与“水污染偷排”的样本最接近（把握 93%），可直接分派；同时涉及“非法捕捞”（“四”项）",
        ),
        (Cause.LEAD, ["not_a_tip"], 0.01, "整篇不像举报，但第 1 字起像是“水污染偷排”的线索，请人工判断"),
        (Cause.SET_ASIDE, ["not_a_tip"], 0.01, "通篇没有可查的线索（把握 93%），存档不派单"),
        (Cause.UNLIKE, ["water_pollution"], 0.01, "与模型学过的文字差别太大（认识的词只有 5 个），请人工判断"),
        (Cause.EMPTY, ["water_pollution", "illegal_fishing"], 0.01, "没有文字，请人工核对原件"),
    ],
)
def test_the_reason_is_one_sentence_for_a_clerk(
    taxonomy: Taxonomy, cause: Cause, labels: list[str], rival: float, sentence: str
) -> None:
    scored = tuple(Scored(code, 0.9) for code in labels)
    decision = Decision(Route.REVIEW, cause, 0.93, scored, scored, Scored("illegal_fishing", rival))
    assert reason(decision, TERMS, MATTERS, 5, taxonomy) == sentence


def test_every_cause_has_its_sentence(taxonomy: Taxonomy) -> None:
    scored = (Scored("water_pollution", 0.9),)
    for cause in Cause:
        decision = Decision(Route.REVIEW, cause, 0.93, scored, scored, Scored("illegal_fishing", 0.0))
        assert reason(decision, (), (), 0, taxonomy)


def test_weak_words_at_the_ends_of_a_phrase_are_left_out(model: Model) -> None:
    for text in TEXTS[:2]:
        for each in found(model, text):
            assert len(each.term) <= 10 or each.term.startswith("[")
