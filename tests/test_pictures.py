"""Pictures: well-formed, escaped, and every mark where it was worked out by hand."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

import pytest

from tipclass import messages, pictures
from tipclass.evaluate import Bin, CategoryFigures, Confusion, Estimate, Point, Slice

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"a": "甲", "b": "乙", "c": "丙"}
NASTY = "<b>&\"甲'"


def sure(value: float) -> Estimate:
    return Estimate(value, value, value)


def category(code: str, support: int, recall: float = 1.0) -> CategoryFigures:
    return CategoryFigures(code, support, Estimate(0.25, 0.1, 0.4), sure(recall), Estimate(0.5, 0.4, 0.6))


def part(name: str, coverage: float = 0.5) -> Slice:
    return Slice(name, 8, Estimate(0.9, 0.82, 0.95), Estimate(coverage, 0.0, 0.6), Estimate(1.0, 0.8, 1.0))


def marks(picture: str, tag: str) -> list[ElementTree.Element]:
    """Return the elements of a kind that say something when hovered over."""
    return [each for each in ElementTree.fromstring(picture).iter(SVG + tag) if each.find(SVG + "title") is not None]


def hints(picture: str) -> list[str]:
    return [title.text or "" for title in ElementTree.fromstring(picture).iter(SVG + "title")]


def words(picture: str) -> list[str]:
    """Return what stands written; the hints beside it are not part of it."""
    return ["".join((each.text or "", *(child.tail or "" for child in each))) for each in texts(picture)]


def texts(picture: str) -> Iterator[ElementTree.Element]:
    return ElementTree.fromstring(picture).iter(SVG + "text")


def numbers(mark: ElementTree.Element, *names: str) -> tuple[float, ...]:
    return tuple(float(mark.attrib[name]) for name in names)


def corners(mark: ElementTree.Element) -> list[tuple[float, ...]]:
    return [tuple(map(float, corner.split(","))) for corner in mark.attrib["points"].split()]


def lines(picture: str) -> set[tuple[float, ...]]:
    return {numbers(each, "x1", "y1", "x2", "y2") for each in ElementTree.fromstring(picture).iter(SVG + "line")}


@pytest.mark.parametrize(
    ("least", "expected"),
    [
        (0.0, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (0.5, (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)),
        (0.87, (0.85, 0.9, 0.95, 1.0)),
        (0.99, (0.99, 1.0)),
        (1.0, (0.99, 1.0)),
    ],
)
def test_ticks_are_round_and_begin_where_the_values_do(least: float, expected: Sequence[float]) -> None:
    assert pictures.ticks(least) == expected


def test_bins_stand_at_their_certainty_and_accuracy() -> None:
    picture = pictures.reliability_picture([Bin(30, 0.25, Estimate(0.4, 0.2, 0.5)), Bin(10, 0.5, sure(1.0))])
    # Certainty runs from x = 50 to 350, accuracy from y = 340 up to 50.
    assert [numbers(each, "cx", "cy") for each in marks(picture, "circle")] == [(125, 224), (200, 50)]
    assert (125, 282, 125, 195) in lines(picture)
    assert (50, 340, 350, 50) in lines(picture)


def test_bins_are_piled_up_by_tenths_as_high_as_their_share() -> None:
    bins = [Bin(20, 0.21, sure(0.2)), Bin(20, 0.29, sure(0.3)), Bin(40, 1.0, sure(1.0))]
    boxes = [numbers(each, "x", "y", "width", "height") for each in marks(pictures.reliability_picture(bins), "rect")]
    # Seventy pixels are all the texts, and a tenth of certainty is thirty wide.
    assert boxes == [(112, 452.5, 26, 17.5), (112, 435, 26, 17.5), (322, 435, 26, 35)]
    assert words(pictures.reliability_picture(bins)).count("50%") == 2


def test_the_surest_bins_are_drawn_again_enlarged() -> None:
    picture = pictures.reliability_picture([Bin(1, 0.95, Estimate(0.96, 0.84, 0.98))])
    # The second panel shows certainty 0.9 to 1 from x = 420 to 700; accuracy begins at 0.8, just below the interval.
    assert [numbers(each, "cx", "cy") for each in marks(picture, "circle")] == [(335, 61.6), (560, 108)]
    assert (420, 195, 700, 50) in lines(picture)
    assert "放大：把握 90% 以上（轴从 80% 起）" in words(picture)


def test_the_curve_passes_through_its_points_and_leaves_out_the_first_few_texts() -> None:
    points = [Point(0.999, 0.01, 0.0), Point(0.99, 0.5, 0.95), Point(0.4, 1.0, 0.9)]
    picture = pictures.curve_picture(points, (0.6, 0.95))
    # Coverage runs from x = 70 to 700, accuracy from 0.9 at y = 312 up to 1 at 42.
    (curve,) = ElementTree.fromstring(picture).iter(SVG + "polyline")
    assert corners(curve) == [(385, 177), (700, 312)]
    (here,) = marks(picture, "polygon")
    assert corners(here) == [(448, 171), (454, 177), (448, 183), (442, 177)]
    assert {(448, 177, 70, 177), (448, 177, 448, 312)} <= lines(picture)
    assert "主类别正确的比例（轴从 90% 起）" in words(picture)
    assert words(picture).count("99.0%") == 2  # the certainty reached at a coverage of 20 % and of 40 %


def test_an_axis_from_nought_says_nothing_of_its_beginning() -> None:
    picture = pictures.curve_picture([Point(0.5, 1.0, 0.0)], None)
    assert messages.PICTURE_ACCURACY in words(picture)
    assert not marks(picture, "polygon")


def test_a_certainty_is_never_said_to_be_more_than_it_is() -> None:
    assert "99.9%" in words(pictures.curve_picture([Point(0.99996, 1.0, 0.5)], None))


def test_bars_and_marks_of_categories() -> None:
    picture = pictures.category_picture([category("a", 7), category("b", 8)], str.upper)
    # F1 runs from x = 122 to 600; the rows are 32 high and begin at y = 56.
    assert [numbers(each, "x", "y", "width") for each in marks(picture, "rect")] == [(122, 65, 239), (122, 97, 239)]
    assert (313.2, 72, 408.8, 72) in lines(picture)
    precision, recall = marks(picture, "polygon")[:2]
    assert corners(precision)[0] == (241.5, 68)
    assert corners(recall)[0] == (600, 76)
    assert [word for word in words(picture) if word in {"A", "B", "7", "8"}] == ["A", "7", "B", "8"]
    assert "A F1 0.50 [0.40, 0.60]" in hints(picture)


def test_confusions_are_counted_in_their_cells_and_the_deepest_share_is_darkest() -> None:
    categories = [category("a", 10, 0.8), category("b", 4, 0.5), category("c", 0, 0.0)]
    picture = pictures.confusion_picture(
        categories, [Confusion("a", "b", 2), Confusion("b", "a", 2)], NAMES.__getitem__
    )
    # Two categories occur: cells are 60 wide and 28 high from (122, 35) on.
    counts = {
        (each.attrib["x"], each.attrib["y"]): each.text for each in texts(picture) if "pointer-events" in each.attrib
    }
    assert counts == {("152", "53"): "8", ("212", "53"): "2", ("152", "81"): "2", ("212", "81"): "2"}
    fills = {hint: box.attrib["fill"] for box in marks(picture, "rect") for hint in [box[0].text]}
    assert fills["乙 判成 甲：2 条"] == pictures.DEEP
    assert fills["甲 判成 乙：2 条"] == "#dbb199"  # two fifths of the way from white
    assert fills["甲 判对：8 条"] == pictures.PALEST
    assert not any("丙" in hint for hint in hints(picture))


def test_slices_show_coverage_and_both_accuracies() -> None:
    picture = pictures.slices_picture([part("message"), part("note", coverage=0.0)])
    # Coverage runs from x = 122 to 290, accuracy from 0.8 at 340 to 1 at 640; the rows are 28 high from y = 58 on.
    assert [numbers(each, "x", "y", "width") for each in marks(picture, "rect")] == [(122, 65, 84), (122, 93, 0)]
    assert [numbers(each, "cx", "cy") for each in marks(picture, "circle")] == [(490, 67), (490, 95)]
    assert (370, 67, 565, 67) in lines(picture)
    (selective,) = marks(picture, "polygon")  # the second slice sends nothing on
    assert corners(selective)[1] == (646, 78)


def test_a_long_name_is_cut_and_shows_whole_on_hovering() -> None:
    picture = pictures.slices_picture([part("一二三四五六七八"), part("一二三四五六七八九")])
    assert {"一二三四五六七八", "一二三四五六七…"} <= set(words(picture))
    assert "一二三四五六七八九" in hints(picture)


@pytest.mark.parametrize(
    "picture",
    [
        pictures.category_picture([category("a", 1)], lambda _: NASTY),
        pictures.confusion_picture([category("a", 1)], [Confusion("a", "a", 1)], lambda _: NASTY),
        pictures.slices_picture([part(NASTY)]),
    ],
    ids=["categories", "confusions", "slices"],
)
def test_names_are_escaped(picture: str) -> None:
    assert NASTY in words(picture)
    assert any(NASTY in hint for hint in hints(picture))
    assert "<b>" not in picture


@pytest.mark.parametrize(
    "picture",
    [
        pictures.reliability_picture([]),
        pictures.reliability_picture([Bin(1, 1.0, Estimate(0.0, 0.0, 1.0))]),
        pictures.curve_picture([], None),
        pictures.curve_picture([Point(1.0, 1.0, 1.0)], (1.0, 1.0)),
        pictures.category_picture([], str),
        pictures.category_picture([category("a", 1)], str),
        pictures.confusion_picture([], [], str),
        pictures.confusion_picture([category("a", 1)], [], str),
        pictures.slices_picture([]),
        pictures.slices_picture([part("a", coverage=0.0)]),
    ],
)
def test_little_or_nothing_gives_a_picture_too(picture: str) -> None:
    root = ElementTree.fromstring(picture)
    assert root.attrib["viewBox"].startswith(f"0 0 {pictures.WIDTH} ")
    assert root.attrib["aria-label"]
    assert "nan" not in picture
