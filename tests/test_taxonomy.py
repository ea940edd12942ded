"""The taxonomy: names people use, and files that do not hold together."""

from pathlib import Path

import pytest

from tipclass.errors import TaxonomyError
from tipclass.taxonomy import Taxonomy, load_taxonomy, parse_taxonomy


@pytest.mark.parametrize("word", ["illegal_fishing", "非法捕捞", "电鱼", " Illegal_Fishing "])
def test_code_name_and_alias_mean_one_category(taxonomy: Taxonomy, word: str) -> None:
    assert taxonomy.code(word) == "illegal_fishing"


def test_an_unknown_name_is_refused_with_the_nearest(taxonomy: Taxonomy) -> None:
    with pytest.raises(TaxonomyError, match=r"水污染偷放.*是否指“水污染偷排”"):
        taxonomy.code("水污染偷放")


def test_flags_are_data(taxonomy: Taxonomy) -> None:
    assert taxonomy.set_aside == {"not_a_tip"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[category", "TOML"),
        ('[[category]]\ncode = "a"\nname = "甲"', "category"),
        ('[[category]]\ncode = "A-1"\nname = "甲"\n[[category]]\ncode = "b"\nname = "乙"', "category 第1项 code"),
        ('[[category]]\ncode = "a"\nname = "甲"\n[[category]]\ncode = "b"\nname = "甲"', "同时指 a 和 b"),
        ('[[category]]\ncode = "a"\nname = "甲"\n[[category]]\ncode = "a"\nname = "乙"', "重复"),
        ('[[category]]\ncode = "a"\nname = "甲"\nflag = 1\n[[category]]\ncode = "b"\nname = "乙"', "flag"),
    ],
)
def test_a_taxonomy_that_does_not_hold_together_is_refused(content: str, says: str) -> None:
    with pytest.raises(TaxonomyError, match=says):
        parse_taxonomy(content, source="taxonomy.toml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match=r"none\.toml"):
        load_taxonomy(tmp_path / "none.toml")


def test_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes('title = "类别"'.encode("gbk"))
    with pytest.raises(TaxonomyError, match="UTF-8"):
        load_taxonomy(path)
