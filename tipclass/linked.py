"""Linked: what links a tip to others, and where a tip came from, by which it is put on entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tipclass.records import Entry, Repeats, Series, Tip

Origin = tuple[str, str]  # source and id


@dataclass(frozen=True, slots=True)
class Linked:
    """What links one tip."""

    repeats: Repeats | None = None
    series: tuple[Series, ...] = ()


def origin(tip: Tip) -> Origin:
    """Return source and id of a tip; of a part of a longer text, those of the whole."""
    return tip.source, tip.id.rpartition("/")[0] if tip.part else tip.id


def with_links(entries: Sequence[Entry], links: Mapping[Origin, Linked]) -> list[Entry]:
    """Put links on the entries of the tips they were found among."""
    if not links:
        return list(entries)
    found = (links.get(origin(entry.tip), Linked()) for entry in entries)
    return [
        replace(entry, repeats=each.repeats, series=each.series) for entry, each in zip(entries, found, strict=True)
    ]
