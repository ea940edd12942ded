"""Decisions: each route at, above and below its threshold."""

import tomllib

import pytest

from tipclass.decide import NEVER, Judgement, Policy, decide, holds_lead
from tipclass.records import Decision, Route
from tipclass.taxonomy import Taxonomy

POLICY = Policy(
    target_precision=0.95,
    least_known=2,
    accept={"water_pollution": 0.8, "illegal_fishing": 0.6, "not_a_tip": 0.9},
    label={"water_pollution": 0.5, "illegal_fishing": 0.4, "not_a_tip": 0.5},
)
Numbers = tuple[float, ...]


def decided(numbers: Numbers, taxonomy: Taxonomy, *, known: int = 9, lead: bool = False) -> Decision:
    """Decide with the same numbers as scores and certainties."""
    return decide(Judgement(numbers, numbers, known, lead), POLICY, taxonomy)


@pytest.mark.parametrize(
    ("certainties", "known", "route"),
    [
        ((0.8, 0.1, 0.1), 9, Route.ACCEPT),
        ((0.79, 0.1, 0.1), 9, Route.REVIEW),
        ((0.1, 0.6, 0.1), 9, Route.ACCEPT),
        ((0.1, 0.59, 0.1), 9, Route.REVIEW),
        ((0.1, 0.0, 0.9), 9, Route.SET_ASIDE),
        ((0.1, 0.01, 0.89), 9, Route.REVIEW),
        ((0.9, 0.1, 0.0), 0, Route.REVIEW),
        ((0.9, 0.1, 0.0), 1, Route.REVIEW),
        ((0.9, 0.1, 0.0), 2, Route.ACCEPT),
    ],
)
def test_route(taxonomy: Taxonomy, certainties: Numbers, known: int, route: Route) -> None:
    assert decided(certainties, taxonomy, known=known).route is route


def test_certainty_decides_the_main_label_and_scores_the_others(taxonomy: Taxonomy) -> None:
    decision = decide(Judgement((0.3, 0.45, 0.9), (0.7, 0.2, 0.1), 9), POLICY, taxonomy)
    assert [(each.code, each.score) for each in decision.labels] == [
        ("water_pollution", 0.3),
        ("illegal_fishing", 0.45),
    ]
    assert decision.certainty == 0.7
    assert decision.runner_up == "illegal_fishing"


@pytest.mark.parametrize(
    ("scores", "labels"),
    [
        ((0.9, 0.39, 0.1), ["water_pollution"]),
        ((0.9, 0.4, 0.1), ["water_pollution", "illegal_fishing"]),
        ((0.5, 0.9, 0.1), ["illegal_fishing", "water_pollution"]),
        ((0.1, 0.2, 0.1), ["illegal_fishing"]),
        ((0.6, 0.6, 0.9), ["not_a_tip"]),
        ((0.9, 0.1, 0.8), ["water_pollution"]),
        ((0.3, 0.2, 0.4), ["water_pollution"]),
    ],
)
def test_labels_main_first_never_empty(taxonomy: Taxonomy, scores: Numbers, labels: list[str]) -> None:
    assert [each.code for each in decided(scores, taxonomy).labels] == labels


@pytest.mark.parametrize(
    ("certainties", "lead", "main"),
    [
        ((0.1, 0.2, 0.7), False, "not_a_tip"),
        ((0.1, 0.2, 0.7), True, "illegal_fishing"),
        ((0.1, 0.4, 0.5), False, "not_a_tip"),
        ((0.1, 0.41, 0.49), False, "illegal_fishing"),
        ((0.7, 0.2, 0.1), True, "water_pollution"),
    ],
)
def test_what_is_set_aside_must_be_likely_and_hold_no_lead(
    taxonomy: Taxonomy, certainties: Numbers, lead: bool, main: str
) -> None:
    decision = decided(certainties, taxonomy, lead=lead)
    assert decision.main.code == main
    assert decision.route is not Route.SET_ASIDE or main == "not_a_tip"


@pytest.mark.parametrize(
    ("passages", "holds"),
    [
        ([(0.1, 0.0, 0.9), (0.1, 0.6, 0.3)], True),
        ([(0.1, 0.0, 0.9), (0.1, 0.3, 0.6)], False),
        ([(0.1, 0.49, 0.41)], False),
        ([], False),
    ],
)
def test_a_lead_is_a_passage_likely_of_another_category(
    taxonomy: Taxonomy, passages: list[Numbers], holds: bool
) -> None:
    assert holds_lead(passages, taxonomy) is holds


def test_ties_are_broken_by_code(taxonomy: Taxonomy) -> None:
    assert decided((0.3, 0.3, 0.3), taxonomy).main.code == "illegal_fishing"


def test_as_many_candidates_as_asked(taxonomy: Taxonomy) -> None:
    judgement = Judgement((0.1, 0.3, 0.2), (0.1, 0.6, 0.3), 9)
    candidates = decide(judgement, POLICY, taxonomy, top=2).candidates
    assert [each.code for each in candidates] == ["illegal_fishing", "not_a_tip"]


@pytest.mark.parametrize(
    ("certainties", "known", "says"),
    [
        ((0.9, 0.1, 0.0), 0, "没有模型认识的词"),
        ((0.9, 0.1, 0.0), 1, "只有 1 个"),
        ((0.7, 0.2, 0.1), 9, "把握 70%，没有达到直接分派的要求，也可能是“非法捕捞”"),
        ((0.9, 0.1, 0.0), 9, "可直接分派"),
        ((0.1, 0.0, 0.9), 9, "存档"),
    ],
)
def test_the_reason_names_what_decided(taxonomy: Taxonomy, certainties: Numbers, known: int, says: str) -> None:
    assert says in decided(certainties, taxonomy, known=known).reason


def test_a_category_that_accepts_nothing_says_so(taxonomy: Taxonomy) -> None:
    never = POLICY.model_copy(update={"accept": dict.fromkeys(POLICY.accept, NEVER)})
    decision = decide(Judgement((1.0, 0.0, 0.0), (1.0, 0.0, 0.0), 9), never, taxonomy)
    assert decision.route is Route.REVIEW
    assert "一律人工复核" in decision.reason


def test_a_policy_survives_toml() -> None:
    assert Policy.model_validate(tomllib.loads(POLICY.dumps())) == POLICY
