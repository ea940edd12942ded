"""Differences between two models for people: the tables and the page."""

from dataclasses import replace
from pathlib import Path

import pytest
from test_figures import Page

from tipclass import differences, messages
from tipclass.cases import Case, Outcome, Strength
from tipclass.comparison import compare
from tipclass.console import print_table
from tipclass.records import Route
from tipclass.taxonomy import Taxonomy
from tipclass.trial import CaseChanges, Trial
from tipclass.verdicts import Verdict

LETTERS = {"w": "water_pollution", "f": "illegal_fishing", "n": "not_a_tip", "o": "old_code"}
LABEL, BEFORE, AFTER = "w" * 12 + "f" * 4 + "n", "w" * 12 + "foof" + "w", "f" * 12 + "ffff" + "n"


def said(label: str, given: str, route: Route) -> dict[str, Verdict]:
    return {
        f"t{n}": Verdict(f"t{n}", LETTERS[a], LETTERS[b], 0.9, route)
        for n, (a, b) in enumerate(zip(label, given, strict=True))
    }


@pytest.fixture
def trial(taxonomy: Taxonomy) -> Trial:
    """Twelve texts on water lost, two on fishing and one that is no tip won; a STRONG case broken."""
    texts = said(LABEL, BEFORE, Route.REVIEW), said(LABEL, AFTER, Route.ACCEPT)
    case = Case("c7", "文字", "main", "", ("not_a_tip",), Strength.STRONG, "T01")
    cases = CaseChanges(9, (Outcome(case, False, ("illegal_fishing",)),), ("c1",), ("c7", "c8"))
    compared = compare(*texts, taxonomy.codes)
    return Trial("m1", "m2", taxonomy, "留出检验", compared, cases, ("一条提示",), {"t0": "<b>排污</b>\n" + "水" * 60})


def rows(trial: Trial, title: str) -> list[tuple[str, ...]]:
    return [tuple(row) for name, _, found in differences.tables(trial) if name == title for row in found]


def test_the_summary_sets_both_models_side_by_side(trial: Trial) -> None:
    summary = {name: rest for name, *rest in rows(trial, "m1 → m2：同样的 17 条文本（留出检验）")}
    assert summary["主类别正确"] == ["0.824", "0.294", "-0.529", "显著变差（p = 0.035）"]
    assert summary["不经人工的比例"] == ["0.000", "1.000", "+1.000", ""]
    assert summary["其中主类别正确"] == ["—", "0.294", "—", ""]
    assert summary["误存档的线索"] == ["0", "0", "+0", ""]


def test_categories_tell_what_was_won_and_lost(trial: Trial) -> None:
    water, fishing, other = rows(trial, messages.COMPARE_CATEGORIES)
    assert water[:3] == ("水污染偷排", "12", "1.00 → 0.00")
    assert water[5:] == ("1", "12", "显著变差（p = 0.010）")
    assert fishing[5:] == ("2", "12", "显著变差（p = 0.026）")
    assert other[5:] == ("1", "0", "不显著（p = 1.000）")


def test_texts_that_flipped_are_counted_and_some_of_them_listed(trial: Trial) -> None:
    assert rows(trial, "主类别有变化的文本：15 条") == [("由对变错", "12"), ("由错变对", "3")]
    listed = rows(trial, messages.COMPARE_FLIPPED.format(count=10))
    assert listed[0] == ("t0", "水污染偷排", "水污染偷排", "非法捕捞", "<b>排污</b> " + "水" * 10)
    everything = list(differences.tables(trial, flips=99))
    assert any(("t13", "非法捕捞", "old_code", "非法捕捞", "") in found for _, _, found in everything)


def test_cases_are_named(trial: Trial) -> None:
    assert rows(trial, "行为用例（9 条）") == [
        ("没通过的 STRONG 用例", "1", "c7"),
        ("原来通过、现在没通过", "2", "c7、c8"),
        ("原来没通过、现在通过", "1", "c1"),
    ]


def test_what_was_not_compared_has_no_table(trial: Trial, tmp_path: Path) -> None:
    bare = replace(trial, comparison=None, cases=None)
    assert list(differences.tables(bare)) == []
    differences.write_html(tmp_path / "page.html", bare)
    assert "一条提示" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_tables_fit_a_console(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    from rich.cells import cell_len

    for table in differences.tables(trial):
        print_table(*table)
    assert max(map(cell_len, capsys.readouterr().out.splitlines())) <= 120


def test_the_page_shows_headlines_picture_and_tables_and_fetches_nothing(trial: Trial, tmp_path: Path) -> None:
    differences.write_html(tmp_path / "page.html", trial)
    content = (tmp_path / "page.html").read_text(encoding="utf-8")
    page = Page(content)
    assert not {"script", "link", "img", "iframe", "b"} & page.tags
    assert all(reference.startswith("#") for reference in page.references)
    assert content.count("<svg ") == 1
    assert content.count("<table>") == len(list(differences.tables(trial)))
    for words in ("m1 → m2", "-52.9", "0.824 → 0.294", "水污染偷排、非法捕捞", "一条提示", "<b>排污</b>"):
        assert words in page.text
    assert "水污染偷排 F1 0.960 → 0.000，只新对 1 条，只旧对 12 条" in page.text
