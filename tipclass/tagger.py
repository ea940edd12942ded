"""A tagger: finds the spans of several kinds in texts, by weights of what stands at each character and around it.

It is a conditional random field of the first order over the characters of a sentence (Lafferty, McCallum and Pereira,
2001), whose weights `scripts/train_tagger.py` learns from marked texts; here the likeliest path is looked for.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tipclass import settings
from tipclass.npz import read_npz
from tipclass.traits import BITS, Span, Traits, traits

Columns = NDArray[np.int64]
Scores = NDArray[np.float32]

ARRAYS = {"places": "u", "weights": "i", "step": "f", "moves": "f"}
LARGEST = 64_000_000  # bytes
ENDS = [ord(sign) for sign in "。；！？!?;\n"]  # of sentences, which no span reaches over
NEVER = np.float32(-1e4)
TOGETHER = 20_000  # characters that are looked at at once, at most
LANES = 16  # of a row of weights, which holds one for each label


def labels(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of a character: of none, the first of each kind, a later one of each kind.

    >>> labels(["act", "place"])
    ('O', 'B-act', 'I-act', 'B-place', 'I-place')
    """
    return ("O", *(f"{part}-{kind}" for kind in kinds for part in "BI"))


def leaning(towards: Iterable[float]) -> Scores:
    """Return what is added to the score of each label for leaning so much towards each kind, shape (labels,).

    >>> leaning([0.5, -1.0]).tolist()
    [0.0, 0.5, 0.5, -1.0, -1.0]
    """
    return np.array([0.0, *(more for more in towards for _ in "BI")], dtype=np.float32)


@dataclass(frozen=True)
class Tagger:
    """The weights of each trait that has some, in steps: shape (traits + 1, LANES), the first row for all others.

    rows: the row of each place, shape (1 << BITS,); step: what a step weighs; moves: what each pair of neighbouring
    labels adds, shape (labels, labels).
    """

    rows: NDArray[np.int32]
    weights: NDArray[np.int8]
    step: float
    moves: Scores

    def tag(
        self, texts: Sequence[str], known: Sequence[Iterable[Span]], lean: Scores | None = None
    ) -> list[list[Span]]:
        """Return the spans of each of several folded texts, in order, each with the number of its kind.

        `known` are the spans that rules have found; `lean` is added to the score of each label, shape (labels,).
        """
        none = np.zeros(len(self.moves), dtype=np.float32)
        return self.tag_leaning(texts, known, [none if lean is None else lean])[0]

    def tag_leaning(
        self, texts: Sequence[str], known: Sequence[Iterable[Span]], leans: Sequence[Scores]
    ) -> list[list[list[Span]]]:
        """Return for each leaning what `tag` returns by it; the texts are looked at once."""
        pieces = [piece for row, text in enumerate(texts) for piece in _pieces(row, text, known[row])]
        found: list[list[list[Span]]] = [[[] for _ in texts] for _ in leans]
        for group in _groups(pieces):
            seen = traits([piece.text for piece in group], [piece.known for piece in group])
            for by_lean, path in zip(found, self._paths(seen, leans), strict=True):
                for at, start, end, kind in _spans(path, seen.starts, [len(piece.text) for piece in group]):
                    piece = group[at]
                    by_lean[piece.row].append((piece.start + start, piece.start + end, kind))
        return found

    def _paths(self, seen: Traits, leans: Sequence[Scores]) -> Iterator[Columns]:
        """Yield for each leaning the label of each character; all leanings go forward together."""
        scores, begins = self.score(seen), sentences(seen)
        shifts = np.arange(len(leans))[:, None] * len(scores)
        path = self.path(np.concatenate([scores + lean for lean in leans]), (shifts + begins).ravel())
        yield from np.split(path, len(leans))

    def score(self, seen: Traits) -> Scores:
        """Return what speaks for each label at each character, shape (characters, labels)."""
        steps = np.zeros((seen.places.shape[1], LANES), dtype=np.int16)
        packed = self.weights.view(np.uint64)  # two numbers a row are fetched three times as fast as so many labels
        for row in self.rows.take(seen.places):
            steps += packed.take(row, axis=0).view(np.int8)
        return steps[:, : len(self.moves)] * np.float32(self.step)

    def path(self, scores: Scores, begins: Columns) -> Columns:
        """Return the likeliest labels of characters in sentences that begin at some places (Viterbi, 1967).

        All sentences go forward together, the longest first, so that those still going are the first rows.
        """
        lengths = np.diff(np.concatenate([begins, [len(scores)]]))
        order = np.argsort(-lengths, kind="stable")
        begins, lengths = begins[order], lengths[order]
        moves, scores = _lawful(self.moves), np.ascontiguousarray(scores.T)  # labels first: sentences lie side by side
        every, best = np.empty_like(scores), np.repeat(_opening(len(moves))[:, None], len(begins), axis=1)
        for step in range(int(lengths.max(initial=0))):
            going = int(np.searchsorted(-lengths, -step, side="left"))
            at = begins[:going] + step
            come = (best[:, None, :going] + moves[:, :, None]).max(axis=0) if step else best
            best = every[:, at] = come + scores[:, at]
        return _backwards(every, moves, begins, lengths)


class _Piece(NamedTuple):
    """A piece of a text: of which, where it begins there, and what rules have found in it."""

    row: int
    start: int
    text: str
    known: list[Span]


def _pieces(row: int, text: str, known: Iterable[Span]) -> Iterator[_Piece]:
    """Yield a text whole, or a long one in pieces that end with a sentence where they can: traits take much memory."""
    if len(text) <= TOGETHER:
        yield _Piece(row, 0, text, list(known))
        return
    spans, start = sorted(known), 0
    while start < len(text):
        end = _cut(text, start)
        inside = [(a - start, b - start, it) for a, b, it in spans if start <= a and b <= end]
        yield _Piece(row, start, text[start:end], inside)
        start = end


def _cut(text: str, start: int) -> int:
    """Return where the piece of a text that begins at a place ends."""
    end = start + TOGETHER
    ends = [text.rfind(sign, start, end) + 1 for sign in "。\n"] if end < len(text) else []
    return max(ends, default=0) or end


def _groups(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Put pieces together until they are as long as the longest piece may be."""
    group: list[_Piece] = []
    size = 0
    for piece in pieces:
        size += len(piece.text)
        if group and size > TOGETHER:
            yield group
            group, size = [], len(piece.text)
        group.append(piece)
    if group:
        yield group


def _opening(size: int) -> Scores:
    """Return what the first label of a sentence adds: it is no later character of anything."""
    opening = np.zeros(size, dtype=np.float32)
    opening[2::2] = NEVER
    return opening


def _lawful(moves: Scores) -> Scores:
    """Return the moves without those to a later character of what has not begun."""
    lawful = moves.copy()
    for later in range(2, len(moves), 2):
        lawful[np.setdiff1d(np.arange(len(moves)), [later - 1, later]), later] = NEVER
    return lawful


def _backwards(every: Scores, moves: Scores, begins: Columns, lengths: Columns) -> Columns:
    """Follow the best paths from the last characters to the first; `every`: how good the best one to each label is."""
    path = np.zeros(every.shape[1], dtype=np.int64)
    label = every[:, begins + lengths - 1].argmax(axis=0)
    for step in range(int(lengths.max(initial=0)) - 1, -1, -1):
        going = int(np.searchsorted(-lengths, -step, side="left"))
        at = begins[:going] + step
        path[at] = label[:going]
        if step:
            label[:going] = (every[:, at - 1] + moves[:, label[:going]]).argmax(axis=0)
    return path


def sentences(seen: Traits) -> Columns:
    """Return where sentences begin, those of all texts together; what stands between texts is one as well."""
    behind = np.flatnonzero(np.isin(seen.codes, ENDS)) + 1
    return np.unique(np.concatenate([np.array(seen.starts, dtype=np.int64), behind]))


def _spans(path: Columns, starts: Sequence[int], lengths: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the spans on a path through texts that begin at some places: of which text, start and end in it, kind."""
    first = np.flatnonzero(path & 1)
    outside = np.append(np.flatnonzero((path == 0) | (path & 1 == 1)), len(path))
    end = outside[np.searchsorted(outside, first, side="right")]
    at = np.searchsorted(starts, first, side="right") - 1
    begins, sizes = np.array(starts, dtype=np.int64)[at], np.array(lengths, dtype=np.int64)[at]
    columns = np.stack([at, first - begins, np.minimum(end - begins, sizes), (path[first] - 1) // 2])
    yield from map(tuple, columns[:, first - begins < sizes].T.tolist())  # what begins between texts is none


def build(places: NDArray[np.uint32], weights: NDArray[np.int8], step: float, moves: Scores) -> Tagger:
    """Return a tagger whose traits at some places have weights, shape (traits, labels), in steps."""
    rows = np.zeros(1 << BITS, dtype=np.int32)
    rows[places] = np.arange(1, len(places) + 1)
    lanes = np.zeros((len(places) + 1, LANES), dtype=np.int8)
    lanes[1:, : weights.shape[1]] = weights
    return Tagger(rows, lanes, step, moves.astype(np.float32))


def read(path: Path) -> Tagger:
    """Read a tagger from a file of arrays."""
    arrays = read_npz(path.read_bytes(), ARRAYS, most=LARGEST)
    return build(arrays["places"], arrays["weights"], float(arrays["step"]), arrays["moves"])


@functools.cache
def tagger(name: str) -> Tagger:
    """Return a tagger of corpora/elements."""
    return read(settings.corpora_folder() / "elements" / f"{name}.npz")
