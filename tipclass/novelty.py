"""Novelty: the words of a batch that a model does not know."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tipclass.scorer import Scorer

MOST, IDS = 20, 3  # words named, and tips named for each
LEAST_IN = 2  # tips a word must stand in: what stands in one is an accident
LONGEST = 4  # characters of a new word; more of them in a row are a phrase
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
# Characters that join words rather than begin or end one.
JOINTS = frozenset(
    "的了着过地得是在有和与及或而但又也都就还再才只很太更最不没别我你您他她它们咱这那哪谁啥么吗呢吧啊呀嘛"
    "把被给让叫向往从对到于为因以所之其个些每各某来去上下里外前后中内要会能可想说看做一二两三几"
)
LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word the model does not know: how often it stands in the batch, in how many tips, and the ids of the first."""

    word: str
    count: int
    tips: int
    ids: tuple[str, ...]


def unknown_words(tokens: Mapping[str, Sequence[str]], scorer: Scorer) -> tuple[Unknown, ...]:
    """Return the words of texts, cut into tokens (by id), that the model does not know, those in the most texts first.

    jieba leaves a new word as single characters; two of them side by side that the model never met so make a word.
    """
    known, met = frozenset(scorer.arrays.words), frozenset(scorer.arrays.characters)
    words = _tally({key: _words(cut, known) for key, cut in tokens.items()})
    pairs = _tally({key: _pairs(cut, met) for key, cut in tokens.items()})
    found = words | _joined(pairs)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), -sum(item[1].values()), item[0]))[:MOST]
    return tuple(Unknown(word, sum(times.values()), len(times), tuple(times)[:IDS]) for word, times in ranked)


def _words(tokens: Sequence[str], known: frozenset[str]) -> Iterator[str]:
    return (each for each in tokens if each not in known and LETTERS.fullmatch(each))


def _pairs(tokens: Sequence[str], met: frozenset[str]) -> Iterator[str]:
    lone = (a + b for a, b in itertools.pairwise(tokens) if HAN.fullmatch(a) and HAN.fullmatch(b))
    return (pair for pair in lone if pair not in met and JOINTS.isdisjoint(pair))


def _tally(words: Mapping[str, Iterable[str]]) -> dict[str, dict[str, int]]:
    """Count each word by text, in the order of the texts; what stands in hardly any text is left out."""
    found: dict[str, dict[str, int]] = {}
    for key, mine in words.items():
        for word, count in Counter(mine).items():
            found.setdefault(word, {})[key] = count
    return {word: times for word, times in found.items() if len(times) >= LEAST_IN}


def _joined(pairs: Mapping[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Join pairs that overlap and stand equally often in the very same texts: they are parts of a longer word.

    >>> _joined({"奥司": {"1": 2, "2": 1}, "司他": {"1": 2, "2": 1}, "他又": {"1": 1, "3": 1}})
    {'奥司他': {'1': 2, '2': 1}, '他又': {'1': 1, '3': 1}}
    """
    alike: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for pair, times in pairs.items():
        chains = alike.setdefault(tuple(times.items()), [])
        if chains and chains[-1][-1] == pair[0] and len(chains[-1]) < LONGEST:
            chains[-1] += pair[1]
        else:
            chains.append(pair)
    return {word: dict(times) for times, words in alike.items() for word in words}
