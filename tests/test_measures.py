"""The scripts that measure suspects and queue: what they plant, deal out and count."""

from dataclasses import replace

import measure_queue
import measure_suspects
import numpy as np
import pytest

from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, groups
from tipclass.segment import Segmenter


def test_so_many_main_labels_are_wrong_and_known_by_place(corpus: Corpus) -> None:
    placed = replace(corpus, tips=tuple(replace(tip, place=tip.id) for tip in corpus.tips))
    wrong, places = measure_suspects.flipped(placed, 5, 0)
    changed = [(old, new) for old, new in zip(placed.tips, wrong.tips, strict=True) if old != new]
    assert {old.place for old, _ in changed} == places
    assert len(places) == 5
    assert all(new.labels[0] not in old.labels and new.labels[1:] == old.labels[1:] for old, new in changed)


def test_planted_errors_are_counted_for_both_foldings(
    corpus: Corpus, classifier: TipClassifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = replace(corpus, tips=tuple(replace(tip, place=tip.id) for tip in corpus.tips))
    monkeypatch.setattr(measure_suspects, "FIRST", (1, 25))
    lines = list(measure_suspects.measure(placed, classifier.lexicon, 3, 1))
    assert [(name, seed) for name, seed, _ in lines] == [(name, 0) for name in measure_suspects.FOLDINGS]
    assert [counts[1] for _, _, counts in lines] == [3, 3]
    assert "| by groups | 0 | " in measure_suspects.table(lines, 3)


@pytest.mark.parametrize("sent_again", [False, True])
def test_what_is_measured_on_is_never_labelled(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, sent_again: bool
) -> None:
    monkeypatch.setattr(measure_queue, "START", 3)
    rows, group = measure_queue.split(corpus, 0, sent_again=sent_again), groups(corpus)
    assert corpus.indicator[rows.start].any(axis=0).all()
    assert not set(group[rows.test]) & {*group[rows.start], *group[rows.pool]}
    assert len(set(rows.pool) | set(rows.start) | set(rows.test)) == len(corpus.tips)
    times = sorted(np.unique(rows.pool, return_counts=True)[1])
    again = round(0.1 * len(times)) if sent_again else 0
    assert times == [1] * (len(times) - again) + [10] * again


@pytest.mark.parametrize("way", measure_queue.WAYS)
def test_every_way_gives_a_curve(
    corpus: Corpus, classifier: TipClassifier, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for name, value in (("START", 3), ("STEP", 3), ("ROUNDS", 2)):
        monkeypatch.setattr(measure_queue, name, value)
    rows = measure_queue.split(corpus, 0, sent_again=True)
    cuts = Segmenter(classifier.lexicon).cuts(corpus.texts)
    curve = measure_queue.learn(corpus, cuts, classifier, rows, way, 0)
    assert len(curve) == 3
    assert curve[0] == measure_queue.learn(corpus, cuts, classifier, rows, "by chance", 1)[0]


def test_the_table_counts_seeds_above_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_queue, "ROUNDS", 2)
    curves = np.zeros((4, 2, 3, 2))
    curves[3, :, 1:, 0] = [[0.1], [0.3]]
    last = measure_queue.table("pool", curves).splitlines()[-1]
    assert last.endswith("| 0.000 / 0.000 | 0.200 / 0.000 | 0.200 / 0.000 | +0.2000 ± 0.1000 | 2/2 |")
