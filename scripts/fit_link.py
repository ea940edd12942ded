"""Fit what linking goes by: how usual pairs of characters are, what texts are about, and the weights of the features.

    python scripts/fit_link.py background              # corpora/link/pairs.txt and about.npz, from corpora/tips
    python scripts/fit_link.py weights FILE...         # corpora/link/weights.toml, from tips whose repeats are marked

The weights are fitted on every pair that is compared within a file, and once more with the areas and with the days
left out, since an office may know neither.
"""

import argparse
import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from bench_link import told_again
from numpy.typing import NDArray
from scipy.optimize import minimize

from tipclass.bigrams import FILE as PAIRS
from tipclass.bigrams import bigrams, distinct_keys, plain, write_usual_pairs
from tipclass.corpus import load_corpus
from tipclass.likeness import FILE as WEIGHTS
from tipclass.likeness import features, prepare
from tipclass.pairs import candidates
from tipclass.taxonomy import load_taxonomy

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
FOLDER = CORPORA / "link"
LEAST, MOST = 12, 0.2  # texts, and share of the texts, that a term stands in
DIRECTIONS = 64
AGAINST = frozenset(
    {"length", "apart_copied", "names_differ", "numbers_differ", "other_area", "days", "far"}
)  # features that tell matters apart
COPIES = 80  # of the tips of an author, a copy of each
LESS = 0.3  # weight of the pairs whose areas or days are left out

Row = Mapping[str, str]


def background() -> None:
    """Write what the corpora say of characters and their pairs."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.utils.extmath import randomized_svd

    from tipclass.about import FILE, Compass

    corpus = load_corpus([CORPORA], load_taxonomy(CORPORA / "taxonomy.toml"))
    texts = [plain(tip.text) for tip in corpus.tips]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / PAIRS).write_text(write_usual_pairs(texts), encoding="utf-8")
    keys, counts = np.unique(distinct_keys(texts)[1], return_counts=True)
    kept = (counts >= LEAST) & (counts <= MOST * len(texts))
    telling = np.log(len(texts) / counts[kept]).astype(np.float32)
    empty = np.zeros((0, 0), np.float32)
    terms = Compass(keys[kept], telling, empty, empty, empty).terms(texts).astype(np.float64)
    meanings = randomized_svd(terms, n_components=DIRECTIONS, random_state=0)[2].T
    leaning = LogisticRegression(C=10, max_iter=300).fit(terms, corpus.main)
    arrays = {"keys": keys[kept], "telling": telling, "bias": leaning.intercept_.astype(np.float32)}
    for name, table in (("meanings", meanings), ("leanings", leaning.coef_.T)):
        most = np.abs(table).max(axis=0)
        arrays |= {name: np.round(table / most * 127).astype(np.int8), f"{name}_most": most.astype(np.float32)}
    np.savez_compressed(FOLDER / FILE, **arrays)


def read(path: Path) -> list[dict[str, str]]:
    """Read a file of tips whose repeats are marked."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def by_author(paths: Sequence[Path]) -> list[list[Row]]:
    """Return the rows by who composed them: what begins the id; groups never reach over several."""
    rows: dict[str, list[Row]] = {}
    for path in paths:
        for row in read(path):
            rows.setdefault(row["id"].split("-")[0], []).append(row)
    return list(rows.values())


def with_copies(rows: Sequence[Row]) -> list[Row]:
    """Add to some tips a copy each, with clauses left out and characters changed, as what is copied is told again."""
    chance = random.Random(0)
    copied = chance.sample(range(len(rows)), min(COPIES, len(rows)))
    groups = {place: {**rows[place], "group": rows[place]["group"] or rows[place]["id"]} for place in copied}
    copies = [{**groups[place], "text": told_again(rows[place]["text"], chance)} for place in copied]
    return [*(groups.get(place, row) for place, row in enumerate(rows)), *copies]


def compared(rows: Sequence[Row], *, areas: bool = True, days: bool = True) -> tuple[dict[str, NDArray], NDArray]:
    """Return the features of the pairs compared among some tips, and which of them tell the same matter."""
    texts = [plain(row["text"]) for row in rows]
    known_days = [date.fromisoformat(row["received"]) if days else None for row in rows]
    batch = prepare(texts, bigrams(texts), known_days, [row["area"] if areas else "" for row in rows])
    one, two = candidates(batch.grams, batch.areas)
    group = np.array([row["group"] or row["id"] for row in rows])
    return features(batch, (one, two)), group[one] == group[two]


def fit(authors: Sequence[Sequence[Row]]) -> tuple[float, dict[str, float]]:
    """Return bias and weights."""
    ways = ((True, True, 1.0), (False, True, LESS), (True, False, LESS))
    parts = [
        (*compared(with_copies(rows), areas=areas, days=days), weight)
        for rows in authors
        for areas, days, weight in ways
    ]
    names = list(parts[0][0])
    table = np.concatenate([np.column_stack([columns[name] for name in names]) for columns, _, _ in parts])
    same = np.concatenate([found for _, found, _ in parts])
    weight = np.concatenate([np.full(len(found), each) for _, found, each in parts])
    return bounded(table, same, weight, names)


def bounded(table: NDArray, same: NDArray, weight: NDArray, names: Sequence[str]) -> tuple[float, dict[str, float]]:
    """Fit a logistic regression none of whose weights speaks against likeness, or for difference.

    Without the bounds, near misses that share whole phrases teach that the likest texts of all are none the same.
    """
    scale = table.std(axis=0)
    unit = np.column_stack([table / scale, np.ones(len(table))])
    sides = {True: (0.0, None), False: (None, 0.0)}
    bounds = [*(sides[name not in AGAINST] for name in names), (None, None)]

    def loss(weights: NDArray) -> tuple[float, NDArray]:
        logits = unit @ weights
        misses = weight * (1.0 / (1.0 + np.exp(-logits)) - same)
        whole = weight @ (np.logaddexp(0.0, logits) - same * logits) + weights[:-1] @ weights[:-1] / 2
        return whole, unit.T @ misses + np.append(weights[:-1], 0.0)

    found = minimize(loss, np.zeros(unit.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    raw = found[:-1] / scale
    return float(found[-1]), {name: float(value) for name, value in zip(names, raw, strict=True)}


def as_toml(bias: float, weights: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of weights.toml."""
    yield "# What each feature of a pair of tips says for its telling the same matter; written by scripts/fit_link.py."
    yield f"bias = {bias:.4f}\n\n[weight]"
    for name, weight in weights.items():
        yield f"{name} = {weight:.4f}"


def main() -> None:
    """Fit one of the two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("background", "weights"))
    parser.add_argument("files", type=Path, nargs="*")
    options = parser.parse_args()
    if options.what == "background":
        background()
        return
    lines = as_toml(*fit(by_author(options.files)))
    (FOLDER / WEIGHTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
