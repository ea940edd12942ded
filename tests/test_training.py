"""Training: folds, measuring and packing, on the small corpus."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import TAXONOMY_TOML

from tipclass import neighbours, training
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus
from tipclass.decide import NEVER
from tipclass.errors import CorpusError
from tipclass.taxonomy import parse_taxonomy


def test_training_twice_gives_the_same_model(corpus: Corpus, classifier: TipClassifier, models: Path) -> None:
    trained = training.train(corpus, classifier, targets=dict.fromkeys(corpus.taxonomy.codes, 0.8))
    assert training.package(trained, corpus, TAXONOMY_TOML).manifest.id == next(models.glob("m*")).name
    assert trained.evaluation is not None
    assert trained.evaluation.tips == len(corpus.tips)


def test_without_folds_everything_goes_to_review(corpus: Corpus, classifier: TipClassifier) -> None:
    trained = training.train_without_folds(corpus, classifier, targets=dict.fromkeys(corpus.taxonomy.codes, 0.95))
    assert set(trained.policy.accept.values()) == {NEVER}
    assert trained.evaluation is None


def test_a_taxonomy_can_be_made_from_labels(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,label\n河水,"污水;异味""甲"""\n夜里,噪声\n河里,污水\n', encoding="utf-8")
    taxonomy = parse_taxonomy(training.taxonomy_of_labels([path]), source="labels")
    assert [each.name for each in taxonomy.category] == ["噪声", '异味"甲"', "污水"]


def test_no_corpus_no_labels(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        training.taxonomy_of_labels([tmp_path / "none.csv"])


@pytest.mark.xdist_group("joblib")  # its processes are kept for a while
def test_processes_change_nothing(corpus: Corpus, classifier: TipClassifier) -> None:
    one, two = (training.out_of_fold(corpus, classifier, classifier.views(corpus.texts), jobs=jobs) for jobs in (1, 2))
    assert np.array_equal(one.fold, two.fold)
    assert np.array_equal(one.decisions, two.decisions)


def test_calibration_and_policy_are_measured_on_other_folds(corpus: Corpus, classifier: TipClassifier) -> None:
    targets = dict.fromkeys(corpus.taxonomy.codes, 0.6)
    out = training.out_of_fold(corpus, classifier, classifier.views(corpus.texts), jobs=1)
    assert np.unique(out.fold).size > 1
    seen: list[list[int]] = []
    settle = training.settle

    def listening(corpus: Corpus, out: training.OutOfFold, targets: dict[str, float]):  # type: ignore[no-untyped-def]
        seen.append(np.unique(out.fold).tolist())
        return settle(corpus, out, targets)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "settle", listening)
        decided = training.decide_folds(corpus, out, targets)
    every = np.unique(out.fold).tolist()
    assert seen == [[fold for fold in every if fold != left] for left in every]
    assert decided.rows.tolist() == out.rows.tolist()
    assert training.measure(corpus, decided).tips == len(out.rows)


def test_a_model_keeps_its_texts_masked_and_short(corpus: Corpus, classifier: TipClassifier) -> None:
    tip = replace(corpus.tips[0], text="排污水的人电话13800000000，" + "河水发黑" * 60)
    trained = training.train_without_folds(
        replace(corpus, tips=(tip, *corpus.tips[1:])), classifier, targets=dict.fromkeys(corpus.taxonomy.codes, 0.9)
    )
    shown = trained.neighbours.examples[0].text
    assert "13800000000" not in shown
    assert len(shown) == neighbours.EXCERPT
