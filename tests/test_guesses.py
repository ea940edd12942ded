"""Guesses: what the tagger takes for the informant's, and how sure it is."""

import numpy as np
import pytest

from tipclass.guesses import GUESSED, KINDS, LEANINGS, SHORTEST, Guess, guessed_spans, guesses, rank
from tipclass.npz import read_npz
from tipclass.settings import corpora_folder
from tipclass.tagger import ARRAYS, LARGEST, Tagger, build, labels
from tipclass.traces import TraceKind
from tipclass.traits import BITS

TEXT = "我就住在造纸厂北墙根那排平房，是厂里夜班的锅炉工，昨晚有人倒污泥"
HOME, POST = TraceKind.ADDRESS, TraceKind.WORK


def constant(weights: dict[str, float]) -> Tagger:
    """Return a tagger that gives each character the same weights."""
    every = [weights.get(label, 0.0) for label in labels(KINDS)]
    places = np.arange(1 << BITS, dtype=np.uint32)
    steps = np.tile(np.array(every, dtype=np.int8), (1 << BITS, 1))
    return build(places, steps, 0.001, np.zeros((len(every), len(every)), dtype=np.float32))


def test_a_home_and_a_post_are_guessed() -> None:
    (found,) = guesses([TEXT])
    words = {(each.kind, TEXT[each.start : each.end]) for each in found}
    assert any(kind is HOME and "平房" in word for kind, word in words)
    assert any(kind is POST and "锅炉工" in word for kind, word in words)


def test_several_texts_are_guessed_as_each_alone() -> None:
    texts = [TEXT, "", "桥东那家石灰窑又点火了", "本人系二车间电工，家住下湾村六组"]
    assert guesses(texts) == [guesses([text])[0] for text in texts]


def test_the_surer_a_guess_the_less_leaning_it_takes() -> None:
    assert list(LEANINGS) == sorted(LEANINGS)
    ranks = {each.rank for each in guesses(["人在河边"], constant({"O": 70}))[0]}
    assert ranks <= set(range(len(LEANINGS)))
    sure, unsure = ({"O": -100, "B-our address": 100}, {"O": 100, "B-our address": -100})
    assert {each.rank for each in guesses(["人"], constant(sure))[0]} == {0}
    assert guesses(["人"], constant(unsure))[0] in ([], [Guess(HOME, 0, 1, len(LEANINGS) - 1)])


def test_what_overlaps_a_stretch_ranks_it() -> None:
    found = [Guess(HOME, 2, 6, 2), Guess(HOME, 4, 9, 1), Guess(POST, 2, 6, 0)]
    assert rank(found, HOME, 5, 7) == 1
    assert rank(found, HOME, 2, 3) == 2
    assert rank(found, HOME, 9, 12) is None
    assert rank([], HOME, 0, 5) is None


def test_what_is_known_or_too_short_is_not_proposed_again() -> None:
    found = [Guess(HOME, 2, 6, 0), Guess(HOME, 2, 6, 1), Guess(HOME, 7, 7 + SHORTEST - 1, 0), Guess(POST, 8, 12, 0)]
    assert set(guessed_spans(found, HOME, set())) == {(2, 6)}
    assert list(guessed_spans(found, HOME, {(2, 6)})) == []


def test_a_surer_guess_keeps_what_overlaps_it_from_being_proposed() -> None:
    found = [Guess(HOME, 2, 6, 1), Guess(HOME, 0, 9, 2), Guess(HOME, 8, 12, 3), Guess(POST, 2, 6, 0)]
    assert list(guessed_spans(found, HOME, set())) == [(2, 6)]
    assert list(guessed_spans([Guess(HOME, 0, 9, 2), Guess(HOME, 9, 12, 3)], HOME, set())) == [(0, 9), (9, 12)]


@pytest.mark.parametrize("kind", GUESSED)
def test_only_what_is_the_informants_is_guessed(kind: TraceKind) -> None:
    assert KINDS[GUESSED[kind]].startswith("our")


def test_the_shipped_weights_fit_their_labels() -> None:
    arrays = read_npz((corpora_folder() / "elements" / "informant.npz").read_bytes(), ARRAYS, most=LARGEST)
    assert arrays["weights"].shape == (len(arrays["places"]), len(labels(KINDS)))
