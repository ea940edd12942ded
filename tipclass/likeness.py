"""Likeness: how likely two tips tell the same matter, by a few features of the pair and their weights."""

import functools
import re
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
from tipclass.company import Company
from tipclass.errors import SettingsError
from tipclass.pairs import Pairs, blocks
from tipclass.particulars import Particulars, amounts, hours, named, numbered, persons, placed
from tipclass.tomlfile import load_toml
from tipclass.trees import Trees, load_trees

Column = NDArray[np.float32]

FILE, COPIES = "weights.toml", "copies.toml"
TREES = "trees.npz"
BLOCK = 50_000  # pairs compared at a time
RARE = 5.0  # rarity from which a pair of characters counts as rare: one text in 150
COPIED = 0.5  # cosine from which a text is mostly a copy
USUAL_GAP = 7  # days taken to lie between tips without a day
MORE = 0.5  # of the odds that so many more tips take from a pair; the rest, rarity has in it
MORE_COPIES = 0.25  # the same of a copy, which chance hardly makes
COPY = 0.75  # likeness by the bounded weights from which a pair is a copy, whatever the trees say
SEEN = 0.02  # likeness by the weights from which the trees are asked
NAME = 5.5  # rarity from which two characters before a word for a place are a name
USUAL = 3.0  # rarity that any pair of characters has
AREA_WORDS = re.compile(r"[省市县区旗州镇乡盟新自治族]")
REMINDS = re.compile(
    r"上次|上回|再次|前[两几]天|之前|上个?月|上周|举报过|反映过|写过信|写了信|回复|答复|你们来|没人管|至今|又开始|还在|还是"
)
LISTS = re.compile(r"(?:^| )(?:[1-9一二三四五六七八九]|[一二三四五六]是|第[一二三四五六]) |(?<= )[一二三四五六]是")
SURE = 4.0  # logit that trees hardly pass
TINY = 1e-7
FITTED_ON = 400  # tips among which the weights were fitted; chance brings more pairs together among more


class Weights(BaseModel):
    """The weight of each feature, and what a pair has without any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bias: float
    weight: Mapping[str, float]


@functools.cache
def weights(name: str = FILE) -> Weights:
    """Read a table of corpora/link: weights.toml, written by scripts/fit_link.py, or copies.toml."""
    return load_toml(
        settings.corpora_folder() / "link" / name, Weights, what=messages.WHAT_LINK_WEIGHTS, error=SettingsError
    )


@functools.cache
def trees() -> Trees:
    """Read corpora/link/trees.npz, written by scripts/fit_link.py."""
    path = settings.corpora_folder() / "link" / TREES
    try:
        return load_trees(path)
    except (OSError, ValueError, KeyError):
        raise SettingsError(messages.LINK_TREES.format(path=path)) from None


@dataclass(frozen=True)
class Batch:
    """What pairs of some tips are compared by; every row is a tip."""

    grams: Bigrams
    about: About
    named: Particulars
    numbered: Particulars
    persons: Particulars
    amounts: Particulars
    hours: Particulars
    placed: sparse.csr_matrix
    reminds: Column
    lists: Column
    days: NDArray[np.float64]
    areas: NDArray[np.int64]
    area_signs: sparse.csr_matrix

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
        persons(texts),
        amounts(texts),
        hours(texts),
        _placed(texts, found),
        np.array([bool(REMINDS.search(text)) for text in texts], dtype=np.float32),
        np.array([len(LISTS.findall(text)) > 1 for text in texts], dtype=np.float32),
        np.array([day.toordinal() if day else np.nan for day in days], dtype=np.float64),
        np.array([numbers[area] for area in areas], dtype=np.int64),
        _area_signs(list(numbers)),
    )


def _placed(texts: Sequence[str], found: Bigrams) -> sparse.csr_matrix:
    """Return the names of places in each text, each with what its rarity is above the usual."""
    rows, keys = (np.array(side, dtype=np.int64) for side in zip(*(placed(texts) or [(0, 0)]), strict=True))
    at = np.minimum(np.searchsorted(found.keys, keys), max(0, len(found.keys) - 1))
    if not len(found.keys):
        return found.table
    name = (found.keys[at] == keys) & (found.rarity[at] > NAME)
    parts = (found.rarity[at[name]] - USUAL, (rows[name], at[name]))
    return sparse.csr_matrix(parts, shape=found.table.shape, dtype=np.float32)


def _area_signs(areas: Sequence[str]) -> sparse.csr_matrix:
    """Return which characters the names of areas are made of, shape (areas, characters)."""
    cores = [sorted(set(AREA_WORDS.sub("", area))) for area in areas]
    signs = {sign: place for place, sign in enumerate(sorted({sign for core in cores for sign in core}))}
    rows = np.repeat(np.arange(len(areas)), [len(core) for core in cores])
    columns = [signs[sign] for core in cores for sign in core]
    return sparse.csr_matrix(
        (np.ones(len(columns), np.float32), (rows, columns)), shape=(len(areas), max(1, len(signs)))
    )


class Likeness:
    """How likely pairs of rows of a batch tell the same matter, by the weights and then by the trees.

    The trees see what the weights say of a pair and of the pairs around it. Learnt from what people told in other
    words, they know little of plain copies, for which other weights speak, bounded so that no likeness counts against a
    pair.
    """

    def __init__(self, batch: Batch, pairs: Pairs, by: Weights | None = None, then: Trees | None = None) -> None:
        self.by, self.then = by or weights(), then
        self.rows = _Rows(batch)
        larger = max(0.0, float(np.log(max(1, batch.size) / FITTED_ON)))
        self.more, self.more_copies = MORE * larger, MORE_COPIES * larger
        self.pairs, (self.first, self.copied) = pairs, self._first(pairs)
        seen = self._seen(self.first)
        self.company = Company(batch.grams, (pairs[0][seen], pairs[1][seen]), self.first[seen])

    def __call__(self, pairs: Pairs) -> Column:
        """Return how likely each pair of rows tells the same matter, in [0, 1]."""
        first, copied = (self.first, self.copied) if pairs is self.pairs else self._first(pairs)
        likely, seen = np.zeros(len(first), np.float32), np.flatnonzero(self._seen(first))
        for start in range(0, len(seen), BLOCK):
            some = seen[start : start + BLOCK]
            likely[some] = self._likely((pairs[0][some], pairs[1][some]), first[some])
        return np.where(copied >= COPY, np.maximum(likely, copied), likely)

    def features(self, pairs: Pairs) -> tuple[dict[str, Column], NDArray[np.bool_]]:
        """Return what the trees see of pairs, and which of the pairs they are asked about: only those are given."""
        first, _ = self._first(pairs)
        seen = self._seen(first)
        return self._columns((pairs[0][seen], pairs[1][seen]), first[seen]), seen

    def _columns(self, pairs: Pairs, first: Column) -> dict[str, Column]:
        return {"first": first, **self.rows.features(*pairs), **self.company.features(pairs, first)}

    def _likely(self, pairs: Pairs, first: Column) -> Column:
        columns = self._columns(pairs, first)
        then = self.then or trees()
        # Trees know no more than about SURE; what the weights say beyond it pays for the chances of a larger batch.
        beyond = np.maximum(np.log(first / np.maximum(1.0 - first, TINY)) - SURE, 0.0)
        less = np.maximum(self.more - beyond, 0.0)
        logits = then.scores(np.column_stack([columns[name] for name in then.names])) - less
        likely: Column = (1.0 / (1.0 + np.exp(-logits))).astype(np.float32)
        return likely

    def _first(self, pairs: Pairs) -> tuple[Column, Column]:
        """Return what the weights say of each pair, and how likely it is a copy."""
        copies, said = weights(COPIES), [np.zeros((2, 0))]
        for some in blocks(pairs, BLOCK):
            columns = self.rows.features(*some)
            said.append(np.array([_scores(columns, self.by), _scores(columns, copies) - self.more_copies]))
        first, copied = (1.0 / (1.0 + np.exp(-np.concatenate(said, axis=1)))).astype(np.float32)
        return first, copied

    def _seen(self, first: Column) -> NDArray[np.bool_]:
        seen: NDArray[np.bool_] = first >= SEEN / (SEEN + (1.0 - SEEN) * np.exp(-self.more))
        return seen


def likeness(batch: Batch, pairs: Pairs) -> Column:
    """Return how likely each of the pairs compared in a batch tells the same matter, in [0, 1]."""
    return Likeness(batch, pairs)(pairs)


def features(batch: Batch, pairs: Pairs) -> dict[str, Column]:
    """Return what the weights see of pairs of rows, by name."""
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
        self.placed = _sums(batch.placed)
        self.area_rarity = np.log((batch.size + 1) / counts[batch.areas])

    def features(self, one: NDArray[np.int64], two: NDArray[np.int64]) -> dict[str, Column]:
        """Return each feature of the pairs.

        copied: how much of both is the same beyond half; shared, rare: the rarity of what both have, and of the rare in
        it; apart_copied: the rare that each has alone, the more the other is a copy; meaning, leaning: what both are
        about; names, numbers, places, persons, amounts, hours in which they agree or only differ; reminds, lists:
        whether one of them does; same_area: how telling the area of both is; kin_area: other areas that share a name.
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
            "cosine": cosine,
            "cover": cover,
            **self._told(one, two),
            **self._circumstances(one, two),
        }

    def _told(self, one: NDArray[np.int64], two: NDArray[np.int64]) -> dict[str, Column]:
        batch = self.batch
        found = [_sums(batch.placed[a].multiply(batch.grams.table[b])) for a, b in ((one, two), (two, one))]
        there = self.placed[one], self.placed[two]
        told = {"persons": batch.persons, "amounts": batch.amounts, "hours": batch.hours}
        compared = {name: each.compare(one, two) for name, each in told.items()}
        return {
            "places_agree": np.log1p(np.maximum(*found)),
            "places_differ": ((there[0] > 0) & (there[1] > 0) & (found[0] + found[1] == 0)).astype(np.float32),
            **{f"{name}_agree": agree for name, (agree, _) in compared.items()},
            **{f"{name}_differ": differ for name, (_, differ) in compared.items()},
            "reminds": np.maximum(batch.reminds[one], batch.reminds[two]),
            "lists": np.maximum(batch.lists[one], batch.lists[two]),
        }

    def _circumstances(self, one: NDArray[np.int64], two: NDArray[np.int64]) -> dict[str, Column]:
        areas, days = self.batch.areas, self.batch.days
        known = (areas[one] > 0) & (areas[two] > 0)
        signs = self.batch.area_signs
        kin = known & (_sums(signs[areas[one]].multiply(signs[areas[two]])) > 0)
        gap = np.nan_to_num(np.abs(days[one] - days[two]), nan=USUAL_GAP)
        return {
            "same_area": known * (areas[one] == areas[two]) * self.area_rarity[one],
            "other_area": (known & (areas[one] != areas[two])).astype(np.float32),
            "kin_area": (kin & (areas[one] != areas[two])).astype(np.float32),
            "days": np.log1p(gap),
        }


def _sums(table: sparse.csr_matrix) -> Column:
    return np.asarray(table.sum(axis=1), dtype=np.float32).ravel()
