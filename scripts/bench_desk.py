"""How fast the desk answers one tip while it judges a large batch: python scripts/bench_desk.py [ROWS [STAGES]]."""

import csv
import io
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2

from tipclass import messages

ROWS, ASKED = 20_000, 60
CORPORA = Path(__file__).parent.parent / "corpora"


def texts() -> list[str]:
    """Return the texts of the corpora."""
    paths = sorted((CORPORA / "tips").glob("*.csv"))
    rows = itertools.chain.from_iterable(csv.DictReader(path.open(encoding="utf-8")) for path in paths)
    return [row["text"] for row in rows]


def batch(rows: int) -> bytes:
    """Return a csv of so many tips, all of them different."""
    stream = io.StringIO()
    told = enumerate(itertools.islice(itertools.cycle(texts()), rows), 1)
    csv.writer(stream).writerows(
        [("编号", "内容"), *((turn, f"第{turn}件，{text[turn % 7 :]}") for turn, text in told)]
    )
    return stream.getvalue().encode()


class Desk:
    """A client of a desk that was started for the measurement."""

    def __init__(self, url: str) -> None:
        self.client = httpx2.Client(base_url=url.partition("/open")[0], follow_redirects=True, timeout=120)
        self.csrf = re.findall(r'name="csrf" value="([^"]+)"', self.client.get(url).text)[0]

    def post(self, path: str, files: object = None, **fields: str) -> str:
        answer = self.client.post(path, data={"csrf": self.csrf, **fields}, files=files)  # type: ignore[arg-type]
        answer.raise_for_status()
        return answer.url.path

    def progress(self, path: str) -> dict[str, object]:
        found: dict[str, object] = self.client.get(f"/work/{path.rpartition('/')[2]}/progress").json()
        return found

    def wait(self, path: str) -> None:
        while not self.progress(path)["over"]:
            time.sleep(0.2)

    def answers(self, count: int) -> Iterator[float]:
        """Yield how many seconds each of some tips took from the paste to its page."""
        for text in texts()[:count]:
            began = time.perf_counter()
            self.post("/intake", text=text, where="nowhere", step="judge")
            yield time.perf_counter() - began


def told(name: str, seconds: list[float]) -> None:
    """Print the middle and the slow end of some times."""
    slow = statistics.quantiles(seconds, n=20)[-1]
    print(f"{name}: median {1000 * statistics.median(seconds):.0f} ms, 95th percentile {1000 * slow:.0f} ms")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    stages = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tipclass", "serve", "--no-open", "--port", "0"]
        models = ["--models", str(CORPORA.parent / "models")]
        environment = os.environ | {"TIPCLASS_HOME": home}
        process = subprocess.Popen([*command, *models], env=environment, stderr=subprocess.PIPE, encoding="utf-8")
        try:
            assert process.stderr
            desk = Desk(process.stderr.readline().partition("：")[2].strip())
            list(desk.answers(5))
            told("alone", list(desk.answers(ASKED)))
            path = desk.post("/batches", files=[("files", ("大.csv", batch(rows)))])
            desk.wait(path)
            desk.post(path, step="judge")
            for stage in (messages.JOB_LINKING, messages.JOB_JUDGING)[:stages]:
                while desk.progress(path)["told"] != stage:
                    time.sleep(0.2)
                told(f"while {rows} rows are in work ({stage})", list(desk.answers(ASKED)))
            desk.post(f"{path}/cancel")
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
