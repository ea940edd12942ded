"""Whatever a parser does, it costs one file: time, memory and answers are bounded, and the next file is read."""

import os
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tipclass import messages, sandbox
from tipclass.documents import Unreadable
from tipclass.limits import Limits

LIMITS = Limits(seconds=5, memory=200)
TASKS = """
import os, sys, time
from pathlib import Path
from tipclass.documents import Unreadable
from tipclass.sandbox import serve

def echo(raw, name, limits, said=""):
    print("noise")
    yield [raw.decode(), name, said, os.getpid()]

def refuse(raw, name, limits):
    yield "half"
    raise Unreadable(name, "不行")

def fail(raw, name, limits):
    raise KeyError("x")
    yield

def hang(raw, name, limits):
    while True:
        pass
    yield

def fill(raw, name, limits):
    yield len(b"x" * (limits.memory << 20))

def swell(raw, name, limits):
    held = []
    while True:
        held.append(b"x" * (10 << 20))
        time.sleep(0.01)
    yield

def die(raw, name, limits):
    os.abort()
    yield

def babble(raw, name, limits):
    while True:
        yield "x" * 1_000_000

def write(raw, name, limits):
    Path(name).write_text("x")
    yield

if __name__ == "__main__":
    serve({task.__name__: task for task in (echo, refuse, fail, hang, fill, swell, die, babble, write)})
"""


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    (tmp_path / "strange_tasks.py").write_text(TASKS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def call(task: str, limits: Limits = LIMITS, name: str = "a", **options: str) -> list[object]:
        return sandbox.parse("strange_tasks", task, "甲".encode(), name, limits, **options)

    return call


def test_answers_come_back_and_a_process_is_kept(ask) -> None:  # type: ignore[no-untyped-def]
    ((text, name, said, first),) = ask("echo", said="乙\ud800")
    assert (text, name, said) == ("甲", "a", "乙\ud800")
    assert ask("echo")[0][3] == first
    with pytest.raises(Unreadable, match="a：不行"):
        ask("refuse")
    assert ask("echo")[0][3] == first


@pytest.mark.parametrize(
    ("task", "cause"),
    [
        ("fail", messages.PARSER_FAILED),
        ("fill", messages.TOO_MUCH_MEMORY),
        ("die", messages.TOO_MUCH_MEMORY),
        ("babble", messages.TOO_MUCH_MEMORY),
        ("hang", messages.TOO_LONG),
    ],
)
def test_a_file_that_breaks_its_parser_is_refused_and_the_next_is_read(ask, task: str, cause: str) -> None:  # type: ignore[no-untyped-def]
    if task == "fill" and sys.platform != "linux":
        pytest.skip("what is taken and given back between two looks is not seen")
    limits = Limits(seconds=1 if task == "hang" else 60, memory=LIMITS.memory)
    with pytest.raises(Unreadable) as refusal:
        ask(task, limits)
    assert refusal.value.unread.cause == cause.format(seconds=1, memory=LIMITS.memory)
    assert ask("echo")[0][0] == "甲"


def test_where_the_system_forbids_no_memory_it_is_watched(ask, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sandbox, "WATCHED", True)
    monkeypatch.setattr(sandbox, "_idle", defaultdict(list))
    with pytest.raises(Unreadable) as refusal:
        ask("swell", Limits(seconds=60, memory=LIMITS.memory))
    assert refusal.value.unread.cause == messages.TOO_MUCH_MEMORY.format(memory=LIMITS.memory)
    first = ask("echo")[0][3]
    assert ask("echo")[0][3] == first


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit there")
def test_a_parser_writes_nothing(ask, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Unreadable, match=messages.PARSER_FAILED):
        ask("write", name=str(tmp_path / "planted"))
    assert not (tmp_path / "planted").exists() or not (tmp_path / "planted").read_bytes()


def test_a_process_that_died_while_it_waited_is_replaced(ask) -> None:  # type: ignore[no-untyped-def]
    first = ask("echo")[0][3]
    os.kill(first, 9)
    time.sleep(0.2)
    assert ask("echo")[0][3] != first


def test_many_may_ask_at_once(ask) -> None:  # type: ignore[no-untyped-def]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda name: ask("echo", name=name), map(str, range(20))))
    assert [answer[0][1] for answer in answers] == list(map(str, range(20)))


def test_no_library_is_taken_from_the_folder_somebody_works_in(
    ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    work = tmp_path / "work"
    work.mkdir()
    (work / "json.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(work)
    assert ask("echo", Limits(memory=201))[0][0] == "甲"


@pytest.mark.skipif(sys.platform == "win32", reason="asks /proc or ps")
def test_no_process_outlives_ours(ask) -> None:  # type: ignore[no-untyped-def]
    program = """
import os
from tipclass import sandbox
from tipclass.limits import Limits
print(sandbox.parse("strange_tasks", "echo", b"", "a", Limits())[0][3], flush=True)
os.kill(os.getpid(), 9)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    left = int(run.stdout)
    for _ in range(100):
        if not _runs(left):
            return
        time.sleep(0.1)
    raise AssertionError("still there")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    return not (status.exists() and "State:\tZ" in status.read_text())
