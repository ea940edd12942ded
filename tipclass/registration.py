"""Registration: tips are entered into a ledger, each once, with a number of its own and beside what it repeats."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tipclass import messages
from tipclass.deadlines import Deadlines
from tipclass.elements import extract
from tipclass.ledger import Ledger
from tipclass.ledger_lines import (
    OURS,
    Line,
    channel_of,
    day_in,
    dispatch,
    dispatched,
    fingerprint,
    group_in,
    new_line,
    row_of,
    series_in,
    text_of,
)
from tipclass.link import Linkable, Links, link
from tipclass.office import Office, day_of, day_of_facts
from tipclass.records import Departments, Entry, Repeats, Series, Tip
from tipclass.routing import departments, text_of_basis
from tipclass.taxonomy import Taxonomy
from tipclass.told import lines, listed, text_of_repeats, text_of_series
from tipclass.workbook import fitting

Cells = dict[str, Any]
Linker = Callable[[Sequence[Linkable], Sequence[Linkable]], Links]


@dataclass(frozen=True, slots=True)
class Registration:
    """A ledger with a batch entered: how many tips are new, and how many stood in it already.

    Of the new ones, `repeating` tell what was told before, and `undated` come by a channel without a deadline;
    `weekends_only` says that due dates were counted without anybody having said which days are holidays.
    """

    ledger: Ledger
    entered: int
    known: int
    repeating: int
    undated: int
    weekends_only: bool


@dataclass(frozen=True)
class Desk:
    """What a ledger is kept with: the office's tables, and the categories and the id of the model."""

    office: Office
    deadlines: Deadlines
    taxonomy: Taxonomy
    model: str


def unknown(tips: Iterable[Tip], ledger: Ledger) -> list[Tip]:
    """Return the tips that do not stand in a ledger: by source, id and text."""
    known = {text_of(line, messages.COLUMN_FINGERPRINT) for line in ledger.lines}
    return [tip for tip in tips if fingerprint(tip) not in known]


def register(ledger: Ledger, entries: Sequence[Entry], desk: Desk, *, linker: Linker = link) -> Registration:
    """Enter those of a batch that a ledger lacks, merge repeats and series, and dispatch anew what was corrected."""
    wanted = {tip.id for tip in unknown((entry.tip for entry in entries), ledger)}
    fresh = [entry for entry in entries if entry.tip.id in wanted]
    last = dict(ledger.last)
    new = [_line(entry, desk, last, ledger.columns) for entry in fresh]
    found = linker(_linkables(new), _linkables(ledger.lines))
    cells = _dispatched([*map(dict, ledger.lines), *new], desk)
    _regroup(cells, {number: each for number, each in zip(_numbers(new), found.repeats, strict=True) if each})
    _tie(cells, found.series)
    rows = tuple(row_of(line, desk.taxonomy, lambda _: None) for line in cells)
    added = rows[len(ledger.lines) :]
    return Registration(
        replace(ledger, columns=ledger.columns or OURS, lines=tuple(cells), rows=rows, last=last),
        entered=len(added),
        known=len(entries) - len(added),
        repeating=sum(bool(row.repeats and row.repeats.first != row.number) for row in added),
        undated=sum(row.lead != "" and not line[messages.COLUMN_STEPS] for line, row in zip(new, added, strict=True)),
        weekends_only=bool(new) and not desk.deadlines.holidays,
    )


def free_number(year: int, last: dict[int, int]) -> str:
    """Return a number of a year that was never given, and keep in `last` that it is."""
    last[year] = last.get(year, 0) + 1
    return messages.LEDGER_NUMBER.format(year=year, number=last[year])


def _line(entry: Entry, desk: Desk, last: dict[int, int], columns: Sequence[str]) -> Cells:
    received = day_of(entry.tip) or desk.office.day
    natures = entry.notes.natures if entry.notes else ()
    due = desk.deadlines.due(channel_of(entry), natures, received)
    number = free_number(received.year, last)
    # A column the office added is filled from a column of the input that bears its name.
    own = {name: entry.tip.fields.get(name, "") for name in columns if name not in OURS}
    return own | new_line(entry, number, received, due, taxonomy=desk.taxonomy, model=desk.model)


def _linkables(cells: Iterable[Line]) -> list[Linkable]:
    return [
        Linkable(
            text_of(line, messages.COLUMN_NUMBER),
            text_of(line, messages.COLUMN_TEXT),
            day_in(line[messages.COLUMN_RECEIVED]),
            text_of(line, messages.COLUMN_PLACE),
        )
        for line in cells
    ]


def _numbers(cells: Iterable[Line]) -> list[str]:
    return [text_of(line, messages.COLUMN_NUMBER) for line in cells]


# --- repeats and series --------------------------------------------------------------------------


def _regroup(cells: Sequence[Cells], found: Mapping[str, Repeats]) -> None:
    """Put new repeats into the groups there are, and count every group anew.

    A group bears the number of its first tip, also when that was deleted, or whatever name staff gave it.
    """
    numbers = _numbers(cells)
    names = (group_in(text_of(line, messages.COLUMN_REPEATS)) for line in cells)
    group = dict(zip(numbers, names, strict=True))
    for number, each in found.items():
        first = group.get(each.first) or each.first
        group[number] = first
        group[each.first] = first
    sizes = Counter(filter(None, (group[number] for number in numbers)))
    for number, line in zip(numbers, cells, strict=True):
        size = sizes[group[number]]
        alone = group[number] in ("", number) and size < 2
        line[messages.COLUMN_REPEATS] = "" if alone else text_of_repeats(Repeats(group[number], size))
        if number in found:
            adds = (messages.ADDS.format(text=each.text) for each in found[number].adds)
            line[messages.COLUMN_ADDS] = fitting(listed(adds))


def _tie(cells: Sequence[Cells], found: Iterable[Series]) -> None:
    """Write new series on each of their tips, one that was there already with all its tips."""
    by_number = dict(zip(_numbers(cells), cells, strict=True))
    for series in found:
        for line in (by_number[id] for id in series.ids if id in by_number):
            told = {(each.kind, each.wording): each for each in series_in(text_of(line, messages.COLUMN_SERIES))}
            before = told.get((series.kind, series.wording))
            ids = tuple(dict.fromkeys((*(before.ids if before else ()), *series.ids)))
            told[series.kind, series.wording] = replace(series, ids=ids)
            line[messages.COLUMN_SERIES] = fitting(lines(text_of_series(each, most=None) for each in told.values()))


# --- departments ---------------------------------------------------------------------------------


def _dispatched(cells: list[Cells], desk: Desk) -> list[Cells]:
    """Dispatch anew the tips whose category was corrected, or taken back, since they were dispatched."""
    for line in cells:
        row = row_of(line, desk.taxonomy, lambda _: None)
        codes, lead, assist = dispatched(text_of(line, messages.COLUMN_DISPATCH))
        if codes == row.labels or (line[messages.COLUMN_CATEGORY] and not row.labels):
            continue  # the same as before, or a name that nobody knows
        taken = _departments(row.labels, row.text, desk.office.on(row.received), desk.taxonomy)
        new = {messages.COLUMN_LEAD: taken.lead, messages.COLUMN_ASSIST: listed(taken.assist)}
        for name, before in ((messages.COLUMN_LEAD, lead), (messages.COLUMN_ASSIST, assist)):
            if text_of(line, name) == before:  # else staff wrote it
                line[name] = new[name]
        line[messages.COLUMN_BASIS] = lines(map(text_of_basis, taken.basis))
        line[messages.COLUMN_DISPATCH] = dispatch(row.labels, *new.values())
    return cells


def _departments(codes: Sequence[str], text: str, office: Office, taxonomy: Taxonomy) -> Departments:
    if not codes or codes[0] in taxonomy.set_aside:
        return Departments()
    day = day_of_facts(extract(text, office.day), office.day)
    return departments(office.routing, codes, text, day, office.answers)
