"""Surges: a planted one is found with its tips, steady noise hardly ever makes one, repeats never do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from invented import FIRST, LAST, invented

from tipclass.ledger import Row
from tipclass.periods import Period, past
from tipclass.records import Repeats, Series, TieKind
from tipclass.surges import ALARMS, LEAST, Kind, Surge, Topic, surges

OCTOBER = Period(date(2026, 10, 1), LAST)
USUAL = past(OCTOBER, FIRST)


def found(rows: list[Row], period: Period = OCTOBER) -> tuple[Surge, ...]:
    return surges(rows, period, past(period, FIRST), set_aside={"not_a_tip"})


def last(rows: list[Row], count: int, **changes: object) -> list[Row]:
    """Return the rows with so many of the last tips on other matters changed."""
    some = [row.number for row in rows if row.labels == ("other_matter",) and row.received in OCTOBER][-count:]
    assert len(some) == count
    return [replace(row, **changes) if row.number in some else row for row in rows]  # type: ignore[arg-type]


def test_a_planted_surge_is_found_with_its_tips() -> None:
    rows = invented()
    (surge,) = found(rows)
    assert surge.topic == Topic(Kind.DISTRICT, "waste_dumping", "清江市望山县柳林乡")
    assert {row.number for row in surge.rows} == {
        row.number
        for row in rows
        if row.labels == ("waste_dumping",) and row.place == "清江市望山县柳林乡" and row.received in OCTOBER
    }
    assert surge.change.count == 14
    assert surge.usual < 2
    assert surge.p < 0.001
    assert surge.also == ()  # that the county and the category surge goes without saying


@pytest.mark.parametrize(
    ("changes", "topic"),
    [
        ({"subject": "红星危化品仓库"}, Topic(Kind.SUBJECT, wording="红星危化品仓库")),
        ({"series": (Series(TieKind.PLATE, "苏A12345", ()),)}, Topic(Kind.PLATE, wording="苏A12345")),
        ({"series": (Series(TieKind.METHOD, "罐车夜倒", ()),)}, Topic(Kind.METHOD, wording="罐车夜倒")),
    ],
)
def test_what_ties_tips_can_surge(changes: dict[str, object], topic: Topic) -> None:
    assert found(invented(surge=0)) == ()
    rows = last(invented(surge=0), LEAST, **changes)
    assert [each.topic for each in found(rows)] == [topic]


def test_what_shows_only_through_another_surge_is_named_with_it() -> None:
    rows = [
        replace(row, subject="红星危化品仓库") if row.labels == ("waste_dumping",) and row.received in OCTOBER else row
        for row in invented()
    ]
    (surge,) = found(rows)
    assert surge.topic == Topic(Kind.SUBJECT, wording="红星危化品仓库")
    assert Topic(Kind.DISTRICT, "waste_dumping", "清江市望山县柳林乡") in surge.also


def test_words_that_many_bear_are_no_subject() -> None:
    assert found(last(invented(surge=0), 6, subject="养猪场")) == ()


def test_fewer_than_the_least_are_no_surge() -> None:
    assert found(last(invented(surge=0), LEAST - 1, subject="红星危化品仓库")) == ()


def test_one_matter_told_by_many_is_no_surge() -> None:
    rows = invented()
    planted = [row for row in rows if row.labels == ("waste_dumping",) and row.place.endswith("柳林乡")]
    first = min(row.number for row in planted if row.received in OCTOBER)
    told = [
        replace(row, repeats=Repeats(first, 14)) if row in planted and row.received in OCTOBER else row for row in rows
    ]
    assert found(told) == ()


def test_growth_of_the_whole_is_no_surge() -> None:
    rows = [row for row in invented(surge=0) if row.received not in OCTOBER]
    more = [row for row in invented(11, per_month=165, surge=0) if row.received in OCTOBER]
    assert len(more) > 2 * len(rows) / 6
    assert found([*rows, *(replace(row, number=f"n{row.number}") for row in more)]) == ()


def test_what_is_no_tip_never_surges() -> None:
    rows = last(invented(surge=0), LEAST, labels=("not_a_tip",), subject="红星危化品仓库")
    assert found(rows) == ()
    assert surges(rows, OCTOBER, USUAL)


def test_without_a_past_or_rows_there_is_nothing_to_tell() -> None:
    rows = invented()
    assert surges(rows, Period(FIRST, date(2026, 4, 30)), past(Period(FIRST, date(2026, 4, 30)), FIRST)) == ()
    assert surges([], OCTOBER, USUAL) == ()
    assert surges([row for row in rows if row.received in OCTOBER], OCTOBER, USUAL) == ()
    assert found(rows, Period(LAST + timedelta(days=1), LAST + timedelta(days=30))) == ()


@pytest.mark.slow
def test_steady_noise_alarms_no_oftener_than_promised() -> None:
    seeds = 200
    alarms = sum(bool(found(invented(seed, per_month=45, surge=0))) for seed in range(seeds))
    assert alarms <= ALARMS * seeds


def test_surges_are_found_among_noise() -> None:
    seeds = 40
    hits = sum(
        any(each.topic.wording.endswith("柳林乡") for each in found(invented(seed, surge=16))) for seed in range(seeds)
    )
    assert hits >= 0.9 * seeds
