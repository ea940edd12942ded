"""Texts for measuring speed, composed by chance, but always the same, of clauses and sentences of the corpora."""

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LENGTH = 109  # characters of a tip
SEED = 7
SENTENCES, CLAUSES = re.compile(r"(?<=[。！？\n])"), re.compile(r"(?<=[，。；！？\n])")


def _corpus() -> list[dict[str, str]]:
    rows = []
    for path in sorted((ROOT / "corpora" / "tips").glob("*.csv")):
        with path.open(encoding="utf-8") as stream:
            rows += csv.DictReader(stream)
    return rows


def _pieces(text: str, borders: re.Pattern[str]) -> list[str]:
    return [piece for piece in borders.split(text) if piece.strip()]


def tips(count: int, length: int = LENGTH) -> Iterator[str]:
    """Yield texts put together from sentences of the corpora."""
    pool = [piece for row in _corpus() for piece in _pieces(row["text"], SENTENCES)]
    chance = random.Random(SEED)
    for _ in range(count):
        yield _compose(pool, chance, length)


def labelled(count: int) -> Iterator[tuple[str, str]]:
    """Yield texts put together from the clauses of a category, each with the labels of one of its texts."""
    rows = _corpus()
    pools: dict[str, list[str]] = {}
    for row in rows:
        pools.setdefault(_main(row), []).extend(_pieces(row["text"], CLAUSES))
    chance = random.Random(SEED)
    for _ in range(count):
        row = chance.choice(rows)
        yield _compose(pools[_main(row)], chance, LENGTH), row["labels"]


def _main(row: dict[str, str]) -> str:
    return row["labels"].split(";")[0]


def _compose(pool: list[str], chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length - 20:
        text += chance.choice(pool)
    return text[: length * 2]
