"""Deadlines: days counted by hand, channels by their words, and a table that does not hold together."""

from datetime import date
from pathlib import Path

import pytest

from tipclass.deadlines import Deadlines, Step, load_deadlines
from tipclass.errors import SettingsError
from tipclass.records import Nature
from tipclass.settings import DEADLINES, corpora_folder

FRIDAY = date(2026, 8, 21)


@pytest.fixture(scope="module")
def shipped() -> Deadlines:
    return load_deadlines(corpora_folder() / DEADLINES)


@pytest.mark.parametrize(
    ("days", "working", "expected"),
    [
        (1, False, date(2026, 8, 22)),
        (60, False, date(2026, 10, 20)),
        (1, True, date(2026, 8, 24)),
        (5, True, date(2026, 8, 28)),
        (6, True, date(2026, 8, 31)),
    ],
)
def test_days_are_counted_from_the_next_one(days: int, working: bool, expected: date) -> None:
    step = Step(name="办结", days=days, working=working, source="")
    assert Deadlines().last_day(step, FRIDAY) == expected


def test_holidays_and_days_worked_out_of_turn_count() -> None:
    table = Deadlines(holidays=frozenset({date(2026, 8, 24)}), workdays=frozenset({date(2026, 8, 22)}))
    step = Step(name="办结", days=2, working=True, source="")
    assert table.last_day(step, FRIDAY) == date(2026, 8, 25)


@pytest.mark.parametrize(
    ("channel", "natures", "day"),
    [
        ("12345热线", (Nature.REPORT,), date(2026, 8, 28)),
        ("群众来信", (), date(2026, 10, 20)),
        ("12315平台", (Nature.COMPLAINT,), date(2026, 9, 1)),
        ("12315平台", (Nature.REPORT,), date(2026, 9, 11)),
        ("12315平台", (Nature.REPORT, Nature.COMPLAINT), date(2026, 9, 1)),
        ("12315平台", (Nature.HELP,), None),
        ("12369 环保举报", (), date(2026, 10, 20)),
    ],
)
def test_the_shipped_channels(shipped: Deadlines, channel: str, natures: tuple[Nature, ...], day: date | None) -> None:
    due = shipped.due(channel, natures, FRIDAY)
    assert due
    assert due.day == day


def test_all_steps_are_told_and_what_nobody_checked_says_so(shipped: Deadlines) -> None:
    due = shipped.due("信访", (), FRIDAY)
    assert due
    assert due.told == "信访：转送15天内（2026-09-05）（待核对）；办结60天内（2026-10-20）（待核对）"
    working = shipped.due("12315", (Nature.REPORT,), FRIDAY)
    assert working
    assert "核查15个工作日内，可延长15个工作日（2026-09-11）（待核对）" in working.told


def test_a_channel_nobody_named_has_no_deadline(shipped: Deadlines) -> None:
    assert shipped.due("平台导出", (), FRIDAY) is None


@pytest.mark.parametrize("step", ['days = 0\nname = "办结"', 'days = 5\nname = "办结"\nunit = "月"'])
def test_a_table_that_does_not_hold_together_is_refused(tmp_path: Path, step: str) -> None:
    head = '[[channel]]\nname = "热线"\nwords = ["热线"]\n[[channel.step]]\nsource = ""\n'
    (tmp_path / DEADLINES).write_text(head + step, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"期限表"):
        load_deadlines(tmp_path / DEADLINES)
