"""The reference: what a model made of its own corpus out of fold, which later batches are compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from tipclass.records import Decision, Route

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]
PARTS = 10  # of like size, into which certainties, shares of known words and lengths are cut
DIGITS = 4

Share = Annotated[float, Field(ge=0.0, le=1.0)]


@dataclass(frozen=True)
class Observed:
    """What was seen of some texts that can be read, row by row.

    categories: codes of the main label; certainties: of that label; known: share of the words the model knows;
    lengths: characters; reviewed: whether a person is asked. Shapes: (texts,).
    """

    categories: tuple[str, ...]
    certainties: Matrix
    known: Matrix
    lengths: Columns
    reviewed: NDArray[np.bool_]


def observe(decisions: Sequence[Decision], counts: Columns, texts: Sequence[str]) -> Observed:
    """Gather what was seen of texts; those no category can be read from are left out.

    `counts` are the words known and all words of each text, shape (texts, 2).
    """
    rows = [row for row, decision in enumerate(decisions) if decision.readable]
    known, words = counts[rows].T if rows else np.zeros((2, 0))
    return Observed(
        tuple(decisions[row].main.code for row in rows),
        np.array([decisions[row].certainty for row in rows], dtype=np.float64),
        known / np.maximum(1, words),
        np.array([len(texts[row]) for row in rows], dtype=np.int64),
        np.array([decisions[row].route is Route.REVIEW for row in rows], dtype=bool),
    )


class Spread(BaseModel):
    """How numbers lie: their median, and the share of them in each part between two edges, the last edge upwards."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    median: float
    edges: tuple[float, ...]
    shares: tuple[Share, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.shares) != len(self.edges) + 1 or sorted(set(self.edges)) != list(self.edges):
            raise ValueError("edges")
        return self

    def count(self, values: Matrix | Columns) -> Columns:
        """Return how many of some numbers lie in each part, shape (parts,)."""
        return np.bincount(np.searchsorted(self.edges, values, side="right"), minlength=len(self.shares))


class Reference(BaseModel):
    """What reference.json holds: of so many texts the shares by main label and of what a person is asked, and spreads.

    certainty: of the main label; known: share of the words the model knows; length: characters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tips: Annotated[int, Field(gt=0)]
    reviewed: Share
    categories: Mapping[str, Share]
    certainty: Spread
    known: Spread
    length: Spread

    def dumps(self) -> str:
        """Return the reference as JSON."""
        return self.model_dump_json(indent=1) + "\n"


def refer(seen: Observed, codes: Sequence[str]) -> Reference:
    """Sum up what was seen of a corpus; `codes` are those of its taxonomy."""
    count = len(seen.categories)
    return Reference(
        tips=count,
        reviewed=round(float(seen.reviewed.mean()), DIGITS),
        categories={code: round(seen.categories.count(code) / count, DIGITS) for code in codes},
        certainty=spread(seen.certainties),
        known=spread(seen.known),
        length=spread(seen.lengths),
    )


def spread(values: Matrix | Columns) -> Spread:
    """Cut numbers at their deciles.

    >>> spread(np.array([1, 1, 1, 1, 1, 1, 2, 3, 4, 5])).edges
    (1.4, 2.3, 3.2, 4.1)
    """
    cuts = np.quantile(values, np.arange(1, PARTS) / PARTS)
    edges = np.unique(np.round(cuts[cuts > values.min()], DIGITS))
    counts = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1)
    shares = np.round(counts / len(values), DIGITS)
    median = round(float(np.median(values)), DIGITS)
    return Spread(median=median, edges=tuple(edges.tolist()), shares=tuple(shares.tolist()))


def parse_reference(raw: bytes) -> Reference:
    """Read what `dumps` wrote; raises ValueError on anything else."""
    return Reference.model_validate_json(raw)
