"""The sheet of figures of a ledger: each table of counts with a chart beside it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tipclass import ledger_counts, messages
from tipclass.ledger import Row
from tipclass.paper import Paper
from tipclass.taxonomy import Taxonomy

WIDTHS = (30, 9, 9, 3)
CHART_COLUMN = 4
CHART_WIDTH, ROW_HEIGHT = 430, 20  # pixels
CHART_ROWS = 16  # that a chart of days is high
PRINT_SCALE = 60  # percent, at which tables and charts fill an A4 page upright
PAGE_ROWS = 82  # of it


def write_figures(paper: Paper, rows: Sequence[Row], taxonomy: Taxonomy, today: date) -> None:
    """Add the sheet: the shares an office is asked for, then counts by category, department and so on."""
    sheet = paper.add(messages.SHEET_FIGURES, note=messages.FIGURES_NOTE.format(day=today.isoformat())).raw
    sheet.set_portrait()
    sheet.set_print_scale(PRINT_SCALE)
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    shares = ledger_counts.Table(messages.FIGURE_SHARES, tuple(ledger_counts.shares(rows, today)))
    _write_table(paper, sheet, 2, shares, len(rows))
    top, breaks = 4 + len(shares.counts), [0]
    for each in ledger_counts.tables(rows, taxonomy):
        high = max(len(each.counts) + 2, _high(each) + 1)
        if top + high - breaks[-1] > PAGE_ROWS:
            breaks.append(top)
        _write_table(paper, sheet, top, each, len(rows))
        _draw(paper, sheet, top, each)
        top += high
    sheet.write_blank(top, 0, None, paper.look("note"))  # so that the last chart is printed whole
    sheet.set_h_pagebreaks(breaks[1:])


def _write_table(paper: Paper, sheet: Any, top: int, table: ledger_counts.Table, whole: int) -> None:
    for at, name in enumerate((table.title, messages.SUMMARY_COUNT, messages.FIGURE_SHARE)):
        paper.write_cell(sheet, top, at, name, "head")
    for row, (name, count) in enumerate(table.counts, top + 1):
        paper.write_cell(sheet, row, 0, name, "text")
        paper.write_cell(sheet, row, 1, count, "text")
        paper.write_cell(sheet, row, 2, count / max(1, whole), "share")


def _high(table: ledger_counts.Table) -> int:
    """Return how many rows the chart of a table is high; one bar alone is not drawn."""
    if len(table.counts) < 2:
        return 0
    return CHART_ROWS if table.dated else max(7, len(table.counts) + 3)


def _draw(paper: Paper, sheet: Any, top: int, table: ledger_counts.Table) -> None:
    """Draw a table beside it: bars in their order, days and months as columns."""
    if not _high(table):
        return
    first, last, name = top + 1, top + len(table.counts), sheet.get_name()
    chart = paper.book.add_chart({"type": "column" if table.dated else "bar"})
    chart.add_series(
        {
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "fill": {"color": "#5B84B1"},
            "gap": 40,
            "data_labels": {"value": True, "font": {"size": 9}},
        }
    )
    names = {"num_font": {"size": 9}, "reverse": not table.dated, "text_axis": True}
    counts = {"visible": False, "major_gridlines": {"visible": False}}
    chart.set_x_axis(names if table.dated else counts)
    chart.set_y_axis(counts if table.dated else names)
    chart.set_title({"name": table.title, "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_size({"width": CHART_WIDTH, "height": ROW_HEIGHT * _high(table)})
    sheet.insert_chart(top, CHART_COLUMN, chart)
