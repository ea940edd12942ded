"""Frames: which columns of a table hold the text and the id of its tips."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tipclass import messages
from tipclass.documents import Unreadable
from tipclass.printable import one_line
from tipclass.records import Tip
from tipclass.tables import TEXT_COLUMNS, Cells, Options, fold, is_sentence

MOST_COLUMNS = 50  # named where one is not found
# In order of preference; 序号 counts the rows of one file and names nothing.
ID_COLUMNS = ("id", "编号", "工单编号", "线索编号", "受理编号", "信访件编号", "举报编号", "流水号", messages.COLUMN_ID)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a row of a table becomes a tip.

    `text` and `key` are the places of text and id; `others` those of further usual text columns, which hold the text
    where the chosen one is empty, as in joined tables.
    """

    source: str
    columns: Cells
    text: int
    others: tuple[int, ...] = ()
    key: int | None = None

    def given(self, cells: Cells) -> str:
        """Return the id that a row bears, empty when it bears none."""
        return "" if self.key is None else cells[self.key].strip()

    def tip(self, row: int, cells: Cells, id: str = "") -> Tip:
        """Make a tip of a row, known by the id that was chosen for it, else by its own, else by its place."""
        text = cells[self.text]
        if self.others and not text.strip():
            text = next((cells[at] for at in self.others if cells[at].strip()), text)
        fields = dict(zip(self.columns, cells, strict=True))
        return Tip(id or self.given(cells) or f"{self.source}#{row}", text, self.source, row, fields)


def find_frame(
    source: str, columns: Cells, options: Options, filled: Callable[[int], int], *, guess: bool
) -> tuple[Frame, tuple[str, ...]]:
    """Find the columns of a table as named or by the usual names, and say which holds the text.

    `filled` counts the rows that hold something at a place; with `guess`, an only column is taken whatever its name.
    Raises Unreadable, listing the columns, where they are not found.
    """
    text, notes = _find_text(source, columns, options, filled, guess=guess)
    key = _find_id(source, columns, options)
    others = [] if options.text_column else known_places(columns, TEXT_COLUMNS)
    return Frame(source, columns, text, tuple(at for at in others if at != text), key), notes


def _find_text(
    source: str, columns: Cells, options: Options, filled: Callable[[int], int], *, guess: bool
) -> tuple[int, tuple[str, ...]]:
    """Find the text column: as named, by the usual names, or the only one there is; say what was chosen."""
    if options.text_column is not None:
        return _find_named(source, columns, options.text_column, "--text-column"), ()
    known = known_places(columns, TEXT_COLUMNS)
    if known:
        # Exports often carry a usual column that hardly anybody filled in; the order of the names decides a tie.
        place = max(known, key=filled) if len(known) > 1 else known[0]
        note = messages.TEXT_COLUMN_TAKEN
    elif guess and len(columns) == 1:
        place, note = 0, messages.ONLY_COLUMN_TAKEN
    else:
        raise Unreadable(source, messages.NO_TEXT_COLUMN.format(columns=_listed(columns)))
    return place, (note.format(name=source, column=shorten(columns[place])),)


def _find_id(source: str, columns: Cells, options: Options) -> int | None:
    """Find the id column: as named, or by the usual names."""
    if options.id_column is not None:
        return _find_named(source, columns, options.id_column, "--id-column")
    return next(iter(known_places(columns, ID_COLUMNS)), None)


def known_places(columns: Cells, names: Iterable[str]) -> list[int]:
    """List the places of the columns that bear one of the names, in the order of the names."""
    folded = [fold(column) for column in columns]
    return [folded.index(name) for name in map(fold, names) if name in folded]


def _find_named(source: str, columns: Cells, name: str, option: str) -> int:
    """Find a column a person named, or list those there are with the one that comes closest."""
    places = [*(at for at, column in enumerate(columns) if column == name), *known_places(columns, [name])]
    if places:
        return places[0]
    close = difflib.get_close_matches(name, columns, n=1, cutoff=0.3)
    hint = messages.DID_YOU_MEAN.format(name=close[0]) if close else ""
    cause = messages.NO_SUCH_COLUMN.format(column=shorten(name), hint=hint, columns=_listed(columns), option=option)
    raise Unreadable(source, cause)


def _listed(columns: Sequence[str]) -> str:
    """List the columns of a table, the first of very many."""
    return "、".join(map(shorten, columns[:MOST_COLUMNS])) + ("…" if len(columns) > MOST_COLUMNS else "")


def shorten(name: str) -> str:
    """Hide a name that is no name: a whole tip or a phone number where a header was expected must not be told."""
    return messages.HIDDEN_NAME if is_sentence(name) else one_line(name)
