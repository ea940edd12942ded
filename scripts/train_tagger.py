"""Learn the weights by which times, places, parties and acts are told, from marked texts.

    python scripts/train_tagger.py [--folds 5] [--write]

Learns with CRFsuite (Okazaki, 2007; `pip install python-crfsuite`) from the texts of corpora/elements.jsonl, but those
of the authors held out, and from the tips of corpora/elements-tips.jsonl. Prints precision, recall and their harmonic
mean by kind, for several leanings towards finding more: out of fold if asked, and of what was held out.
"""

import argparse
import itertools
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import measure_elements
import numpy as np
import pycrfsuite

from tipclass.elements import KINDS, known_spans
from tipclass.folding import fold
from tipclass.tagger import Tagger, build, labels, leaning, sentences
from tipclass.traits import Span, traits

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
OUTPUT = CORPORA / "elements" / "elements.npz"
COMPOSED, TIPS, HELD_TIPS = (CORPORA / f"{name}.jsonl" for name in ("elements", "elements-tips", "elements-tips-held"))
HELD_OUT = ("e3", "e4")  # authors that are never learnt from
LEANINGS = (0.0, 0.25, 0.5, 0.75, 1.0)
SENTENCE = re.compile("[^。；！？!?;\n]+")
STEPS = 127  # of a stored weight
SETTINGS = {"c1": 0.1, "c2": 0.15, "max_iterations": 80}


@dataclass(frozen=True)
class Marked:
    """A folded text, the spans that rules find in it, and those that are marked."""

    id: str
    text: str
    known: list[Span]
    marks: list[Span]

    def path(self) -> list[str]:
        """Return the number of the label of each character."""
        path = np.zeros(len(self.text), dtype=np.int64)
        for start, end, kind in self.marks:
            path[start:end] = 2 * kind + 2
            path[start] = 2 * kind + 1
        return list(map(str, path.tolist()))


def main() -> None:
    """Print what is found, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=0, help="measure by cross-validation in so many folds first")
    parser.add_argument("--write", action="store_true", help=f"write {OUTPUT.name}")
    arguments = parser.parse_args()
    composed, tips, held_tips = (read(path) for path in (COMPOSED, TIPS, HELD_TIPS))
    held = [one for one in composed if one.id.startswith(HELD_OUT)]
    composed = [one for one in composed if not one.id.startswith(HELD_OUT)]
    for fold_number in range(arguments.folds):
        test, train = composed[fold_number :: arguments.folds], composed.copy()
        del train[fold_number :: arguments.folds]
        _report(f"fold {fold_number + 1}", learn([*train, *sentences_of(train), *tips]), test)
    model = learn([*composed, *sentences_of(composed), *tips])
    _report("held-out authors", model, held)
    _report("held-out tips", model, held_tips)
    if arguments.write:
        write(OUTPUT, model)


def read(path: Path) -> list[Marked]:
    """Read marked texts."""
    return [_marked(row["id"], fold(row["text"]), row["elements"]) for row in measure_elements.read(path)]


def _marked(name: str, text: str, marks: Iterable[dict[str, Any]]) -> Marked:
    spans = [(mark["start"], mark["end"], KINDS.index(mark["kind"])) for mark in marks if mark["kind"] in KINDS]
    return Marked(name, text, known_spans(text), spans)


def sentences_of(texts: Iterable[Marked]) -> Iterator[Marked]:
    """Yield each sentence of some texts as a text of its own: tips may be as short."""
    for one in texts:
        for match in SENTENCE.finditer(one.text):
            start, end = match.span()
            known, marks = (
                [(a - start, b - start, it) for a, b, it in spans if start <= a and b <= end]
                for spans in (one.known, one.marks)
            )
            yield Marked(one.id, match[0], known, marks)


def learn(texts: Iterable[Marked], kinds: Sequence[str] = KINDS, **settings: Any) -> Tagger:
    """Return a tagger of some kinds with the weights that CRFsuite learns from marked texts, sentence by sentence."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=SETTINGS | settings, verbose=False)
    for one in texts:
        path, seen = one.path(), traits([one.text], [one.known])
        bounds = [begin for begin in sentences(seen).tolist() if begin < len(path)]
        for begin, end in itertools.pairwise([*bounds, len(path)]):
            trainer.append([list(map(str, places)) for places in seen.places.T[begin:end].tolist()], path[begin:end])
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/model")
        opened = pycrfsuite.Tagger()
        opened.open(f"{folder}/model")
        return _tagger(opened.info(), len(labels(kinds)))


def _tagger(learnt: Any, size: int) -> Tagger:
    """Round each weight to one part in 127 of the greatest."""
    places = sorted({int(place) for place, _ in learnt.state_features})
    row_of = {place: row for row, place in enumerate(places)}
    weights = np.zeros((len(places), size))
    for (place, label), weight in learnt.state_features.items():
        weights[row_of[int(place)], int(label)] = weight
    moves = np.zeros((size, size), dtype=np.float32)
    for (one, other), weight in learnt.transitions.items():
        moves[int(one), int(other)] = weight
    step = float(np.abs(weights).max()) / STEPS
    steps = np.rint(weights / step).astype(np.int8)
    kept = steps.any(axis=1)
    return build(np.array(places, dtype=np.uint32)[kept], steps[kept], step, moves)


def write(path: Path, model: Tagger) -> None:
    """Write the weights of a tagger."""
    places = np.flatnonzero(model.rows)
    weights = model.weights[model.rows[places], : len(model.moves)]
    np.savez_compressed(path, places=places.astype(np.uint32), weights=weights, step=model.step, moves=model.moves)


def _report(name: str, model: Tagger, texts: Sequence[Marked]) -> None:
    print(f"{name}, {len(texts)} texts: leaning, precision / recall / F of each kind")
    for more in LEANINGS:
        found = model.tag([one.text for one in texts], [one.known for one in texts], leaning([more] * len(KINDS)))
        counts = (_count(texts, found, number) for number in range(len(KINDS)))
        told = "  ".join(f"{kind} {_shares(*count)}" for kind, count in zip(KINDS, counts, strict=True))
        print(f"  {more:.2f}  {told}", flush=True)


def _count(texts: Sequence[Marked], found: Sequence[Sequence[Span]], number: int) -> tuple[int, int, int]:
    """Return how many spans of a kind are marked, found, and both; none counts twice."""
    marked = told = both = 0
    for one, spans in zip(texts, found, strict=True):
        free = [mark for mark in one.marks if mark[2] == number]
        marked += len(free)
        for span in (each for each in spans if each[2] == number):
            told += 1
            same = next((mark for mark in free if measure_elements.alike(*span[:2], *mark[:2])), None)
            if same:
                free.remove(same)
                both += 1
    return marked, told, both


def _shares(marked: int, told: int, both: int) -> str:
    return f"{both / max(told, 1):.3f} / {both / max(marked, 1):.3f} / {2 * both / max(told + marked, 1):.3f}"


if __name__ == "__main__":
    main()
