"""Numerals: as they are written, and what they come to."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipclass.numerals import NUMERAL, parse, plain


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("3", 3),
        ("2.5", 2.5),
        ("25，600", 25600),
        ("1,274,318.60", 1274318.6),
        ("51.36万", 513600),
        ("0.23亿", 23000000),
        ("3千", 3000),
        ("1万5", 15000),
        ("12万3千", 123000),
        ("半", 0.5),
        ("十", 10),
        ("十一点六", 11.6),
        ("一百二十", 120),
        ("一百零八", 108),
        ("二百六", 260),
        ("一万二", 12000),
        ("三千五", 3500),
        ("一万二千", 12000),
        ("二十一万三千", 213000),
        ("十三万零二百", 130200),
        ("一亿两千万", 120000000),
        ("二〇二三", 2023),
        ("三五", 3),
        ("两三", 2),
        ("七八十", 70),
        ("四五十", 40),
        ("两三千", 2000),
        ("二百六七十", 260),
        ("两百四五十", 240),
        ("十几万", 100000),
        ("四十几", 40),
        ("二十多万", 200000),
        ("十二万多", 120000),
        ("三十来", 30),
        ("百把", 100),
        ("30-40", 30),
        ("7~8", 7),
        ("2-3万", 20000),
        ("五到六万", 50000),
        ("三十至五十", 30),
    ],
)
def test_a_numeral_is_recognised_and_read(numeral: str, number: float) -> None:
    assert re.fullmatch(NUMERAL, numeral)
    assert parse(numeral) == pytest.approx(number)


@pytest.mark.parametrize("word", ["", "吨", "多", "某"])
def test_other_words_are_no_numbers(word: str) -> None:
    assert parse(word) is None


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_and_arabic_agree(number: int) -> None:
    digits, units = "零一二三四五六七八九", ("千", "百", "十", "")
    written = "".join(digits[int(d)] + (u if d != "0" else "") for d, u in zip(f"{number:04}", units, strict=True))
    assert parse(re.sub("零+", "零", written).strip("零")) == number


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("叁佰柒拾玖万元", "三百七十九万元"),
        ("玖拾壹万捌仟元整", "九十一万八千元整"),
        ("伍万元", "五万元"),
        ("陆某和伍某", "陆某和伍某"),
    ],
)
def test_long_numerals_are_written_plainly_and_names_stay(text: str, written: str) -> None:
    assert plain(text) == written
    assert len(plain(text)) == len(text)
