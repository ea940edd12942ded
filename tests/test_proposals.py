"""Proposals: what is proposed, what speaks for each, and which of them are kept."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tipclass import proposals
from tipclass.proposals import LEANINGS, NONE, Proposals, Weigher, chosen, propose, signs
from tipclass.tagger import build
from tipclass.traits import BITS, Span, traits

KINDS = 2
TEXT = "昨晚有人在沙河大桥下电鱼，我去拦。请快来沙河大桥看！"


def proposed(*spans: tuple[int, Span, int]) -> Proposals:
    """Return proposals: text, span and rank."""
    columns = np.array([(row, *span, rank) for row, span, rank in spans], dtype=np.int64).reshape(-1, 5)
    return Proposals(*columns.T)


def weigher(weights: NDArray[np.int8]) -> Weigher:
    return Weigher(weights, 0.1, np.array([0.5, -0.5], dtype=np.float32))


ANY = weigher(np.random.default_rng(1).integers(-127, 128, 1 << BITS).astype(np.int8))


@st.composite
def some(draw: st.DrawFn) -> tuple[list[str], Proposals]:
    """Draw texts and spans in them, some over others."""
    texts = draw(st.lists(st.text("河电鱼我请局，。？1\n\0𠮷\ud800", min_size=1, max_size=30), max_size=4))
    spans = set()
    for row, text in enumerate(texts):
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, len(text) - 1))
            spans.add((row, (start, draw(st.integers(start + 1, len(text))), draw(st.integers(0, KINDS - 1)))))
    return texts, proposed(*((*each, draw(st.integers(0, len(LEANINGS) - 1))) for each in sorted(spans)))


def test_what_a_lighter_leaning_finds_has_the_lower_rank() -> None:
    weights = np.zeros((1, 1 + 2 * KINDS), dtype=np.int8)
    weights[0, 0] = 10
    places = np.unique(traits(["鱼"], [[]]).places)
    model = build(places[:1].astype(np.uint32), weights, 0.1, np.zeros((1 + 2 * KINDS,) * 2, dtype=np.float32))
    found = propose(model, ["鱼", ""], [[], []], KINDS)
    assert {row for row, _ in found} == {0}
    assert [LEANINGS[rank] > 0 for rank in found.ranks]
    assert min(found.ranks) == min(rank for rank, more in enumerate(LEANINGS) if more > 0)


@given(some())
def test_a_proposal_bears_the_same_signs_alone_and_among_other_texts(case: tuple[list[str], Proposals]) -> None:
    texts, found = case
    together = signs(texts, found, KINDS)
    for row, text in enumerate(texts):
        own = found.rows == row
        alone = Proposals(np.zeros(own.sum(), dtype=np.int64), *(each[own] for each in columns(found)))
        assert np.array_equal(signs([text], alone, KINDS), together[:, own])


def columns(found: Proposals) -> tuple[np.ndarray, ...]:
    return found.starts, found.ends, found.kinds, found.ranks


@given(some())
def test_looking_at_few_texts_at_once_changes_no_weight(case: tuple[list[str], Proposals]) -> None:
    texts, found = case
    whole = ANY.weigh(texts, found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proposals, "TOGETHER", 7)
        assert np.array_equal(ANY.weigh(texts, found), whole)
    assert whole.shape == (len(found.rows),)


def test_a_weight_is_the_sum_of_those_of_the_signs_and_of_the_kind() -> None:
    found = proposed((0, (5, 9, 0), 1), (0, (5, 9, 1), 1))
    places = signs([TEXT], found, KINDS)
    weights = np.zeros(1 << BITS, dtype=np.int8)
    weights[places[0, 0]], weights[places[3, 0]] = 20, -5
    assert weigher(weights).weigh([TEXT], found).tolist() == pytest.approx([2.0, -0.5])


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ((0, (5, 9, 0), 1), (0, (5, 9, 1), 1), 0),  # nothing of one kind speaks for another
        ((0, (5, 9, 0), 1), (1, (5, 9, 0), 1), 1),  # the same text twice
        ((0, (5, 9, 0), 1), (2, (5, 9, 0), 1), None),  # the end of a text far from it
    ],
)
def test_signs_tell_kind_words_and_place(
    one: tuple[int, Span, int], other: tuple[int, Span, int], alike: float | None
) -> None:
    found = signs([TEXT, TEXT, TEXT[:17]], proposed(one, other), KINDS)
    held = (found != NONE).all(axis=1)
    share = float((found[held, 0] == found[held, 1]).mean())
    assert share == alike if alike is not None else 0.5 < share < 1


def test_what_is_proposed_again_or_over_the_same_characters_tells() -> None:
    alone, twice = proposed((0, (5, 9, 0), 1)), proposed((0, (5, 9, 0), 1), (0, (20, 24, 0), 1))
    over = proposed((0, (5, 9, 0), 1), (0, (5, 10, 1), 0))
    first = [signs([TEXT], each, KINDS)[:, 0] for each in (alone, twice, over)]
    assert (first[0] != first[1]).any()
    assert (first[0] != first[2]).any()


def test_the_heaviest_are_kept_and_none_over_another() -> None:
    found = proposed((0, (0, 3, 0), 0), (0, (2, 5, 0), 0), (0, (5, 6, 1), 0), (1, (0, 1, 0), 0), (1, (3, 4, 1), 0))
    weights = np.array([1.0, 2.0, 0.4, -0.1, 0.6], dtype=np.float32)
    assert chosen(found, weights, [0.0, 0.5], 3) == [[(2, 5, 0)], [(3, 4, 1)], []]
    assert chosen(found, weights, [-1.0, 0.0], 3) == [[(2, 5, 0), (5, 6, 1)], [(0, 1, 0), (3, 4, 1)], []]


def test_of_nothing_nothing_is_proposed() -> None:
    none = proposed()
    assert signs([], none, KINDS).shape[1] == 0
    assert ANY.weigh([], none).tolist() == []
    assert chosen(none, np.zeros(0, dtype=np.float32), [0.0, 0.0], 1) == [[]]
