"""The frozen values that travel down the line from file to workbook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a raw text (code points).

    `item` is the number it bears in a list, as written, else empty; `headed` says that a heading stands at the number,
    so that it is a chapter rather than an item.
    """

    start: int
    end: int
    item: str = ""
    headed: bool = False

    @property
    def listed(self) -> bool:
        """Whether the passage is an item of a list."""
        return bool(self.item) and not self.headed


@dataclass(frozen=True, slots=True)
class Tip:
    """One report as it came in; `text` is never altered.

    `row` is the row number a spreadsheet shows (0 for a tip that is a file of its own); `fields` are the input columns
    in their order, every value as text; `part` is where the text stands in a longer one that was taken apart.

    >>> Tip("热线-7", "河边有人电鱼").text
    '河边有人电鱼'
    """

    id: str
    text: str
    source: str = ""
    row: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    part: Passage | None = None

    def cell(self, columns: Iterable[str]) -> str:
        """Return what stands in the first of some columns that holds something; empty when none does.

        >>> Tip("1", "", fields={"区县 ": " 青河县"}).cell(("属地", "区县"))
        '青河县'
        """
        cells = {name.strip(): cell.strip() for name, cell in self.fields.items()}
        return next(filter(None, (cells.get(name, "") for name in columns)), "")


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
    """What staff should do with a tip: send it on, look at it, or keep it as no tip at all.

    >>> Route("review") is Route.REVIEW
    True
    """

    ACCEPT = "accept"
    REVIEW = "review"
    SET_ASIDE = "set_aside"


class Cause(StrEnum):
    """Why a tip takes its route."""

    CERTAIN = "certain"
    SET_ASIDE = "set_aside"
    UNSURE = "unsure"
    NEVER = "never"
    LEAD = "lead"
    GENERAL = "general"
    UNLIKE = "unlike"
    FEW_KNOWN = "few_known"
    EMPTY = "empty"
    NUMBERS = "numbers"
    FOREIGN = "foreign"
    NOISE = "noise"


UNREADABLE = frozenset({Cause.EMPTY, Cause.NUMBERS, Cause.FOREIGN, Cause.NOISE})


@dataclass(frozen=True, slots=True)
class Scored:
    """A category with its score in [0, 1]."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A route with its cause, and the labels above their thresholds (main first, never empty).

    `certainty` in [0, 1] says how likely the main label is right, the score of a label how likely it is among the
    labels; `candidates` are the best categories whatever their score; `runner_up` is the second best, with how likely
    it is the main label.
    """

    route: Route
    cause: Cause
    certainty: float
    labels: tuple[Scored, ...]
    candidates: tuple[Scored, ...]
    runner_up: Scored

    @property
    def main(self) -> Scored:
        """The main label."""
        return self.labels[0]

    @property
    def readable(self) -> bool:
        """Whether the text says anything a category could be read from; if not, the labels mean nothing."""
        return self.cause not in UNREADABLE


@dataclass(frozen=True, slots=True)
class Matter:
    """A passage that tells a matter of its own, its category, and how likely it is of that category."""

    passage: Passage
    code: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A term that spoke for the main label, its weight, and where it first stands in the raw text (code points)."""

    term: str
    weight: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Near:
    """A text of the corpus that is like a tip: its labels, the likeness in [0, 1], and how it begins, masked."""

    id: str
    labels: tuple[str, ...]
    likeness: float
    text: str


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


class Nature(StrEnum):
    """What a tip asks for."""

    REPORT = "report"
    COMPLAINT = "complaint"
    HELP = "help"
    INQUIRY = "inquiry"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


class Signature(StrEnum):
    """Whether the writer of a tip is named."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """How urgent a tip is, A to C, and why."""

    level: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """What an intake desk writes down of a tip besides its category; all of it hints.

    `missing` are the kinds of element the desk should ask for; `grade` is None for what is not dispatched.
    """

    natures: tuple[Nature, ...] = ()
    signature: Signature = Signature.UNKNOWN
    elements: tuple[Element, ...] = ()
    missing: tuple[ElementKind, ...] = ()
    departments: Departments = Departments()
    hints: tuple[Hint, ...] = ()
    grade: Grade | None = None


class TieKind(StrEnum):
    """What can tie tips that tell different matters."""

    SUBJECT = "subject"
    PLATE = "plate"
    SHIP = "ship"
    PHONE = "phone"
    ACCOUNT = "account"
    PLACE = "place"
    METHOD = "method"


@dataclass(frozen=True, slots=True)
class Repeats:
    """The tips that tell the same matter as this one: the id of the first, how many with it, and what this one adds."""

    first: str
    size: int
    adds: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Tips of different matters that something ties: what kind of tie, its wording, and the ids in their order."""

    kind: TieKind
    wording: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One tip with all that was found out about it; `reason` says in one sentence why it takes its route.

    `notes` is None where the text says nothing, or where nobody asked for them; `repeats` is None for a tip that
    nobody repeats. All places in it are code points of the raw text of its tip; scores and certainties lie in [0, 1].

    >>> main = Scored("illegal_fishing", 0.9)
    >>> sure = Decision(Route.ACCEPT, Cause.CERTAIN, 0.9, (main,), (main,), Scored("not_a_tip", 0.1))
    >>> Entry(Tip("1", "河边有人电鱼"), sure, "").decision.main.code
    'illegal_fishing'
    """

    tip: Tip
    decision: Decision
    reason: str
    evidence: tuple[Evidence, ...] = ()
    matters: tuple[Matter, ...] = ()
    nearest: tuple[Near, ...] = ()
    notes: Notes | None = None
    repeats: Repeats | None = None
    series: tuple[Series, ...] = ()
