"""A sandbox: a process of its own in which files of unknown origin are parsed, bounded in time and memory.

Whatever a parser does there, hang, crash, or fill the memory, costs one file. Answers come back as JSON, which cannot
carry code; a process is kept for the next file.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

from tipclass import messages
from tipclass.documents import Unreadable
from tipclass.limits import MEBIBYTE, Limits

# Takes the bytes of a file, its name, the limits and options by name; yields what JSON can hold.
Task = Callable[..., Iterator[Any]]
Answer = dict[str, Any]

GRACE = 5  # seconds after which a process ends itself, should nobody be left to end it
LARGE = 20 * MEBIBYTE  # bytes of a file after which a process is not kept: it would not give its memory back
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # else Windows shows a console for a moment
WATCHED = sys.platform != "linux"  # other systems forbid a process no memory: what it takes is looked at instead
PAUSE = 0.1  # seconds between two looks
END, REFUSED, FAILED, FULL, ITEM = "end", "refused", "failed", "full", "item"


def parse(module: str, task: str, raw: bytes, name: str, limits: Limits, **options: str | None) -> list[Any]:
    """Run a task of a module on the bytes of a file in another process; return what it yields.

    The module calls `serve` when it is run as a program. Raises Unreadable, naming the file, when the task refuses it,
    fails, or would go beyond the limits.
    """
    question = {"task": task, "name": name, "limits": asdict(limits), "options": options, "size": len(raw)}
    process = _take(module, limits.memory)
    timer = Timer(limits.seconds, process.kill)
    timer.start()
    kept = False
    try:
        with _watched(process, limits.memory * MEBIBYTE) if WATCHED else nullcontext():
            *items, last = _exchange(process, _line(question) + raw, limits.memory * MEBIBYTE)
        kept = timer.is_alive() and len(raw) < LARGE and bool({END, REFUSED} & last.keys())
    finally:
        over = not timer.is_alive()
        timer.cancel()
        if kept:
            _idle[module, limits.memory].append(process)
        else:
            _end(process)
    if END not in last:
        raise Unreadable(name, messages.TOO_LONG.format(seconds=limits.seconds) if over else _cause(last, limits))
    return [item[ITEM] for item in items]


def prepare(module: str, memory: int) -> None:
    """Begin a process, unless one waits already: it is ready by the time that somebody asks."""
    _idle[module, memory].append(_take(module, memory))


def serve(tasks: Mapping[str, Task]) -> None:
    """Answer questions on standard input, one after the other, until there are none: the other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides when to stop
    source, sink, sys.stdout = sys.stdin.buffer, sys.stdout.buffer, sys.stderr
    _confine(int(sys.argv[1]) * MEBIBYTE)
    while line := source.readline():
        question = json.loads(line)
        raw = source.read(question["size"])
        for answer in _answers(tasks, question, raw):
            sink.write(_line(answer))
        sink.flush()


# --- the side that asks ---


def _exchange(process: subprocess.Popen[bytes], question: bytes, most: int) -> Iterator[Answer]:
    """Send a question; yield the answers up to the last, or one of our own where they break off or grow too long."""
    assert process.stdin
    assert process.stdout
    with suppress(OSError):  # it may die before it has taken all of it
        process.stdin.write(question)
        process.stdin.flush()
    while (line := process.stdout.readline(most)).endswith(b"\n"):
        most -= len(line)
        answer = json.loads(line.decode("utf-8", "surrogatepass"))
        yield answer
        if ITEM not in answer:
            return
    yield {FULL: True}


@contextmanager
def _watched(process: subprocess.Popen[bytes], most: int) -> Iterator[None]:
    """End a process that takes more memory than that, in bytes."""
    done = Event()
    watcher = Thread(target=_watch, args=(process, most, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()  # it must not end what is kept for the next file


def _watch(process: subprocess.Popen[bytes], most: int, done: Event) -> None:
    """Look now and then how much memory a process takes."""
    import psutil

    with suppress(psutil.Error):  # it has ended by itself
        seen = psutil.Process(process.pid)
        while seen.memory_info().rss <= most:
            if done.wait(PAUSE):
                return
        process.kill()


def _cause(answer: Answer, limits: Limits) -> str:
    """Say why a file was not parsed to its end."""
    if REFUSED in answer:
        return str(answer[REFUSED])
    return messages.PARSER_FAILED if FAILED in answer else messages.TOO_MUCH_MEMORY.format(memory=limits.memory)


_idle: defaultdict[tuple[str, int], list[subprocess.Popen[bytes]]] = defaultdict(list)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # two must not talk to one


def _take(module: str, memory: int) -> subprocess.Popen[bytes]:
    """Give a process that waits for work, or a new one."""
    waiting = _idle[module, memory]
    with suppress(IndexError):  # from an empty list: another thread may have been quicker
        while True:
            process = waiting.pop()
            if process.poll() is None:
                return process
            _end(process)
    return _begin(module, memory)


def _begin(module: str, memory: int) -> subprocess.Popen[bytes]:
    """Start another Python that answers questions."""
    paths = filter(None, (str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH")))
    return subprocess.Popen(
        # -P: no file of the folder somebody works in may stand in for a library
        [sys.executable, "-P", "-m", module, str(0 if WATCHED else memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        creationflags=NO_WINDOW,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process now."""
    process.kill()
    for stream in filter(None, (process.stdin, process.stdout)):
        with suppress(OSError):  # what was not sent yet cannot be
            stream.close()
    process.wait()


@atexit.register
def _end_all() -> None:
    """Leave no process behind."""
    for process in (each for waiting in _idle.values() for each in waiting):
        _end(process)


# --- the side that answers ---


def _answers(tasks: Mapping[str, Task], question: Answer, raw: bytes) -> Iterator[Answer]:
    """Yield each item of a task, and how it ended."""
    limits = Limits(**question["limits"])
    _set_alarm(limits.seconds + GRACE)
    try:
        for item in tasks[question["task"]](raw, question["name"], limits, **question["options"]):
            yield {ITEM: item}
        yield {END: True}
    except Unreadable as refusal:
        yield {REFUSED: refusal.unread.cause}
    except MemoryError:
        yield {FULL: True}
    except Exception as error:
        yield {FAILED: type(error).__name__}
    finally:
        _set_alarm(0)


def _set_alarm(seconds: int) -> None:
    """Let the system end this process after some time, where it can; 0 takes that back."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _confine(memory: int) -> None:
    """Forbid this process more memory than that (0: no matter how much), writing files and leaving its memory in one.

    Only what the system can forbid.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {resource.RLIMIT_AS: memory or resource.RLIM_INFINITY, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    for kind, most in limits.items():
        with suppress(OSError, ValueError):  # a stricter limit holds already
            resource.setrlimit(kind, (most, most))


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
