"""Counts of a ledger: how many tips by what, and the shares an office is asked for."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tipclass import messages
from tipclass.ledger import Row
from tipclass.taxonomy import Taxonomy

MOST_DAYS = 45  # a longer time is counted by month


@dataclass(frozen=True, slots=True)
class Table:
    """A title and how many tips bear each name; `dated` names are days or months in their order."""

    title: str
    counts: tuple[tuple[str, int], ...]
    dated: bool = False


def shares(rows: Sequence[Row], today: date) -> list[tuple[str, int]]:
    """Return how many tips there are, and how many of them an office is asked about."""
    return [
        (messages.SHARE_ALL, len(rows)),
        (messages.SHARE_SENT_ON, sum(row.is_sent_on for row in rows)),
        (messages.SHARE_PENDING, sum(row.is_pending for row in rows)),
        (messages.SHARE_CORRECTED, sum(row.corrected for row in rows)),
        (messages.SHARE_REPEATS, sum(row.is_repeat for row in rows)),
        (messages.SHARE_OVERDUE, sum(row.is_overdue(today) for row in rows)),
    ]


def tables(rows: Sequence[Row], taxonomy: Taxonomy) -> list[Table]:
    """Return how many tips there are by category, grade, department, status, channel, and day or month."""

    def category(row: Row) -> str:
        return taxonomy.name(row.labels[0]) if row.labels else ""

    counted: dict[str, Callable[[Row], str]] = {
        "category": category,
        "department": lambda row: row.lead,
        "grade": lambda row: row.grade,
        "status": lambda row: messages.STATUSES[row.status],
        "channel": lambda row: row.channel,
    }
    titles = messages.FIGURE_TABLES
    return [*(Table(titles[name], _counted(name, map(value, rows))) for name, value in counted.items()), _by_time(rows)]


def _counted(table: str, names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Count names, the most frequent first; those that have an order of their own keep it."""
    counts = Counter(name or messages.FIGURE_NONE for name in names)
    order = {"grade": sorted(counts), "status": list(messages.STATUSES.values())}.get(table)
    rank = order.index if order else lambda name: (-counts[name], name)
    return tuple((name, counts[name]) for name in sorted(counts, key=rank))


def _by_time(rows: Sequence[Row]) -> Table:
    days = [row.received for row in rows]
    by_day = not days or (max(days) - min(days)).days < MOST_DAYS
    names = [day.isoformat() if by_day else f"{day:%Y-%m}" for day in days]
    title = messages.FIGURE_TABLES["day" if by_day else "month"]
    return Table(title, tuple(sorted(Counter(names).items())), dated=True)
