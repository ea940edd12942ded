"""Scales: how much the signs of a stretch of a text weigh together."""

from collections.abc import Callable, Iterable
from typing import Any

from tipclass.surroundings import MEMORY, Surroundings
from tipclass.wordlist import total, weights

Signs = Callable[..., Iterable[str]]  # of the surroundings, a start, an end, and what else tells of the stretch


class Scales:
    """Weighs the stretches of a text by one table of corpora/elements; those in like surroundings only once.

    Weights depend on what stands within `reach` characters, and on what else is told of a stretch.
    """

    def __init__(self, around: Surroundings, table: str, signs: Signs, *, reach: int = MEMORY) -> None:
        self._around, self._signs, self._reach = around, signs, reach
        self._known = weights(table)
        self._weighed: dict[tuple[Any, ...], float] = {}

    def weight(self, start: int, end: int, *more: Any) -> float:
        """Return the sum of the weights of the signs of a stretch: log-odds."""
        text = self._around.text
        first = max(0, start - self._reach)
        key = (text[first : end + self._reach], start - first, end - start, *more)
        if key not in self._weighed:
            # In their order, since sums of numbers in another may differ.
            signs = dict.fromkeys(self._signs(self._around, start, end, *more))
            self._weighed[key] = self._known.get("any", 0.0) + total(self._known, signs)
        return self._weighed[key]
