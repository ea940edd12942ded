"""Likeness: how likely two tips tell the same matter, by a few features of the pair and their weights."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from scipy import sparse

from tipclass import messages, settings
from tipclass.about import About, compass
from tipclass.bigrams import Bigrams
from tipclass.errors import SettingsError
from tipclass.pairs import Pairs, blocks
from tipclass.particulars import Particulars, named, numbered
from tipclass.tomlfile import load_toml

Column = NDArray[np.float32]

FILE = "weights.toml"
BLOCK = 50_000  # pairs compared at a time
RARE = 5.0  # rarity from which a pair of characters counts as rare: one text in 150
COPIED = 0.5  # cosine from which a text is mostly a copy
FAR = 45  # days after which a tip is seldom the same told again
USUAL_GAP = 7  # days taken to lie between tips without a day
MORE = 0.5  # of the odds that so many more tips take from a pair; the rest, rarity has in it
FITTED_ON = 400  # tips among which the weights were fitted; chance brings more pairs together among more


class Weights(BaseModel):
    """The weight of each feature, and what a pair has without any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bias: float
    weight: Mapping[str, float]


@functools.cache
def weights() -> Weights:
    """Read corpora/link/weights.toml, written by scripts/fit_link.py."""
    return load_toml(
        settings.corpora_folder() / "link" / FILE, Weights, what=messages.WHAT_LINK_WEIGHTS, error=SettingsError
    )


@dataclass(frozen=True)
class Batch:
    """What pairs of some tips are compared by; every row is a tip."""

    grams: Bigrams
    about: About
    named: Particulars
    numbered: Particulars
    days: NDArray[np.float64]
    areas: NDArray[np.int64]

    @property
    def size(self) -> int:
        """How many tips there are."""
        return len(self.areas)


def prepare(texts: Sequence[str], found: Bigrams, days: Sequence[date | None], areas: Sequence[str]) -> Batch:
    """Read plain texts for comparison; days and areas may be unknown (None and empty)."""
    numbers = {area: place for place, area in enumerate(dict.fromkeys(("", *areas)))}
    return Batch(
        found,
        compass().read(texts),
        named(texts),
        numbered(texts),
        np.array([day.toordinal() if day else np.nan for day in days], dtype=np.float64),
        np.array([numbers[area] for area in areas], dtype=np.int64),
    )


def likeness(batch: Batch, pairs: Pairs, by: Weights | None = None) -> Column:
    """Return how likely each pair of rows tells the same matter, in [0, 1]."""
    chosen = by or weights()
    known = _Rows(batch)
    scores = [_scores(known.features(*some), chosen) for some in blocks(pairs, BLOCK)]
    more = MORE * max(0.0, float(np.log(max(1, batch.size) / FITTED_ON)))
    logits = np.concatenate(scores) - more if scores else np.zeros(0, np.float32)
    likely: Column = (1.0 / (1.0 + np.exp(-logits))).astype(np.float32)
    return likely


def features(batch: Batch, pairs: Pairs) -> dict[str, Column]:
    """Return the features of pairs of rows by name."""
    return _Rows(batch).features(*pairs)


def _scores(columns: Mapping[str, Column], chosen: Weights) -> Column:
    parts = (np.float32(weight) * columns[name] for name, weight in chosen.weight.items())
    return sum(parts, start=np.full(1, chosen.bias, np.float32))


class _Rows:
    """What a row is compared by, worked out once."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.weighed = batch.grams.weighed
        self.rare = self.weighed.copy()
        self.rare.data = np.maximum(self.rare.data - RARE, 0.0)
        self.mass, self.rare_mass = (np.maximum(_sums(table), 1.0) for table in (self.weighed, self.rare))
        counts = np.bincount(batch.areas)
        self.area_rarity = np.log((batch.size + 1) / counts[batch.areas])

    def features(self, one: NDArray[np.int64], two: NDArray[np.int64]) -> dict[str, Column]:
        """Return each feature of the pairs.

        copied: how much of both is the same beyond half; shared, rare: the rarity of what both have, and of the rare in
        it; apart_copied: the rare that each has alone, the more the other is a copy; meaning, leaning: what both are
        about; names and numbers in which they agree or only differ; same_area: how telling the area of both is.
        """
        both = self.batch.grams.table[two]
        shared, rare = (_sums(table[one].multiply(both)) for table in (self.weighed, self.rare))
        least = np.minimum(self.mass[one], self.mass[two])
        least_rare = np.minimum(self.rare_mass[one], self.rare_mass[two])
        apart = np.log1p(np.maximum(least_rare - rare, 0.0))
        _, differ = self.batch.named.compare(one, two)
        number_agree, number_differ = self.batch.numbered.compare(one, two)
        about = self.batch.about
        cover, cosine = shared / least, shared / np.sqrt(self.mass[one] * self.mass[two])
        return {
            "copied": np.maximum(cosine - COPIED, 0.0),
            "shared": np.log1p(shared),
            "rare": np.log1p(rare),
            "length": np.log(least),
            "apart_copied": cover * apart,
            "meaning": (about.meaning[one] * about.meaning[two]).sum(axis=1),
            "leaning": (about.leaning[one] * about.leaning[two]).sum(axis=1),
            "names_differ": differ,
            "numbers_agree": number_agree,
            "numbers_differ": number_differ,
            **self._circumstances(one, two),
        }

    def _circumstances(self, one: NDArray[np.int64], two: NDArray[np.int64]) -> dict[str, Column]:
        areas, days = self.batch.areas, self.batch.days
        known = (areas[one] > 0) & (areas[two] > 0)
        gap = np.nan_to_num(np.abs(days[one] - days[two]), nan=USUAL_GAP)
        return {
            "same_area": known * (areas[one] == areas[two]) * self.area_rarity[one],
            "other_area": (known & (areas[one] != areas[two])).astype(np.float32),
            "days": np.log1p(gap),
            "far": (gap > FAR).astype(np.float32),
        }


def _sums(table: sparse.csr_matrix) -> Column:
    return np.asarray(table.sum(axis=1), dtype=np.float32).ravel()
