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
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from tipclass.clean import clean
from tipclass.lexicon import Lexicon, Term

WORD = re.compile(r"[\w※↗☎№⌂¶]")
CHARACTERS = re.compile(r"[\w※↗☎№⌂¶]+")
# rjieba breaks ties on such repeats its own way; jieba, the reference, decides there.
REPEATED = re.compile(r"(.{1,12}?)\1\1")


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
        places = [bisect.bisect_left(lengths, lengths[-1] * part / count) for part in range(count + 1)]
        # Words and runs hold the same characters, but for joints such as the hyphen of one word that is two runs.
        ends = list(itertools.accumulate(map(_length, self.words), initial=0))
        cuts = [bisect.bisect_left(ends, lengths[place]) for place in places]
        cuts[-1] = len(self.words)
        pairs = zip(itertools.pairwise(places), itertools.pairwise(cuts), strict=True)
        return [View(self.words[a:b], self.runs[start:end]) for (start, end), (a, b) in pairs if start < end or a < b]


def _length(word: str) -> int:
    return len(word) if word.isalnum() else len(WORD.findall(word))


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
        if not RUST or REPEATED.search(text):
            return jieba_tokenizer(self.lexicon)(text)
        return rjieba_tokenizer(self.lexicon)(text)

    def view(self, text: str) -> View:
        """Clean a raw text and cut it both ways."""
        return self.view_cleaned(clean(text))

    def view_cleaned(self, cleaned: str) -> View:
        """Cut a cleaned text both ways."""
        return View(self.words(cleaned), CHARACTERS.findall(cleaned))

    def words(self, text: str) -> list[str]:
        """Return the tokens of a cleaned text that hold a letter, a digit or a mask.

        >>> Segmenter().words("有人往河里倒污泥。")
        ['有人', '往', '河里', '倒', '污泥']
        """
        return [token for token in self.tokens(text) if WORD.match(token)]


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
