"""Weigh the signs by which acts and reported parties are told, on marked texts, and write the tables of weights."""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
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
TABLES = Path(__file__).resolve().parent.parent / "corpora" / "elements"


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
    parser.add_argument("--write", action="store_true", help="write the tables of corpora/elements")
    parser.add_argument("--strength", type=float, default=0.5, help="inverse of the regularisation")
    arguments = parser.parse_args()
    rows = [json.loads(line) for path in arguments.paths for line in path.read_text(encoding="utf-8").splitlines()]
    learnt = [row for row in rows if not row["id"].startswith(tuple(arguments.held_out))]
    for kind, table, reader, chooser in KINDS:
        marked = [_marked(row, kind, reader) for row in learnt]
        _report(kind, marked, chooser, arguments.strength)
        if arguments.write:
            _write(TABLES / f"{table}.txt", kind, fit(marked, arguments.strength))


def fit(marked: Sequence[Marked], strength: float) -> Weights:
    """Return the weight of every sign that enough candidates bear, `any` being what each candidate starts from."""
    borne = Counter(sign for text in marked for one in text.candidates for sign in one.signs if _fits(sign))
    signs = [{sign: 1 for sign in one.signs if borne[sign] >= RAREST} for text in marked for one in text.candidates]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit(vectorizer.fit_transform(signs), [hit for text in marked for hit in text.hits()])
    return dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True)) | {"any": model.intercept_[0]}


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


def _report(kind: str, marked: Sequence[Marked], chooser: Chooser, strength: float) -> None:
    """Print what cross-validation finds with the thresholds of the program, and around them."""
    folds = KFold(FOLDS, shuffle=True, random_state=1).split(np.zeros(len(marked)))
    tried = [(fit([marked[at] for at in train], strength), [marked[at] for at in test]) for train, test in folds]
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
    kept = sorted((sign, round(weight, 2)) for sign, weight in weights.items() if abs(weight) >= 0.01)
    path.write_text(head + "".join(f"{sign} {weight:g}\n" for sign, weight in kept), encoding="utf-8")


if __name__ == "__main__":
    main()
