"""Limits: how much of a file of unknown origin is read before it is refused."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Gt

MEBIBYTE = 2**20

Count = Annotated[int, Gt(0)]


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take; the office changes them under [limits] in settings.toml.

    `seconds` of parsing and `memory` while parsing; size of a `file` as it lies, and of all parts of a package together
    when `unpacked` (sizes in MiB); the `ratio` of the two, and the number of `parts`; the `cells` of the rectangle that
    a sheet spans; the `characters` of one tip.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    seconds: Count = 120
    memory: Count = 2048
    file: Count = 512
    unpacked: Count = 1024
    ratio: Count = 200
    parts: Count = 10_000
    cells: Count = 25_000_000
    characters: Count = 1_000_000


DEFAULT = Limits()
