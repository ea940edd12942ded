"""Fit what linking goes by: how usual pairs of characters are, what texts are about, and the weights of the features.

    python scripts/fit_link.py background              # corpora/link/pairs.txt and about.npz, from corpora/tips
    python scripts/fit_link.py weights FILE...         # corpora/link/weights.toml, from tips whose repeats are marked

The weights are fitted on every pair that is compared within a file, and once more with the areas and with the days
left out, since an office may know neither.
"""

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tipclass.candidates import candidates
from tipclass.corpus import load_corpus
from tipclass.grams import FILE as PAIRS
from tipclass.grams import distinct_keys, grams, plain, write_usual_pairs
from tipclass.likeness import FILE as WEIGHTS
from tipclass.likeness import features, prepare
from tipclass.taxonomy import load_taxonomy

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
FOLDER = CORPORA / "link"
LEAST, MOST = 12, 0.2  # texts, and share of the texts, that a term stands in
DIRECTIONS = 64
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


def compared(rows: Sequence[Row], *, areas: bool = True, days: bool = True) -> tuple[dict[str, NDArray], NDArray]:
    """Return the features of the pairs compared among some tips, and which of them tell the same matter."""
    texts = [plain(row["text"]) for row in rows]
    known_days = [date.fromisoformat(row["received"]) if days else None for row in rows]
    batch = prepare(texts, grams(texts), known_days, [row["area"] if areas else "" for row in rows])
    one, two = candidates(batch.grams, batch.areas)
    group = np.array([row["group"] or row["id"] for row in rows])
    return features(batch, (one, two)), group[one] == group[two]


def fit(authors: Sequence[Sequence[Row]]) -> tuple[float, dict[str, float]]:
    """Return bias and weights."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    ways = ((True, True, 1.0), (False, True, LESS), (True, False, LESS))
    parts = [(*compared(rows, areas=areas, days=days), weight) for rows in authors for areas, days, weight in ways]
    names = list(parts[0][0])
    table = np.concatenate([np.column_stack([columns[name] for name in names]) for columns, _, _ in parts])
    same = np.concatenate([found for _, found, _ in parts])
    weight = np.concatenate([np.full(len(found), each) for _, found, each in parts])
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=1.0, max_iter=2000).fit(scaler.transform(table), same, sample_weight=weight)
    raw = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - raw @ scaler.mean_)
    return bias, {name: float(value) for name, value in zip(names, raw, strict=True)}


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
