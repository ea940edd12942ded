"""Traces: what in a text leads to a person, and what kind of thing it is."""

from dataclasses import dataclass
from enum import StrEnum


class TraceKind(StrEnum):
    """What leads to a person; `other_name` is the name of somebody on the informant's side."""

    NAME = "name"
    OTHER_NAME = "other_name"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    ACCOUNT = "account"
    EMAIL = "email"
    BANK_CARD = "bank_card"
    PLATE = "plate"
    ADDRESS = "address"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace from `start` up to `end` (code points)."""

    kind: TraceKind
    start: int
    end: int
