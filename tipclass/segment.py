"""Segmentation: a cleaned text as words and as character runs.

Words are jieba's dictionary cut without HMM plus the lexicon, on a tokenizer of our own: jieba's global one belongs to
everybody in the process, and its cache in the temp folder could be anybody's. rjieba, where installed, gives the same
tokens many times faster.
"""

import bisect
import functools
import importlib
import importlib.util
import itertools
import re
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.machinery import PathFinder
from typing import Any, NamedTuple, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from tipclass.cleaned import clean_all
from tipclass.dictionary import BLOCK, dictionary, part
from tipclass.lexicon import Lexicon, Term
from tipclass.points import BREAK, PLANE, Points, join, plane

WORD = re.compile(r"[\w※↗☎№⌂¶]")
CHARACTERS = re.compile(r"[\w※↗☎№⌂¶]+")
# rjieba breaks ties on phrases that stand three times in a row its own way; jieba, the reference, decides there.
TIMES, LONGEST_REPEATED = 3, 12  # characters
BATCH = 2_000  # texts
FEW = 1_000  # characters of the first texts, up to which they are cut without a tokenizer


class View(NamedTuple):
    """A text as the features see it: its words, and its runs of letters, digits and masks."""

    words: list[str]
    runs: list[str]

    def characters(self) -> list[str]:
        """Return the character 1- and 2-grams; none reaches across punctuation."""
        singles = [character for run in self.runs for character in run]
        return singles + [run[place : place + 2] for run in self.runs for place in range(len(run) - 1)]

    def pieces(self, size: int) -> list["View"]:
        """Cut the view at punctuation into pieces of about `size` characters, all of them as long as each other.

        >>> [piece.runs for piece in View(["河水", "发黑", "有人", "电鱼"], ["河水发黑", "有人电鱼"]).pieces(4)]
        [['河水发黑'], ['有人电鱼']]
        """
        lengths = list(itertools.accumulate(map(len, self.runs), initial=0))
        count = max(1, round(lengths[-1] / size))
        if count == 1:
            return [self] if self.words or self.runs else []
        places = [bisect.bisect_left(lengths, lengths[-1] * part / count) for part in range(count + 1)]
        # Words and runs hold the same characters, but for joints such as the hyphen of one word that is two runs.
        ends = list(itertools.accumulate(map(_length, self.words), initial=0))
        cuts = [bisect.bisect_left(ends, lengths[place]) for place in places]
        cuts[-1] = len(self.words)
        pairs = zip(itertools.pairwise(places), itertools.pairwise(cuts), strict=True)
        return [View(self.words[a:b], self.runs[start:end]) for (start, end), (a, b) in pairs if start < end or a < b]


def _length(word: str) -> int:
    return len(word) if word.isalnum() else len(WORD.findall(word))


class Cut(NamedTuple):
    """A cleaned text and its tokens, which together are the text."""

    text: str
    tokens: list[str]

    @property
    def words(self) -> list[str]:
        """The tokens that are words."""
        return [token for token in self.tokens if LETTERS[token[0]]]

    def view(self) -> View:
        """Return the text as its words and runs; a word is kept in memory once, however many texts have it."""
        return View(list(map(sys.intern, self.words)), CHARACTERS.findall(self.text))


@dataclass(frozen=True)
class Cuts(Sequence[Cut]):
    """Some cleaned texts and the tokens of them all, in order, with a break behind each text."""

    texts: Sequence[str]
    tokens: Sequence[str]

    @functools.cached_property
    def points(self) -> Points:
        """The code points of the texts."""
        return join(self.texts)

    @functools.cached_property
    def ends(self) -> list[int]:
        """The place of the break behind each text among the tokens."""
        return [place for place, token in enumerate(self.tokens) if token == BREAK]

    @overload
    def __getitem__(self, place: int) -> Cut: ...

    @overload
    def __getitem__(self, place: slice) -> "Cuts": ...

    def __getitem__(self, place: int | slice) -> "Cut | Cuts":
        """Return one text with its tokens, or some."""
        if isinstance(place, slice):
            return put_together([self[row] for row in range(*place.indices(len(self)))])
        row = range(len(self))[place]
        return Cut(self.texts[row], list(self.tokens[self.ends[row - 1] + 1 if row else 0 : self.ends[row]]))

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.texts)


def put_together(cuts: Sequence[Cut]) -> Cuts:
    """Put texts that were cut apart from each other together; such as are stay."""
    if isinstance(cuts, Cuts):
        return cuts
    return Cuts([cut.text for cut in cuts], [token for cut in cuts for token in (*cut.tokens, BREAK)])


class Tokenizer(Protocol):
    """What jieba.Tokenizer and rjieba.Jieba have in common once wrapped."""

    def __call__(self, text: str) -> list[str]:
        """Cut a text into tokens whose concatenation is the text."""
        ...


@dataclass(frozen=True)
class Segmenter:
    """Cuts cleaned text into words with one lexicon; picklable, the tokenizers behind it are shared in the process."""

    lexicon: Lexicon = field(default_factory=Lexicon)

    def cuts(self, texts: Sequence[str]) -> Cuts:
        """Clean raw texts and cut them into tokens."""
        return self.cut(clean_all(texts))

    def cut(self, texts: Sequence[str]) -> Cuts:
        """Cut cleaned texts into tokens, all at once: no word reaches over a break."""
        if (few := _few(self.lexicon)).sees(texts):
            return Cuts(texts, few.cut(texts))
        if not RUST:
            return Cuts(texts, jieba_tokenizer(self.lexicon)(BREAK.join([*texts, ""])))
        rust, joined, tokens, done = rjieba_tokenizer(self.lexicon), BREAK.join([*texts, ""]), [], 0
        for start, end in repeated_blocks(join(texts)):
            tokens += rust(joined[done:start]) + dictionary(self.lexicon).cut(joined[start:end])
            done = end
        return Cuts(texts, tokens + rust(joined[done:]))

    def views(self, texts: Sequence[str]) -> list[View]:
        """Clean raw texts and cut them both ways."""
        batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))  # tokens take much memory
        return [cut.view() for batch in batches for cut in self.cuts(batch)]


class _Few:
    """The first few texts of a process, perhaps all: what can stand in them of the dictionary is read off sooner."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._characters: frozenset[str] | None = None

    def sees(self, texts: Sequence[str]) -> bool:
        """Tell whether texts are cut here: the first ones, if they are short, and what is made of them."""
        if self._characters is None:
            self._characters = frozenset("".join(texts)) if sum(map(len, texts)) <= FEW else frozenset()
        return bool(self._characters) and self._characters.issuperset("".join(texts))

    def cut(self, texts: Sequence[str]) -> list[str]:
        """Cut cleaned texts into tokens."""
        words = part(self._lexicon, self._characters or frozenset())
        return [token for text in texts for token in (*words.cut(text), BREAK)]


@functools.lru_cache(maxsize=4)
def _few(lexicon: Lexicon) -> _Few:
    return _Few(lexicon)


class _Letters(dict[str, bool]):
    """Whether a character is one that words begin with; each is looked at once."""

    def __missing__(self, character: str) -> bool:
        self[character] = bool(WORD.match(character))
        return self[character]


LETTERS = _Letters()


def repeated_blocks(points: Points) -> list[tuple[int, int]]:
    """Return start and end of each block of words among all code points that holds a phrase three times in a row.

    What stands in one block is cut without regard to what stands in another.

    >>> repeated_blocks(join(["好好好，真好", "哈哈", "，，，", "我走着走着走着"]))
    [(0, 3), (14, 21)]
    """
    outside = np.flatnonzero(~points.look(_in_blocks()))
    bounds = np.concatenate([[-1], outside])
    found: set[tuple[int, int]] = set()
    for size in range(1, LONGEST_REPEATED + 1):
        same = points.codes[size:] == points.codes[:-size]
        at = np.flatnonzero(same)
        run = (TIMES - 1) * size  # so many characters in a row, each like the one a phrase before it
        first, last = at[: max(0, len(at) - run + 1)], at[run - 1 :]
        starts = first[last - first == run - 1]
        before, behind = np.searchsorted(outside, starts), np.searchsorted(outside, starts + TIMES * size - 1)
        within = before[before == behind]
        found |= set(zip((bounds[within] + 1).tolist(), outside[within].tolist(), strict=True))
    return sorted(found)


@functools.cache
def _in_blocks() -> NDArray[np.bool_]:
    """Tell of each character whether it is of a block of words; what lies beyond the plane is not."""
    found = np.zeros(PLANE + 1, dtype=np.bool_)
    for block in BLOCK.finditer(plane()):
        found[slice(*block.span())] = True
    return found


RUST = importlib.util.find_spec("rjieba") is not None


@functools.lru_cache(maxsize=4)
def jieba_tokenizer(lexicon: Lexicon) -> Tokenizer:
    """Build a tokenizer on jieba, the reference."""
    tokenizer = _private_jieba()
    for term in lexicon.terms:
        tokenizer.total -= tokenizer.FREQ.get(term.word, 0)  # which jieba would go on counting
        tokenizer.add_word(term.word, term.frequency)
    return lambda text: tokenizer.lcut(text, HMM=False)


@functools.lru_cache(maxsize=4)
def rjieba_tokenizer(lexicon: Lexicon) -> Tokenizer:
    """Build a tokenizer on rjieba, the Rust port of jieba."""
    tokenizer = _rust().Jieba()
    for term in lexicon.terms:
        tokenizer.add_word(term.word, term.frequency, "")
    return lambda text: list(tokenizer.cut(text, hmm=False))


def _rust() -> Any:
    """Import the Rust part of rjieba alone: the rest builds a tokenizer for everybody, which doubles the time."""
    package = importlib.util.find_spec("rjieba")
    found = PathFinder.find_spec("rjieba", package.submodule_search_locations) if package else None
    if not (found and found.loader):
        return importlib.import_module("rjieba")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def suggest_frequencies(codes_of: Mapping[str, Iterable[str]]) -> Lexicon:
    """Give each word the frequency that jieba itself suggests for keeping it whole."""
    tokenizer = _private_jieba()
    return Lexicon(
        tuple(Term(word, tokenizer.suggest_freq(word, tune=False), tuple(codes)) for word, codes in codes_of.items())
    )


def _private_jieba() -> Any:
    """Return a jieba tokenizer with the dictionary read afresh, past jieba's cache."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's sources predate today's escape rules
        import jieba
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
