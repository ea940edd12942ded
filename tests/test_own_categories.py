"""An office's own categories: two to two hundred, in any language, with names of any kind, from train to evaluate."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pytest
from conftest import FISHING, WATER

from tipclass import figures, messages
from tipclass.cases import COLUMNS
from tipclass.classifier import TipClassifier
from tipclass.console import MOST_ROWS
from tipclass.evaluate import Labelled, evaluate
from tipclass.formulas import restored
from tipclass.model_files import LARGEST
from tipclass.records import Cause, Decision, Route, Scored
from tipclass.store import load_model
from tipclass.taxonomy import parse_taxonomy, taxonomy_of_names

Run = Callable[..., tuple[int, str, str]]

# Any two of them make a word that no other category has.
CHARACTERS = "山石田土水火木金云雨风雪春夏秋冬东西南北上下左右里外红黄蓝白黑绿"
PLACES = ("路口", "桥下", "村口", "院里", "楼后", "河边", "门外", "街角")
NASTY = (
    '噪声 "扰民" 类', "O'Brien's & <b>Sons</b>", "投诉😀👨‍👩‍👧", "billing, refunds | cards", "很长的名称" * 30, "=1+1",
    "0", "食品、药品", "C01", "Sports",
)  # fmt: skip


def words(number: int) -> tuple[str, ...]:
    """Return the few words of a category."""
    first, second = divmod(number, len(CHARACTERS) - 1)
    one, two = CHARACTERS[first], CHARACTERS.replace(CHARACTERS[first], "")[second]
    return f"{one}{two}{one}", f"{two}{one}{two}", f"{one}{two}{two}"


def texts(number: int, each: int) -> list[str]:
    """Return so many texts of a category."""
    own = words(number)
    return [
        f"{PLACES[turn % 8]}有{own[turn % 3]}和{own[(turn + 1 + turn // 8) % 3]}，第{turn + 1}次请来看看"
        for turn in range(each)
    ]


def name(number: int, language: str) -> str:
    return {"en": f"Category number {number + 1}", "zh": f"第{number + 1}号类别"}[language]


def rows(count: int, each: int, language: str) -> list[tuple[str, str]]:
    return [(text, name(number, language)) for number in range(count) for text in texts(number, each)]


def write(path: Path, found: Sequence[tuple[str, str]]) -> Path:
    """Write texts and labels as plainly as a public benchmark has them."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        if path.suffix == ".jsonl":
            lines = (json.dumps({"text": text, "label": label}, ensure_ascii=False) for text, label in found)
            stream.writelines(f"{line}\n" for line in lines)
        else:
            csv.writer(stream).writerows([("text", "label"), *found])
    return path


@pytest.mark.parametrize(
    ("count", "each", "language", "kind"),
    [
        (2, 9, "en", "csv"),
        (3, 8, "zh", "jsonl"),
        pytest.param(50, 6, "en", "jsonl", marks=pytest.mark.slow),
        pytest.param(200, 3, "zh", "csv", marks=pytest.mark.slow),
    ],
)
def test_from_train_to_evaluate(run: Run, tmp_path: Path, count: int, each: int, language: str, kind: str) -> None:
    data = write(tmp_path / f"data.{kind}", rows(count, each, language))
    code, _, err = run("train", data, "--taxonomy", "labels", "-o", "model", "--target-precision", "0.5")
    assert code == 0, err
    assert f"{count} 个类别" in err
    for sentence in (messages.LEFT_OUT_TAXONOMY, messages.LEFT_OUT_LEXICON, messages.LEFT_OUT_REGISTERS):
        assert err.count(sentence) == 1

    code, _, err = run("predict", data, "-o", "out.xlsx", "--models", "model")
    assert code == 0, err
    assert err.count("派单表里没有") == 1
    book = openpyxl.load_workbook("out.xlsx")
    names = {name(number, language) for number in range(count)}
    assert {row[0].value for row in book[messages.SHEET_NAMES].iter_rows()} == names
    head, *found = book[messages.SHEET_RESULT].iter_rows(values_only=True)
    given = [row[head.index(messages.COLUMN_CATEGORY)] for row in found]
    right = [label for _, label in rows(count, each, language)]
    assert sum(one == two for one, two in zip(given, right, strict=True)) >= 0.95 * len(right)
    choices, _ = book[messages.SHEET_RESULT].data_validations.dataValidation
    assert choices.formula1.endswith(f"$A${count}")
    assert ("其余" in err) == (count > MOST_ROWS)

    measured = json.loads(run("evaluate", data, "--models", "model", "--json", "--html", "page.html")[1])
    assert len(measured["categories"]) == count
    assert measured["accuracy"]["value"] >= 0.95
    assert (tmp_path / "page.html").stat().st_size < 1_000_000
    code, out, err = run("explain", texts(0, 1)[0], "--models", "model")
    assert (code, "派单表里没有" in err) == (0, True)
    assert name(0, language) in out
    assert run("models", "verify", "--models", "model")[0] == 0
    assert run("corpus", "stats", data, "--taxonomy", "labels")[0] == 0
    assert run("corpus", "check", data, "--taxonomy", "labels")[0] == 0


@pytest.mark.slow
def test_names_of_any_kind_go_through(run: Run, tmp_path: Path) -> None:
    found = [(text, label) for number, label in enumerate(NASTY) for text in texts(number, 8)]
    data = write(tmp_path / "data.csv", found)
    assert run("train", data, "--taxonomy", "labels", "--no-folds", "-o", "model")[0] == 0
    table = (tmp_path / "model" / "card.md").read_text(encoding="utf-8").split("## Trained on")[1].splitlines()
    assert {line.replace(r"\|", "").count("|") for line in table if line.startswith("|")} == {4}
    assert run("predict", data, "-o", "out.xlsx", "--models", "model")[0] == 0
    book = openpyxl.load_workbook("out.xlsx")
    head, *given = book[messages.SHEET_RESULT].iter_rows(values_only=True)
    assert [row[head.index(messages.COLUMN_CATEGORY)] for row in given] == [label for _, label in found]
    assert run("predict", data, "-o", "out.csv", "--models", "model")[0] == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert {restored(row["类别"]) for row in csv.DictReader(stream)} == set(NASTY)
    code, _, err = run("evaluate", data, "--models", "model", "--html", "page.html", "--min-macro-f1", "0.99")
    assert code == 0, err
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<b>" not in page
    for picture in page.split("<svg")[1:]:
        ElementTree.fromstring("<svg" + picture.split("</svg>")[0] + "</svg>")
    assert run("corpus", "stats", data, "--taxonomy", "labels")[0] == 0
    with (tmp_path / "cases.csv").open("w", encoding="utf-8", newline="") as stream:
        cases = [(f"k{n}", text, "main", "", label, "STRONG", "", "") for n, (text, label) in enumerate(found)]
        csv.writer(stream).writerows([COLUMNS, *cases])
    assert "80/80" in run("evaluate", "cases.csv", "--cases", "--models", "model")[1]


@pytest.mark.slow
def test_what_is_left_out_is_told(run: Run, tmp_path: Path) -> None:
    lines = [f"{text},{label},网" for text, label in rows(3, 8, "en")]
    lines += [
        "只此一条的文字,lone,网",
        ",empty,网",
        "没有类别的文字,,网",
        *["Please help us at once,Category number 1,网"] * 2,
    ]
    (tmp_path / "data.csv").write_text("\n".join(["text,label,origin", *lines]), encoding="utf-8")
    code, _, err = run("train", "data.csv", "--taxonomy", "labels", "-o", "model")
    assert code == 0, err
    assert messages.LEFT_OUT_COLUMNS.format(columns="origin") in err
    assert messages.LEFT_OUT_ROWS.format(count=2, places="data.csv:27、data.csv:28") in err
    assert messages.LEFT_OUT_UNTESTED.format(count=1, names="lone") in err
    assert messages.LEFT_OUT_UNREADABLE.format(count=2, share=2 / 27) in err
    assert run("train", "data.csv", "--taxonomy", "labels", "--no-folds", "-o", "bare", "--quiet")[2] == ""


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("河水,甲\n河里,甲\n", "不到两个（甲）"),
        ("河水,甲\n河里,乙\n", "语料太少"),
        ("河水,[broken\n河里,甲;\n", "语料太少"),
        (f"河水,{'长' * 201}\n河里,乙\n", "最多 200 个字"),
        ('河水,"[""甲;乙"", ""丙""]"\n', "分号"),
    ],
)
def test_labels_that_cannot_be_trained_on(run: Run, tmp_path: Path, body: str, says: str) -> None:
    (tmp_path / "data.csv").write_text("text,label\n" + body, encoding="utf-8")
    code, _, err = run("train", "data.csv", "--taxonomy", "labels", "-o", "model")
    assert (code, says in err) == (3, True), err


OLD = (
    [(text, "sewage") for text in WATER] + [(text, "黑水") for text in WATER] + [(text, "fishing") for text in FISHING]
)
RENAMED = """
[[category]]
code = "water"
name = "水污染"
aliases = ["sewage", "黑水"]
[[category]]
code = "fish"
name = "Illegal fishing"
aliases = ["fishing"]
"""


def test_renamed_and_merged_categories_keep_their_old_labels(run: Run, tmp_path: Path) -> None:
    data = write(tmp_path / "old.csv", [(f"{text}{turn}", label) for turn, (text, label) in enumerate(OLD)])
    (tmp_path / "my.toml").write_text(RENAMED, encoding="utf-8")
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "sewage.txt").write_text("黑水\n", encoding="utf-8")
    assert run("train", data, "--taxonomy", "my.toml", "--no-folds", "-o", "model")[0] == 0
    model = load_model(tmp_path / "model")
    assert model.manifest.corpus["main_labels"] == {"water": 16, "fish": 8}
    assert [(term.word, term.codes) for term in model.scorer.lexicon.terms] == [("黑水", ("water",))]
    assert json.loads(run("evaluate", data, "--models", "model", "--json")[1])["accuracy"]["value"] == 1.0


def test_an_old_name_of_two_categories_says_what_to_do(run: Run, tmp_path: Path) -> None:
    data = write(tmp_path / "old.csv", OLD)
    (tmp_path / "my.toml").write_text(RENAMED.replace('["fishing"]', '["fishing", "sewage"]'), encoding="utf-8")
    code, _, err = run("train", data, "--taxonomy", "my.toml", "-o", "model")
    assert (code, "拆成两个" in err, "重新标注" in err) == (3, True, True)
    (tmp_path / "my.toml").write_text(RENAMED.replace('"sewage", ', ""), encoding="utf-8")
    code, out, _ = run("corpus", "check", data, "--taxonomy", "my.toml")
    assert code == 0
    assert out.count("没有“sewage”这个类别") == len(WATER)  # each row that wants a new label


def test_shipped_words_serve_the_categories_an_office_kept(run: Run, tmp_path: Path) -> None:
    data = write(tmp_path / "a.csv", [(text, "水污染偷排") for text in WATER] + [(text, "own") for text in FISHING])
    shipped = '[[category]]\ncode = "water_pollution"\nname = "水污染偷排"\n[[category]]\ncode = "own"\nname = "自定"\n'
    (tmp_path / "my.toml").write_text(shipped, encoding="utf-8")
    assert run("train", data, "--taxonomy", "my.toml", "--no-folds", "-o", "model")[0] == 0
    codes = {code for term in load_model(tmp_path / "model").scorer.lexicon.terms for code in term.codes}
    assert codes == {"water_pollution"}


def test_two_hundred_categories_are_drawn_where_they_go_wrong(tmp_path: Path) -> None:
    taxonomy = parse_taxonomy(taxonomy_of_names(name(number, "zh") for number in range(200)), source="labels")
    main = np.arange(200).repeat(2)
    predicted = np.where(
        (main < 20) & (np.arange(400) % 2 == 0), main + 1, main
    )  # each of the first taken for the next
    sure = np.eye(200)[predicted]
    codes = taxonomy.codes
    decisions = [
        Decision(Route.ACCEPT, Cause.CERTAIN, 1.0, (Scored(codes[best], 1.0),), (), Scored(codes[0], 0.0))
        for best in predicted
    ]
    known = Labelled(np.eye(200, dtype=np.int64)[main], main, np.full(400, ""), np.full(400, 9))
    measured = evaluate(sure, decisions, known, codes)
    found = {each.title: each for each in figures.page_pictures(measured, taxonomy)}
    bars, heat = found[messages.PICTURE_CATEGORIES], found[messages.PICTURE_CONFUSIONS]
    assert messages.READING_WORST.format(count=200, drawn=40) in bars.reading
    assert messages.READING_CONFUSED.format(count=200, drawn=21) in heat.reading
    assert heat.svg.count("判成 ") == 21 * 20 + 1  # every pair of the confused, and the heading
    assert all(taxonomy.name(codes[number]) in bars.svg for number in range(20))
    figures.write_html(tmp_path / "page.html", measured, " m", taxonomy)
    assert (tmp_path / "page.html").stat().st_size < 600_000


def test_a_model_of_two_hundred_categories_is_not_too_large_to_load() -> None:
    largest = TipClassifier()
    features = largest.max_words + largest.max_characters + 200
    assert 4 * features * 200 < LARGEST  # bytes of its weights
