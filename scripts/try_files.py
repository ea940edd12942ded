"""Read and classify every file of any folder, as hostile as may be, and say what became of each.

    python scripts/try_files.py FOLDER [--seconds 60] [--tips 30] [--all]

Each file is read on its own; the first tips of it go through the whole line and are written as csv, JSON Lines and a
workbook. Lists what was refused by its sentence, how often, and every file (with --all) or only those that ended in a
traceback or took longer than --seconds; the exit code is 1 when there was a traceback.
"""

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tipclass.errors import TipclassError
from tipclass.model import Model
from tipclass.office import Office, load_office
from tipclass.printable import one_line
from tipclass.readers import read_tips
from tipclass.records import Tip
from tipclass.result_book import write_xlsx
from tipclass.result_columns import Batch
from tipclass.result_csv import write_csv
from tipclass.result_json import write_jsonl
from tipclass.store import open_model
from tipclass.triage import triage

DAY = date(2026, 11, 1)
READ, REFUSED, TRACEBACK, OVER = "read", "refused", "traceback", "over time"


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the kind, a sentence or a traceback, the seconds it took."""

    kind: str
    told: str
    seconds: float


@dataclass(frozen=True)
class Line:
    """The line that tips go through, and how many of each file do."""

    model: Model
    office: Office
    most: int

    def classify(self, tips: Sequence[Tip]) -> None:
        """Classify tips and write them in every format."""
        found = triage(tips[: self.most], self.model, office=self.office)
        batch = Batch(found, self.model.taxonomy, self.model.id)
        with tempfile.TemporaryDirectory() as folder:
            for write, name in ((write_csv, "a.csv"), (write_jsonl, "a.jsonl"), (write_xlsx, "a.xlsx")):
                write(Path(folder, name), batch)


def try_file(path: Path, line: Line, seconds: float) -> Outcome:
    """Read and classify one file, whatever happens."""
    begun = time.perf_counter()
    try:
        reading = read_tips([path])
        line.classify(reading.tips)
        kind, told = READ, f"{len(reading.tips)} tips, {len(reading.unread)} unread"
    except TipclassError as refusal:
        kind, told = REFUSED, str(refusal)
    except Exception:
        kind, told = TRACEBACK, traceback.format_exc()
    took = time.perf_counter() - begun
    return Outcome(OVER if took > seconds and kind != TRACEBACK else kind, told, took)


def cause(sentence: str) -> str:
    """Cut the file out of a refusal."""
    return sentence.splitlines()[-1].split("：", 1)[-1]


def main() -> int:
    """Try all files of a folder and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--tips", type=int, default=30)
    parser.add_argument("--all", action="store_true", help="list every file")
    options = parser.parse_args()
    line = Line(open_model(), load_office(DAY), options.tips)
    kinds, causes = Counter[str](), Counter[str]()
    for path in sorted(path for path in options.folder.rglob("*") if path.is_file()):
        outcome = try_file(path, line, options.seconds)
        kinds[outcome.kind] += 1
        causes.update([cause(outcome.told)] if outcome.kind == REFUSED else [])
        if options.all or outcome.kind in (TRACEBACK, OVER):
            name = one_line(str(path.relative_to(options.folder)))
            print(f"{outcome.kind}\t{outcome.seconds:.1f} s\t{name}\t{outcome.told}", flush=True)
    for sentence, count in causes.most_common():
        print(f"{count:6}  {one_line(sentence)}")
    print(", ".join(f"{kind} {kinds[kind]}" for kind in (READ, REFUSED, TRACEBACK, OVER)))
    return int(kinds[TRACEBACK] > 0)


if __name__ == "__main__":
    sys.exit(main())
