"""Proposals: the spans a tagger finds by leaning ever further towards its kinds, and how much speaks for each.

A tagger sees a few words on either side of a character. A proposal is weighed once more: by all of its own words, by
its phrase and its sentence, and by what else is proposed in its text.
"""

import functools
import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tipclass import settings
from tipclass.documents import SURROGATES
from tipclass.npz import read_npz
from tipclass.patterns import lazy
from tipclass.points import code_points
from tipclass.tagger import ENDS, Tagger, leaning
from tipclass.traits import BITS, SPREAD, Columns, Span, mixed
from tipclass.vocabulary import vocabulary

Scores = NDArray[np.float32]

ARRAYS = {"weights": "i", "step": "f", "bases": "f"}
LARGEST = 1 << (BITS + 2)  # bytes
LEANINGS = (-1.0, -0.3, 0.3, 0.9, 1.6)  # towards all kinds alike: the more, the less sure is what is found
LIKELY = 2  # the rank up to which a proposal tells something of the others in its text
NONE = 0  # the place of what says nothing
QUESTION = [ord(sign) for sign in "？?"]
PAUSES = [*ENDS, *map(ord, "，,：:")]
BEFORE, AFTER, EARLIER = 13, 11, 19  # pairs of characters before, behind, and of the sentence before the phrase
INSIDE, WORDS = 12, 6  # pairs of characters and words of a proposal that are looked at
BESIDE = 3  # words on either side
NEIGHBOURS = 6  # proposals before and behind one that may share a character with it
ALONE = 9  # stands for the difference in rank to others where there are none
TOGETHER = 100_000  # characters that are looked at at once, about
EDGE = "\n\0\0\0\n"  # stands before, between and behind texts, so that none sees into another
UNSPREAD = pow(SPREAD, -1, 1 << 64)

# Words of who speaks, of what is asked for and of offices: what such a sentence tells is seldom reported.
CUES = (
    lazy("请|希望|建议|要求|最好|能不能|望|恳请|盼|麻烦|是否"),
    lazy("我|俺|咱|本人|来电人|市民|举报人"),
    lazy("局|派出所|公安|民警|执法|部门|法院|检察|政府|社区|领导|单位|所里|热线|12345|支队|大队"),
)


@dataclass(frozen=True)
class Proposals:
    """Spans of some texts, in the order of texts and places: text, start, end, kind, and the rank of the leaning.

    All of shape (proposals,).
    """

    rows: Columns
    starts: Columns
    ends: Columns
    kinds: Columns
    ranks: Columns

    def __iter__(self) -> Iterator[tuple[int, Span]]:
        columns = (each.tolist() for each in (self.rows, self.starts, self.ends, self.kinds))
        return ((row, (start, end, kind)) for row, start, end, kind in zip(*columns, strict=True))


def propose(tagger: Tagger, texts: Sequence[str], known: Sequence[Iterable[Span]], kinds: int) -> Proposals:
    """Return what a tagger of so many kinds finds in folded texts by each leaning, each span with the first."""
    found: dict[tuple[int, int, int, int], int] = {}
    leans = [leaning([more] * kinds) for more in LEANINGS]
    for rank, tagged in enumerate(tagger.tag_leaning(texts, known, leans)):
        for row, spans in enumerate(tagged):
            for start, end, kind in spans:
                found.setdefault((row, start, end, kind), rank)
    columns = np.array([(*span, rank) for span, rank in sorted(found.items())], dtype=np.int64).reshape(-1, 5)
    return Proposals(*columns.T)


def signs(texts: Sequence[str], proposals: Proposals, kinds: int) -> NDArray[np.int32]:
    """Return the places of the signs of each proposal in the table of weights, shape (signs, proposals).

    Where a sign says nothing its place is NONE.
    """
    seen = _Seen(texts, proposals)
    told = [*_own(seen, proposals), *_beside(seen), *_around(seen, proposals), *_others(seen, proposals, kinds)]
    return np.stack([sign.places(proposals.kinds) for sign in told])


@dataclass(frozen=True)
class Weigher:
    """What each sign weighs, in steps, shape (1 << BITS,), what a step weighs, and what each kind does by itself."""

    weights: NDArray[np.int8]
    step: float
    bases: Scores

    def weigh(self, texts: Sequence[str], proposals: Proposals) -> Scores:
        """Return how much speaks for each proposal of some folded texts: log-odds, shape (proposals,)."""
        return np.concatenate([self._weigh(*some) for some in in_groups(texts, proposals)])

    def _weigh(self, texts: Sequence[str], proposals: Proposals) -> Scores:
        places = signs(texts, proposals, len(self.bases))
        steps = self.weights.take(places).sum(axis=0, dtype=np.int32).astype(np.float32)
        found: Scores = steps * np.float32(self.step) + self.bases[proposals.kinds]
        return found


def in_groups(texts: Sequence[str], proposals: Proposals) -> Iterator[tuple[Sequence[str], Proposals]]:
    """Yield some texts and their proposals after the other: looking at all of them at once takes much memory."""
    behind = np.cumsum([len(text) for text in texts]) // TOGETHER
    bounds = [0, *(np.flatnonzero(np.diff(behind)) + 1).tolist(), len(texts)]
    columns = [getattr(proposals, each.name) for each in fields(proposals)]
    for first, last in itertools.pairwise(bounds):
        begin, end = np.searchsorted(proposals.rows, [first, last])
        rows, *others = (each[begin:end] for each in columns)
        yield texts[first:last], Proposals(rows - first, *others)


def chosen(proposals: Proposals, weights: Scores, least: Iterable[float], texts: int) -> list[list[Span]]:
    """Return the spans of each of so many texts that weigh enough for their kind, none over a heavier one."""
    spans, least = list(proposals), tuple(least)
    kept: list[list[Span]] = [[] for _ in range(texts)]
    for at in np.argsort(-weights, kind="stable").tolist():
        row, span = spans[at]
        if weights[at] > least[span[2]] and not any(span[0] < end and start < span[1] for start, end, _ in kept[row]):
            kept[row].append(span)
    return [sorted(each) for each in kept]


@functools.cache
def weigher(name: str) -> Weigher:
    """Return a weigher of corpora/elements."""
    arrays = read_npz((settings.corpora_folder() / "elements" / f"{name}.npz").read_bytes(), ARRAYS, most=LARGEST)
    return Weigher(arrays["weights"].astype(np.int8), float(arrays["step"]), arrays["bases"].astype(np.float32))


# --- what signs are made of ---


@dataclass(frozen=True)
class _Sign:
    """A sign of each proposal: its name, what it says, and where it says anything (None: everywhere)."""

    name: str
    says: Sequence[NDArray[Any]]
    holds: NDArray[np.bool_] | None = None

    def places(self, kinds: Columns) -> NDArray[np.int32]:
        """Return the place of each, apart for each kind."""
        places = mixed(zlib.crc32(self.name.encode()), [kinds, *self.says])
        return places if self.holds is None else np.where(self.holds, places, np.int32(NONE))


class _Seen:
    """Some texts, one after the other, with the words, phrases and sentences that each character is in.

    start, end: where each proposal stands there; whole: a number for its characters, the same wherever they stand.
    """

    def __init__(self, texts: Sequence[str], proposals: Proposals) -> None:
        lengths = np.array([len(each) for each in texts], dtype=np.int64)
        self.starts = len(EDGE) + np.cumsum(lengths + len(EDGE)) - lengths - len(EDGE)
        self.lengths = lengths
        joined = SURROGATES.sub("\ufffd", EDGE.join(["", *texts, ""]))
        codes = code_points(joined)
        cut = vocabulary().cut(joined, codes)
        self.codes = codes.astype(np.int64)
        self.word = np.repeat(np.arange(len(cut.starts)), cut.lengths)
        self.word_starts, self.numbers, self.likes = cut.starts, cut.numbers, cut.likes
        self.sentence, self.sentence_start, self.sentence_end = _stretches(np.isin(codes, ENDS))
        self.phrase, self.phrase_start, self.phrase_end = _stretches(np.isin(codes, PAUSES))
        self.cues = [_counted((match.start() for match in cue.finditer(joined)), len(codes)) for cue in CUES]
        first = self.starts[proposals.rows]
        self.start, self.end = first + proposals.starts, first + proposals.ends
        self.whole = _numbered(codes, self.start, self.end)


def _numbered(codes: NDArray[np.uint32], start: Columns, end: Columns) -> Columns:
    """Return a number for the code points of each span: their sum, each times a power of an odd number."""
    powers = np.cumprod(np.full(len(codes), SPREAD, dtype=np.uint64))
    back = np.cumprod(np.full(len(codes), UNSPREAD, dtype=np.uint64))
    sums = np.concatenate([[np.uint64(0)], np.cumsum(codes * powers, dtype=np.uint64)])
    found: Columns = ((sums[end] - sums[start]) * back[start]).astype(np.int64)
    return found


def _stretches(ends: NDArray[np.bool_]) -> tuple[Columns, Columns, Columns]:
    """Return of each character which stretch it is in, where that begins and where it ends; an end is part of it."""
    places = np.flatnonzero(ends)
    which = np.searchsorted(places, np.arange(len(ends)))
    return which, np.concatenate([[0], places + 1])[which], np.concatenate([places, [len(ends)]])[which]


def _counted(places: Iterable[int], length: int) -> Columns:
    """Return how many of some places come before each character and before the end."""
    each = np.bincount(np.fromiter(places, dtype=np.int64), minlength=length)
    return np.concatenate([[0], np.cumsum(each)])


# --- the signs ---


def _own(seen: _Seen, proposals: Proposals) -> Iterator[_Sign]:
    """Yield what a proposal is itself: its rank, its length, its characters and its words."""
    start, end = seen.start, seen.end
    codes, size, ranks = seen.codes, end - start, proposals.ranks
    yield _Sign("rank", [ranks])
    yield _Sign("size", [np.minimum(size, 20)])
    yield _Sign("rank size", [ranks, np.minimum(size, 8)])
    yield _Sign("whole", [seen.whole])
    yield _Sign("head", [codes[start]])
    yield _Sign("tail", [codes[end - 1]])
    yield _Sign("heads", [codes[start], codes[start + 1]])
    yield _Sign("tails", [codes[end - 2], codes[end - 1]])
    for step in range(INSIDE):
        yield _Sign("pair", _pair(seen, start + step), start + step + 1 < end)
    first, after = _words(seen, start, end)
    for step in range(WORDS):
        yield _Sign("word", [_at(seen.likes, first + step)], first + step < after)
    yield _Sign("first word", [_at(seen.likes, first)])
    yield _Sign("last word", [_at(seen.likes, after - 1)])


def _beside(seen: _Seen) -> Iterator[_Sign]:
    """Yield what stands right before a proposal and right behind it."""
    start, end = seen.start, seen.end
    codes, (first, after) = seen.codes, _words(seen, start, end)
    yield _Sign("edges", [seen.word_starts[seen.word[start]] == start, seen.word_starts[after] == end])
    for step in range(1, BESIDE + 1):
        left, right = first - step, after + step - 1
        yield _Sign(f"left {step}", [_at(seen.numbers, left)])
        yield _Sign(f"left group {step}", [_at(seen.likes, left)])
        yield _Sign(f"right {step}", [_at(seen.numbers, right)])
        yield _Sign(f"right group {step}", [_at(seen.likes, right)])
    yield _Sign("before", [codes[start - 1]])
    yield _Sign("behind", [codes[end]])
    yield _Sign("both", [codes[start - 1], codes[end]])
    yield _Sign("pair before", _pair(seen, start - 2))
    yield _Sign("pair behind", _pair(seen, end))


def _around(seen: _Seen, proposals: Proposals) -> Iterator[_Sign]:
    """Yield what the phrase and the sentence of a proposal say, and where in its text they stand."""
    start, end = seen.start, seen.end
    begins, length = seen.starts[proposals.rows], seen.lengths[proposals.rows]
    phrase, phrase_end, sentence = seen.phrase_start[start], seen.phrase_end[end - 1], seen.sentence_start[start]
    for number, cues in enumerate(seen.cues):
        before = [cues[start] > cues[phrase], cues[start] > cues[sentence]]
        yield _Sign(f"cue {number}", [*before, cues[phrase_end] > cues[end]])
    number = seen.sentence[start] - seen.sentence[begins]
    last = seen.sentence_end[start] >= begins + length - 1
    yield _Sign("sentence", [np.minimum(number, 4), last, np.isin(seen.codes[seen.sentence_end[start]], QUESTION)])
    yield _Sign(
        "sentences", [np.minimum(number, 4), np.minimum(seen.sentence[begins + length] - seen.sentence[begins], 6)]
    )
    yield _Sign("where", [5 * (start - begins) // length, np.minimum(length // 60, 5)])
    yield _Sign("length", [np.minimum(length // 40, 8)])
    for step in range(BEFORE):
        yield _Sign("pairs before", _pair(seen, start - 2 - step), start - 2 - step >= phrase)
    for step in range(AFTER):
        yield _Sign("pairs behind", _pair(seen, end + step), end + step + 1 < phrase_end)
    for step in range(EARLIER):
        yield _Sign("pairs earlier", _pair(seen, phrase - 2 - step), phrase - 2 - step >= sentence)


def _others(seen: _Seen, proposals: Proposals, kinds: int) -> Iterator[_Sign]:
    """Yield what else is proposed in a text: where, of which kind, how surely, and in the same words."""
    likely = proposals.ranks <= LIKELY
    of_kind = np.arange(kinds)[:, None] == proposals.kinds
    near, far, all_over = (
        _elsewhere(each, of_kind & likely)
        for each in (seen.phrase[seen.start], seen.sentence[seen.start], proposals.rows)
    )
    for kind in range(kinds):
        yield _Sign(f"near {kind}", [np.minimum(near[kind], 2), np.minimum(far[kind], 3)])
        yield _Sign(f"in all {kind}", [np.minimum(all_over[kind], 5)])
    earlier = np.cumsum(of_kind & likely, axis=1) - (of_kind & likely)
    opens = np.searchsorted(proposals.rows, proposals.rows)
    here = np.arange(len(opens))
    yield _Sign("earlier", [np.minimum((earlier[proposals.kinds, here] - earlier[proposals.kinds, opens]), 5)])
    yield from _again(seen, proposals)
    yield from _over(proposals)


def _elsewhere(which: Columns, counted: NDArray[np.bool_]) -> Columns:
    """Return how many others of each kind are counted in the stretch each proposal is in, shape (kinds, proposals)."""
    _, group = np.unique(which, return_inverse=True)
    return np.stack([np.bincount(group, each, minlength=1)[group].astype(np.int64) - each for each in counted])


def _again(seen: _Seen, proposals: Proposals) -> Iterator[_Sign]:
    """Yield whether the same words are proposed before and behind, or stood there already."""
    start, keys = seen.start, np.stack([proposals.rows, seen.whole])
    _, first, group = np.unique(keys, axis=1, return_index=True, return_inverse=True)
    group = group.ravel()
    last = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(last, group, start)
    yield _Sign("again", [start[first][group] < start, last[group] > start])


def _over(proposals: Proposals) -> Iterator[_Sign]:
    """Yield what is proposed over the same characters."""
    count, rank = len(proposals.rows), proposals.ranks
    surest = np.full(count, len(LEANINGS))
    like = np.zeros((4, count), dtype=bool)
    for step in (*range(-NEIGHBOURS, 0), *range(1, NEIGHBOURS + 1)):
        other = np.clip(np.arange(count) + step, 0, max(0, count - 1))
        over = (proposals.rows[other] == proposals.rows) & (other - np.arange(count) == step)
        over &= (proposals.starts[other] < proposals.ends) & (proposals.starts < proposals.ends[other])
        surest = np.where(over, np.minimum(surest, rank[other]), surest)
        same = proposals.kinds[other] == proposals.kinds
        sides = [proposals.starts[other] == proposals.starts, proposals.ends[other] == proposals.ends]
        longer = proposals.ends[other] - proposals.starts[other] > proposals.ends - proposals.starts
        like |= np.stack([np.ones(count, dtype=bool), *sides, longer]) & (over & same & (rank[other] <= rank))
        yield _Sign("other", [proposals.kinds[other], np.clip(rank[other] - rank, -3, 3)], over & ~same)
    yield _Sign("surest", [np.where(surest < len(LEANINGS), np.clip(surest - rank, -3, 3), ALONE), rank])
    yield _Sign("like", list(like))


def _words(seen: _Seen, start: Columns, end: Columns) -> tuple[Columns, Columns]:
    """Return the number of the first word of each span and of the first behind it."""
    word = seen.word[start]
    return word + (seen.word_starts[word] != start), seen.word[end - 1] + 1


def _pair(seen: _Seen, at: Columns) -> list[Columns]:
    return [_at(seen.codes, at), _at(seen.codes, at + 1)]


def _at(values: Columns, places: Columns) -> Columns:
    """Return the value at each place; beyond the ends the last one, which tells nothing."""
    return values[np.clip(places, 0, len(values) - 1)]
