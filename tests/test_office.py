"""The office: the day a tip goes by, its own tables first, and the notes put together."""

from datetime import date
from pathlib import Path

import pytest

from tipclass.elements import Extract, extract
from tipclass.errors import SettingsError
from tipclass.office import Office, day_of, day_of_facts, load_office, take_notes
from tipclass.records import Cause, Decision, Element, ElementKind, Nature, Notes, Route, Scored, Signature, Tip
from tipclass.settings import HOME, SETTINGS, corpora_folder
from tipclass.taxonomy import Taxonomy, load_taxonomy

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def office() -> Office:
    return load_office(TODAY)


@pytest.fixture(scope="module")
def shipped() -> Taxonomy:
    return load_taxonomy(corpora_folder() / "taxonomy.toml")


def decided(*codes: str) -> Decision:
    labels = tuple(Scored(code, 0.9) for code in codes)
    return Decision(Route.ACCEPT, Cause.CERTAIN, 0.9, labels, labels, Scored("other_matter", 0.0))


def noted(text: str, decision: Decision, office: Office, taxonomy: Taxonomy) -> Notes:
    return take_notes(text, decision, Extract(extract(text, office.day)), office, taxonomy)


def told(note: str) -> Element:
    return Element(ElementKind.TIME, "那天", 0, 2, note=note)


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"受理时间": "2026-07-02 08:15"}, date(2026, 7, 2)),
        ({"登记日期": "2026/7/2"}, date(2026, 7, 2)),
        ({" 日期 ": "2026年7月2日"}, date(2026, 7, 2)),
        ({"日期": "2026-02-30", "受理时间": "2026-03-01"}, date(2026, 3, 1)),
        ({"日期": "昨天"}, None),
        ({"内容": "2026-07-02"}, None),
        ({}, None),
    ],
)
def test_the_day_a_tip_came_in(fields: dict[str, str], day: date | None) -> None:
    assert day_of(Tip("1", "甲", fields=fields)) == day


@pytest.mark.parametrize(
    ("notes", "day"),
    [
        ([], TODAY),
        (["2026-05-01"], date(2026, 5, 1)),
        (["2026-05-01", "2025-01-01"], date(2026, 5, 1)),
        (["2027-01-01", "2026-05-01"], date(2026, 5, 1)),
        (["2027-01-01", ""], TODAY),
    ],
)
def test_facts_go_by_the_last_day_before_the_tip(notes: list[str], day: date) -> None:
    assert day_of_facts([told(note) for note in notes], TODAY) == day


def test_notes_of_a_report(office: Office, shipped: Taxonomy) -> None:
    text = "举报：2026年6月3日夜里，城东电镀厂用暗管往清河里排废水，请保密，要求赔偿我的鱼"
    notes = noted(text, decided("water_pollution", "illegal_fishing"), office, shipped)
    assert notes.natures == (Nature.REPORT, Nature.COMPLAINT)
    assert notes.signature is Signature.ANONYMOUS
    assert notes.departments.lead == "生态环境"
    assert "公安" in notes.departments.assist
    assert any("水污染防治法" in each.text for each in notes.departments.basis)  # the law of June
    assert not any("生态环境法典" in each.text for each in notes.departments.basis)
    assert any("暗管" in met.text for hint in notes.hints for met in hint.met)
    assert notes.grade is not None
    assert notes.grade.level == "A"


def test_what_is_set_aside_goes_to_no_department(office: Office, shipped: Taxonomy) -> None:
    notes = noted("会议强调，要严厉打击用暗管排污", decided("not_a_tip"), office, shipped)
    assert (notes.natures, notes.departments.lead, notes.grade, notes.hints) == ((), "", None, ())


def test_what_is_no_offence_lacks_nothing(office: Office, shipped: Taxonomy) -> None:
    notes = noted("路灯坏了", decided("other_matter"), office, shipped)
    assert notes.missing == ()
    assert notes.natures == (Nature.HELP,)


def test_an_offices_own_tables_and_answers_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: Taxonomy
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path))
    (tmp_path / "grade.toml").write_text('[[rule]]\ngrade = "B"\nname = "油烟"\nwords = [["油烟"]]\n', encoding="utf-8")
    (tmp_path / SETTINGS).write_text('[local]\ncooking_smoke = "城管局"\n', encoding="utf-8")
    notes = noted("饭店油烟呛人", decided("air_pollution"), load_office(TODAY), shipped)
    assert notes.departments.lead == "城管局"
    assert notes.grade is not None
    assert notes.grade.reasons == ("油烟（油烟）",)
    (tmp_path / SETTINGS).write_text('[local]\ncook = "城管局"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="cook"):
        load_office(TODAY)
