"""The desk at the keyboard and for everybody: what can be reached, seen and said aloud."""

import time
from importlib.resources import files
from pathlib import Path

from browser import Staff
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from test_browser import BROWSER, DOUBTFUL, WATER

from tipclass import messages
from tipclass.store import current_model

pytestmark = BROWSER

AXE = files("selenium_axe_python") / "axe-core" / "axe.min.js"
# Keyboards and readers of screens are served by these rules; the others are matters of taste.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_a_tip_is_pasted_judged_and_registered_by_keyboard_alone(staff: Staff) -> None:
    staff.type(WATER, Keys.CONTROL, Keys.ENTER)
    staff.sees("水污染偷排")
    staff.sees(messages.INTAKE_NO_TIES)
    staff.type(Keys.ENTER)  # the button to register has the focus
    staff.sees(messages.SAID["saved"])
    staff.go("/ledger").sees("印染厂")


def faults(staff: Staff) -> list[tuple[str, list[str]]]:
    """Return what the rules of accessibility find wrong with the page that shows, all of it opened."""
    staff.driver.execute_script("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    staff.driver.execute_script(AXE.read_text(encoding="utf-8"))
    script = "axe.run({runOnly: arguments[0]}).then(arguments[1])"
    found = staff.driver.execute_async_script(script, RULES)
    return [(each["id"], [node["html"] for node in each["nodes"][:3]]) for each in found["violations"]]


def paths(staff: Staff) -> tuple[str, ...]:
    """Return the pages of a desk where something was registered."""
    number, name = f"{time.localtime().tm_year}-0001", current_model(staff.server.models).name
    models = ("/models", f"/models/{name}", "/models/audit")
    return ("/", "/intake/1", "/batches", "/review", "/ledger", f"/ledger/{number}", "/report", *models, "/nowhere")


def test_every_page_can_be_used_by_everybody(staff: Staff) -> None:
    staff.register(WATER, *DOUBTFUL)
    for path in paths(staff):
        assert faults(staff.go(path)) == [], path
        assert staff.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), path
    staff.driver.get_log("browser")  # a page that is not there is told of  # type: ignore[no-untyped-call]


def test_what_comes_between_pages_can_be_used_by_everybody(staff: Staff, tmp_path: Path) -> None:
    path = tmp_path / "热线.csv"
    path.write_text(f"编号,内容\n1,{WATER}\n2,{DOUBTFUL[0]}\n", encoding="utf-8")
    staff.upload(path)
    judge = staff.find("button[value=judge]")
    assert faults(staff) == []
    judge.click()
    staff.sees(messages.JOB_JUDGED.format(count=2))
    batch = staff.driver.current_url
    assert faults(staff) == []
    staff.find("tbody a").click()
    staff.sees(messages.ENTRY_FIELDS)
    assert faults(staff) == []
    staff.driver.get(batch)
    staff.button(messages.EXPORT_UNMASKED).click()
    staff.sees(messages.UNMASKED_TOLD)
    assert faults(staff) == []
    staff.driver.get(batch)
    staff.button(messages.BATCH_REGISTER).click()
    staff.find("p.told")
    assert faults(staff) == []
    staff.go("/").find("#text").send_keys("\n\n".join(DOUBTFUL), Keys.CONTROL, Keys.ENTER)
    staff.find("ol.pieces")
    assert faults(staff) == []


def test_a_trial_and_its_end_can_be_used_by_everybody(two: Staff, rival: Path) -> None:
    two.go("/models").find(f"form[action='/models/{rival.name}/try'] button").click()
    two.find("input[name=reason]")
    assert faults(two) == []
    for box in two.driver.find_elements(By.CSS_SELECTOR, "input[name=sure]"):
        box.send_keys(Keys.SPACE)
    two.find("input[name=reason]").send_keys("新语料", Keys.ENTER)
    two.sees(messages.JOB_PROMOTED.format(id=rival.name))
    assert faults(two) == []


REACHED = """
const shown = (each) => each.checkVisibility() && !each.disabled && each.tabIndex === 0;
const radios = (each) => each.type !== "radio" || each.checked;
return Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary")).filter(shown)
  .filter(radios);
"""


def test_every_page_is_gone_through_by_tab_in_the_order_it_is_read(staff: Staff) -> None:
    staff.register(WATER, *DOUBTFUL)
    for path in paths(staff):
        staff.go(path)
        staff.wait(lambda: messages.INTAKE_LOOKING not in staff.find("main").text)
        wanted = staff.driver.execute_script(REACHED)
        assert wanted[0].get_attribute("class") == "skip"
        staff.driver.execute_script("arguments[0].focus()", wanted[0])
        reached = [wanted[0]]
        while reached[-1] != wanted[-1]:
            staff.type(Keys.TAB)
            current = staff.driver.switch_to.active_element
            assert current.value_of_css_property("outline-style") != "none", current.get_attribute("outerHTML")
            if current in wanted and current != reached[-1]:  # a day has several parts, and long texts scroll
                reached.append(current)
        assert reached == wanted, path
    staff.driver.get_log("browser")  # type: ignore[no-untyped-call]


def test_the_menu_is_skipped(staff: Staff) -> None:
    link = staff.go("/models").find(".skip")
    link.send_keys(Keys.ENTER)
    staff.type(Keys.TAB)
    assert staff.driver.execute_script("return document.activeElement.closest('main') !== null")


def test_a_filter_is_chosen_by_keyboard_without_the_page_running_away(staff: Staff) -> None:
    staff.register(WATER, *DOUBTFUL)
    staff.go("/ledger").find("select[name=category]").send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert "category=" not in staff.driver.current_url
    chosen = staff.find("select[name=category]").get_attribute("value")
    staff.find("form.filters button").send_keys(Keys.ENTER)
    staff.wait(lambda: f"category={chosen}" in staff.driver.current_url)


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


def test_every_key_of_a_review_is_shown_where_it_presses(staff: Staff) -> None:
    staff.register(*DOUBTFUL)
    keys = staff.go("/review").driver.find_elements(By.CSS_SELECTOR, "[data-key]")
    assert [each.get_attribute("data-key") for each in keys] == ["1", "2", "3", "n", "/", "m", "s", "z"]
    for each in keys:
        holder = each.find_element(By.XPATH, "./ancestor-or-self::*[.//kbd][1]")
        assert holder.find_element(By.TAG_NAME, "kbd").text == each.get_attribute("data-key")


def test_a_tip_gets_several_labels_or_none_of_a_tip_by_keyboard(staff: Staff) -> None:
    staff.register(*DOUBTFUL)
    staff.go("/review")
    first = staff.find("input[name=number]").get_attribute("value")
    candidate = staff.find("button[data-key='1']").get_attribute("value")
    further = next(code for code in ("water_pollution", "illegal_fishing") if code != candidate)
    staff.press("m")
    while staff.driver.switch_to.active_element.get_attribute("value") != further:
        staff.type(Keys.TAB)
    staff.type(Keys.SPACE, "1")
    staff.sees("今天复核 1 条")
    second = staff.find("input[name=number]").get_attribute("value")
    staff.press("n")
    staff.sees("今天复核 2 条")
    names = {"water_pollution": "水污染偷排", "illegal_fishing": "非法捕捞", "not_a_tip": "非举报材料"}
    staff.go(f"/ledger/{first}").sees(f"{names[str(candidate)]}、{names[further]}")
    staff.go(f"/ledger/{second}").sees(f"{second} 非举报材料")


def test_a_key_that_is_held_down_judges_one_tip(staff: Staff) -> None:
    staff.register(*DOUBTFUL)
    staff.go("/review").find("button[data-key='1']")
    held = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '1', repeat: true, bubbles: true}))"
    staff.driver.execute_script(held)
    staff.go("/review").sees("今天复核 0 条")
