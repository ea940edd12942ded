"""Write the vocabulary by which elements are read: words of the tips and of jieba's dictionary, and what is known.

    python scripts/build_vocabulary.py [--tips corpora/tips] [--output corpora/elements/vocabulary.txt]

A word of the tips gets the group of words that stand where it stands (k-means over what stands beside them) and its
odds: how much oftener it stands in tips about offences than in others. Its sort is jieba's (MIT).
"""

import argparse
import csv
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import jieba
import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from tipclass.folding import fold
from tipclass.lexicon import Lexicon
from tipclass.segment import jieba_tokenizer

ROOT = Path(__file__).resolve().parent.parent
RAREST = 3  # times that a word stands in the tips
USUAL = 100  # frequency from which on a word of the dictionary is taken up
LONGEST = 5  # characters
NEAR = (-2, -1, 1, 2)
AXES, GROUPS, SEED = 80, 300, 0
NO_OFFENCE = {"other_matter", "not_a_tip"}
HEAD = """# The words by which elements are read: word, sort (jieba's, MIT), group of words in like places, odds.
# Written by scripts/build_vocabulary.py from corpora/tips; not to be edited by hand.
"""


def main() -> None:
    """Write the vocabulary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tips", type=Path, default=ROOT / "corpora" / "tips")
    parser.add_argument("--output", type=Path, default=ROOT / "corpora" / "elements" / "vocabulary.txt")
    arguments = parser.parse_args()
    sorts, usual = _dictionary()
    texts, offences = _read(arguments.tips)
    counts = Counter(word for text in texts for word in text)
    known = sorted(word for word, count in counts.items() if count >= RAREST and _fits(word))
    groups = dict(zip(known, _groups(texts, known), strict=True))
    odds = _odds(texts, offences, known)
    listed = sorted({*known, *usual})
    lines = (f"{word} {sorts.get(word, '-')} {groups.get(word, 0)} {odds.get(word, 0)}\n" for word in listed)
    arguments.output.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(listed)} words, {len(known)} of them of the tips")


def _fits(word: str) -> bool:
    return len(word) <= LONGEST and not word.isspace() and word.isprintable() and word != "#"


def _dictionary() -> tuple[dict[str, str], list[str]]:
    """Return the sort of each word of jieba's dictionary, and its usual words."""
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines]
    usual = [word for word, often, _ in rows if int(often) >= USUAL and _fits(word)]
    return {word: sort for word, _, sort in rows}, usual


def _read(folder: Path) -> tuple[list[list[str]], list[bool]]:
    """Return the words of each tip, and whether it is about an offence."""
    cut = jieba_tokenizer(Lexicon())
    texts, offences = [], []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                texts.append(cut(fold(row["text"])))
                offences.append(not NO_OFFENCE & set(row["labels"].split(";")))
    return texts, offences


def _groups(texts: Iterable[Sequence[str]], known: Sequence[str]) -> list[int]:
    """Return the group of each word, from 1: like words have like neighbours."""
    space = normalize(TruncatedSVD(AXES, random_state=SEED).fit_transform(_beside(texts, known)))
    means = MiniBatchKMeans(GROUPS, random_state=SEED, n_init=3, batch_size=4096).fit(space)
    return [int(label) + 1 for label in means.labels_]


def _beside(texts: Iterable[Sequence[str]], known: Sequence[str]) -> csr_matrix:
    """Return the positive pointwise mutual information of each word and each word beside it, on either side."""
    number = {word: place for place, word in enumerate(known)}
    counts: Counter[tuple[int, int]] = Counter()
    for text in texts:
        row = [number.get(word, -1) for word in text]
        for side, step in enumerate(NEAR):
            pairs = zip(row, row[step:], strict=False) if step > 0 else zip(row[-step:], row, strict=False)
            counts.update((one, side * len(known) + other) for one, other in pairs if one >= 0 and other >= 0)
    places = np.array(list(counts), dtype=np.int64)
    often = np.array(list(counts.values()), dtype=float)
    rows, columns = (np.bincount(places[:, axis], often) for axis in (0, 1))
    columns **= 0.75  # so that rare neighbours do not rule
    information = np.log(often / rows[places[:, 0]] * columns.sum() / columns[places[:, 1]])
    kept = information > 0
    shape = (len(known), len(NEAR) * len(known))
    return coo_matrix((information[kept], (places[kept, 0], places[kept, 1])), shape).tocsr()


def _odds(texts: Iterable[Sequence[str]], offences: Sequence[bool], known: Sequence[str]) -> dict[str, int]:
    """Return the log-odds of standing in a tip about an offence, in steps of two thirds from 1 to 9."""
    told: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for text, offence in zip(texts, offences, strict=True):
        told[offence].update(set(text))
    many = [offences.count(False), offences.count(True)]
    share = [{word: (counts[word] + 0.5) / size for word in known} for counts, size in zip(told, many, strict=True)]
    return {word: 5 + max(-4, min(4, round(1.5 * math.log(share[1][word] / share[0][word])))) for word in known}


if __name__ == "__main__":
    main()
