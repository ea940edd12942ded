"""Deadlines: by which day a tip of a channel must have come how far, by the rules of deadlines.toml."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tipclass import messages
from tipclass.errors import SettingsError
from tipclass.records import Nature
from tipclass.tomlfile import load_toml

SATURDAY = 5  # as date.weekday() counts

Word = Annotated[str, Field(min_length=2)]


class Step(BaseModel):
    """How many days (calendar, else working ones) a step may take, for tips of some natures or of all.

    due: whether the ledger counts a tip as overdue by it; extension: days that may be added, which is only told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Word
    days: Annotated[int, Field(ge=1, le=3660)]
    working: bool = False
    natures: tuple[Nature, ...] = ()
    extension: Annotated[int, Field(ge=0, le=3660)] = 0
    due: bool = False
    source: str
    checked: bool = False


class Channel(BaseModel):
    """A way tips come in, and the words it goes by in columns and file names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Word
    words: Annotated[tuple[Word, ...], Field(min_length=1)]
    step: Annotated[tuple[Step, ...], Field(min_length=1)]

    def steps(self, natures: Sequence[Nature]) -> list[Step]:
        """Return the steps that tips of these natures take."""
        return [each for each in self.step if not each.natures or set(each.natures) & set(natures)]


class Deadlines(BaseModel):
    """The channels, the one that is tried first first, and the days that are not worked or worked out of turn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    channel: tuple[Channel, ...] = ()

    def due(self, channel: str, natures: Sequence[Nature], received: date) -> "Due | None":
        """Return by which day a tip is due, and all its steps in a sentence; None for a channel nobody named."""
        found = next((each for each in self.channel if any(word in channel for word in each.words)), None)
        if not found:
            return None
        steps = found.steps(natures)
        told = messages.DEADLINE_STEPS.format(channel=found.name, steps="；".join(self._told(steps, received)))
        counted = [self.last_day(each, received) for each in steps if each.due]
        return Due(min(counted, default=None), told)

    def last_day(self, step: Step, received: date) -> date:
        """Return the last day of a step; the day after a tip came in is the first."""
        if not step.working:
            return received + timedelta(days=step.days)
        after = (received + timedelta(days=number) for number in count(1))
        return next(islice(filter(self.is_worked, after), step.days - 1, None))

    def is_worked(self, day: date) -> bool:
        """Tell whether a day is a working day: no weekend and no holiday, unless it is worked out of turn."""
        return day in self.workdays or (day.weekday() < SATURDAY and day not in self.holidays)

    def _told(self, steps: Iterable[Step], received: date) -> Iterable[str]:
        for each in steps:
            unit = messages.DEADLINE_WORKING if each.working else messages.DEADLINE_CALENDAR
            more = messages.DEADLINE_EXTENSION.format(days=each.extension, unit=unit) if each.extension else ""
            form = {"name": each.name, "days": each.days, "unit": unit, "more": more}
            told = messages.DEADLINE_STEP.format(**form, day=self.last_day(each, received).isoformat())
            yield told if each.checked else messages.UNCHECKED.format(text=told)


@dataclass(frozen=True, slots=True)
class Due:
    """The day a tip is due, None where no step counts, and its steps as staff read them."""

    day: date | None
    told: str


def load_deadlines(path: Path) -> Deadlines:
    """Read a table of deadlines; raises SettingsError saying where it does not hold together."""
    return load_toml(path, Deadlines, what=messages.WHAT_DEADLINES, error=SettingsError)
