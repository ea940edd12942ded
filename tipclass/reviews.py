"""Reviews: what staff filled in on a ledger's sheet of tips to be reviewed, brought back to its main sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tipclass import messages
from tipclass.tables import Table

COLUMNS = (messages.COLUMN_CORRECTION, messages.COLUMN_FURTHER_CORRECTION)
NUMBER = messages.COLUMN_NUMBER
# What tells the main sheet of a ledger from any other table.
MARKS = frozenset({NUMBER, *COLUMNS, messages.COLUMN_STATUS, messages.COLUMN_DISPATCH, messages.COLUMN_MODEL})

Review = tuple[str, ...]  # the cells of COLUMNS


@dataclass(frozen=True, slots=True)
class Brought:
    """Reviews by number that the main sheet lacks, and a sentence for each that could not be brought back."""

    reviews: Mapping[str, Review]
    notes: tuple[str, ...]


def bring_back(main: Mapping[str, Review], reviewed: Mapping[str, Review]) -> Brought:
    """Return which reviews the main sheet takes over: it keeps its own where both are filled in and differ."""
    filled = {number: review for number, review in reviewed.items() if any(review)}
    foreign = [number for number in filled if number not in main]
    differing = [number for number in filled if any(main.get(number, ())) and main[number] != filled[number]]
    notes = (
        *(messages.LEDGER_NO_SUCH_NUMBER.format(number=number) for number in foreign),
        *(messages.LEDGER_NAMED_TWICE.format(number=number) for number in differing),
    )
    taken = {number: review for number, review in filled.items() if number in main and not any(main[number])}
    return Brought(taken, notes)


def reviews(rows: Iterable[Mapping[str, str]]) -> dict[str, Review]:
    """Return what rows say, by number."""
    return {row.get(NUMBER, "").strip(): tuple(row.get(name, "").strip() for name in COLUMNS) for row in rows}


def main_sheet(tables: Sequence[Table]) -> list[Table]:
    """Return, of the tables of a ledger, its main sheet with all reviews; any other tables as they are."""
    main = next((each for each in tables if each.sheet == messages.SHEET_LEDGER and set(each.columns) >= MARKS), None)
    if main is None:
        return list(tables)
    other = next((each for each in tables if each.sheet == messages.SHEET_REVIEWS), None)
    brought = bring_back(reviews(_rows(main)), reviews(_rows(other)) if other else {})
    places = {name: main.columns.index(name) for name in (NUMBER, *COLUMNS)}
    filled = tuple((row, _filled(cells, places, brought.reviews)) for row, cells in main.rows)
    return [replace(main, rows=filled, notes=(*main.notes, *brought.notes))]


def _rows(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.columns, cells, strict=True)) for _, cells in table.rows]


def _filled(cells: tuple[str, ...], places: Mapping[str, int], found: Mapping[str, Review]) -> tuple[str, ...]:
    review = found.get(cells[places[NUMBER]].strip())
    if not review:
        return cells
    new = {places[name]: cell for name, cell in zip(COLUMNS, review, strict=True)}
    return tuple(new.get(at, cell) for at, cell in enumerate(cells))
