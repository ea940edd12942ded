"""The queue: doubt, variety and quota on small values, and the way from tips to a workbook."""

import numpy as np
import pytest

from tipclass.model import Model
from tipclass.queue import choose, novelty, queue
from tipclass.records import Tip
from tipclass.rows import dense_rows

# Four words; a tip is about one or two of them.
WORDS = dense_rows(np.array([[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0.6, 0.8, 0], [0, 0, 0, 1]], dtype=float))
DOUBTFUL, LESS, SURE = [0.5, 0.5, 0.0], [0.6, 0.4, 0.0], [0.9, 0.1, 0.0]


def chosen(certainties: list[list[float]], count: int, likeness: float | list[float] = 0.0) -> list[int]:
    return choose(np.array(certainties), WORDS, np.full(5, 1.0) * likeness, count)


def test_the_most_doubtful_come_first_and_ties_go_to_the_earlier() -> None:
    assert chosen([SURE, [0, 0.5, 0.5], LESS, [0.0, 0.45, 0.55], [0.1, 0.1, 0.8]], 3) == [1, 3, 2]
    assert chosen([[0, 0.1, 0.9], SURE, SURE, [0.0, 0.9, 0.1], SURE], 3) == [0, 2, 3]


def test_a_repeat_is_never_chosen_and_what_is_near_later() -> None:
    two = [[0.5, 0.0, 0.5], [0.0, 0.5, 0.5], [0.0, 0.5, 0.5], [0.45, 0.0, 0.55], [0.1, 0.1, 0.8]]
    assert chosen(two, 9) == [0, 2, 3, 4]
    assert chosen([DOUBTFUL, DOUBTFUL, LESS, [0.4, 0.6, 0.0], SURE], 9, [0, 0, 1, 1, 0]) == [0, 4]


@pytest.mark.parametrize(
    ("near", "expected"),
    [(0.5, [1.0, 1.0, 1.0, 0.5, 0.0]), (0.0, [1.0, 0.75, 0.5, 0.25, 0.0])],
)
def test_novelty_falls_from_what_counts_as_near(near: float, expected: list[float]) -> None:
    assert novelty(np.array([0.0, 0.25, 0.5, 0.75, 1.0]), near).tolist() == expected


@pytest.mark.parametrize(("count", "most"), [(3, 1), (5, 2), (9, 3)])
def test_no_category_has_more_than_its_quota(count: int, most: int) -> None:
    different = dense_rows(np.eye(6))
    certainties = np.array([[0.6, 0.4, 0.0]] * 5 + [[0.0, 0.2, 0.8]])
    rows = choose(certainties, different, np.zeros(6), count)
    assert rows == [*range(most), 5]


TEXTS = (
    "有人晚上在河边用电瓶电鱼",
    "厂里往河里排污水，下游还有人电鱼",
    "厂里往河里排污水，下游还有人电鱼",
    "印染厂半夜把污水直接排进小河，河水发黑发臭",
    "Please help us at once",
    "",
    "桥下有人往河里排污水，也有人撒网",
)


@pytest.mark.parametrize("chunk", [1, 500])
def test_a_queue_holds_tips_that_are_new_readable_and_different(
    model: Model, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr("tipclass.queue.CHUNK", chunk)
    scored: list[int] = []
    found = queue([Tip(str(n), text) for n, text in enumerate(TEXTS)], model, count=50, done=scored.append)
    ids = [entry.tip.id for entry in found.entries]
    assert sum(scored) == len(TEXTS)
    assert found.unreadable == 2
    assert "6" in ids
    assert not {"4", "5"}.intersection(ids)
    assert not {"1", "2"} <= set(ids)
    assert "3" not in ids  # stands in the corpus


def test_of_nothing_readable_nothing_is_chosen(model: Model) -> None:
    found = queue([Tip("1", ""), Tip("2", "12345")], model, count=5)
    assert (found.entries, found.unreadable) == ((), 2)
