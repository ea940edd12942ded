"""What the tips around two tips say of them, and the trees that weigh it."""

from pathlib import Path

import numpy as np
import pytest

from tipclass import likeness
from tipclass.bigrams import bigrams
from tipclass.company import Company
from tipclass.errors import SettingsError
from tipclass.particulars import amounts, hours, persons
from tipclass.trees import Trees, load_trees, save_trees

# 0, 1 and 2 tell one matter; 3 shares the street with them and not the bar.
TEXTS = ["枫林路唱将歌厅", "枫林路口唱将歌厅闹", "唱将歌厅枫林路边", "枫林路麻将馆"]
PAIRS = (np.array([0, 0, 1, 0]), np.array([1, 2, 2, 3]))
LIKELY = np.array([0.9, 0.8, 0.9, 0.6], np.float32)


def around(one: int, two: int, likely: float) -> dict[str, float]:
    company = Company(bigrams(TEXTS), PAIRS, LIKELY)
    found = company.features((np.array([one]), np.array([two])), np.array([likely], np.float32))
    return {name: float(column[0]) for name, column in found.items()}


def test_two_with_the_same_third_are_told_from_two_without() -> None:
    same, other = around(0, 1, 0.9), around(0, 3, 0.6)
    assert same["third"] == pytest.approx(0.8)
    assert other["third"] == 0.0
    assert other["rival_most"] == pytest.approx(0.9)
    assert other["rival_least"] == 0.0
    assert same["torn_most"] == pytest.approx(0.6)


def test_what_near_ones_bear_out_is_missing_in_another_matter() -> None:
    same, other = around(0, 1, 0.9), around(0, 3, 0.6)
    assert same["borne_least"] > other["borne_least"]
    assert same["unborne_most"] < other["unborne_most"]


def test_trees_are_read_as_they_were_written(tmp_path: Path) -> None:
    nodes = {"column": np.array([1, 0, 0], np.int32), "limit": np.array([0.5, 0, 0]), "value": np.array([0, -1.0, 2.0])}
    sides = {"left": np.array([1, 1, 2], np.int32), "right": np.array([2, 1, 2], np.int32)}
    trees = Trees(("a", "b"), **nodes, **sides, roots=np.array([0], np.int32), steps=3, bias=0.25)
    save_trees(trees, tmp_path / "trees.npz")
    read = load_trees(tmp_path / "trees.npz")
    assert read.names == ("a", "b")
    assert read.scores(np.array([[9, 0.5], [0, 0.6]], np.float32)).tolist() == [-0.75, 2.25]


@pytest.mark.parametrize(
    ("read", "one", "two", "agree", "differ"),
    [
        (amounts, "占了21亩", "二十一亩都占了", 1, 0),
        (amounts, "一百零三亩", "105亩", 0, 1),
        (amounts, "两三次", "3次", 0, 0),
        (persons, "老板姓罗", "罗老四砍树", 1, 0),
        (persons, "姓罗的", "韦某家", 0, 1),
        (hours, "凌晨放水", "半夜放水", 1, 0),
        (hours, "白天放水", "半夜放水", 0, 1),
    ],
)
def test_persons_amounts_and_hours_are_compared(read, one: str, two: str, agree: int, differ: int) -> None:  # type: ignore[no-untyped-def]
    found = read([one, two]).compare(np.array([0]), np.array([1]))
    assert [int(each[0]) for each in found] == [agree, differ]


def test_trees_that_cannot_be_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / likeness.TREES).write_bytes(b"no archive")
    monkeypatch.setattr(likeness.settings, "corpora_folder", lambda: tmp_path)
    likeness.trees.cache_clear()
    with pytest.raises(SettingsError, match="--no-groups"):
        likeness.trees()
    likeness.trees.cache_clear()
