"""Companions: what stands beside a phrase in the tips and under which labels it is told, as a vector of numbers."""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD

from tipclass import acts
from tipclass.folding import fold

Vector = NDArray[np.float64]

AXES = 60  # of the space in which phrases with like neighbours lie near each other
RAREST_PHRASE, RAREST_NEIGHBOUR = 3, 5
NO_MATTER = frozenset({"other_matter", "not_a_tip"})


@dataclass(frozen=True)
class Companions:
    """The phrases of the tips with their vectors; every other phrase has the vector `none`."""

    vectors: dict[str, Vector]
    none: Vector

    def vector(self, phrase: str) -> Vector:
        """Return the vector of a phrase."""
        return self.vectors.get(phrase, self.none)


def read(folder: Path) -> Companions:
    """Learn the vectors from the tables of labelled tips in a folder."""
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    under: dict[str, Counter[str]] = defaultdict(Counter)
    labels: Counter[str] = Counter()
    for text, label in _tips(folder):
        labels[label] += 1
        seen = set()
        for words, start, end in _phrases(text):
            seen.add(words)
            beside[words].update(_neighbours(text, start, end))
        for words in seen:
            under[words][label] += 1
    known = [words for words, counts in under.items() if counts.total() >= RAREST_PHRASE]
    spread = dict(zip(known, _axes([beside[words] for words in known]), strict=True))
    vectors = {words: np.concatenate([spread[words], _told(under[words], labels)]) for words in known}
    return Companions(vectors, np.concatenate([np.zeros(AXES), _told(Counter(), labels)]))


def _tips(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield fold(row["text"]), row["labels"].replace(",", ";").replace("|", ";").split(";")[0]


def _phrases(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each phrase for an act, and its verb where that is not all of it, with where the phrase stands."""
    for phrase in acts.phrases(text):
        for words in {text[phrase.start : phrase.end], phrase.verb}:
            yield words, phrase.start, phrase.end


def _neighbours(text: str, start: int, end: int) -> Iterator[str]:
    for size in (1, 2):
        yield f"left {text[max(0, start - size) : start]}"
        yield f"right {text[end : end + size]}"


def _axes(counted: list[Counter[str]]) -> Vector:
    """Return the phrases' places on the main axes of their ties (positive pointwise information) to neighbours."""
    spread = Counter(sign for counts in counted for sign in counts)
    column = {sign: at for at, sign in enumerate(sign for sign in spread if spread[sign] >= RAREST_NEIGHBOUR)}
    kept = [{sign: number for sign, number in counts.items() if sign in column} for counts in counted]
    of_sign: Counter[str] = Counter()
    for counts in kept:
        of_sign.update(counts)
    total = of_sign.total()
    cells = [
        (row, column[sign], tie)
        for row, counts in enumerate(kept)
        for sign, number in counts.items()
        if (tie := math.log(number * total / (of_sign[sign] * sum(counts.values())))) > 0
    ]
    rows, columns, ties = zip(*cells, strict=True)
    matrix = csr_matrix((ties, (rows, columns)), shape=(len(kept), len(column)))
    places: Any = TruncatedSVD(AXES, random_state=0).fit_transform(matrix)
    return np.asarray(places / (np.linalg.norm(places, axis=1, keepdims=True) + 1e-9))


def _told(counts: Counter[str], labels: Counter[str]) -> Vector:
    """Return how often a phrase is told, how evenly among the labels, and how much oftener than usual under each."""
    told, total = counts.total(), labels.total()
    usual = {label: number / total for label, number in labels.items()}
    lifts = {label: math.log((counts[label] + usual[label]) / (told + 1) / usual[label]) for label in sorted(labels)}
    shares = np.array([counts[label] + 0.01 for label in sorted(labels)])
    shares /= shares.sum()
    most = max(lift for label, lift in lifts.items() if label not in NO_MATTER)
    counted = [most, math.log1p(told), float(told == 0), float(0 < told < 3), float(-(shares * np.log(shares)).sum())]
    return np.array([*counted, *lifts.values()])


def of(words: Iterable[str], companions: Companions) -> Vector:
    """Return the vectors of some words in a row."""
    return np.concatenate([companions.vector(word) for word in words])
