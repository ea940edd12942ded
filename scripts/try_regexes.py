"""Try every pattern of the program on long adversarial strings, and say which cost most.

    python scripts/try_regexes.py [--length 100000] [--limit 200] [--worst 15] [--stations]

Patterns are collected as they are compiled: by importing every module, calling what compiles on first use, and sending
one text through the line. Each is searched for everywhere in runs and alternations of the characters it names, and in
repeats of what nearly matches it. The exit code is 1 when one takes more than the limit (milliseconds of this process).
--stations sends the near-matches through whole stations instead, at two lengths, and says where cost outgrows length.
"""

import argparse
import importlib
import inspect
import itertools
import os
import pkgutil
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any
from unittest.mock import patch

import tipclass
from tipclass import patterns

PACKAGE = Path(tipclass.__file__).parent
DAY = date(2026, 11, 1)
TEXT = "举报人张三，电话13800001234，住下湾村六组。湖边每天后半夜有人开小船用电瓶打鱼，拉走三百斤，卖给清江饭店。"
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
LOOKS = (kinds.ASSERT, kinds.ASSERT_NOT)
SAMPLES = {
    kinds.CATEGORY_DIGIT: "7", kinds.CATEGORY_NOT_DIGIT: "鱼", kinds.CATEGORY_SPACE: " ", kinds.CATEGORY_NOT_SPACE: "a",
    kinds.CATEGORY_WORD: "a", kinds.CATEGORY_NOT_WORD: "，",
}  # fmt: skip
# Repeats without a bound before something that can fail, and why they cost no more than what they read.
HELD = {
    ("clean", "<(?:!--"): "a comment ends where the next one begins, so that no search passes another's beginning",
    ("clean", r"\d(?<![\d.].)"): "begins at the first of its digits only",
    ("formulas", "'"): "tried at the beginning of a cell only",
    ("ledger_lines", "(?P<kind>"): "must match the whole line, from its beginning",
}
ANCHORED = {"formulas": re.Pattern.match, "ledger_lines": re.Pattern.fullmatch}  # how these modules use theirs
OTHERS = "鱼a7 ，。\n某"  # tried for a class that says what it is not

Node = tuple[Any, Any]


# --- collecting ----------------------------------------------------------------------------------


def collected() -> dict[re.Pattern[str], str]:
    """Return every pattern of text that the package compiles, with the module that does; in a fresh process only."""
    found: dict[re.Pattern[str], str] = {}
    compile_one = re._compile  # type: ignore[attr-defined]

    def note(pattern: str | re.Pattern[str], flags: int) -> re.Pattern[str]:
        made: re.Pattern[str] = compile_one(pattern, flags)
        if isinstance(made.pattern, str) and (module := _caller()):
            found.setdefault(made, module)
        return made

    re._compile = note  # type: ignore[attr-defined]
    with patch.object(patterns, "lazy", re.compile):  # no module has taken it yet
        try:
            _compile_all()
        finally:
            re._compile = compile_one  # type: ignore[attr-defined]
    return found


def _caller() -> str:
    frame = sys._getframe(2)
    while frame.f_back and frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    path = Path(frame.f_code.co_filename)
    return path.stem if path.parent == PACKAGE else ""


def _compile_all() -> None:
    names = [module.name for module in pkgutil.iter_modules(tipclass.__path__) if module.name != "__main__"]
    for module in [importlib.import_module(f"tipclass.{name}") for name in names]:
        for member in vars(module).values():
            if hasattr(member, "cache_info") and not inspect.signature(member).parameters:
                member()
    for _, station in stations():
        station(TEXT)


def stations() -> list[tuple[str, Callable[[str], object]]]:
    """Return the stations of the line that look into a text with patterns."""
    from tipclass import clean, disguise, elements, passages
    from tipclass.link import Linkable, link
    from tipclass.office import load_office
    from tipclass.records import Tip
    from tipclass.store import open_model
    from tipclass.triage import triage

    model, office = open_model(), load_office(DAY)
    return [
        ("clean", clean.clean),
        ("aligned", clean.clean_aligned),
        ("mask", disguise.mask_informant),
        ("passages", passages.split),
        ("elements", lambda text: elements.extract(text, DAY)),
        ("link", lambda text: link([Linkable("1", text), Linkable("2", text)])),
        ("triage", lambda text: triage([Tip("1", text)], model, office=office)),
    ]


# --- what makes a pattern linear -----------------------------------------------------------------


def unbounded(pattern: re.Pattern[str]) -> list[str]:
    """Return the unbounded repeats of a pattern after which something can fail, so that a search reads a run again.

    >>> unbounded(re.compile(r"a+b")), unbounded(re.compile(r"(?:x+)*y")), unbounded(re.compile(r"b[^c]*"))
    (['a'], ['(?:...)', 'x'], [])
    >>> unbounded(re.compile(r"a{1,20}b")), unbounded(re.compile(r"(?<!a)a+b"))
    ([], [])
    """
    return list(_unbounded(parser.parse(pattern.pattern, pattern.flags).data, last=True))


def unheld() -> list[tuple[str, str, list[str]]]:
    """Return module, pattern and repeats of what is neither bounded nor held otherwise; in a fresh process only."""
    every = ((module, pattern.pattern, unbounded(pattern)) for pattern, module in collected().items())
    return [each for each in every if each[2] and not any(each[0] == m and each[1].startswith(p) for m, p in HELD)]


def _unbounded(nodes: Sequence[Node], *, last: bool) -> Iterator[str]:
    for at, (kind, value) in enumerate(nodes):
        final = last and all(_may_be_nothing(node) for node in nodes[at + 1 :])
        if kind in REPEATS:
            _, most, body = value
            if most is kinds.MAXREPEAT and not final and not _at_the_beginning_of_a_run(nodes[:at], body):
                yield _told(body)
        for part in _inner(kind, value):
            yield from _unbounded(part, last=final and kind not in LOOKS)


def _may_be_nothing(node: Node) -> bool:
    kind, value = node
    if kind in REPEATS:
        return bool(value[0] == 0) or all(map(_may_be_nothing, value[2]))
    return kind is kinds.SUBPATTERN and all(map(_may_be_nothing, value[3]))


def _at_the_beginning_of_a_run(before: Sequence[Node], body: Sequence[Node]) -> bool:
    """Say whether what stands before a repeat forbids that it begins within its own run."""
    if not before or before[-1][0] is not kinds.ASSERT_NOT:
        return False
    direction, forbidden = before[-1][1]
    return bool(direction == -1 and list(forbidden) == list(body))


def _inner(kind: Any, value: Any) -> list[Sequence[Node]]:
    if kind in REPEATS:
        return [value[2]]
    if kind is kinds.SUBPATTERN:
        return [value[3]]
    if kind is kinds.BRANCH:
        return list(value[1])
    if kind in LOOKS:
        return [value[1]]
    return [value] if kind is kinds.ATOMIC_GROUP else []


def _told(body: Sequence[Node]) -> str:
    return "".join(_spelt(body[0])[:1]) or "(?:...)" if len(body) == 1 else "(?:...)"


# --- adversarial strings -------------------------------------------------------------------------


def _spelt(node: Node) -> list[str]:
    """Return characters that a node of one character allows."""
    kind, value = node
    if kind is kinds.LITERAL:
        return [chr(value)]
    if kind is kinds.IN and value[0][0] is kinds.NEGATE:
        return [sign for sign in OTHERS if not any(_holds(each, sign) for each in value[1:])][:3]
    if kind is kinds.IN:
        return list(dict.fromkeys(sign for each in value for sign in _spelt(each)))[:4]
    if kind is kinds.RANGE:
        return [chr(value[0])]
    if kind is kinds.CATEGORY:
        return [SAMPLES[value]]
    return ["鱼"] if kind in (kinds.ANY, kinds.NOT_LITERAL) else []


def _holds(node: Node, sign: str) -> bool:
    kind, value = node
    if kind is kinds.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    return sign in _spelt(node)


def _near(nodes: Sequence[Node], times: int) -> str:
    """Return a text that the nodes, or all but their conditions, match; repeats are taken so many times at most."""
    text = ""
    for kind, value in nodes:
        if kind in REPEATS:
            least, most, body = value
            text += _near(body, times) * max(least, min(times, most if isinstance(most, int) else times))
        elif kind is kinds.BRANCH:
            text += _near(value[1][times % len(value[1])], times)
        elif inner := [] if kind in LOOKS else _inner(kind, value):
            text += _near(inner[0], times)
        else:
            text += "".join(_spelt((kind, value))[:1])
    return text


def signs_of(nodes: Sequence[Node]) -> list[str]:
    """Return characters of each kind that the nodes name, in their order."""
    found: list[str] = []
    for kind, value in nodes:
        inner = _inner(kind, value)
        found += [sign for part in inner for sign in signs_of(part)] if inner else _spelt((kind, value))
    return list(dict.fromkeys(found))


def near_matches(pattern: re.Pattern[str]) -> list[str]:
    """Return short texts that begin like matches of a pattern."""
    nodes = parser.parse(pattern.pattern, pattern.flags).data
    whole = [_near(nodes, times) for times in (1, 2, 7, 40)]
    cut = [text[:end] for text in whole for end in (len(text), len(text) - 1, len(text) // 2, 1)]
    return [text for text in dict.fromkeys(cut) if text]


def adversaries(pattern: re.Pattern[str], length: int, most: int = 12) -> Iterator[str]:
    """Yield long texts: runs of a character, alternations of two, repeats of near-matches, a run behind an opening."""
    signs = signs_of(parser.parse(pattern.pattern, pattern.flags).data)
    chosen = signs[:: max(1, len(signs) // 12)][:12]
    units = [*chosen, *map("".join, itertools.pairwise(chosen)), *near_matches(pattern)]
    for unit in list(dict.fromkeys(units))[: 3 * most]:
        yield (unit * (length // len(unit) + 1))[:length]
    for opening, sign in itertools.islice(zip(near_matches(pattern), itertools.cycle(chosen or "鱼")), most):
        yield opening + sign * length


# --- measuring -----------------------------------------------------------------------------------


def milliseconds(work: Callable[[], object]) -> float:
    """Return what this process spends on a piece of work."""
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def worst(pattern: re.Pattern[str], module: str, length: int, limit: float) -> tuple[float, str]:
    """Return milliseconds and the beginning of the text that costs most, reckoned from a tenth of it where clear."""
    found = (0.0, "")
    for text in adversaries(pattern, length):
        took = 10 * _spent(pattern, module, text[: length // 10])
        if took > limit / 10:
            took = 10 * took if took > 20 * limit else _spent(pattern, module, text)
        found = max(found, (took, text[:24]))
    return found


def _spent(pattern: re.Pattern[str], module: str, text: str) -> float:
    if module in ANCHORED:
        return milliseconds(lambda: ANCHORED[module](pattern, text))
    return milliseconds(lambda: deque(pattern.finditer(text), maxlen=0))


def try_patterns(length: int, limit: float, most: int) -> bool:
    """Print the worst of all patterns, tried on all processors; say whether all are within the limit."""
    found = collected()
    with ProcessPoolExecutor() as pool:
        measured = pool.map(worst, *zip(*found.items(), strict=True), itertools.repeat(length), itertools.repeat(limit))
        told = sorted(
            ((*each, pattern.pattern, module) for each, (pattern, module) in zip(measured, found.items(), strict=True)),
            reverse=True,
        )
    for took, text, pattern, module in told[:most]:
        print(f"{took:9.0f} ms  {module:15} {text!r:30} {pattern[:90]!r}")
    over = sum(took > limit for took, *_ in told)
    texts = sum(1 for pattern in found for _ in adversaries(pattern, 1))
    print(f"{len(told)} patterns, {texts} texts, {over} over {limit:.0f} ms on {length} characters")
    return not over


def try_stations(length: int, most: int) -> None:
    """Print what costs a station most, and how many times as much when it is twice as long."""
    units = dict.fromkeys(unit for pattern in collected() for unit in near_matches(pattern))
    for name, station in stations():
        told = []
        for unit in units:
            text = (unit * (2 * length // len(unit) + 1))[: 2 * length]
            told.append((milliseconds(lambda text=text, station=station: station(text[:length])), unit, text))
        for took, unit, text in sorted(told, reverse=True)[:most]:
            double = milliseconds(lambda text=text, station=station: station(text))
            print(
                f"{name:9} {took:8.0f} ms, twice as long {double / max(took, 1):5.1f} times  {unit[:40]!r}", flush=True
            )


def main() -> int:
    """Try patterns, or stations."""
    options_of = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options_of.add_argument("--length", type=int, default=100_000)
    options_of.add_argument("--limit", type=float, default=200)
    options_of.add_argument("--worst", type=int, default=15)
    options_of.add_argument("--stations", action="store_true")
    options = options_of.parse_args()
    if options.stations:
        try_stations(options.length, options.worst)
        return 0
    return int(not try_patterns(options.length, options.limit, options.worst))


if __name__ == "__main__":
    os.environ.setdefault("TIPCLASS_HOME", str(PACKAGE.parent))
    sys.exit(main())
