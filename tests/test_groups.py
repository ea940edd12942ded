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


def one_by_one(alike: dict[tuple[int, int], float], size: int) -> list[list[int]]:
    """Join pair after pair, the likest first: what the rounds have to come to."""
    group_of = {row: [row] for row in range(size)}
    for one, two in sorted((pair for pair in alike if alike[pair] >= 0.5), key=lambda pair: (-alike[pair], pair)):
        first, second = group_of[one], group_of[two]
        across = [alike.get((min(a, b), max(a, b)), 0.0) for a in first[:8] for b in second[:8]]
        if first is not second and sum(across) / len(across) >= 0.5:
            merged = sorted(first + second)
            group_of |= dict.fromkeys(merged, merged)
    return sorted(group for group in {id(group): group for group in group_of.values()}.values() if len(group) > 1)


@pytest.mark.parametrize("seed", range(8))
def test_rounds_come_to_what_pair_after_pair_comes_to(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = 200
    pairs = {(int(a), int(b)) for a, b in np.sort(chance.integers(0, size, (1500, 2)), axis=1) if a != b}
    alike = {pair: round(8 * float(chance.beta(2, 1))) / 8 for pair in sorted(pairs)}  # exact in 32 bits
    assert joined(alike, size) == one_by_one(alike, size)


def test_a_large_cluster_asks_in_few_rounds() -> None:
    calls = 0
    size = 20_000
    one = np.arange(size - 1, dtype=np.int64)

    def ask(pairs: Pairs) -> np.ndarray:
        nonlocal calls
        calls += 1
        return np.zeros(len(pairs[0]), np.float32)

    likeness = np.linspace(0.9, 0.6, size - 1, dtype=np.float32)[np.random.default_rng(0).permutation(size - 1)]
    found = groups((one, one + 1), likeness, size, ask, 0.5)
    assert max(map(len, found)) == 2
    assert calls < 50
