"""Figures for people: the tables, the headlines and the page of an evaluation."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from tipclass import figures, messages
from tipclass.console import print_table
from tipclass.evaluate import Confusion, Estimate, Evaluation, Labelled, Slice, evaluate
from tipclass.records import Cause, Decision, Route, Scored
from tipclass.taxonomy import parse_taxonomy

CODES = ("a", "b", "c")
TAXONOMY = parse_taxonomy(
    "".join(
        f"[[category]]\ncode = '{code}'\nname = '{name}'\n"
        for code, name in zip(CODES, ("甲", '<b>&"乙', "非举报"), strict=True)
    ),
    source="taxonomy.toml",
)
MAIN = np.array([0, 0, 0, 1, 1])
SURE = np.array([[0.9, 0.1, 0.0], [0.8, 0.1, 0.1], [0.3, 0.6, 0.1], [0.2, 0.7, 0.1], [0.1, 0.3, 0.6]])
ROUTES = (Route.ACCEPT, Route.ACCEPT, Route.REVIEW, Route.REVIEW, Route.SET_ASIDE)
REGISTERS = np.array(["message", "note", "<i>", "message", "message"])
LENGTHS = np.array([10, 59, 60, 800, 9000])


def decision(certainties: np.ndarray, route: Route) -> Decision:
    main = Scored(CODES[certainties.argmax()], 0.9)
    return Decision(route, Cause.CERTAIN, float(certainties.max()), (main,), (main,), Scored("a", 0.0))


@pytest.fixture(scope="module")
def measured() -> Evaluation:
    """Five texts: three right, three sent on with two of them right, one lead lost; the fourth has two labels."""
    indicator = np.eye(3, dtype=np.int64)[MAIN]
    indicator[3, 0] = 1
    decisions = [decision(*each) for each in zip(SURE, ROUTES, strict=True)]
    return evaluate(SURE, decisions, Labelled(indicator, MAIN, REGISTERS, LENGTHS), CODES)


@pytest.fixture
def none_sent_on(measured: Evaluation) -> Evaluation:
    nothing, unknown = Estimate(0.0, 0.0, 0.4), Estimate(0.0, 0.0, 1.0)
    slices = (Slice("message", 5, Estimate(0.6, 0.2, 0.9), nothing, unknown),)
    return replace(measured, coverage=nothing, selective_accuracy=unknown, registers=slices, several=None, lost=0)


def rows(measured: Evaluation, title: str) -> list[tuple[str, ...]]:
    return [tuple(row) for name, _, found in figures.tables(measured, TAXONOMY) if name == title for row in found]


class Page(HTMLParser):
    """What a page is made of: its tags, the attributes that could fetch something, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.references: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.references |= {value or "" for name, value in attrs if name in {"src", "href", "xlink:href", "style"}}
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def written(measured: Evaluation, folder: Path, title: str = "标题") -> str:
    figures.write_html(folder / "page.html", measured, title, TAXONOMY)
    return (folder / "page.html").read_text(encoding="utf-8")


def test_the_summary_holds_every_figure_with_its_interval(measured: Evaluation) -> None:
    summary = dict(rows(measured, "评估结果（5 条）"))
    assert summary["主类别正确"] == "0.600 [0.231, 0.882]"  # Wilson's interval of 3 in 5
    assert summary["不经人工的比例"] == "0.600 [0.231, 0.882]"
    assert summary["其中主类别正确"] == "0.667 [0.208, 0.939]"  # of 2 in 3
    assert summary["正确类别在前二"].startswith("1.000 [")
    assert summary["误存档的线索"] == "1"
    assert all("[" in value for name, value in summary.items() if name != "误存档的线索")


def test_categories_that_occur_stand_in_the_order_of_the_taxonomy(measured: Evaluation) -> None:
    first, second = rows(measured, messages.FIGURES_CATEGORIES)
    assert first[:4] == ("甲", "3", "1.00 [0.34, 1.00]", "0.67 [0.21, 0.94]")
    assert first[4].startswith("0.80 [")
    assert second[:4] == ('<b>&"乙', "2", "0.50 [0.09, 0.91]", "0.50 [0.09, 0.91]")


def test_texts_with_several_labels_have_a_row_of_their_own(measured: Evaluation, none_sent_on: Evaluation) -> None:
    everything, several = rows(measured, messages.FIGURES_LABELS)
    assert (everything[1], everything[4][:4], everything[5]) == ("5", "0.40", "1.00")
    assert (several[1], several[2][:4], several[4][:4]) == ("1", "0.67", "0.00")
    assert len(rows(none_sent_on, messages.FIGURES_LABELS)) == 1


def test_registers_have_names_and_stand_by_size(measured: Evaluation) -> None:
    assert [row[:3] for row in rows(measured, messages.FIGURES_REGISTERS)] == [
        ("信箱留言", "3", "0.67 [0.21, 0.94]"),
        ("<i>", "1", "0.00 [0.00, 0.79]"),
        ("匿名短条", "1", "1.00 [0.21, 1.00]"),
    ]


def test_classes_of_length_stand_from_the_shortest(measured: Evaluation) -> None:
    found = rows(measured, messages.FIGURES_LENGTHS)
    assert [row[:2] for row in found] == [("0-59", "2"), ("60-299", "1"), ("800+", "2")]
    assert found[1][3:] == ("0.00 [0.00, 0.79]", "—")  # nothing of it goes on, so nothing of that can be right


def test_the_ten_commonest_confusions_say_how_much_of_a_label_they_are(measured: Evaluation) -> None:
    assert rows(measured, messages.FIGURES_CONFUSIONS) == [
        ("甲", '<b>&"乙', "1", "33.3%"),
        ('<b>&"乙', "非举报", "1", "50.0%"),
    ]
    many = replace(measured, confusions=(Confusion("a", "b", 1),) * 11)
    assert len(rows(many, messages.FIGURES_CONFUSIONS)) == 10


def test_a_table_without_rows_is_left_out(measured: Evaluation) -> None:
    bare = replace(measured, registers=(), lengths=(), confusions=())
    assert [title for title, _, _ in figures.tables(bare, TAXONOMY)][1:] == ["各类别", "给出的全部类别"]


def test_tables_fit_a_console(measured: Evaluation, capsys: pytest.CaptureFixture[str]) -> None:
    from rich.cells import cell_len

    for table in figures.tables(measured, TAXONOMY):
        print_table(*table)
        assert all(len(row) == len(table[1]) for row in table[2])
    printed = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, printed)) < 120
    assert sum("[" in line for line in printed) == 7 + 2 + 2 + 3 + 3  # no row is broken over two lines


def test_headlines_say_what_they_mean(measured: Evaluation) -> None:
    accuracy, coverage, selective, macro_f1, lost = figures.headlines(measured)
    assert (accuracy.value, accuracy.interval) == ("60.0%", "95% 区间 23.1%–88.2%")
    assert accuracy.meaning == "5 条里有 3 条，判出的主类别与标注一致。"
    assert "60 条直接分派或存档" in coverage.meaning
    assert selective.meaning == "不经人工 60.0% 的线索，其中 66.7% 主类别正确。"
    assert macro_f1.value == f"{measured.macro_f1.value:.3f}"
    assert (lost.value, lost.interval) == ("1 条", "95% 区间 3.62%–62.45%")


def test_where_nothing_is_sent_on_no_accuracy_of_it_is_claimed(none_sent_on: Evaluation, tmp_path: Path) -> None:
    found = list(figures.headlines(none_sent_on))
    assert messages.FIGURE_SELECTIVE not in {each.name for each in found}
    assert messages.HEADLINE_NONE_SENT_ON in {each.meaning for each in found}
    assert dict(rows(none_sent_on, "评估结果（5 条）"))[messages.FIGURE_SELECTIVE] == messages.NO_FIGURE
    assert "菱形是现在的门槛" not in written(none_sent_on, tmp_path)


def test_the_page_fetches_and_runs_nothing(measured: Evaluation, tmp_path: Path) -> None:
    content = written(measured, tmp_path)
    page = Page(content)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form"} & page.tags
    assert all(reference.startswith("#") for reference in page.references)
    assert "://" not in content.replace("http://www.w3.org/2000/svg", "")
    assert "url(" not in content
    assert "@import" not in content


def test_the_page_shows_headlines_pictures_and_tables(measured: Evaluation, tmp_path: Path) -> None:
    content = written(measured, tmp_path)
    page = Page(content)
    assert (
        content.count("<svg ") == content.count("<figcaption") == len(list(figures.page_pictures(measured, TAXONOMY)))
    )
    assert content.count("<table>") == len(list(figures.tables(measured, TAXONOMY)))
    assert all(each.meaning in page.text for each in figures.headlines(measured))


def test_names_and_title_are_escaped_on_the_page(measured: Evaluation, tmp_path: Path) -> None:
    content = written(measured, tmp_path, title="<script>&")
    page = Page(content)
    assert not {"b", "i", "script"} & page.tags
    assert {'<b>&"乙', "<script>&"} <= {word for word in ('<b>&"乙', "<script>&") if word in page.text}
    assert "&amp;lt;" not in content  # escaped once, not twice


def test_a_page_of_two_texts_is_a_page(tmp_path: Path) -> None:
    known = Labelled(np.eye(3, dtype=np.int64)[[0, 0]], np.array([0, 0]), np.array(["", ""]), np.array([5, 6]))
    certain = np.array([[1.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    alike = evaluate(certain, [decision(each, Route.ACCEPT) for each in certain], known, CODES)
    content = written(alike, tmp_path)
    assert messages.FIGURES_REGISTERS not in content
    assert "nan" not in Page(content).text


def test_json_is_plain(measured: Evaluation) -> None:
    assert Evaluation.parse(json.loads(figures.as_json(measured))) == measured
