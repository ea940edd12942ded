"""The experiments: figures by hand, and a picture that is well-formed."""

from xml.etree import ElementTree

import experiments
import numpy as np
import pytest

from tipclass import clean
from tipclass.corpus import Corpus


def test_gold_figures_count_the_large_categories_only(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiments, "LARGE", 8)
    predicted = corpus.main.copy()
    predicted[:2] = 1
    figures = experiments.gold_figures(predicted, corpus)
    assert figures["gold message"] == pytest.approx(1 - 1 / 12)
    assert figures["gold note"] == pytest.approx(1 - 1 / 13)
    assert figures["gold macro-F1"] == pytest.approx((2 * 7 / (9 + 7) + 2 * 8 / (8 + 10) + 1) / 3)


def test_a_step_is_left_out_and_put_back() -> None:
    def run() -> dict[str, float]:
        return {"folded": float(clean.clean("3吨") == "0吨")}

    assert experiments.without_step("fold_numbers", run) == {"folded": 0.0}
    assert run() == {"folded": 1.0}


def test_only_main_labels_are_left(corpus: Corpus) -> None:
    assert {len(tip.labels) for tip in experiments.main_only(corpus).tips} == {1}


def test_the_picture_is_well_formed() -> None:
    lines = [(f"{n} texts", {"a": 0.5 + n / 10, "b": 0.51 + n / 10}) for n in range(3)]
    drawn = ElementTree.fromstring(experiments.picture(lines))
    assert len(drawn.findall("{http://www.w3.org/2000/svg}polyline")) == 2
    assert "| 1 texts | 0.600 | 0.610 |" in experiments.table(lines)


def test_curve_grows(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiments, "measure", lambda part, classifier, gold: {"tips": float(len(part.tips))})
    sizes = [figures["tips"] for _, figures in experiments.curve(corpus, None, None)]
    assert np.all(np.diff(sizes) > 0)
    assert sizes[-1] == len(corpus.tips)
