"""The desk in a browser: its pages end to end, and who is kept out."""

import csv
import html
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from tipclass import messages, session
from tipclass.batches import BATCH, use_model
from tipclass.desk import IntakeDesk
from tipclass.desk_store import Store
from tipclass.jobs import Job, State
from tipclass.model import Model
from tipclass.retraining import TRAIN
from tipclass.session import HEADERS, new_pass
from tipclass.settings import corpora_folder
from tipclass.store import load_model
from tipclass.web import MOST_FILES, PAGES, make_app
from tipclass.web_batches import left

BASE = "http://127.0.0.1:8620"
FISHING = "有人晚上在河边用电瓶电鱼，我叫谢春生，电话13800001234"
WATER = "印染厂半夜把污水直接排进小河"
LONGEST = 120.0  # seconds for what takes a few on a machine that does nothing else


class Browser:
    """A client that sends forms as the pages of the desk do."""

    def __init__(self, client: TestClient, store: Store) -> None:
        self.client, self.store, self.page = client, store, ""

    def open(self) -> "Browser":
        answer = self.client.get(f"/open?pass={new_pass(self.store)}")
        assert answer.status_code == 200
        self.page = answer.text
        return self

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        self.page = answer.text
        return self.page

    def post(self, path: str, expected: int = 200, files: object = None, **fields: object) -> str:
        self.get("/")
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.page)
        assert csrf
        answer = self.client.post(path, data={"csrf": csrf[1], **fields}, files=files)  # type: ignore[arg-type]
        assert answer.status_code == expected, answer.text
        self.page, self.path = answer.text, answer.url.path
        return self.page

    def wait(self, path: str) -> str:
        """Return the page of a job once it is over."""
        until = time.monotonic() + LONGEST
        id = path.rpartition("/")[2]
        while not self.client.get(f"/work/{id}/progress").json()["over"]:
            assert time.monotonic() < until
            time.sleep(0.1)
        page = self.get(path)
        assert messages.JOB_DIED not in page
        return page


@pytest.fixture
def store(tmp_path: Path, models: Path) -> Store:
    store = Store(tmp_path / "desk")
    use_model(store, (models, None))
    return store


@pytest.fixture
def client(store: Store, models: Path) -> Iterator[TestClient]:
    desk = IntakeDesk(store, load_model(next(models.glob("m*"))))
    with TestClient(make_app(desk), base_url=BASE) as client:
        yield client


@pytest.fixture
def browser(client: TestClient, store: Store) -> Browser:
    return Browser(client, store).open()


def register(browser: Browser, *texts: str) -> str:
    """Paste texts and register them all; return the path of the paste."""
    browser.post("/intake", text="\n\n".join(texts), where="blanks", step="judge", channel="12345")
    path = browser.path
    browser.post(f"{path}/save", at="all")
    return path


# --- who is kept out -----------------------------------------------------------------------------


def test_a_pass_opens_once(client: TestClient, store: Store) -> None:
    address = f"/open?pass={new_pass(store)}"
    assert client.get(address).status_code == 200
    client.cookies.clear()
    assert client.get(address).status_code == 401
    assert client.get("/open?pass=").status_code == 401


def test_a_pass_runs_out(client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    word = new_pass(store)
    monkeypatch.setattr(session, "PASS_LONGEST", -1.0)
    assert client.get(f"/open?pass={word}").status_code == 401


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_without_a_session_nothing_is_shown_or_done(page, client: TestClient) -> None:  # type: ignore[no-untyped-def]
    path = re.sub(r"\{\w+\}", "1", page.path)
    for method, answer in (("GET", page.get), ("POST", page.post)):
        if answer:
            found = client.request(method, path)
            assert found.status_code == 401
            assert messages.WEB_EXPIRED in found.text


def test_a_session_runs_out_but_work_stays(browser: Browser, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    register(browser, WATER)
    with store.writing() as db:
        db.execute("UPDATE session SET used = used - ?", (session.LONGEST + 1,))
    browser.get("/ledger", 401)
    assert WATER[:10] in browser.open().get("/ledger")


@pytest.mark.parametrize("page", [page for page in PAGES if page.post], ids=lambda page: page.path)
def test_a_form_without_its_word_does_nothing(page, browser: Browser) -> None:  # type: ignore[no-untyped-def]
    path = re.sub(r"\{\w+\}", "1", page.path)
    for csrf in ({}, {"csrf": "x" * 43}):
        found = browser.client.post(path, data={"text": WATER, **csrf})
        assert found.status_code == 403
        assert messages.WEB_CSRF in found.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1.evil.example:8620", ""])
def test_another_host_is_refused(host: str, browser: Browser) -> None:
    assert browser.client.get("/", headers={"host": host}).status_code == 400


def test_a_page_of_somebody_else_is_refused(browser: Browser) -> None:
    for origin in ("http://evil.example", "null", "https://127.0.0.1:8620"):
        assert browser.client.get("/", headers={"origin": origin}).status_code == 400
    assert browser.client.get("/", headers={"origin": BASE}).status_code == 200


def test_every_answer_bears_the_safe_headers_and_no_page_has_code_of_its_own(browser: Browser, client) -> None:  # type: ignore[no-untyped-def]
    register(browser, WATER, FISHING)
    for path in (
        "/",
        "/intake/1",
        "/batches",
        "/review",
        "/ledger",
        f"/ledger/{date.today().year}-0001",
        "/report",
        "/models",
        "/models/audit",
        "/x",
    ):
        answer = client.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        for forbidden in (
            r"<script(?! src=\"/assets/)",
            r"<style",
            r"\sstyle=",
            r"\son\w+=",
            r"(?:src|href)=\"(?:https?:)?//",
        ):
            assert not re.search(forbidden, answer.text), (path, forbidden)


def test_what_is_too_large_is_refused(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LARGEST", 20_000)
    browser.post("/batches", 413, files=[("files", ("a.csv", b"x" * 30_000))])
    assert messages.WEB_TOO_LARGE in browser.page


def test_too_many_files_are_refused_with_a_sentence(browser: Browser) -> None:
    files = [("files", (f"{turn}.txt", b"x")) for turn in range(MOST_FILES + 1)]
    browser.post("/batches", 422, files=files)
    assert messages.WEB_MALFORMED.format(most=MOST_FILES) in browser.page


def test_the_store_is_private(store: Store) -> None:
    assert store.path.stat().st_mode & 0o077 == 0
    assert store.folder.stat().st_mode & 0o077 == 0


def test_an_unexpected_error_does_not_tell_its_cause(browser: Browser, monkeypatch: pytest.MonkeyPatch, capfd) -> None:  # type: ignore[no-untyped-def]
    def fail(*_: object) -> None:
        raise ValueError(FISHING)

    monkeypatch.setattr(IntakeDesk, "judge", fail)
    browser.post("/intake", 500, text=WATER)
    assert "ValueError" in browser.page
    assert "谢春生" not in browser.page + "".join(capfd.readouterr())


# --- intake --------------------------------------------------------------------------------------


def test_several_tips_are_shown_before_they_count(browser: Browser, store: Store) -> None:
    page = browser.post("/intake", text=f"1. {WATER}\r\n2. {FISHING}")
    assert messages.INTAKE_PIECES.format(count=2) in page
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM paste").fetchone()[0] == 0
    page = browser.post("/intake", text=f"1. {WATER}\r\n2. {FISHING}", where="nowhere", step="judge")
    assert browser.path == "/intake/1"
    assert "<mark" in page


def test_a_tip_is_judged_coloured_copied_and_registered_once(browser: Browser) -> None:
    page = browser.post("/intake", text=WATER)
    assert "水污染偷排" in page
    assert '<mark class="for">' in page
    assert messages.EXPLAIN_NOTE.format(name=messages.COLUMN_LEAD, told="生态环境") in page  # what is copied
    browser.post("/intake/1/save", at="1")
    number = f"{date.today().year}-0001"
    assert messages.INTAKE_SAVED.format(number=number) in browser.page
    browser.post("/intake/1/save", 422, at="1")
    assert messages.INTAKE_NO_TIES in browser.get("/intake/1/ties?at=1")
    browser.post("/intake", text=f"{WATER}，请查处")
    assert number in browser.get("/intake/2/ties?at=1")


def test_what_a_tip_says_is_never_taken_for_a_page(browser: Browser) -> None:
    browser.post("/intake", text="<script>alert(1)</script>有人电鱼<img src=x onerror=alert(1)>")
    assert "<script>alert" not in browser.page
    assert "<img" not in browser.page


def test_a_paste_is_bounded(browser: Browser) -> None:
    browser.post("/intake", 422, text="电鱼" * 150_000)
    browser.post("/intake", 422, text="\n\n".join(["有人电鱼"] * 201), where="blanks", step="judge")


def test_what_is_not_there_says_so(browser: Browser) -> None:
    for path in ("/intake/9", "/intake/x", "/batches/9", "/ledger/2020-0001", "/work/9", "/work/9/file", "/nowhere"):
        assert messages.WEB_NOT_FOUND in browser.get(path, 404)


# --- batches -------------------------------------------------------------------------------------


def csv_of(*texts: str, column: str = "情况") -> bytes:
    return (
        f"编号,{column},举报人,备注\n".encode()
        + "".join(f"甲{turn},{text},谢春生,x\n" for turn, text in enumerate(texts, 1)).replace("，", "；").encode()
    )


def upload(browser: Browser, name: str, content: bytes) -> str:
    browser.post("/batches", files=[("files", (name, content))])
    path = browser.path
    browser.wait(path)
    return path


def judged(browser: Browser, *texts: str) -> str:
    path = upload(browser, "热线.csv", csv_of(*texts, column="内容"))
    browser.post(path, step="judge")
    browser.wait(path)
    return path


def test_a_batch_is_looked_at_judged_looked_through_and_registered(browser: Browser) -> None:
    path = upload(browser, "热线.csv", csv_of(WATER, FISHING, WATER))
    assert messages.LOOK_JUDGE.split("（")[0] not in browser.page  # nobody knows the column yet
    browser.post(path, step="look", text_column="情况")
    assert WATER[:8] in browser.wait(path)
    browser.post(path, step="judge", text_column="情况")
    page = browser.wait(path)
    assert page.count("<tr class=") == 3
    assert messages.REPEATS.format(first="甲1", size=2) in page
    assert browser.get(f"{path}?category=illegal_fishing").count("<tr class=") == 1
    assert browser.get(f"{path}?search=印染").count("<tr class=") == 2
    assert browser.get(f"{path}?search=甲3").count("<tr class=") == 1
    ordered = re.findall(r"甲\d(?=</a>)", browser.get(f"{path}?sort=-place"))
    assert ordered == ["甲3", "甲2", "甲1"]
    assert "甲2" in browser.get(f"{path}/1")
    browser.post(f"{path}/register")
    assert "登记 3 条" in browser.wait(browser.path)
    assert browser.get("/ledger").count('name="number"') == 3


def workbook(browser: Browser, path: str, **fields: str) -> tuple[openpyxl.Workbook, str]:
    browser.post(f"{path}/export", **fields)
    work = browser.path
    browser.wait(work)
    answer = browser.client.get(f"{work}/file")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(BytesIO(answer.content))
    return book, "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [["result"], pytest.param(list(messages.EXPORTS), marks=pytest.mark.slow)])
def test_downloads_are_masked_unless_a_person_insists_which_is_written_down(
    kinds: list[str], browser: Browser, store: Store
) -> None:
    path = judged(browser, FISHING, WATER)
    for what in kinds:
        _, text = workbook(browser, path, what=what)
        assert "电" in text
        assert "谢春生" not in text
        assert "13800001234" not in text
    browser.post(f"{path}/export", what="result", masked="no")
    assert messages.UNMASKED_TOLD in browser.page
    _, text = workbook(browser, path, what="result", masked="no", sure="yes")
    assert "谢春生" in text
    with store.reading() as db:
        found = [tuple(row) for row in db.execute("SELECT act, subject FROM audit")]
    assert found == [*(("export-masked", f"{what} 1") for what in kinds), ("export-unmasked", "result 1")]


@pytest.mark.slow
def test_every_sample_is_read(browser: Browser) -> None:
    samples = sorted((corpora_folder() / "samples").iterdir())
    browser.post("/batches", files=[("files", (path.name, path.read_bytes())) for path in samples])
    path = browser.path
    page = browser.wait(path)
    assert [sample.name for sample in samples if sample.name not in page] == []
    browser.post(path, step="judge")
    assert browser.wait(path).count("<tr class=") == 21


def test_a_file_nobody_can_read_says_so(browser: Browser) -> None:
    browser.post("/batches", 422, files=[("files", ("a.exe", b"MZ"))])
    path = upload(browser, "坏.xlsx", b"PK\x03\x04nothing")
    assert 'role="alert"' in browser.get(path)
    browser.post("/batches", 422)


def test_a_name_from_elsewhere_stays_in_its_folder(browser: Browser, store: Store) -> None:
    upload(browser, "../../../坏.csv", csv_of(WATER))
    assert [path.name for path in (store.folder / "uploads").rglob("*.csv")] == ["坏.csv"]


@pytest.mark.slow
def test_a_batch_is_cancelled_goes_on_and_is_deleted_with_its_files(browser: Browser, store: Store) -> None:
    path = upload(browser, "多.csv", csv_of(*[f"{WATER}第{turn}次" for turn in range(417)], column="内容"))
    browser.post(path, step="judge")
    browser.post(f"{path}/cancel")
    assert messages.JOB_CANCELLED in browser.get(path)
    browser.post(path, step="resume")
    assert "417" in browser.wait(path)
    browser.post(f"{path}/forget")
    browser.get(path, 404)
    assert not list((store.folder / "uploads").iterdir())
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM entry").fetchone()[0] == 0


# --- the ledger ----------------------------------------------------------------------------------


def test_a_returned_tip_is_relabelled_and_dispatched_anew(browser: Browser) -> None:
    register(browser, WATER)
    number = f"{date.today().year}-0001"
    browser.post("/ledger/mark", number=number, status="returned")
    assert messages.ROW_RETURNED in browser.get(f"/ledger/{number}")
    fields = {
        messages.COLUMN_STATUS: "已退回",
        messages.COLUMN_CORRECTION: "非法捕捞",
        messages.COLUMN_LEAD: "生态环境",
    }
    page = browser.post(f"/ledger/{number}", **fields)
    assert "非法捕捞" in page
    assert "渔政" in page
    assert "<option selected>已登记" in page
    assert "illegal_fishing" in browser.get("/ledger?status=registered")
    browser.post(f"/ledger/{number}", 422, **{messages.COLUMN_CORRECTION: "没有这类"})
    browser.post("/ledger/mark", 422, number=number, status="x")


def test_the_ledger_goes_out_and_comes_back_as_its_workbook(browser: Browser, store: Store) -> None:
    register(browser, WATER, FISHING)
    browser.post("/ledger/export", what="ledger", masked="no", sure="yes")
    work = browser.path
    browser.wait(work)
    content = browser.client.get(f"{work}/file").content
    before = browser.get("/ledger")
    browser.post("/ledger/import", 422, files=[("files", ("台账.xlsx", content))])
    browser.post("/ledger/import", files=[("files", ("台账.xlsx", content))], sure="yes")
    assert messages.JOB_IMPORTED.format(count=2) in browser.wait(browser.path)
    rows = re.compile(r"<tr class=.*?</tr>", re.DOTALL)
    assert rows.findall(browser.get("/ledger")) == rows.findall(before)
    register(browser, "桥下有人用绝户网捕鱼")
    assert f"{date.today().year}-0003" in browser.get("/ledger")


def test_overdue_tips_come_first(browser: Browser) -> None:
    register(browser, WATER)
    old = (date.today() - timedelta(days=400)).isoformat()
    browser.post("/intake", text=FISHING, received=old, channel="12345")
    browser.post("/intake/2/save", at="1")
    page = browser.get("/ledger")
    assert page.index("电瓶电鱼") < page.index("印染厂")
    assert "overdue" in page
    assert browser.get("/ledger?test=overdue").count('name="number"') == 1


def test_the_report_shows_a_period_and_says_when_there_is_nothing(browser: Browser) -> None:
    assert messages.REPORT_EMPTY in browser.get("/report")
    register(browser, WATER, FISHING)
    page = browser.get("/report")
    assert "<svg" in page
    assert "谢春生" not in page
    assert messages.REPORT_BACKWARDS.split("{")[0] in browser.get("/report?from=2026-02-01&to=2026-01-01")


# --- reviews -------------------------------------------------------------------------------------


def test_reviews_are_kept_skipped_and_taken_back(browser: Browser) -> None:
    register(browser, "路边有一堆东西", "qwertyuiop", "河里水的颜色不对劲", "asdfghjkl")
    first = re.search(r'name="number" value="([^"]+)"', browser.get("/review"))
    waiting = browser.get("/ledger?test=pending").count('name="number"')
    assert first
    assert waiting > 1
    browser.get(f"/review?after={first[1]}")
    assert f'value="{first[1]}"' not in browser.page
    browser.post("/review", number=first[1], main="water_pollution", further="illegal_fishing")
    assert messages.REVIEW_PROGRESS.format(today=1, waiting=waiting - 1) in browser.page
    assert "水污染偷排、非法捕捞" in browser.get(f"/ledger/{first[1]}")
    browser.post("/review/undo")
    assert messages.REVIEW_PROGRESS.format(today=0, waiting=waiting) in browser.page
    assert f'value="{first[1]}"' in browser.page
    browser.post("/review", 422, number=first[1])


def test_reviews_are_taken_into_the_corpus_masked_and_once(browser: Browser, store: Store) -> None:
    browser.post("/review/learn", 422)
    register(browser, FISHING)
    number = f"{date.today().year}-0001"
    browser.post(f"/ledger/{number}", **{messages.COLUMN_STATUS: "已登记", messages.COLUMN_CORRECTION: "水污染偷排"})
    for _ in range(2):
        browser.post("/review/learn")
    (path,) = (store.folder / "corpora").rglob("*.csv")
    assert "water_pollution" in path.read_text(encoding="utf-8")
    assert "谢春生" not in path.read_text(encoding="utf-8")


def test_the_first_of_a_group_is_called_by_its_number_or_its_place(browser: Browser) -> None:
    told = "青石河边的印染厂每天半夜十一点把污水从后墙的管子直接排进小河，河水发黑发臭，鱼都死了"
    browser.post("/intake", text=f"{told}\n\n{told}，请尽快查处", where="blanks", step="judge")
    path = browser.path
    assert messages.INTAKE_TURN.format(turn=1) in browser.get(f"{path}/ties?at=2")
    browser.post(f"{path}/save", at="1")
    page = browser.get(f"{path}/ties?at=2")
    assert f"{date.today().year}-0001" in page
    assert f'href="/ledger/{date.today().year}-0001"' in page


# --- warnings ------------------------------------------------------------------------------------

CASES = corpora_folder() / "cases.csv"


def told_of(code: str) -> list[str]:
    """Return texts on different matters of one category."""
    with CASES.open(encoding="utf-8") as stream:
        return [row["text"] for row in csv.DictReader(stream) if (row["check"], row["labels"]) == ("main", code)]


def test_each_warning_of_the_report_leads_to_its_tips(browser: Browser, store: Store, model: Model) -> None:
    desk, today = IntakeDesk(store, model), date.today()
    fishing, water = told_of("illegal_fishing"), told_of("water_pollution")[:9]
    usual = [(text, today - timedelta(days=20 + 3 * turn), "") for turn, text in enumerate(fishing)]
    sudden = [(text, today - timedelta(days=turn % 5), "望山县") for turn, text in enumerate(water)]
    for text, day, area in usual + sudden:
        desk.save(desk.paste([text], received=day, area=area), [0])
    expected = [row.number for row in desk.shelf.ledger().rows][len(usual) :]
    for number in expected:
        desk.edit(number, {messages.COLUMN_CORRECTION: "水污染偷排"})
    page = browser.get(f"/report?from={today - timedelta(days=6)}&to={today}")
    warnings = page.count('<div class="warned">')
    links = re.findall(rf'href="(/ledger\?[^"]+)">{messages.REPORT_TO_TIPS}', page)
    assert warnings == len(links) > 0
    for link in links:
        shown = re.findall(r'name="number" value="([^"]+)"', browser.get(html.unescape(link)))
        assert sorted(shown) == expected
    assert all(f'<a href="/ledger/{number}">' in page for number in expected)


def test_how_much_is_done_stands_beside_the_time_left() -> None:
    job = Job(1, BATCH, "热线", State.RUNNING, "", 100, 300, "", time.time() - 10, None, 1)
    count, seconds = messages.JOB_COUNT.format(done=100, total=300), messages.JOB_SECONDS_LEFT.format(seconds=20)
    assert left(job) == f"{count} {seconds}"
    assert left(replace(job, done=0)) == messages.JOB_COUNT.format(done=0, total=300)
    rounds, minutes = messages.JOB_ROUNDS.format(done=100, total=300), messages.JOB_MINUTES_LEFT.format(minutes=20)
    assert left(replace(job, kind=TRAIN, began=time.time() - 600)) == f"{rounds} {minutes}"
