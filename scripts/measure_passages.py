"""How well long documents are cut into their matters, on invented documents whose matters are marked.

    python scripts/measure_passages.py corpora/documents.jsonl [--models DIR]

A matter is found when some matter of the program covers the same stretch (intersection over union of one half). The
documents are only measured on.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipclass.records import Entry, Matter, Tip
from tipclass.settings import models_folder
from tipclass.store import current_model, load_model
from tipclass.triage import triage

COVERED = 0.5

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Counts:
    """What came out of the documents of one kind."""

    documents: int
    main: int
    marked: int
    given: int
    found: int
    named: int
    labels: int
    labels_given: int
    labels_right: int


def measure(documents: Sequence[Document], entries: Sequence[Entry]) -> Counts:
    """Count what was found of what is marked."""
    pairs = list(zip(documents, entries, strict=True))
    matters = [(marked, entry.matters) for document, entry in pairs for marked in document["matters"]]
    labels = [(set(document["labels"]), {each.code for each in entry.decision.labels}) for document, entry in pairs]
    return Counts(
        documents=len(pairs),
        main=sum(entry.decision.main.code in document["labels"] for document, entry in pairs),
        marked=len(matters),
        given=sum(len(entry.matters) for _, entry in pairs),
        found=sum(any(covering(marked, told)) for marked, told in matters),
        named=sum(any(each.code in marked["labels"] for each in covering(marked, told)) for marked, told in matters),
        labels=sum(len(true) for true, _ in labels),
        labels_given=sum(len(given) for _, given in labels),
        labels_right=sum(len(true & given) for true, given in labels),
    )


def covering(marked: Document, told: Sequence[Matter]) -> Iterator[Matter]:
    """Yield the matters that cover a marked stretch."""
    for each in told:
        start, end = each.passage.start, each.passage.end
        both = min(end, marked["end"]) - max(start, marked["start"])
        if both >= COVERED * (max(end, marked["end"]) - min(start, marked["start"])):
            yield each


def table(documents: Sequence[Document], entries: Sequence[Entry]) -> str:
    """Return the counts by kind of document as a Markdown table."""
    heads = (
        "kind",
        "documents",
        "main label among theirs",
        "matters marked",
        "given",
        "found",
        "rightly named",
        "labels: F1",
    )
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "--:|" * (len(heads) - 1)]
    for kind in dict.fromkeys(document["kind"] for document in documents):
        chosen = [pair for pair in zip(documents, entries, strict=True) if pair[0]["kind"] == kind]
        counts = measure(*zip(*chosen, strict=True))
        f1 = 2 * counts.labels_right / (counts.labels + counts.labels_given)
        cells = (counts.documents, counts.main, counts.marked, counts.given, counts.found, counts.named, f"{f1:.3f}")
        lines.append(f"| {kind} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure the model in use and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--models", type=Path)
    options = parser.parse_args()
    documents = [json.loads(line) for line in options.documents.read_text(encoding="utf-8").splitlines()]
    model = load_model(current_model(models_folder(options.models)))
    print(table(documents, triage([Tip(document["id"], document["text"]) for document in documents], model)))


if __name__ == "__main__":
    main()
