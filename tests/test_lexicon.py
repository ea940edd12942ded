"""The lexicon: read from a folder, written into a model."""

from pathlib import Path

import pytest

from tipclass.errors import CorpusError
from tipclass.lexicon import Lexicon, Term, parse_lexicon, read_words
from tipclass.taxonomy import Taxonomy


def test_words_are_read_with_their_categories(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "illegal_fishing.txt").write_text("# 说明\n电鱼  # 常见\n死鱼\n\n鱼\n", encoding="utf-8")
    (tmp_path / "water_pollution.txt").write_text("死鱼\n廢水\n", encoding="utf-8")
    assert read_words(tmp_path, taxonomy) == {
        "废水": ("water_pollution",),
        "死鱼": ("illegal_fishing", "water_pollution"),
        "电鱼": ("illegal_fishing",),
    }


def test_a_file_of_no_category_is_refused(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "fishing.txt").write_text("电鱼", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"fishing\.txt"):
        read_words(tmp_path, taxonomy)
    assert read_words(tmp_path, taxonomy, others=True) == {}


def test_a_file_may_bear_an_old_name(tmp_path: Path, taxonomy: Taxonomy) -> None:
    for name in ("电鱼", "illegal_fishing"):
        (tmp_path / f"{name}.txt").write_text("死鱼", encoding="utf-8")
    assert read_words(tmp_path, taxonomy) == {"死鱼": ("illegal_fishing",)}


def test_round_trip() -> None:
    lexicon = Lexicon((Term("死鱼", 7, ("illegal_fishing", "water_pollution")), Term("电鱼", 3, ("illegal_fishing",))))
    assert parse_lexicon(lexicon.dumps()) == lexicon
    assert parse_lexicon(lexicon.dumps()).terms == lexicon.terms


def test_lexica_with_other_words_differ() -> None:
    assert Lexicon((Term("电鱼", 3, ("a",)),)) != Lexicon((Term("电鱼", 4, ("a",)),))
