"""Measure how well masking hides the informant and keeps the rest: a table by kind, and with --errors every fault."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tipclass.disguise import traces_all
from tipclass.traces import Trace

INFORMANT, REPORTED, OTHER = "informant", "reported", "other"
CONTEXT = 14


@dataclass
class Measurement:
    """How many marks of each side and kind there are, how many fared as they should, and what did not.

    A mark of the informant should be hidden whole, one of the reported kept whole; characters outside of marks are
    counted one by one.
    """

    marked: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def count(self, side: str, kind: str, *, right: int, marked: int = 1) -> None:
        """Count marks or characters."""
        self.marked[side, kind] += marked
        self.right[side, kind] += right

    def share(self, side: str, kind: str) -> float:
        """Return the share that fared as it should; nothing is wrong where there is nothing."""
        marked = self.marked[side, kind]
        return self.right[side, kind] / marked if marked else 1.0


def measure(rows: Iterable[dict[str, Any]]) -> Measurement:
    """Find what masking hides in each text and compare it with the marks."""
    measurement, rows = Measurement(), list(rows)
    for row, found in zip(rows, traces_all([row["text"] for row in rows]), strict=True):
        _compare(row, found, measurement)
    return measurement


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the marked texts of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _compare(row: dict[str, Any], found: Iterable[Trace], measurement: Measurement) -> None:
    text, hidden = row["text"], bytearray(len(row["text"]))
    for each in found:
        hidden[each.start : each.end] = b"\1" * (each.end - each.start)
    rest = bytearray(b"\1" * len(text))
    for mark in row["marks"]:
        start, end = mark["start"], mark["end"]
        rest[start:end] = bytes(end - start)
        right = all(hidden[start:end]) if mark["side"] == INFORMANT else not any(hidden[start:end])
        measurement.count(mark["side"], mark["kind"], right=right)
        if not right:
            measurement.errors.append(_line(mark["side"], mark["kind"], row["id"], text, start, end))
    outside = [place for place, is_outside in enumerate(rest) if is_outside]
    lost = [place for place in outside if hidden[place]]
    measurement.count(OTHER, "characters", right=len(outside) - len(lost), marked=len(outside))
    for start, end in _runs(lost):
        measurement.errors.append(_line(OTHER, "characters", row["id"], text, start, end))


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of neighbouring places as spans."""
    start = end = -1
    for place in places:
        if place != end:
            if end > start:
                yield start, end
            start = place
        end = place + 1
    if end > start:
        yield start, end


def _line(side: str, kind: str, id: str, text: str, start: int, end: int) -> str:
    around = f"{text[max(0, start - CONTEXT) : start]}[{text[start:end]}]{text[end : end + CONTEXT]}"
    return f"{side:9} {kind:10} {id}  {around.replace(chr(10), '/')}"


def show(measurement: Measurement, *, errors: bool) -> None:
    """Print the table, and the faults where they are asked for."""
    if errors:
        print("\n".join(sorted(measurement.errors)), end="\n\n")
    print(f"{'side':9} {'kind':10} {'marked':>6} {'right':>6} {'share':>6}")
    for side, kind in sorted(measurement.marked):
        counted = measurement.marked[side, kind], measurement.right[side, kind]
        print(f"{side:9} {kind:10} {counted[0]:6} {counted[1]:6} {measurement.share(side, kind):6.3f}")
    for side in (INFORMANT, REPORTED):
        marked, right = (
            sum(n for (each, _), n in c.items() if each == side) for c in (measurement.marked, measurement.right)
        )
        print(f"{side:9} {'all':10} {marked:6} {right:6} {right / max(1, marked):6.3f}")


def main() -> None:
    """Measure the texts of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--prefix", default="", help="only texts whose id begins like this")
    parser.add_argument("--errors", action="store_true", help="print every fault with its context")
    arguments = parser.parse_args()
    measurement = measure(row for row in read(arguments.path) if row["id"].startswith(arguments.prefix))
    show(measurement, errors=arguments.errors)


if __name__ == "__main__":
    main()
