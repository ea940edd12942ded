"""Pictures of every page of the desk, from the shipped model and invented tips: python scripts/pictures.py [FOLDER].

Without a folder only those of README.md are kept, in scripts/pictures.
"""

import csv
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from browser import ROOT, Server, Staff, open_browser
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tipclass import messages
from tipclass.desk import IntakeDesk
from tipclass.desk_store import Store
from tipclass.ledger import Row, Status
from tipclass.store import current_model, load_model

SHOWN = ROOT / "scripts" / "pictures"
README = ("intake", "batch", "review", "ledger", "report", "model")  # the pages that README.md shows
STEADY, SURGE = 170, 9  # tips of some months, and on waste in one place in the last week
DAYS, WEEK = 110, 6
WASTE = "waste_dumping"
LEFT_OUT = "not_a_tip"
CHANNELS = ("12345热线", "12315平台", "网站信箱", "来信")
AREAS = ("临河区", "望山县", "沙洲区")
TIP = "印染厂一下雨就从后墙的管子往河里放黑水，清江市临河区河口镇永利印染厂，每次大概二十吨，昨晚又放了。"
SEVERAL = (TIP, "城东菜市场有人卖野生青蛙和蛇，用麻袋装着，认识的人才给看。", "谁来管管，太不像话了")


def tips() -> Iterator[tuple[date, str, str, str]]:
    """Yield day, channel, place and text of invented tips; on waste in one place there are suddenly many."""
    dice, today = random.Random(9), date.today()
    rows = list(csv.DictReader((ROOT / "corpora" / "cases.csv").open(encoding="utf-8")))
    told = [(row["text"], row["labels"]) for row in rows if row["check"] == "main" and row["labels"] != LEFT_OUT]
    planted = [text for text, label in told if label == WASTE][:SURGE]
    others = [text for text, _ in told if text not in planted]
    for turn, text in enumerate(dice.sample(others, STEADY)):
        day = today - timedelta(days=dice.randrange(DAYS))
        yield day, dice.choice(CHANNELS), f"清江市{AREAS[turn % len(AREAS)]}", text
    for turn, text in enumerate(planted):
        yield today - timedelta(days=turn % WEEK), CHANNELS[0], "清江市望山县", text


def write_tips(path: Path) -> None:
    """Write the tips as the table of a hotline."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("工单编号", "受理时间", "来源渠道", "区县", "诉求内容"))
        writer.writerows((f"R{turn:04}", *tip) for turn, tip in enumerate(sorted(tips()), 1))


def close_old(server: Server) -> None:
    """Close most tips that came some time ago, and have one returned."""
    desk = IntakeDesk(Store(server.home / "desk"), load_model(current_model(server.models)))
    rows = sorted(desk.shelf.ledger().rows, key=lambda row: row.received)
    for turn, row in enumerate(rows[:-20]):
        if turn % 12:
            set_status(desk, row, Status.CLOSED)
    set_status(desk, rows[-1], Status.RETURNED)


def set_status(desk: IntakeDesk, row: Row, status: Status) -> None:
    desk.edit(row.number, {messages.COLUMN_STATUS: messages.STATUSES[status]})


def walk(staff: Staff, home: Path) -> Iterator[str]:
    """Go from page to page as staff do; yield the name of each once it shows."""
    yield "intake-empty"
    staff.find("#text").send_keys("\n\n".join(SEVERAL))
    staff.type(Keys.CONTROL, Keys.ENTER)
    staff.find("ol.pieces")
    yield "intake-pieces"
    staff.find("button[value=judge]").click()
    staff.sees(messages.INTAKE_NO_TIES)
    yield "intake-several"
    yield from walk_batch(staff, home)
    close_old(staff.server)
    staff.paste(TIP)
    staff.sees(messages.INTAKE_TIES)
    staff.wait(lambda: messages.INTAKE_LOOKING not in staff.find("main").text)
    yield "intake"
    yield from walk_ledger(staff)
    yield from walk_models(staff)
    staff.driver.delete_all_cookies()
    staff.go("/ledger")
    yield "expired"


def walk_batch(staff: Staff, home: Path) -> Iterator[str]:
    """Bring a table in, look it through, and register it."""
    path = home / "热线工单.csv"
    write_tips(path)
    staff.upload(path)
    staff.find("button[value=judge]")
    yield "look"
    staff.find("button[value=judge]").click()
    staff.wait(lambda: "/" in staff.find("[data-left]").text)
    yield "working"
    staff.wait(lambda: staff.count("tbody tr") == 50)
    yield "batch"
    back = staff.driver.current_url
    staff.find("tbody a").click()
    staff.sees(messages.ENTRY_FIELDS)
    yield "entry"
    staff.driver.get(back)
    staff.button(messages.EXPORT_UNMASKED).click()
    staff.sees(messages.UNMASKED_TOLD)
    yield "unmasked"
    staff.driver.get(back)
    staff.button(messages.BATCH_REGISTER).click()
    staff.find("p.told")
    yield "registered"
    staff.go("/batches")
    yield "batches"


def walk_ledger(staff: Staff) -> Iterator[str]:
    """Review some, look the ledger through, and its report."""
    staff.go("/review")
    for turn in range(1, 5):
        staff.find("button[data-key='1']").click()
        staff.sees(messages.REVIEW_PROGRESS.partition("，")[0].format(today=turn))
    yield "review"
    staff.press("/")
    staff.type("水")
    yield "review-search"
    staff.go("/ledger")
    yield "ledger"
    staff.find("tbody a").click()
    staff.sees(messages.ROW_EDIT)
    yield "row"
    staff.go("/ledger?status=returned").find("tbody a").click()
    staff.sees(messages.ROW_EDIT)
    yield "row-returned"
    today = date.today()
    staff.go(f"/report?from={today - timedelta(days=WEEK)}&to={today}")
    yield "report"
    staff.go("/review").button(messages.REVIEW_LEARN).click()
    yield "learned"


def walk_models(staff: Staff) -> Iterator[str]:
    """Look at the models as maintainers do."""
    staff.go("/models")
    yield "models"
    staff.go("/models/audit")
    yield "audit"
    staff.go("/models")
    staff.find("tbody a").click()
    staff.find("svg")
    yield "model"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as home, open_browser(Path(home)) as driver:
        server = Server(Path(home), ROOT / "models")
        driver.get(server.url)
        driver.set_window_size(1366, 768 + 768 - driver.execute_script("return innerHeight"))
        try:
            for name in walk(Staff(driver, server, Path(home)), Path(home)):
                if folder:
                    take(driver, folder / f"{name}.png")
                elif name in README:
                    driver.save_screenshot(SHOWN / f"desk-{name}.png")
        finally:
            server.stop()


def take(driver, path: Path) -> None:  # type: ignore[no-untyped-def]
    """Keep what fits the window, and the page at its whole height beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    driver.save_screenshot(path)
    size = driver.get_window_size()
    height = min(3000, driver.execute_script("return document.documentElement.scrollHeight"))
    driver.set_window_size(size["width"], size["height"] - driver.execute_script("return innerHeight") + height)
    driver.find_element(By.TAG_NAME, "html").screenshot(str(path.with_suffix(".whole.png")))
    driver.set_window_size(size["width"], size["height"])


if __name__ == "__main__":
    main()
