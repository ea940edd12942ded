"""A cluster keeps order and counts whoever is lost, says what is wrong with it, and is imported only when asked for."""

import importlib.util
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tipclass import cluster, messages
from tipclass.cluster import clustered
from tipclass.crew import Crew
from tipclass.errors import CrewError, InputError, UsageError
from tipclass.line import Line, layout, to_file
from tipclass.model import Model
from tipclass.records import Tip
from tipclass.sources import Chunk, Source, held

needs_dask = pytest.mark.skipif(not importlib.util.find_spec("distributed"), reason="the extra cluster")


def needs_workers(test: Callable[..., None]) -> Callable[..., None]:
    """Mark a test that starts other processes, which takes longer than the quick suite may."""
    return pytest.mark.slow(needs_dask(test))


@pytest.fixture(scope="module")
def two() -> Iterator[Crew[Any, Any]]:
    """Two workers on this machine."""
    with clustered(None, 2) as crew:
        yield crew


def work(piece: int) -> tuple[int, int]:
    """Earlier pieces take longer; some do what no piece should."""
    if piece == 100:
        raise InputError("坏了")
    if piece == 200:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.2 / (piece + 1))
    return piece, os.getpid()


@dataclass(frozen=True)
class Fragile:
    """Does what a line does, but the process that comes to it first dies of it."""

    line: Line
    grave: Path

    def __call__(self, chunk: Chunk) -> Any:
        try:
            self.grave.touch(exist_ok=False)
        except FileExistsError:
            return self.line(chunk)
        os.kill(os.getpid(), signal.SIGKILL)


def line_of(source: Source, model: Model) -> Line:
    columns = layout(source, passages=False, office=None, links={})
    return Line(model, columns, "jsonl", fields=("category",), work=frozenset())


@needs_workers
@pytest.mark.parametrize("count", [0, 1, 30])
def test_the_order_is_kept(two: Crew[Any, Any], count: int) -> None:
    assert [piece for piece, _ in two(work, range(count))] == list(range(count))


@needs_workers
def test_both_work(two: Crew[Any, Any]) -> None:
    assert len({pid for _, pid in two(work, range(30))}) == 2


@needs_workers
def test_of_a_worker_killed_in_the_middle_nothing_is_lost_or_doubled(two: Crew[Any, Any]) -> None:
    found, doomed = [], 0
    with closing(two(work, range(60))) as made:
        for piece, pid in made:
            found.append(piece)
            if not doomed:
                doomed = pid
                os.kill(pid, signal.SIGKILL)
    assert doomed
    assert found == list(range(60))


@needs_workers
def test_a_result_is_the_same_when_a_worker_is_killed_over_it(
    two: Crew[Any, Any], model: Model, tmp_path: Path
) -> None:
    source = held([Tip(str(number), f"{number}号桥下有人电鱼，" * 30) for number in range(1_600)])
    line, counts = line_of(source, model), list[int]()
    to_file(line, source, tmp_path / "alone.jsonl", {})

    def fragile(task: Line, pieces: Any) -> Any:
        return two(Fragile(task, tmp_path / "grave"), pieces)

    to_file(line, source, tmp_path / "two.jsonl", {}, crew=fragile, done=counts.append)
    assert (tmp_path / "grave").exists()
    assert sum(counts) == 1_600
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "alone.jsonl").read_bytes()


@needs_workers
def test_no_more_pieces_are_taken_than_are_needed(two: Crew[Any, Any]) -> None:
    taken: list[int] = []

    def pieces() -> Iterator[int]:
        for piece in range(50):
            taken.append(piece)
            yield piece

    with closing(two(work, pieces())) as made:
        next(made)
        assert len(taken) <= 2 * cluster.AHEAD


@needs_workers
def test_an_error_is_told_and_no_piece_of_it_is_logged(
    two: Crew[Any, Any], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(InputError, match="坏了"), closing(two(work, [1, 100, 2])) as made:
        list(made)
    assert capfd.readouterr() == ("", "")
    assert all(record.levelno < logging.WARNING for record in caplog.records)


@needs_workers
def test_a_piece_that_kills_whoever_works_on_it_is_told(two: Crew[Any, Any]) -> None:
    with pytest.raises(CrewError, match=messages.PROCESS_LOST), closing(two(work, [1, 200, 3])) as made:
        list(made)


@needs_workers
def test_it_listens_on_this_machine_only_and_asks_for_its_key() -> None:
    import psutil
    from distributed import Client

    def heard() -> set[Any]:
        ours = psutil.Process()
        found = [each for one in (ours, *ours.children(recursive=True)) for each in one.net_connections("inet")]
        return {each.laddr for each in found if each.status == psutil.CONN_LISTEN}

    before = heard()  # what other tests left open
    with clustered(None, 1) as crew:
        assert list(crew(work, [5]))
        listening = heard() - before
        assert listening
        assert {place.ip for place in listening} == {cluster.HERE}
        address: str = crew.args[0].scheduler.address  # type: ignore[attr-defined]
        assert address.startswith(f"tls://{cluster.HERE}:")
        for place in listening:
            with (
                pytest.raises((urllib.error.URLError, ConnectionError)),
                urllib.request.urlopen(f"http://{place.ip}:{place.port}/health", timeout=2),
            ):
                pass
        with pytest.raises((OSError, TypeError)):
            Client(address.replace("tls", "tcp"), timeout=2)


@needs_workers
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "10.0.0.300:1", "没有这种地址"])
def test_nobody_at_the_address_is_told(address: str) -> None:
    with socket.socket() as free:
        free.bind((cluster.HERE, 0))
        port = free.getsockname()[1]
    with (
        patch.object(cluster, "PATIENCE", 1),
        pytest.raises(CrewError, match=messages.CLUSTER_LOST[:8]),
        clustered(address.format(port=port), 1),
    ):
        pass


@needs_workers
def test_a_cluster_without_workers_and_one_of_another_version_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, host=cluster.HERE, dashboard_address=None) as other:
        monkeypatch.setattr(cluster, "PATIENCE", 1)
        with pytest.raises(CrewError, match=messages.CLUSTER_EMPTY), clustered(other.scheduler_address, 1):
            pass
        monkeypatch.setattr(cluster, "PATIENCE", 30)
        other.scale(1)
        monkeypatch.setattr("tipclass.__version__", "9.9")
        with pytest.raises(CrewError, match=r"9\.9"), clustered(other.scheduler_address, 1):
            pass


@needs_workers
def test_the_program_writes_the_same_with_it(run: Callable[..., tuple[int, str, str]]) -> None:
    Path("a.csv").write_text("编号,内容\n" + "".join(f"{n},有人电鱼{n}\n" for n in range(30)), encoding="utf-8")
    assert run("predict", "a.csv", "-o", "alone.csv", "--no-groups")[0] == 0
    code, _, err = run("predict", "a.csv", "-o", "two.csv", "--no-groups", "--engine", "dask", "--jobs", 2)
    assert code == 0, err
    assert Path("two.csv").read_bytes() == Path("alone.csv").read_bytes()


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install .*tipclass\[cluster\]"), clustered(None, 2):
        pass


def test_an_address_needs_the_engine(run: Callable[..., tuple[int, str, str]]) -> None:
    code, _, err = run("predict", "a.csv", "-o", "b.csv", "--scheduler", "tcp://10.0.0.1:8786")
    assert (code, err.strip()) == (2, messages.SCHEDULER_ALONE)


def test_nothing_of_dask_is_imported_unless_asked() -> None:
    program = "import sys, tipclass.cli, tipclass.cluster; print({'dask', 'distributed'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", program], encoding="utf-8").strip() == "set()"
