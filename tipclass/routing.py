"""Routing: which departments take a tip, by its categories, its words and the day of its facts. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tipclass import messages
from tipclass.errors import SettingsError
from tipclass.records import Basis, Departments
from tipclass.routing_table import Department, Provision, Routing, Switch, did_you_mean

T = TypeVar("T")


def departments(
    routing: Routing, codes: Sequence[str], text: str, day: date, answers: Mapping[str, str]
) -> Departments:
    """Return who takes a tip: the main category's lead leads, all the others assist, nobody twice.

    `codes` are the categories, main first; `day` is the day of the facts, whose law is the basis; `answers` are the
    local settings by key. Categories without a row in the table are not dispatched and give no department.
    """
    rows = [row for code in codes for row in routing.department if row.code == code and row.holds_on(day)]
    dispatches = [_Dispatch(row, _fired(routing.switches(row), text)) for row in rows]
    lead, *assist = _once(name for dispatch in dispatches for name in dispatch.authorities(answers)) or ("",)
    asked = {key for dispatch in dispatches for key in dispatch.unanswered(answers)}
    return Departments(
        lead=lead,
        assist=tuple(assist),
        basis=_in_force((each for row in rows for each in row.basis), day),
        unanswered=tuple(each.name for each in routing.local if each.key in asked),
        criminal=_in_force((each for row in rows for each in row.criminal), day),
        reasons=_once(_reason(switch, text) for dispatch in dispatches for switch in dispatch.switches),
    )


def text_of_basis(basis: Basis) -> str:
    """Return a basis as staff read it, marked where nobody compared it with the official text."""
    return basis.text if basis.checked else messages.UNCHECKED.format(text=basis.text)


def open_questions(routing: Routing, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the local settings that are not answered: key and question, in the order of the table."""
    return {
        each.key: messages.LOCAL_QUESTION.format(name=each.name, question=each.question)
        for each in routing.local
        if not _answer(each.key, answers)
    }


def check_answers(routing: Routing, answers: Mapping[str, str]) -> None:
    """Raise SettingsError, naming the nearest key, when an answer is to a question the table does not ask."""
    keys = [each.key for each in routing.local]
    for key in answers:
        if key not in keys:
            hint = did_you_mean(key, keys)
            raise SettingsError(messages.SETTINGS_UNKNOWN.format(key=key, hint=hint, keys="、".join(keys)))


@dataclass(frozen=True, slots=True)
class _Dispatch:
    """One category of a tip: its department and the switches its words fired."""

    department: Department
    switches: Sequence[Switch]

    @property
    def posts(self) -> Sequence[Department | Switch]:
        """What names the leads, the first of them leading: the switches that do, else the department."""
        return [each for each in self.switches if each.lead or each.local] or [self.department]

    def authorities(self, answers: Mapping[str, str]) -> list[str]:
        """Return the leads, then those who assist."""
        leads = [each.lead or _answer(each.local, answers) or messages.LOCAL_UNANSWERED for each in self.posts]
        return leads + [name for each in self.switches for name in each.assist]

    def unanswered(self, answers: Mapping[str, str]) -> list[str]:
        """Return the keys of the local settings that would have named a lead."""
        return [each.local for each in self.posts if each.local and not _answer(each.local, answers)]


def _fired(switches: Iterable[Switch], text: str) -> list[Switch]:
    return [each for each in switches if each.fired_by(text)]


def _answer(key: str, answers: Mapping[str, str]) -> str:
    return answers.get(key, "").strip()


def _in_force(provisions: Iterable[Provision], day: date) -> tuple[Basis, ...]:
    return _once(each.basis for each in provisions if each.holds_on(day))


def _reason(switch: Switch, text: str) -> str:
    return messages.SWITCH_FIRED.format(word=switch.fired_by(text), name=switch.name)


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
