"""Pictures of a report: counts by name and by day, beside those of the period before."""

import math
from collections.abc import Iterator, Sequence

from tipclass import messages, pen
from tipclass.pen import BLUE, FAINT, INK, NAMES, WHITE, Scale
from tipclass.tally import Column, Line

RUNGS = (1, 2, 5)  # and ten, a hundred ... times as many from one line of a grid to the next
MOST_RUNGS = 5
MOST_DATES = 8  # below the columns
BAR, THIN = 11, 6  # pixels: this period, the one before


def rungs(most: int) -> list[int]:
    """Return round counts from 0 up to the first that is no less than `most`.

    >>> rungs(7), rungs(230), rungs(0)
    ([0, 2, 4, 6, 8], [0, 50, 100, 150, 200, 250], [0, 1])
    """
    most = max(most, 1)
    steps = (part * 10**power for power in range(12) for part in RUNGS)
    step = next(step for step in steps if step * MOST_RUNGS >= most)
    return [step * rung for rung in range(math.ceil(most / step) + 1)]


def counts_picture(title: str, lines: Sequence[tuple[str, Line]]) -> str:
    """Draw a bar for each name (and its line), a thin one for the period before below it, counts on the right."""
    top, step = 52, 34
    most = max((max(line.change.count, line.change.before or 0) for _, line in lines), default=0)
    stops = rungs(most)
    x, y = Scale(0, stops[-1], NAMES, 596), Scale(0, max(1, len(lines)), top, top + step * max(1, len(lines)))
    compared = any(line.change.before is not None for _, line in lines)
    parts = [
        *_keys(NAMES, 18, compared=compared),
        *_heads(compared),
        *pen.row_lines(y),
        *pen.grid(x, y, stops, (), "{:.0f}"),
    ]
    for place, (name, line) in enumerate(lines):
        parts += _bars(name, line, x, y(place + 0.5))
    return pen.picture(title, y.end + 28, parts)


def _heads(compared: bool) -> Iterator[str]:
    yield pen.text(640, 44, messages.REPORT_NOW, text_anchor="end", fill=FAINT)
    if compared:
        yield pen.text(690, 44, messages.REPORT_BEFORE, text_anchor="end", fill=FAINT)


def _bars(name: str, line: Line, x: Scale, y: float) -> Iterator[str]:
    count, before = line.change.count, line.change.before
    hint = messages.REPORT_BAR if before is not None else messages.REPORT_BAR_ALONE
    hint = hint.format(name=name, count=count, before=before)
    yield pen.name(name, NAMES - 10, y + 5, text_anchor="end")
    top = y - BAR / 2 if before is None else y - 10
    yield pen.box(x.start, top, x(count) - x.start, BAR, hint, fill=BLUE)
    yield pen.text(640, y + 5, f"{count}", text_anchor="end")
    if before is not None:
        yield pen.box(x.start, y + 3, x(before) - x.start, THIN, hint, fill=WHITE, stroke=FAINT)
        yield pen.text(690, y + 5, f"{before}", text_anchor="end", fill=FAINT)
    if line.notable:
        yield _arrow(704, y, up=_rose(line), hint=hint)


def _rose(line: Line) -> bool:
    ratio = line.change.ratio
    return ratio is None or ratio.value > 1


def _arrow(x: float, y: float, *, up: bool, hint: str) -> str:
    return pen.triangle(x, y - 6 if up else y + 6, 12 if up else -12, hint, fill=INK if up else WHITE)


def _keys(x: float, y: float, *, compared: bool) -> Iterator[str]:
    yield pen.box(x, y - 11, 28, BAR, "", fill=BLUE)
    yield pen.text(x + 36, y, messages.REPORT_NOW)
    if compared:
        yield pen.box(x + 90, y - 9, 28, THIN, "", fill=WHITE, stroke=FAINT)
        yield pen.text(x + 126, y, messages.REPORT_BEFORE)
        yield _arrow(x + 196, y - 4, up=True, hint="")
        yield pen.text(x + 208, y, messages.REPORT_UP)
        yield _arrow(x + 286, y - 4, up=False, hint="")
        yield pen.text(x + 298, y, messages.REPORT_DOWN)


def columns_picture(title: str, columns: Sequence[Column]) -> str:
    """Draw a column for each day or week, and the same of the period before as a line with dots."""
    most = max((max(each.count, each.before or 0) for each in columns), default=0)
    steps = rungs(most)
    x, y = Scale(0, max(1, len(columns)), 46, 706), Scale(0, steps[-1], 236, 40)
    compared = any(each.before is not None for each in columns)
    parts = [*_column_keys(46, 18, compared=compared), *pen.grid(x, y, (), steps, "{:.0f}")]
    for place, each in enumerate(columns):
        parts += [_column(each, place, x, y)]
    parts += [*_line_before(columns, x, y), *_dates(columns, x, y.start + 18)]
    return pen.picture(title, y.start + 30, parts)


def _column(each: Column, place: int, x: Scale, y: Scale) -> str:
    gap = min(3.0, 0.15 * (x(1) - x(0)))
    height = y.start - y(each.count)
    return pen.box(x(place) + gap, y.start - height, x(1) - x(0) - 2 * gap, height, _hint(each), fill=BLUE)


def _line_before(columns: Sequence[Column], x: Scale, y: Scale) -> Iterator[str]:
    """Draw the period before over the columns: ink on a white rim, to be seen on white and on blue."""
    places = [(x(place + 0.5), y(each.before), each) for place, each in enumerate(columns) if each.before is not None]
    points = pen.places([(left, up) for left, up, _ in places])
    if len(places) > 1:
        yield pen.element("polyline", points=points, fill="none", stroke=WHITE, stroke_width=4)
        yield pen.element("polyline", points=points, fill="none", stroke=INK, stroke_width=1.3)
    for left, up, each in places:
        yield pen.dot(left, up, _hint(each), r=2.6, fill=WHITE, stroke=INK)


def _dates(columns: Sequence[Column], x: Scale, y: float) -> Iterator[str]:
    every = -(-len(columns) // MOST_DATES)
    for place in range(0, len(columns), every):
        day = columns[place].period.start
        words = messages.REPORT_DAY.format(month=day.month, day=day.day)
        yield pen.text(x(place + 0.5), y, words, text_anchor="middle", fill=FAINT, font_size=12)


def _hint(each: Column) -> str:
    start, end = each.period.start, each.period.end
    days = f"{start}" if start == end else messages.REPORT_SPAN.format(start=start, end=end)
    form = messages.REPORT_BAR if each.before is not None else messages.REPORT_BAR_ALONE
    return form.format(name=days, count=each.count, before=each.before)


def _column_keys(x: float, y: float, *, compared: bool) -> Iterator[str]:
    yield pen.box(x, y - 11, 18, 12, "", fill=BLUE)
    yield pen.text(x + 26, y, messages.REPORT_NOW)
    if compared:
        yield pen.line(x + 84, y - 5, x + 112, y - 5, stroke=INK, stroke_width=1.3)
        yield pen.dot(x + 98, y - 5, "", r=2.6, fill=WHITE, stroke=INK)
        yield pen.text(x + 120, y, messages.REPORT_BEFORE)
