"""The corpus: each way a row can be bad, near-repeats, groups and folds."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tipclass.corpus import Corpus, LabelledTip, folds, groups, label_words, load_corpus, read_corpus, run_shares
from tipclass.errors import CorpusError
from tipclass.taxonomy import Taxonomy

HEAD = "id,text,labels,register,traits,source,group\n"


def write(path: Path, body: str, head: str = HEAD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + body, encoding="utf-8")
    return path


def test_a_row_becomes_a_labelled_tip(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = write(tmp_path / "a.csv", "t1,河水发黑,水污染;illegal_fishing,message,T01;T04,w1,g\n")
    (tip,) = load_corpus([path], taxonomy).tips
    assert tip == LabelledTip(
        "t1", "河水发黑", ("water_pollution", "illegal_fishing"), "message", ("T01", "T04"), "w1", "g", "a.csv:2"
    )


@pytest.mark.parametrize("label", ["water_pollution;illegal_fishing", "水污染偷排；电鱼", "水污染、非法捕捞"])
def test_codes_names_aliases_and_separators(tmp_path: Path, taxonomy: Taxonomy, label: str) -> None:
    path = write(tmp_path / "a.csv", f"河水,{label}\n", head="text,label\n")
    assert load_corpus([path], taxonomy).tips[0].labels == ("water_pollution", "illegal_fishing")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("t1,河水,诈编,,,,\n", "a.csv:2：没有“诈编”这个类别"),
        ("t1,河水,,,,,\n", "a.csv:2：没有填类别"),
        ("t1,  ,水污染,,,,\n", "a.csv:2：没有文字"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, taxonomy: Taxonomy, body: str, says: str) -> None:
    with pytest.raises(CorpusError, match=says):
        load_corpus([write(tmp_path / "a.csv", body)], taxonomy)


def test_all_bad_rows_are_found(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = write(tmp_path / "a.csv", "1,河水,诈编,,,,\n2,河水,水污染,,,,\n3,,水污染,,,,\n")
    tips, findings = read_corpus([path], taxonomy)
    assert [tip.id for tip in tips] == ["2"]
    assert [finding.place for finding in findings] == ["a.csv:2", "a.csv:4"]


def test_rows_may_be_left_out_and_are_told(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = write(tmp_path / "a.csv", "1,河水,,,,,\n2,河水,水污染,,,,\n")
    corpus = load_corpus([path], taxonomy, leave_out=True)
    assert [tip.id for tip in corpus.tips] == ["2"]
    assert [finding.place for finding in corpus.left_out] == ["a.csv:2"]


def test_labels_are_found_whole(tmp_path: Path) -> None:
    body = "河水,食品、药品\n河里,甲、乙\n河边,甲；乙\n井水,丙|\n,空\n"
    path = write(tmp_path / "a.csv", body, head="text,label\n")
    assert label_words([path]) == {"食品、药品", "甲", "乙", "丙|"}


def test_a_folder_means_its_tips(tmp_path: Path, taxonomy: Taxonomy) -> None:
    write(tmp_path / "tips" / "a.csv", "1,河水,水污染,,,,\n")
    write(tmp_path / "other.csv", "2,河水,水污染,,,,\n")
    assert [tip.id for tip in load_corpus([tmp_path], taxonomy).tips] == ["1"]


@pytest.mark.parametrize(("name", "says"), [("none.csv", "找不到语料"), ("", "没有语料"), ("a.txt", "a.txt")])
def test_no_corpus_is_said(tmp_path: Path, taxonomy: Taxonomy, name: str, says: str) -> None:
    (tmp_path / "a.txt").write_text("河水", encoding="utf-8")
    with pytest.raises(CorpusError, match=says):
        load_corpus([tmp_path / name], taxonomy)


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = write(tmp_path / "a.csv", "河水,甲\n", head="text,kind\n")
    with pytest.raises(CorpusError, match=r"labels.*text、kind"):
        load_corpus([path], taxonomy)


LONG = "印染厂半夜把污水直接排进小河河水发黑发臭请来看看"


def test_near_repeats_share_a_group(taxonomy: Taxonomy) -> None:
    texts = [LONG, LONG.replace("半夜", "凌晨"), "水库里有人撒网捕鱼还用药毒鱼管一管吧", "短"]
    shares, pairs = run_shares(texts)
    assert pairs == [(0, 1)]
    assert shares[0] > 0.5
    assert shares[2] == shares[3] == 0
    tips = tuple(LabelledTip(str(n), text, ("water_pollution",)) for n, text in enumerate(texts))
    group = groups(Corpus(tips, taxonomy))
    assert group[0] == group[1]
    assert len(set(group)) == 3


def test_named_groups_are_kept_together(taxonomy: Taxonomy) -> None:
    tips = tuple(LabelledTip(str(n), f"文字{n}", ("water_pollution",), group="g" * (n % 2)) for n in range(4))
    assert len(set(groups(Corpus(tips, taxonomy)))) == 3


def test_folds_leave_out_whole_registers_and_no_group_stands_on_both_sides(corpus: Corpus) -> None:
    group = groups(corpus)
    registers = np.array([tip.register for tip in corpus.tips])
    pairs = folds(corpus)
    assert sorted(row for _, test in pairs for row in test) == list(range(len(corpus.tips)))
    for train, test in pairs:
        assert not set(registers[train]) & set(registers[test])
        assert not set(group[train]) & set(group[test])


def test_a_register_of_one_category_is_dealt_out(corpus: Corpus, taxonomy: Taxonomy) -> None:
    moved = (replace(t, register="statute") if t.labels == ("not_a_tip",) else t for t in corpus.tips)
    alone = Corpus(tuple(moved), taxonomy)
    registers = np.array([tip.register for tip in alone.tips])
    pairs = folds(alone, count=4)
    assert sum("statute" in registers[test] for _, test in pairs) > 1
    for train, test in pairs:
        assert not (set(registers[train]) & set(registers[test])) - {"statute"}


def test_without_registers_groups_are_dealt(corpus: Corpus, taxonomy: Taxonomy) -> None:
    plain = Corpus(tuple(LabelledTip(t.id, t.text, t.labels) for t in corpus.tips), taxonomy)
    pairs = folds(plain, count=4)
    assert len(pairs) == 4
    assert sorted(row for _, test in pairs for row in test) == list(range(len(corpus.tips)))


def test_the_only_text_of_a_category_is_trained_on_and_never_scored(corpus: Corpus, taxonomy: Taxonomy) -> None:
    kept = (tip for tip in corpus.tips if tip.labels != ("not_a_tip",))
    lone = LabelledTip("lone", "会议强调", ("not_a_tip",), register="note")
    few = Corpus((*kept, lone), taxonomy)
    last = len(few.tips) - 1
    pairs = folds(few)
    assert sorted(row for _, test in pairs for row in test) == list(range(last))
    assert all(last in train for train, _ in pairs)


def test_a_category_of_one_register_is_scored_too(corpus: Corpus, taxonomy: Taxonomy) -> None:
    moved = (replace(tip, register="note") if tip.labels == ("not_a_tip",) else tip for tip in corpus.tips)
    alone = Corpus(tuple(moved), taxonomy)
    pairs = folds(alone, count=4)
    assert sorted(row for _, test in pairs for row in test) == list(range(len(alone.tips)))
    assert all(alone.indicator[train].any(axis=0).all() for train, _ in pairs)


def test_too_small_a_corpus_has_no_folds(taxonomy: Taxonomy) -> None:
    tips = (LabelledTip("1", "河水", ("water_pollution",)), LabelledTip("2", "电鱼", ("illegal_fishing",)))
    with pytest.raises(CorpusError, match="语料太少"):
        folds(Corpus(tips, taxonomy))
