"""How fast the program is beside the pipeline that tutorials show (`naive.py`): whole processes, in turn, as ratios.

    python scripts/bench.py [CASE...] [--tips 10000] [--runs 5] [--folder /tmp/bench]

Both are trained on the same texts. Tips are composed from sentences of the corpora, about 109 characters each. A ratio
is naive's seconds by ours, pair by pair, so that it holds when the machine's speed drifts; its median is what counts.
"""

import argparse
import csv
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LENGTH = 109  # characters of a tip
SEED = 7
ONE = "湖边每天后半夜有人开小船用电瓶打鱼，岸上有人放哨，现在还是禁渔期"

Command = Sequence[str]


@dataclass(frozen=True)
class Bench:
    """Where the bench keeps its files, and how many tips it measures on."""

    folder: Path
    tips: int

    def ours(self, *arguments: object) -> Command:
        """Return a command of the program."""
        return [sys.executable, "-m", "tipclass", *map(str, arguments)]

    def naive(self, *arguments: object) -> Command:
        """Return a command of the other pipeline."""
        return [sys.executable, str(ROOT / "scripts" / "naive.py"), *map(str, arguments)]

    @property
    def table(self) -> Path:
        """The tips as csv."""
        return self.folder / f"tips-{self.tips}.csv"

    @property
    def model(self) -> Path:
        """The other pipeline, trained."""
        return self.folder / "naive.joblib"

    @property
    def out(self) -> Path:
        """Where results go."""
        return self.folder / "out.csv"


def predict_all(bench: Bench) -> tuple[Command, Command]:
    """Everything but groups, csv to csv, two processes."""
    ours = bench.ours("predict", bench.table, "-o", bench.out, "-q", "--no-groups", "--jobs", 2)
    return ours, bench.naive("predict", bench.model, bench.table, bench.out)


def predict_category(bench: Bench) -> tuple[Command, Command]:
    """The category alone, csv to csv, one process."""
    ours = bench.ours("predict", bench.table, "-o", bench.out, "-q", "--fields", "category")
    return ours, bench.naive("predict", bench.model, bench.table, bench.out)


def predict_category_twice(bench: Bench) -> tuple[Command, Command]:
    """The category alone, csv to csv, two processes."""
    ours, naive = predict_category(bench)
    return [*ours, "--jobs", "2"], naive


def one_text(bench: Bench) -> tuple[Command, Command]:
    """One text."""
    return bench.ours("explain", ONE), bench.naive("one", bench.model, ONE)


def show_help(bench: Bench) -> tuple[Command, Command]:
    """The help page, beside importing numpy."""
    return bench.ours("--help"), [sys.executable, "-c", "import numpy"]


CASES: dict[str, Callable[[Bench], tuple[Command, Command]]] = {
    "category": predict_category,
    "category-2": predict_category_twice,
    "all": predict_all,
    "one": one_text,
    "help": show_help,
}


def compose(count: int) -> Iterator[str]:
    """Yield texts put together from sentences of the corpora."""
    sentences = []
    for path in sorted((ROOT / "corpora" / "tips").glob("*.csv")):
        with path.open(encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                sentences += [each for each in re.split(r"(?<=[。！？\n])", row["text"]) if each.strip()]
    chance = random.Random(SEED)
    for _ in range(count):
        text = ""
        while len(text) < LENGTH - 20:
            text += chance.choice(sentences)
        yield text[: LENGTH * 2]


def prepare(bench: Bench) -> None:
    """Write what is measured on, and train the other pipeline, where they are not there yet."""
    bench.folder.mkdir(parents=True, exist_ok=True)
    if not bench.table.exists():
        with bench.table.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["编号", "内容"])
            writer.writerows((number, text) for number, text in enumerate(compose(bench.tips), 1))
    if not bench.model.exists():
        subprocess.run(bench.naive("train", ROOT / "corpora" / "tips", bench.model), check=True, capture_output=True)


def seconds(command: Command) -> tuple[float, float]:
    """Run a command; return its seconds, and the most MB that it or a child of it held so far."""
    began = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measure(name: str, bench: Bench, runs: int) -> str:
    """Return a Markdown row: ratio and seconds of a case."""
    ours, naive = CASES[name](bench)
    pairs = [(seconds(ours)[0], seconds(naive)[0]) for _ in range(runs + 1)][1:]  # the first warms up
    ratio = statistics.median(b / a for a, b in pairs)
    mine, others = (statistics.median(column) for column in zip(*pairs, strict=True))
    return f"| {name} | {CASES[name].__doc__} | {mine:.2f} | {others:.2f} | {ratio:.2f} |"


def main() -> None:
    """Print the table of the cases asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="、".join(CASES))
    parser.add_argument("--tips", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/bench"))
    options = parser.parse_args()
    bench = Bench(options.folder, options.tips)
    prepare(bench)
    print("| case | what | ours (s) | naive (s) | naive / ours |\n|---|---|--:|--:|--:|")
    for name in options.cases or CASES:
        print(measure(name, bench, options.runs), flush=True)


if __name__ == "__main__":
    main()
