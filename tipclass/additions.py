"""Additions: what each tip of a group says that no earlier one of them said."""

import re
from collections.abc import Sequence

from tipclass.bigrams import plain, usual_rarity
from tipclass.records import Mention

CLAUSE = re.compile(r"[^，。；！？!?;,、\n]+")
NEW = 0.6  # share of a clause, weighed by rarity, that must not have been said
LEAST = 14.0  # rarity of what is new in a clause
LONGEST = 40  # characters shown of a clause
MOST = 3  # clauses shown


def additions(texts: Sequence[str]) -> list[tuple[Mention, ...]]:
    """Return for each raw text, in the order they came in, its clauses that say most that is new; the first adds none.

    >>> [[each.text for each in told] for told in additions(["东岗村有人倒垃圾", "东岗村有人倒垃圾，车牌豫A00000"])]
    [[], ['车牌豫A00000']]
    """
    said: dict[str, float] = {}
    told = []
    for number, text in enumerate(texts):
        clauses = [(match.span(), usual_rarity(plain(match[0]))) for match in CLAUSE.finditer(text)]
        told.append(_newest(text, clauses, said) if number else ())
        for _, pairs in clauses:
            said |= pairs
    return told


def _newest(
    text: str, clauses: Sequence[tuple[tuple[int, int], dict[str, float]]], said: dict[str, float]
) -> tuple[Mention, ...]:
    """Return the clauses that are mostly new, those with the most of it, in the order of the text."""
    weighed = []
    for span, pairs in clauses:
        new = sum(rarity for pair, rarity in pairs.items() if pair not in said)
        if new >= LEAST and new >= NEW * sum(pairs.values()):
            weighed.append((new, span))
    best = sorted(weighed, key=lambda each: (-each[0], each[1]))[:MOST]
    return tuple(_mention(text, *span) for span in sorted(span for _, span in best))


def _mention(text: str, start: int, end: int) -> Mention:
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = min(start + LONGEST, start + len(text[start:end].rstrip()))
    return Mention(text[start:end], start, end)
