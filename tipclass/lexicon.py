"""The lexicon: words that speak for a category, and their frequency in the segmenter's dictionary."""

import functools
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tipclass import messages
from tipclass.clean import clean
from tipclass.errors import CorpusError, TaxonomyError
from tipclass.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its segmenter frequency and the codes of the categories it speaks for."""

    word: str
    frequency: int
    codes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All terms, sorted by word; known by its digest, so that a tokenizer can be kept for it at no cost a look-up."""

    terms: tuple[Term, ...] = ()

    @functools.cached_property
    def digest(self) -> str:
        """The SHA-256 of the lexicon as text."""
        return hashlib.sha256(self.dumps().encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def dumps(self) -> str:
        """Return the lexicon as text: word, frequency and codes, one tab-separated line a term."""
        return "".join(f"{term.word}\t{term.frequency}\t{';'.join(term.codes)}\n" for term in self.terms)


def parse_lexicon(content: str) -> Lexicon:
    """Build a lexicon from what `dumps` wrote; raises ValueError on any other text."""
    terms = []
    for line in content.splitlines():
        word, frequency, codes = line.split("\t")
        terms.append(Term(word, int(frequency), tuple(codes.split(";"))))
    return Lexicon(tuple(terms))


def read_words(folder: Path, taxonomy: Taxonomy, *, others: bool = False) -> dict[str, tuple[str, ...]]:
    """Read one file a category from a folder, named by its code or an alias: cleaned word -> codes, sorted by word.

    Files of other categories are passed over where there may be `others`. Raises CorpusError for one elsewhere.
    """
    codes_of: dict[str, dict[str, None]] = {}
    for path in sorted(folder.glob("*.txt")):
        try:
            code = taxonomy.code(path.stem)
        except TaxonomyError:
            if others:
                continue
            raise CorpusError(messages.LEXICON_UNKNOWN_CODE.format(path=path.name)) from None
        for word in _words(path):
            codes_of.setdefault(word, {})[code] = None
    return {word: tuple(codes) for word, codes in sorted(codes_of.items())}


def _words(path: Path) -> Iterable[str]:
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return dict.fromkeys(word for word in map(clean, lines) if len(word) > 1)
