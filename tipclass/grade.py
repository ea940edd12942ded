"""Grading: how urgent a tip is, by the rules of grade.toml, with the words that decided."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tipclass import messages
from tipclass.elements import kinds_told
from tipclass.errors import SettingsError
from tipclass.records import Element, ElementKind, Grade
from tipclass.tomlfile import load_toml
from tipclass.wordlist import Finder

LOWEST = "C"
NEGATED = 6  # characters before a word in which a negation takes it back
CONCRETE = (ElementKind.TIME, ElementKind.PLACE, ElementKind.SUBJECT, ElementKind.ACT)

Words = Annotated[tuple[Annotated[str, Field(min_length=2)], ...], Field(min_length=1)]


class Rule(BaseModel):
    """One rule: it holds when everything it asks for is there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    grade: Literal["A", "B"]
    name: Annotated[str, Field(min_length=1)]
    words: tuple[Words, ...] = ()
    figure: bool = False
    concrete: Annotated[int, Field(ge=0, le=len(CONCRETE))] = 0
    repeats: Annotated[int, Field(ge=0)] = 0
    offences: bool = False


class Grading(BaseModel):
    """The rules, the most urgent first, and the words that take a word back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    negations: tuple[str, ...] = ()
    rule: tuple[Rule, ...]

    @cached_property
    def _finder(self) -> Finder:
        return Finder(word for rule in self.rule for group in rule.words for word in group)

    def standing(self, text: str) -> Set[str]:
        """Return the words of all rules that stand in a text, whether taken back or not."""
        return self._finder.among(text)


@dataclass(frozen=True)
class Facts:
    """What grading looks at: the raw text, whether a department takes it, its elements, and what else is known.

    hints: names of the statutory figures or circumstances it reaches; repeats: how often the same was told.
    """

    text: str
    offence: bool
    elements: Sequence[Element] = ()
    hints: Sequence[str] = ()
    repeats: int = 1

    @cached_property
    def kinds(self) -> tuple[ElementKind, ...]:
        """The kinds of element that make a tip concrete and are there."""
        found = kinds_told(self.elements)
        return tuple(kind for kind in CONCRETE if kind in found)


def load_grading(path: Path) -> Grading:
    """Read the rules; raises SettingsError saying where they do not hold together."""
    return load_toml(path, Grading, what=messages.WHAT_GRADE, error=SettingsError)


def grade(facts: Facts, grading: Grading) -> Grade:
    """Return the grade by the first rule that holds, with a reason for every rule of that grade that does."""
    told = grading.standing(facts.text)
    held = [(rule.grade, reason) for rule in grading.rule if (reason := _reason(rule, facts, told, grading.negations))]
    if not held:
        return Grade(LOWEST, (messages.GRADE_LOWEST,))
    level = held[0][0]
    return Grade(level, tuple(reason for other, reason in held if other == level))


def _reason(rule: Rule, facts: Facts, told: Set[str], negations: Sequence[str]) -> str:
    """Return why a rule holds; empty when it does not. `told` are the words that stand in the text."""
    asked = (
        not rule.offences or facts.offence,
        not rule.figure or bool(facts.hints),
        len(facts.kinds) >= rule.concrete,
        facts.repeats >= rule.repeats,
    )
    if not all(asked) or any(told.isdisjoint(group) for group in rule.words):
        return ""
    found = [standing([word for word in group if word in told], facts.text, negations) for group in rule.words]
    if not all(found):
        return ""
    return messages.GRADE_REASON.format(name=rule.name, words="、".join([*found, *_shown(rule, facts)]))


def _shown(rule: Rule, facts: Facts) -> list[str]:
    shown = list(facts.hints) if rule.figure else []
    shown += [messages.ELEMENTS[kind] for kind in facts.kinds] if rule.concrete else []
    return shown + ([messages.GRADE_REPEATS.format(count=facts.repeats)] if rule.repeats else [])


def standing(words: Sequence[str], text: str, negations: Sequence[str]) -> str:
    """Return the first of some words that stands in a text and is not taken back; empty when none does.

    >>> standing(["爆炸"], "没有发生爆炸", ["没有"]), standing(["爆炸"], "没有人管，昨天爆炸了", ["没有"])
    ('', '爆炸')
    """
    for word in words:
        place = text.find(word)
        while place >= 0:
            before = text[max(0, place - NEGATED) : place]
            clause = before[max(map(before.rfind, "，。；！？,;!?\n")) + 1 :]
            if not any(negation in clause for negation in negations):
                return word
            place = text.find(word, place + 1)
    return ""
