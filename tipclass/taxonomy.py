"""The categories tips are routed to, read from taxonomy.toml."""

import difflib
import functools
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from tipclass import messages
from tipclass.errors import TaxonomyError
from tipclass.tomlfile import parse_toml, read_toml

CODE = r"^[a-z][a-z0-9_]{0,39}$"
LONGEST_NAME = 200  # characters
LONGEST_SHOWN = 16  # of what was written in place of a category: a longer one may be a tip
SEPARATORS = re.compile("[;；]")
LOOSE_SEPARATORS = re.compile("[、|]")  # may also be part of a name


def _sound_name(name: str) -> str:
    if SEPARATORS.search(name) or not name.strip() or any(unicodedata.category(each) == "Cc" for each in name):
        raise ValueError(messages.TAXONOMY_NAME.format(name=" ".join(name.split())))
    return name


Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_sound_name)]


class Category(BaseModel):
    """One category: its fixed code and what staff read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, Field(pattern=CODE)]
    name: Name
    definition: str = ""
    aliases: tuple[Name, ...] = ()
    set_aside: bool = False
    no_department: bool = False


class Taxonomy(BaseModel):
    """The categories in their fixed order, which is the column order of every score matrix."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = ""
    rulings: tuple[str, ...] = ()
    category: tuple[Category, ...]

    @model_validator(mode="after")
    def _no_word_means_two(self) -> Self:
        if len(self.category) < 2:
            raise ValueError(messages.TAXONOMY_TOO_FEW)
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
        return self._names[code]

    @functools.cached_property
    def _names(self) -> dict[str, str]:
        return {each.code: each.name for each in self.category}

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
            shown = word if len(word) <= LONGEST_SHOWN else messages.HIDDEN_WORD  # a tip where a label was expected
            raise TaxonomyError(messages.UNKNOWN_CATEGORY.format(word=shown, hint=hint)) from None

    def labels(self, cell: str) -> tuple[str, ...]:
        """Return the codes a cell of labels names, main first and each once; raises TaxonomyError as `code` does."""
        return tuple(dict.fromkeys(map(self.code, split_labels(cell, lambda word: _fold(word) in self._codes_by_word))))


def split_labels(cell: str, known: Callable[[str], bool]) -> Iterator[str]:
    """Yield the words of a cell of labels: a JSON list, or separated by `;`.

    A word nobody knows is separated at `、` and `|` too, which may also be part of a name.

    >>> [list(split_labels("甲；乙、丙", names.__contains__)) for names in ({"甲", "乙", "丙"}, {"甲", "乙、丙"})]
    [['甲', '乙', '丙'], ['甲', '乙、丙']]
    """
    for word in _json_list(cell) or SEPARATORS.split(cell):
        parts = [word] if known(word) else LOOSE_SEPARATORS.split(word)
        yield from (part.strip() for part in parts if part.strip())


def _json_list(cell: str) -> list[str]:
    try:
        words = json.loads(cell) if cell.startswith("[") else []
    except (ValueError, RecursionError):
        return []
    return [word for word in words if isinstance(word, str)]


def taxonomy_of_names(words: Iterable[str]) -> str:
    """Return a taxonomy (TOML) of names, sorted; a name that is no code gets a number, one spelling serves for all.

    Raises TaxonomyError when there are not two of them.
    """
    spellings: dict[str, str] = {}
    for word in sorted(words):
        spellings.setdefault(_fold(word), " ".join(word.split()))
    names = sorted(spellings.values())
    if len(names) < 2:
        raise TaxonomyError(messages.TAXONOMY_ONE.format(names="、".join(names) or "-"))
    stem = "c"
    while any(re.fullmatch(rf"{stem}\d+", _fold(name)) for name in names):
        stem += "c"
    codes = (name if re.fullmatch(CODE, name) else f"{stem}{number:02}" for number, name in enumerate(names, 1))
    # A JSON string is a TOML string.
    return "\n".join(
        f"[[category]]\ncode = {json.dumps(code)}\nname = {json.dumps(name, ensure_ascii=False)}\n"
        for code, name in zip(codes, names, strict=True)
    )


def _fold(word: str) -> str:
    """Reduce a word to what counts when it is looked for: case and the width of white space do not."""
    return " ".join(word.split()).casefold()


def load_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy file; raises TaxonomyError saying what does not hold together."""
    return parse_taxonomy(read_taxonomy(path), source=path.name)


def read_taxonomy(path: Path) -> str:
    """Return the text of a taxonomy file; raises TaxonomyError when it cannot be read."""
    return read_toml(path, what=messages.WHAT_TAXONOMY, error=TaxonomyError)


def parse_taxonomy(content: str, *, source: str) -> Taxonomy:
    """Build a taxonomy from the text of a taxonomy file."""
    return parse_toml(content, Taxonomy, what=messages.WHAT_TAXONOMY, source=source, error=TaxonomyError)
