"""The ablation: what the out-of-fold figures are worth when one part of the classifier is taken away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from tipclass.classifier import TipClassifier
from tipclass.comparison import mcnemar
from tipclass.corpus import Corpus
from tipclass.evaluate import macro_f1
from tipclass.search import predict_folds, with_parameters

WHOLE = 10**9  # characters: no text is longer, so that none is cut
FULL = "everything"
PARTS: Mapping[str, Mapping[str, float]] = {
    "without characters": {"character_weight": 0.0},
    "without lexicon": {"lexicon_weight": 0.0},
    "words only": {"character_weight": 0.0, "lexicon_weight": 0.0},
    "whole texts instead of pieces": {"piece": WHOLE},
    "without contrast": {"contrast": 0.0},
}


@dataclass(frozen=True, slots=True)
class Ablated:
    """What is left without a part: figures of the main label out of fold, and the p of the difference from the whole.

    won, lost: texts that are right only without the part, and only with it; p: McNemar's exact test of the two, 1 for
    the whole itself.
    """

    part: str
    accuracy: float
    macro_f1: float
    won: int
    lost: int
    p: float

    def as_values(self) -> dict[str, str | float]:
        """Return everything as plain values by name, rounded as the card shows it."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}


def ablate(
    corpus: Corpus,
    classifier: TipClassifier,
    *,
    parts: Mapping[str, Mapping[str, float]] = PARTS,
    jobs: int = -1,
    done: Callable[[int], None] = lambda count: None,
) -> Sequence[Ablated]:
    """Measure the classifier, and each time what is left of it without one of the parts, on the folds of training.

    `done` hears of each finished measurement, the first of which is of the whole.
    """
    views = classifier.views(corpus.texts)
    found: list[Ablated] = []
    whole = np.zeros(0, dtype=bool)
    for part, parameters in {FULL: {}, **parts}.items():
        rows, predicted = predict_folds(corpus, with_parameters(classifier, parameters), views, jobs)
        main = corpus.main[rows]
        right = main == predicted
        whole = right if part == FULL else whole
        won, lost = int((right & ~whole).sum()), int((whole & ~right).sum())
        found.append(Ablated(part, float(right.mean()), macro_f1(main, predicted), won, lost, mcnemar(won, lost)))
        done(1)
    return found
