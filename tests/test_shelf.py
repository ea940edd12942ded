"""The shelf: a ledger in the store says what its workbook would, and two who write lose nothing of each other's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tipclass import messages
from tipclass.batches import desk_of
from tipclass.desk_store import Store
from tipclass.ledger import Ledger
from tipclass.ledger_lines import text_of
from tipclass.model import Model
from tipclass.records import Entry, Tip
from tipclass.registration import Desk, register
from tipclass.sheets import Cells
from tipclass.shelf import NEAR, Shelf
from tipclass.triage import triage

TEXTS = (
    "有人晚上在河边用电瓶电鱼，联系我",
    "印染厂半夜把污水直接排进小河",
    "会议强调要落实",
    "养猪场的粪水流到村里的水塘",
)


@pytest.fixture(scope="module")
def tables(model: Model) -> Desk:
    return desk_of(model, date(2026, 9, 1))


@pytest.fixture
def shelf(tmp_path: Path, model: Model) -> Shelf:
    return Shelf(Store(tmp_path), model.taxonomy)


def entries(model: Model, tables: Desk, texts: Sequence[str], source: str = "信箱.csv") -> list[Entry]:
    tips = [Tip(f"a{n}", text, source, n, {"内容": text}) for n, text in enumerate(texts, 2)]
    return triage(tips, model, office=tables.office)


def change(shelf: Shelf, number: str, cells: Mapping[str, str]) -> None:
    """Change cells of a line as another page would."""
    before = shelf.part([number])
    lines = [{**line, **cells} if text_of(line, messages.COLUMN_NUMBER) == number else line for line in before.lines]
    shelf.put(before, replace(before, lines=tuple(lines)))


def numbers(shelf: Shelf) -> list[str]:
    return [row.number for row in shelf.ledger().rows]


def test_it_holds_what_a_workbook_would(shelf: Shelf, model: Model, tables: Desk) -> None:
    found = entries(model, tables, TEXTS)
    shelf.enter(shelf.ledger(), found, tables)
    plain = register(Ledger(), found, tables).ledger
    assert replace(shelf.ledger(), notes=()) == plain


def test_a_tip_is_entered_once_and_numbers_are_never_given_twice(shelf: Shelf, model: Model, tables: Desk) -> None:
    found = entries(model, tables, TEXTS)
    stale = shelf.ledger()
    first = shelf.enter(stale, found[:2], tables)
    again = shelf.enter(stale, found, tables)  # by somebody who had not seen the first two
    assert (first.entered, again.entered, again.known) == (2, 2, 2)
    assert numbers(shelf) == [f"2026-000{n}" for n in range(1, 5)]


def test_a_cell_that_somebody_changed_meanwhile_stays(shelf: Shelf, model: Model, tables: Desk) -> None:
    shelf.enter(shelf.ledger(), entries(model, tables, TEXTS[:1]), tables)
    before = shelf.ledger()
    change(shelf, "2026-0001", {messages.COLUMN_REMARK: "已电话联系"})
    shelf.enter(before, entries(model, tables, TEXTS[:1], source="来信.csv"), tables)
    first = shelf.ledger().lines[0]
    assert text_of(first, messages.COLUMN_REMARK) == "已电话联系"
    assert text_of(first, messages.COLUMN_REPEATS) == "2026-0001（2 件）"


def test_a_part_is_registered_into_as_the_whole_is(shelf: Shelf, model: Model, tables: Desk) -> None:
    shelf.enter(shelf.ledger(), entries(model, tables, TEXTS), tables)
    (again,) = entries(model, tables, [f"{TEXTS[0]}，请尽快"], source="来信.csv")
    near = shelf.part(shelf.near(again.tip.text))
    whole = register(shelf.ledger(), [again], tables).ledger
    shelf.enter(near, [again], tables)
    assert replace(shelf.ledger(), notes=()) == whole


def test_the_likest_come_near_and_no_more_than_enough(shelf: Shelf, model: Model, tables: Desk) -> None:
    shelf.enter(
        shelf.ledger(), entries(model, tables, [f"{TEXTS[1]}第{n}次" for n in range(NEAR + 5)] + [TEXTS[0]]), tables
    )
    assert shelf.near(TEXTS[0])[0] == numbers(shelf)[-1]
    assert len(shelf.near(TEXTS[1])) == NEAR
    assert shelf.near('" OR *') == []
    change(shelf, numbers(shelf)[-1], {messages.COLUMN_TEXT: "别的"})
    assert numbers(shelf)[-1] not in shelf.near(TEXTS[0])


def test_another_ledger_takes_its_place_with_sheets_of_its_own(shelf: Shelf, model: Model, tables: Desk) -> None:
    shelf.enter(shelf.ledger(), entries(model, tables, TEXTS), tables)
    other = register(Ledger(), entries(model, tables, TEXTS[:1]), tables).ledger
    sheets = (Cells("自己的", True, [["甲", 1.5, date(2026, 9, 1)]]),)
    shelf.replace(replace(other, sheets=sheets, last={2026: 7}))
    assert shelf.ledger() == replace(other, sheets=sheets, last={2026: 7})
