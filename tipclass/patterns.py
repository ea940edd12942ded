"""Patterns: regular expressions that are compiled when a text first needs them; all of them take longer than a tip."""

import re
from typing import Any, cast


class _Lazy:
    """Stands for a pattern, and has its methods once the first of them is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        self.__dict__[name] = found  # so that the next call costs what it would without this class
        return found


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used, which tells of a fault in it only then.

    >>> lazy("电.").findall("电鱼，电瓶")
    ['电鱼', '电瓶']
    """
    return cast("re.Pattern[str]", _Lazy(source, flags))
