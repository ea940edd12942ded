"""A cluster: pieces made by the workers of dask, on this machine or on many; what they make comes back in order.

A worker that is lost costs time and nothing else: what it had in hand, or had made and not yet handed over, is made
again by another. Nothing of dask is imported before a cluster is asked for.
"""

import logging
import pydoc
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import tipclass
from tipclass import messages
from tipclass.crew import AHEAD, Crew, tried
from tipclass.errors import CrewError, UsageError

HERE = "127.0.0.1"
PATIENCE = 30.0  # seconds to wait for a scheduler to answer, and for workers to come where there are none
NO_PAGES: dict[str, list[str]] = {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}
LARGE = "1GB"  # of a task, from which on dask complains; a model is larger than it likes

Piece = TypeVar("Piece")
Made = TypeVar("Made")


@contextmanager
def clustered(scheduler: str | None, workers: int) -> Iterator[Crew[Any, Any]]:
    """Give the workers of a scheduler as a crew, or else so many workers of a cluster of our own on this machine.

    Ours listens on this machine only, admits nobody without its key, has no dashboard and keeps nothing on disk. Raises
    UsageError without the extra `cluster`, CrewError when there is nobody at the address, no worker comes, or a worker
    runs another version of this program.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(messages.CLUSTER_MISSING) from None
    with ExitStack() as stack:
        with _sentences():
            cluster = scheduler or stack.enter_context(_own(workers))
            crew = _crew(stack.enter_context(Client(cluster, timeout=PATIENCE, set_as_default=False)))
        yield crew


@contextmanager
def _own(workers: int) -> Iterator[Any]:
    """Give a cluster of this machine; the settings hold while it lives, for workers that are started anew, too."""
    from dask import config
    from distributed import LocalCluster

    with config.set(NO_PAGES):
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Port", UserWarning)  # of no use to anybody without the pages
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host=HERE,
                security=True,
                dashboard_address=None,
                memory_limit=None,  # else a full worker writes tips to disk
                silence_logs=logging.CRITICAL,
            )
        with cluster:
            yield cluster


@contextmanager
def _sentences() -> Iterator[None]:
    """Say in a sentence what became of a cluster."""
    from distributed import KilledWorker

    try:
        yield
    except KilledWorker:
        raise CrewError(messages.PROCESS_LOST) from None
    except (CancelledError, OSError, TypeError, ValueError):  # an address that is none, or tls without its key
        raise CrewError(messages.CLUSTER_LOST) from None


def _crew(client: Any) -> Crew[Any, Any]:
    """Take the workers of a client for a crew once they are there and run what we run."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise CrewError(messages.CLUSTER_EMPTY) from None
    versions = client.run(pydoc.locate, f"{tipclass.__name__}.__version__")  # needs nothing of ours to be there
    if set(versions.values()) != {tipclass.__version__}:
        raise CrewError(messages.CLUSTER_VERSION.format(version=tipclass.__version__))
    return partial(_in_order, client)


def _in_order(client: Any, task: Callable[[Piece], Made], pieces: Iterable[Piece]) -> Generator[Made, None, None]:
    """Yield what a task makes of each piece, in their order; the task goes to each worker once."""
    from dask import config

    with config.set({"distributed.admin.large-graph-warning-threshold": LARGE}):
        carried = client.submit(_carried, task, pure=False)  # made again where all who had it are lost
    waiting, in_hand = iter(pieces), deque[Any]()
    try:
        while True:
            with _sentences():
                room = AHEAD * sum(client.nthreads().values()) - len(in_hand)
            for piece in islice(waiting, max(0, room)):
                in_hand.append(client.submit(_made, carried, piece, pure=False))
            if not in_hand:
                return
            with _sentences():
                succeeded, made = _result(client, in_hand.popleft())
            if not succeeded:
                raise made
            yield made
    finally:
        client.cancel([*in_hand, carried])


def _result(client: Any, future: Any) -> Any:
    """Wait for what is made, unless nobody is left to make it."""
    while True:
        try:
            return future.result(timeout=PATIENCE)
        except TimeoutError:
            if not client.nthreads():
                raise CrewError(messages.CLUSTER_EMPTY) from None


def _carried(task: Callable[[Piece], Made]) -> Callable[[Piece], Made]:
    return task


def _made(task: Callable[[Piece], Made], piece: Piece) -> tuple[bool, Made | Exception]:
    """Hand an error back as a value: of one that is raised dask would log the piece, tips and all."""
    return tried(task, piece)
