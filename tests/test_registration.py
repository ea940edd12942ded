"""Registration: numbers, repeats, series, what is known already, and departments of what was corrected."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from tipclass import messages
from tipclass.deadlines import load_deadlines
from tipclass.ledger import Ledger
from tipclass.ledger_lines import OURS
from tipclass.link import Linkable, Links
from tipclass.office import load_office
from tipclass.records import (
    Cause,
    Decision,
    Departments,
    Entry,
    Mention,
    Notes,
    Repeats,
    Route,
    Scored,
    Series,
    TieKind,
    Tip,
)
from tipclass.registration import Desk, free_number, register, unknown
from tipclass.settings import DEADLINES, corpora_folder
from tipclass.taxonomy import Taxonomy

DAY = date(2026, 8, 20)


@pytest.fixture(scope="module")
def desk(taxonomy: Taxonomy) -> Desk:
    return Desk(load_office(DAY), load_deadlines(corpora_folder() / DEADLINES), taxonomy, "m1")


def entry(id: str, text: str, *, lead: str = "生态环境", source: str = "a.csv", **fields: str) -> Entry:
    label = Scored("water_pollution", 0.9)
    decision = Decision(Route.ACCEPT, Cause.CERTAIN, 0.9, (label,), (label,), label)
    return Entry(Tip(id, text, source, 2, fields), decision, "", notes=Notes(departments=Departments(lead)))


def cells(ledger: Ledger, column: str) -> list[str]:
    return [str(line[column]) for line in ledger.lines]


def edited(ledger: Ledger, at: int, **changes: str) -> Ledger:
    """Return a ledger whose line was changed by hand."""
    lines = [dict(line) | (changes if place == at else {}) for place, line in enumerate(ledger.lines)]
    return replace(ledger, lines=tuple(lines))


def test_numbers_run_by_year_of_receipt_and_are_never_given_twice(desk: Desk) -> None:
    first = register(Ledger(), [entry("1", "甲"), entry("2", "乙", 受理时间="2025-12-31"), entry("3", "丙")], desk)
    assert cells(first.ledger, "编号") == ["2026-0001", "2025-0001", "2026-0002"]
    shorter = replace(first.ledger, lines=first.ledger.lines[:1], rows=first.ledger.rows[:1])
    assert cells(register(shorter, [entry("4", "丁")], desk).ledger, "编号") == ["2026-0001", "2026-0003"]
    assert free_number(2026, {2026: 9999}) == "2026-10000"


def test_a_tip_is_entered_once(desk: Desk) -> None:
    batch = [entry("1", "河水 发黑"), entry("2", "井水")]
    once = register(Ledger(), batch, desk)
    twice = register(once.ledger, [*batch, entry("3", "沟水")], desk)
    assert (once.entered, once.known, twice.entered, twice.known) == (2, 0, 1, 2)
    assert cells(twice.ledger, "编号") == ["2026-0001", "2026-0002", "2026-0003"]


@pytest.mark.parametrize(
    ("tip", "known"),
    [
        (Tip("1", "河水发黑", "a.csv", 2), True),
        (Tip("1", "河水\n发黑", "a.csv", 2), True),
        (Tip("1#7", "河水发黑", "a.csv", 7), True),
        (Tip("1", "河水发臭", "a.csv", 2), False),
        (Tip("1", "河水发黑", "b.csv", 2), False),
        (Tip("2", "河水发黑", "a.csv", 2), False),
        (Tip("a.csv#3", "河水", "a.csv", 3), False),
    ],
)
def test_what_is_known_by_source_id_and_text(desk: Desk, tip: Tip, known: bool) -> None:
    ledger = register(Ledger(), [entry("1", "河水发黑"), entry("a.csv#2", "河水")], desk).ledger
    assert (unknown([tip], ledger) == []) is known
    assert (unknown([tip], edited(ledger, 0, 内容="改过的文字")) == []) is known


def test_repeats_are_merged_with_what_is_there_and_counted_on_every_member(desk: Desk) -> None:
    first = register(Ledger(), [entry("1", "厂里往河里排黑水"), entry("2", "井水")], desk)
    assert cells(first.ledger, "重复组") == ["", ""]
    second = register(first.ledger, [entry("3", "厂里往河里排黑水。"), entry("4", "厂里往河里，排黑水")], desk)
    group = "2026-0001（3 件）"
    assert cells(second.ledger, "重复组") == [group, "", group, group]
    assert second.repeating == 2
    third = register(second.ledger, [entry("5", "厂里往河里排黑水！")], desk)
    assert cells(third.ledger, "重复组")[0] == "2026-0001（4 件）"


@pytest.mark.parametrize(
    ("by_hand", "expected"),
    [
        ({"重复组": ""}, ["", "", ""]),
        ({"重复组": "2026-0003"}, ["", "2026-0003（2 件）", "2026-0003（2 件）"]),
        ({"重复组": "专案甲"}, ["", "专案甲（1 件）", ""]),
    ],
)
def test_groups_that_staff_made_or_took_apart_stay(desk: Desk, by_hand: dict[str, str], expected: list[str]) -> None:
    ledger = register(Ledger(), [entry("1", "河水发黑"), entry("2", "河水发黑 "), entry("3", "井水")], desk).ledger
    changed = edited(edited(ledger, 0, 重复组=""), 1, **by_hand)
    third = edited(changed, 2, 重复组="2026-0003" if "2026-0003" in expected[1] else "")
    assert cells(register(third, [], desk).ledger, "重复组") == expected


def test_a_group_outlives_its_first(desk: Desk) -> None:
    ledger = register(Ledger(), [entry(str(n), "厂里往河里排黑水" + " " * n) for n in range(3)], desk).ledger
    rest = replace(ledger, lines=ledger.lines[1:], rows=ledger.rows[1:])
    assert cells(register(rest, [], desk).ledger, "重复组") == ["2026-0001（2 件）"] * 2


def test_what_links_finds_is_written_with_its_words(desk: Desk) -> None:
    def linker(tips: Sequence[Linkable], earlier: Sequence[Linkable]) -> Links:
        repeats = tuple(Repeats(earlier[0].id, 2, (Mention("夜里", 2, 4),)) for _ in tips) if earlier else (None,)
        ids = tuple(each.id for each in (*earlier, *tips))
        return Links(repeats, (Series(TieKind.PLATE, "甲A", ids),) if earlier else ())

    ledger = register(Ledger(), [entry("1", "河水发黑")], desk, linker=linker).ledger
    found = register(ledger, [entry("2", "河水夜里发黑")], desk, linker=linker).ledger
    series = "车牌“甲A”：2026-0001、2026-0002"
    assert cells(found, "串并") == [series, series]
    assert cells(found, "新增内容") == ["", "“夜里”"]
    assert found.rows[1].repeats == Repeats("2026-0001", 2, (Mention("夜里", 2, 4),))
    again = register(found, [entry("3", "河水夜里发臭")], desk, linker=linker).ledger
    assert cells(again, "串并") == ["车牌“甲A”：2026-0001、2026-0002、2026-0003"] * 3


@pytest.mark.parametrize(
    ("by_hand", "lead"),
    [
        ({"复核类别": "非法捕捞"}, "渔政（农业农村）"),
        ({"复核类别": "非举报材料"}, ""),
        ({"复核类别": "水污染偷排"}, "生态环境"),
        ({"复核类别": "没有的类别"}, "生态环境"),
        ({"复核类别": "非法捕捞", "主办部门": "某街道"}, "某街道"),
        ({"主办部门": "某街道"}, "某街道"),
        ({"类别": "非法捕捞"}, "渔政（农业农村）"),
        ({"类别": "改掉的类别"}, "生态环境"),
    ],
)
def test_a_correction_moves_the_tip_unless_staff_named_a_department(
    desk: Desk, by_hand: dict[str, str], lead: str
) -> None:
    ledger = register(Ledger(), [entry("1", "河里有人")], desk).ledger
    corrected = register(edited(ledger, 0, **by_hand), [], desk).ledger
    assert corrected.rows[0].lead == lead
    taken_back = register(edited(corrected, 0, 复核类别="", 类别="水污染偷排"), [], desk).ledger
    assert taken_back.rows[0].lead == (lead if "主办部门" in by_hand else "生态环境")


def test_an_own_column_is_filled_from_the_input(desk: Desk) -> None:
    ledger = replace(Ledger(), columns=("电话", *OURS))
    found = register(ledger, [entry("1", "河水", 电话="13800000000", 姓名="张")], desk).ledger
    assert (found.columns[0], cells(found, "电话")) == ("电话", ["13800000000"])
    assert "姓名" not in found.lines[0]


def test_channels_without_a_deadline_are_counted(desk: Desk) -> None:
    found = register(
        Ledger(), [entry("1", "河水", 渠道="12345热线"), entry("2", "井水"), entry("3", "沟", lead="")], desk
    )
    assert [row.due for row in found.ledger.rows] == [date(2026, 8, 27), None, None]
    assert (found.undated, found.weekends_only) == (1, True)
    assert messages.COLUMN_STEPS in found.ledger.columns
