"""How well repeats and series are found among invented tips whose groups and series are marked.

    python scripts/measure_repeats.py corpora/repeats.csv [--only r15- r16- r17-] [--errors]

Each author's tips are linked as one batch. A pair is right when both of its tips are marked as one group; a series is
found when one is given of its kind, whose wording holds or is held by the marked one, with at least two of its tips; a
method may be worded in any way.
A given series is right when its tips all belong to one marked series of its kind; that is harsh on places, since a
village of which two matters are told ties them, marked or not. With --errors they are listed, for a person to judge.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from tipclass.link import Linkable, Links, link
from tipclass.records import Series
from tipclass.ties import JOINTS

Row = Mapping[str, str]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Batch:
    """The tips of one author and what links them."""

    rows: Sequence[Row]
    links: Links

    def gold(self) -> set[Pair]:
        """Return the pairs marked as one group."""
        return _pairs([row["group"] for row in self.rows], [row["id"] for row in self.rows])

    def given(self) -> set[Pair]:
        """Return the pairs found."""
        firsts = [each.first if each else "" for each in self.links.repeats]
        return _pairs(firsts, [row["id"] for row in self.rows])


def _pairs(groups: Sequence[str], ids: Sequence[str]) -> set[Pair]:
    members: dict[str, list[str]] = {}
    for group, id in zip(groups, ids, strict=True):
        if group:
            members.setdefault(group, []).append(id)
    return {pair for each in members.values() for pair in combinations(each, 2)}


def batches(path: Path, only: Sequence[str] = ("",)) -> Iterator[Batch]:
    """Read tips and link those of each author whose ids begin so."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["id"].startswith(tuple(only))]
    for author in dict.fromkeys(row["id"].split("-")[0] for row in rows):
        own = [row for row in rows if row["id"].split("-")[0] == author]
        tips = [Linkable(row["id"], row["text"], date.fromisoformat(row["received"]), row["area"]) for row in own]
        yield Batch(own, link(tips))


def pair_lines(found: Sequence[Batch]) -> Iterator[str]:
    """Yield precision and recall of pairs, whole and by the way the later one repeats."""
    gold = {pair for batch in found for pair in batch.gold()}
    given = {pair for batch in found for pair in batch.given()}
    how = {row["id"]: row["how"] for batch in found for row in batch.rows}
    right = gold & given
    yield f"pairs: marked {len(gold)}, given {len(given)}, right {len(right)}"
    yield f"precision {len(right) / max(1, len(given)):.3f}, recall {len(right) / max(1, len(gold)):.3f}"
    ways, reached = (Counter(_way(how[one], how[two]) for one, two in pairs) for pairs in (gold, right))
    yield "recall by how the later one repeats: " + ", ".join(
        f"{way} {reached[way] / count:.2f} ({count})" for way, count in ways.most_common()
    )


def _way(one: str, two: str) -> str:
    """Return the way of the one that repeats; of two that do, that of the one further down."""
    return one if two == "first" else two


def series_lines(found: Sequence[Batch], *, errors: bool) -> Iterator[str]:
    """Yield how many marked series were found, and how many of the given ones are right."""
    missed, kinds, hits = [], Counter[str](), Counter[str]()
    for batch in found:
        for name, tie, ids in marked(batch.rows):
            kind, _, wording = tie.partition("=")
            kinds[kind] += 1
            hit = any(_same(each, kind, wording, ids) for each in batch.links.series)
            hits[kind] += hit
            missed += [] if hit else [f"missed {name} {tie} {' '.join(sorted(ids))}"]
    yield f"series: marked {kinds.total()}, found {hits.total()}: " + ", ".join(
        f"{kind} {hits[kind]} of {count}" for kind, count in kinds.items()
    )
    given = [(batch, each) for batch in found for each in batch.links.series]
    yield f"series given {len(given)}: " + ", ".join(
        f"{kind} {count}" for kind, count in Counter(each.kind.value for _, each in given).items()
    )
    right = sum(any(_whole(each, *gold) for gold in marked(batch.rows)) for batch, each in given)
    yield f"series given whose tips all belong to one marked series of that kind: {right} of {len(given)}"
    if errors:
        yield from missed
        yield from (f"given {each.kind.value}={each.wording} {' '.join(each.ids)}" for _, each in given)


def marked(rows: Sequence[Row]) -> Iterator[tuple[str, str, set[str]]]:
    """Yield name, tie and ids of each marked series."""
    members: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row["series"]:
            for pair in zip(row["series"].split(";"), row["tie"].split(";"), strict=False):
                members.setdefault(pair, set()).add(row["id"])
    yield from ((*pair, ids) for pair, ids in members.items())


def _same(given: Series, kind: str, wording: str, ids: set[str]) -> bool:
    one, other = (JOINTS.sub("", each).upper() for each in (given.wording, wording))
    like = one in other or other in one
    return given.kind.value == kind and (like or kind == "method") and len(ids.intersection(given.ids)) > 1


def _whole(given: Series, name: str, tie: str, ids: set[str]) -> bool:
    """Tell whether a given series holds nothing but what is marked as one series of its kind."""
    return bool(name) and given.kind.value == tie.partition("=")[0] and ids.issuperset(given.ids)


def error_lines(batch: Batch) -> Iterator[str]:
    """Yield each pair that is missing or wrong, with the beginnings of its texts."""
    text = {row["id"]: " ".join(row["text"].split())[:60] for row in batch.rows}
    for name, pairs in (("missed", batch.gold() - batch.given()), ("wrong", batch.given() - batch.gold())):
        for one, two in sorted(pairs):
            yield f"{name} {one} {two}\n  {text[one]}\n  {text[two]}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repeats", type=Path, nargs="+")
    parser.add_argument("--only", nargs="+", default=[""], help="beginnings of the ids to measure on")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    found = [batch for path in options.repeats for batch in batches(path, options.only)]
    print("\n".join([*pair_lines(found), *series_lines(found, errors=options.errors)]))
    if options.errors:
        print("\n".join(line for batch in found for line in error_lines(batch)))


if __name__ == "__main__":
    main()
