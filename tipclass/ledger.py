"""The ledger: what an office keeps of every tip, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tipclass.records import Repeats, Route, Series
from tipclass.sheets import Cells


class Status(StrEnum):
    """How far the office has got with a tip."""

    REGISTERED = "registered"
    SENT = "sent"
    RETURNED = "returned"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Row:
    """One tip in the ledger.

    number: the ledger's own, never given twice; received: the day the tip came in; channel: its source file or the
    channel that its columns name; labels: codes, main first, as staff corrected them where they did; place: the
    administrative place, from wide to narrow; other: the office's own columns by name, kept as they are.
    """

    number: str
    received: date
    id: str
    source: str
    text: str
    labels: tuple[str, ...]
    route: Route
    certainty: float
    reason: str = ""
    channel: str = ""
    place: str = ""
    subject: str = ""
    grade: str = ""
    lead: str = ""
    assist: tuple[str, ...] = ()
    basis: str = ""
    missing: tuple[str, ...] = ()
    hints: str = ""
    natures: tuple[str, ...] = ()
    repeats: Repeats | None = None
    series: tuple[Series, ...] = ()
    status: Status = Status.REGISTERED
    due: date | None = None
    corrected: bool = False
    other: dict[str, str] = field(default_factory=dict)

    @property
    def matter(self) -> str:
        """The number of the tip that told the same matter first."""
        return self.repeats.first if self.repeats else self.number

    @property
    def is_repeat(self) -> bool:
        """Whether it repeats an earlier tip."""
        return self.matter not in (self.number, self.id)

    @property
    def is_sent_on(self) -> bool:
        """Whether it went on, or was set aside, without a person."""
        return self.route is not Route.REVIEW

    @property
    def is_pending(self) -> bool:
        """Whether it waits for a person: it was to be reviewed, and nobody did nor sent it on."""
        return self.route is Route.REVIEW and not self.corrected and self.status is Status.REGISTERED

    def is_overdue(self, today: date) -> bool:
        """Tell whether it ought to have been closed before today."""
        return self.due is not None and self.due < today and self.status is not Status.CLOSED


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of an office as it stands in its workbook.

    columns: those of the main sheet in their order, the office's own among them; lines: the cells of each tip by
    column; rows: what the lines say, in the same order; last: the highest running number ever given, by year; sheets:
    those the office added; notes: what its cells hold that nobody can use, a sentence each.
    """

    columns: tuple[str, ...] = ()
    lines: tuple[Mapping[str, Any], ...] = ()
    rows: tuple[Row, ...] = ()
    last: Mapping[int, int] = field(default_factory=dict)
    sheets: tuple[Cells, ...] = ()
    notes: tuple[str, ...] = ()
