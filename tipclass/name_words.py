"""Words of names: the characters and words that names of persons are made of, and how usual each is in them."""

import functools
from collections.abc import Mapping

from tipclass.privacy_table import privacy_table
from tipclass.wordlist import tables, words

OFTEN = 5  # the rank of a frequent surname
POLITE = frozenset(("女士", "先生", "小姐"))


def is_han(character: str) -> bool:
    """Tell whether a character is a common Han one; False for none."""
    return "\u4e00" <= character <= "\u9fff"


def rank_of(ranks: Mapping[str, int], character: str) -> int:
    """Return the rank of a character: 2 where it is not listed, -1 for none."""
    return ranks.get(character, 2) if character else -1


def surname_rank(character: str) -> int:
    """Return how much more usual a character is as a surname than elsewhere: from 0 to 4, or `OFTEN`."""
    return OFTEN if character in _frequent() else rank_of(_surname_ranks(), character)


@functools.cache
def given_ranks() -> Mapping[str, int]:
    """Return how much more usual characters are in given names than elsewhere, in ranks from 0 to 4."""
    return _ranks("given")


@functools.cache
def _surname_ranks() -> Mapping[str, int]:
    return _ranks("surname")


def _ranks(sort: str) -> Mapping[str, int]:
    """Return how much more usual characters are in names than elsewhere, in ranks from 0 to 4."""
    listed = tables("name_characters")
    return {each: rank for rank in range(5) for row in listed.get(f"{sort} {rank}", ()) for each in row}


@functools.cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Return the surnames of one character, and those of two."""
    every = {*tables("person_words")["surnames"], *privacy_table().names.surnames}
    one = frozenset(each for each in every if len(each) == 1)
    return one, frozenset(each for each in every if len(each) == 2)


@functools.cache
def _frequent() -> frozenset[str]:
    return frozenset(privacy_table().names.frequent)


@functools.cache
def usual_words() -> frozenset[str]:
    """Return the usual words of the language, and others known to be no name."""
    return frozenset(words("common")) | frozenset(tables("person_words")["none"])


@functools.cache
def elders() -> tuple[str, ...]:
    """Return the forms of address that the informant's side bears, the longest first."""
    names = privacy_table().names
    return tuple(sorted({*names.courtesy, *names.elders}, key=lambda word: (-len(word), word)))
