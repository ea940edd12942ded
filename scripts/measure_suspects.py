"""How many planted label errors stand among the first suspects.

    python scripts/measure_suspects.py corpora [--flips 100] [--seeds 3]

The main label of some tips, chosen by chance, is flipped to another category chosen by chance; folds are dealt by
groups, as `corpus suspects` does it, or leave out whole registers, as `train` does it. Real errors are harder to find
than planted ones: they stand where categories are near each other.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tipclass import training
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, LabelledTip
from tipclass.lexicon import Lexicon
from tipclass.suspects import without_registers, worst

FIRST = (100, 200, 300)
FOLDINGS = {"by groups": without_registers, "whole registers left out": lambda corpus: corpus}

Line = tuple[str, int, list[int]]


def flipped(corpus: Corpus, count: int, seed: int) -> tuple[Corpus, set[str]]:
    """Return the corpus with so many wrong main labels, and the places of the tips that bear them."""
    generator = np.random.default_rng(seed)
    rows = generator.choice(len(corpus.tips), count, replace=False).tolist()
    tips = list(corpus.tips)
    for row in rows:
        others = [code for code in corpus.taxonomy.codes if code not in tips[row].labels]
        tips[row] = _relabelled(tips[row], others[generator.integers(len(others))])
    return replace(corpus, tips=tuple(tips)), {corpus.tips[row].place for row in rows}


def _relabelled(tip: LabelledTip, code: str) -> LabelledTip:
    return replace(tip, labels=(code, *tip.labels[1:]))


def measure(corpus: Corpus, lexicon: Lexicon, flips: int, seeds: int) -> Iterator[Line]:
    """Yield folding, seed, and how many of the flipped tips are among the first suspects."""
    classifier = TipClassifier(corpus.taxonomy.codes, lexicon)
    views = classifier.views(corpus.texts)
    for seed in range(seeds):
        wrong, places = flipped(corpus, flips, seed)
        for name, folding in FOLDINGS.items():
            out = training.out_of_fold(folding(wrong), classifier, views)
            ranked = [suspect.tip.place for suspect in worst(wrong, out, max(FIRST))]
            yield name, seed, [len(places.intersection(ranked[:first])) for first in FIRST]


def table(lines: Sequence[Line], flips: int) -> str:
    """Return the counts as a Markdown table."""
    heads = " | ".join(f"of {flips} among the first {first}" for first in FIRST)
    rows = [f"| {name} | {seed} | " + " | ".join(map(str, counts)) + " |" for name, seed, counts in lines]
    return "\n".join([f"| folds | seed | {heads} |", "|---|--:|" + "--:|" * len(FIRST), *rows])


def main() -> None:
    """Plant errors, look for them, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--flips", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    corpus, _, lexicon = training.prepare([options.corpus], None)
    print(table(list(measure(corpus, lexicon, options.flips, options.seeds)), options.flips))


if __name__ == "__main__":
    main()
