"""Candidates: stretches of a text that may be an element, with the signs by which they are weighed."""

from dataclasses import dataclass

from tipclass.wordlist import total, weights


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be an element, the signs for and against it, and whether it is a name told again elsewhere."""

    start: int
    end: int
    signs: tuple[str, ...]
    named: bool = False

    def weight(self, table: str) -> float:
        """Return the sum of the weights of the signs in a table of corpora/elements: the log-odds that it is one."""
        known = weights(table)
        return known.get("any", 0.0) + total(known, self.signs)
