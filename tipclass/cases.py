"""Behaviour cases: small texts that say what a model must do, checked one by one."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tipclass import messages
from tipclass.errors import CorpusError, TaxonomyError
from tipclass.model import Model
from tipclass.readers import read_table
from tipclass.records import Decision, Tip
from tipclass.targets import replacing
from tipclass.taxonomy import Taxonomy
from tipclass.triage import triage

CASES, FROZEN = "cases.csv", "cases-frozen.csv"
COLUMNS = ("id", "text", "check", "other", "labels", "strength", "trait", "note")


class Strength(StrEnum):
    """How firmly a case must hold: STRONG always, MEDIUM should, WEAK is wished for."""

    STRONG = "STRONG"
    MEDIUM = "MEDIUM"
    WEAK = "WEAK"


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what is checked of its decision, and the id of the case it is compared with."""

    id: str
    text: str
    check: str
    other: str
    labels: tuple[str, ...]
    strength: Strength
    trait: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a case held, and the labels the model gave."""

    case: Case
    passed: bool
    given: tuple[str, ...]


def _main(case: Case, given: Sequence[str], other: Sequence[str]) -> bool:
    """Hold that the main label is the one named."""
    return given[0] == case.labels[0]


def _has(case: Case, given: Sequence[str], other: Sequence[str]) -> bool:
    """Hold that all labels named are given."""
    return set(case.labels) <= set(given)


def _lacks(case: Case, given: Sequence[str], other: Sequence[str]) -> bool:
    """Hold that none of the labels named is given."""
    return not set(case.labels) & set(given)


def _same_as(case: Case, given: Sequence[str], other: Sequence[str]) -> bool:
    """Hold that the main label is that of the other case."""
    return given[0] == other[0]


def _adds(case: Case, given: Sequence[str], other: Sequence[str]) -> bool:
    """Hold that the labels named are given beside the main one of the other case."""
    return {*case.labels, other[0]} <= set(given)


CHECKS: Mapping[str, Callable[[Case, Sequence[str], Sequence[str]], bool]] = {
    "main": _main,
    "has": _has,
    "lacks": _lacks,
    "same_as": _same_as,
    "adds": _adds,
}
WITH_OTHER = {"same_as", "adds"}


def load_cases(path: Path, taxonomy: Taxonomy) -> list[Case]:
    """Read a table of cases; raises CorpusError naming the first row that does not hold together."""
    cases: list[Case] = []
    for table in read_table(path):
        if not set(COLUMNS) <= set(table.columns):
            usual = "、".join(COLUMNS)
            raise CorpusError(messages.CASES_COLUMNS.format(path=path.name, usual=usual))
        for row, cells in table.rows:
            try:
                cases.append(_case(dict(zip(table.columns, cells, strict=True)), taxonomy))
            except (ValueError, TaxonomyError) as error:
                raise CorpusError(messages.CASES_ROW.format(place=f"{path.name}:{row}", problem=error)) from None
    known = {case.id for case in cases}
    for case in cases:
        if case.check in WITH_OTHER and case.other not in known:
            raise CorpusError(messages.CASES_OTHER.format(id=case.id, other=case.other))
    return cases


def _case(cells: Mapping[str, str], taxonomy: Taxonomy) -> Case:
    if cells["check"] not in CHECKS:
        raise ValueError(messages.CASES_CHECK.format(check=cells["check"], checks="、".join(CHECKS)))
    labels = taxonomy.labels(cells["labels"])
    if not labels and cells["check"] != "same_as":
        raise ValueError(messages.CORPUS_NO_LABEL)
    strength = Strength(cells["strength"])
    return Case(cells["id"], cells["text"], cells["check"], cells["other"], labels, strength, cells["trait"])


def run_cases(cases: Sequence[Case], model: Model) -> list[Outcome]:
    """Classify every case and check it."""
    entries = triage([Tip(case.id, case.text) for case in cases], model)
    given = {entry.tip.id: _codes(entry.decision) for entry in entries}
    return [
        Outcome(case, CHECKS[case.check](case, given[case.id], given.get(case.other, ())), given[case.id])
        for case in cases
    ]


def _codes(decision: Decision) -> tuple[str, ...]:
    return tuple(label.code for label in decision.labels)


def pass_rates(outcomes: Iterable[Outcome]) -> list[tuple[str, str, str, str]]:
    """Return trait and, for each strength, how many cases passed of how many; all traits together come last."""
    passed: Counter[tuple[str, Strength]] = Counter()
    total: Counter[tuple[str, Strength]] = Counter()
    for outcome in outcomes:
        for trait in (outcome.case.trait, messages.STATS_ALL):
            total[trait, outcome.case.strength] += 1
            passed[trait, outcome.case.strength] += outcome.passed
    traits = [*sorted({trait for trait, _ in total} - {messages.STATS_ALL}), messages.STATS_ALL]
    strong, medium, weak = (
        [f"{passed[trait, strength]}/{total[trait, strength]}" if total[trait, strength] else "-" for trait in traits]
        for strength in Strength
    )
    return list(zip(traits, strong, medium, weak, strict=True))


def broken(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the STRONG cases that did not hold."""
    return [outcome for outcome in outcomes if outcome.case.strength is Strength.STRONG and not outcome.passed]


def changes(outcomes: Iterable[Outcome], frozen: Mapping[str, bool]) -> tuple[list[str], list[str]]:
    """Return the ids of cases that hold now and did not, and of those that held and do not any more."""
    known = [outcome for outcome in outcomes if outcome.case.id in frozen]
    gained = [each.case.id for each in known if each.passed and not frozen[each.case.id]]
    lost = [each.case.id for each in known if not each.passed and frozen[each.case.id]]
    return gained, lost


def read_frozen(path: Path) -> dict[str, bool]:
    """Read the last accepted run: case id -> held; empty when there is none."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["passed"] == "1" for row in csv.DictReader(stream)}


def freeze(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write this run as the accepted one."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(("id", "passed", "given"))
        rows.writerows((each.case.id, int(each.passed), ";".join(each.given)) for each in outcomes)
