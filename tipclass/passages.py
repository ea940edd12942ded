"""Passages: a long text cut at its numbered items, headings and paragraphs; places are code points of the raw text."""

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from tipclass.numerals import parse
from tipclass.records import Passage

SIZE = 240  # characters of a passage where neither items nor paragraphs cut a text sooner
HEADING = 24  # characters; a shorter line that ends no sentence belongs to what follows it
HAN, FIGURE, CIRCLED = "[一二三四五六七八九十]{1,3}", r"\d{1,3}", "[①-⑳]"
SECONDS = {HAN: "二[一二三四五六七八九十]{0,2}", FIGURE: "[2２]", CIRCLED: "②"}  # the numbers that are read as two


class Marker(NamedTuple):
    """The number an item begins with."""

    start: int
    number: int
    item: str


def circled_number(character: str) -> int:
    """Return the number in a circle.

    >>> circled_number("③")
    3
    """
    return ord(character) - ord("①") + 1


@dataclass(frozen=True, slots=True)
class Style:
    """A way to number items: its pattern, with the number as the first group, and how the number is read.

    `second` is found wherever an item of number two is, and is quicker where there is none.
    """

    pattern: re.Pattern[str]
    read: Callable[[str], int]
    second: re.Pattern[str]


def _style(number: str, mark: str, read: Callable[[str], int], *, after: str = r"。;；!！?？:：\s") -> Style:
    """Return the style of marks in which a number stands in place of #."""
    pattern = rf"(?m)(?:^|(?<=[{after}]))[ \t\u3000]{{0,20}}({mark.replace('#', number)})"
    return Style(re.compile(pattern), read, re.compile(mark.replace("#", SECONDS[number])))


def _number(mark: str) -> int:
    """Return the number inside what surrounds it."""
    return int(parse(re.sub(r"[^一二三四五六七八九十\d]", "", mark)) or 0)


_NAMED = "问题|线索|事项|诉求|案例|投诉|举报|情况|反映"
STYLES = (
    _style(HAN, "#、", _number),
    _style(HAN, "[(（]#[)）]", _number),
    _style(HAN, "第#[,，、:：]", _number),
    _style(HAN, "#[是要]", _number, after=r"。;；!！?？:：,，\s"),
    _style(HAN, "其#", _number, after=r"。;；!！?？:：,，\s"),
    _style(FIGURE, r"#(?:、|[.．](?!\d))", _number),
    _style(FIGURE, "[(（]#[)）]", _number),
    _style(FIGURE, "#[)）]", _number),
    _style(CIRCLED, "#", circled_number),
    _style(HAN, rf"(?:{_NAMED})[ \t]?#[:：、.．]", _number),
    _style(FIGURE, rf"(?:{_NAMED})[ \t]?#[:：、.．]", _number),
    _style(FIGURE, r"#(?=[ \t]{0,20}\n)", int, after=r"\n"),
)
# What the first item of every list begins with, whatever its style.
FIRST = re.compile(r"[①一1](?:(?<=①)|(?=[ \t]{0,20}[、.．,，:：)）是要\s]))|其一")
SENTENCE_ENDS = tuple("。;；!！?？")
SENTENCE_END = re.compile(r"[。;；!！?？\n]+[”’」』)）]*")


def split(text: str, size: int = SIZE) -> list[Passage]:
    """Cut a text into passages, in order; together they hold every character that is not white space.

    Items of a numbered list stand alone, headings stand with what follows them, and the rest is cut at paragraphs and
    sentences into passages of about `size` characters.

    >>> [passage.item for passage in split("反映两件事：一、河里有人电鱼。二、砖厂冒黑烟。")]
    ['一', '二']
    """
    if len(text) <= size * 3 // 2 and not FIRST.search(text):  # the many that are one passage whatever else
        pieces: Iterable[Passage] = [Passage(0, len(text))]
    else:
        pieces = (piece for region in _regions(text) for piece in _packed(text, region, size))
    return [each for each in map(functools.partial(_trimmed, text), pieces) if each]


def _regions(text: str) -> Iterator[Passage]:
    """Cut at the items of numbered lists; a short line that ends no sentence stands with what follows it."""
    cuts = _cuts(text)
    starts = sorted(cuts)
    begin, item = 0, ""
    for start, end in itertools.pairwise([*starts, len(text)]):
        item = cuts[start].item or item
        words = text[start:end].strip()
        titles = not cuts[start].item or (end in cuts and cuts[end].number == 1)
        if titles and end < len(text) and len(words) <= HEADING and not any(each in words for each in SENTENCE_ENDS):
            continue
        yield Passage(begin, end, item, bool(item) and _headed(text[begin:end]))
        begin, item = end, ""


def _cuts(text: str) -> dict[int, Marker]:
    """Return the places where an item begins or a list is over, with the marker there."""
    styles = [style for style in STYLES if style.second.search(text)] if FIRST.search(text) else []
    runs = [run for style in styles for run in _runs(style, text)]
    over = (_end_of_list(text, run) for run in runs)
    cuts = {place: Marker(place, 0, "") for place in (0, *over) if place < len(text)}
    return cuts | {marker.start: marker for run in runs for marker in run}


def _headed(words: str) -> bool:
    """Tell whether the first line is short, ends no sentence, and is not all there is."""
    first, _, rest = words.strip().partition("\n")
    return bool(rest.strip()) and len(first.strip()) <= HEADING and not first.rstrip().endswith(SENTENCE_ENDS)


def _runs(style: Style, text: str) -> Iterator[list[Marker]]:
    """Yield the markers of each list: numbers that begin at one and go up by one."""
    run: list[Marker] = []
    for match in style.pattern.finditer(text):
        number = style.read(match[1])
        if number == len(run) + 1:
            run.append(_marker(match, number))
        elif number == 1:
            if len(run) > 1:
                yield run
            run = [_marker(match, number)]
    if len(run) > 1:
        yield run


def _marker(match: re.Match[str], number: int) -> Marker:
    return Marker(match.start(1), number, match[1].rstrip("、,，.．:： \t"))


def _end_of_list(text: str, run: Sequence[Marker]) -> int:
    """Return where the last item ends: at its line's end if every other item is one line, else with the text."""
    lines_end = text.find("\n", run[-1].start)
    one_line_each = all("\n" not in text[a.start : b.start].strip() for a, b in itertools.pairwise(run))
    return lines_end if lines_end >= 0 and one_line_each else len(text)


def _packed(text: str, region: Passage, size: int) -> Iterator[Passage]:
    """Cut a region at paragraphs, and where those are long at sentences, into passages of about `size` characters."""
    if region.end - region.start <= size * 3 // 2:
        yield region
        return
    start = region.start
    for match in SENTENCE_END.finditer(text, region.start, region.end):
        enough = size // 2 if "\n" in match[0] else size
        if match.end() - start >= enough and region.end - match.end() >= size // 4:
            yield replace(region, start=start, end=match.end())
            start = match.end()
    yield replace(region, start=start)


def _trimmed(text: str, passage: Passage) -> Passage | None:
    """Leave the white space around a passage out; None when nothing stays."""
    words = text[passage.start : passage.end]
    start = passage.start + len(words) - len(words.lstrip())
    end = passage.start + len(words.rstrip())
    if start >= end:
        return None
    return passage if (start, end) == (passage.start, passage.end) else replace(passage, start=start, end=end)
