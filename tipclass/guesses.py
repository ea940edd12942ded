"""Guesses: what a tagger takes for the home or the post of the informant, and how sure it is of each."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from tipclass.elements import known_spans
from tipclass.tagger import Tagger, leaning, tagger
from tipclass.traces import TraceKind

TABLE = "informant"
# What the tagger tells apart, in the order of its labels: kinds of marks and, but for posts, whose they are.
KINDS = ("our name", "their name", "our address", "our work", "our contact", "their contact")
GUESSED = {TraceKind.ADDRESS: KINDS.index("our address"), TraceKind.WORK: KINDS.index("our work")}
LEANINGS = (0.0, 0.5, 1.0, 1.5)  # towards what is the informant's: the more, the less sure is what is found
_LEANS = tuple(leaning(more * kind.startswith("our") for kind in KINDS) for more in LEANINGS)
SHORTEST = 2  # characters of a guess

Span = tuple[int, int]


class Guess(NamedTuple):
    """A stretch taken for an address or a post of the informant, with the rank of the leaning it takes to find it."""

    kind: TraceKind
    start: int
    end: int
    rank: int


def guesses(texts: Sequence[str], model: Tagger | None = None) -> list[list[Guess]]:
    """Return the guesses in each of several folded texts, by the shipped tagger or another.

    What is found by several leanings has the rank of the first.
    """
    found: list[dict[tuple[TraceKind, int, int], int]] = [{} for _ in texts]
    known, model = [known_spans(text) for text in texts], model or tagger(TABLE)
    for rank, tagged in enumerate(model.tag_leaning(texts, known, _LEANS)):
        for row, spans in enumerate(tagged):
            for start, end, number in spans:
                if number in _KIND_OF:
                    found[row].setdefault((_KIND_OF[number], start, end), rank)
    return [[Guess(*span, rank) for span, rank in each.items()] for each in found]


def guessed_spans(guessed: Sequence[Guess], kind: TraceKind, known: Collection[Span]) -> Iterator[Span]:
    """Yield the stretches guessed to be of a kind that are not known already, of each place the surest."""
    for each in guessed:
        span = each.start, each.end
        if each.kind is kind and span not in known and each.end - each.start >= SHORTEST and _is_surest(each, guessed):
            yield span


def _is_surest(guess: Guess, guessed: Sequence[Guess]) -> bool:
    """Tell whether no surer guess of its kind shares a character with one."""
    surer = (each for each in guessed if each.kind is guess.kind and each.rank < guess.rank)
    return not any(each.start < guess.end and guess.start < each.end for each in surer)


def rank(guessed: Sequence[Guess], kind: TraceKind, start: int, end: int) -> int | None:
    """Return the rank of the surest guess of a kind that shares a character with a stretch."""
    ranks = (each.rank for each in guessed if each.kind is kind and each.start < end and start < each.end)
    return min(ranks, default=None)


_KIND_OF = {number: kind for kind, number in GUESSED.items()}
