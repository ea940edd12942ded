"""A desk that runs, and somebody at a browser before it: for the tests, the pictures and the measurements."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tipclass import messages
from tipclass.desk_store import Store
from tipclass.session import new_pass

ROOT = Path(__file__).parent.parent
PATIENCE = 90.0  # seconds that a busy machine may take for anything
WORDS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1366,768", "--lang=zh-CN")


class Server:
    """The program itself, started as staff start it; `url` opens it once."""

    def __init__(self, home: Path, models: Path) -> None:
        self.home, self.models, self.port = home, models, 0
        self.start()

    def start(self) -> None:
        """Start it, on the port it had before if it had one."""
        command = [sys.executable, "-m", "tipclass", "serve", "--no-open", "--port", str(self.port)]
        environment = os.environ | {"TIPCLASS_HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [*command, "--models", str(self.models)], env=environment, stderr=subprocess.PIPE, encoding="utf-8"
        )
        assert self.process.stderr
        self.url = self.process.stderr.readline().partition("：")[2].strip()
        self.port = int(self.url.split(":")[2].split("/")[0])
        self.base = f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as somebody does who closes its window."""
        self.process.terminate()
        self.process.wait()

    def again(self) -> str:
        """Return another address that opens the desk once."""
        return f"{self.base}/open?pass={new_pass(Store(self.home / 'desk'))}"


class Staff:
    """Somebody at the browser."""

    def __init__(self, driver: webdriver.Chrome, server: Server, downloads: Path) -> None:
        self.driver, self.server, self.downloads = driver, server, downloads

    def go(self, path: str) -> "Staff":
        self.driver.get(self.server.base + path)
        return self

    def find(self, selector: str) -> WebElement:
        return self.wait(lambda: self.driver.find_element(By.CSS_SELECTOR, selector))

    def button(self, words: str) -> WebElement:
        """Return the button that says something."""
        return self.wait(lambda: self.driver.find_element(By.XPATH, f"//button[contains(., '{words}')]"))

    def count(self, selector: str) -> int:
        return len(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def type(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def press(self, *keys: str) -> None:
        self.driver.find_element(By.TAG_NAME, "body").send_keys(*keys)

    def wait(self, found: Callable[[], object]) -> WebElement:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = found()
                if answer:
                    return answer  # type: ignore[return-value]
            except Exception:  # the page is changing
                if time.monotonic() > until:
                    raise
            assert time.monotonic() < until, self.driver.page_source
            time.sleep(0.1)

    def sees(self, words: str) -> None:
        self.wait(lambda: words in self.driver.find_element(By.TAG_NAME, "main").text)

    def upload(self, *paths: Path) -> None:
        self.go("/batches").find("#files").send_keys("\n".join(map(str, paths)))

    def paste(self, *texts: str) -> None:
        """Paste texts and have them judged, each a tip."""
        self.go("/").find("#text").send_keys("\n\n".join(texts))
        self.type(Keys.CONTROL, Keys.ENTER)
        if len(texts) > 1:
            self.find("button[value=judge]").click()

    def register(self, *texts: str) -> None:
        self.paste(*texts)
        (self.find("button[value=all]") if len(texts) > 1 else self.find("button[name=at]")).click()
        self.sees(messages.SAID["saved"])


@contextmanager
def open_browser(downloads: Path) -> Iterator[webdriver.Chrome]:
    """Open a browser without a window, in Chinese, which keeps what it fetches in a folder."""
    options = webdriver.ChromeOptions()
    for word in WORDS:
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    program, helper = shutil.which("chromium"), shutil.which("chromedriver")
    if program:
        options.binary_location = program
    service = webdriver.ChromeService(executable_path=helper)
    driver = webdriver.Chrome(options=options, service=service)
    try:
        yield driver
    finally:
        driver.quit()
