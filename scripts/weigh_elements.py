"""Weigh the signs by which acts and reported parties are told, on marked texts, and write the tables of weights."""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import companions
import numpy as np
from companions import Companions
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from tipclass import acts, identifiers, moments, parties, places
from tipclass.borders import Borders
from tipclass.candidates import Candidate
from tipclass.folding import fold

Span = tuple[int, int]
Weights = dict[str, float]

OVERLAP = 0.5  # the least intersection over union of a candidate and what it is counted as
RAREST = 3  # a sign that fewer candidates bear is not weighed
FOLDS = 10
STRENGTH = {"act": 0.1, "subject": 0.5}  # inverse of the regularisation
LEAN = 0.3  # how much the vectors of phrases may say beside the signs
MANY = 5000  # signs of a table from which on their weights are kept to one digit
TABLES = Path(__file__).resolve().parent.parent / "corpora" / "elements"
TIPS = TABLES.parent / "tips"
BESIDE = TABLES.parent / "elements-tips.jsonl"


@dataclass(frozen=True)
class Marked:
    """A text with its candidates of one kind and the spans that are marked in it."""

    text: str
    candidates: list[Candidate]
    marks: list[Span]

    def hits(self) -> list[bool]:
        """Tell of each candidate whether it is marked."""
        return [any(_same((one.start, one.end), mark) for mark in self.marks) for one in self.candidates]


def main() -> None:
    """Print precision and recall of cross-validation for a row of thresholds, and write the tables if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+", help="marked texts, JSON Lines")
    parser.add_argument("--held-out", nargs="*", default=["e3", "e4"], help="beginnings of the ids never learnt from")
    parser.add_argument(
        "--beside", type=Path, nargs="*", default=[BESIDE], help="marked texts learnt from, never measured on"
    )
    parser.add_argument("--write", action="store_true", help="write the tables of corpora/elements")
    arguments = parser.parse_args()
    measured = [row for row in _rows(arguments.paths) if not row["id"].startswith(tuple(arguments.held_out))]
    vectors = companions.read(TIPS)
    for kind, table, reader, chooser in KINDS:
        marked = [_marked(row, kind, reader) for row in measured]
        beside = [_marked(row, kind, reader) for row in _rows(arguments.beside)]
        known = vectors if kind == "act" else None
        strength = STRENGTH[kind]
        if arguments.write:
            _write(TABLES / f"{table}.txt", kind, fit([*marked, *beside], strength, known))
        _report(kind, marked, beside, chooser, strength, known)


def _rows(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def fit(marked: Sequence[Marked], strength: float, known: Companions | None = None) -> Weights:
    """Return the weight of every sign that enough candidates bear, `any` being what each candidate starts from.

    With companions every phrase they know has a weight, so that one like those that are marked weighs like them.
    """
    borne = Counter(sign for text in marked for one in text.candidates for sign in one.signs if _fits(sign))
    all_signs = [one.signs for text in marked for one in text.candidates]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([{sign: 1 for sign in signs if borne[sign] >= RAREST} for signs in all_signs])
    lean = _Lean(known, all_signs) if known else None
    model = LogisticRegression(C=strength, max_iter=3000)
    hits = [hit for text in marked for hit in text.hits()]
    model.fit(hstack([table, csr_matrix(lean.rows)]).tocsr() if lean else table, hits)
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0], strict=False)) | {"any": model.intercept_[0]}
    return lean.fold(weights, model.coef_[0][table.shape[1] :]) if lean else weights


class _Lean:
    """The vectors of the candidates' words and verbs, and how what is learnt of them becomes a weight of each."""

    def __init__(self, known: Companions, all_signs: Sequence[Sequence[str]]) -> None:
        self._known = known
        raw = np.array([companions.of((_value(signs, "words "), _value(signs, "verb ")), known) for signs in all_signs])
        self._mean, self._spread = raw.mean(0), raw.std(0) + 1e-6
        self.rows = LEAN * (raw - self._mean) / self._spread

    def fold(self, weights: Weights, learnt: companions.Vector) -> Weights:
        """Add to the weights of words and verbs what their vectors weigh, and to `any` what those of none weigh."""
        slope, none = LEAN * learnt / self._spread, self._known.none
        added = {"any": float(np.dot(slope, np.concatenate([none, none]) - self._mean))}
        for label, half in (("words ", slope[: len(none)]), ("verb ", slope[len(none) :])):
            for phrase, vector in self._known.vectors.items():
                added[label + phrase] = float(np.dot(half, vector - none))
        summed = {sign: weights.get(sign, 0.0) + weight for sign, weight in added.items()}
        return weights | {sign: weight for sign, weight in summed.items() if _fits(sign)}


def _value(signs: Sequence[str], label: str) -> str:
    return next(sign.removeprefix(label) for sign in signs if sign.startswith(label))


def _fits(sign: str) -> bool:
    """Tell whether a sign can stand in a line of a table."""
    return sign.isprintable() and "#" not in sign


def _read_acts(text: str) -> list[Candidate]:
    return list(acts.candidates(text))


def _read_parties(text: str) -> list[Candidate]:
    numbers = [(found.start, found.end) for found in identifiers.find(text)]
    times = [(found.start, found.end) for found in moments.find(text, None)]
    borders = Borders(text, [*numbers, *times])
    where = [(found.start, found.end) for found in places.find(text, borders)]
    found = parties.candidates(text, borders, where)
    return [one for one in found if not any(start < one.end and one.start < end for start, end in numbers)]


def _tell_acts(text: str, ranked: Iterable[tuple[float, Candidate]], shift: float) -> list[Span]:
    return acts.choose(text, ranked, acts.LEAST + shift, acts.ONLY + shift)


def _tell_parties(text: str, ranked: Iterable[tuple[float, Candidate]], shift: float) -> list[Span]:
    return parties.choose(text, ranked, parties.LEAST + shift)


Reader = Callable[[str], list[Candidate]]
Chooser = Callable[[str, Iterable[tuple[float, Candidate]], float], list[Span]]
KINDS: tuple[tuple[str, str, Reader, Chooser], ...] = (
    ("act", "act_weights", _read_acts, _tell_acts),
    ("subject", "party_weights", _read_parties, _tell_parties),
)


def _marked(row: dict[str, Any], kind: str, reader: Reader) -> Marked:
    text = fold(row["text"])
    marks = [(mark["start"], mark["end"]) for mark in row["elements"] if mark["kind"] == kind]
    return Marked(text, reader(text), marks)


def _report(
    kind: str,
    marked: Sequence[Marked],
    beside: Sequence[Marked],
    chooser: Chooser,
    strength: float,
    known: Companions | None,
) -> None:
    """Print what cross-validation finds with the thresholds of the program, and around them."""
    folds = KFold(FOLDS, shuffle=True, random_state=1).split(np.zeros(len(marked)))
    tried = [
        (fit([*(marked[at] for at in train), *beside], strength, known), [marked[at] for at in test])
        for train, test in folds
    ]
    for shift in (-0.5, -0.25, 0.0, 0.25, 0.5):
        found = hits = 0
        for weights, texts in tried:
            for text in texts:
                spans = chooser(text.text, _ranked(text, weights), shift)
                found += len(spans)
                hits += sum(any(_same(span, mark) for span in spans) for mark in text.marks)
        total = sum(len(text.marks) for text in marked)
        print(f"{kind:8} {shift:+.2f}  precision {hits / max(found, 1):.3f}  recall {hits / max(total, 1):.3f}")


def _ranked(text: Marked, weights: Weights) -> list[tuple[float, Candidate]]:
    weighed = [(weights["any"] + sum(weights.get(sign, 0.0) for sign in one.signs), one) for one in text.candidates]
    return sorted(weighed, key=lambda pair: -pair[0])


def _same(one: Span, other: Span) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= OVERLAP * (max(one[1], other[1]) - min(one[0], other[0]))


def _write(path: Path, kind: str, weights: Weights) -> None:
    head = f"# What speaks for and against a candidate for {kind}: a sign and its weight (log-odds).\n"
    head += "# Written by scripts/weigh_elements.py from marked texts; not to be edited by hand.\n"
    digits = 1 if len(weights) > MANY else 2
    rounded = sorted((sign, round(weight, digits)) for sign, weight in weights.items())
    kept = [(sign, weight) for sign, weight in rounded if weight]
    path.write_text(head + "".join(f"{sign} {weight:g}\n" for sign, weight in kept), encoding="utf-8")


if __name__ == "__main__":
    main()
