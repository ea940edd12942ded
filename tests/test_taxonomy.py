"""The taxonomy: names people use, and files that do not hold together."""

from pathlib import Path

import pytest

from tipclass.errors import TaxonomyError
from tipclass.taxonomy import Taxonomy, load_taxonomy, parse_taxonomy, taxonomy_of_names


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
        ('[[category]]\ncode = "a"\nname = "甲;丁"\n[[category]]\ncode = "b"\nname = "乙"', "“甲;丁”.*分号"),
        (
            '[[category]]\ncode = "a"\nname = "甲"\naliases = [" "]\n[[category]]\ncode = "b"\nname = "乙"',
            "aliases 第1项",
        ),
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


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("电鱼", ["illegal_fishing"]),
        ("水污染; illegal_fishing；水污染偷排", ["water_pollution", "illegal_fishing"]),
        ("水污染、电鱼|not_a_tip", ["water_pollution", "illegal_fishing", "not_a_tip"]),
        ('["电鱼", "水污染"]', ["illegal_fishing", "water_pollution"]),
        (" ", []),
    ],
)
def test_a_cell_names_several(taxonomy: Taxonomy, cell: str, codes: list[str]) -> None:
    assert list(taxonomy.labels(cell)) == codes


def test_a_mark_in_a_name_does_not_cut_it() -> None:
    taxonomy = parse_taxonomy(taxonomy_of_names(["食品、药品", "药品", "Food | drugs"]), source="labels")
    names = map(taxonomy.name, taxonomy.labels("food |  DRUGS;食品、药品；药品"))
    assert list(names) == ["Food | drugs", "食品、药品", "药品"]
    with pytest.raises(TaxonomyError, match="“食品”"):
        taxonomy.labels("食品|药品")


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["b", "a"], ["a", "b"]),
        (["乙", "甲"], ["c01", "c02"]),
        (["c01", "甲"], ["c01", "cc02"]),
        (["C2", "甲"], ["cc01", "cc02"]),
        (["Sports", "sports ", "World\tnews"], ["c01", "c02"]),
    ],
)
def test_names_become_a_taxonomy(names: list[str], codes: list[str]) -> None:
    taxonomy = parse_taxonomy(taxonomy_of_names(names), source="labels")
    assert list(taxonomy.codes) == codes
    assert all(taxonomy.code(name) in codes for name in names)
