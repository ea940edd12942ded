"""The report of a ledger: every figure of a period, the surges, and the tips behind them, masked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from tipclass import messages, tally
from tipclass.disguise import mask_informant
from tipclass.districts import splitter
from tipclass.errors import InputError
from tipclass.ledger import Row, Status
from tipclass.periods import Period, chosen, covered, past
from tipclass.privacy import mask
from tipclass.rates import Change
from tipclass.surges import Surge, Topic, surges
from tipclass.tally import Column, Key, Line, Part, Stretch, stretch
from tipclass.taxonomy import Taxonomy

LONGEST_LINE = 60  # characters of a tip that show what it is about
MOST_TIPS = 12  # lines below a surge; the numbers of all its tips are given
MOST_LATE, MOST_REPEATED = 20, 10
LEAST_REPEATED = 3  # tips on one matter
# A channel that hardly any tip names is the name of a file, a place that hardly any names may be a home: neither says
# anything in a table, and both may betray who wrote.
RARE = 3


class Aspect(StrEnum):
    """What tips are counted by."""

    CATEGORY = "category"
    PLACE = "place"
    DEPARTMENT = "department"
    GRADE = "grade"
    CHANNEL = "channel"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Told:
    """A tip as it is shown: its number, the day it came in, and how it begins, masked."""

    number: str
    received: date
    line: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A surge as it is shown: what the tips have in common, its figures, the latest tips, and the numbers of all."""

    topic: Topic
    change: Change
    usual: float
    p: float
    tips: tuple[Told, ...]
    numbers: tuple[str, ...]
    also: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A matter told several times in the period: how often, and its first tip of the period."""

    count: int
    first: Told


@dataclass(frozen=True, slots=True)
class Late:
    """A tip that ought to have been closed: when, how many days ago, and by whom."""

    tip: Told
    due: date
    days: int
    lead: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says; every text in it is masked.

    before: the days compared with, as far as the ledger holds them; past: the days that say what is usual; ledger: its
    first and last day; late: the longest overdue of the whole ledger, all_late how many there are; in the lines of
    `tables` stand codes for categories, and empty names for what nobody filled in.
    """

    period: Period
    before: Period | None
    past: Period | None
    ledger: Period
    rows: int
    today: date
    total: Change
    sent_on: Part
    repeats: Part
    overdue: Part
    all_late: int
    columns: tuple[Column, ...]
    tables: Mapping[Aspect, tuple[Line, ...]]
    surges: tuple[Warned, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    late: tuple[Late, ...] = ()


def report(
    rows: Sequence[Row], taxonomy: Taxonomy, *, start: date | None = None, end: date | None = None, today: date
) -> Report:
    """Return the report of a ledger for a period, as `periods.chosen` chooses it.

    Raises InputError when the ledger holds no tip, UsageError when the period cannot be.
    """
    if not rows:
        raise InputError(messages.REPORT_EMPTY)
    days = [row.received for row in rows]
    period, first = chosen(days, start, end, today), min(days)
    reference, usual = covered(period.back(), first), past(period, first)
    now, before = stretch(rows, period), stretch(rows, reference) if reference else None
    late = [row for row in rows if row.is_overdue(today)]
    return Report(
        period=period,
        before=reference,
        past=usual,
        ledger=Period(first, max(days)),
        rows=len(rows),
        today=today,
        total=tally.total(now, before),
        sent_on=tally.part(now, before, attrgetter("is_sent_on")),
        repeats=tally.part(now, before, attrgetter("is_repeat")),
        overdue=tally.part(now, None, lambda row: row.is_overdue(today)),
        all_late=len(late),
        columns=tally.by_time(now, before),
        tables={aspect: _table(aspect, now, before, key) for aspect, key in _keys(rows).items()},
        surges=tuple(map(_warned, surges(rows, period, usual, set_aside=taxonomy.set_aside))),
        repeated=tuple(_repeated(now.rows)),
        late=tuple(_late(row, today) for row in sorted(late, key=lambda row: (row.due, row.number))[:MOST_LATE]),
    )


# --- what leaves the desk ------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def masked(text: str) -> str:
    """Return a text without what must not leave the desk: the one way of any text of a ledger into a report."""
    return " ".join(mask(text).split())


def _told(row: Row) -> Told:
    line = masked(mask_informant(row.text))
    return Told(masked(row.number), row.received, line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…")


def _topic(topic: Topic) -> Topic:
    return Topic(topic.kind, topic.code, masked(topic.wording))


def _warned(surge: Surge) -> Warned:
    told = tuple(map(_told, surge.rows[-MOST_TIPS:]))
    numbers = tuple(masked(row.number) for row in surge.rows)
    also = tuple(map(_topic, surge.also))
    return Warned(_topic(surge.topic), surge.change, surge.usual, surge.p, told, numbers, also)


def _late(row: Row, today: date) -> Late:
    due = row.due or today
    return Late(_told(row), due, (today - due).days, masked(row.lead))


def _repeated(rows: Iterable[Row]) -> Iterable[Repeated]:
    """Yield the matters told most often."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.matter, []).append(row)
    often = sorted(groups.values(), key=len, reverse=True)[:MOST_REPEATED]
    return (Repeated(len(group), _told(group[0])) for group in often if len(group) >= LEAST_REPEATED)


# --- tables --------------------------------------------------------------------------------------


def _keys(rows: Sequence[Row]) -> dict[Aspect, Key]:
    """Return what says the name under which a tip is counted, for each table."""
    part = splitter(row.place for row in rows)
    return {
        Aspect.CATEGORY: lambda row: row.labels[0] if row.labels else "",
        Aspect.PLACE: _common(rows, lambda row: masked(part(row.place)), messages.REPORT_OTHER_PLACES),
        Aspect.DEPARTMENT: lambda row: masked(row.lead),
        Aspect.GRADE: lambda row: masked(row.grade),
        Aspect.CHANNEL: _common(rows, lambda row: masked(row.channel), messages.REPORT_OTHER_CHANNELS),
        Aspect.STATUS: lambda row: row.status.value,
    }


def _common(rows: Iterable[Row], key: Key, others: str) -> Key:
    """Return a key that counts rare names together."""
    counts = Counter(map(key, rows))

    def name(row: Row) -> str:
        found = key(row)
        return found if not found or counts[found] >= RARE else others

    return name


def _table(aspect: Aspect, now: Stretch, before: Stretch | None, key: Key) -> tuple[Line, ...]:
    """Count by an aspect: most first, or in the order of grades and states."""
    lines = tally.table(now, before, key)
    if aspect is Aspect.STATUS:
        return tally.without_change(sorted(lines, key=lambda line: list(Status).index(Status(line.name))))
    return tuple(sorted(lines, key=lambda line: (not line.name, line.name))) if aspect is Aspect.GRADE else lines
