"""The tally: counts of a small ledger against counts made by hand."""

from datetime import date
from operator import attrgetter

from tipclass import tally
from tipclass.ledger import Row, Status
from tipclass.periods import Period
from tipclass.records import Repeats, Route

NOW, BEFORE = (
    Period(date(2026, 10, 1), date(2026, 10, 10)),
    Period(date(2026, 9, 21), date(2026, 9, 30)),
)


def row(number: int, day: str, code: str = "a", **more: object) -> Row:
    cells = {"route": Route.ACCEPT} | more
    return Row(
        f"2026-{number:04}", date.fromisoformat(f"2026-{day}"), f"t{number}", "", "", (code,), certainty=1, **cells
    )  # type: ignore[arg-type]


ROWS = (
    row(6, "10-10", "b", route=Route.SET_ASIDE),
    row(1, "09-20"),  # before both
    row(2, "09-21", "b", route=Route.REVIEW),
    row(3, "09-30", due=date(2026, 10, 5)),
    row(4, "10-01", route=Route.REVIEW, due=date(2026, 10, 31)),
    row(5, "10-01", repeats=Repeats("2026-0003", 2), due=date(2026, 11, 1)),
    row(7, "10-11"),  # after
)
now, before = tally.stretch(ROWS, NOW), tally.stretch(ROWS, BEFORE)


def test_a_stretch_holds_its_days_both_ends_counted_in_order() -> None:
    assert [each.number[-1] for each in now.rows] == ["4", "5", "6"]
    assert [each.number[-1] for each in before.rows] == ["2", "3"]


def test_counts_by_name() -> None:
    lines = tally.table(now, before, lambda row: row.labels[0])
    assert [(line.name, line.change.count, line.change.before, line.notable) for line in lines] == [
        ("a", 2, 1, False),
        ("b", 1, 1, False),
    ]
    assert tally.total(now, before).count == 3
    assert [(line.name, line.change.before) for line in tally.table(now, None, lambda row: "x")] == [("x", None)]
    gone = tally.table(tally.stretch((), NOW), before, lambda row: row.labels[0])
    assert [(line.name, line.change.count, line.change.before) for line in gone] == [("a", 0, 1), ("b", 0, 1)]
    assert tally.without_change(gone) == ()


def test_a_change_of_one_line_is_held_against_all_lines() -> None:
    def lines(kinds: int) -> tuple[tally.Line, ...]:
        several = [row(100 + kind * 9 + turn, "10-02", f"k{kind:02}") for kind in range(kinds) for turn in range(2)]
        several += [row(900 + kind, "09-25", f"k{kind:02}") for kind in range(kinds)]
        many = [row(2000 + turn, "10-03", "much") for turn in range(7)]
        rows = [*several, *many]
        return tally.table(tally.stretch(rows, NOW), tally.stretch(rows, BEFORE), lambda row: row.labels[0])

    assert [line.name for line in lines(0) if line.notable] == ["much"]
    assert [line.name for line in lines(2) if line.notable] == ["much"]
    assert not [line.name for line in lines(9) if line.notable]


def test_repeats_of_one_matter_are_no_change() -> None:
    told = [row(100 + turn, "10-02", repeats=Repeats("2026-0100", 12)) for turn in range(12)]
    apart = [row(100 + turn, "10-02") for turn in range(12)]
    notable = [
        tally.table(tally.stretch(rows, NOW), tally.stretch(rows, BEFORE), lambda row: "all")[0].notable
        for rows in (told, apart)
    ]
    assert notable == [False, True]


def test_shares() -> None:
    sent = tally.part(now, before, attrgetter("is_sent_on"))
    assert (sent.count, sent.share.value, sent.before and sent.before.value) == (2, 2 / 3, 0.5)
    assert sent.grew is not None
    assert sent.grew.low < 0 < sent.grew.value == 2 / 3 - 1 / 2 < sent.grew.high
    repeated = tally.part(now, None, attrgetter("is_repeat"))
    assert (repeated.count, repeated.before, repeated.grew) == (1, None, None)
    nothing = tally.part(tally.stretch((), NOW), before, attrgetter("is_repeat"))
    assert (nothing.count, nothing.whole, nothing.grew) == (0, 0, None)


def test_the_first_of_its_matter_is_no_repeat() -> None:
    assert not row(8, "10-01", repeats=Repeats("2026-0008", 3)).is_repeat
    assert not row(8, "10-01").is_repeat
    assert row(8, "10-01", repeats=Repeats("2026-0007", 3)).is_repeat


def test_overdue_is_past_its_day_and_not_closed() -> None:
    today = date(2026, 10, 6)
    assert [each.number[-1] for each in ROWS if each.is_overdue(today)] == ["3"]
    assert not row(8, "09-01", due=date(2026, 10, 5), status=Status.CLOSED).is_overdue(today)
    assert not row(8, "09-01", due=today).is_overdue(today)


def test_days_stand_beside_the_days_of_the_period_before() -> None:
    columns = tally.by_time(now, before)
    assert [each.count for each in columns] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert [each.before for each in columns] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    late = tally.by_time(now, tally.stretch(ROWS, Period(date(2026, 9, 29), date(2026, 9, 30))))
    assert [each.before for each in late] == [None] * 8 + [0, 1]
    assert {each.before for each in tally.by_time(now, None)} == {None}
