"""Segmentation: a cleaned text as words and as character runs.

Words are jieba's dictionary cut without HMM plus the lexicon, on a tokenizer of our own: jieba's global one belongs to
everybody in the process, and its cache in the temp folder could be anybody's. rjieba, where installed, gives the same
tokens many times faster.
"""

import bisect
import functools
import importlib.util
import itertools
import re
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from tipclass.clean import clean
from tipclass.lexicon import Lexicon, Term

WORD = re.compile(r"[\w※↗☎№⌂¶]")
CHARACTERS = re.compile(r"[\w※↗☎№⌂¶]+")
# rjieba breaks ties on phrases that stand three times in a row its own way; jieba, the reference, decides there.
TIMES, LONGEST_REPEATED = 3, 12  # characters
BATCH = 2_000  # texts


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
    """A cleaned text, its tokens, which together are the text, and those of them that are words."""

    text: str
    tokens: list[str]
    words: list[str]

    def view(self) -> View:
        """Return the text as its words and runs; a word is kept in memory once, however many texts have it."""
        return View(list(map(sys.intern, self.words)), CHARACTERS.findall(self.text))


class Tokenizer(Protocol):
    """What jieba.Tokenizer and rjieba.Jieba have in common once wrapped."""

    def __call__(self, text: str) -> list[str]:
        """Cut a text into tokens whose concatenation is the text."""
        ...


@dataclass(frozen=True)
class Segmenter:
    """Cuts cleaned text into words with one lexicon; picklable, the tokenizers behind it are shared in the process."""

    lexicon: Lexicon = field(default_factory=Lexicon)

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of a text, in order; together they are the text."""
        return self._tokenizer(repeated=RUST and repeats([text])[0])(text)

    def cuts(self, texts: Sequence[str]) -> list[Cut]:
        """Clean raw texts and cut them into tokens."""
        cleaned = [clean(text) for text in texts]
        again = repeats(cleaned) if RUST else [False] * len(cleaned)
        return [
            Cut(text, tokens := self._tokenizer(repeated=repeated)(text), _words(tokens))
            for text, repeated in zip(cleaned, again, strict=True)
        ]

    def views(self, texts: Sequence[str]) -> list[View]:
        """Clean raw texts and cut them both ways."""
        batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))  # tokens take much memory
        return [cut.view() for batch in batches for cut in self.cuts(batch)]

    def _tokenizer(self, *, repeated: bool) -> Tokenizer:
        return rjieba_tokenizer(self.lexicon) if RUST and not repeated else jieba_tokenizer(self.lexicon)


class _Letters(dict[str, bool]):
    """Whether a character is one that words begin with; each is looked at once."""

    def __missing__(self, character: str) -> bool:
        self[character] = bool(WORD.match(character))
        return self[character]


LETTERS = _Letters()


def _words(tokens: Iterable[str]) -> list[str]:
    return [token for token in tokens if LETTERS[token[0]]]


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text, shape (characters,).

    >>> code_points("鱼a").tolist()
    [40060, 97]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def repeats(texts: Sequence[str]) -> list[bool]:
    """Tell which texts hold a phrase three times in a row.

    >>> repeats(["好好好", "哈哈", "走着走着走着"])
    [True, False, True]
    """
    points = code_points("\n".join([*texts, ""]))
    ends = np.cumsum([len(text) + 1 for text in texts])
    found = np.zeros(len(texts), dtype=bool)
    for size in range(1, LONGEST_REPEATED + 1):
        same = np.flatnonzero((points[size:] == points[:-size]) & (points[size:] != ord("\n")))
        run = (TIMES - 1) * size  # so many characters in a row, each like the one a phrase before it
        first, last = same[: max(0, len(same) - run + 1)], same[run - 1 :]
        begins = first[last - first == run - 1]
        found[np.searchsorted(ends, begins, side="right")] = True
    return found.tolist()


RUST = importlib.util.find_spec("rjieba") is not None


@functools.lru_cache(maxsize=4)
def jieba_tokenizer(lexicon: Lexicon) -> Tokenizer:
    """Build a tokenizer on jieba, the reference."""
    tokenizer = _private_jieba()
    for term in lexicon.terms:
        tokenizer.add_word(term.word, term.frequency)
    return lambda text: tokenizer.lcut(text, HMM=False)


@functools.lru_cache(maxsize=4)
def rjieba_tokenizer(lexicon: Lexicon) -> Tokenizer:
    """Build a tokenizer on rjieba, the Rust port of jieba."""
    import rjieba

    tokenizer = rjieba.Jieba()
    for term in lexicon.terms:
        tokenizer.add_word(term.word, term.frequency, "")
    return lambda text: list(tokenizer.cut(text, hmm=False))


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
