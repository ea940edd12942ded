"""The tally: how many tips of a ledger came in a period by what, against those of the period before. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tipclass.comparison import holm
from tipclass.evaluate import Estimate, share
from tipclass.ledger import Row
from tipclass.periods import DAY, Period, columns
from tipclass.rates import Change, clumping, compare, difference

LEVEL = 0.05  # of all comparisons of one table together (Holm)

Key = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows that came in some days."""

    period: Period
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """How many tips bear a name, and whether that is more or fewer than chance makes it."""

    name: str
    change: Change
    notable: bool


@dataclass(frozen=True, slots=True)
class Column:
    """How many tips came in some days, and in the days that stand in their place in the period before."""

    period: Period
    count: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """How many tips of `whole` are of some sort, their share, and what it was before; None where nothing was before."""

    count: int
    whole: int
    share: Estimate
    before: Estimate | None

    @property
    def grew(self) -> Estimate | None:
        """By how much the share grew, from -1 to 1; None where one of the two is a share of nothing."""
        return difference(self.share, self.before) if self.before and self.whole else None


def stretch(rows: Iterable[Row], period: Period) -> Stretch:
    """Return the rows of a period in the order they came in."""
    return Stretch(period, tuple(sorted((row for row in rows if row.received in period), key=_order)))


def _order(row: Row) -> tuple[date, str]:
    return row.received, row.number


# --- counts --------------------------------------------------------------------------------------


def total(now: Stretch, before: Stretch | None) -> Change:
    """Compare how many tips came."""
    return _change(now.rows, before.rows if before else None, now, before)


def table(now: Stretch, before: Stretch | None, key: Key) -> tuple[Line, ...]:
    """Count tips by what `key` says of them, most first, and compare with the stretch before."""
    counted, earlier = _grouped(now.rows, key), _grouped(before.rows if before else (), key)
    names = sorted(counted.keys() | earlier.keys(), key=lambda name: (-len(counted[name]), -len(earlier[name]), name))
    changes = [_change(counted[name], earlier[name] if before else None, now, before) for name in names]
    odds = holm([each.p for each in changes]).tolist() if changes else []
    return tuple(Line(name, *each) for name, *each in zip(names, changes, (p < LEVEL for p in odds), strict=True))


def without_change(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines that compare with nothing, for what has to ripen, as the status of a tip does."""
    kept = (line for line in lines if line.change.count)
    return tuple(replace(line, change=compare(line.change.count, None, 1, 0), notable=False) for line in kept)


def part(now: Stretch, before: Stretch | None, is_of: Callable[[Row], bool]) -> Part:
    """Return the share of the tips that are of some sort."""
    count = sum(map(is_of, now.rows))
    earlier = share(sum(map(is_of, before.rows)), len(before.rows)) if before and before.rows else None
    return Part(count, len(now.rows), share(count, len(now.rows)), earlier)


def by_time(now: Stretch, before: Stretch | None) -> tuple[Column, ...]:
    """Count tips by days, or by longer steps of a long period, each beside as many days of the period before."""
    back = now.period.days * DAY
    return tuple(
        Column(each, _within(now, each) or 0, _within(before, Period(each.start - back, each.end - back)))
        for each in columns(now.period)
    )


def _within(stretch: Stretch | None, period: Period) -> int | None:
    """Return how many rows of a stretch came in some days; None for days that it does not have."""
    if stretch is None or period.start not in stretch.period:
        return None
    return sum(row.received in period for row in stretch.rows)


def _grouped(rows: Iterable[Row], key: Key) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return grouped


def _change(rows: Sequence[Row], earlier: Sequence[Row] | None, now: Stretch, before: Stretch | None) -> Change:
    sizes = [*_sizes(rows), *_sizes(earlier or ())]
    days = before.period.days if before else 0
    return compare(
        len(rows), None if earlier is None else len(earlier), now.period.days, days, clumping=clumping(sizes)
    )


def _sizes(rows: Iterable[Row]) -> list[int]:
    """Return how many of the rows tell each matter."""
    return list(Counter(row.matter for row in rows).values())
