"""The frozen values that travel down the line from file to workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Tip:
    """One report as it came in; `text` is never altered.

    `row` is the row number a spreadsheet shows (0 for a tip that is a file of its own);
    `fields` are the input columns in their order, every value as text.
    """

    id: str
    text: str
    source: str = ""
    row: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """A row or file that could not be read: where, and why."""

    place: str
    cause: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading some inputs gave: the tips in order, what is worth telling, and what was not read."""

    tips: tuple[Tip, ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


class Route(StrEnum):
    """What staff should do with a tip."""

    ACCEPT = "accept"
    REVIEW = "review"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Scored:
    """A category with its score in [0, 1]."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A route, the labels above their thresholds (main first, never empty) and the reason in Chinese.

    `certainty` in [0, 1] says how likely the main label is right, the score of a label how likely it is among the
    labels; `candidates` are the best categories whatever their score; `runner_up` is the code of the second best.
    """

    route: Route
    certainty: float
    labels: tuple[Scored, ...]
    candidates: tuple[Scored, ...]
    runner_up: str
    reason: str

    @property
    def main(self) -> Scored:
        """The main label."""
        return self.labels[0]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A term that spoke for the main label, its weight, and where it first stands in the raw text (code points)."""

    term: str
    weight: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Words as they stand in the raw text, from `start` up to `end` (code points)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Basis:
    """A law with its articles, where they were read, and whether a person compared them with the official text.

    `effective_from` is None for what has been in force longer than the routing table looks back.
    """

    text: str
    source: str
    checked: bool
    effective_from: date | None


@dataclass(frozen=True, slots=True)
class Departments:
    """Who takes a tip and on what basis; all of it empty for what is not dispatched.

    `unanswered` names the local settings that would have named a department, `criminal` the provisions of criminal
    law that may come into play, `reasons` (in Chinese) the words of the text that moved it to another department.
    """

    lead: str = ""
    assist: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    unanswered: tuple[str, ...] = ()
    criminal: tuple[Basis, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """A statutory figure or circumstance that a text seems to meet: never a finding.

    `met` holds the quantity and the words that met it, in the order of the text.
    """

    name: str
    provision: str
    source: str
    checked: bool
    met: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class LetterField:
    """A field a referral letter should have; `mentions` holds where it first stands, nothing when it is missing."""

    name: str
    mentions: tuple[Mention, ...] = ()

    @property
    def present(self) -> bool:
        """Whether the letter has it."""
        return bool(self.mentions)


@dataclass(frozen=True, slots=True)
class Entry:
    """One tip with all that was found out about it."""

    tip: Tip
    decision: Decision
    evidence: tuple[Evidence, ...]
