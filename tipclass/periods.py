"""Periods: the days a report is about, and those it is compared with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tipclass import messages
from tipclass.errors import UsageError

DAY = timedelta(days=1)
MONTH = 28  # days: a ledger that spans fewer is reported as a whole
COVERED = 0.5  # of the period before must lie in the ledger: with less, single weeks decide what counts as usual
# How many periods back the usual rate is taken from: more would be another season, fewer would be hardly any tips.
LOOK_BACK = 6
MOST_COLUMNS = 62  # days drawn one by one, two months; longer periods are drawn by weeks, then by four weeks
STEPS = (1, 7, 28)  # days


@dataclass(frozen=True, slots=True)
class Period:
    """Some days in a row, both ends counted."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.start <= day <= self.end

    def back(self, times: int = 1) -> "Period":
        """Return the stretch before it, so many times as long."""
        return Period(self.start - times * self.days * DAY, self.start - DAY)


def chosen(days: Sequence[date], start: date | None, end: date | None, today: date) -> Period:
    """Return the period asked for, cut at today; an end that was not named is that of the days, which are not empty.

    Without both ends: the last calendar month that is over and has days, or all days where they span less than a month
    or no such month is over. Raises UsageError for a period that ends before it begins or begins after today.
    """
    if start is None and end is None:
        return _usual(days, today)
    first, last = start or min(*days, end or days[0]), end or max(*days, start or days[0])
    if first > last:
        raise UsageError(messages.REPORT_BACKWARDS.format(start=first, end=last))
    if first > today:
        raise UsageError(messages.REPORT_FUTURE.format(start=first, today=today))
    return Period(first, min(last, today))


def _usual(days: Sequence[date], today: date) -> Period:
    everything = Period(min(days), max(days))
    over = [day for day in days if month_of(day).end < today]
    if everything.days < MONTH or not over:
        return everything
    return month_of(max(over))


def month_of(day: date) -> Period:
    """Return the calendar month of a day.

    >>> month_of(date(2024, 2, 5)).end
    datetime.date(2024, 2, 29)
    """
    start = day.replace(day=1)
    return Period(start, (start + 31 * DAY).replace(day=1) - DAY)


def covered(period: Period, first: date) -> Period | None:
    """Return the part of a period from the first day of a ledger on; None where that is too little to compare with."""
    part = Period(max(period.start, first), period.end)
    return part if part.days >= COVERED * period.days else None


def past(period: Period, first: date) -> Period | None:
    """Return the days that say what was usual before a period: LOOK_BACK times as many, as far as the ledger goes."""
    part = Period(max(period.back(LOOK_BACK).start, first), period.back().end)
    return part if part.days >= COVERED * period.days else None


def columns(period: Period) -> Iterator[Period]:
    """Yield a period in days, weeks or four weeks, whichever can be drawn; the last part may be shorter."""
    step = next((step for step in STEPS if period.days <= MOST_COLUMNS * step), STEPS[-1])
    for place in range(0, period.days, step):
        start = period.start + place * DAY
        yield Period(start, min(period.end, start + (step - 1) * DAY))
