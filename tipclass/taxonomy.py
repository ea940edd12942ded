"""The categories tips are routed to, read from taxonomy.toml."""

import difflib
import functools
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tipclass import messages
from tipclass.errors import TaxonomyError
from tipclass.tomlfile import parse_toml, read_toml

CODE = r"^[a-z][a-z0-9_]{0,39}$"


class Category(BaseModel):
    """One category: its fixed code and what staff read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, Field(pattern=CODE)]
    name: Annotated[str, Field(min_length=1, max_length=40)]
    definition: str = ""
    aliases: tuple[str, ...] = ()
    set_aside: bool = False
    no_department: bool = False


class Taxonomy(BaseModel):
    """The categories in their fixed order, which is the column order of every score matrix."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = ""
    rulings: tuple[str, ...] = ()
    category: Annotated[tuple[Category, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _no_word_means_two(self) -> Self:
        owner: dict[str, str] = {}
        for each in self.category:
            for word in (each.code, each.name, *each.aliases):
                other = owner.setdefault(_fold(word), each.code)
                if other != each.code:
                    raise ValueError(messages.TAXONOMY_AMBIGUOUS.format(word=word, one=other, two=each.code))
        if len(self.codes) != len(set(self.codes)):
            raise ValueError(messages.TAXONOMY_TWICE)
        return self

    @functools.cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes, in order."""
        return tuple(each.code for each in self.category)

    @functools.cached_property
    def set_aside(self) -> frozenset[str]:
        """The codes of what is kept on file and not dispatched."""
        return frozenset(each.code for each in self.category if each.set_aside)

    @functools.cached_property
    def no_department(self) -> frozenset[str]:
        """The codes of matters that belong to no department of their own."""
        return frozenset(each.code for each in self.category if each.no_department)

    def name(self, code: str) -> str:
        """Return the Chinese name of a code."""
        return next(each.name for each in self.category if each.code == code)

    @functools.cached_property
    def _codes_by_word(self) -> dict[str, str]:
        return {_fold(word): each.code for each in self.category for word in (each.code, each.name, *each.aliases)}

    def code(self, word: str) -> str:
        """Return the code a person means by a code, name or alias.

        Raises TaxonomyError, naming the nearest known name, when nothing matches.
        """
        try:
            return self._codes_by_word[_fold(word)]
        except KeyError:
            near = difflib.get_close_matches(_fold(word), self._codes_by_word, n=1, cutoff=0.3)
            hint = messages.DID_YOU_MEAN.format(name=self.name(self._codes_by_word[near[0]])) if near else ""
            raise TaxonomyError(messages.UNKNOWN_CATEGORY.format(word=word, hint=hint)) from None


def _fold(word: str) -> str:
    return word.strip().casefold()


def load_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy file; raises TaxonomyError saying what does not hold together."""
    return parse_taxonomy(read_taxonomy(path), source=path.name)


def read_taxonomy(path: Path) -> str:
    """Return the text of a taxonomy file; raises TaxonomyError when it cannot be read."""
    return read_toml(path, what=messages.WHAT_TAXONOMY, error=TaxonomyError)


def parse_taxonomy(content: str, *, source: str) -> Taxonomy:
    """Build a taxonomy from the text of a taxonomy file."""
    return parse_toml(content, Taxonomy, what=messages.WHAT_TAXONOMY, source=source, error=TaxonomyError)
