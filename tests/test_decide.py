"""Decisions: each route at, above and below its threshold, and the matters of a long text."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tipclass.decide import CLEAR, LEAD, NEVER, SURE, Judgement, Policy, decide, matters, strongest_lead
from tipclass.records import Cause, Decision, Passage, Route
from tipclass.taxonomy import Taxonomy, parse_taxonomy

POLICY = Policy(
    least_known=2,
    least_share=0.5,
    passage=0.9,
    target={"water_pollution": 0.95, "illegal_fishing": 0.95, "not_a_tip": 0.95},
    accept={"water_pollution": 0.8, "illegal_fishing": 0.6, "not_a_tip": 0.9},
    label={"water_pollution": 0.5, "illegal_fishing": 0.4, "not_a_tip": 0.5},
)
Numbers = tuple[float, ...]
WATER, FISHING, TALK = (0.9, 0.1, 0.0), (0.1, 0.9, 0.0), (0.0, 0.1, 0.9)


def judged(numbers: Numbers, *, known: int = 9, words: int = 9, passages: Sequence[Numbers] = ()) -> Judgement:
    """Judge with the same numbers as scores and certainties."""
    parts = tuple(judged(each) for each in passages)
    return Judgement(numbers, numbers, known, words, passages=parts)


def decided(numbers: Numbers, taxonomy: Taxonomy, *, known: int = 9, passages: Sequence[Numbers] = ()) -> Decision:
    return decide(judged(numbers, known=known, passages=passages), POLICY, taxonomy)


@pytest.mark.parametrize(
    ("certainties", "known", "route", "cause"),
    [
        ((0.8, 0.1, 0.1), 9, Route.ACCEPT, Cause.CERTAIN),
        ((0.79, 0.1, 0.1), 9, Route.REVIEW, Cause.UNSURE),
        ((0.1, 0.6, 0.1), 9, Route.ACCEPT, Cause.CERTAIN),
        ((0.1, 0.59, 0.1), 9, Route.REVIEW, Cause.UNSURE),
        ((0.1, 0.0, 0.9), 9, Route.SET_ASIDE, Cause.SET_ASIDE),
        ((0.1, 0.01, 0.89), 9, Route.REVIEW, Cause.UNSURE),
        ((0.9, 0.1, 0.0), 1, Route.REVIEW, Cause.FEW_KNOWN),
        ((0.9, 0.1, 0.0), 3, Route.REVIEW, Cause.UNLIKE),
        ((0.9, 0.1, 0.0), 4, Route.ACCEPT, Cause.CERTAIN),
    ],
)
def test_route_and_cause(taxonomy: Taxonomy, certainties: Numbers, known: int, route: Route, cause: Cause) -> None:
    decision = decided(certainties, taxonomy, known=known)
    assert (decision.route, decision.cause) == (route, cause)


def test_a_doubt_comes_before_all_else(taxonomy: Taxonomy) -> None:
    decision = decide(replace(judged(WATER, known=0), doubt=Cause.EMPTY), POLICY, taxonomy)
    assert (decision.route, decision.cause, decision.readable) == (Route.REVIEW, Cause.EMPTY, False)


def test_certainty_decides_the_main_label_and_scores_the_others(taxonomy: Taxonomy) -> None:
    decision = decide(Judgement((0.3, 0.45, 0.9), (0.7, 0.2, 0.1), 9, 9), POLICY, taxonomy)
    assert [(each.code, each.score) for each in decision.labels] == [
        ("water_pollution", 0.3),
        ("illegal_fishing", 0.45),
    ]
    assert decision.certainty == 0.7
    assert (decision.runner_up.code, decision.runner_up.score) == ("illegal_fishing", 0.2)


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
    ("certainties", "passage", "main", "route"),
    [
        ((0.1, 0.0, 0.9), TALK, "not_a_tip", Route.SET_ASIDE),
        ((0.1, 0.0, 0.9), (0.0, LEAD - 0.01, 0.4), "not_a_tip", Route.SET_ASIDE),
        ((0.1, 0.0, 0.9), (0.0, LEAD, 0.4), "not_a_tip", Route.REVIEW),
        ((0.1, 0.0, 0.9), (0.0, CLEAR, 0.1), "illegal_fishing", Route.REVIEW),
        ((0.1, 0.3, 0.6), TALK, "not_a_tip", Route.REVIEW),
        ((0.1, 0.31, 0.59), TALK, "illegal_fishing", Route.REVIEW),
        ((0.9, 0.1, 0.0), FISHING, "water_pollution", Route.ACCEPT),
    ],
)
def test_what_is_set_aside_must_be_likely_and_hold_no_lead(
    taxonomy: Taxonomy, certainties: Numbers, passage: Numbers, main: str, route: Route
) -> None:
    decision = decided(certainties, taxonomy, passages=[TALK, passage])
    assert (decision.main.code, decision.route) == (main, route)


def test_what_no_department_takes_is_a_lead_only_where_it_is_clear(taxonomy: Taxonomy) -> None:
    loose = taxonomy.category[1].model_copy(update={"no_department": True})
    other = Taxonomy(category=(taxonomy.category[0], loose, taxonomy.category[2]))
    assert strongest_lead(judged(TALK, passages=[(0.0, CLEAR - 0.01, 0.0)]), other) is None
    lead = strongest_lead(judged(TALK, passages=[(0.0, CLEAR, 0.0), (LEAD, 0.0, 0.0)]), other)
    assert lead is not None
    assert lead.code == "illegal_fishing"


@pytest.mark.parametrize(
    ("passages", "labels"),
    [
        ([WATER, (0.1, 0.89, 0.0)], ["water_pollution"]),
        ([WATER, FISHING], ["water_pollution", "illegal_fishing"]),
        ([WATER, TALK], ["water_pollution"]),
    ],
)
def test_a_sure_passage_gives_its_category_to_the_whole(
    taxonomy: Taxonomy, passages: list[Numbers], labels: list[str]
) -> None:
    assert [each.code for each in decided((0.9, 0.1, 0.0), taxonomy, passages=passages).labels] == labels


FIVE = parse_taxonomy(
    "".join(f'[[category]]\ncode = "{c}"\nname = "{c}"\n' for c in "abcde") + "set_aside = true\n", source="five"
)
LENIENT = Policy(
    least_known=0,
    least_share=0.0,
    passage=0.9,
    **{name: dict.fromkeys(FIVE.codes, 0.5) for name in ("target", "accept", "label")},
)
SURE_OF = [tuple(SURE if k == j else 0.0 for k in range(5)) for j in range(3)]
WEAK, ASIDE = (0.0, 0.0, 0.0, LEAD, 0.0), (0.0, 0.0, 0.0, 0.0, 0.9)


def listing(rows: Sequence[Numbers]) -> Judgement:
    parts = tuple(replace(judged(row), listed=True) for row in rows)
    return replace(judged((0.9, 0.0, 0.0, 0.0, 0.0)), passages=parts)


def test_items_give_labels_sooner_where_a_list_tells_several_matters() -> None:
    def labels(rows: Sequence[Numbers]) -> list[str]:
        return [each.code for each in decide(listing(rows), LENIENT, FIVE).labels]

    assert labels([*SURE_OF, WEAK]) == ["a", "b", "c", "d"]
    assert labels([*SURE_OF[:2], WEAK]) == ["a"]


def test_no_item_is_given_up_where_a_list_tells_several_matters() -> None:
    def count(rows: Sequence[Numbers]) -> int:
        passages = [Passage(10 * k, 10 * k + 9, str(k)) for k in range(len(rows))]
        judgement = listing(rows)
        return len(matters(passages, judgement, decide(judgement, LENIENT, FIVE), FIVE))

    assert count([*SURE_OF, ASIDE, ASIDE]) == 5
    assert count([*SURE_OF[:2], ASIDE]) == 2


def told(taxonomy: Taxonomy, main: Numbers, *rows: tuple[str, Numbers]) -> list[tuple[int, int, str]]:
    """Return start, end and category of the matters of passages ten characters long, given as (item, certainties)."""
    passages = [Passage(10 * k, 10 * k + 9, item.strip("#"), item.startswith("#")) for k, (item, _) in enumerate(rows)]
    judgement = judged(main, passages=[numbers for _, numbers in rows])
    found = matters(passages, judgement, decide(judgement, POLICY, taxonomy), taxonomy)
    return [(each.passage.start, each.passage.end, each.code) for each in found]


UNCLEAR = (0.4, 0.3, 0.3)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("", WATER)], []),
        ([("", WATER), ("", WATER)], [(0, 19, "water_pollution")]),
        ([("", WATER), ("", FISHING)], [(0, 9, "water_pollution"), (10, 19, "illegal_fishing")]),
        ([("", TALK), ("", WATER), ("", UNCLEAR)], [(10, 29, "water_pollution")]),
        ([("1", WATER), ("2", WATER)], [(0, 9, "water_pollution"), (10, 19, "water_pollution")]),
        ([("1", WATER), ("2", UNCLEAR)], [(0, 9, "water_pollution"), (10, 19, "water_pollution")]),
        ([("1", WATER), ("2", TALK), ("", TALK)], [(0, 19, "water_pollution")]),
        ([("1", (0.6, 0.1, 0.3)), ("1", FISHING)], [(0, 19, "illegal_fishing")]),
        ([("#1", WATER), ("#2", WATER), ("#3", FISHING)], [(0, 19, "water_pollution"), (20, 29, "illegal_fishing")]),
        (
            [("", WATER), ("1", WATER), ("", WATER)],
            [(0, 9, "water_pollution"), (10, 19, "water_pollution"), (20, 29, "water_pollution")],
        ),
    ],
)
def test_matters(taxonomy: Taxonomy, rows: list[tuple[str, Numbers]], expected: list[tuple[int, int, str]]) -> None:
    assert told(taxonomy, WATER, *rows) == expected


def test_what_is_set_aside_tells_only_its_leads(taxonomy: Taxonomy) -> None:
    assert told(taxonomy, TALK, ("", TALK), ("", (0.0, 0.7, 0.3)), ("", UNCLEAR)) == [(10, 19, "illegal_fishing")]


def test_ties_are_broken_by_code(taxonomy: Taxonomy) -> None:
    assert decided((0.3, 0.3, 0.3), taxonomy).main.code == "illegal_fishing"


def test_as_many_candidates_as_asked(taxonomy: Taxonomy) -> None:
    judgement = Judgement((0.1, 0.3, 0.2), (0.1, 0.6, 0.3), 9, 9)
    candidates = decide(judgement, POLICY, taxonomy, top=2).candidates
    assert [each.code for each in candidates] == ["illegal_fishing", "not_a_tip"]


def test_a_category_that_cannot_hold_the_promise_accepts_nothing(taxonomy: Taxonomy) -> None:
    never = POLICY.model_copy(update={"accept": dict.fromkeys(POLICY.accept, NEVER)})
    decision = decide(judged((1.0, 0.0, 0.0)), never, taxonomy)
    assert (decision.route, decision.cause) == (Route.REVIEW, Cause.NEVER)


def test_a_policy_survives_toml() -> None:
    assert Policy.model_validate(tomllib.loads(POLICY.dumps())) == POLICY
