"""The vocabulary: texts cut into known words."""

from hypothesis import given
from hypothesis import strategies as st

from tipclass.points import code_points
from tipclass.vocabulary import Vocabulary, vocabulary

KNOWN = Vocabulary(["河", "河道", "电鱼", "道里"], [1, 4, 7, 1], [2, 5, 8, 1], [3, 6, 9, 1])


def test_the_longest_word_at_each_place_is_taken() -> None:
    text = "河道里电鱼，河"
    cut = KNOWN.cut(text, code_points(text))
    words = [text[start : start + size] for start, size in zip(cut.starts, cut.lengths, strict=True)]
    assert words == ["河道", "里", "电鱼", "，", "河"]
    assert cut.sorts.tolist() == [4, 0, 7, 0, 1]
    assert cut.likes.tolist() == [5, 0, 8, 0, 2]
    assert cut.odds.tolist() == [6, 0, 9, 0, 3]


def test_words_have_numbers_of_their_own() -> None:
    text = "河河道电鱼里河"
    numbers = KNOWN.cut(text, code_points(text)).numbers.tolist()
    assert numbers[0] == numbers[-1]
    assert len(set(numbers)) == len(numbers) - 1


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_the_words_are_the_text(text: str) -> None:
    cut = vocabulary().cut(text, code_points(text))
    assert "".join(text[start : start + size] for start, size in zip(cut.starts, cut.lengths, strict=True)) == text


def test_what_the_file_says_of_a_word_is_known() -> None:
    cut = vocabulary().cut("倾倒", code_points("倾倒"))
    assert cut.lengths.tolist() == [2]
    assert cut.sorts.tolist() == [ord("v")]
    assert cut.odds[0] > 5  # stands oftener in tips about offences
