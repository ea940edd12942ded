"""How fast the program is beside the pipeline that tutorials show (`naive.py`): whole processes, in turn, as ratios.

    python scripts/benchmark.py [CASE...] [--runs 5] [--folder FOLDER]
    python scripts/benchmark.py --sizes PICTURE.svg [--folder FOLDER]

Both are trained on the same texts; tips are composed from sentences of the corpora, about 109 characters each. A ratio
is the other's seconds by ours, pair by pair, so that it holds when the machine's speed drifts; its median is what
counts. Megabytes are the most that one process held. A case without a ratio has nothing to be measured beside.
"""

import argparse
import csv
import math
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import composed
from composed import ROOT

from tipclass import pen
from tipclass.pen import Scale

SIZES = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
MOST_OTHERS = 100_000  # tips that the tutorial pipeline is given for the picture: for more it takes ten minutes
ONE = "湖边每天后半夜有人开小船用电瓶打鱼，岸上有人放哨，现在还是禁渔期"
LOAD = "from tipclass.store import open_model; open_model()"

Command = Sequence[str]
Pair = tuple[Command, Command | None]


@dataclass(frozen=True)
class Bench:
    """The folder of what is measured on and written; each file is made when it is first asked for."""

    folder: Path

    def tips(self, count: int) -> Path:
        """Return so many tips as csv."""
        return self._made(
            f"tips-{count}.csv", lambda path: _write(path, ("编号", "内容"), _numbered(composed.tips(count)))
        )

    def documents(self, count: int) -> Path:
        """Return so many documents of 5 to 20 thousand characters as csv."""
        chance = random.Random(composed.SEED)
        texts = (next(composed.tips(1, length)) for length in (chance.randrange(5_000, 20_000) for _ in range(count)))
        return self._made(f"documents-{count}.csv", lambda path: _write(path, ("编号", "内容"), _numbered(texts)))

    def workbook(self, count: int) -> Path:
        """Return so many tips as a workbook."""
        return self._made(f"tips-{count}.xlsx", lambda path: _write_workbook(path, composed.tips(count)))

    def labelled(self, count: int) -> Path:
        """Return a corpus of so many tips."""
        return self._made(
            f"corpus-{count}.csv", lambda path: _write(path, ("text", "labels"), composed.labelled(count))
        )

    def naive_model(self, kind: str = "train") -> Path:
        """Return the tutorial pipeline, or with `fast-train` fastText's, trained on the corpora."""
        train = lambda path: subprocess.run(naive(kind, ROOT / "corpora" / "tips", path), check=True)  # noqa: E731
        return self._made(f"{kind}.model", train)

    def words_only(self) -> Path:
        """Return a folder of models with one of words alone."""
        train = [sys.executable, str(ROOT / "scripts" / "words_only.py"), str(ROOT / "corpora")]
        return self._made("words", lambda path: subprocess.run([*train, str(path)], check=True, env=environment()))

    def out(self, suffix: str = ".csv") -> Path:
        """Return where a result goes."""
        return self.folder / f"out{suffix}"

    def fresh(self) -> Path:
        """Return a folder that is not there yet."""
        return Path(tempfile.mkdtemp(dir=self.folder)) / "model"

    def _made(self, name: str, make: Callable[[Path], Any]) -> Path:
        path = self.folder / name
        if not path.exists():
            make(path)
        return path


def _numbered(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    return enumerate(texts, 1)


def _write(path: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heads)
        writer.writerows(rows)


def _write_workbook(path: Path, texts: Iterable[str]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("编号", "内容"))
        for row, text in enumerate(texts, 1):
            sheet.write_row(row, 0, (str(row), text))


def ours(*arguments: object) -> Command:
    """Return a command of the program."""
    return [sys.executable, "-m", "tipclass", *map(str, arguments)]


def naive(*arguments: object) -> Command:
    """Return a command of the other pipelines."""
    return [sys.executable, str(ROOT / "scripts" / "naive.py"), *map(str, arguments)]


# --- cases ---------------------------------------------------------------------------------------


def category(bench: Bench, count: int = 10_000, jobs: int = 1, *, models: Path | None = None) -> Pair:
    """The category alone, csv to csv, 10,000 tips, one process."""
    chosen = ("--models", models) if models else ()
    predict = ours(
        "predict", bench.tips(count), "-o", bench.out(), "-q", "--fields", "category", "--jobs", jobs, *chosen
    )
    return predict, naive("predict", bench.naive_model(), bench.tips(count), bench.out())


def category_two(bench: Bench) -> Pair:
    """The same, two processes."""
    return category(bench, jobs=2)


def category_many(bench: Bench) -> Pair:
    """The same, 100,000 tips, one process."""
    return category(bench, 100_000)


def category_many_two(bench: Bench) -> Pair:
    """The same, 100,000 tips, two processes."""
    return category(bench, 100_000, 2)


def words(bench: Bench) -> Pair:
    """A model of words alone, 100,000 tips, one process."""
    return category(bench, 100_000, models=bench.words_only())


def words_two(bench: Bench) -> Pair:
    """The same, two processes."""
    return category(bench, 100_000, 2, models=bench.words_only())


def everything(bench: Bench) -> Pair:
    """Everything but groups, csv to csv, 10,000 tips, two processes."""
    predict = ours("predict", bench.tips(10_000), "-o", bench.out(), "-q", "--no-groups", "--jobs", 2)
    return predict, naive("predict", bench.naive_model(), bench.tips(10_000), bench.out())


def one(bench: Bench) -> Pair:
    """One text, explained."""
    return ours("explain", ONE), naive("one", bench.naive_model(), ONE)


def show_help(bench: Bench) -> Pair:
    """The help page, beside importing numpy."""
    return ours("--help"), [sys.executable, "-c", "import numpy"]


def million(bench: Bench) -> Pair:
    """The category alone, csv to csv, 1,000,000 tips, two processes."""
    return category(bench, 1_000_000, 2)[0], None


def documents(bench: Bench) -> Pair:
    """The category alone, 2,000 documents of 5 to 20 thousand characters, two processes."""
    table = bench.documents(2_000)
    predict = ours("predict", table, "-o", bench.out(), "-q", "--fields", "category", "--jobs", 2)
    return predict, naive("predict", bench.naive_model(), table, bench.out())


def workbook(bench: Bench) -> Pair:
    """Workbook to workbook, 20,000 tips, without groups, two processes, beside openpyxl both ways."""
    table, out = bench.workbook(20_000), bench.out(".xlsx")
    predict = ours("predict", table, "-o", out, "-q", "--no-groups", "--jobs", 2)
    return predict, naive("predict", bench.naive_model(), table, out)


def fasttext(bench: Bench) -> Pair:
    """The category alone, 100,000 tips, one process, beside fastText with jieba's words."""
    table = bench.tips(100_000)
    return category(bench, 100_000)[0], naive("fast-predict", bench.naive_model("fast-train"), table, bench.out())


def train(bench: Bench) -> Pair:
    """Training without folds, 100,000 texts."""
    corpus = bench.labelled(100_000)
    fit = ours("train", corpus, "-o", bench.fresh(), "-q", "--no-folds")
    return fit, naive("train", corpus, bench.out(".joblib"))


def train_words(bench: Bench) -> Pair:
    """Training of words alone without folds, 100,000 texts."""
    corpus = bench.labelled(100_000)
    fit = [sys.executable, str(ROOT / "scripts" / "words_only.py"), str(corpus), str(bench.fresh())]
    return fit, naive("train", corpus, bench.out(".joblib"))


def train_whole(bench: Bench) -> Pair:
    """Training with folds, calibration and policy, 100,000 texts."""
    corpus = bench.labelled(100_000)
    return ours("train", corpus, "-o", bench.fresh(), "-q"), naive("train", corpus, bench.out(".joblib"))


def link(bench: Bench) -> Pair:
    """Repeats and series of 100,000 tips."""
    return ours("link", bench.tips(100_000), "-o", bench.out(), "-q"), None


def load(bench: Bench) -> Pair:
    """Loading the model, its hashes checked, with all that this imports."""
    return [sys.executable, "-c", LOAD], [sys.executable, "-c", "import numpy"]


CASES: dict[str, Callable[[Bench], Pair]] = {
    "help": show_help,
    "load": load,
    "one": one,
    "category": category,
    "category-2": category_two,
    "category-100k": category_many,
    "category-100k-2": category_many_two,
    "words-100k": words,
    "words-100k-2": words_two,
    "fasttext-100k": fasttext,
    "million-2": million,
    "documents-2": documents,
    "all-2": everything,
    "workbook-2": workbook,
    "link-100k": link,
    "train-words": train_words,
    "train": train,
    "train-whole": train_whole,
}


# --- measuring -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds, and the most megabytes that one process of it held."""

    seconds: float
    megabytes: float


def environment() -> dict[str, str]:
    """Return the surroundings in which both are run: with modules compiled once, as those that are installed are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def run(command: Command) -> Run:
    """Run a command to its end."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(time.perf_counter() - began, usage.ru_maxrss / 1024)


def measure(name: str, bench: Bench, runs: int) -> str:
    """Return a Markdown row: seconds and megabytes of a case, and where it has another to stand beside, the ratio."""
    case = CASES[name]
    mine, other = case(bench)
    run(ours("--version") if runs == 1 else mine)  # what is read from the disk for the first time takes longer
    pairs = [(run(mine), run(other) if other else None) for _ in range(runs)]
    cells = [f"{_median(pair[0].seconds for pair in pairs):.2f}", f"{max(pair[0].megabytes for pair in pairs):.0f}"]
    beside = [(own, others) for own, others in pairs if others]
    ratio = f"{_median(others.seconds / own.seconds for own, others in beside):.2f}" if beside else ""
    cells += [f"{_median(others.seconds for _, others in beside):.2f}" if beside else "", ratio]
    return f"| {name} | {case.__doc__} | {' | '.join(cells)} |"


def _median(numbers: Iterable[float]) -> float:
    return statistics.median(numbers)


Speed = tuple[int, float, float | None]  # tips in a run, ours a second, theirs a second


def speeds(bench: Bench) -> Iterator[Speed]:
    """Yield tips a second by size of the batch, ours with two processes and naive's; whole processes."""
    for count in SIZES:
        mine, other = category(bench, count, 2)
        theirs = count / run(other).seconds if other and count <= MOST_OTHERS else None
        yield count, count / run(mine).seconds, theirs


def speed_picture(found: Sequence[Speed]) -> str:
    """Draw both speeds against the size of the batch; both axes go by powers of ten."""
    every = [speed for _, *both in found for speed in both if speed]
    top, low = math.ceil(math.log10(max(every))), math.floor(math.log10(min(every)))
    x, y = Scale(0, len(found) - 1, 80, 690), Scale(low, top, 280, 40)
    parts = [pen.text(10, 20, "tips a second, by number of tips in one run (whole processes)")]
    for place, (count, _, _) in enumerate(found):
        parts.append(pen.text(x(place), y.start + 20, f"{count:,}", text_anchor="middle", fill=pen.FAINT))
    for power in range(low, top + 1):
        parts.append(pen.line(x.start, y(power), x.end, y(power), stroke=pen.GRID))
        parts.append(pen.text(x.start - 8, y(power) + 4, f"{10.0**power:,g}", text_anchor="end", fill=pen.FAINT))
    for column, colour, name in ((1, pen.BLUE, "tipclass, two processes"), (2, pen.ORANGE, "tutorial pipeline")):
        known = [(place, row[column]) for place, row in enumerate(found)]
        dots = [(x(place), y(math.log10(speed)), speed) for place, speed in known if speed]
        line = pen.places([at[:2] for at in dots])
        parts.append(pen.element("polyline", points=line, fill="none", stroke=colour, stroke_width=2))
        parts += [pen.dot(across, up, f"{speed:.0f}", fill=colour) for across, up, speed in dots]
        parts.append(pen.text(x.start + 12, y.end + 16 * column, name, fill=colour))
    return pen.picture("tips a second", 310, parts)


def main() -> None:
    """Print the table of the cases asked for, or draw how speed grows with the batch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="、".join(CASES))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "tipclass-benchmark")
    parser.add_argument("--sizes", type=Path, metavar="PICTURE", help="draw tips a second by size of the batch")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.folder)
    machine = platform.processor() or platform.machine()
    print(f"{machine}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    if options.sizes:
        found = list(speeds(bench))
        options.sizes.write_text(speed_picture(found), encoding="utf-8")
        print("| tips | ours, tips a second | naive, tips a second |\n|--:|--:|--:|")
        print(
            "\n".join(f"| {count:,} | {mine:.0f} | {f'{other:.0f}' if other else ''} |" for count, mine, other in found)
        )
        return
    print("| case | what | ours (s) | MB | other (s) | other / ours |\n|---|---|--:|--:|--:|--:|")
    for name in options.cases or CASES:
        print(measure(name, bench, options.runs), flush=True)


if __name__ == "__main__":
    main()
