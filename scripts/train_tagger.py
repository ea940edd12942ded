"""Learn the weights by which times, places, parties and acts are told, from marked texts.

    python scripts/train_tagger.py [--write]

A tagger learns with CRFsuite (Okazaki, 2007; `pip install python-crfsuite`) from the texts of corpora/elements.jsonl,
but those of the authors held out, and from the tips of corpora/elements-tips.jsonl. What speaks for its proposals is
learnt from those that taggers of one half of these texts make of the other half. Prints precision and recall of each
kind for several least weights: out of fold, and of what was held out. Takes about half an hour of two processors.
"""

import argparse
import itertools
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import measure_elements
import numpy as np
import pycrfsuite
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tipclass.elements import KINDS, TAGGER, WEIGHER, known_spans
from tipclass.folding import fold
from tipclass.proposals import NONE, Proposals, Weigher, chosen, propose, signs
from tipclass.tagger import Tagger, build, labels, sentences
from tipclass.traits import BITS, Columns, Span, traits

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
COMPOSED, TIPS, HELD_TIPS = (CORPORA / f"{name}.jsonl" for name in ("elements", "elements-tips", "elements-tips-held"))
HELD_OUT = ("e3", "e4")  # authors that are never learnt from
HALVES = 2
LEAST = (-0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)  # weights of proposals
SENTENCE = re.compile("[^。；！？!?;\n]+")
STEPS = 127  # of a stored weight
SETTINGS = {"c1": 0.1, "c2": 0.15, "max_iterations": 80}
STRENGTH = 0.1  # inverse of the regularisation of what weighs proposals
RAREST = 2  # a sign that fewer proposals bear is not weighed
COUNTS = (8.0, 1.0)  # how much a proposal of a composed text counts, and one of a tip, whose marks are less sure
AT_ONCE = 300  # texts that are looked at together

Example = tuple[NDArray[np.int32], Columns, NDArray[np.bool_], NDArray[np.float64]]


@dataclass(frozen=True)
class Marked:
    """A folded text, the spans that rules find in it, and those that are marked."""

    id: str
    text: str
    known: list[Span]
    marks: list[Span]

    @property
    def author(self) -> str:
        """The author of a composed text: what its id begins with."""
        return self.id.partition("-")[0]

    @property
    def half(self) -> int:
        """Which half of the texts it belongs to; all of an author, and of a register of his, to one."""
        return zlib.crc32(self.id.rpartition("-")[0].encode()) % HALVES

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
    parser.add_argument("--write", action="store_true", help=f"write {TAGGER}.npz and {WEIGHER}.npz")
    arguments = parser.parse_args()
    composed, tips, held_tips = (read(path) for path in (COMPOSED, TIPS, HELD_TIPS))
    held = [one for one in composed if one.author in HELD_OUT]
    composed = [one for one in composed if one.author not in HELD_OUT]
    texts = composed, tips
    split = [[_split(each, half) for each in texts] for half in range(HALVES)]
    taught = [texts, *([others for _, others in each] for each in split)]
    with ProcessPoolExecutor() as pool:
        model, *apart = pool.map(learn_all, *zip(*taught, strict=True))
    proposed = [
        [Proposed(own, tagger, count) for (own, _), count in zip(each, COUNTS, strict=True)]
        for each, tagger in zip(split, apart, strict=True)
    ]
    for half, (of_composed, of_tips) in enumerate(proposed):
        weigher = weigh([each for other, both in enumerate(proposed) if other != half for each in both])
        report(f"half {half + 1}, composed", of_composed, weigher)
        report(f"half {half + 1}, tips", of_tips, weigher)
    weigher = weigh([each for both in proposed for each in both])
    report("held-out authors", Proposed(held, model), weigher)
    report("held-out tips", Proposed(held_tips, model), weigher)
    if arguments.write:
        write(CORPORA / "elements" / f"{TAGGER}.npz", model)
        np.savez_compressed(CORPORA / "elements" / f"{WEIGHER}.npz", **asdict(weigher))


def _split(texts: Sequence[Marked], half: int) -> tuple[list[Marked], list[Marked]]:
    """Return the texts of a half and the others."""
    return [one for one in texts if one.half == half], [one for one in texts if one.half != half]


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


def learn_all(composed: Sequence[Marked], tips: Sequence[Marked]) -> Tagger:
    """Return a tagger that learnt from composed texts, whole and sentence by sentence, and from tips."""
    return learn([*composed, *sentences_of(composed), *tips])


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
    """Return what CRFsuite learnt as a tagger."""
    places = sorted({int(place) for place, _ in learnt.state_features})
    row_of = {place: row for row, place in enumerate(places)}
    weights = np.zeros((len(places), size))
    for (place, label), weight in learnt.state_features.items():
        weights[row_of[int(place)], int(label)] = weight
    moves = np.zeros((size, size), dtype=np.float32)
    for (one, other), weight in learnt.transitions.items():
        moves[int(one), int(other)] = weight
    steps, step = _in_steps(weights)
    kept = steps.any(axis=1)
    return build(np.array(places, dtype=np.uint32)[kept], steps[kept], step, moves)


def _in_steps(weights: NDArray[np.float64]) -> tuple[NDArray[np.int8], float]:
    """Round each weight to one part in 127 of the greatest; return how many steps it is, and what a step weighs."""
    step = float(np.abs(weights).max()) / STEPS
    return np.rint(weights / step).astype(np.int8), step


def write(path: Path, model: Tagger) -> None:
    """Write the weights of a tagger."""
    places = np.flatnonzero(model.rows)
    weights = model.weights[model.rows[places], : len(model.moves)]
    np.savez_compressed(path, places=places.astype(np.uint32), weights=weights, step=model.step, moves=model.moves)


class Proposed:
    """Marked texts, what a tagger proposes of them, which of that is right, and how much each text counts."""

    def __init__(self, texts: Sequence[Marked], model: Tagger, counts: float = 1.0) -> None:
        """Let the tagger propose."""
        self.texts, self.counts = texts, counts
        self.groups: list[tuple[Sequence[Marked], Proposals]] = []
        for start in range(0, len(texts), AT_ONCE):
            some = texts[start : start + AT_ONCE]
            known = [one.known for one in some]
            self.groups.append((some, propose(model, [one.text for one in some], known, len(KINDS))))

    def examples(self) -> Iterator[Example]:
        """Yield the signs of proposals, their kinds, whether they are right, and how much they count."""
        for some, proposals in self.groups:
            right = [_is_right(some[row], span) for row, span in proposals]
            places = signs([one.text for one in some], proposals, len(KINDS))
            yield places, proposals.kinds, np.array(right, dtype=bool), np.full(len(right), self.counts)

    def found(self, weigher: Weigher, least: float) -> Iterator[list[Span]]:
        """Yield the spans of each text that weigh enough."""
        for some, proposals in self.groups:
            weights = weigher.weigh([one.text for one in some], proposals)
            yield from chosen(proposals, weights, [least] * len(KINDS), len(some))


def _is_right(one: Marked, span: Span) -> bool:
    return any(mark[2] == span[2] and measure_elements.alike(*span[:2], *mark[:2]) for mark in one.marks)


def weigh(proposed: Iterable[Proposed]) -> Weigher:
    """Return what the signs of proposals weigh, by logistic regression, kind by kind."""
    examples = [example for each in proposed for example in each.examples()]
    places, kinds, right, counts = (np.concatenate(column, axis=-1) for column in zip(*examples, strict=True))
    size, number = places.shape
    columns, ends = places.T.ravel(), np.arange(0, number * size + 1, size)
    table = csr_matrix(((columns != NONE).astype(np.float32), columns, ends), shape=(number, 1 << BITS))
    borne = np.bincount(columns, minlength=1 << BITS)
    borne[NONE] = 0
    kept = np.flatnonzero(borne >= RAREST)
    table = table[:, kept]
    weights, bases = np.zeros(1 << BITS), []
    for kind in range(len(KINDS)):
        of_kind = kinds == kind
        if right[of_kind].all() or not right[of_kind].any():  # nothing tells the right ones from the others
            bases.append(0.0)
            continue
        model = LogisticRegression(C=STRENGTH, max_iter=1000, solver="liblinear")
        model.fit(table[of_kind], right[of_kind], sample_weight=counts[of_kind])
        weights[kept] += model.coef_[0]  # signs of other kinds are never borne
        bases.append(float(model.intercept_[0]))
    return Weigher(*_in_steps(weights), np.array(bases, dtype=np.float32))


def report(name: str, proposed: Proposed, weigher: Weigher) -> None:
    """Print precision and recall of each kind for several least weights."""
    print(f"{name}, {len(proposed.texts)} texts: least weight, precision / recall of each kind")
    for least in LEAST:
        found = list(proposed.found(weigher, least))
        counts = (_count(proposed.texts, found, number) for number in range(len(KINDS)))
        told = "  ".join(f"{kind} {_shares(*count)}" for kind, count in zip(KINDS, counts, strict=True))
        print(f"  {least:5.2f}  {told}", flush=True)


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
    return f"{both / max(told, 1):.3f} / {both / max(marked, 1):.3f}"


if __name__ == "__main__":
    main()
