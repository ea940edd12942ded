"""The privacy table: the words by which an informant is known, and what takes their place."""

import functools
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from tipclass import messages, settings
from tipclass.errors import SettingsError
from tipclass.tomlfile import load_toml
from tipclass.traces import TraceKind


def _split(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Columns(_Part):
    """Words in the names of columns: those that hide a column, and those that speak against it.

    `beside` are names that hide a column only beside another one that is hidden, `empty` the cells that say nothing.
    """

    informant: Words
    reported: Words
    harmless: Words
    beside: Words
    empty: Words
    kinds: dict[TraceKind, Words]


class Fields(_Part):
    """Words in the labels of a form: whom they name, and of what a label that names nobody is made."""

    informant: Words
    reported: Words
    bare: Words


class Cues(_Part):
    """Words that tell whose a thing is, before it and behind it; `faint` ones count for less, `neutral` for nothing."""

    informant: Words
    reported: Words
    faint: Words
    neutral: Words
    after_informant: Words
    after_reported: Words


class Names(_Part):
    """Words around names and in them."""

    surnames: Words
    unlikely: Words
    frequent: Words
    transliterated: str
    foreign: Words
    calls: Words
    elders: Words
    harm: Words
    doubled: Words
    acts: Words
    labels: Words
    sides: Words
    plain: Words
    brings: Words
    open: Words
    kin: Words
    owners: Words
    courtesy: Words
    titles: Words
    offices: Words
    friendly: Words
    follows: Words
    tells: Words
    inner: str
    never: Words
    none: Words
    letters: Words


class Homes(_Part):
    """Words around and in the address of a home: what stands before it, and what it ends in."""

    leads: Words
    parts: Words
    ends: Words
    whereabouts: Words


class Posts(_Part):
    """Words around and in the post of an insider: what stands before it, what it ends in, and what tells its number."""

    leads: Words
    verbs: Words
    numbers: Words
    units: Words
    ends: Words
    trades: Words
    firms: Words


class Masks(_Part):
    """What takes the place of each kind of trace, and of a cell that is hidden whole."""

    name: str
    other_name: str
    phone: str
    id_number: str
    account: str
    email: str
    bank_card: str
    plate: str
    address: str
    work: str
    cell: str

    def of(self, kind: TraceKind) -> str:
        """Return what takes the place of a trace."""
        mask: str = getattr(self, kind.value)
        return mask


class PrivacyTable(_Part):
    """All of privacy.toml."""

    columns: Columns
    fields: Fields
    cues: Cues
    names: Names
    homes: Homes
    posts: Posts
    masks: Masks


@functools.cache
def privacy_table() -> PrivacyTable:
    """Return the privacy table in use; raises SettingsError when it does not hold together."""
    path = settings.office_file(settings.PRIVACY)
    return load_toml(path, PrivacyTable, what=messages.WHAT_PRIVACY, error=SettingsError)
