"""Pictures of an evaluation as SVG text, to be read on a page, in print and without colour."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from tipclass import messages, pen
from tipclass.comparison import CategoryChange
from tipclass.evaluate import Bin, CategoryFigures, Confusion, Estimate, Point, Slice
from tipclass.pen import BLUE, DEEP, FAINT, GRID, INK, NAMES, PALE, PALEST, WHITE, WIDTH, Scale

STEPS = (1, 2, 5, 10, 20)  # hundredths from one tick to the next
MOST_STEPS = 5
SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)  # where an axis of shares may end
WHOLE = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
NEAR = 0.9  # the surest bins crowd together from here on and are drawn a second time, enlarged
BEGIN = 0.02  # the curve is drawn from this coverage on: before, a handful of texts decides

Name = Callable[[str], str]
Counts = Mapping[tuple[str, str], int]


def ticks(least: float) -> tuple[float, ...]:
    """Return round values up to 1, six at most, that begin at or just below `least`.

    >>> ticks(0.87)
    (0.85, 0.9, 0.95, 1.0)
    """
    hundredths = int(least * 100 + 1e-6)
    step = next((step for step in STEPS if 100 - MOST_STEPS * step <= hundredths), STEPS[-1])
    first = min(hundredths // step * step, 100 - step)
    return tuple(value / 100 for value in range(first, 101, step))


# --- certainty -----------------------------------------------------------------------------------


def reliability_picture(bins: Sequence[Bin]) -> str:
    """Draw certainty against accuracy, the surest bins enlarged, and how many texts are how certain."""
    x = Scale(0, 1, 50, 350)
    parts = [*_panel(bins, x, WHOLE, WHOLE, messages.PICTURE_ACCURACY), *_piles(bins, x, 470), *_bin_keys(430, 424)]
    near = [each for each in bins if each.certainty >= NEAR]
    if near:
        rungs = ticks(min(NEAR, *(each.accuracy.low for each in near)))
        enlarged = messages.PICTURE_ENLARGED.format(least=NEAR)
        parts += _panel(near, Scale(NEAR, 1, 420, 700), ticks(NEAR), rungs, _beginning(enlarged, rungs[0]))
    return pen.picture(messages.PICTURE_RELIABILITY, 478, parts)


def _panel(bins: Sequence[Bin], x: Scale, stops: Sequence[float], rungs: Sequence[float], title: str) -> Iterator[str]:
    y = Scale(rungs[0], 1, 340, 50)
    yield pen.text(x.start - 40, 24, title)
    yield from pen.grid(x, y, stops, rungs)
    yield pen.text(x.end, y.start + 38, messages.COLUMN_CERTAINTY, text_anchor="end")
    low = max(x.low, y.low)
    yield pen.line(x(low), y(low), x(1), y(1), stroke=FAINT, stroke_dasharray="5 4")
    for each in bins:
        place, accuracy = x(each.certainty), each.accuracy
        hint = messages.PICTURE_BIN.format(tips=each.tips, certainty=each.certainty, accuracy=_percents(accuracy))
        yield pen.line(place, y(accuracy.low), place, y(accuracy.high), stroke=INK, stroke_width=1.5)
        yield pen.dot(place, y(accuracy.value), hint)


def _piles(bins: Sequence[Bin], x: Scale, base: float) -> Iterator[str]:
    """Pile up the bins, each over the tenth its certainty lies in, as high as its share of the texts."""
    total = sum(each.tips for each in bins)
    width = x(0.1) - x(0)
    height = Scale(0, 1, 0, 70)
    for tenth, pile in groupby(sorted(bins, key=_tenth), key=_tenth):
        left, top = x(tenth / 10), base
        for each in pile:
            share = each.tips / total
            top -= height(share)
            hint = messages.PICTURE_SHARE.format(tips=each.tips, share=share, certainty=each.certainty)
            place = (left + 2, top, width - 4, height(share))
            yield pen.box(*place, hint, fill=PALE, stroke=WHITE, stroke_width=0.5)
        yield pen.text(left + width / 2, top - 4, f"{(base - top) / height(1):.0%}", text_anchor="middle", font_size=11)
    yield pen.line(x.start, base, x.end, base, stroke=FAINT)


def _tenth(each: Bin) -> int:
    return min(9, int(each.certainty * 10))


def _bin_keys(x: float, y: float) -> Iterator[str]:
    yield pen.line(x, y - 12, x, y + 2, stroke=INK, stroke_width=1.5)
    yield pen.dot(x, y - 5, "")
    yield pen.text(x + 18, y, messages.PICTURE_KEY_BIN)
    yield pen.line(x - 10, y + 17, x + 10, y + 17, stroke=FAINT, stroke_dasharray="5 4")
    yield pen.text(x + 18, y + 22, messages.PICTURE_KEY_DIAGONAL)
    yield pen.box(x - 9, y + 33, 18, 12, "", fill=PALE)
    yield pen.text(x + 18, y + 44, messages.PICTURE_KEY_SHARE)


# --- coverage ------------------------------------------------------------------------------------


def curve_picture(points: Sequence[Point], here: tuple[float, float] | None) -> str:
    """Draw coverage against accuracy; `here` is where the policy works, or None when it lets nothing go on."""
    drawn = [each for each in points if each.coverage >= BEGIN]
    heights = [each.accuracy for each in drawn] + ([here[1]] if here else [])
    rungs = ticks(min(heights, default=0.0))
    x, y = Scale(0, 1, 70, 700), Scale(rungs[0], 1, 312, 42)
    return pen.picture(
        messages.PICTURE_CURVE,
        382,
        [
            pen.text(10, 19, _beginning(messages.PICTURE_ACCURACY, rungs[0])),
            *pen.grid(x, y, WHOLE, rungs),
            *_certainty_row(points, x, y.start + 40),
            pen.text(x.end, y.start + 62, messages.FIGURE_COVERAGE, text_anchor="end"),
            *_curve(drawn, x, y),
            *(_policy(*here, x, y) if here else ()),
        ],
    )


def _certainty_row(points: Sequence[Point], x: Scale, y: float) -> Iterator[str]:
    """Write below the ticks of coverage how certain the last of the texts that go on is."""
    if points:
        yield pen.text(10, y, messages.PICTURE_LEAST_CERTAINTY, fill=FAINT, font_size=12)
    for tick in WHOLE[1:]:
        reached = next((each for each in points if each.coverage >= tick - 1e-9), None)
        if reached:
            yield pen.text(x(tick), y, _at_least(reached.certainty), text_anchor="middle", fill=FAINT, font_size=12)


def _curve(points: Sequence[Point], x: Scale, y: Scale) -> Iterator[str]:
    places = [(x(each.coverage), y(each.accuracy)) for each in points]
    yield pen.element("polyline", points=pen.places(places), fill="none", stroke=BLUE, stroke_width=2)
    for each in points:
        hint = messages.PICTURE_POINT.format(
            certainty=_at_least(each.certainty), coverage=each.coverage, accuracy=each.accuracy
        )
        yield pen.dot(x(each.coverage), y(each.accuracy), hint, r=3)


def _policy(coverage: float, accuracy: float, x: Scale, y: Scale) -> Iterator[str]:
    """Mark where the policy works, with lines to both axes, and name it over the picture."""
    across, up = x(coverage), y(accuracy)
    words = messages.PICTURE_HERE.format(coverage=coverage, accuracy=accuracy)
    for end in ((x.start, up), (across, y.start)):
        yield pen.line(across, up, *end, stroke=DEEP, stroke_dasharray="2 3")
    yield pen.diamond(across, up, words)
    yield pen.diamond(366, 14, "")
    yield pen.text(380, 19, words)


# --- categories ----------------------------------------------------------------------------------


def category_picture(categories: Sequence[CategoryFigures], name: Name) -> str:
    """Draw F1 as bars with intervals, precision and recall as marks on their edges, support on the right."""
    top, step = 56, 32
    x, y = Scale(0, 1, NAMES, 600), Scale(0, max(1, len(categories)), top, top + step * max(1, len(categories)))
    parts = [
        *_category_keys(NAMES, 18),
        pen.text(650, 46, messages.FIGURE_F1, text_anchor="end", fill=FAINT),
        pen.text(710, 46, messages.FIGURE_SUPPORT, text_anchor="end", fill=FAINT),
        *pen.row_lines(y),
        *pen.grid(x, y, WHOLE, (), "{:.1f}"),
    ]
    for row, each in enumerate(categories):
        parts += _category_row(each, name(each.code), x, y(row + 0.5))
    return pen.picture(messages.PICTURE_CATEGORIES, y.end + 28, parts)


def _category_row(each: CategoryFigures, name: str, x: Scale, y: float) -> Iterator[str]:
    def hint(title: str, estimate: Estimate) -> str:
        return f"{name} {title} {brief(estimate)}"

    yield pen.name(name, NAMES - 10, y + 5, text_anchor="end")
    bar = hint(messages.FIGURE_F1, each.f1)
    yield pen.box(x.start, y - 7, x(each.f1.value) - x.start, 14, bar, fill=PALE)
    yield pen.whisker(each.f1, x, y)
    yield pen.triangle(x(each.precision.value), y - 4, -7, hint(messages.FIGURE_PRECISION, each.precision), fill=INK)
    yield pen.triangle(x(each.recall.value), y + 4, 7, hint(messages.FIGURE_RECALL, each.recall), fill=WHITE)
    yield pen.text(650, y + 5, f"{each.f1.value:.2f}", text_anchor="end")
    yield pen.text(710, y + 5, f"{each.support}", text_anchor="end")


def _category_keys(x: float, y: float) -> Iterator[str]:
    yield pen.box(x, y - 11, 28, 14, "", fill=PALE)
    yield pen.line(x + 16, y - 4, x + 40, y - 4, stroke=INK, stroke_width=1.5)
    yield pen.text(x + 46, y, messages.PICTURE_KEY_F1)
    yield pen.triangle(x + 190, y - 1, -7, "", fill=INK)
    yield pen.text(x + 202, y, messages.FIGURE_PRECISION)
    yield pen.triangle(x + 280, y - 8, 7, "", fill=WHITE)
    yield pen.text(x + 292, y, messages.FIGURE_RECALL)


# --- confusions ----------------------------------------------------------------------------------


def confusion_picture(categories: Sequence[CategoryFigures], confusions: Sequence[Confusion], name: Name) -> str:
    """Draw how often the label of a row was taken for the category of a column; what came out right is framed."""
    met = {each.category for each in confusions}
    shown = [each for each in categories if each.support or each.code in met]
    names = {each.code: name(each.code) for each in shown}
    right = {(each.code, each.code): round(each.support * each.recall.value) for each in shown}
    counts = right | {(each.label, each.category): each.count for each in confusions}
    wide = min(60, (WIDTH - NAMES - 44) / max(1, len(shown)))
    top = 22 + 13 * max(map(pen.width, map(pen.short, names.values())), default=2)
    x = Scale(0, 1, NAMES, NAMES + wide)
    y = Scale(0, 1, top, top + min(28, wide))
    parts = [
        pen.text(NAMES - 10, top - 24, messages.PICTURE_TAKEN_FOR, text_anchor="end", fill=FAINT),
        pen.text(NAMES - 10, top - 6, messages.PICTURE_LABEL, text_anchor="end", fill=FAINT),
        pen.text(x(len(shown)) + 38, top - 6, messages.FIGURE_SUPPORT, text_anchor="end", fill=FAINT),
        *_sides(shown, names, x, y),
        *_cells(shown, names, counts, x, y),
    ]
    return pen.picture(messages.PICTURE_CONFUSIONS, y(len(shown)) + 10, parts)


def _sides(shown: Sequence[CategoryFigures], names: Mapping[str, str], x: Scale, y: Scale) -> Iterator[str]:
    """Write the names on the left and, downwards, on top; the support on the right."""
    for place, each in enumerate(shown):
        middle = y(place + 0.5) + 5
        yield pen.name(names[each.code], NAMES - 10, middle, text_anchor="end")
        yield pen.name(names[each.code], x(place + 0.5), y.start - 6, text_anchor="end", writing_mode="vertical-rl")
        yield pen.text(x(len(shown)) + 38, middle, f"{each.support}", text_anchor="end", fill=FAINT)


def _cells(
    shown: Sequence[CategoryFigures], names: Mapping[str, str], counts: Counts, x: Scale, y: Scale
) -> Iterator[str]:
    """Draw every cell; mistakes are the darker, the larger their share of the row."""
    supports = {each.code: each.support for each in shown}
    shares = {pair: count / max(1, supports[pair[0]]) for pair, count in counts.items() if pair[0] != pair[1]}
    deepest = max(shares.values(), default=1.0)
    for row, label in enumerate(names):
        for column, category in enumerate(names):
            count, strength = counts.get((label, category), 0), shares.get((label, category), 0.0) / deepest
            words = messages.PICTURE_CELL if label != category else messages.PICTURE_CELL_RIGHT
            hint = words.format(label=names[label], category=names[category], count=count)
            yield pen.box(x(column), y(row), x(1) - x(0), y(1) - y(0), hint, fill=_shade(strength), stroke=GRID)
            if label == category:
                place = x(column) + 1.5, y(row) + 1.5
                yield pen.box(*place, x(1) - x(0) - 3, y(1) - y(0) - 3, hint, fill=PALEST, stroke=INK)
            if count:
                yield _count(count, x(column + 0.5), y(row + 0.5), min(12, (x(1) - x(0)) / 3), strength)


def _count(count: int, x: float, y: float, size: float, strength: float) -> str:
    ink = WHITE if strength > 0.6 else INK
    look = {"text_anchor": "middle", "fill": ink, "pointer_events": "none"}
    return pen.text(x, y + size / 3, f"{count}", font_size=size, **look)


def _shade(strength: float) -> str:
    """Return a colour from white at 0 to DEEP at 1."""
    deep = (int(DEEP[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * strength):02x}" for part in deep)


# --- slices --------------------------------------------------------------------------------------


def slices_picture(slices: Sequence[Slice]) -> str:
    """Draw for each slice how much goes on without a person, and how much of all and of that is right."""
    top, step = 58, 28
    drawn = [each.accuracy for each in slices] + [each.selective_accuracy for each in slices if each.coverage.value]
    rungs = ticks(min((each.low for each in drawn), default=0.0))
    y = Scale(0, max(1, len(slices)), top, top + step * max(1, len(slices)))
    cover, right = Scale(0, 1, NAMES, 290), Scale(rungs[0], 1, 340, 640)
    parts = [
        *_slice_keys(NAMES, right.start, _beginning(messages.PICTURE_ACCURACY, rungs[0])),
        pen.text(710, 44, messages.FIGURE_COUNT, text_anchor="end", fill=FAINT),
        *pen.row_lines(y),
        *pen.grid(cover, y, (0.0, 0.5, 1.0), ()),
        *pen.grid(right, y, rungs, ()),
    ]
    for row, each in enumerate(slices):
        parts += _slice_row(each, cover, right, y(row + 0.5))
    return pen.picture(messages.PICTURE_SLICES, y.end + 28, parts)


def _slice_keys(left: float, right: float, title: str) -> Iterator[str]:
    yield pen.text(left, 19, messages.FIGURE_COVERAGE)
    yield pen.text(right, 19, title)
    yield pen.dot(right + 5, 39, "", fill=WHITE, stroke=INK)
    yield pen.text(right + 17, 44, messages.FIGURE_ALL_TEXTS)
    yield pen.diamond(right + 95, 39, "")
    yield pen.text(right + 107, 44, messages.PICTURE_KEY_SENT_ON)


def _slice_row(each: Slice, cover: Scale, right: Scale, y: float) -> Iterator[str]:
    def hint(title: str, estimate: Estimate) -> str:
        return f"{each.name} {title} {_percents(estimate)}"

    yield pen.name(each.name, NAMES - 10, y + 5, text_anchor="end")
    share = hint(messages.FIGURE_COVERAGE, each.coverage)
    yield pen.box(cover.start, y - 7, cover(each.coverage.value) - cover.start, 14, share, fill=PALE)
    yield pen.whisker(each.coverage, cover, y)
    yield pen.whisker(each.accuracy, right, y - 5)
    accuracy = hint(messages.FIGURE_ACCURACY, each.accuracy)
    yield pen.dot(right(each.accuracy.value), y - 5, accuracy, fill=WHITE, stroke=INK)
    if each.coverage.value:
        yield pen.whisker(each.selective_accuracy, right, y + 6)
        selective = hint(messages.FIGURE_SELECTIVE, each.selective_accuracy)
        yield pen.diamond(right(each.selective_accuracy.value), y + 6, selective)
    yield pen.text(710, y + 5, f"{each.tips}", text_anchor="end")


# --- changes -------------------------------------------------------------------------------------


def changes_picture(changes: Sequence[CategoryChange], name: Name) -> str:
    """Draw for each category F1 of the model before and after, joined by a line; what is more than chance is marked."""
    top, step = 56, 28
    rungs = ticks(min((min(each.f1.before, each.f1.after) for each in changes), default=0.0))
    x, y = Scale(rungs[0], 1, NAMES, 590), Scale(0, max(1, len(changes)), top, top + step * max(1, len(changes)))
    parts = [
        *_change_keys(NAMES, 18),
        pen.text(650, 46, messages.COMPARE_GAIN, text_anchor="end", fill=FAINT),
        pen.text(710, 46, messages.FIGURE_SUPPORT, text_anchor="end", fill=FAINT),
        *pen.row_lines(y),
        *pen.grid(x, y, rungs, (), "{:.2f}"),
    ]
    for row, each in enumerate(changes):
        parts += _change_row(each, name(each.code), x, y(row + 0.5))
    return pen.picture(messages.PICTURE_CHANGES, y.end + 28, parts)


def _change_row(each: CategoryChange, name: str, x: Scale, y: float) -> Iterator[str]:
    before, after = x(each.f1.before), x(each.f1.after)
    sure = each.tally.better or each.tally.worse
    hint = messages.PICTURE_CHANGE.format(name=name, f1=each.f1, tally=each.tally)
    yield pen.name(name, NAMES - 10, y + 5, text_anchor="end")
    yield pen.line(before, y, after, y, stroke=DEEP if each.tally.worse else BLUE, stroke_width=3 if sure else 1.5)
    yield pen.dot(before, y, hint, fill=WHITE, stroke=INK)
    yield pen.diamond(after, y, hint) if sure else pen.dot(after, y, hint)
    yield pen.text(650, y + 5, f"{each.f1.gain:+.3f}", text_anchor="end")
    yield pen.text(710, y + 5, f"{each.support}", text_anchor="end")


def _change_keys(x: float, y: float) -> Iterator[str]:
    yield pen.dot(x + 5, y - 5, "", fill=WHITE, stroke=INK)
    yield pen.text(x + 17, y, messages.COMPARE_BEFORE)
    yield pen.dot(x + 105, y - 5, "")
    yield pen.text(x + 117, y, messages.COMPARE_AFTER)
    yield pen.diamond(x + 205, y - 5, "")
    yield pen.text(x + 217, y, messages.PICTURE_KEY_SURE)


# --- shares --------------------------------------------------------------------------------------


def shares_picture(title: str, rows: Sequence[tuple[str, float, Estimate, int]]) -> str:
    """Draw for each row (name, share before, share after, count) a bar for before and a mark for after."""
    top, step = 34, 26
    most = max((max(before, after.high) for _, before, after, _ in rows), default=1.0)
    last = next((each for each in SHARES if each >= most), 1.0)
    x, y = Scale(0, last, NAMES, 650), Scale(0, max(1, len(rows)), top, top + step * max(1, len(rows)))
    parts = [
        *_share_keys(NAMES, 18),
        pen.text(710, 18, messages.DRIFT_COUNT, text_anchor="end", fill=FAINT),
        *pen.row_lines(y),
        *pen.grid(x, y, [last * part / 5 for part in range(6)], ()),
    ]
    for place, (name, before, after, count) in enumerate(rows):
        middle = y(place + 0.5)
        hint = messages.PICTURE_PART.format(name=name, before=before, after=_percents(after), count=count)
        parts += [
            pen.name(name, NAMES - 10, middle + 5, text_anchor="end"),
            pen.box(x.start, middle - 7, x(before) - x.start, 14, hint, fill=PALE),
            pen.whisker(after, x, middle),
            pen.diamond(x(after.value), middle, hint),
            pen.text(710, middle + 5, f"{count}", text_anchor="end"),
        ]
    return pen.picture(title, y.end + 28, parts)


def _share_keys(x: float, y: float) -> Iterator[str]:
    yield pen.box(x, y - 11, 28, 14, "", fill=PALE)
    yield pen.text(x + 36, y, messages.DRIFT_BEFORE)
    yield pen.diamond(x + 126, y - 5, "")
    yield pen.text(x + 138, y, messages.DRIFT_AFTER)


# --- words ---------------------------------------------------------------------------------------


def _beginning(title: str, first: float) -> str:
    """Say beside the title of an axis where it begins, unless that is at 0."""
    return messages.PICTURE_BEGINS.format(title=title, first=first) if first else title


def _percents(estimate: Estimate) -> str:
    return f"{estimate.value:.1%} [{estimate.low:.1%}, {estimate.high:.1%}]"


def _at_least(share: float) -> str:
    """Write a share rounded down, so that it is never said to be more than it is."""
    return f"{int(share * 1000 + 1e-6) / 1000:.1%}"


def brief(estimate: Estimate) -> str:
    """Write an estimate with its interval in a few letters."""
    return f"{estimate.value:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"
