"""The pages of models: seen, tried, put to use and taken back in a browser, while the desk goes on."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from test_web import BASE, Browser

from tipclass import messages
from tipclass.batches import use_model
from tipclass.desk import IntakeDesk
from tipclass.desk_store import Store
from tipclass.promotion import read_history
from tipclass.retraining import PROMOTE, TRY, use_corpora
from tipclass.store import current_model, load_model, model_ids, set_current
from tipclass.web import make_app


@pytest.fixture
def browser(home: Path, corpora: Path, tmp_path: Path) -> Iterator[Browser]:
    store = Store(tmp_path / "desk")
    use_model(store, (home, None))
    use_corpora(store, corpora)
    with TestClient(make_app(IntakeDesk(store, load_model(current_model(home)))), base_url=BASE) as client:
        yield Browser(client, store).open()


def tried(browser: Browser, name: str) -> str:
    """Try a model; return the page of what was found."""
    browser.post(f"/models/{name}/try")
    job = browser.path
    browser.wait(job)
    return browser.get(job)


def test_models_are_listed_with_what_the_folds_measured(browser: Browser, home: Path, rival: Path) -> None:
    page = browser.get("/models")
    row = page[page.index(f'<a href="/models/{current_model(home).name}"') :]
    assert messages.MODELS_RUNNING in row[: row.index("</tr>")]
    assert f"/models/{rival.name}/try" in page
    assert messages.MODELS_NEVER in page
    assert messages.MODELS_NOT_CORRECTED in page


def test_a_damaged_model_says_so_among_the_others(browser: Browser, home: Path, rival: Path) -> None:
    (home / rival.name / "manifest.json").write_text("{", encoding="utf-8")
    page = browser.get("/models")
    assert messages.MODEL_DAMAGED.format(path=rival.name, name="manifest.json") in page
    assert current_model(home).name in page


def test_a_model_is_shown_with_pictures_and_its_card(browser: Browser, rival: Path) -> None:
    page = browser.get(f"/models/{rival.name}")
    assert page.count("<svg") >= 4
    assert f"# Model {rival.name}" in page
    assert messages.PICTURE_RELIABILITY in page


@pytest.mark.parametrize("name", ["m0000000000", "%2e%2e%2Fdesk", "CURRENT"])
def test_a_model_that_is_not_there_is_said_to_be_missing(name: str, browser: Browser) -> None:
    found = browser.client.get(f"/models/{name}", follow_redirects=False)
    assert found.status_code in (404, 405)


@pytest.mark.slow
def test_a_model_is_tried_put_to_use_and_taken_back_without_a_new_start(
    browser: Browser, home: Path, rival: Path
) -> None:
    first = current_model(home).name
    page = tried(browser, rival.name)
    assert messages.TRIAL_TITLE.format(before=first, after=rival.name) in page
    sure = {"sure": "yes", "objected": "yes"}
    browser.post(f"/models/{rival.name}/promote", reason="新语料", **sure)
    assert messages.JOB_PROMOTED.format(id=rival.name) in browser.wait(browser.path)
    page = browser.get("/models")
    assert "新语料" in page
    browser.post("/intake", text="印染厂半夜把污水直接排进小河", where="nowhere", step="judge")
    assert "水污染偷排" in browser.page
    browser.post("/models/rollback", reason="不合适")
    assert messages.SAID["rolled-back"] in browser.page
    assert current_model(home).name == first
    assert [each.reason for each in read_history(home)] == ["新语料", "不合适"]
    with browser.store.reading() as db:
        acts = [tuple(row) for row in db.execute("SELECT act, subject FROM audit")]
    assert acts == [("promote", rival.name), ("rollback", first)]


def test_the_desk_judges_by_a_model_put_to_use_elsewhere(browser: Browser, home: Path, rival: Path) -> None:
    shown = re.compile(r'class="chosen"><th scope="row"><a href="/models/(m\w+)"')
    assert shown.findall(browser.get("/models")) == [current_model(home).name]
    scores = []
    for name in (current_model(home).name, rival.name):
        set_current(home, name)
        browser.post("/intake", text="养猪场的粪水流到村里，桥下有人捕鱼", where="nowhere", step="judge")
        scores += [re.findall(r'<meter min="0" max="1" value="([^"]+)" aria-label', browser.page)]
    assert scores[0] != scores[1]


def test_a_model_that_cannot_be_read_leaves_the_desk_as_it_was(browser: Browser, home: Path) -> None:
    set_current(home, "m0000000000")
    browser.post("/intake", text="印染厂半夜把污水直接排进小河", where="nowhere", step="judge")
    assert "水污染偷排" in browser.page


@pytest.mark.parametrize("path", ["/models/rollback", "/models/{name}/promote"])
def test_nothing_is_changed_without_a_reason(path: str, browser: Browser, home: Path, rival: Path) -> None:
    browser.post(path.format(name=rival.name), 422, reason="  ")
    assert messages.MODELS_NO_REASON in browser.page
    assert not read_history(home)


def test_objections_are_not_overlooked(browser: Browser, rival: Path) -> None:
    browser.post(f"/models/{rival.name}/promote", 422, reason="快点", objected="yes")
    assert messages.TRIAL_UNSURE in browser.page
    with browser.store.reading() as db:
        assert db.execute("SELECT count(*) FROM job WHERE kind = ?", (PROMOTE,)).fetchone()[0] == 0


@pytest.mark.slow
def test_a_model_is_trained_in_a_process_of_its_own(browser: Browser, home: Path) -> None:
    before = set(model_ids(home))
    browser.post("/models/train")
    page = browser.wait(browser.path)
    new = set(model_ids(home)) - before
    assert len(new) == 1, page
    assert f'href="/models/{min(new)}"' in page
    assert "<svg" in browser.get(f"/models/{min(new)}")


def test_a_training_that_fails_says_why_and_only_one_goes_on(browser: Browser, tmp_path: Path) -> None:
    use_corpora(browser.store, tmp_path)
    browser.post("/models/train")
    first = browser.path
    browser.post("/models/train")
    job = browser.path
    page = browser.wait(job)
    assert messages.JOB_DIED not in page
    assert 'class="warn"' in page, "there are no tips in that folder"
    assert first == job or int(job.rpartition("/")[2]) == int(first.rpartition("/")[2]) + 1


def test_a_trial_that_was_cancelled_shows_nothing(browser: Browser, rival: Path) -> None:
    browser.post(f"/models/{rival.name}/try")
    id = browser.path.rpartition("/")[2]
    browser.post(f"/batches/{id}/cancel")
    assert messages.JOB_STOPPED in browser.page or TRY in browser.page
    browser.get(f"/models/trials/{id}", 404)


def test_a_model_says_what_it_is_in_the_words_of_staff(browser: Browser, rival: Path) -> None:
    page = browser.get(f"/models/{rival.name}")
    told = dict(re.findall(r"<dt>(.*?)</dt>\n<dd>(.*?)</dd>", page))
    assert "25" in told[messages.ESSENTIAL_CORPUS]
    assert "水污染偷排" in told[messages.ESSENTIAL_CATEGORIES]
    assert re.search(r"水污染偷排 [01]\.\d\d", told[messages.ESSENTIAL_WEAK])
    assert "jieba" in told[messages.ESSENTIAL_MADE]


def test_the_log_tells_acts_and_ids_the_newest_first(browser: Browser, home: Path, rival: Path) -> None:
    assert messages.AUDIT_NONE in browser.get("/models/audit")
    browser.post("/intake", text="印染厂半夜把污水直接排进小河", where="nowhere", step="judge")
    browser.post("/intake/1/forget")
    browser.post(f"/models/{rival.name}/promote", reason="新语料", sure="yes")
    row = re.compile(r'<td class="nowrap">([-\d :]{19})</td><td class="nowrap">(.*?)</td><td>(.*?)</td>')
    rows = row.findall(browser.get("/models/audit"))
    acts = [("启用模型", rival.name), ("删除粘贴的线索", "1")]
    assert [each[1:] for each in rows] == acts
    assert [each[1:] for each in row.findall(browser.get("/models/audit?act=promote"))] == acts[:1]
    assert "印染厂" not in browser.page
    assert "新语料" not in browser.page


def test_every_act_that_is_written_down_has_a_name() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(messages.__file__).parent.glob("web_*.py")]
    noted = re.findall(r"\.note\((.*?),(?: |$)", "\n".join(sources), re.MULTILINE)
    assert {act for each in noted for act in re.findall(r'"([-a-z]+)"', each)} == set(messages.ACTS)
