"""Rows: each operation equal to that of a whole matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tipclass.rows import Rows, below, count_rows, dense_rows

TABLES = st.tuples(st.integers(0, 4), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.sampled_from([0.0, 0.0, 1.0, -2.0, 0.5]))
)


def whole(rows: Rows) -> np.ndarray:
    return rows.as_sparse().toarray()


@given(TABLES)
def test_a_table_stays_what_it_is(table: np.ndarray) -> None:
    rows = dense_rows(table)
    assert (whole(rows) == table).all()
    assert len(rows) == len(table)
    assert (np.diff(rows.keys) > 0).all()


@given(TABLES)
def test_products_lengths_and_parts(table: np.ndarray) -> None:
    rows, weights = dense_rows(table), np.arange(1.0, 1.0 + 2 * table.shape[1]).reshape(-1, 2)
    assert rows.dot(weights) == pytest.approx(table @ weights)
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    assert whole(rows.unit()) == pytest.approx(table / np.where(lengths > 0, lengths, 1.0))
    assert (whole(rows.kept(rows.values > 0)) == np.maximum(table, 0)).all()
    backwards = list(range(len(table)))[::-1]
    assert (whole(rows.take(backwards)) == table[backwards]).all()


@given(TABLES)
def test_below_each_other(table: np.ndarray) -> None:
    assert (whole(below([dense_rows(table), dense_rows(-table)])) == np.vstack([table, -table])).all()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=20))
def test_pairs_are_counted(pairs: list[tuple[int, int]]) -> None:
    expected = np.zeros((4, 5))
    for pair in pairs:
        expected[pair] += 1
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    assert (whole(count_rows(rows, columns, 4, 5)) == expected).all()
