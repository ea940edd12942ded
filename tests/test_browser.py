"""The desk as staff use it: a real browser, the keyboard, files that come and go, a program that dies."""

import shutil
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest
from browser import Server, Staff, open_browser
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tipclass import messages
from tipclass.settings import corpora_folder
from tipclass.store import current_model

pytestmark = pytest.mark.browser

WATER = "印染厂半夜把污水直接排进小河，村民谢春生反映"
DOUBTFUL = ("路边有一堆东西", "河里水的颜色不对劲", "有个人在那里", "机器很吵", "晚上有车来")
AXE = files("selenium_axe_python") / "axe-core" / "axe.min.js"
# Keyboards and readers of screens are served by these rules; the others are matters of taste.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def driver(downloads: Path) -> Iterator[webdriver.Chrome]:
    with open_browser(downloads) as driver:
        yield driver


@pytest.fixture
def staff(driver: webdriver.Chrome, downloads: Path, models: Path, tmp_path: Path) -> Iterator[Staff]:
    server = Server(tmp_path, models)
    driver.get(server.url)
    yield Staff(driver, server, downloads)
    server.stop()
    wrong = [each for each in driver.get_log("browser") if "refused" not in each["message"].lower()]  # type: ignore[no-untyped-call]
    assert wrong == [], "no page breaks its own rules"


def test_a_tip_is_pasted_judged_and_registered_by_keyboard_alone(staff: Staff) -> None:
    staff.type(WATER, Keys.CONTROL, Keys.ENTER)
    staff.sees("水污染偷排")
    staff.sees(messages.INTAKE_NO_TIES)
    staff.type(Keys.ENTER)  # the button to register has the focus
    staff.sees(messages.SAID["saved"])
    staff.go("/ledger").sees("印染厂")


def test_every_page_can_be_used_by_everybody(staff: Staff) -> None:
    staff.register(WATER, *DOUBTFUL)
    number = f"{time.localtime().tm_year}-0001"
    name = current_model(staff.server.models).name
    ledger, models = ("/ledger", f"/ledger/{number}", "/report"), ("/models", f"/models/{name}")
    for path in ("/", "/intake/1", "/batches", "/review", *ledger, *models, "/nowhere"):
        staff.go(path)
        staff.driver.execute_script("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        staff.driver.execute_script(AXE.read_text(encoding="utf-8"))
        script = "axe.run({runOnly: arguments[0]}).then(arguments[1])"
        found = staff.driver.execute_async_script(script, RULES)
        told = [(each["id"], [node["html"] for node in each["nodes"][:3]]) for each in found["violations"]]
        assert told == [], path
    staff.driver.get_log("browser")  # a page that is not there is told of  # type: ignore[no-untyped-call]


def test_files_are_dropped_looked_at_judged_filtered_and_fetched(staff: Staff) -> None:
    staff.upload(*sorted((corpora_folder() / "samples").iterdir()))
    staff.find("button[value=judge]").click()
    staff.wait(lambda: staff.count("tbody tr") == 21)
    staff.find("input[type=search]").send_keys("电瓶", Keys.ENTER)
    staff.wait(lambda: 0 < staff.count("tbody tr") < 21)
    staff.driver.back()
    staff.driver.find_element(By.XPATH, f"//button[contains(., '{messages.EXPORTS['result']}')]").click()
    paths = staff.wait(lambda: list(staff.downloads.glob("*.xlsx")))
    book = openpyxl.load_workbook(paths[0])  # type: ignore[index]
    assert book[messages.SHEET_RESULT].max_row == 22


def test_a_filter_is_chosen_by_keyboard_without_the_page_running_away(staff: Staff) -> None:
    staff.register(WATER, *DOUBTFUL)
    staff.go("/ledger").find("select[name=category]").send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert "category=" not in staff.driver.current_url
    chosen = staff.find("select[name=category]").get_attribute("value")
    staff.find("form.filters button").send_keys(Keys.ENTER)
    staff.wait(lambda: f"category={chosen}" in staff.driver.current_url)


def test_a_batch_is_cancelled(staff: Staff, tmp_path: Path) -> None:
    path = tmp_path / "多.csv"
    path.write_text("内容\n" + "".join(f"{WATER}第{turn}次\n" for turn in range(5000)), encoding="utf-8")
    staff.upload(path)
    staff.find("button[value=judge]").click()
    staff.driver.find_element(By.XPATH, f"//button[.='{messages.JOB_CANCEL}']").click()
    staff.sees(messages.JOB_CANCELLED)


def test_twenty_are_reviewed_by_keyboard_and_one_is_taken_back(staff: Staff) -> None:
    staff.register(*(f"{DOUBTFUL[turn % 5]}{'甲乙丙丁戊己庚辛'[turn // 5]}" for turn in range(40)))
    staff.go("/review")
    waiting = staff.find("progress").get_attribute("max")
    assert int(waiting or 0) >= 20
    for turn in range(20):
        number = staff.find("input[name=number]").get_attribute("value")
        staff.press("123"[turn % 3])
        staff.wait(lambda number=number: staff.find("input[name=number]").get_attribute("value") != number)
    staff.sees("今天复核 20 条")
    staff.press("z")
    staff.sees("今天复核 19 条")
    skipped = staff.find("input[name=number]").get_attribute("value")
    staff.press("s")
    staff.wait(lambda: staff.find("input[name=number]").get_attribute("value") != skipped)
    staff.press("/")
    staff.type("水污染", Keys.ENTER)
    staff.sees("今天复核 20 条")


def test_a_second_tab_works_and_an_expired_session_says_so(staff: Staff) -> None:
    staff.driver.switch_to.new_window("tab")
    staff.go("/ledger").sees(messages.NAV_LEDGER)
    staff.driver.delete_all_cookies()
    staff.go("/ledger").sees(messages.WEB_EXPIRED)
    staff.driver.get(staff.server.again())
    staff.go("/ledger").sees(messages.TABLE_NOTHING)
    staff.driver.get_log("browser")  # type: ignore[no-untyped-call]


def test_a_power_cut_amid_a_batch_and_a_review_loses_nothing(staff: Staff, tmp_path: Path) -> None:
    staff.register(*DOUBTFUL)
    path = tmp_path / "多.csv"
    path.write_text("内容\n" + "".join(f"{WATER}第{turn}次\n" for turn in range(3000)), encoding="utf-8")
    staff.upload(path)
    staff.find("button[value=judge]").click()
    batch = staff.driver.current_url
    staff.go("/review").find("button[name=main]").click()
    staff.sees("今天复核 1 条")
    staff.server.kill()
    staff.server.start()
    staff.go("/review").sees("今天复核 1 条")  # in the same session
    staff.driver.get(batch)
    staff.wait(lambda: staff.count("tbody tr") == 50)
    staff.sees("3000")


@pytest.fixture
def two(staff: Staff, models: Path, rival: Path, tmp_path: Path) -> Staff:
    """The same desk with a folder of two models, the first of them in use."""
    home = tmp_path / "models"
    shutil.copytree(models, home)
    shutil.copytree(rival, home / rival.name)
    staff.server.kill()
    staff.server.models = home
    staff.server.start()
    return staff


def test_a_model_is_compared_put_to_use_and_taken_back(two: Staff, rival: Path) -> None:
    first = current_model(two.server.models).name
    two.go("/models").find(f"form[action='/models/{rival.name}/try'] button").click()
    two.sees(messages.TRIAL_TITLE.format(before=first, after=rival.name))
    for box in two.driver.find_elements(By.CSS_SELECTOR, "input[name=sure]"):
        box.send_keys(Keys.SPACE)
    two.find("input[name=reason]").send_keys("新语料", Keys.ENTER)
    two.sees(messages.JOB_PROMOTED.format(id=rival.name))
    assert current_model(two.server.models).name == rival.name
    two.go("/models").find("summary").send_keys(Keys.ENTER)
    two.find("form[action='/models/rollback'] input[name=reason]").send_keys("不合适", Keys.ENTER)
    two.sees(messages.SAID["rolled-back"])
    assert current_model(two.server.models).name == first


def test_a_power_cut_while_a_model_is_put_to_use_leaves_one_in_use(two: Staff, rival: Path) -> None:
    two.go("/models").find(f"form[action='/models/{rival.name}/try'] button").click()
    two.find("input[name=reason]")
    for box in two.driver.find_elements(By.CSS_SELECTOR, "input[name=sure]"):
        box.send_keys(Keys.SPACE)
    two.find("input[name=reason]").send_keys("新语料", Keys.ENTER)
    two.wait(lambda: "/work/" in two.driver.current_url)
    working = two.driver.current_url
    two.server.kill()
    two.server.start()
    two.driver.get(working)
    two.sees(messages.JOB_PROMOTED.format(id=rival.name))
    assert current_model(two.server.models).name == rival.name
