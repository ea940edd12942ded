"""Groups: what is alike on average joins, and a chain does not."""

import numpy as np
import pytest

from tipclass.groups import groups
from tipclass.pairs import Pairs


def joined(alike: dict[tuple[int, int], float], size: int) -> list[list[int]]:
    one, two = np.array(list(alike), dtype=np.int64).reshape(-1, 2).T

    def ask(pairs: Pairs) -> np.ndarray:
        return np.array([alike.get((int(a), int(b)), 0.0) for a, b in zip(*pairs, strict=True)], np.float32)

    return groups((one, two), np.array(list(alike.values()), np.float32), size, ask, 0.5)


@pytest.mark.parametrize(
    ("alike", "expected"),
    [
        ({}, []),
        ({(0, 1): 0.9}, [[0, 1]]),
        ({(0, 1): 0.4}, []),
        ({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7}, [[0, 1, 2]]),
        ({(0, 1): 0.9, (1, 2): 0.8}, [[0, 1]]),
        ({(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.9}, [[0, 1], [2, 3]]),
    ],
    ids=["none", "pair", "unlike", "three", "like one member only", "a bridge between two groups"],
)
def test_unlike_rows_stay_apart(alike: dict[tuple[int, int], float], expected: list[list[int]]) -> None:
    assert joined(alike, 4) == expected


def test_a_long_chain_never_becomes_one_group() -> None:
    chain = {(row, row + 1): 0.9 for row in range(99)}
    assert max(map(len, joined(chain, 100))) == 2
