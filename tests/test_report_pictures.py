"""Pictures of a report: well-formed, escaped, and every bar as long as its count."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from tipclass import messages
from tipclass.periods import Period
from tipclass.rates import Change
from tipclass.report_pictures import columns_picture, counts_picture, rungs
from tipclass.tally import Column, Line

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<b>&\"甲'"
DAY = date(2026, 10, 1)


def line(count: int, before: int | None, *, notable: bool = False) -> Line:
    return Line("a", Change(count, before, 30, 30), notable)


def marks(picture: str, tag: str) -> list[ElementTree.Element]:
    """Return the elements of a kind that say something when hovered over."""
    return [each for each in ElementTree.fromstring(picture).iter(SVG + tag) if each.find(SVG + "title") is not None]


def hints(picture: str) -> list[str | None]:
    return [title.text for title in ElementTree.fromstring(picture).iter(SVG + "title")]


@pytest.mark.parametrize(
    ("most", "stops"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 2, 4, 6]),
        (11, [0, 5, 10, 15]),
        (400, [*range(0, 401, 100)]),
    ],
)
def test_rungs_are_round_and_reach_the_most(most: int, stops: list[int]) -> None:
    assert rungs(most) == stops


def test_bars_are_as_long_as_their_counts() -> None:
    picture = counts_picture("标题", [("甲", line(10, 5)), (NASTY, line(0, 10))])
    widths = [float(each.attrib["width"]) for each in marks(picture, "rect")]
    assert widths == [474, 237, 0, 474]
    assert messages.REPORT_BAR.format(name=NASTY, count=0, before=10) in hints(picture)
    assert "<b>" not in picture


def test_only_what_is_more_than_chance_bears_an_arrow() -> None:
    picture = counts_picture(
        "标题", [("甲", line(20, 5, notable=True)), ("乙", line(20, 5)), ("丙", line(1, 20, notable=True))]
    )
    up, down = marks(picture, "polygon")
    assert [each.attrib["fill"] for each in (up, down)] == ["#222222", "#ffffff"]


def test_without_a_period_before_nothing_of_it_is_drawn() -> None:
    picture = counts_picture("标题", [("甲", line(3, None))])
    assert len(marks(picture, "rect")) == 1
    assert messages.REPORT_BEFORE not in picture
    columns = columns_picture("标题", [Column(Period(DAY, DAY), 3, None)])
    assert messages.REPORT_BEFORE not in columns
    assert not marks(columns, "circle")


def test_columns_stand_as_high_as_their_counts() -> None:
    days = [Period(DAY + timedelta(days=turn), DAY + timedelta(days=turn)) for turn in range(3)]
    counts = ((4, 0), (2, 4), (0, None))
    picture = columns_picture("标题", [Column(day, *count) for day, count in zip(days, counts, strict=True)])
    assert [float(each.attrib["height"]) for each in marks(picture, "rect")] == [196, 98, 0]
    assert [float(each.attrib["cy"]) for each in marks(picture, "circle")] == [236, 40]
    assert hints(picture)[0] == "2026-10-01：本期 4 条，上期 0 条"


def test_weeks_are_named_by_both_ends() -> None:
    picture = columns_picture("标题", [Column(Period(DAY, DAY + timedelta(days=6)), 4, None)])
    assert hints(picture) == ["2026-10-01 至 2026-10-07：4 条"]
