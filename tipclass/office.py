"""The office: its tables, local answers and the day, and what it writes down of a tip besides the category."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tipclass import messages
from tipclass.elements import Extract, kinds_told, missing
from tipclass.grade import Facts, Grading, grade, load_grading
from tipclass.nature import Cues, load_cues, natures
from tipclass.readers import first_few
from tipclass.records import Decision, Element, ElementKind, Notes, Tip
from tipclass.routing import check_answers, departments
from tipclass.routing_table import Routing, load_routing
from tipclass.settings import GRADE, NATURE, PRIVACY, ROUTING, local_answers, office_file
from tipclass.taxonomy import Taxonomy
from tipclass.transfer import Quantity, transfer_hints

DAY_COLUMNS = (
    "受理时间",
    "受理日期",
    "登记时间",
    "登记日期",
    "来电时间",
    "来信时间",
    "来信日期",
    "举报时间",
    "举报日期",
    "创建时间",
    "提交时间",
    "日期",
)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")

PARTICULARS = frozenset({ElementKind.TIME, ElementKind.PLACE, ElementKind.SUBJECT})
PARTICULAR = 200  # characters in which a tip has told two of them; chosen on the corpora and corpora/documents.jsonl


@dataclass(frozen=True)
class Office:
    """What an office goes by; `day` is the day its tips came in."""

    routing: Routing
    cues: Cues
    grading: Grading
    day: date
    answers: Mapping[str, str] = field(default_factory=dict)

    def on(self, day: date | None) -> "Office":
        """Return the office on another day."""
        return replace(self, day=day) if day else self


def load_office(day: date, *, routing: Path | None = None) -> Office:
    """Read the office's tables, its own where it has them, else the shipped ones, and its local answers.

    `day` is the day the tips came in, by which dated law is chosen. Raises RoutingError or SettingsError, saying where
    one of them does not hold together.

    >>> load_office(date(2026, 9, 1)).day.isoformat()
    '2026-09-01'
    """
    table, answers = load_routing(routing or office_file(ROUTING)), local_answers()
    check_answers(table, answers)
    return Office(table, load_cues(office_file(NATURE)), load_grading(office_file(GRADE)), day, answers)


def digest_of_rules(routing: Path | None = None) -> str:
    """Return a hash of all that an office goes by: its tables, also that of masking, and local answers."""
    tables = (routing or office_file(ROUTING), *map(office_file, (NATURE, GRADE, PRIVACY)))
    whole = hashlib.sha256(repr(sorted(local_answers().items())).encode())
    for path in tables:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def unrouted(office: Office, taxonomy: Taxonomy) -> list[str]:
    """Tell, in one sentence or none, which categories the routing table has no row for, though they are dispatched."""
    routed = {row.code for row in office.routing.department} | taxonomy.set_aside
    names = [each.name for each in taxonomy.category if each.code not in routed]
    return [messages.UNROUTED.format(count=len(names), names=first_few(names))] if names else []


def take_notes(
    text: str, decision: Decision, extract: Extract, office: Office, taxonomy: Taxonomy, *, repeats: int = 1
) -> Notes:
    """Write down what a desk needs of a raw text that was decided on; `repeats` is how often the same was told."""
    codes, found = [each.code for each in decision.labels], extract.elements
    if decision.main.code in taxonomy.set_aside:
        return Notes(elements=found)
    offence = decision.main.code not in taxonomy.no_department
    day = day_of_facts(found, office.day)
    hints = transfer_hints(office.routing, codes, text, _quantities(found), day=day)
    facts = Facts(text, offence, found, tuple(each.name for each in hints), repeats)
    return Notes(
        natures=natures(text, office.cues, offence=offence),
        signature=office.cues.signature(text),
        elements=found,
        missing=missing(found, decision.main.code, extract.faint) if offence else (),
        departments=departments(office.routing, codes, text, day, office.answers),
        hints=hints,
        grade=grade(facts, office.grading),
    )


def is_general(text: str, extract: Extract) -> bool:
    """Tell whether a text speaks of offences in general: long enough for particulars, and hardly one of them there.

    Pages of advice and popular science use all the words of a tip; what they lack is a time, a place and a party.
    """
    return len(text) >= PARTICULAR and len((kinds_told(extract.elements) | extract.faint) & PARTICULARS) < 2


def day_of_facts(found: Sequence[Element], received: date) -> date:
    """Return the last day that a text names, if it lies before the day it came in; else that day.

    Facts go by the law of their day.
    """
    days = (date.fromisoformat(each.note) for each in found if each.kind is ElementKind.TIME and each.note)
    return max((day for day in days if day <= received), default=received)


def day_of(tip: Tip) -> date | None:
    """Return the day a tip came in, if one of its usual columns tells it."""
    cells = (cell for name, cell in tip.fields.items() if name.strip() in DAY_COLUMNS)
    found = (DAY.match(cell.strip()) for cell in cells)
    for match in filter(None, found):
        try:
            return date(*map(int, match.groups()))
        except ValueError:  # no such day
            continue
    return None


def _quantities(found: Sequence[Element]) -> list[Quantity]:
    measured = (each for each in found if each.kind is ElementKind.QUANTITY and each.value is not None)
    return [(each.value or 0.0, each.unit, each.start, each.end) for each in measured]
