"""The tagger: the likeliest path through a sentence, and the spans on it."""

import functools
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tipclass.npz import read_npz
from tipclass.settings import corpora_folder
from tipclass.tagger import ARRAYS, LARGEST, Tagger, build, labels, read, sentences, tagger
from tipclass.traits import BITS, traits

SIZE = 5  # labels of two kinds
SEEDS = st.integers(0, 3)  # of models, each of which fills a table of a million places


@functools.cache
def model(seed: int) -> Tagger:
    chance = np.random.default_rng(seed)
    places = np.flatnonzero(chance.integers(0, 2, 1 << BITS)).astype(np.uint32)
    weights = chance.integers(-127, 128, (len(places), SIZE)).astype(np.int8)
    return build(places, weights, 0.02, chance.normal(size=(SIZE, SIZE)))


def lawful(path: tuple[int, ...]) -> bool:
    return all(
        label == 0 or label % 2 == 1 or before in (label - 1, label) for before, label in itertools.pairwise((0, *path))
    )


def likeliest(scores: NDArray[np.float32], moves: NDArray[np.float32]) -> tuple[int, ...]:
    def weight(path: tuple[int, ...]) -> float:
        own = sum(float(scores[at, label]) for at, label in enumerate(path))
        return own + sum(float(moves[one, other]) for one, other in itertools.pairwise(path))

    return max(filter(lawful, itertools.product(range(SIZE), repeat=len(scores))), key=weight)


@given(SEEDS, st.integers(0, 10_000), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_the_path_is_the_likeliest_of_all(seed: int, chance: int, lengths: list[int]) -> None:
    one = model(seed)
    scores = np.random.default_rng(chance).normal(size=(sum(lengths), SIZE)).astype(np.float32)
    begins = np.cumsum([0, *lengths[:-1]])
    path = one.path(scores, begins)
    for begin, length in zip(begins, lengths, strict=True):
        part = slice(begin, begin + length)
        assert tuple(path[part]) == likeliest(scores[part], one.moves)


@given(SEEDS, st.lists(st.text("河电鱼，。1\n", max_size=12), max_size=4))
def test_spans_stand_in_their_text_apart_and_within_sentences(seed: int, texts: list[str]) -> None:
    found = model(seed).tag(texts, [[]] * len(texts))
    assert len(found) == len(texts)
    for text, spans in zip(texts, found, strict=True):
        ends = [0, *(end for _, end, _ in spans)]
        assert all(0 <= start < end <= len(text) for start, end, _ in spans)
        assert all(end <= start for end, (start, _, _) in zip(ends, spans, strict=False))
        assert not any(set(text[start : end - 1]) & set("。\n") for start, end, _ in spans)


@given(SEEDS, st.lists(st.text("河电鱼，。1", max_size=12), min_size=1, max_size=4))
def test_a_text_is_tagged_alike_alone_and_among_others(seed: int, texts: list[str]) -> None:
    one = model(seed)
    assert one.tag(texts, [[]] * len(texts)) == [one.tag([text], [[]])[0] for text in texts]


def test_a_long_text_is_tagged_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "河里电鱼。岸上有车，" * 9
    monkeypatch.setattr("tipclass.tagger.TOGETHER", 25)
    one, known = model(3), [(0, 2, 1), (30, 32, 1)]
    apart = []
    for start, end in ((0, 25), (25, 45), (45, 65), (65, 85), (85, 90)):  # at the last full stop each
        inside = [(a - start, b - start, it) for a, b, it in known if start <= a < end]
        apart += [(start + a, start + b, kind) for a, b, kind in one.tag([text[start:end]], [inside])[0]]
    assert one.tag(["", text], [[], known])[1] == apart


def test_leaning_towards_a_kind_finds_more_of_it() -> None:
    texts = ["昨晚有人在沙河大桥下电鱼，桥边停着车"]
    few, many = (
        sum(end - start for start, end, kind in found if not kind)
        for lean in (-90, 90)
        for found in model(1).tag(texts, [[]], np.array([0, lean, lean, 0, 0], dtype=np.float32))
    )
    assert few < many


@given(SEEDS, st.lists(st.text("河电鱼，。1", max_size=12), max_size=4))
def test_leanings_together_find_what_each_finds_alone(seed: int, texts: list[str]) -> None:
    one, leans = model(seed), [np.array([0, lean, lean, 0, -lean], dtype=np.float32) for lean in (0.0, 1.0, -2.0)]
    assert one.tag_leaning(texts, [[]] * len(texts), leans) == [one.tag(texts, [[]] * len(texts), it) for it in leans]


def test_sentences_begin_behind_their_ends_and_at_texts() -> None:
    seen = traits(["河。电\n鱼", "", "河"], [[], [], []])
    assert sentences(seen).tolist() == [0, 2, 4, 6, 7, 9, 10, 11, 13, 15, 16]
    assert set(seen.starts) <= set(sentences(seen).tolist())


def test_labels_are_numbered_by_kind() -> None:
    assert labels(["a", "b"]) == ("O", "B-a", "I-a", "B-b", "I-b")


def test_a_file_with_other_arrays_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, places=np.array([1.5]), weights=np.zeros((1, 3), np.int8), step=1.0, moves=np.zeros((3, 3)))
    with pytest.raises(ValueError, match="not as it was said"):
        read(path)


def test_the_shipped_weights_fit_their_labels() -> None:
    arrays = read_npz((corpora_folder() / "elements" / "elements.npz").read_bytes(), ARRAYS, most=LARGEST)
    assert arrays["weights"].shape == (len(arrays["places"]), 9)
    assert arrays["places"].max() < 1 << BITS
    assert tagger("elements").moves.shape == (9, 9)
