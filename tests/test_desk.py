"""The desk: pastes are cut and kept, registered once, reviewed, taken back; all of it survives a new start."""

from datetime import date
from pathlib import Path

import pytest

from tipclass import messages
from tipclass.desk import Cut, IntakeDesk, cut, likely_cut
from tipclass.desk_store import Store
from tipclass.errors import InputError, UsageError
from tipclass.ledger import Row, Status
from tipclass.linked import origin
from tipclass.model import Model

TEXTS = ("有人晚上在河边用电瓶电鱼，车牌皖A12345", "印染厂半夜把污水直接排进小河", "路边有一堆东西")
TODAY = date.today()


@pytest.fixture
def desk(tmp_path: Path, model: Model) -> IntakeDesk:
    return IntakeDesk(Store(tmp_path / "desk"), model)


def enter(desk: IntakeDesk, *texts: str, channel: str = "12345") -> list[str]:
    """Register texts and return their numbers."""
    id = desk.paste(texts, received=TODAY, channel=channel)
    desk.save(id, range(len(texts)))
    pasted = desk.pasted(id)
    assert pasted
    return list(pasted.numbers)


def row_of(desk: IntakeDesk, number: str) -> Row:
    found = desk.row(number)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("text", "where", "count"),
    [
        ("一、河里有人电鱼。\n二、砖厂冒黑烟。", Cut.NUMBERS, 2),
        ("河里有人电鱼。\n\n \n砖厂冒黑烟。", Cut.BLANKS, 2),
        ("河里有人电鱼。\n砖厂冒黑烟。", Cut.NOWHERE, 1),
        ("1. 河里有人电鱼\n2. 砖厂冒黑烟\n3. 卖假酒", Cut.NUMBERS, 3),
    ],
)
def test_a_paste_is_cut_where_it_says(text: str, where: Cut, count: int) -> None:
    assert likely_cut(text) is where
    assert len(cut(text, where)) == count


def test_a_long_item_stays_one_tip() -> None:
    assert len(cut("一、" + "河里有人电鱼。" * 200 + "\n二、砖厂冒黑烟。", Cut.NUMBERS)) == 2


def test_what_was_pasted_is_kept_until_it_is_registered_or_forgotten(desk: IntakeDesk, tmp_path: Path) -> None:
    id = desk.paste(TEXTS, received=TODAY)
    desk.save(id, [0])
    again = IntakeDesk(Store(tmp_path / "desk"), desk.model)
    (left,) = again.unregistered()
    assert [bool(number) for number in left.numbers] == [True, False, False]
    again.forget(id)
    assert again.unregistered() == []
    assert len(again.shelf.ledger().rows) == 1


def test_a_tip_is_registered_once_with_number_and_due_day(desk: IntakeDesk) -> None:
    (number,) = enter(desk, TEXTS[0])
    row = row_of(desk, number)
    assert (row.number, row.received, row.channel) == (f"{TODAY.year}-0001", TODAY, "12345")
    assert row.due is not None
    with pytest.raises(UsageError):
        desk.save(1, [0])


def test_repeats_are_found_in_the_ledger_and_join_a_group(desk: IntakeDesk) -> None:
    first, *_ = enter(desk, *TEXTS)
    id = desk.paste([TEXTS[0] + "，请查处"], received=TODAY)
    pasted = desk.pasted(id)
    assert pasted
    (tip,) = pasted.tips
    repeats = desk.repeats([tip])[origin(tip)].repeats
    assert repeats
    assert repeats.first == first
    desk.save(id, [0])
    rows = desk.shelf.ledger().rows
    assert [row.repeats.size if row.repeats else 1 for row in rows] == [2, 1, 1, 2]


def test_an_edit_dispatches_anew_and_refuses_what_it_cannot_use(desk: IntakeDesk) -> None:
    (number,) = enter(desk, TEXTS[1])
    desk.edit(number, {messages.COLUMN_CORRECTION: "非法捕捞", messages.COLUMN_STATUS: "已转办"})
    row = row_of(desk, number)
    assert (row.labels, row.status, row.corrected) == (("illegal_fishing",), Status.SENT, True)
    for name, value in ((messages.COLUMN_CORRECTION, "没有这类"), (messages.COLUMN_STATUS, "随便")):
        with pytest.raises(InputError):
            desk.edit(number, {name: value})
    assert row_of(desk, number) == row


def test_the_most_doubtful_waits_first_and_a_review_is_kept_and_taken_back(desk: IntakeDesk, tmp_path: Path) -> None:
    enter(desk, *TEXTS, "qwertyuiop")
    waiting = desk.waiting()
    assert waiting
    assert [row.certainty for row in waiting] == sorted(row.certainty for row in waiting)
    number = waiting[0].number
    desk.review(number, ["illegal_fishing", "water_pollution"])
    again = IntakeDesk(Store(tmp_path / "desk"), desk.model)
    assert row_of(again, number).labels == ("illegal_fishing", "water_pollution")
    progress = again.progress(again.waiting())
    assert (progress.today, progress.waiting) == (1, len(waiting) - 1)
    assert again.undo() == number
    assert [row.number for row in again.waiting()] == [row.number for row in waiting]
    assert again.undo() is None
