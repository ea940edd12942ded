"""Formulas: cells of a csv that a spreadsheet would run get an apostrophe before them, which we take off again.

What counts is what OWASP lists under CSV injection, the full-width signs too, behind any blanks and marks that nobody
sees. A plain number stays as it is: -3.5 or +86 139 0000 0000 runs nothing.
"""

import re
from collections.abc import Iterable

MARK = "'"
_BLANK = "\0-\x20\x7f-\xa0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
_NUMBER = r"[+-]\d[\d .,]*%?"
# Cells already marked are marked once more, so that taking one mark off gives back what there was.
_ARMED = rf"{MARK}*(?!{_NUMBER}\Z)(?:[{_BLANK}]*[=+\-@＝＋－＠﹢﹣﹦﹫]|[\t\r\n])"
_RUNS = re.compile(_ARMED)
_MARKED = re.compile(MARK + _ARMED)


def runs(cell: str) -> bool:
    """Tell whether a spreadsheet would run a cell that is typed into it, as it does when somebody edits it."""
    return bool(_RUNS.match(cell))


def disarmed(cell: str) -> str:
    """Write a cell so that no spreadsheet runs it.

    >>> disarmed("=1+1"), disarmed("－拖欠工资"), disarmed("-3.5"), disarmed("'=1"), disarmed("电鱼")
    ("'=1+1", "'－拖欠工资", '-3.5', "''=1", '电鱼')
    """
    return MARK + cell if _RUNS.match(cell) else cell


def restored(cell: str) -> str:
    """Undo `disarmed`.

    >>> restored("'=1+1"), restored("'电鱼'")
    ('=1+1', "'电鱼'")
    """
    return cell[1:] if _MARKED.match(cell) else cell


def restored_rows(rows: Iterable[list[str]], text: str) -> Iterable[list[str]]:
    """Undo `disarmed` in all cells of the rows that a text holds."""
    return ([restored(cell) for cell in cells] for cells in rows) if MARK in text else rows
