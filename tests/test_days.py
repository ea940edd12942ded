"""Days: which one day a phrase names."""

from datetime import date

import pytest

from tipclass.days import day_of

FRIDAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("phrase", "iso"),
    [
        ("2023年5月3日晚上十点左右", "2023-05-03"),
        ("2024-06-02 23:15前后", "2024-06-02"),
        ("二〇二三年十一月六日", "2023-11-06"),
        ("2023年5月", ""),
        ("2023年3月3日至同月二十五日", ""),
        ("2023年2月30日", ""),
        ("昨天夜里", ""),
        ("5月3日", ""),
    ],
)
def test_a_full_date_needs_no_other(phrase: str, iso: str) -> None:
    assert day_of(phrase) == iso


@pytest.mark.parametrize(
    ("phrase", "iso"),
    [
        ("昨天夜里两点多", "2024-02-29"),
        ("前天凌晨", "2024-02-28"),
        ("今早", "2024-03-01"),
        ("大前天", "2024-02-27"),
        ("上周五", "2024-02-23"),
        ("上上个星期一", "2024-02-12"),
        ("2月3号", "2024-02-03"),
        ("5月3日下午", "2023-05-03"),
        ("去年12月4日", "2023-12-04"),
        ("前天傍晚到今天早上", ""),
        ("最近半个月", ""),
        ("每天", ""),
    ],
)
def test_a_relative_day_is_counted_from_the_tip(phrase: str, iso: str) -> None:
    assert day_of(phrase, FRIDAY) == iso
