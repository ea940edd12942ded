"""Periods: which days a report takes, and which it compares them with."""

from datetime import date

import pytest

from tipclass.errors import UsageError
from tipclass.periods import Period, chosen, columns, covered, past

TODAY = date(2026, 11, 22)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def span(start: str, end: str) -> Period:
    return Period(day(start), day(end))


@pytest.mark.parametrize(
    ("days", "start", "end", "expected"),
    [
        (("04-03", "10-15", "11-20"), None, None, ("10-01", "10-31")),  # the running month is not over
        (("04-03", "08-15", "11-20"), None, None, ("08-01", "08-31")),  # none in September and October
        (("11-01", "11-20"), None, None, ("11-01", "11-20")),  # less than a month
        (("10-20", "11-05"), None, None, ("10-20", "11-05")),
        (("11-03",), None, None, ("11-03", "11-03")),
        (("04-03", "10-15"), "06-01", "06-30", ("06-01", "06-30")),
        (("04-03", "10-15"), "06-01", None, ("06-01", "10-15")),
        (("04-03", "10-15"), "11-01", None, ("11-01", "11-01")),
        (("04-03", "10-15"), None, "06-30", ("04-03", "06-30")),
        (("04-03", "10-15"), None, "03-01", ("03-01", "03-01")),
        (("04-03", "11-15"), "11-01", "11-30", ("11-01", "11-22")),  # cut at today
    ],
)
def test_the_period(days: tuple[str, ...], start: str | None, end: str | None, expected: tuple[str, str]) -> None:
    named = [day(each) if each else None for each in (start, end)]
    assert chosen([day(each) for each in days], *named, TODAY) == span(*expected)


@pytest.mark.parametrize(("start", "end", "says"), [("06-30", "06-01", "反了"), ("12-01", "12-31", "在今天")])
def test_a_period_that_cannot_be(start: str, end: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        chosen([day("04-03")], day(start), day(end), TODAY)


def test_the_period_before_is_as_long() -> None:
    october = span("10-01", "10-31")
    assert october.back() == span("08-31", "09-30")
    assert october.back().days == october.days
    assert span("11-05", "11-05").back() == span("11-04", "11-04")


@pytest.mark.parametrize(
    ("first", "before", "usual"),
    [
        ("01-01", ("08-31", "09-30"), ("03-29", "09-30")),  # six times as many days
        ("09-10", ("09-10", "09-30"), ("09-10", "09-30")),
        ("09-15", ("09-15", "09-30"), ("09-15", "09-30")),  # sixteen of thirty-one
        ("09-16", None, None),
        ("10-05", None, None),
    ],
)
def test_only_what_the_ledger_covers_is_compared(
    first: str, before: tuple[str, str] | None, usual: tuple[str, str] | None
) -> None:
    october = span("10-01", "10-31")
    assert covered(october.back(), day(first)) == (span(*before) if before else None)
    assert past(october, day(first)) == (span(*usual) if usual else None)


@pytest.mark.parametrize(("start", "end", "step", "count"), [("10-01", "10-31", 1, 31), ("01-01", "06-30", 7, 26)])
def test_columns_fill_the_period(start: str, end: str, step: int, count: int) -> None:
    found = list(columns(span(start, end)))
    assert (len(found), found[0].days) == (count, step)
    assert sum(each.days for each in found) == span(start, end).days
