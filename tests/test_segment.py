"""Segmentation: the reference, its Rust twin, and the views."""

import pickle
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipclass import segment
from tipclass.dictionary import Dictionary, dictionary, part
from tipclass.lexicon import Lexicon, Term
from tipclass.points import BREAK, join
from tipclass.segment import Segmenter, View, jieba_tokenizer, suggest_frequencies

HAN = st.text(st.sampled_from("有人在河边偷排污水电鱼厂的某一二三了，。！※☎ abc12Ａ😀"), max_size=40)


def words(segmenter: Segmenter, text: str) -> list[str]:
    return segmenter.cuts([text])[0].words


def test_a_lexicon_word_stays_whole() -> None:
    lexicon = suggest_frequencies({"绝户网": ["illegal_fishing"]})
    assert "绝户网" in words(Segmenter(lexicon), "有人用绝户网捕鱼")
    assert "绝户网" not in words(Segmenter(), "有人用绝户网捕鱼")


def test_tokens_together_are_the_text() -> None:
    (cut,) = Segmenter().cut(["有人往河里倒污泥，abc 12。"])
    assert "".join(cut.tokens) == cut.text


def test_words_leave_out_punctuation_and_keep_masks() -> None:
    assert words(Segmenter(), "※厂，电话☎。") == ["※", "厂", "电话", "☎"]


@given(HAN)
@settings(max_examples=150)
def test_rust_and_reference_cut_alike(text: str) -> None:
    pytest.importorskip("rjieba", reason="the extra fast is not installed")
    lexicon = Lexicon((Term("偷排", 500, ("water_pollution",)), Term("电鱼", 300, ("illegal_fishing",))))
    assert Segmenter(lexicon).cut([text])[0].tokens == jieba_tokenizer(lexicon)(text)


@given(st.text(st.sampled_from("嗡咚走着一定电鱼的a1 ,"), max_size=40))
@settings(max_examples=150)
def test_the_dictionary_and_the_reference_cut_alike(text: str) -> None:
    lexicon = Lexicon((Term("电鱼", 300, ("illegal_fishing",)), Term("走着", 90_000, ("illegal_fishing",))))
    assert dictionary(lexicon).cut(text) == jieba_tokenizer(lexicon)(text)


@given(st.text(st.sampled_from("有人在河边偷排污水电鱼厂的一走着定+&，a1 "), max_size=40))
@settings(max_examples=30)  # each makes a dictionary
def test_a_part_of_the_dictionary_cuts_as_the_whole_does(text: str) -> None:
    lexicon = Lexicon((Term("电鱼", 300, ("illegal_fishing",)), Term("污染", 9_000_000, ("water_pollution",))))
    of_text = part(lexicon, frozenset(text))
    assert of_text.total == dictionary(lexicon).total
    assert of_text.cut(text) == dictionary(lexicon).cut(text)


def test_the_first_few_texts_are_cut_as_all_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon, texts = Lexicon((Term("电鱼", 301, ("illegal_fishing",)),)), ["有人电鱼", "走着走着", "", "河里电鱼，臭"]
    whole = [jieba_tokenizer(lexicon)(text) for text in texts]
    assert [Segmenter(lexicon).cut([text])[0].tokens for text in texts] == whole
    monkeypatch.setattr(segment, "FEW", 3)
    segment._few.cache_clear()
    assert [cut.tokens for cut in Segmenter(lexicon).cut(texts)] == whole
    assert not segment._few(lexicon).sees(["有"])


def test_a_word_that_jieba_has_already_is_counted_once() -> None:
    pytest.importorskip("rjieba", reason="the extra fast is not installed")
    lexicon = Lexicon((Term("步道", 19, ("forest_farmland",)), Term("污染", 9_000_000, ("water_pollution",))))
    for text in ("河边步道上", "我说归公安养犬办管"):
        assert Segmenter(lexicon).cut([text])[0].tokens == jieba_tokenizer(lexicon)(text)


def test_repeats_stand_where_they_stood_among_other_texts() -> None:
    texts = ["哈哈哈", "有人电鱼", "走着走着走着", "滋滋滋地响", ""]
    cuts = Segmenter().cut(texts)
    assert [cut.text for cut in cuts] == texts
    assert [cut.tokens for cut in cuts] == [jieba_tokenizer(Lexicon())(text) for text in texts]


def test_some_of_many_cuts_are_cuts() -> None:
    cuts = Segmenter().cut(["有人电鱼", "厂里冒烟", "倒泥"])
    assert list(cuts[1:]) == [cuts[1], cuts[2]]
    assert [cut.text for cut in cuts[::2]] == ["有人电鱼", "倒泥"]


def test_without_the_rust_port_the_reference_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "印染厂半夜偷排污水"
    fast = Segmenter().cut([text])[0].tokens
    monkeypatch.setattr(segment, "RUST", False)
    assert Segmenter().cut([text])[0].tokens == fast


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
def test_pieces_together_are_the_view(text: str, size: int) -> None:
    (view,) = Segmenter().views([text])
    pieces = view.pieces(size)
    assert [word for piece in pieces for word in piece.words] == view.words
    assert [run for piece in pieces for run in piece.runs] == view.runs


def test_a_view_is_cut_from_the_cleaned_text() -> None:
    (view,) = Segmenter().views(["廢水１３吨！！"])
    assert view.runs == ["废水0吨"]
    assert view.words == ["废水", "0", "吨"]


@given(st.lists(st.text(st.sampled_from("走着好，呀"), max_size=30), max_size=4))
@settings(max_examples=150)
def test_repeated_blocks_are_what_a_pattern_would_find(texts: list[str]) -> None:
    joined = BREAK.join([*texts, ""])
    blocks = [match for match in re.finditer("[走着好呀]+", joined) if re.search(r"(.{1,12}?)\1\1", match[0])]
    assert segment.repeated_blocks(join(texts)) == [match.span() for match in blocks]


def test_only_the_block_with_the_repeat_is_cut_by_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba", reason="the extra fast is not installed")
    asked: list[str] = []

    def cut(self: Dictionary, text: str) -> list[str]:
        asked.append(text)
        return list(text)

    monkeypatch.setattr(segment, "FEW", 0)
    segment._few.cache_clear()
    monkeypatch.setattr(Dictionary, "cut", cut)
    texts = ["河水发黑，他说好好好，" * 9, "有人电鱼"]
    assert [cut.text for cut in Segmenter().cut(texts)] == texts
    assert set(asked) == {"他说好好好"}


@given(st.lists(HAN, max_size=4))
def test_a_batch_is_cut_as_its_texts_are(texts: list[str]) -> None:
    alone = [view for text in texts for view in Segmenter().views([text])]
    assert Segmenter().views(texts) == alone
