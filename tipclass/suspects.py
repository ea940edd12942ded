"""Suspects: tips of a corpus whose main label looks wrong to classifiers that never saw them."""

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tipclass import messages
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, LabelledTip
from tipclass.corrections import CORPUS
from tipclass.decide import decide
from tipclass.records import Decision, Entry, Route, Tip
from tipclass.result_columns import Batch
from tipclass.scorer import TINY
from tipclass.training import OutOfFold, out_of_fold, settle

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]

PROMISE = 0.95  # precision; without effect here, where every row is for a person


@dataclass(frozen=True, slots=True)
class Suspect:
    """A tip with how likely its main label is right, in [0, 1], and what the classifier decided of it."""

    tip: LabelledTip
    quality: float
    decision: Decision


def suspects(
    corpus: Corpus,
    classifier: TipClassifier,
    *,
    most: int,
    done: Callable[[int], None] = lambda count: None,
) -> list[Suspect]:
    """Return the tips whose main label is least likely to be right, the worst first, at most so many.

    Folds are dealt by groups: with whole registers left out, as training does it, a classifier errs so often on texts
    of a voice it never heard that label errors drown (scripts/measure_suspects.py measures both). `done` hears of
    each finished fold. Raises CorpusError when the corpus is too small for folds.
    """
    plain = without_registers(corpus)
    return worst(corpus, out_of_fold(plain, classifier, classifier.views(plain.texts), done=done), most)


def without_registers(corpus: Corpus) -> Corpus:
    """Return the corpus as one of a single voice, whose folds go by groups only."""
    return replace(corpus, tips=tuple(replace(tip, register="") for tip in corpus.tips))


def worst(corpus: Corpus, out: OutOfFold, most: int) -> list[Suspect]:
    """Rank tips by what was said of them out of fold."""
    calibration, policy = settle(corpus, out, dict.fromkeys(corpus.taxonomy.codes, PROMISE))
    judged = out.judgements(calibration)
    sure = np.array([each.certainties for each in judged])
    quality = label_quality(sure, corpus.indicator[out.rows], corpus.main[out.rows])
    decisions = (replace(decide(each, policy, corpus.taxonomy), route=Route.REVIEW) for each in judged)
    found = [
        Suspect(corpus.tips[row], float(right), decision)
        for row, right, decision in zip(out.rows, quality, decisions, strict=True)
    ]
    return sorted(found, key=lambda each: each.quality)[:most]


def label_quality(certainties: Matrix, indicator: Columns, main: Columns) -> Matrix:
    """Return how likely each main label is right, shape (tips,): its share among all but the further labels.

    Which of two labels is the main one is no error to look for. Shapes: certainties and indicator (tips, categories),
    main (tips,).

    >>> label_quality(np.array([[0.1, 0.5, 0.4]]), np.array([[1, 1, 0]]), np.array([0])).round(4).tolist()
    [0.2]
    """
    further = indicator.astype(bool)
    further[np.arange(len(main)), main] = False
    left = np.where(further, 0.0, certainties)
    return self_confidence(left / np.maximum(left.sum(axis=1, keepdims=True), TINY), main)


def self_confidence(shares: Matrix, main: Columns) -> Matrix:
    """Return the share of each main label, shape (tips,), by cleanlab where it is installed: the two are the same.

    Northcutt, Jiang and Chuang, Confident learning, JAIR 2021.
    """
    if importlib.util.find_spec("cleanlab") is None:
        return shares[np.arange(len(main)), main]
    from cleanlab.rank import get_label_quality_scores

    return np.asarray(get_label_quality_scores(main, shares, method="self_confidence"))


def as_batch(found: Sequence[Suspect], corpus: Corpus) -> Batch:
    """Return suspects as the rows of a workbook that `corpus learn` takes back."""
    return Batch([_entry(each, corpus) for each in found], corpus.taxonomy, CORPUS)


def _entry(suspect: Suspect, corpus: Corpus) -> Entry:
    tip, name = suspect.tip, corpus.taxonomy.name
    fields = {
        messages.FIELD_PLACE: tip.place,
        messages.FIGURE_LABEL: ";".join(map(name, tip.labels)),
        messages.FIELD_TEXT: tip.text,
    }
    main = suspect.decision.main.code
    told = {"label": name(tip.labels[0]), "quality": suspect.quality, "name": name(main)}
    reason = messages.SUSPECT.format(**told, certainty=suspect.decision.certainty)
    return Entry(Tip(tip.id, tip.text, fields=fields), suspect.decision, reason)
