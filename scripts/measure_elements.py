"""Measure the elements found in marked texts: a table by kind, and with --errors every difference."""

import argparse
import csv
import functools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tipclass import elements
from tipclass.records import Element, ElementKind

TIPS = Path(__file__).resolve().parent.parent / "corpora" / "tips"
OVERLAP = 0.5  # the least intersection over union of a find and what it is a find of
CONTEXT = 12


@dataclass
class Count:
    """The marks and finds of one kind: how many, and how many of each have their counterpart."""

    gold: int = 0
    found: int = 0
    hits: int = 0

    @property
    def precision(self) -> float:
        """The share of finds that are right."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of marks that are found."""
        return self.hits / self.gold if self.gold else 1.0


@dataclass
class Measurement:
    """The counts by kind, and every miss and false find with its context."""

    counts: dict[str, Count] = field(default_factory=lambda: {kind.value: Count() for kind in ElementKind})
    errors: list[str] = field(default_factory=list)


def measure(marked: Iterable[dict[str, Any]]) -> Measurement:
    """Extract the elements of each text and compare them with its marks."""
    measurement = Measurement()
    for row in marked:
        _compare(row, elements.extract(row["text"]), measurement)
    return measurement


def agreement(marked: Iterable[dict[str, Any]], second: Iterable[dict[str, Any]]) -> Measurement:
    """Compare the marks of another annotator with those of each text, in the kinds that he marked."""
    others = {row["id"]: [_element(mark) for mark in row["elements"]] for row in second}
    kinds = {element.kind for found in others.values() for element in found}
    measurement = Measurement({kind.value: Count() for kind in ElementKind if kind in kinds})
    for row in marked:
        if row["id"] in others:
            kept = [mark for mark in row["elements"] if mark["kind"] in kinds]
            _compare(row | {"elements": kept}, others[row["id"]], measurement)
    return measurement


def _element(mark: dict[str, Any]) -> Element:
    return Element(ElementKind(mark["kind"]), mark["text"], mark["start"], mark["end"])


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the marked texts of a JSON Lines file; those without a text of their own are tips of corpora/tips.

    Raises ValueError where a mark does not say what stands in its text.
    """
    for row in _rows(path):
        row.setdefault("text", _tips().get(row["id"]))
        wrong = [mark for mark in row["elements"] if mark.get("text") != row["text"][mark["start"] : mark["end"]]]
        if wrong:
            raise ValueError(f"{row['id']}: {wrong[0]}")
        yield row


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


@functools.cache
def _tips() -> dict[str, str]:
    found = {}
    for path in sorted(TIPS.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found |= {row["id"]: row["text"] for row in csv.DictReader(lines)}
    return found


def _compare(row: dict[str, Any], found: Iterable[Element], measurement: Measurement) -> None:
    marks = list(row["elements"])
    counts, text = measurement.counts, row["text"]
    counted = Counter(mark["kind"] for mark in marks)
    for kind, number in counted.items():
        counts[kind].gold += number
    for element in found:
        counts[element.kind].found += 1
        twin = next((mark for mark in marks if _same(mark, element)), None)
        if twin:
            marks.remove(twin)
            counts[element.kind].hits += 1
        else:
            size = f"{element.value:g} {element.unit}" if element.value is not None else element.note
            measurement.errors.append(_line("false", row["id"], element.kind, text, element.start, element.end, size))
    for mark in marks:
        where = (text, mark["start"], mark["end"], mark.get("value", ""))
        measurement.errors.append(_line("miss ", row["id"], mark["kind"], *where))


def _same(mark: dict[str, Any], element: Element) -> bool:
    meets = alike(mark["start"], mark["end"], element.start, element.end)
    return mark["kind"] == element.kind and meets and _same_value(mark, element)


def alike(start: int, end: int, first: int, last: int) -> bool:
    """Tell whether two spans share enough of what they cover together to be the same."""
    return min(end, last) - max(start, first) >= OVERLAP * (max(end, last) - min(start, first))


def _same_value(mark: dict[str, Any], element: Element) -> bool:
    if element.kind is ElementKind.QUANTITY:
        number, _, unit = mark["value"].partition(" ")
        return element.value is not None and abs(float(number) - element.value) < 1e-6 and unit == element.unit
    return (mark.get("value") == "bad") == (element.note == "invalid")


def _line(sort: str, id: str, kind: str, text: str, start: int, end: int, value: str) -> str:
    around = f"{text[max(0, start - CONTEXT) : start]}[{text[start:end]}]{text[end : end + CONTEXT]}"
    return f"{kind:12} {sort} {id}  {around.replace(chr(10), '/')}  {value}".rstrip()


def main() -> None:
    """Print the table, and the errors where they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--only", nargs="*", default=[""], help="beginnings of the ids of the texts to measure on")
    parser.add_argument("--second", type=Path, help="measure the marks of another annotator, JSON Lines, instead")
    parser.add_argument("--errors", action="store_true", help="print every miss and false find with its context")
    arguments = parser.parse_args()
    marked = [row for row in read(arguments.path) if row["id"].startswith(tuple(arguments.only))]
    measurement = agreement(marked, _rows(arguments.second)) if arguments.second else measure(marked)
    if arguments.errors:
        print("\n".join(sorted(measurement.errors)), end="\n\n")
    print(f"{'kind':12} {'gold':>5} {'found':>5} {'precision':>9} {'recall':>6}")
    for kind, count in measurement.counts.items():
        print(f"{kind:12} {count.gold:5} {count.found:5} {count.precision:9.3f} {count.recall:6.3f}")


if __name__ == "__main__":
    main()
