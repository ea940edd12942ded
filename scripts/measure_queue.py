"""Whether labelling what `corpus next` chooses teaches more than labelling tips chosen by chance.

    python scripts/measure_queue.py corpora [--seeds 5] [--jobs 2]

Learning curves: a classifier starts from some texts of the corpora, again and again 50 texts are chosen out of a pool,
their labels are looked up, and it is fitted anew; all are measured on the same quarter of the corpora, none of whose
groups is ever labelled. The pool is either as the corpora are, or such that a tenth of its texts stand in it ten times,
as tips that are sent again do.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.base import clone

from tipclass import training
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, groups
from tipclass.evaluate import macro_f1
from tipclass.neighbours import heaviest
from tipclass.queue import choose, doubt
from tipclass.rows import Rows
from tipclass.scorer import Scorer, certainties
from tipclass.segment import Cut, Segmenter

START, STEP, ROUNDS = 300, 50, 8  # texts labelled at first, texts a round, rounds
POOL, TEST = 3000, 1500  # texts at most
AGAIN, TIMES = 0.1, 10  # share of the texts that are sent again, and how often each of them stands in the pool

Places = NDArray[np.int64]
Curve = list[tuple[float, float]]


@dataclass(frozen=True)
class Seen:
    """What a classifier makes of the texts of a pool; shapes as `queue.choose` wants them."""

    sure: NDArray[np.float64]
    words: Rows
    likeness: NDArray[np.float64]


def by_chance(seen: Seen, generator: np.random.Generator) -> list[int]:
    """Choose by chance."""
    return generator.permutation(len(seen.sure))[:STEP].tolist()


def by_doubt(seen: Seen, generator: np.random.Generator) -> list[int]:
    """Choose what is most doubtful, with neither variety nor quota."""
    return np.argsort(-doubt(seen.sure), kind="stable")[:STEP].tolist()


def farthest(seen: Seen, generator: np.random.Generator) -> list[int]:
    """Choose by doubt times distance, also among texts that are not alike."""
    return choose(seen.sure, seen.words, seen.likeness, STEP, near=0.0)


def as_next(seen: Seen, generator: np.random.Generator) -> list[int]:
    """Choose as `corpus next` does."""
    return choose(seen.sure, seen.words, seen.likeness, STEP)


WAYS: dict[str, Callable[[Seen, np.random.Generator], list[int]]] = {
    "by chance": by_chance,
    "doubt alone": by_doubt,
    "doubt x distance": farthest,
    "corpus next": as_next,
}


@dataclass(frozen=True)
class Split:
    """Places of the corpus: labelled at first, to choose from (one may stand several times), and to measure on."""

    start: Places
    pool: Places
    test: Places


def split(corpus: Corpus, seed: int, *, sent_again: bool) -> Split:
    """Deal a corpus out by groups; every category has a text among the first."""
    generator, group = np.random.default_rng(seed), groups(corpus)
    dealt = generator.permutation(np.unique(group))
    held_out = np.isin(group, dealt[: len(dealt) // 4])
    test, rest = (generator.permutation(np.flatnonzero(where)) for where in (held_out, ~held_out))
    first = [rest[corpus.indicator[rest, column] > 0][0] for column in range(len(corpus.taxonomy.codes))]
    start = np.unique([*rest[:START], *first])
    pool = rest[~np.isin(rest, start)][:POOL]
    more = np.repeat(pool[: round(AGAIN * len(pool))], TIMES - 1) if sent_again else pool[:0]
    return Split(start, generator.permutation(np.r_[pool, more]), test[:TEST])


def learn(corpus: Corpus, cuts: Sequence[Cut], classifier: TipClassifier, rows: Split, way: str, seed: int) -> Curve:
    """Return accuracy and macro-F1 of the main label after each round."""
    generator = np.random.default_rng(seed)
    labelled, pool, main, views = rows.start.tolist(), rows.pool, corpus.main, [cut.view() for cut in cuts]
    curve = []
    for _ in range(ROUNDS + 1):
        fitted = clone(classifier).fit_views([views[row] for row in labelled], corpus.indicator[labelled])
        scorer = Scorer(fitted.arrays(), fitted.lexicon, fitted.categories)
        predicted = fitted.decide_views([views[row] for row in rows.test]).argmax(axis=1)
        curve.append((float((predicted == main[rows.test]).mean()), macro_f1(main[rows.test], predicted)))
        chosen = WAYS[way](see(scorer, cuts, labelled, pool), generator)
        labelled += pool[chosen].tolist()
        pool = np.delete(pool, chosen)
    return curve


def see(scorer: Scorer, cuts: Sequence[Cut], labelled: Sequence[int], pool: Places) -> Seen:
    """Look at a pool as `corpus next` does."""
    texts, place = np.unique(pool, return_inverse=True)
    features = scorer.features([cuts[row] for row in texts])
    words = heaviest(scorer.telling_words(features))
    known = heaviest(scorer.telling_words(scorer.features([cuts[row] for row in labelled])))
    likeness = (words.as_sparse() @ known.as_sparse().T).max(axis=1).toarray().ravel()
    return Seen(certainties(scorer.decisions(features), scorer.calibration)[place], words.take(place), likeness[place])


def measure(corpus: Corpus, classifier: TipClassifier, seeds: int, jobs: int) -> Iterator[str]:
    """Yield a Markdown table for each kind of pool."""
    cuts = Segmenter(classifier.lexicon).cuts(corpus.texts)
    for sent_again, title in ((False, "pool as the corpora are"), (True, "a tenth of the pool sent ten times")):
        splits = [split(corpus, seed, sent_again=sent_again) for seed in range(seeds)]
        runs = [(way, seed) for way in WAYS for seed in range(seeds)]
        curves = Parallel(n_jobs=jobs)(
            delayed(learn)(corpus, cuts, classifier, splits[seed], way, seed) for way, seed in runs
        )
        yield table(title, np.array(curves).reshape(len(WAYS), seeds, ROUNDS + 1, 2))


def table(title: str, curves: NDArray[np.float64]) -> str:
    """Return curves, shape (ways, seeds, rounds + 1, 2), as a table.

    Accuracy / macro-F1, mean over seeds, after some rounds; then the mean over all rounds, its difference to chance
    with the standard error over seeds, and for how many seeds it is above chance.
    """
    shown = range(0, ROUNDS + 1, 2)
    heads = [title, *(f"+{STEP * number}" for number in shown), "all rounds", "accuracy above chance", "seeds above"]
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "--:|" * (len(heads) - 1)]
    over_rounds = curves[:, :, 1:].mean(axis=2)
    for way, curve, mean in zip(WAYS, curves, over_rounds, strict=True):
        above = mean[:, 0] - over_rounds[0, :, 0]
        error = above.std(ddof=1) / np.sqrt(len(above)) if len(above) > 1 else np.nan
        cells = [_pair(curve[:, number].mean(axis=0)) for number in shown]
        cells += [_pair(mean.mean(axis=0)), f"{above.mean():+.4f} ± {error:.4f}", f"{(above > 0).sum()}/{len(above)}"]
        lines.append(f"| {way} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _pair(figures: NDArray[np.float64]) -> str:
    return " / ".join(f"{figure:.3f}" for figure in figures)


def main() -> None:
    """Draw the curves and print them as tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    corpus, _, lexicon = training.prepare([options.corpus], None)
    for page in measure(corpus, TipClassifier(corpus.taxonomy.codes, lexicon), options.seeds, options.jobs):
        print(page, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
