"""No pattern reads a text again and again: what `scripts/try_regexes.py` measures is held by its form."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import try_regexes

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_every_repeat_is_bounded_or_held_otherwise() -> None:
    # Patterns are noted in a fresh process; all of them by the modules that use them, none by the one that makes some.
    program = """
import try_regexes
found = try_regexes.collected()
try_regexes.collected = lambda: found
print(*try_regexes.unheld(), *({"patterns"} & set(found.values())), sep="\\n")
"""
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'scripts'}", "TIPCLASS_HOME": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", env=environment, check=True
    )
    assert run.stdout.strip() == ""


@pytest.mark.parametrize(
    "pattern", ["a+b", "(?:a|b)*c", "<!--.*?-->", r"(?m)^\s*\S", "(?:a+)+$", "x(?=a*b)", "(?i:a*)c"]
)
def test_what_reads_a_run_again_is_found(pattern: str) -> None:
    assert try_regexes.unbounded(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern", ["ab*", "a{1,9}b", r"\d+(?:[.,]\d+)*", "(?:a|bc*)", r"(?<!\S)\S+@", "[a-z]+(?:x?y*)"]
)
def test_what_reads_a_run_once_is_not(pattern: str) -> None:
    assert not try_regexes.unbounded(re.compile(pattern))


def test_adversaries_hold_runs_alternations_and_near_matches() -> None:
    texts = set(try_regexes.adversaries(re.compile(r"[甲乙]{2,9}第\d{3}号"), 12))
    assert {"甲" * 12, "甲乙" * 6, "7" * 12, "甲甲第777甲甲第777"} <= texts
