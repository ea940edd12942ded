"""How fast the desk answers one tip while it works on a large batch: python scripts/bench_desk.py [ROWS].

Prints for each stage how long a tip took from the paste to its page, then whether each 95th percentile held.
"""

import csv
import io
import itertools
import os
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx2
from browser import ROOT, Server

ROWS, ALONE = 20_000, 60
CORPORA = ROOT / "corpora"
PROMISED = 300  # milliseconds at the 95th percentile
PAUSE = 0.2  # seconds between tips: nobody pastes faster
FEWEST = 20  # answers that make a percentile


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

    def answers(self) -> Iterator[float]:
        """Yield without end how many milliseconds the next tip took from the paste to its page."""
        for text in itertools.cycle(texts()):
            began = time.perf_counter()
            self.post("/intake", text=text, where="nowhere", step="judge")
            yield 1000 * (time.perf_counter() - began)

    def meanwhile(self, path: str, times: defaultdict[str, list[float]], answers: Iterator[float]) -> None:
        """Note by stage how long tips take until a job is over."""
        while True:
            found = self.client.get(f"/work/{path.rpartition('/')[2]}/progress").json()
            if found["over"]:
                return
            times[found["told"]].append(next(answers))
            time.sleep(PAUSE)


def tell(name: str, times: Iterable[float]) -> float:
    """Print the middle and the slow end of some times; return the 95th percentile."""
    found = sorted(times)
    slow = statistics.quantiles(found, n=20)[-1] if len(found) >= FEWEST else found[-1]
    which = "95th percentile" if len(found) >= FEWEST else "slowest"
    print(f"{name}: {len(found)} tips, median {statistics.median(found):.0f} ms, {which} {slow:.0f} ms", flush=True)
    return slow


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as home:
        server = Server(Path(home), ROOT / "models")
        try:
            desk = Desk(server.url)
            answers, times = desk.answers(), defaultdict[str, list[float]](list)
            print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            tell("alone", list(itertools.islice(answers, 5 + ALONE))[5:])
            path = desk.post("/batches", files=[("files", ("大.csv", batch(rows)))])
            desk.meanwhile(path, times, answers)
            desk.post(path, step="judge")
            desk.meanwhile(path, times, answers)
        finally:
            server.stop()
    slow = [tell(f"{rows} rows, {stage}", found) for stage, found in times.items()]
    tell(f"{rows} rows, all of it", itertools.chain.from_iterable(times.values()))
    verdict = "held" if max(slow) <= PROMISED else "missed"
    print(f"load after: {os.getloadavg()[0]:.1f}; promised {PROMISED} ms: {verdict}")


if __name__ == "__main__":
    main()
