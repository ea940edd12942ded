"""Surges: what is told more often than it used to be, by more than chance and the growth of the whole explain. Pure.

Counted are matters, each on the day it was first told, so that one matter told by twenty neighbours is no surge.
What was usual is what came before the period, for as long as `periods.past` says. The share of all matters that would
fall into the period without a surge is that of its days, or that of all its matters if that is larger. Each topic is
tested exactly (binomial, which is Poisson against Poisson), all together at ALARMS by Tarone's correction.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from tipclass.districts import levels
from tipclass.ledger import Row
from tipclass.periods import Period
from tipclass.rates import Change, compare, tail, tarone
from tipclass.tally import stretch

ALARMS = 0.05  # at most one report in twenty calls a surge where there is none
LEAST = 5  # matters: fewer are looked at one by one anyway
LEAST_NAME = 4  # characters: shorter subjects are words that many bear, such as 养猪场


class Kind(StrEnum):
    """What the tips of a surge have in common: a category, also with a district, or what ties a series."""

    CATEGORY = "category"
    DISTRICT = "district"
    SUBJECT = "subject"
    PLATE = "plate"
    SHIP = "ship"
    PHONE = "phone"
    ACCOUNT = "account"
    PLACE = "place"
    METHOD = "method"


@dataclass(frozen=True, slots=True, order=True)
class Topic:
    """What tips have in common: the code of a category, the words for a place, subject, plate ..., or both."""

    kind: Kind
    code: str = ""
    wording: str = ""

    def lies_in(self, other: "Topic") -> bool:
        """Tell whether another topic is the same category in a wider place, or everywhere."""
        return bool(self.code) and self.code == other.code and self.wording.startswith(other.wording)


@dataclass(frozen=True, slots=True)
class Surge:
    """A topic told more often than usual.

    change: its matters in the period and before; p: how often chance alone would bring as many, before correction;
    rows: the tips of the period that tell them, repeats among them; also: other topics that surge only because this one
    does.
    """

    topic: Topic
    change: Change
    p: float
    rows: tuple[Row, ...]
    also: tuple[Topic, ...] = ()

    @property
    def usual(self) -> float:
        """How many matters would have been usual in the period."""
        return (self.change.before or 0) * self.change.days / self.change.days_before


def surges(
    rows: Sequence[Row], period: Period, past: Period | None, *, set_aside: Set[str] = frozenset()
) -> tuple[Surge, ...]:
    """Return what surges in a period, the least explicable by chance first; without a past nothing can.

    `set_aside` are the codes of what is no tip.
    """
    firsts = [row for row in _firsts(rows) if not (row.labels and row.labels[0] in set_aside)]
    now = stretch(firsts, period).rows
    then = stretch(firsts, past).rows if past else ()
    if past is None or not now or not then:
        return ()
    share = max(period.days / (period.days + past.days), len(now) / len(now + then))
    matters = _Matters(_by_topic(now), _by_topic(then), share)
    return tuple(
        Surge(
            topic,
            compare(len(matters.now[topic]), len(matters.then.get(topic, ())), period.days, past.days),
            matters.chance(topic),
            tuple(row for row in stretch(rows, period).rows if row.matter in matters.now[topic]),
            tuple(each for each in also if not topic.lies_in(each)),
        )
        for topic, also in matters.surging().items()
    )


@dataclass(frozen=True, slots=True)
class _Matters:
    """The matters of each topic in the period and before, by number, and the share expected in the period."""

    now: Mapping[Topic, Set[str]]
    then: Mapping[Topic, Set[str]]
    share: float

    def chance(self, topic: Topic, *, without: Topic | None = None) -> float:
        """Return how often chance brings as many matters of a topic, or of those that another one does not have."""
        now, then = self.now.get(topic, frozenset()), self.then.get(topic, frozenset())
        if without:
            now, then = now - self.now[without], then - self.then.get(without, frozenset())
        return tail(len(now), len(then), self.share) if len(now) >= LEAST else 1.0

    def surging(self) -> dict[Topic, tuple[Topic, ...]]:
        """Return the topics that surge, the clearest first, each with those that surge only because it does."""
        tested = self._distinct()
        totals = [len(self.now.get(topic, ())) + len(self.then.get(topic, ())) for topic in tested]
        _, level = tarone(totals, self.share, ALARMS)
        odds = {topic: self.chance(topic) for topic in tested}
        clear = [topic for topic in tested if odds[topic] <= level]
        kept: dict[Topic, tuple[Topic, ...]] = {}
        for topic in sorted(clear, key=lambda topic: (odds[topic], len(self.now[topic]), topic)):
            behind = next((other for other in kept if self.chance(topic, without=other) > level), topic)
            kept[behind] = (*kept[behind], topic) if behind in kept else ()
        return kept

    def _distinct(self) -> list[Topic]:
        """Return the topics, of those that the very same matters tell only the last in order, which says most."""
        return list(
            {
                (frozenset(self.now.get(topic, ())), frozenset(self.then.get(topic, ()))): topic
                for topic in sorted(self.now.keys() | self.then.keys())
            }.values()
        )


def topics(row: Row) -> Iterator[Topic]:
    """Yield what a tip may have in common with others."""
    code = row.labels[0] if row.labels else ""
    if code:
        yield Topic(Kind.CATEGORY, code)
        yield from (Topic(Kind.DISTRICT, code, level) for level in levels(row.place))
    if len(row.subject) >= LEAST_NAME:
        yield Topic(Kind.SUBJECT, wording=row.subject)
    yield from (Topic(Kind(each.kind.value), wording=each.wording) for each in row.series)


def _firsts(rows: Sequence[Row]) -> list[Row]:
    """Return the first tip of each matter."""
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row.received, row.number)):
        found.setdefault(row.matter, row)
    return list(found.values())


def _by_topic(rows: Iterable[Row]) -> dict[Topic, set[str]]:
    found: defaultdict[Topic, set[str]] = defaultdict(set)
    for row in rows:
        for topic in topics(row):
            found[topic].add(row.matter)
    return dict(found)
