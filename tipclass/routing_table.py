"""The routing table: what routing.toml may hold, and how it is read."""

import difflib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator

from tipclass import messages
from tipclass.errors import RoutingError
from tipclass.records import Basis
from tipclass.taxonomy import CODE
from tipclass.tomlfile import load_toml, parse_toml
from tipclass.units import UNITS

SHORTEST_WORD = 2  # one character stands in every other text


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """Return half a sentence that names the nearest known name, or nothing when none is near."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.3)
    return messages.DID_YOU_MEAN.format(name=near[0]) if near else ""


def _sound_words(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if len(word) < SHORTEST_WORD or word != word.strip():
            raise ValueError(messages.ROUTING_WORD.format(word=word))
    _refuse_twice(words)
    return words


def _sound_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error:
        raise ValueError(messages.ROUTING_PATTERN.format(pattern=pattern)) from None
    return pattern


def _refuse_twice(names: Sequence[str]) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise ValueError(messages.ROUTING_TWICE.format(name=name))


def _refuse_overlaps(rows: Iterable[tuple[str, "Dated"]]) -> None:
    for (name, one), (other_name, other) in itertools.combinations(rows, 2):
        if name == other_name and one.overlaps(other):
            raise ValueError(messages.ROUTING_OVERLAP.format(name=name))


def _refuse_unknown(names: Iterable[str], known: Sequence[str], sentence: str) -> None:
    for name in names:
        if name not in known:
            raise ValueError(sentence.format(name=name, hint=did_you_mean(name, known)))


Text = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=CODE)]
Words = Annotated[tuple[str, ...], AfterValidator(_sound_words)]
SomeWords = Annotated[Words, Field(min_length=1)]
Day = Annotated[date, Strict()]
Pattern = Annotated[str, AfterValidator(_sound_pattern)]


class Row(BaseModel):
    """Any table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dated(Row):
    """What holds from one day to another, both included, and where it was read; an open end is left out."""

    effective_from: Day | None = None
    effective_to: Day | None = None
    source: Text
    checked: Annotated[bool, Strict()] = False

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.effective_from and self.effective_to and self.effective_from > self.effective_to:
            raise ValueError(messages.ROUTING_PERIOD.format(start=self.effective_from, end=self.effective_to))
        return self

    def holds_on(self, day: date) -> bool:
        """Tell whether the row holds for facts of that day."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)

    def overlaps(self, other: Self) -> bool:
        """Tell whether there is a day on which both rows hold."""
        return self.holds_on(other.effective_from or date.min) or other.holds_on(self.effective_from or date.min)


class Provision(Dated):
    """A law with the articles that matter here, and the laws it took the place of."""

    law: Text
    articles: str = ""
    replaces: tuple[str, ...] = ()

    @cached_property
    def basis(self) -> Basis:
        """The provision as staff are shown it."""
        return Basis(f"{self.law} {self.articles}".strip(), self.source, self.checked, self.effective_from)


class Switch(Row):
    """Words that give a tip another lead, the answer of a local setting as its lead, or further departments.

    It fires when one of `words` stands in the text and none of `unless`.
    """

    name: Text
    words: SomeWords
    unless: Words = ()
    lead: str = ""
    local: str = ""
    assist: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if self.lead and self.local:
            raise ValueError(messages.ROUTING_LEAD_OR_LOCAL)
        if not (self.lead or self.local or self.assist):
            raise ValueError(messages.ROUTING_IDLE.format(name=self.name))
        return self

    def fired_by(self, text: str) -> str:
        """Return the word that fires the switch, or nothing."""
        if any(word in text for word in self.unless):
            return ""
        return next((word for word in self.words if word in text), "")


class SharedSwitch(Switch):
    """A switch of several categories."""

    codes: Annotated[tuple[str, ...], Field(min_length=1)]


class Department(Dated):
    """The department of a category: its lead, or the local setting that names it, before any switch."""

    code: Code
    lead: str = ""
    local: str = ""
    basis: tuple[Provision, ...] = ()
    criminal: tuple[Provision, ...] = ()
    switch: tuple[Switch, ...] = ()

    @model_validator(mode="after")
    def _has_one_lead(self) -> Self:
        if bool(self.lead) == bool(self.local):
            raise ValueError(messages.ROUTING_LEAD_OR_LOCAL)
        _refuse_twice([each.name for each in self.switch])
        return self

    @model_validator(mode="after")
    def _laws_follow_each_other(self) -> Self:
        _refuse_overlaps((each.law, each) for each in self.basis)
        ends = {each.law: each.effective_to for each in self.basis}
        for each in self.basis:
            eve = each.effective_from - timedelta(days=1) if each.effective_from else None
            for old in each.replaces:
                if eve is None or ends.get(old) != eve:
                    raise ValueError(messages.ROUTING_REPLACES.format(law=each.law, old=old, day=eve or ""))
        return self


class Local(Row):
    """A matter the law leaves to the locality: its key in settings.toml and what the office is asked."""

    key: Code
    name: Text
    question: Text


class Circumstance(Row):
    """A circumstance of the criminal statutes and the words people have for it."""

    name: Text
    words: SomeWords


class Measure(Row):
    """The least quantity of a figure; one of `beside`, if any, must stand in the quantity's sentence.

    `conversion` turns trade units into `unit`: a 条 of cigarettes is 200 支.
    """

    kind: Literal["mass", "volume", "area", "money", "count", "times"]
    least: Annotated[float, Field(gt=0)]
    unit: str
    beside: tuple[Text, ...] = ()
    conversion: Mapping[str, Annotated[float, Field(gt=0)]] = {}

    @model_validator(mode="after")
    def _unit_is_of_its_kind(self) -> Self:
        units = [name for name, unit in UNITS.items() if unit.kind == self.kind]
        if self.unit not in units:
            raise ValueError(messages.ROUTING_UNIT.format(unit=self.unit, kind=self.kind, units="、".join(units)))
        return self


class Figure(Dated):
    """A statutory figure: all circumstances of `when`, none of `unless`, and the measure where there is one."""

    codes: Annotated[tuple[str, ...], Field(min_length=1)]
    name: Text
    provision: Text
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    measure: Measure | None = None

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if not self.when and not self.measure:
            raise ValueError(messages.ROUTING_NEVER_MET.format(name=self.name))
        return self


class Recognised(Row):
    """A paper of a referral folder or a field of a referral letter, known by words or by a regular expression."""

    name: Text
    words: Words = ()
    pattern: Pattern = ""

    @model_validator(mode="after")
    def _is_known_by_something(self) -> Self:
        if not self.words and not self.pattern:
            raise ValueError(messages.ROUTING_UNRECOGNISED.format(name=self.name))
        return self


class Routing(Row):
    """The whole table; the order of rows is the order in which they are asked and shown."""

    title: str = ""
    authorities: Annotated[tuple[Text, ...], Field(min_length=1)]
    department: Annotated[tuple[Department, ...], Field(min_length=1)]
    shared_switch: tuple[SharedSwitch, ...] = ()
    local: tuple[Local, ...] = ()
    circumstance: tuple[Circumstance, ...] = ()
    figure: tuple[Figure, ...] = ()
    paper: tuple[Recognised, ...] = ()
    field: tuple[Recognised, ...] = ()

    @model_validator(mode="after")
    def _no_name_means_two(self) -> Self:
        for rows in (self.shared_switch, self.local, self.circumstance, self.paper, self.field):
            _refuse_twice([each.name for each in rows])
        _refuse_twice(self.authorities)
        _refuse_twice([each.key for each in self.local])
        _refuse_overlaps((each.code, each) for each in self.department)
        return self

    @model_validator(mode="after")
    def _every_name_is_known(self) -> Self:
        switches = [*self.shared_switch, *(switch for each in self.department for switch in each.switch)]
        posts: list[Department | Switch] = [*self.department, *switches]
        leads = [each.lead for each in posts if each.lead]
        assisting = [name for each in switches for name in each.assist]
        questions = [each.local for each in posts if each.local]
        codes = [code for rows in (self.shared_switch, self.figure) for each in rows for code in each.codes]
        circumstances = [name for each in self.figure for name in (*each.when, *each.unless)]
        _refuse_unknown([*leads, *assisting], self.authorities, messages.ROUTING_AUTHORITY)
        _refuse_unknown(questions, [each.key for each in self.local], messages.ROUTING_LOCAL)
        _refuse_unknown(codes, [each.code for each in self.department], messages.ROUTING_CODE)
        _refuse_unknown(circumstances, [each.name for each in self.circumstance], messages.ROUTING_CIRCUMSTANCE)
        return self

    def switches(self, department: Department) -> tuple[Switch, ...]:
        """Return the switches of a department: its own, then the shared ones."""
        return (*department.switch, *(each for each in self.shared_switch if department.code in each.codes))


def load_routing(path: Path) -> Routing:
    """Read a routing table; raises RoutingError saying what does not hold together."""
    return load_toml(path, Routing, what=messages.WHAT_ROUTING, error=RoutingError)


def parse_routing(content: str, *, source: str) -> Routing:
    """Build a routing table from the text of a routing file; raises RoutingError as `load_routing` does."""
    return parse_toml(content, Routing, what=messages.WHAT_ROUTING, source=source, error=RoutingError)
