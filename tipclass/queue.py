"""The queue: which unlabelled tips a person should label next."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tipclass.decide import decide
from tipclass.model import Model
from tipclass.neighbours import heaviest
from tipclass.records import Entry, Tip
from tipclass.rows import Rows, below
from tipclass.triage import CHUNK, judge, triage

Matrix = NDArray[np.float64]

CATEGORIES = 5  # that a queue has room for at least
NEAR = 0.5  # likeness to a text that is labelled or chosen already, from which on another one is worth less


@dataclass(frozen=True)
class Queue:
    """Tips to label next, the most telling first, as the model sees them.

    `most` is how many one predicted category may have, `unreadable` how many tips the model could make nothing of.
    """

    entries: tuple[Entry, ...]
    most: int
    unreadable: int


def queue(tips: Sequence[Tip], model: Model, *, count: int, done: Callable[[int], None] = lambda count: None) -> Queue:
    """Choose at most `count` tips by doubt and variety, with a quota a category; `done` hears of scored tips."""
    parts = []
    for start in range(0, len(tips), CHUNK):
        rows = range(start, min(start + CHUNK, len(tips)))
        parts.append(_look(rows, tips, model))
        done(len(rows))
    readable = [row for part in parts for row in part.rows]
    if not readable:
        return Queue((), 0, len(tips))
    sure, likeness = (np.concatenate([getattr(part, name) for part in parts]) for name in ("sure", "likeness"))
    chosen = choose(sure, below([part.words for part in parts]), likeness, count)
    entries = triage([tips[readable[place]] for place in chosen], model)
    return Queue(tuple(entries), quota(count, sure.shape[1]), len(tips) - len(readable))


@dataclass(frozen=True)
class _Look:
    """What the model says of some readable tips, by their rows; shapes as `choose` wants them."""

    rows: list[int]
    sure: Matrix
    words: Rows
    likeness: Matrix


def _look(rows: Sequence[int], tips: Sequence[Tip], model: Model) -> _Look:
    judged = judge([tips[row].text for row in rows], model)
    decisions = [decide(each, model.policy, model.taxonomy) for each in judged.judgements]
    kept = [place for place, decision in enumerate(decisions) if decision.readable]
    words = model.scorer.telling_words(judged.features.take(kept))
    sure = np.array([judged.judgements[place].certainties for place in kept])
    likeness = [near[0].likeness if near else 0.0 for near in model.neighbours.nearest(words)]
    sure = sure.reshape(-1, len(model.taxonomy.codes))
    return _Look([rows[place] for place in kept], sure, heaviest(words), np.array(likeness, dtype=np.float64))


def choose(certainties: Matrix, words: Rows, likeness: Matrix, count: int, *, near: float = NEAR) -> list[int]:
    """Return the rows of at most `count` tips, in the order of choice; ties go to the earlier row.

    Each time the tip that is worth most: its doubt times its novelty, among the categories that still have room.
    Shapes: certainties (tips, categories), words (tips, words) with rows of length 1, likeness (tips,), in [0, 1], to
    the nearest labelled text.
    """
    worth, predicted = doubt(certainties), certainties.argmax(axis=1)
    room = np.full(certainties.shape[1], quota(count, certainties.shape[1]))
    likeness, chosen = likeness.copy(), []
    for _ in range(count):
        values = worth * novelty(likeness, near) * (room[predicted] > 0)
        best = int(values.argmax())
        if values[best] <= 0:
            break
        chosen.append(best)
        room[predicted[best]] -= 1
        likeness = np.maximum(likeness, words.dot(_spread(words.take([best]))))
        likeness[best] = 1.0
    return chosen


def _spread(row: Rows) -> Matrix:
    """Return the one row with all its noughts, shape (words,)."""
    spread = np.zeros(row.width)
    spread[row.columns] = row.values
    return spread


def doubt(certainties: Matrix) -> Matrix:
    """Return how near the two likeliest categories of each tip are to each other, in [0, 1], shape (tips,).

    >>> doubt(np.array([[0.9, 0.1, 0.0], [0.3, 0.4, 0.3]])).round(2).tolist()
    [0.2, 0.9]
    """
    second, first = np.sort(certainties, axis=1)[:, -2:].T
    nearness: Matrix = 1.0 - (first - second)
    return nearness


def novelty(likeness: Matrix, near: float) -> Matrix:
    """Return 1 for what is less alike than `near` to all that is known, falling to 0 for its repeat, shape (tips,).

    With `near` 0 the farthest come first, which chooses oddities: scripts/measure_queue.py measures both.
    """
    return np.clip((1.0 - likeness) / (1.0 - near), 0.0, 1.0)


def quota(count: int, categories: int) -> int:
    """Return how many tips of one predicted category a queue may have.

    >>> quota(50, 16), quota(50, 2)
    (10, 25)
    """
    return math.ceil(count / min(CATEGORIES, categories))
