"""Traits: what a tagger sees of each character of a text, as places in its table of weights.

A trait is a template, such as the words on either side, with what stands there; its place is a hash of both.
"""

import functools
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tipclass.documents import SURROGATES
from tipclass.points import code_points
from tipclass.vocabulary import vocabulary
from tipclass.wordlist import Scanner, tables, words

Columns = NDArray[np.int64]
Span = tuple[int, int, int]  # start, end and the number of what stands there

BITS = 20  # of a place
APART = "\n\n\0\0"  # behind each text: a line's end, and what is seen where nothing is, so that none sees into the next
SPREAD, FIRST, SECOND = 0x9E3779B97F4A7C15, np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
SHAPES = (string.digits, string.ascii_letters, "，、", "。；！？!?;\n", "“”\"「」‘’'", "()【】[]", "：:", " ")
HAN, OTHER = len(SHAPES) + 1, len(SHAPES) + 2
PLACE_LISTS = ("place_words", "places", "place_tails", "place_after", "place_rooms", "places_common", "borders_place")


@dataclass(frozen=True)
class Traits:
    """The traits of some texts, shape (templates, characters), the code points, and where each text begins."""

    places: Columns
    codes: NDArray[np.uint32]
    starts: list[int]


def traits(texts: Sequence[str], known: Sequence[Iterable[Span]]) -> Traits:
    """Return the traits of folded texts; `known` are the spans that rules have found in each."""
    text = SURROGATES.sub("\ufffd", "".join(part for each in texts for part in (each, APART)))
    lengths = [len(each) + len(APART) for each in texts]
    starts = [0, *np.cumsum(lengths, dtype=np.int64).tolist()][: len(texts)]
    spans = [
        (begin + start, begin + end, it) for begin, found in zip(starts, known, strict=True) for start, end, it in found
    ]
    layers = [_layer(each, len(text)) for each in (spans, *(scanner.scan(text) for scanner in _scanners()))]
    codes = code_points(text)
    return Traits(_places(text, codes, np.repeat(np.arange(len(texts)), lengths), layers), codes, starts)


def _layer(spans: Iterable[Span], length: int) -> Columns:
    """Return of each character what it is of, and whether it is the first, a later or the last one of it, or all."""
    start, end, it = np.array(list(spans), dtype=np.int64).reshape(-1, 3).T
    sizes = end - start
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    layer = np.zeros(length, dtype=np.int64)
    layer[np.repeat(start, sizes) + within] = np.repeat(4 * it + 2, sizes)
    layer[end - 1] = 4 * it + 3
    layer[start] = 4 * it + (sizes > 1)
    return layer


@functools.cache
def _scanners() -> tuple[Scanner[int], ...]:
    """Return what finds the words of each kind of list, by the number of the list."""
    return (
        Scanner(_acts()),
        Scanner(_numbered(tables("party_words").values())),
        Scanner(_numbered(map(words, PLACE_LISTS))),
        Scanner(_numbered(tables("time_words").values())),
        Scanner(_numbered(tables("person_words").values())),
    )


def _numbered(lists: Iterable[Iterable[str]]) -> dict[str, int]:
    """Give each word the number of the first list that it stands in."""
    found: dict[str, int] = {}
    for number, listed in enumerate(lists, 1):
        for word in listed:
            found.setdefault(word.rstrip(":"), number)
    return found


def _acts() -> dict[str, int]:
    """Number the words for acts by the sort of their list, and the verbs of lists that hold their objects."""
    sorts: dict[str, list[str]] = {}
    for label, listed in tables("act_words").items():
        sort, *verbs = label.split()
        sorts.setdefault(sort, []).extend(listed)
        sorts.setdefault(f"{sort} verbs", []).extend(verbs)
    return _numbered(sorts.values())


def _shapes(codes: NDArray[np.uint32]) -> Columns:
    table = _shape_table()
    return table[np.minimum(codes, len(table) - 1)]


@functools.cache
def _shape_table() -> Columns:
    table = np.full(0x10000, OTHER)
    table[0] = 0
    table[0x4E00:0xA000] = HAN
    for number, signs in enumerate(SHAPES, 1):
        table[[ord(sign) for sign in signs]] = number
    return table


def _places(text: str, codes: NDArray[np.uint32], rows: Columns, layers: Sequence[Columns]) -> Columns:
    """Return the place of each trait of each character."""
    cut = vocabulary().cut(text, codes)
    word = np.repeat(np.arange(len(cut.starts)), cut.lengths)
    within = np.arange(len(codes)) - cut.starts[word]
    long = cut.lengths[word]
    part = np.where(long == 1, 0, np.where(within == 0, 1, np.where(within == long - 1, 2, 3)))  # of its word
    shape = _shapes(codes)
    sorts = np.where(cut.sorts > 0, cut.sorts, -shape[cut.starts])
    again = _again(rows[cut.starts], cut.numbers, cut.lengths)
    of_words = {"word": cut.numbers, "sort": sorts, "like": cut.likes, "odds": cut.odds}
    of_signs = {"sign": codes.astype(np.int64), "shape": shape}
    of_signs |= {f"layer{number}": layer for number, layer in enumerate(layers)}
    at = {"part": part, "again": again[word]}
    templates = _templates(len(layers))
    for name in {name for names in templates for name in names} - at.keys():
        what, step = name[:-2], int(name[-2:])
        at[name] = _moved(of_words[what], step)[word] if what in of_words else _moved(of_signs[what], step)
    return np.stack([mixed(number, [at[name] for name in names]) for number, names in enumerate(templates)])


def _moved(values: Columns, step: int) -> Columns:
    """Return of each place the value that stands so many places on, 0 where there is none."""
    moved = np.zeros_like(values)
    if step >= 0:
        moved[: max(0, len(values) - step)] = values[step:]
    else:
        moved[-step:] = values[:step]
    return moved


def _again(rows: Columns, numbers: Columns, lengths: Columns) -> Columns:
    """Tell of each word whether it is a sign alone (0), stands in its text for the first time (1), or again (2)."""
    _, first = np.unique(rows << 32 | numbers, return_index=True)
    again = np.full(len(numbers), 2)
    again[first] = 1
    again[lengths == 1] = 0
    return again


def mixed(template: int, values: Sequence[Columns]) -> NDArray[np.int32]:
    """Mix a template and what stands in it into places of a table."""
    places = np.full(values[0].shape, (template + 1) * SPREAD & 0xFFFFFFFFFFFFFFFF, dtype=np.uint64)
    for each in values:
        places = (places ^ each.astype(np.uint64)) * FIRST
        places ^= places >> np.uint64(32)
    places *= SECOND
    places ^= places >> np.uint64(29)
    return (places & np.uint64((1 << BITS) - 1)).astype(np.int32)


@functools.cache
def _templates(layers: int) -> tuple[tuple[str, ...], ...]:
    """Return what is looked at together; +1 is the next sign or word, -1 the one before."""
    templates = """
        sign-2, sign-1, sign+0, sign+1, sign+2, sign-2 sign-1, sign-1 sign+0, sign+0 sign+1, sign+1 sign+2,
        sign-1 sign+1, shape-1 shape+0 shape+1, again part, again part sort+0,
        word+0 part, word-1 part, word+1 part, word-2, word+2,
        sort+0 part, sort-1 sort+0 part, sort+0 sort+1 part, sort-1 sort+0 sort+1 part,
        like+0 part, like-1 part, like+1 part, like-2 part, like+2 part, like+0 like+1 part, like-1 like+0 part,
        odds+0 part, odds+0 sort+0 part, odds+0 odds+1 part, odds-1 odds+0 part"""
    listed = [tuple(template.split()) for template in templates.split(",")]
    for layer in (f"layer{number}" for number in range(layers)):
        listed += [
            (f"{layer}+0",),
            (f"{layer}-1", f"{layer}+0", f"{layer}+1"),
            (f"{layer}+0", "sort+0", "part"),
            (f"{layer}-2", f"{layer}+2"),
        ]
    return tuple(listed)
