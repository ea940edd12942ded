"""The pen: the elements of a picture as SVG text, to be read on a page, in print and without colour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from tipclass.evaluate import Estimate

WIDTH = 720
INK, FAINT, GRID, FAINTEST, WHITE = "#222222", "#595959", "#d5d5d5", "#ececec", "#ffffff"
BLUE, PALE, PALEST = "#0072b2", "#a9cfe6", "#e3f0f8"
ORANGE, DEEP = "#d55e00", "#a63c00"
LETTERS = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif'
NAME = 8  # room for a name, in widths of a Chinese character
NAMES = 122  # where names end and what they name begins


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the values from `low` to `high` lie between two ends, in pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def picture(title: str, height: float, parts: Sequence[str]) -> str:
    """Return a picture of some height (pixels) from its parts; the title is for who cannot see it."""
    look = {"font_family": LETTERS, "font_size": "13", "fill": INK, "role": "img", "aria_label": title}
    box = f"0 0 {WIDTH} {number(height)}"
    return element("svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=box, **look)


def grid(x: Scale, y: Scale, stops: Sequence[float], rungs: Sequence[float], form: str = "{:.0%}") -> Iterator[str]:
    """Draw the lines and values of both axes; `y.start` or `y.end`, whichever is lower on the page, is the bottom."""
    top, bottom = sorted((y.start, y.end))
    for stop in stops:
        yield line(x(stop), top, x(stop), bottom, stroke=GRID)
        yield text(x(stop), bottom + 18, form.format(stop), text_anchor="middle", fill=FAINT, font_size=12)
    for rung in rungs:
        yield line(x.start, y(rung), x.end, y(rung), stroke=GRID)
        yield text(x.start - 8, y(rung) + 4, form.format(rung), text_anchor="end", fill=FAINT, font_size=12)


def row_lines(y: Scale) -> Iterator[str]:
    """Draw the lines between rows."""
    for row in range(int(y.high) + 1):
        yield line(0, y(row), WIDTH, y(row), stroke=FAINTEST)


def whisker(estimate: Estimate, x: Scale, y: float) -> str:
    """Draw the interval of an estimate."""
    return line(x(estimate.low), y, x(estimate.high), y, stroke=INK, stroke_width=1.5)


def dot(x: float, y: float, hint: str, *, r: float = 4.5, fill: str = BLUE, stroke: str = WHITE) -> str:
    """Draw a dot; what it says shows on hovering."""
    return element("circle", *_hint(hint), cx=x, cy=y, r=r, fill=fill, stroke=stroke)


def diamond(x: float, y: float, hint: str) -> str:
    """Draw a diamond; what it says shows on hovering."""
    corners = ((x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y))
    return element("polygon", *_hint(hint), points=places(corners), fill=ORANGE, stroke=INK)


def triangle(x: float, y: float, height: float, hint: str, *, fill: str) -> str:
    """Draw a triangle with its tip at y; it stands above the tip when its height is negative."""
    corners = ((x, y), (x + 5, y + height), (x - 5, y + height))
    return element("polygon", *_hint(hint), points=places(corners), fill=fill, stroke=INK)


def box(x: float, y: float, width: float, height: float, hint: str, **look: str | float) -> str:
    """Draw a box from its upper left corner; what it says shows on hovering."""
    return element("rect", *_hint(hint), x=x, y=y, width=width, height=height, **look)


def line(x1: float, y1: float, x2: float, y2: float, **look: str | float) -> str:
    """Draw a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **look)


def name(name: str, x: float, y: float, **look: str | float) -> str:
    """Write a name, cut to the room there is; the whole of it shows on hovering."""
    return element("text", *_hint(name), escape(short(name)), x=x, y=y, **look)


def text(x: float, y: float, content: str, **look: str | float) -> str:
    """Write a text."""
    return element("text", escape(content), x=x, y=y, **look)


def _hint(content: str) -> tuple[str, ...]:
    return (f"<title>{escape(content)}</title>",) if content else ()


def element(tag: str, *children: str, **look: str | float) -> str:
    """Return an element; an underscore in the name of an attribute stands for a hyphen."""
    written = "".join(f' {name.replace("_", "-")}="{number(value)}"' for name, value in look.items())
    return f"<{tag}{written}>{''.join(children)}</{tag}>" if children else f"<{tag}{written}/>"


def number(value: str | float) -> str:
    """Write the value of an attribute, numbers to a tenth."""
    return escape(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def places(corners: Sequence[tuple[float, float]]) -> str:
    """Write corners as the points of a polygon."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in corners)


def short(name: str) -> str:
    """Cut a name that takes more room than NAME."""
    if width(name) <= NAME:
        return name
    return next(name[:end] for end in range(len(name), -1, -1) if width(name[:end]) <= NAME - 1) + "…"


def width(words: str) -> float:
    """Return the room words take, in widths of a Chinese character."""
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.55 for letter in words)
