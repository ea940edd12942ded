"""Suspects: label quality by hand, a planted error found, and the workbook that corrects it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, load_corpus
from tipclass.corrections import free_stamp, learn, read_folder, read_reviewed, store
from tipclass.readers import read_tips
from tipclass.result_book import write_xlsx
from tipclass.suspects import as_batch, label_quality, self_confidence, suspects, without_registers

CERTAINTIES = np.array([[0.1, 0.5, 0.4], [0.7, 0.2, 0.1], [0.0, 1.0, 0.0]])


def test_label_quality_leaves_further_labels_out() -> None:
    indicator = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1]])
    assert label_quality(CERTAINTIES, indicator, np.array([0, 0, 2])).tolist() == pytest.approx([0.2, 0.7, 0.0])
    assert label_quality(CERTAINTIES, np.eye(3, dtype=int), np.arange(3)).tolist() == pytest.approx([0.1, 0.2, 0.0])


def test_cleanlab_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cleanlab")
    theirs = self_confidence(CERTAINTIES, np.array([2, 0, 1]))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert self_confidence(CERTAINTIES, np.array([2, 0, 1])).tolist() == theirs.tolist() == [0.4, 0.7, 1.0]


@pytest.fixture(scope="module")
def wrong(corpus: Corpus) -> Corpus:
    """The corpus with one main label that is wrong."""
    tips = (replace(corpus.tips[0], labels=("not_a_tip",), place="a.csv:2"), *corpus.tips[1:])
    return replace(corpus, tips=tips)


def test_a_planted_error_comes_first(wrong: Corpus, classifier: TipClassifier) -> None:
    folds: list[int] = []
    found = suspects(wrong, classifier, most=5, done=folds.append)
    assert found[0].tip == wrong.tips[0]
    assert found[0].decision.main.code == "water_pollution"
    assert [each.quality for each in found] == sorted(each.quality for each in found)
    assert (len(found), len(folds)) == (5, 6)


def test_registers_are_left_out_of_the_folds_only(corpus: Corpus) -> None:
    plain = without_registers(corpus)
    assert {tip.register for tip in plain.tips} == {""}
    assert plain.texts == corpus.texts


def test_the_workbook_corrects_the_corpus_when_it_comes_back(
    tmp_path: Path, wrong: Corpus, classifier: TipClassifier
) -> None:
    tip = wrong.tips[0]
    (tmp_path / "a.csv").write_text(f"id,text,labels\n{tip.id},{tip.text},not_a_tip\n", encoding="utf-8")
    path = tmp_path / "s.xlsx"
    write_xlsx(path, as_batch(suspects(wrong, classifier, most=1), wrong))
    book = openpyxl.load_workbook(path)
    head, row = book.worksheets[0].iter_rows()
    cells = dict(zip([cell.value for cell in head], row, strict=True))
    assert [cells[name].value for name in ("出处", "标注", "内容", "类别", "处理")] == [
        "a.csv:2", "非举报材料", tip.text, "水污染偷排", "人工复核",
    ]  # fmt: skip
    assert "水污染偷排" in str(cells["理由"].value)
    cells["复核类别"].value = "水污染偷排"
    book.save(path)
    held = read_folder(tmp_path, wrong.taxonomy)
    stamp = free_stamp(tmp_path, date(2026, 8, 15))
    learned = learn(read_reviewed(read_tips([path]).tips, wrong.taxonomy).corrections, held, stamp)
    assert store(learned, tmp_path, stamp) is None
    (corrected,) = load_corpus([tmp_path / "a.csv"], wrong.taxonomy).tips
    assert corrected.labels == ("water_pollution",)
