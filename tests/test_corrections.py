"""Corrections: every way a row can be filled in, and what comes of it in the corpora."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tipclass import corrections, messages
from tipclass.corpus import Corpus, LabelledTip, load_corpus
from tipclass.corrections import CORPUS, Correction, free_stamp, learn, read_folder, read_reviewed, store, tips_folder
from tipclass.errors import CorpusError
from tipclass.model import Model
from tipclass.readers import read_tips
from tipclass.records import Tip
from tipclass.result_book import write_xlsx
from tipclass.result_columns import Batch
from tipclass.result_csv import write_csv
from tipclass.taxonomy import Taxonomy
from tipclass.triage import triage, triage_batch

STAMP = "2026-08-15-1"
HEAD = "id,text,labels,register,traits,source,group\n"


def row(main: str = "", further: str = "", *, text: str = "河水发黑，电话13812345678", **more: str) -> Tip:
    cells = {"内容": text, "复核类别": main, "复核其他类别": further, "线索标识": "a1", "模型标识": "m1"}
    return Tip("a1", text, "甲.xlsx", 2, cells | more)


def said(text: str, *labels: str, id: str = "a1", model: str = "m1", whole: str = "", number: int = 2) -> Correction:
    return Correction(text, labels, id, model, whole, "甲.xlsx", number)


def empty(taxonomy: Taxonomy) -> Corpus:
    return Corpus((), taxonomy)


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("main", "further", "labels"),
    [
        ("水污染偷排", "", ("water_pollution",)),
        ("水污染", "电鱼", ("water_pollution", "illegal_fishing")),
        ("illegal_fishing", "非法捕捞；水污染", ("illegal_fishing", "water_pollution")),
        ("电鱼、水污染", "", ("illegal_fishing", "water_pollution")),
        ("非举报材料", "", ("not_a_tip",)),
    ],
)
def test_codes_names_and_aliases_are_read_masked(
    taxonomy: Taxonomy, main: str, further: str, labels: tuple[str, ...]
) -> None:
    (found,) = read_reviewed([row(main, further)], taxonomy).corrections
    assert found == Correction("河水发黑，电话[电话]", labels, "a1", "m1", "", "甲.xlsx", 2)


@pytest.mark.parametrize(
    ("tip", "says"),
    [
        (row("非法捕鱼"), "没有“非法捕鱼”这个类别，是否指“非法捕捞”"),
        (row("", "水污染"), "没有填“复核类别”"),
        (row("非举报材料", "水污染"), "“非举报材料”不能与其他类别同时出现"),
        (row("水污染", 线索标识=""), "不要另加行"),
        (row("水污染", 模型标识=" "), "不要另加行"),
        (row("水污染", text="  "), "没有文字"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(taxonomy: Taxonomy, tip: Tip, says: str) -> None:
    found = read_reviewed([tip, row()], taxonomy)
    assert (found.corrections, found.blank) == ((), 1)
    assert [(each.place, says in each.problem) for each in found.refused] == [("甲.xlsx:2", True)]


def test_a_file_that_is_not_ours_is_named_once(taxonomy: Taxonomy) -> None:
    foreign = [Tip(str(n), "河水", "乙.csv", n, {"内容": "河水"}) for n in (2, 3)]
    found = read_reviewed([row("水污染"), *foreign], taxonomy)
    assert (len(found.corrections), [each.place for each in found.refused]) == (1, ["乙.csv"])
    with pytest.raises(CorpusError, match=r"乙\.csv"):
        read_reviewed(foreign, taxonomy)


@pytest.mark.parametrize(
    ("newer", "labels", "model"),
    [("电鱼", ("illegal_fishing",), "m2"), ("", ("water_pollution",), "m1")],
)
def test_a_result_classified_again_gives_its_newest_correction(
    taxonomy: Taxonomy, newer: str, labels: tuple[str, ...], model: str
) -> None:
    again = {"复核类别(系统)": newer, "复核其他类别(系统)": "", "线索标识(系统)": "a1", "模型标识(系统)": "m2"}
    (found,) = read_reviewed([row("水污染", 本项文字="只是一部分", 起止字="1-5", **again)], taxonomy).corrections
    assert (found.labels, found.model, found.whole) == (labels, model, "")


def test_a_cut_cell_leaves_its_note_behind(taxonomy: Taxonomy) -> None:
    (found,) = read_reviewed([row("水污染", text=f"河水{messages.CELL_CUT}")], taxonomy).corrections
    assert found.text == "河水"


# --- learning ------------------------------------------------------------------------------------


def test_a_correction_becomes_a_tip_that_says_where_it_comes_from(taxonomy: Taxonomy) -> None:
    learned = learn([said("河水", "water_pollution", number=7)], empty(taxonomy), STAMP)
    assert learned.taken == (LabelledTip("2026-08-15-1/m1/甲.xlsx#7", "河水", ("water_pollution",), source="office"),)


def test_parts_of_one_text_share_a_group(taxonomy: Taxonomy) -> None:
    texts = (("河水", "信1"), ("井水", "信1"), ("沟水", "信2"), ("泥水", ""))
    parts = [said(text, "water_pollution", whole=whole) for text, whole in texts]
    groups = [tip.group for tip in learn(parts, empty(taxonomy), STAMP).taken]
    assert groups[0] == groups[1] != groups[2] != ""
    assert groups[3] == ""
    assert all(group.startswith(STAMP) for group in groups[:3])


@pytest.fixture
def held(taxonomy: Taxonomy) -> Corpus:
    labels = ("water_pollution", "illegal_fishing")
    return Corpus((LabelledTip("t1", "河水 发黑，电话13812345678", labels, place="a.csv:2"),), taxonomy)


@pytest.mark.parametrize(
    ("labels", "counts", "warned"),
    [
        (("water_pollution", "illegal_fishing"), (0, 1), False),
        (("water_pollution",), (1, 0), True),
        (("illegal_fishing", "water_pollution"), (1, 0), True),
    ],
)
def test_what_stands_in_the_corpus_is_known_or_warned_of(
    held: Corpus, labels: tuple[str, ...], counts: tuple[int, int], warned: bool
) -> None:
    learned = learn([said("河水发黑，电话[电话]", *labels)], held, STAMP)
    assert (len(learned.taken), learned.known) == counts
    assert bool(learned.warnings) == warned
    assert all("a.csv:2" in each.problem and "水污染偷排、非法捕捞" in each.problem for each in learned.warnings)


def test_two_reviewers_who_differ_are_warned_of(taxonomy: Taxonomy) -> None:
    both = [said("河水", "water_pollution"), said("河 水", "water_pollution"), said("河水", "not_a_tip", number=9)]
    learned = learn(both, empty(taxonomy), STAMP)
    assert (len(learned.taken), learned.known) == (2, 1)
    assert [each.place for each in learned.warnings] == ["甲.xlsx:9"]
    assert "甲.xlsx:2" in learned.warnings[0].problem


@pytest.mark.parametrize(
    ("id", "model", "changed"),
    [("t1", CORPUS, True), ("t1", "m1", False), ("t2", CORPUS, False)],
)
def test_a_row_of_the_corpora_gets_its_new_labels(held: Corpus, id: str, model: str, changed: bool) -> None:
    learned = learn([said("河水发黑，电话[电话]", "not_a_tip", id=id, model=model)], held, STAMP)
    assert [tip.labels for tip in learned.changed] == [("not_a_tip",)] * changed
    assert bool(learned.warnings) == bool(learned.taken) == (not changed)


# --- the corpora ---------------------------------------------------------------------------------


def test_files_are_numbered_by_day_and_folder(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "tips").mkdir()
    assert tips_folder(tmp_path) == tips_folder(tmp_path / "tips") == tmp_path / "tips"
    assert read_folder(tmp_path, taxonomy).tips == ()
    (tmp_path / f"{STAMP}.csv").touch()
    assert free_stamp(tmp_path, date(2026, 8, 15)) == "2026-08-15-2"
    assert free_stamp(tmp_path, date(2026, 8, 16)) == "2026-08-16-1"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_only_the_label_of_a_changed_row_changes(
    tmp_path: Path, taxonomy: Taxonomy, line_end: str, encoding: str
) -> None:
    before = HEAD + 't1,"河水\n很臭",水污染,note,T01,w1,\nt2,"电鱼，""快来""",电鱼,,,,g\n'
    path = tmp_path / "a.csv"
    path.write_bytes(before.replace("\n", line_end).encode(encoding))
    corpus = read_folder(tmp_path, taxonomy)
    learned = learn([said(corpus.tips[0].text, "not_a_tip", id="t1", model=CORPUS)], corpus, STAMP)
    assert store(learned, tmp_path, STAMP) is None
    after = before.replace("水污染", "not_a_tip")
    assert path.read_bytes() == after.replace("\n", line_end).encode(encoding)
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("content", [HEAD.replace(",", ";") + "t1;河水;水污染;;;;\n", HEAD + "t1,河水,水污染,,,,\n"])
def test_a_file_of_another_kind_is_not_changed(tmp_path: Path, taxonomy: Taxonomy, content: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode("gb18030" if ";" not in content else "utf-8"))
    before = path.read_bytes()
    corpus = read_folder(tmp_path, taxonomy)
    learned = learn([said("河水", "not_a_tip", id="t1", model=CORPUS)], corpus, STAMP)
    with pytest.raises(CorpusError, match=r"a\.csv"):
        store(learned, tmp_path, STAMP)
    assert path.read_bytes() == before


# --- the whole way -------------------------------------------------------------------------------


def fill(path: Path, filled: Sequence[str]) -> None:
    """Fill in the corrections of a workbook, row by row."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(messages.COLUMN_CORRECTION) + 1
    for number, name in enumerate(filled, 2):
        sheet.cell(number, column).value = name or None
    book.save(path)


def learn_from(path: Path, folder: Path, taxonomy: Taxonomy) -> corrections.Learned:
    corpus = read_folder(folder, taxonomy)
    found = read_reviewed(read_tips([path]).tips, taxonomy)
    stamp = free_stamp(folder, date(2026, 8, 15))
    learned = learn(found.corrections, corpus, stamp)
    store(learned, folder, stamp)
    return learned


def test_a_workbook_comes_back_once(tmp_path: Path, model: Model) -> None:
    fields = [{"编号": "11", "内容": "河里有泡沫，找我13812345678"}, {"编号": "12", "内容": "桥下有网"}]
    tips = [Tip(cells["编号"], cells["内容"], "线索.csv", n, cells) for n, cells in enumerate(fields, 2)]
    path, folder = tmp_path / "线索_分类.xlsx", tmp_path / "tips"
    folder.mkdir()
    write_xlsx(path, Batch(triage(tips, model), model.taxonomy, model.id))
    fill(path, ["水污染偷排", ""])
    assert len(learn_from(path, folder, model.taxonomy).taken) == 1
    (tip,) = load_corpus([folder], model.taxonomy).tips
    assert (tip.text, tip.labels, tip.source) == ("河里有泡沫，找我[电话]", ("water_pollution",), "office")
    assert tip.id == f"{STAMP}/{model.id}/线索_分类.xlsx#2"
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    assert learn_from(path, folder, model.taxonomy).known == 1
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


@pytest.mark.parametrize("fields", [{"内容": ""}, {"标题": "来信", "内容": ""}])
def test_parts_of_a_row_learn_their_part(tmp_path: Path, model: Model, fields: dict[str, str]) -> None:
    text = "1、印染厂半夜把污水直接排进小河。2、有人晚上在河边用电瓶电鱼。"
    entries = triage_batch([Tip("1", text, "a.csv", 2, fields | {"内容": text})], model, passages=True)
    path = tmp_path / "a.csv"
    write_csv(path, Batch(entries, model.taxonomy, model.id))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    for cells in rows:
        cells[head.index(messages.COLUMN_CORRECTION)] = "not_a_tip"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    found = read_reviewed(read_tips([path]).tips, model.taxonomy).corrections
    assert [each.text for each in found] == [text[:17], text[17:]]
    assert [each.whole for each in found] == ["1", "1"]
