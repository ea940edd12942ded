"""The desk as staff use it: a real browser, the keyboard, files that come and go, a program that dies."""

import shutil
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import openpyxl
import pytest
from browser import Staff
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tipclass import messages
from tipclass.batches import LOOK, UPLOADS
from tipclass.desk_store import Store
from tipclass.jobs import jobs_of
from tipclass.settings import corpora_folder
from tipclass.store import current_model

# One browser serves all of them, and one process runs them, which takes longer than the quick suite may.
BROWSER = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("chromium") and shutil.which("chromedriver")), reason="no chromium here"),
    pytest.mark.xdist_group("browser"),
]
pytestmark = BROWSER

WATER = "印染厂半夜把污水直接排进小河，村民谢春生反映"
DOUBTFUL = ("路边有一堆东西", "河里水的颜色不对劲", "有个人在那里", "机器很吵", "晚上有车来")


def test_files_are_dropped_looked_at_judged_filtered_and_fetched(staff: Staff) -> None:
    staff.upload(*sorted((corpora_folder() / "samples").iterdir()))
    staff.find("button[value=judge]").click()
    staff.wait(lambda: staff.count("tbody tr") == 21)
    staff.find("input[type=search]").send_keys("电瓶", Keys.ENTER)
    staff.wait(lambda: 0 < staff.count("tbody tr") < 21)
    staff.driver.back()
    staff.button(messages.EXPORTS["result"]).click()
    paths = staff.wait(lambda: list(staff.downloads.glob("*.xlsx")))
    book = openpyxl.load_workbook(paths[0])  # type: ignore[index]
    assert book[messages.SHEET_RESULT].max_row == 22


DROP = """
const files = new DataTransfer();
for (const [name, text] of arguments[0]) files.items.add(new File([text], name, {type: "text/csv"}));
const zone = document.querySelector("[data-drop]");
for (const name of ["dragenter", "dragover"]) {
  zone.dispatchEvent(new DragEvent(name, {dataTransfer: files, bubbles: true, cancelable: true}));
}
const invited = zone.classList.contains("over");
zone.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
return invited;
"""


def test_several_files_are_dragged_into_the_page(staff: Staff) -> None:
    dragged = [("甲.csv", f"内容\n{WATER}\n"), ("乙.csv", "内容\n有人电鱼\n")]
    assert staff.go("/batches").driver.execute_script(DROP, dragged)
    staff.find("button[value=judge]").click()
    staff.wait(lambda: staff.count("tbody tr") == 2)
    staff.go("/batches").sees(messages.BATCH_SEVERAL.format(name="甲", count=2))


def test_what_was_found_is_copied_as_text(staff: Staff) -> None:
    staff.paste(WATER)
    staff.button(messages.INTAKE_COPY).click()
    staff.sees(messages.INTAKE_COPIED)
    staff.go("/").find("#text").send_keys(Keys.CONTROL, "v")
    pasted = str(staff.find("#text").get_attribute("value"))
    assert pasted.startswith(WATER)
    assert messages.EXPLAIN_NOTE.format(name=messages.COLUMN_CATEGORY, told="水污染偷排") in pasted


def test_a_batch_is_cancelled(staff: Staff, tmp_path: Path) -> None:
    path = tmp_path / "多.csv"
    path.write_text("内容\n" + "".join(f"{WATER}第{turn}次\n" for turn in range(5000)), encoding="utf-8")
    staff.upload(path)
    staff.find("button[value=judge]").click()
    staff.button(messages.JOB_CANCEL).click()
    staff.sees(messages.JOB_CANCELLED)


def test_a_second_tab_works_and_an_expired_session_says_so(staff: Staff) -> None:
    staff.driver.switch_to.new_window("tab")
    staff.go("/ledger").sees(messages.NAV_LEDGER)
    staff.driver.delete_all_cookies()
    staff.go("/ledger").sees(messages.WEB_EXPIRED)
    staff.driver.get(staff.server.again())
    staff.go("/ledger").sees(messages.TABLE_NOTHING)
    staff.driver.get_log("browser")  # type: ignore[no-untyped-call]


def test_a_form_that_somebody_else_made_does_nothing(staff: Staff) -> None:
    staff.paste(WATER)
    staff.find("button[name=at]")
    staff.driver.execute_script("document.querySelectorAll('[name=csrf]').forEach((each) => (each.value = 'x'))")
    staff.find("button[name=at]").click()
    staff.sees(messages.WEB_CSRF)
    staff.go("/ledger").sees(messages.TABLE_NOTHING)
    staff.driver.get_log("browser")  # type: ignore[no-untyped-call]


def test_what_was_typed_before_a_session_ran_out_is_sent_in_the_next(staff: Staff) -> None:
    staff.go("/").find("#text").send_keys(WATER)
    staff.driver.delete_all_cookies()
    staff.type(Keys.CONTROL, Keys.ENTER)
    staff.sees(messages.WEB_STAYS)
    assert staff.find("#text").get_attribute("value") == WATER
    page = staff.driver.current_window_handle
    staff.driver.switch_to.new_window("tab")
    staff.driver.get(staff.server.again())
    staff.driver.close()
    staff.driver.switch_to.window(page)
    staff.find("#text").send_keys(Keys.CONTROL, Keys.ENTER)
    staff.sees("水污染偷排")
    staff.driver.get_log("browser")  # type: ignore[no-untyped-call]


def send(field: WebElement, path: Path) -> None:
    """Choose a file, though the page that would follow may never come."""
    with suppress(WebDriverException):
        field.send_keys(str(path))


def test_a_power_cut_amid_an_upload_leaves_what_was_saved_and_nothing_of_it(staff: Staff, tmp_path: Path) -> None:
    staff.register(WATER)
    path = tmp_path / "多.csv"
    path.write_text("内容\n" + "".join(f"{WATER}第{turn}次\n" for turn in range(200_000)), encoding="utf-8")
    field, store = staff.go("/batches").find("#files"), Store(staff.server.home / "desk")
    staff.driver.set_network_conditions(offline=False, latency=0, download_throughput=-1, upload_throughput=200_000)
    sending = Thread(target=send, args=(field, path))
    sending.start()
    time.sleep(3.0)  # of the thirty that so many bytes take
    staff.server.kill()
    sending.join()
    staff.driver.delete_network_conditions()
    assert jobs_of(store, (LOOK,)) == []
    staff.server.start()
    staff.go("/ledger").sees("印染厂")  # in the same session
    staff.go("/batches").sees(messages.BATCH_NONE)
    assert list((store.folder / UPLOADS).glob("*")) == []
    path.write_text(f"内容\n{WATER}\n", encoding="utf-8")
    staff.upload(path)
    staff.find("button[value=judge]").click()
    staff.wait(lambda: staff.count("tbody tr") == 1)


def test_a_power_cut_amid_a_batch_and_a_review_loses_nothing(staff: Staff, tmp_path: Path) -> None:
    staff.register(*DOUBTFUL)
    path = tmp_path / "多.csv"
    path.write_text("内容\n" + "".join(f"{WATER}第{turn}次\n" for turn in range(3000)), encoding="utf-8")
    staff.upload(path)
    staff.find("button[value=judge]").click()
    staff.wait(lambda: not staff.count("button[value=judge]"))  # else this page may come after the next one
    batch = staff.driver.current_url
    staff.go("/review").find("button[name=main]").click()
    staff.sees("今天复核 1 条")
    staff.server.kill()
    staff.server.start()
    staff.go("/review").sees("今天复核 1 条")  # in the same session
    staff.driver.get(batch)
    staff.wait(lambda: staff.count("tbody tr") == 50)
    staff.sees("3000")


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
