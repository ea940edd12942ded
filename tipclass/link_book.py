"""The link book: repeats and series of a batch as workbook, csv or JSON Lines."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tipclass import messages
from tipclass.formulas import disarmed, runs
from tipclass.link import Linkable, linkables
from tipclass.linked import Linked, Origin, origin
from tipclass.records import Series, Tip
from tipclass.result_columns import header
from tipclass.result_json import json_line, links_record
from tipclass.targets import replacing
from tipclass.told import lines, listed, text_of_adds, text_of_repeats, text_of_series
from tipclass.workbook import LONGEST_CELL, check_rows, new_workbook, prepare

WIDTH, WIDE = 16, 50  # digits of a column
GREY, BLUE = "#F2F2F2", "#DDEBF7"

OURS: dict[str, Callable[[Linked], str]] = {
    messages.COLUMN_REPEATS: lambda linked: text_of_repeats(linked.repeats),
    messages.COLUMN_GROUP_SIZE: lambda linked: str(linked.repeats.size) if linked.repeats else "",
    messages.COLUMN_ADDS: lambda linked: text_of_adds(linked.repeats),
    messages.COLUMN_SERIES: lambda linked: lines(map(text_of_series, linked.series)),
}
SERIES_COLUMNS = (
    messages.COLUMN_TIE,
    messages.COLUMN_WORDING,
    messages.COLUMN_SERIES_SIZE,
    messages.COLUMN_IDS,
    messages.COLUMN_AREAS,
    messages.COLUMN_FIRST_DAY,
    messages.COLUMN_LAST_DAY,
)


@dataclass(frozen=True)
class Book:
    """Tips in their order, what links each of them, and the earlier tips they were held against."""

    tips: Sequence[Tip]
    links: Mapping[Origin, Linked]
    earlier: Sequence[Tip] = ()

    def rows(self) -> Iterator[tuple[Tip, Linked]]:
        """Yield each tip with what links it."""
        yield from ((tip, self.links[origin(tip)]) for tip in self.tips)

    @property
    def series(self) -> list[Series]:
        """Every series once, in the order of the tips."""
        return list(dict.fromkeys(each for _, linked in self.rows() for each in linked.series))

    def counts(self) -> dict[str, int]:
        """Return how many tips, groups, tips in groups and series there are."""
        groups = [linked.repeats.first for _, linked in self.rows() if linked.repeats]
        return {
            "count": len(self.tips),
            "groups": len(set(groups)),
            "repeated": len(groups),
            "series": len(self.series),
        }

    def table(self) -> Iterator[list[str]]:
        """Yield the header and a row for each tip: where it came from, its own columns, and ours."""
        inputs = list(dict.fromkeys(name for tip in self.tips for name in tip.fields))
        place = [messages.COLUMN_SOURCE, messages.COLUMN_ROW]
        yield header(place, inputs, [messages.COLUMN_ID, *OURS])
        for tip, linked in self.rows():
            cells = (tip.fields.get(name, "") for name in inputs)
            yield [tip.source, str(tip.row or ""), *cells, tip.id, *(value(linked) for value in OURS.values())]

    def series_table(self) -> Iterator[list[str]]:
        """Yield the header and a row for each series: the tie, how many tips, which, where, and from when to when."""
        known = {each.id: each for each in linkables([*self.earlier, *self.tips])}
        yield list(SERIES_COLUMNS)
        for each in self.series:
            yield _series_row(each, [known[id] for id in each.ids])


def _series_row(series: Series, tied: Sequence[Linkable]) -> list[str]:
    days = sorted(each.day.isoformat() for each in tied if each.day)
    areas = dict.fromkeys(each.area for each in tied if each.area)
    kind, size = messages.TIES[series.kind], str(len(series.ids))
    return [
        kind,
        series.wording,
        size,
        listed(series.ids),
        listed(areas),
        *(days[:1] or [""]),
        *(days[-1:] or [""]),
    ]


def write_json_lines(stream: IO[str], book: Book) -> None:
    """Write one JSON object a tip."""
    for tip, linked in book.rows():
        record: dict[str, Any] = {"id": tip.id, "source": tip.source, "row": tip.row, "input": dict(tip.fields)}
        stream.write(json_line(record | links_record(linked.repeats, linked.series)))


def write_jsonl(path: Path, book: Book) -> None:
    """Write JSON Lines, whole or not at all."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
        write_json_lines(stream, book)


def write_csv(path: Path, book: Book) -> None:
    """Write a csv with a byte order mark, a row a tip."""
    with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(map(disarmed, row) for row in book.table())


def write_xlsx(path: Path, book: Book) -> None:
    """Write a workbook: the tips with their groups, and the series on a second sheet."""
    check_rows(len(book.tips))
    with replacing(path) as part, new_workbook(part) as workbook:
        _sheet(workbook, messages.SHEET_REPEATS, book.table(), ours=len(OURS) + 1)
        _sheet(workbook, messages.SHEET_SERIES, book.series_table(), ours=len(SERIES_COLUMNS))


def _sheet(workbook: Any, name: str, table: Iterator[list[str]], *, ours: int) -> None:
    """Write a table that prints on landscape pages with its header on each; our columns come last."""
    sheet, head = workbook.add_worksheet(name), next(table)
    look = {"valign": "top", "text_wrap": True}
    plain, quoted = workbook.add_format(look), workbook.add_format({**look, "quote_prefix": True})
    heads = [workbook.add_format({**look, "bold": True, "border": 1, "bg_color": colour}) for colour in (GREY, BLUE)]
    prepare(sheet)
    for at, title in enumerate(head):
        sheet.set_column(at, at, WIDE if title.startswith(BROAD) else WIDTH)
        sheet.write_string(0, at, title, heads[at >= len(head) - ours])
    rows = 0
    for rows, cells in enumerate(table, 1):
        for at, value in enumerate(cells):
            sheet.write_string(rows, at, value[:LONGEST_CELL], quoted if runs(value) else plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, rows), len(head) - 1)


BROAD = (messages.COLUMN_ADDS, messages.COLUMN_SERIES, messages.COLUMN_IDS, "内容", "正文", "诉求内容", "text")
