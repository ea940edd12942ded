"""The model card: a section for each fact there is, and none besides."""

import pytest

from tipclass.card import write_card
from tipclass.model import Model

TRIED = ({"C": 10.0, "piece": 120, "macro_f1": 0.81234}, {"C": 30.0, "piece": 120, "macro_f1": 0.8})


def test_a_card_says_what_was_measured_and_where_the_limits_are(model: Model) -> None:
    card = write_card(model.manifest, model.taxonomy)
    for heading in ("Intended use and limits", "Trained on", "Out-of-fold figures", "By category"):
        assert f"## {heading}" in card
    assert "Weakest categories by F1 out of fold: " in card
    assert f"set aside: {model.manifest.figures['lost']} of 25." in card
    assert "Settings tried" not in card


def test_a_card_says_what_a_search_tried(model: Model) -> None:
    card = write_card(model.manifest.model_copy(update={"tried": TRIED}), model.taxonomy)
    assert "## Settings tried" in card
    assert "| C | piece | macro_f1 |" in card
    assert "| 10 | 120 | 0.8123 |" in card


@pytest.mark.parametrize("absent", ["Out-of-fold figures", "Reliability", "By category", "Weakest"])
def test_a_card_of_a_model_without_folds_claims_nothing(model: Model, absent: str) -> None:
    card = write_card(model.manifest.model_copy(update={"figures": {}}), model.taxonomy)
    assert absent not in card
    assert "trained without folds" in card


def test_a_card_says_what_each_part_adds(model: Model) -> None:
    whole = {"part": "everything", "accuracy": 0.9, "macro_f1": 0.8, "won": 0, "lost": 0, "p": 1.0}
    without = {"part": "without characters", "accuracy": 0.85, "macro_f1": 0.75, "won": 2, "lost": 9, "p": 0.0654}
    card = write_card(model.manifest.model_copy(update={"ablated": (whole, without)}), model.taxonomy)
    assert "| everything | 0.900 | 0.800 |  |  |  |" in card
    assert "| without characters | 0.850 | 0.750 | 2 | 9 | 0.0654 |" in card
