"""Limits: how much of a file of unknown origin is read before it is refused."""

from dataclasses import astuple, dataclass
from typing import ClassVar

from tipclass import messages

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take; the office changes them under [limits] in settings.toml.

    `seconds` of parsing and `memory` while parsing; size of a `file` as it lies, and of all parts of a package together
    when `unpacked` (sizes in MiB); the `ratio` of the two, and the number of `parts`; the `cells` of the rectangle that
    a sheet spans; the `characters` of one tip.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    seconds: int = 120
    memory: int = 2048
    file: int = 512
    unpacked: int = 1024
    ratio: int = 200
    parts: int = 10_000
    cells: int = 25_000_000
    characters: int = 1_000_000

    def __post_init__(self) -> None:
        if min(astuple(self)) <= 0:
            raise ValueError(messages.VALUE_CAUSES["greater_than"])


DEFAULT = Limits()
