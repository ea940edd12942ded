"""The frozen values that travel down the line from file to workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


class ElementKind(StrEnum):
    """What an intake desk notes down of a tip."""

    TIME = "time"
    PLACE = "place"
    SUBJECT = "subject"
    ACT = "act"
    QUANTITY = "quantity"
    PLATE = "plate"
    SHIP = "ship"
    PHONE = "phone"
    ACCOUNT = "account"
    EMAIL = "email"
    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    CREDIT_CODE = "credit_code"


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its wording and where it stands in the raw text (code points).

    `value` and `unit` are the size of a quantity in canonical units (吨, 公斤, 立方米, 升, 亩, 平方米, 公顷, 米, 公里,
    元, 倍, 分贝, or the classifier as written); `note` is the ISO date of a time that names one day, and "valid" or
    "invalid" for a number that carries a check digit.
    """

    kind: ElementKind
    text: str
    start: int
    end: int
    value: float | None = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One tip with all that was found out about it."""

    tip: Tip
    decision: Decision
    evidence: tuple[Evidence, ...]
