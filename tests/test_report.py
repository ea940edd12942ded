"""The report: figures of an invented ledger against hand counts, masked, on a page, as JSON and on the command line."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from invented import FIRST, LAST, TODAY, invented

from tipclass import cli_report, ledger_book, messages, report_json, report_page, report_words
from tipclass import report as reports
from tipclass.errors import InputError, UsageError
from tipclass.ledger import Row, Status
from tipclass.periods import Period
from tipclass.rates import ENDLESS
from tipclass.records import Repeats, Route, Series, TieKind
from tipclass.report import Aspect, Report, report
from tipclass.settings import corpora_folder
from tipclass.taxonomy import Taxonomy, parse_taxonomy

Run = Callable[..., tuple[int, str, str]]
OCTOBER = Period(date(2026, 10, 1), LAST)


@pytest.fixture(scope="module")
def shipped() -> Taxonomy:
    path = corpora_folder() / "taxonomy.toml"
    return parse_taxonomy(path.read_text(encoding="utf-8"), source=str(path))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return invented()


@pytest.fixture(scope="module")
def october(rows: list[Row], shipped: Taxonomy) -> Report:
    return report(rows, shipped, today=TODAY)


def page(found: Report, taxonomy: Taxonomy, folder: Path) -> str:
    report_page.write_html(folder / "page.html", found, taxonomy)
    return (folder / "page.html").read_text(encoding="utf-8")


def words(page: str) -> str:
    """Return what a reader of a page sees, without its style."""
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_data = seen.append  # type: ignore[method-assign]
    parser.feed(re.sub("<style>.*?</style>", "", page, flags=re.DOTALL))
    return " ".join("".join(seen).split())


# --- figures -------------------------------------------------------------------------------------


def test_figures_agree_with_counts_by_hand(october: Report, rows: list[Row]) -> None:
    now = [row for row in rows if row.received.month == 10]
    before = [row for row in rows if date(2026, 8, 31) <= row.received <= date(2026, 9, 30)]
    assert (october.period, october.ledger.start, october.rows) == (OCTOBER, rows[0].received, len(rows))
    assert (october.total.count, october.total.before) == (len(now), len(before))
    assert october.sent_on.count == sum(row.route is not Route.REVIEW for row in now)
    assert october.repeats.count == sum(row.repeats is not None for row in now)
    late = [row for row in rows if row.due and row.due < TODAY and row.status is not Status.CLOSED]
    assert october.all_late == len(late) > 0
    assert october.overdue.count == len([row for row in late if row in now])
    assert [each.tip.number for each in october.late] == [
        row.number for row in sorted(late, key=lambda row: (str(row.due), row.number))
    ]
    assert sum(each.count for each in october.columns) == len(now)
    assert sum(each.before or 0 for each in october.columns) == len(before)


@pytest.mark.parametrize(
    ("aspect", "value"),
    [
        (Aspect.CATEGORY, lambda row: row.labels[0]),
        (Aspect.PLACE, lambda row: row.place[:6]),
        (Aspect.DEPARTMENT, lambda row: row.lead),
        (Aspect.GRADE, lambda row: row.grade),
        (Aspect.CHANNEL, lambda row: row.channel),
        (Aspect.STATUS, lambda row: row.status.value),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_each_table_counts_every_tip(
    aspect: Aspect, value: Callable[[Row], str], october: Report, rows: list[Row]
) -> None:
    expected = Counter(value(row) for row in rows if row.received in OCTOBER)
    assert {line.name: line.change.count for line in october.tables[aspect] if line.change.count} == dict(expected)


def test_grades_and_states_keep_their_order_and_states_are_not_compared(october: Report) -> None:
    assert [line.name for line in october.tables[Aspect.GRADE]] == ["A", "B", "C", ""]
    assert [line.name for line in october.tables[Aspect.STATUS]] == ["registered", "sent", "closed"]
    assert {line.change.before for line in october.tables[Aspect.STATUS]} == {None}


def test_names_that_hardly_any_tip_bears_are_counted_together(shipped: Taxonomy, rows: list[Row]) -> None:
    some = {rows[-1].number: "张三来信", rows[-2].number: "李四来信"}
    changed = [replace(row, channel=some.get(row.number, row.channel), place="") for row in rows]
    changed[-1] = replace(changed[-1], place="幸福里3栋502室")
    found = report(changed, shipped, today=TODAY)
    channels = {line.name: line.change.count for line in found.tables[Aspect.CHANNEL]}
    assert channels[messages.REPORT_OTHER_CHANNELS] == 2
    assert not {"张三来信", "李四来信"} & channels.keys()
    assert {line.name for line in found.tables[Aspect.PLACE]} == {"", messages.REPORT_OTHER_PLACES}


def test_matters_told_three_times_or_more_are_listed(shipped: Taxonomy, rows: list[Row]) -> None:
    numbers = [row.number for row in rows if row.received in OCTOBER][:4]
    told = [replace(row, repeats=Repeats(numbers[0], 4)) if row.number in numbers else row for row in rows]
    found = report(told, shipped, today=TODAY).repeated
    assert [(each.count, each.first.number) for each in found] == [(4, numbers[0])]


# --- few rows, none, other periods ---------------------------------------------------------------


def test_a_ledger_without_rows_is_refused(shipped: Taxonomy) -> None:
    with pytest.raises(InputError, match="还没有线索"):
        report([], shipped, today=TODAY)


def test_one_row(rows: list[Row], shipped: Taxonomy, tmp_path: Path) -> None:
    found = report(rows[:1], shipped, today=TODAY)
    assert (found.total.count, found.before, found.past, found.surges) == (1, None, None, ())
    text = words(page(found, shipped, tmp_path))
    assert "没有可比的上期" in text
    assert messages.REPORT_VERDICT not in text


def test_a_period_without_rows(rows: list[Row], shipped: Taxonomy, tmp_path: Path) -> None:
    found = report(rows, shipped, start=date(2026, 11, 1), end=date(2026, 11, 5), today=TODAY)
    assert (found.total.count, found.surges) == (0, ())
    assert messages.REPORT_NOTHING in words(page(found, shipped, tmp_path))
    record = json.loads(report_json.as_json(found, shipped))
    assert (record["total"]["count"], record["sent_on"]["share"], record["surges"]) == (0, None, [])
    assert any("收到 0 条" in sentence for sentence in report_words.sentences(found, shipped))


def test_a_short_past_is_told_and_counted_by_day(rows: list[Row], shipped: Taxonomy) -> None:
    found = report([row for row in rows if row.received >= date(2026, 9, 11)], shipped, today=TODAY)
    assert found.before is not None
    assert found.before.days == 20
    assert "只有这 20 天" in report_words.basis(found)
    assert found.total.ratio is not None
    assert found.total.before is not None
    assert found.total.ratio.value == pytest.approx(found.total.count / found.total.before * 20 / 31)


def test_a_text_that_says_nothing_and_an_unknown_category(rows: list[Row], shipped: Taxonomy) -> None:
    changed = [replace(rows[0], labels=()), replace(rows[1], labels=("gone",)), *rows[2:]]
    found = report(changed, shipped, start=FIRST, end=date(2026, 4, 30), today=TODAY)
    names = {row[0] for row in report_page.grid(found, Aspect.CATEGORY, shipped).rows}
    assert {messages.SUMMARY_UNREADABLE, "gone"} <= names


@pytest.mark.parametrize(
    ("start", "end", "says"), [((2026, 6, 2), (2026, 6, 1), "反了"), ((2027, 1, 1), None, "在今天")]
)
def test_periods_that_cannot_be(
    start: tuple[int, int, int], end: tuple[int, int, int] | None, says: str, rows: list[Row], shipped: Taxonomy
) -> None:
    with pytest.raises(UsageError, match=says):
        report(rows, shipped, start=date(*start), end=date(*end) if end else None, today=TODAY)


# --- words ---------------------------------------------------------------------------------------


def test_the_report_in_sentences(october: Report, shipped: Taxonomy) -> None:
    sentences = list(report_words.sentences(october, shipped))
    assert report_words.title(october) == "线索统计报告（2026-10-01 至 2026-10-31）"
    assert sentences[0].startswith(f"本期 31 天，收到 {october.total.count} 条。上期 {october.total.before} 条")
    assert "天数相同" in sentences[1]
    assert "固废危废倾倒（1 → 17）" in sentences[5]
    assert sentences[-1].startswith("  预警：清江市望山县柳林乡的“固废危废倾倒”，本期 14 件")
    assert "2026-0399" in sentences[-1]


@pytest.mark.parametrize(
    ("ratio", "written"),
    [(1.0, "+0%"), (0.0, "-100%"), (5.0, "+400%"), (5.2, "5.2 倍"), (101.0, "100 倍以上"), (ENDLESS, "本期才有")],
)
def test_growth(ratio: float, written: str) -> None:
    assert report_words.grew(ratio) == written


def test_what_a_change_is_worth(october: Report, shipped: Taxonomy) -> None:
    verdicts = {row[0]: row[-1] for row in report_page.grid(october, Aspect.CATEGORY, shipped).rows}
    assert verdicts["固废危废倾倒"] == messages.REPORT_UP
    assert verdicts["涉烟违法"] == messages.REPORT_FEW
    assert verdicts["水污染偷排"] == messages.REPORT_LEVEL


def test_every_name_that_a_report_needs_is_there() -> None:
    assert set(messages.STATUSES) == {each.value for each in Status}
    assert set(messages.TIES) == {each.value for each in TieKind}
    assert set(messages.REPORT_ASPECTS) == {each.value for each in Aspect}


# --- page and JSON -------------------------------------------------------------------------------


def test_the_page_shows_the_figures_and_fetches_nothing(october: Report, shipped: Taxonomy, tmp_path: Path) -> None:
    text = page(october, shipped, tmp_path)
    assert not re.search(r"<script|<link|<img|@import|url\(|(?:src|href)=", text)
    assert text.count("<svg ") == 3
    for picture in re.findall(r"<svg .*?</svg>", text, flags=re.DOTALL):
        ElementTree.fromstring(picture)
    seen = words(text)
    for table in (report_page.grid(october, aspect, shipped) for aspect in Aspect):
        for row in table.rows:
            assert " ".join(cell for cell in row if cell).replace(" ", "") in seen.replace(" ", "")
    assert {number for each in october.surges for number in each.numbers} <= set(re.findall(r"2026-\d{4}\b", seen))


def test_json_has_stable_keys_and_knows_no_infinity(rows: list[Row], october: Report, shipped: Taxonomy) -> None:
    record = json.loads(report_json.as_json(october, shipped))
    assert list(record) == [
        "from", "to", "before", "past", "ledger", "today", "total", "sent_on", "repeats", "overdue", "days", "by",
        "surges", "repeated", "late",
    ]  # fmt: skip
    assert (record["from"], record["total"]["count"]) == ("2026-10-01", october.total.count)
    assert list(record["by"]) == ["category", "place", "department", "grade", "channel", "status"]
    assert record["by"]["category"][0] == {
        "name": "固废危废倾倒", "code": "waste_dumping", "count": 17, "before": 1,
        "ratio": record["by"]["category"][0]["ratio"], "p": record["by"]["category"][0]["p"], "notable": True,
    }  # fmt: skip
    (surge,) = record["surges"]
    assert (surge["kind"], surge["matters"], len(surge["numbers"])) == ("district", 14, 15)
    new = [row for row in rows if row.labels[0] != "tobacco" or row.received in OCTOBER]
    text = report_json.as_json(report(new, shipped, today=TODAY), shipped)
    assert "Infinity" not in text
    tobacco = next(each for each in json.loads(text)["by"]["category"] if each["code"] == "tobacco")
    assert (tobacco["before"], tobacco["ratio"]["value"]) == (0, None)


NASTY = "<b>&\"甲'"


def test_what_a_ledger_holds_is_escaped(rows: list[Row], shipped: Taxonomy, tmp_path: Path) -> None:
    nasty = [replace(row, channel=NASTY, lead=NASTY, place=NASTY, grade=NASTY, text=NASTY) for row in rows]
    text = page(report(nasty, shipped, today=TODAY), shipped, tmp_path)
    assert "<b>" not in text
    assert NASTY in words(text)


# --- what leaves the desk ------------------------------------------------------------------------

PHONE, NAME = "13612345678", "诸葛秘密"
SECRET = f"{NAME}{PHONE}"


def secretive(rows: list[Row]) -> Iterator[Row]:
    """Yield rows with a secret in every field that is text, in a ledger where all of them come to be shown."""
    plain = {"reason", "basis", "hints", "id", "source", "subject", "channel", "place", "lead", "grade", "text"}
    texts = {each.name for each in fields(Row) if each.type in ("str", str)} - {"number"}
    assert texts == plain
    for turn, row in enumerate(rows):
        new = row.labels == ("waste_dumping",) and row.received in OCTOBER
        series = (Series(TieKind.PHONE, f"{SECRET}{new}", (SECRET,)),)
        more = {"missing": (SECRET,), "assist": (SECRET,), "natures": (SECRET,), "other": {SECRET: SECRET}}
        told = {name: f"{SECRET}{new}" if name == "subject" else SECRET for name in texts}
        first = Repeats(rows[0].number if turn % 2 else row.number, 2)
        yield replace(row, **told, **more, series=series, repeats=None if new else first)  # type: ignore[arg-type]


def everything(found: Report, taxonomy: Taxonomy, folder: Path) -> str:
    sentences = "\n".join(report_words.sentences(found, taxonomy))
    return page(found, taxonomy, folder) + report_json.as_json(found, taxonomy) + sentences + repr(found)


def test_no_text_gets_past_the_mask(
    rows: list[Row], shipped: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "mask", lambda text: text.replace(NAME, "[姓名]").replace(PHONE, "[电话]"))
    reports.masked.cache_clear()
    found = report(list(secretive(rows)), shipped, today=TODAY)
    told = everything(found, shipped, tmp_path)
    reports.masked.cache_clear()
    assert NAME not in told
    assert PHONE not in told
    assert found.surges
    assert found.late
    assert found.repeated
    assert "[举报人]" in found.surges[0].tips[0].line


def test_phones_never_show(rows: list[Row], shipped: Taxonomy, tmp_path: Path) -> None:
    spaced = [replace(row, text=f"{'黑' * 52}请回电{PHONE}") for row in secretive(rows)]  # the line ends in the number
    told = everything(report(spaced, shipped, today=TODAY), shipped, tmp_path)
    assert PHONE not in told
    assert PHONE[:7] not in told


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: list[Row]) -> Callable[[list[Row]], None]:
    """Put rows in place of what a workbook holds."""
    monkeypatch.setattr(cli_report, "_today", lambda: TODAY)

    def hold(held: list[Row]) -> None:
        def read(path: Path, taxonomy: Taxonomy) -> Any:
            return SimpleNamespace(rows=tuple(held), notes=("第 3 行的状态看不懂",))

        monkeypatch.setattr(ledger_book, "read", read)

    for name in ("台账.xlsx", "a.xlsx", "来件.csv"):
        (tmp_path / name).touch()
    hold([replace(row, labels=("water_pollution",)) for row in rows])
    return hold


@pytest.mark.usefixtures("ledger")
def test_the_page_is_written_beside_the_ledger(run: Run, tmp_path: Path) -> None:
    code, out, err = run("report", "台账.xlsx")
    assert code == 0, err
    assert out.startswith("线索统计报告（2026-10-01 至 2026-10-31）\n本期 31 天")
    assert "第 3 行的状态看不懂" in err
    assert "线索统计报告" in (tmp_path / "台账_报告.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("ledger")
def test_json_and_a_named_page(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("report", "台账.xlsx", "--from", "2026-06-01", "--to", "2026-06-30", "--json")
    record = json.loads(out)
    assert (code, record["from"], record["to"]) == (0, "2026-06-01", "2026-06-30")
    assert not list(tmp_path.glob("*.html"))
    assert run("report", "台账.xlsx", "--json", "-o", "六月.html")[0] == 0
    assert (tmp_path / "六月.html").is_file()


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("a.xlsx", "b.xlsx"), 2, messages.REPORT_ONE_LEDGER),
        (("来件.csv",), 3, "来件.csv 不是台账"),
        (("没有.xlsx",), 3, "找不到输入“没有.xlsx”"),
        (("a.xlsx", "-o", "报告.pdf"), 2, "以 .html 结尾"),
        (("a.xlsx", "--from", "2026-12-01"), 2, "在今天"),
        (("a.xlsx", "--drift", "--to", "2026-10-01"), 2, messages.REPORT_PERIOD_IS_NOT_FOR_DRIFT),
    ],
)
def test_what_cannot_be_reported(arguments: tuple[str, ...], code: int, says: str, run: Run) -> None:
    left, out, err = run("report", *arguments)
    assert (left, out) == (code, "")
    assert says in err


def test_an_empty_ledger_says_so(run: Run, ledger: Callable[[list[Row]], None], tmp_path: Path) -> None:
    ledger([])
    code, out, err = run("report", "台账.xlsx")
    assert (code, out, messages.REPORT_EMPTY in err) == (3, "", True)
    assert not list(tmp_path.glob("*.html"))
