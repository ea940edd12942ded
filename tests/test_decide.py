"""Decisions: each route at, above and below its threshold."""

import tomllib

import pytest

from tipclass.decide import NEVER, Policy, decide, holds_lead
from tipclass.records import Route
from tipclass.taxonomy import Taxonomy

POLICY = Policy(
    target_precision=0.95,
    margin=0.2,
    least_known=2,
    accept={"water_pollution": 0.8, "illegal_fishing": 0.6, "not_a_tip": 0.9},
    label={"water_pollution": 0.5, "illegal_fishing": 0.4, "not_a_tip": 0.5},
)


@pytest.mark.parametrize(
    ("scores", "known", "route"),
    [
        ((0.8, 0.1, 0.1), 9, Route.ACCEPT),
        ((0.79, 0.1, 0.1), 9, Route.REVIEW),
        ((0.1, 0.6, 0.1), 9, Route.ACCEPT),
        ((0.1, 0.59, 0.1), 9, Route.REVIEW),
        ((0.1, 0.1, 0.9), 9, Route.SET_ASIDE),
        ((0.1, 0.1, 0.89), 9, Route.REVIEW),
        ((0.95, 0.70, 0.1), 9, Route.ACCEPT),
        ((0.95, 0.76, 0.1), 9, Route.REVIEW),
        ((0.9, 0.1, 0.1), 0, Route.REVIEW),
        ((0.9, 0.1, 0.1), 1, Route.REVIEW),
        ((0.9, 0.1, 0.1), 2, Route.ACCEPT),
    ],
)
def test_route(taxonomy: Taxonomy, scores: tuple[float, ...], known: int, route: Route) -> None:
    assert decide(scores, known, POLICY, taxonomy).route is route


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
def test_labels_main_first_never_empty(taxonomy: Taxonomy, scores: tuple[float, ...], labels: list[str]) -> None:
    assert [each.code for each in decide(scores, 9, POLICY, taxonomy).labels] == labels


@pytest.mark.parametrize(
    ("scores", "lead", "main"),
    [
        ((0.1, 0.2, 0.9), False, "not_a_tip"),
        ((0.1, 0.2, 0.9), True, "illegal_fishing"),
        ((0.1, 0.2, 0.5), False, "not_a_tip"),
        ((0.1, 0.2, 0.49), False, "illegal_fishing"),
        ((0.9, 0.2, 0.1), True, "water_pollution"),
    ],
)
def test_what_is_set_aside_must_be_likely_and_hold_no_lead(
    taxonomy: Taxonomy, scores: tuple[float, ...], lead: bool, main: str
) -> None:
    decision = decide(scores, 9, POLICY, taxonomy, lead=lead)
    assert decision.main.code == main
    assert decision.route is not Route.SET_ASIDE or main == "not_a_tip"


@pytest.mark.parametrize(
    ("passages", "holds"),
    [
        ([(0.1, 0.1, 0.9), (0.1, 0.6, 0.2)], True),
        ([(0.1, 0.1, 0.9), (0.1, 0.6, 0.7)], False),
        ([(0.1, 0.49, 0.2)], False),
        ([], False),
    ],
)
def test_a_lead_is_a_passage_likely_of_another_category(
    taxonomy: Taxonomy, passages: list[tuple[float, ...]], holds: bool
) -> None:
    assert holds_lead(passages, taxonomy) is holds


def test_ties_are_broken_by_code(taxonomy: Taxonomy) -> None:
    assert decide((0.5, 0.5, 0.5), 9, POLICY, taxonomy).main.code == "illegal_fishing"


def test_as_many_candidates_as_asked(taxonomy: Taxonomy) -> None:
    assert [each.code for each in decide((0.1, 0.3, 0.2), 9, POLICY, taxonomy, top=2).candidates] == [
        "illegal_fishing",
        "not_a_tip",
    ]


@pytest.mark.parametrize(
    ("scores", "known", "says"),
    [
        ((0.9, 0.1, 0.1), 0, "没有模型认识的词"),
        ((0.9, 0.1, 0.1), 1, "只有 1 个"),
        ((0.7, 0.1, 0.1), 9, "把握只有 70%"),
        ((0.9, 0.8, 0.1), 9, "“水污染偷排”与“非法捕捞”难分"),
        ((0.9, 0.1, 0.1), 9, "可直接分派"),
        ((0.1, 0.1, 0.95), 9, "存档"),
    ],
)
def test_the_reason_names_what_decided(taxonomy: Taxonomy, scores: tuple[float, ...], known: int, says: str) -> None:
    assert says in decide(scores, known, POLICY, taxonomy).reason


def test_a_category_that_accepts_nothing_says_so(taxonomy: Taxonomy) -> None:
    never = POLICY.model_copy(update={"accept": dict.fromkeys(POLICY.accept, NEVER)})
    decision = decide((1.0, 0.0, 0.0), 9, never, taxonomy)
    assert decision.route is Route.REVIEW
    assert "一律人工复核" in decision.reason


def test_a_policy_survives_toml() -> None:
    assert Policy.model_validate(tomllib.loads(POLICY.dumps())) == POLICY
