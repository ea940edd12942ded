"""Lines: a tip written into cells says the same when it is read back, whatever staff wrote into them."""

from datetime import date, datetime
from typing import Any

import pytest

from tipclass import messages
from tipclass.deadlines import Due
from tipclass.ledger import Status
from tipclass.ledger_lines import OURS, area_of, channel_of, day_in, group_in, new_line, row_of, series_in
from tipclass.records import (
    Cause,
    Decision,
    Departments,
    Element,
    ElementKind,
    Entry,
    Grade,
    Mention,
    Nature,
    Notes,
    Repeats,
    Route,
    Scored,
    Series,
    TieKind,
    Tip,
)
from tipclass.taxonomy import Taxonomy

RECEIVED, DUE = date(2026, 8, 20), date(2026, 10, 19)
WATER, FISH = Scored("water_pollution", 0.9), Scored("illegal_fishing", 0.6)


def entry(route: Route = Route.REVIEW, *, notes: Notes | None = None, **fields: str) -> Entry:
    decision = Decision(route, Cause.UNSURE, 0.87654, (WATER, FISH), (WATER,), FISH)
    return Entry(Tip("a1", "石桥村印染厂排污水", "来信.csv", 2, fields), decision, "提到“污水”", notes=notes)


NOTES = Notes(
    natures=(Nature.REPORT, Nature.HELP),
    elements=(
        Element(ElementKind.PLACE, "厂门口", 0, 3),
        Element(ElementKind.PLACE, "石桥村三组", 0, 5),
        Element(ElementKind.SUBJECT, "印染厂", 3, 6),
    ),
    missing=(ElementKind.TIME, ElementKind.QUANTITY),
    departments=Departments("生态环境", ("水利", "公安")),
    grade=Grade("B", ("屡次",)),
)


def line(taxonomy: Taxonomy, **cells: Any) -> dict[str, Any]:
    due = Due(DUE, "信访：办结60天内")
    return new_line(entry(notes=NOTES), "2026-0001", RECEIVED, due, taxonomy=taxonomy, model="m1") | cells


def read(cells: dict[str, Any], taxonomy: Taxonomy) -> tuple[Any, list[str]]:
    said: list[str] = []
    return row_of(cells, taxonomy, said.append), said


def test_what_was_written_is_read_back(taxonomy: Taxonomy) -> None:
    row, said = read(line(taxonomy), taxonomy)
    assert said == []
    assert (row.number, row.received, row.id, row.source, row.text) == (
        "2026-0001", RECEIVED, "a1", "来信.csv", "石桥村印染厂排污水",
    )  # fmt: skip
    assert (row.labels, row.route, row.certainty) == (("water_pollution", "illegal_fishing"), Route.REVIEW, 0.8765)
    assert (row.channel, row.place, row.subject, row.grade) == ("来信", "石桥村", "印染厂", "B")
    assert (row.lead, row.assist, row.due) == ("生态环境", ("水利", "公安"), DUE)
    assert (row.missing, row.natures) == (("time", "quantity"), ("report", "help"))
    assert (row.status, row.corrected, row.repeats, row.series) == (Status.REGISTERED, False, None, ())


def test_every_column_has_a_cell_and_what_is_set_aside_has_no_deadline(taxonomy: Taxonomy) -> None:
    assert set(line(taxonomy)) == set(OURS)
    kept = new_line(entry(Route.SET_ASIDE), "1", RECEIVED, Due(DUE, "x"), taxonomy=taxonomy, model="m1")
    assert (kept[messages.COLUMN_DUE], kept[messages.COLUMN_STEPS]) == ("", "")


@pytest.mark.parametrize(
    ("cells", "labels", "corrected", "says"),
    [
        ({"复核类别": "电鱼"}, ("illegal_fishing",), True, ""),
        ({"复核类别": "非法捕捞", "复核其他类别": "水污染"}, ("illegal_fishing", "water_pollution"), True, ""),
        ({"复核类别": "没有的"}, ("water_pollution", "illegal_fishing"), False, "没有“没有的”这个类别"),
        ({"复核其他类别": "水污染"}, ("water_pollution", "illegal_fishing"), False, "没有填“复核类别”"),
        ({"类别": "非举报材料", "其他事项": ""}, ("not_a_tip",), False, ""),
        ({"类别": "改掉的"}, (), False, "不在类别表里"),
        ({"类别": ""}, (), False, ""),
    ],
)
def test_corrections_take_effect(
    taxonomy: Taxonomy, cells: dict[str, str], labels: tuple[str, ...], corrected: bool, says: str
) -> None:
    row, said = read(line(taxonomy, **cells), taxonomy)
    assert (row.labels, row.corrected) == (labels, corrected)
    assert says in "".join(said)
    assert bool(said) == bool(says)


@pytest.mark.parametrize(
    ("status", "expected", "complaints"),
    [("已办结", Status.CLOSED, 0), ("", Status.REGISTERED, 0), ("办着", Status.REGISTERED, 1)],
)
def test_a_status_is_read_by_its_name(taxonomy: Taxonomy, status: str, expected: Status, complaints: int) -> None:
    row, said = read(line(taxonomy, 状态=status), taxonomy)
    assert (row.status, len(said)) == (expected, complaints)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (RECEIVED, RECEIVED),
        (datetime(2026, 8, 20, 9, 30), RECEIVED),
        ("2026-8-20", RECEIVED),
        ("2026年8月20日", RECEIVED),
        ("2026.8.20 上午", RECEIVED),
        ("2026-02-30", None),
        ("八月", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(value: Any, expected: date | None) -> None:
    assert day_in(value) == expected


def test_a_tip_without_a_day_is_refused(taxonomy: Taxonomy) -> None:
    with pytest.raises(ValueError, match="收件日期“八月”看不懂"):
        read(line(taxonomy, 收件日期="八月"), taxonomy)


@pytest.mark.parametrize(
    ("cell", "first"),
    [("2026-0003（12 件）", "2026-0003"), ("2026-0003", "2026-0003"), ("甲案（一）（2件）", "甲案（一）"), ("", "")],
)
def test_a_group_is_known_by_its_first(cell: str, first: str) -> None:
    assert group_in(cell) == first


def test_repeats_and_series_are_read_as_written(taxonomy: Taxonomy) -> None:
    cells = {
        "重复组": "2026-0003（2 件）",
        "新增内容": "“印染厂”、“不在文中”",
        "串并": "车牌“甲：A”：2026-0001、2026-0002\n乱写",
    }
    row, _ = read(line(taxonomy, **cells), taxonomy)
    assert row.repeats == Repeats("2026-0003", 2, (Mention("印染厂", 3, 6),))
    assert row.series == (Series(TieKind.PLATE, "甲：A", ("2026-0001", "2026-0002")),)
    assert list(series_in("")) == []


def test_the_office_s_own_columns_are_kept_as_text(taxonomy: Taxonomy) -> None:
    row, _ = read(line(taxonomy, 回访=date(2026, 9, 1), 罚款=5000.0, 备注="急"), taxonomy)
    assert row.other == {"备注": "急", "回访": "2026-09-01", "罚款": "5000"}


@pytest.mark.parametrize(
    ("fields", "channel"),
    [({"来源渠道": "12345热线"}, "12345热线"), ({"来源": "", "渠道": "信箱"}, "信箱"), ({}, "来信")],
)
def test_a_channel_is_named_by_a_column_or_the_file(fields: dict[str, str], channel: str) -> None:
    assert channel_of(entry(**fields)) == channel


@pytest.mark.parametrize(
    ("places", "area"),
    [
        (["江东省甲市乙县丙镇石桥村三组"], "江东省甲市乙县丙镇石桥村"),
        (["农贸市场", "石桥村三组"], "石桥村"),
        (["金桥路"], "金桥路"),
        ([], ""),
    ],
)
def test_a_place_is_the_administrative_one(places: list[str], area: str) -> None:
    found = Notes(elements=tuple(Element(ElementKind.PLACE, text, 0, len(text)) for text in places))
    assert area_of(entry(notes=found)) == area
    assert area_of(entry(notes=found, 属地="乙县")) == "乙县"
