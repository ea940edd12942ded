"""Nature: what a tip asks for (report, complaint, help ...) and whether its writer is named, by the words it uses."""

import re
from collections.abc import Set
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tipclass import messages
from tipclass.errors import SettingsError
from tipclass.records import Nature, Signature
from tipclass.tomlfile import load_toml
from tipclass.wordlist import Finder

OPENING = 20  # characters in which a text says what it is
PAPER = 2  # words of an authority's paper that make a text one

Words = Annotated[tuple[Annotated[str, Field(min_length=2)], ...], Field(min_length=1)]


def _sound(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error:
        raise ValueError(messages.NATURE_PATTERN.format(pattern=pattern)) from None
    return pattern


Patterns = tuple[Annotated[str, AfterValidator(_sound)], ...]


class Kind(BaseModel):
    """The words of one nature.

    One of `opening` in the first words of a text makes it the main one; one of `beside` anywhere, or `most` of all its
    words, tell it beside another.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Nature
    opening: tuple[str, ...] = ()
    words: Words
    beside: tuple[str, ...] = ()
    most: Annotated[int, Field(ge=1)] = 3

    @cached_property
    def every(self) -> frozenset[str]:
        """All words of this nature."""
        return frozenset((*self.words, *self.beside))

    def told(self, standing: Set[str]) -> int:
        """Return how many different words of this nature are among those that stand in a text."""
        return len(self.every & standing)

    def told_beside(self, standing: Set[str]) -> bool:
        """Tell whether a text of another nature, by the words that stand in it, holds this one too."""
        return not standing.isdisjoint(self.beside) or self.told(standing) >= self.most


class Cues(BaseModel):
    """What nature.toml holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    papers: tuple[str, ...] = ()
    citizens: tuple[str, ...] = ()
    otherwise: Nature
    nature: tuple[Kind, ...]
    anonymous: Patterns = ()
    named: Patterns = ()

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return re.compile("|".join(self.named) or "(?!)")

    @cached_property
    def _anonymous(self) -> re.Pattern[str]:
        return re.compile("|".join(self.anonymous) or "(?!)")

    @cached_property
    def _finder(self) -> Finder:
        kinds = (word for kind in self.nature for word in kind.every)
        return Finder((*self.papers, *self.citizens, *kinds))

    def standing(self, text: str) -> Set[str]:
        """Return the words of all lists that stand in a text."""
        return self._finder.among(text)

    def is_paper(self, standing: Set[str]) -> bool:
        """Tell by the words of a text whether it is an authority's paper rather than a citizen's matter."""
        return len(standing & set(self.papers)) >= PAPER and standing.isdisjoint(self.citizens)

    def signature(self, text: str) -> Signature:
        """Tell whether the writer wants to stay unnamed, gives a name, or neither."""
        if self._anonymous.search(text):
            return Signature.ANONYMOUS
        return Signature.NAMED if self._named.search(text) else Signature.UNKNOWN


def load_cues(path: Path) -> Cues:
    """Read nature.toml; raises SettingsError saying where it does not hold together."""
    return load_toml(path, Cues, what=messages.WHAT_NATURE, error=SettingsError)


def natures(text: str, cues: Cues, *, offence: bool) -> tuple[Nature, ...]:
    """Return what a text asks for, the main nature first; empty for an authority's paper.

    `offence` says that its category is one a department investigates: telling of it is a report, whatever else it asks.
    """
    standing = cues.standing(text)
    if not text.strip() or cues.is_paper(standing):
        return ()
    main = Nature.REPORT if offence else _main(text, standing, cues)
    return (main, *(kind.code for kind in cues.nature if kind.code is not main and kind.told_beside(standing)))


def _main(text: str, standing: Set[str], cues: Cues) -> Nature:
    """Return the nature that the text opens with, else the one with the most words in it, the first of several."""
    opening = text.strip()[:OPENING]
    opened = [(opening.find(word), kind.code) for kind in cues.nature for word in kind.opening if word in opening]
    if opened:
        return min(opened)[1]
    best = max(cues.nature, key=lambda kind: kind.told(standing))
    return best.code if best.told(standing) else cues.otherwise
