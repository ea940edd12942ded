"""Counts of a ledger, against counts by hand."""

from dataclasses import replace
from datetime import date

import pytest

from tipclass.ledger import Row, Status
from tipclass.ledger_counts import shares, tables
from tipclass.records import Repeats, Route
from tipclass.taxonomy import Taxonomy

TODAY = date(2026, 9, 1)
ROW = Row("2026-0001", date(2026, 8, 1), "a", "a.csv", "河水", ("water_pollution",), Route.ACCEPT, 0.9, grade="B")
ROWS = (
    ROW,
    replace(ROW, number="2026-0002", repeats=Repeats("2026-0001", 2), due=date(2026, 8, 31), grade="A"),
    replace(ROW, number="2026-0003", route=Route.REVIEW, labels=(), received=date(2026, 8, 2), lead="水利"),
)


@pytest.mark.parametrize(
    ("changes", "pending"),
    [({}, True), ({"corrected": True}, False), ({"status": Status.SENT}, False), ({"route": Route.ACCEPT}, False)],
)
def test_what_waits_for_a_person(changes: dict[str, object], pending: bool) -> None:
    assert replace(ROWS[2], **changes).is_pending is pending  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due", "status", "overdue"),
    [
        (date(2026, 8, 31), Status.SENT, True),
        (TODAY, Status.REGISTERED, False),
        (date(2026, 8, 31), Status.CLOSED, False),
        (None, Status.REGISTERED, False),
    ],
)
def test_what_is_overdue(due: date | None, status: Status, overdue: bool) -> None:
    assert replace(ROW, due=due, status=status).is_overdue(TODAY) is overdue


def test_shares_are_counted() -> None:
    assert [count for _, count in shares(ROWS, TODAY)] == [3, 2, 1, 0, 1, 1]


def test_tables_are_counted_in_an_order_people_expect(taxonomy: Taxonomy) -> None:
    found = {table.title: table.counts for table in tables(ROWS, taxonomy)}
    assert found["类别"] == (("水污染偷排", 2), ("（没有）", 1))
    assert found["等级"] == (("A", 1), ("B", 2))
    assert found["主办部门"] == (("（没有）", 2), ("水利", 1))
    assert found["状态"] == (("已登记", 3),)
    assert found["收件日期"] == (("2026-08-01", 2), ("2026-08-02", 1))


def test_a_longer_time_is_counted_by_month_and_no_time_not_at_all(taxonomy: Taxonomy) -> None:
    later = replace(ROW, received=date(2026, 10, 1))
    assert tables([*ROWS, later], taxonomy)[-1].counts == (("2026-08", 3), ("2026-10", 1))
    assert all(table.counts == () for table in tables([], taxonomy))
