"""The envelope: tips whose columns, sources and ids name no informant either, for whatever leaves the desk."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, starmap
from pathlib import PurePosixPath

from tipclass.columns import hidden_columns, says_nothing
from tipclass.disguise import mask_each, mask_informant
from tipclass.names import name_in_title
from tipclass.privacy_table import privacy_table
from tipclass.records import Tip

_PARTS = re.compile(r"([/\\\\#])")


def mask_tips(tips: Sequence[Tip], sources: Mapping[str, str] | None = None) -> tuple[Tip, ...]:
    """Hide the informant in the texts of tips, in their columns and in the names of the files they came from.

    Columns that by their names hold the informant are hidden whole; an id that is not made of the source stays. The
    order stays too. `sources` are the masked names of the files where these tips are only some of theirs.
    """
    known = sources or masked_sources(tip.source for tip in tips)
    words = [words for tip in tips for words in (tip.text, *starmap(_labelled, _open_cells(tip)))]
    masked = dict(zip(words, mask_each(words), strict=True))
    return tuple(_masked(tip, known[tip.source], masked) for tip in tips)


def masked_sources(names: Iterable[str]) -> dict[str, str]:
    """Return the masked names of files by their names; those that come to bear the same one get a number."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        found[name] = _free(mask_source(name), set(found.values()))
    return found


def mask_source(source: str) -> str:
    """Hide the names of informants in the name of a file, with the folders before it and the sheet behind it.

    >>> mask_source("张三来信.docx"), mask_source("五月工单.xlsx")
    ('[举报人]来信.docx', '五月工单.xlsx')
    """
    return "".join(map(_masked_title, _PARTS.split(source)))


def _masked_title(title: str) -> str:
    span = name_in_title(title)
    if span:
        title = title[: span[0]] + privacy_table().masks.name + title[span[1] :]
    return mask_informant(title)


def _free(source: str, taken: set[str]) -> str:
    """Count on until a source is free; the number stands before the suffix."""
    path = PurePosixPath(source)
    numbered = (f"{source.removesuffix(path.suffix)}({turn}){path.suffix}" for turn in count(2))
    return source if source not in taken else next(each for each in numbered if each not in taken)


def _masked(tip: Tip, source: str, masked: Mapping[str, str]) -> Tip:
    made = tip.source and (tip.id == tip.source or tip.id.startswith(f"{tip.source}#"))
    id = source + tip.id.removeprefix(tip.source) if made else tip.id
    return replace(tip, id=id, text=masked[tip.text], source=source, fields=_fields(tip, masked))


def _fields(tip: Tip, masked: Mapping[str, str]) -> Mapping[str, str]:
    hidden = hidden_columns(tuple(tip.fields))
    kept = {tip.text: masked[tip.text], tip.id: tip.id}
    return {
        name: kept[cell] if cell in kept else _cell(name, cell, hidden=name in hidden, masked=masked)
        for name, cell in tip.fields.items()
    }


def _open_cells(tip: Tip) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each cell that is masked for itself."""
    hidden = hidden_columns(tuple(tip.fields))
    return ((name, cell) for name, cell in tip.fields.items() if name not in hidden and cell not in (tip.text, tip.id))


def _cell(name: str, cell: str, *, hidden: bool, masked: Mapping[str, str]) -> str:
    if hidden:
        return cell if says_nothing(cell) else privacy_table().masks.cell
    whole, label = masked[_labelled(name, cell)], _labelled(name, "")
    return whole.removeprefix(label) if whole.startswith(label) else mask_informant(cell)


def _labelled(name: str, cell: str) -> str:
    """Return a cell behind the name of its column, which alone may tell whose a number is."""
    return f"{name}：{cell}"
