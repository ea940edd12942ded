"""Folding: every character keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipclass.folding import fold


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("１２．５吨", "12.5吨"),
        ("冀Ｅ・７Ｋ３＊８", "冀E·7K3*8"),
        ("0371－6610　8834", "0371-6610 8834"),
        ("２０—３０米", "20-30米"),
        ("25，600元：是", "25，600元：是"),
        ("傾倒廢水", "倾倒废水"),
    ],
)
def test_look_alikes_become_one(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@given(st.text(max_size=80))
def test_the_length_stays(text: str) -> None:
    assert len(fold(text)) == len(text)
