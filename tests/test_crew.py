"""A crew keeps the order, reads no further ahead than it must, and never hangs or stays behind."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tipclass.crew import AHEAD, in_order
from tipclass.errors import CrewError, InputError


def work(piece: int) -> int:
    """Earlier pieces take longer; some do what no piece should."""
    if piece == 100:
        raise InputError("坏了")
    if piece == 200:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60 if piece == 300 else 0.02 / (piece + 1))
    return piece * piece


def crew() -> list[object]:
    """Return the processes there are; joblib has some of another kind."""
    return [each for each in multiprocessing.active_children() if isinstance(each, multiprocessing.Process)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_the_order_is_kept(jobs: int, count: int) -> None:
    assert list(in_order(work, range(count), jobs)) == [piece * piece for piece in range(count)]
    assert not crew()


@pytest.mark.parametrize("jobs", [1, 2])
def test_pieces_are_taken_as_they_are_needed(jobs: int) -> None:
    taken: list[int] = []

    def pieces() -> Iterator[int]:
        for piece in range(50):
            taken.append(piece)
            yield piece

    with closing(in_order(work, pieces(), jobs)) as made:
        for number, _ in enumerate(made, 1):
            assert len(taken) <= number + (AHEAD * jobs if jobs > 1 else 0)


@pytest.mark.parametrize(("piece", "error"), [(100, InputError), (200, CrewError)])
def test_an_error_and_a_killed_process_are_told_and_nobody_stays(piece: int, error: type[Exception]) -> None:
    with pytest.raises(error), closing(in_order(work, [1, 2, piece, 3], 2)) as made:
        list(made)
    assert not crew()


def test_closing_stops_a_process_in_the_middle_of_a_piece() -> None:
    with closing(in_order(work, [1, 300, 2, 300], 2)) as made:
        assert next(made) == 1
        assert crew()
    assert not crew()
