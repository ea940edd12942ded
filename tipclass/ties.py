"""Ties: what links tips that tell different matters, such as a plate, a phone or the name of a firm."""

from collections.abc import Sequence
from dataclasses import dataclass

from tipclass.records import Series


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: the ids, raw texts and plain texts of the tips that tell it, and the areas they were filed in."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    plain: tuple[str, ...]
    areas: frozenset[str]


def ties(matters: Sequence[Matter]) -> list[Series]:
    """Return the series of matters."""
    return []
