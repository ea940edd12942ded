"""Points: many texts as one array of code points, so that one look at a table tells something of all of them."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

BREAK = "\n"  # behind each text; no cleaned text holds one, and no word
PLANE = 0x10000  # code points that a table tells apart; what lies beyond is looked up as the one behind them

Columns = NDArray[np.int64]
Number = TypeVar("Number", bound=np.generic)


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text, shape (characters,).

    >>> code_points("鱼a").tolist()
    [40060, 97]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def text_of(points: NDArray[np.uint32]) -> str:
    """Return the text of some code points."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")


@dataclass(frozen=True)
class Points:
    """The code points of some texts, one after the other, each with a break behind it.

    codes: shape (characters + texts,); ends: the place of each break, shape (texts,).
    """

    codes: NDArray[np.uint32]
    ends: Columns

    @functools.cached_property
    def starts(self) -> Columns:
        """The place where each text begins, shape (texts,)."""
        return np.concatenate([[0], self.ends[:-1] + 1])[: len(self.ends)]

    @functools.cached_property
    def rows(self) -> Columns:
        """The text that each code point is of, shape (characters + texts,)."""
        return np.repeat(np.arange(len(self.ends)), self.ends - self.starts + 1)

    def look(self, table: NDArray[Number]) -> NDArray[Number]:
        """Return what a table, shape (PLANE + 1,), says of each code point; of breaks nothing: 0."""
        found: NDArray[Number] = table[np.minimum(self.codes, PLANE)]
        found[self.ends] = 0
        return found

    def gather(self, ufunc: np.ufunc, values: NDArray[Number]) -> NDArray[Number]:
        """Reduce values of shape (characters + texts,) to one a text."""
        gathered: NDArray[Number] = ufunc.reduceat(values, self.starts) if len(self.ends) else values[:0]
        return gathered


def join(texts: Sequence[str]) -> Points:
    """Put texts one after the other.

    >>> points = join(["鱼a", "", "b"])
    >>> points.starts.tolist(), points.ends.tolist(), points.rows.tolist()
    ([0, 3, 4], [2, 3, 5], [0, 0, 0, 1, 2, 2])
    """
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return Points(code_points(BREAK.join([*texts, ""])), np.cumsum(lengths + 1) - 1)


def plane() -> str:
    """Return every character a table tells apart, surrogates too."""
    return "".join(map(chr, range(PLANE)))
