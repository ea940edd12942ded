"""Word lists: files, patterns and the scanner."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipclass import wordlist
from tipclass.wordlist import Scanner, any_of

WORDS = ("电", "电鱼", "电捕鱼", "毒鱼", "a.b", "(", "鱼")


def test_the_longest_word_of_a_place_is_found() -> None:
    assert re.findall(any_of(WORDS), "电捕鱼电鱼电a.b(axb") == ["电捕鱼", "电鱼", "电", "a.b", "("]


@given(st.text(alphabet="电捕鱼毒a.b(", max_size=30))
def test_pattern_and_scanner_agree(text: str) -> None:
    scanner = Scanner(dict.fromkeys(WORDS, True))
    assert [text[start:end] for start, end, _ in scanner.scan(text)] == re.findall(any_of(WORDS), text)


@given(st.text(alphabet="电捕鱼毒a.b(\n😀\ud800", max_size=30))
def test_the_automaton_finds_what_the_plain_scan_does(text: str) -> None:
    pytest.importorskip("ahocorasick_rs", reason="the extra fast is not installed")
    labels = {word: None if word == "电捕鱼" else word for word in (*WORDS, "捕鱼毒")}
    scanner, plain = Scanner(labels), Scanner(labels)
    scanner.unpaid = 0
    assert list(scanner.scan(text)) == list(plain.scan(text))


def test_the_scanner_keeps_within_the_text() -> None:
    assert list(Scanner({"电": 1, "电捕鱼": 2}).scan("电捕")) == [(0, 1, 1)]


@pytest.mark.parametrize(
    "name",
    ["borders_place", "common", "places", "place_tails", "place_after", "place_rooms"],
)
def test_a_list_holds_no_word_twice_and_no_comment(name: str) -> None:
    found = wordlist.words(name)
    assert found
    assert len(set(found)) == len(found)
    assert not any("#" in word or " " in word for word in found)


@pytest.mark.parametrize("name", ["place_words", "party_words", "person_words", "act_words", "time_words"])
def test_a_table_has_words_behind_each_label(name: str) -> None:
    assert all(wordlist.tables(name).values())
