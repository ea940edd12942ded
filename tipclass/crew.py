"""A crew: processes that work on one piece at a time each; what they make of the pieces comes back in order.

By hand, since the pools of the standard library read all pieces ahead, hang or leave processes behind when one of them
is killed, and cannot be stopped in the middle of a piece.
"""

import functools
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from itertools import chain, islice
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from tipclass import messages
from tipclass.errors import CrewError

AHEAD = 3  # pieces in hand for each process, those that wait for an earlier one included

Piece = TypeVar("Piece")
Made = TypeVar("Made")

# Takes a task and pieces; gives what the task makes of each piece, in their order.
Crew = Callable[[Callable[[Piece], Made], Iterable[Piece]], Generator[Made, None, None]]


def crew_of(jobs: int) -> Crew[Any, Any]:
    """Return a crew of so many processes on this machine; with one, all is done in this process."""
    return functools.partial(in_order, jobs=jobs)


def in_order(task: Callable[[Piece], Made], pieces: Iterable[Piece], jobs: int) -> Generator[Made, None, None]:
    """Yield what a task makes of each piece, in their order, over several processes where there are several pieces.

    The pieces are taken as they are needed. The task goes to each process once. Closing the generator stops the
    processes at once. Raises what the task raises, and CrewError when a process was killed.
    """
    pieces = iter(pieces)
    first = list(islice(pieces, min(jobs, 2)))
    if len(first) < 2:
        yield from map(task, chain(first, pieces))
        return
    crew: list[_Worker[Piece, Made]] = []
    try:
        yield from _shared_out(task, chain(first, pieces), jobs, crew)
    finally:
        for each in crew:
            each.stop()


def _shared_out(
    task: Callable[[Piece], Made], pieces: Iterable[Piece], jobs: int, crew: "list[_Worker[Piece, Made]]"
) -> Generator[Made, None, None]:
    """Give a piece to whoever is idle; the crew grows while there are pieces for more."""
    waiting = enumerate(pieces)
    idle = deque[_Worker[Piece, Made]]()
    busy = dict[Any, tuple[int, _Worker[Piece, Made]]]()
    made = dict[int, Made]()
    turn = 0
    while True:
        while len(busy) < jobs and len(busy) + len(made) < AHEAD * jobs and (piece := next(waiting, None)):
            if not idle:
                crew.append(_Worker(task))
                idle.append(crew[-1])
            worker = idle.popleft()
            worker.give(piece[1])
            busy[worker.connection] = piece[0], worker
        if turn in made:
            yield made.pop(turn)
            turn += 1
        elif busy:
            for connection in wait(list(busy)):
                number, worker = busy.pop(connection)
                made[number] = worker.take()
                idle.append(worker)
        else:
            return


class _Worker(Generic[Piece, Made]):
    """A process that makes something of each piece it is given."""

    def __init__(self, task: Callable[[Piece], Made]) -> None:
        self.connection, theirs = Pipe()
        self.process = Process(target=_serve, args=(theirs, self.connection, task), daemon=True)
        self.process.start()
        theirs.close()  # so that the end of the process is heard

    def give(self, piece: Piece) -> None:
        try:
            self.connection.send(piece)
        except OSError:
            raise CrewError(messages.PROCESS_LOST) from None

    def take(self) -> Made:
        try:
            succeeded, made = self.connection.recv()
        except (EOFError, OSError):
            raise CrewError(messages.PROCESS_LOST) from None
        if not succeeded:
            raise made
        return made  # type: ignore[no-any-return]

    def stop(self) -> None:
        self.process.terminate()
        self.process.join()
        self.connection.close()


def _serve(connection: Connection, other: Connection, task: Callable[[Piece], Made]) -> None:
    """Work until the other end is closed, as it is when the program ends in whatever way."""
    other.close()  # a copy of it came along, and would keep it open
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program itself hears Ctrl-C, and stops its processes
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(EOFError, OSError):
        while True:
            connection.send(tried(task, connection.recv()))


def tried(task: Callable[[Piece], Made], piece: Piece) -> tuple[bool, Made | Exception]:
    """Return whether a task succeeded, and what it made of a piece, or the error."""
    try:
        return True, task(piece)
    except Exception as error:
        return False, error
