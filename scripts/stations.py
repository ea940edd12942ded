"""What each station of the line costs a tip, in microseconds of one processor.

    python scripts/stations.py [--tips 1000]

The tips are composed from sentences of the corpora as `composed.py` does it; each station is the least of three runs.
"""

import argparse
import io
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import composed

from tipclass.decide import decide
from tipclass.disguise import mask_each
from tipclass.elements import extract_all
from tipclass.explain import evidence
from tipclass.grade import Facts, grade
from tipclass.link import link_tips
from tipclass.nature import natures
from tipclass.office import load_office
from tipclass.records import Tip
from tipclass.result_book import write_xlsx
from tipclass.result_columns import Batch
from tipclass.result_csv import write_csv
from tipclass.result_json import write_json_lines
from tipclass.routing import departments
from tipclass.store import open_model
from tipclass.transfer import transfer_hints
from tipclass.triage import judge, pairs_of, triage

RUNS = 3
DAY = date(2026, 11, 1)

Station = tuple[str, Callable[[], object]]


def stations(texts: list[str], folder: Path) -> Iterator[Station]:
    """Yield each station with what it does to all texts."""
    model, office = open_model(), load_office(DAY)
    tips = [Tip(str(number), text) for number, text in enumerate(texts)]
    taxonomy, scorer = model.taxonomy, model.scorer
    judged = judge(texts, model)
    decisions = [decide(each, model.policy, taxonomy) for each in judged.judgements]
    pairs, codes = pairs_of(decisions, taxonomy), [[each.code for each in decision.labels] for decision in decisions]
    found = extract_all(texts, [DAY] * len(texts))
    batch = Batch(triage(tips, model, office=office), taxonomy, model.id)
    yield "clean and cut into words", lambda: scorer.segmenter.cuts(texts)
    yield "score, with what stands above", lambda: judge(texts, model)
    yield "decide", lambda: [decide(each, model.policy, taxonomy) for each in judged.judgements]
    yield "words for and against", lambda: evidence(scorer, texts, judged.cuts, judged.features, pairs)
    yield "nearest texts", lambda: model.neighbours.nearest(scorer.telling_words(judged.features))
    yield "elements", lambda: extract_all(texts, [DAY] * len(texts))
    yield "nature", lambda: [natures(text, office.cues, offence=True) for text in texts]
    yield (
        "departments and basis",
        lambda: [
            departments(office.routing, mine, text, DAY, office.answers)
            for mine, text in zip(codes, texts, strict=True)
        ],
    )
    yield (
        "transfer hints",
        lambda: [
            transfer_hints(office.routing, mine, text, (), day=DAY) for mine, text in zip(codes, texts, strict=True)
        ],
    )
    yield (
        "grade",
        lambda: [grade(Facts(text, True, each), office.grading) for text, each in zip(texts, found, strict=True)],
    )
    yield "repeats and series", lambda: link_tips(tips)
    yield "mask", lambda: mask_each(texts)
    yield "write csv", lambda: write_csv(folder / "out.csv", batch)
    yield "write JSON Lines", lambda: write_json_lines(io.StringIO(), batch)
    yield "write xlsx", lambda: write_xlsx(folder / "out.xlsx", batch)


def cost(work: Callable[[], object], tips: int) -> float:
    """Return microseconds of processor time a tip."""
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent) / tips * 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tips", type=int, default=1000)
    count = parser.parse_args().tips
    texts = list(composed.tips(count))
    print(f"{count} tips of {sum(map(len, texts)) / count:.0f} characters\n")
    print("| station | microseconds a tip |\n|---|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, work in stations(texts, Path(folder)):
            print(f"| {name} | {cost(work, count):.0f} |", flush=True)


if __name__ == "__main__":
    main()
