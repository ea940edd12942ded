"""Segmentation: the reference, its Rust twin, and the views."""

import pickle
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipclass import segment
from tipclass.lexicon import Lexicon, Term
from tipclass.segment import Segmenter, View, jieba_tokenizer, suggest_frequencies

HAN = st.text(st.sampled_from("有人在河边偷排污水电鱼厂的某一二三了，。！※☎ abc12Ａ😀"), max_size=40)


def words(segmenter: Segmenter, text: str) -> list[str]:
    return segmenter.cuts([text])[0].words


def test_a_lexicon_word_stays_whole() -> None:
    lexicon = suggest_frequencies({"绝户网": ["illegal_fishing"]})
    assert "绝户网" in words(Segmenter(lexicon), "有人用绝户网捕鱼")
    assert "绝户网" not in words(Segmenter(), "有人用绝户网捕鱼")


def test_tokens_together_are_the_text() -> None:
    text = "有人往河里倒污泥，abc 12。\n"
    assert "".join(Segmenter().tokens(text)) == text


def test_words_leave_out_punctuation_and_keep_masks() -> None:
    assert words(Segmenter(), "※厂，电话☎。") == ["※", "厂", "电话", "☎"]


@given(HAN)
@settings(max_examples=300, deadline=None)
def test_rust_and_reference_cut_alike(text: str) -> None:
    pytest.importorskip("rjieba", reason="the extra fast is not installed")
    lexicon = Lexicon((Term("偷排", 500, ("water_pollution",)), Term("电鱼", 300, ("illegal_fishing",))))
    assert Segmenter(lexicon).tokens(text) == jieba_tokenizer(lexicon)(text)


def test_without_the_rust_port_the_reference_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "印染厂半夜偷排污水"
    fast = Segmenter().tokens(text)
    monkeypatch.setattr(segment, "RUST", False)
    assert Segmenter().tokens(text) == fast


def test_jiebas_own_dictionary_is_left_alone() -> None:
    import jieba

    words(Segmenter(suggest_frequencies({"绝户网": ["illegal_fishing"]})), "绝户网")
    assert "绝户网" not in jieba.dt.FREQ


def test_a_segmenter_can_be_pickled() -> None:
    segmenter = Segmenter(Lexicon((Term("电鱼", 5, ("illegal_fishing",)),)))
    assert words(pickle.loads(pickle.dumps(segmenter)), "电鱼") == words(segmenter, "电鱼")


def test_character_grams_do_not_cross_punctuation() -> None:
    assert View([], ["河水", "臭"]).characters() == ["河", "水", "臭", "河水"]


@pytest.mark.parametrize(
    ("runs", "size", "expected"),
    [
        (["河水发黑", "有人电鱼"], 4, [["河水发黑"], ["有人电鱼"]]),
        (["河水发黑", "有人电鱼"], 8, [["河水发黑", "有人电鱼"]]),
        (["河水发黑", "有人电鱼"], 100, [["河水发黑", "有人电鱼"]]),
        (["一二三四五六七八九十"], 3, [["一二三四五六七八九十"]]),
        ([], 3, []),
    ],
)
def test_pieces_are_cut_at_punctuation(runs: list[str], size: int, expected: list[list[str]]) -> None:
    view = View([word for run in runs for word in (run[:2], run[2:])], runs)
    assert [piece.runs for piece in view.pieces(size)] == expected


@given(HAN, st.integers(1, 50))
@settings(deadline=None)
def test_pieces_together_are_the_view(text: str, size: int) -> None:
    (view,) = Segmenter().views([text])
    pieces = view.pieces(size)
    assert [word for piece in pieces for word in piece.words] == view.words
    assert [run for piece in pieces for run in piece.runs] == view.runs


def test_a_view_is_cut_from_the_cleaned_text() -> None:
    (view,) = Segmenter().views(["廢水１３吨！！"])
    assert view.runs == ["废水0吨"]
    assert view.words == ["废水", "0", "吨"]


@given(st.lists(st.text(st.sampled_from("走着好\n呀"), max_size=30), max_size=4))
@settings(max_examples=300, deadline=None)
def test_repeats_are_what_a_pattern_would_find(texts: list[str]) -> None:
    lines = [text.replace("\n", " ") for text in texts]
    assert segment.repeats(lines) == [bool(re.search(r"(.{1,12}?)\1\1", line)) for line in lines]


@given(st.lists(HAN, max_size=4))
@settings(deadline=None)
def test_a_batch_is_cut_as_its_texts_are(texts: list[str]) -> None:
    alone = [view for text in texts for view in Segmenter().views([text])]
    assert Segmenter().views(texts) == alone
