"""Verdicts: what a model decided of labelled texts, kept so that two models can be compared on the same texts."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tipclass.corpus import LabelledTip
from tipclass.records import Decision, Route
from tipclass.taxonomy import Taxonomy

COLUMNS = ("text", "id", "label", "category", "certainty", "route")
KEY = 16  # hex digits of the hash of a text: enough to tell texts apart, and no text can be read from them


@dataclass(frozen=True, slots=True)
class Verdict:
    """The main label a person gave a text, and the main label, its certainty in [0, 1] and the route a model gave."""

    id: str
    label: str
    category: str
    certainty: float
    route: Route


Verdicts = Mapping[str, Verdict]
"""Verdicts by the key of their text (see `text_key`)."""


def text_key(text: str) -> str:
    """Return the first hex digits of the SHA-256 of a text.

    >>> text_key("有人电鱼")
    '1f932747104cdb2a'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY]


def verdicts_of(tips: Sequence[LabelledTip], decisions: Sequence[Decision]) -> dict[str, Verdict]:
    """Return the verdict on each tip; of a text that stands in the corpus twice, the first.

    Certainties are rounded to four decimals, so that they are the same on machines whose last bits differ.
    """
    verdicts: dict[str, Verdict] = {}
    for tip, said in zip(tips, decisions, strict=True):
        verdict = Verdict(tip.id, tip.labels[0], said.main.code, round(said.certainty, 4), said.route)
        verdicts.setdefault(text_key(tip.text), verdict)
    return verdicts


def as_rows(verdicts: Verdicts) -> list[tuple[str, ...]]:
    """Return verdicts as rows under COLUMNS."""
    return [
        (key, each.id, each.label, each.category, f"{each.certainty:.4f}", each.route) for key, each in verdicts.items()
    ]


def from_rows(rows: Iterable[Mapping[str, str]], taxonomy: Taxonomy) -> dict[str, Verdict]:
    """Read verdicts from rows by column name; raises KeyError or ValueError where they do not fit the taxonomy."""
    codes = {code: code for code in taxonomy.codes}
    return {
        row["text"]: Verdict(
            row["id"], codes[row["label"]], codes[row["category"]], float(row["certainty"]), Route(row["route"])
        )
        for row in rows
    }
