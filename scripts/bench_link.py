"""How long linking takes and how much memory, on invented tips composed of pieces of the corpora.

    python scripts/bench_link.py [--tips 100000] [--repeats 0.2]

A tip is made of sentences of different texts of the corpora, with places and names of its own, about 110 characters
long. A share of them is told again: some words left out, some characters changed, a frame around it.
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from tipclass.corpus import load_corpus
from tipclass.link import Linkable, link
from tipclass.taxonomy import load_taxonomy

LENGTH = 110  # characters
SIGNS = "青石桥东岗河沿柳树沟龙潭长丰永兴和顺安福新民双庙白马黄泥红旗大湾小店北辛南关西坪上杨下李高岭云峰金鸡银杏梅"
SITES = ("村", "镇", "路", "小区", "街", "水库", "工业园", "砖厂", "市场", "桥")
FRAMES = ("来电人反映：{}希望核实处理。", "尊敬的领导：您好！{}恳请查处，此致敬礼", "{}", "再次反映，{}一直没人管")


def compose(sentences: Sequence[str], chance: random.Random) -> str:
    """Return a tip: a place of its own, and sentences taken anywhere."""
    names = ["".join(chance.choices(SIGNS, k=2)) for _ in range(3)]
    text = f"{names[0]}{chance.choice(SITES)}{names[1]}{chance.choice(SITES)}那家{names[2]}，"
    while len(text) < LENGTH:
        text += chance.choice(sentences) + "，"
    return text


def told_again(text: str, chance: random.Random) -> str:
    """Return a text with some of its clauses left out, some characters changed, in a frame."""
    kept = [clause for place, clause in enumerate(text.split("，")) if place == 0 or chance.random() > 0.3]
    changed = [chance.choice(SIGNS) if chance.random() < 0.05 else sign for sign in "，".join(kept)]
    return chance.choice(FRAMES).format("".join(changed))


def tips(count: int, repeats: float, seed: int = 0) -> Iterator[tuple[Linkable, int]]:
    """Yield tips, each with the number of the matter it tells."""
    chance = random.Random(seed)
    folder = Path(__file__).parent.parent / "corpora"
    corpus = load_corpus([folder], load_taxonomy(folder / "taxonomy.toml"))
    clauses = (clause for tip in corpus.tips for clause in tip.text.replace("\n", "，").split("，"))
    sentences = sorted({clause for clause in clauses if 6 <= len(clause) <= 40})
    told: list[tuple[str, date, str]] = []
    for number in range(count):
        if told and chance.random() < repeats:
            matter = chance.randrange(len(told))
            text, day, area = told[matter]
            text, day = told_again(text, chance), day + timedelta(days=chance.randrange(30))
        else:
            matter, day = len(told), date(2026, 1, 1) + timedelta(days=chance.randrange(365))
            text, area = compose(sentences, chance), f"{chance.randrange(100)}县"
            told.append((text, day, area))
        yield Linkable(str(number), text, day, area), matter


def main() -> None:
    """Compose, link, and print seconds, memory, and how many pairs of repeats were found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tips", type=int, default=100_000)
    parser.add_argument("--repeats", type=float, default=0.2)
    options = parser.parse_args()
    composed, matters = zip(*tips(options.tips, options.repeats), strict=True)
    began, worked = time.monotonic(), time.process_time()
    links = link(composed)
    seconds, worked = time.monotonic() - began, time.process_time() - worked
    groups: dict[str, list[int]] = {}
    for matter, each in zip(matters, links.repeats, strict=True):
        if each:
            groups.setdefault(each.first, []).append(matter)
    given = sum(len(group) * (len(group) - 1) // 2 for group in groups.values())
    right = sum(count * (count - 1) // 2 for group in groups.values() for count in _counts(group))
    planted = sum(count * (count - 1) // 2 for count in _counts(matters))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{options.tips} tips, {sum(len(each.text) for each in composed) / options.tips:.0f} characters a tip")
    print(f"{seconds:.0f} s, {worked:.0f} s of work")
    print(f"peak {memory:.2f} GB; pairs planted {planted}, given {given}, right {right}")
    print(f"series {len(links.series)}")


def _counts(numbers: Sequence[int]) -> list[int]:
    found: dict[int, int] = {}
    for number in numbers:
        found[number] = found.get(number, 0) + 1
    return list(found.values())


if __name__ == "__main__":
    main()
