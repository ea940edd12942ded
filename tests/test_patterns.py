"""Patterns that are compiled late."""

import re

import pytest

from tipclass import patterns


def test_a_pattern_is_compiled_once_and_only_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    built = re.compile
    monkeypatch.setattr(patterns.re, "compile", lambda source, flags=0: compiled.append(source) or built(source, flags))
    pattern = patterns.lazy("电(?P<way>.)")
    assert not compiled
    assert [pattern.findall("电鱼电瓶") for _ in range(3)] == [["鱼", "瓶"]] * 3
    assert compiled == ["电(?P<way>.)"]
    assert pattern.pattern == "电(?P<way>.)"


def test_flags_hold() -> None:
    assert patterns.lazy("^b", re.MULTILINE).search("a\nb")
