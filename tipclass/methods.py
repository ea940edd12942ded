"""Methods: unusual ways of doing, listed in corpora/methods.toml, that tie matters told of other places."""

import functools
import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tipclass import messages, settings
from tipclass.errors import SettingsError
from tipclass.tomlfile import load_toml

NEAR = 60  # characters to either side of the first word within which the others stand


Words = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]


class Method(BaseModel):
    """A way of doing, and what tells of it: a word of the first list, and near it one of each other list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    told: Annotated[tuple[Words, ...], Field(min_length=1)]

    def told_in(self, text: str) -> bool:
        """Tell whether a plain text tells of it."""
        return any(self._told_at(text, match.start()) for match in self._first.finditer(text))

    @functools.cached_property
    def _first(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.told[0])))

    def _told_at(self, text: str, place: int) -> bool:
        near = text[max(0, place - NEAR) : place + NEAR]
        return all(any(word in near for word in words) for words in self.told[1:])


class Methods(BaseModel):
    """All listed ways of doing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: tuple[Method, ...]


@functools.cache
def methods() -> tuple[Method, ...]:
    """Read the list; SettingsError where it is damaged."""
    path = settings.office_file(settings.METHODS)
    return load_toml(path, Methods, what=messages.WHAT_LINK_METHODS, error=SettingsError).method
