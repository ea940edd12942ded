"""Fit what linking goes by: how usual pairs of characters are, what texts are about, and the weights of the features.

    python scripts/fit_link.py background              # corpora/link/pairs.txt and about.npz, from corpora/tips
    python scripts/fit_link.py weights FILE...         # corpora/link/weights.toml and trees.npz, from marked repeats
    python scripts/fit_link.py copies FILE...          # corpora/link/copies.toml, from marked repeats
    python scripts/fit_link.py apart FILE...           # print what is found of each author, fitted on the others only

The weights are fitted on every pair that is compared among the tips of an author, and again with copies, with the areas
changed, with areas and days left out, since an office may know neither, and with near misses made of these tips. The
trees are fitted on what weights from the other authors say of an author's pairs and of the pairs around them.
"""

import argparse
import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
from bench_link import told_again
from near_misses import with_near_misses
from numpy.typing import NDArray
from scipy.optimize import minimize

from tipclass.bigrams import FILE as PAIRS
from tipclass.bigrams import bigrams, distinct_keys, plain, write_usual_pairs
from tipclass.corpus import load_corpus
from tipclass.groups import groups
from tipclass.likeness import COPIES as COPIES_FILE
from tipclass.likeness import FILE as WEIGHTS
from tipclass.likeness import TREES, Batch, Likeness, Weights, features, prepare
from tipclass.pairs import Pairs, candidates
from tipclass.runs import runs
from tipclass.taxonomy import load_taxonomy
from tipclass.trees import Trees, save_trees

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
FOLDER = CORPORA / "link"
LEAST, MOST = 12, 0.2  # texts, and share of the texts, that a term stands in
DIRECTIONS = 64
AGAINST = frozenset(
    {
        "names_differ",
        "numbers_differ",
        "places_differ",
        "persons_differ",
        "amounts_differ",
        "hours_differ",
        "other_area",
        "days",
    }
)  # features that tell matters apart
COPIES = 80  # of the tips of an author, a copy of each
# Authors whose repeats lie within weeks and whose other tips lie months apart, as those of no desk do.
HURRIED = frozenset({"r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"})
FIRST_DAY, SEASON = date(2025, 3, 1), 100  # days over which their tips are spread
LESS = 0.3  # weight of the pairs whose areas or days are left out or changed
MOVED = (80, 10, 5, 5)  # of a hundred tips, those whose area stays, is left out, is one of a like name, is another
EITHER = frozenset(
    {
        "first",
        "third",
        "thirds",
        "length",
        "cosine",
        "cover",
        "rival_most",
        "rival_least",
        "lists",
        "reminds",
        "copied",
        "shared",
        "rare",
        "apart_copied",
        "leaning",
        "meaning",
        "torn",
        "torn_most",
        "borne_least",
        "borne_most",
        "unborne_least",
        "unborne_most",
    }
)  # features that may do both, since the likest texts of other matters are meant to mislead
SENSES_OF_COPIES = {
    "copied": 1,
    "shared": 1,
    "rare": 1,
    "length": -1,
    "apart_copied": -1,
    "meaning": 1,
    "leaning": 1,
    "names_differ": -1,
    "numbers_agree": 1,
    "numbers_differ": -1,
    "same_area": 1,
    "other_area": -1,
    "days": -1,
}  # the features copies are told by, each of which speaks for likeness or against it
SEEDS = 2  # times that trees are grown, to take the mean
GROWTH = {
    "max_iter": 120,
    "learning_rate": 0.07,
    "max_depth": 5,
    "max_leaf_nodes": 16,
    "min_samples_leaf": 12,
    "l2_regularization": 4.0,
    "max_features": 0.4,
    "early_stopping": False,
}

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
            rows.setdefault(_author(row), []).append(row)
    return list(rows.values())


def _author(row: Row) -> str:
    return row["id"].split("-")[0]


def with_copies(rows: Sequence[Row]) -> list[Row]:
    """Add to some tips a copy each, with clauses left out and characters changed, as what is copied is told again."""
    chance = random.Random(0)
    copied = chance.sample(range(len(rows)), min(COPIES, len(rows)))
    groups = {place: {**rows[place], "group": rows[place]["group"] or rows[place]["id"]} for place in copied}
    copies = [{**groups[place], "text": told_again(rows[place]["text"], chance)} for place in copied]
    return [*(groups.get(place, row) for place, row in enumerate(rows)), *copies]


def moved(rows: Sequence[Row]) -> list[Row]:
    """Leave out the area of some tips, and file some in a neighbouring one, as tips of one matter are."""
    chance = random.Random(0)

    def area(own: str) -> str:
        return chance.choices((own, "", own[:1] + "市" if own else "", "邻县"), MOVED)[0]

    return [{**row, "area": area(row["area"])} for row in rows]


def spread(rows: Sequence[Row]) -> list[Row]:
    """Return the tips of an author with days drawn anew where his own tell more than those of a desk would."""
    chance = random.Random(1)
    hurried = _author(rows[0]) in HURRIED
    days = ((FIRST_DAY + timedelta(days=chance.randrange(SEASON))).isoformat() for _ in rows)
    return [{**row, "received": day} if hurried else row for row, day in zip(rows, days, strict=True)]


def compared(rows: Sequence[Row], *, areas: bool = True, days: bool = True) -> tuple[Batch, Pairs, NDArray]:
    """Return some tips for comparison, the pairs compared among them, and which of those tell the same matter."""
    texts = [plain(row["text"]) for row in rows]
    known_days = [date.fromisoformat(row["received"]) if days else None for row in rows]
    batch = prepare(texts, bigrams(texts), known_days, [row["area"] if areas else "" for row in rows])
    one, two = candidates(batch.grams, runs(texts), batch.areas)
    group = np.array([row["group"] or row["id"] for row in rows])
    return batch, (one, two), group[one] == group[two]


Compared = tuple[Batch, Pairs, NDArray, float]


def ways(rows: Sequence[Row]) -> list[Compared]:
    """Return the tips of an author in each way an office may have them, with what a pair of them weighs."""
    rows = spread(rows)
    told = with_copies(rows)
    return [
        (*compared(rows), 1.0),
        (*compared(told), LESS),
        (*compared(moved(rows)), LESS),
        (*compared(rows, areas=False), LESS),
        (*compared(rows, days=False), LESS),
        (*compared(with_near_misses(rows)), 1.0),
    ]


def ways_of_copies(rows: Sequence[Row]) -> list[Compared]:
    """Return the tips of an author with a copy of some, as `ways` does of all that may be told again."""
    rows = spread(rows)
    told = with_copies(rows)
    return [(*compared(told), 1.0), (*compared(told, areas=False), LESS), (*compared(told, days=False), LESS)]


def fit(authors: Sequence[Sequence[Compared]], senses: Mapping[str, int] | None = None) -> Weights:
    """Return bias and weights, of all features or of those whose senses are given."""
    parts = [each for author in authors for each in author]
    columns = [features(batch, pairs) for batch, pairs, _, _ in parts]
    names = list(senses or columns[0])
    table = np.concatenate([np.column_stack([each[name] for name in names]) for each in columns])
    same = np.concatenate([found for _, _, found, _ in parts])
    weight = np.concatenate([np.full(len(found), each) for _, _, found, each in parts])
    bias, found = bounded(table, same, weight, names, senses)
    return Weights(bias=bias, weight=found)


def fit_trees(authors: Sequence[Sequence[Compared]]) -> Trees:
    """Return the trees, fitted on what weights from the other authors say of each author's pairs."""
    tables, sames, weights = [], [], []
    for place, author in enumerate(authors):
        by = fit([other for at, other in enumerate(authors) if at != place])
        for batch, pairs, same, weight in author:
            columns, seen = Likeness(batch, pairs, by).features(pairs)
            names = tuple(columns)
            tables.append(np.column_stack(list(columns.values())))
            sames.append(same[seen])
            weights.append(np.full(seen.sum(), weight))
    return grown(names, np.concatenate(tables), np.concatenate(sames), np.concatenate(weights))


def grown(names: tuple[str, ...], table: NDArray, same: NDArray, weight: NDArray) -> Trees:
    """Grow trees none of which speaks against likeness or for difference, and lay their nodes end to end."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    sides = [sense(name) for name in names]
    parts: dict[str, list[NDArray]] = {name: [] for name in ("column", "limit", "left", "right", "value")}
    roots, bias, size = [], [], 0
    for seed in range(SEEDS):
        model = HistGradientBoostingClassifier(**GROWTH, monotonic_cst=sides, random_state=seed)
        model.fit(table, same, sample_weight=weight)
        bias.append(float(model._baseline_prediction.ravel()[0]))
        for (grown_tree,) in model._predictors:
            nodes = grown_tree.nodes
            own = np.arange(len(nodes)) + size
            leaf = nodes["is_leaf"].astype(bool)
            parts["column"].append(np.where(leaf, 0, nodes["feature_idx"]).astype(np.int32))
            parts["limit"].append(np.where(leaf, 0.0, nodes["num_threshold"]))
            for side in ("left", "right"):
                parts[side].append(np.where(leaf, own, nodes[side] + size).astype(np.int32))
            parts["value"].append(np.where(leaf, nodes["value"], 0.0) / SEEDS)
            roots.append(size)
            size += len(nodes)
    arrays = {name: np.concatenate(each) for name, each in parts.items()}
    steps, mean = GROWTH["max_depth"], float(np.mean(bias))
    return Trees(names, **arrays, roots=np.array(roots, np.int32), steps=steps, bias=mean)


def sense(name: str) -> int:
    """Return 1 for a feature that may only speak for likeness, -1 for one only against it, 0 for either."""
    return 0 if name in EITHER else -1 if name in AGAINST else 1


def bounded(
    table: NDArray,
    same: NDArray,
    weight: NDArray,
    names: Sequence[str],
    senses: Mapping[str, int] | None = None,
) -> tuple[float, dict[str, float]]:
    """Fit a logistic regression whose weights keep to the sense of their feature (see `sense`), where it has one.

    Near misses that share whole phrases teach that the likest texts may be none the same; copies teach the contrary.
    """
    scale = table.std(axis=0)
    unit = np.column_stack([table / scale, np.ones(len(table))])
    sides = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}
    bounds = [*(sides[senses[name] if senses else sense(name)] for name in names), (None, None)]

    def loss(weights: NDArray) -> tuple[float, NDArray]:
        logits = unit @ weights
        misses = weight * (1.0 / (1.0 + np.exp(-logits)) - same)
        whole = weight @ (np.logaddexp(0.0, logits) - same * logits) + weights[:-1] @ weights[:-1] / 2
        return whole, unit.T @ misses + np.append(weights[:-1], 0.0)

    found = minimize(loss, np.zeros(unit.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    raw = found[:-1] / scale
    return float(found[-1]), {name: float(value) for name, value in zip(names, raw, strict=True)}


def apart(rows: Sequence[Sequence[Row]]) -> Iterator[str]:
    """Yield the pairs found of each author by what is fitted on the others, and of all."""
    authors = [ways(each) for each in rows]
    counts = []
    for place, own in enumerate(authors):
        others = [each for at, each in enumerate(authors) if at != place]
        batch, pairs, _, _ = own[0]
        alike = Likeness(batch, pairs, fit(others), fit_trees(others))
        counts.append(_counted(rows[place], groups(pairs, alike(pairs), batch.size, alike)))
        yield _line(_author(rows[place][0]), counts[-1])
    yield _line("all", np.sum(counts, axis=0))


def _counted(rows: Sequence[Row], found: Sequence[Sequence[int]]) -> NDArray:
    """Return how many pairs are marked, given, and right."""
    marked = np.array([row["group"] or row["id"] for row in rows])
    given = [pair for group in found for pair in combinations(group, 2)]
    sizes = np.unique(marked, return_counts=True)[1]
    right = sum(marked[one] == marked[two] for one, two in given)
    return np.array([(sizes * (sizes - 1) // 2).sum(), len(given), right])


def _line(name: str, counts: NDArray) -> str:
    marked, given, right = counts
    shares = f"precision {right / given:.3f}, recall {right / marked:.3f}"
    return f"{name}: marked {marked}, given {given}, right {right}: {shares}"


HEADS = {
    WEIGHTS: "# What each feature of a pair of tips says for its telling the same matter",
    COPIES_FILE: "# What each feature of a pair says for one being a copy of the other",
}


def store(name: str, fitted: Weights) -> None:
    """Write a table of weights."""
    lines = [f"{HEADS[name]}; written by scripts/fit_link.py.", f"bias = {fitted.bias:.4f}\n\n[weight]"]
    lines += [f"{feature} = {weight:.4f}" for feature, weight in fitted.weight.items()]
    (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit one of them, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("background", "weights", "copies", "apart"))
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--without", nargs="*", default=(), help="authors whose tips are left out")
    options = parser.parse_args()
    if options.what == "background":
        background()
        return
    authors = [rows for rows in by_author(options.files) if _author(rows[0]) not in options.without]
    if options.what == "apart":
        print("\n".join(apart(authors)))
    elif options.what == "copies":
        store(COPIES_FILE, fit([*map(ways_of_copies, authors)], SENSES_OF_COPIES))
    else:
        told = [*map(ways, authors)]
        save_trees(fit_trees(told), FOLDER / TREES)
        store(WEIGHTS, fit(told))


if __name__ == "__main__":
    main()
