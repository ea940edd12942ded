"""Transfer to the police: statutory figures a text seems to meet, and whether a referral folder is complete. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from tipclass import messages
from tipclass.records import Hint, LetterField, Mention
from tipclass.routing_table import Figure, Measure, Recognised, Routing
from tipclass.units import reaches

Quantity = tuple[float, str, int, int]  # value, unit, and where it stands in the raw text: start, end (code points)

SENTENCE_ENDS = "。！？!?；;\n"
# A paper is what its title says: a list of enclosures names papers that may not be there.
TITLE_END = re.compile(r"[。；;]|附件|附：|附:")
TITLE_LINES = 6  # letterhead, number and title


def transfer_hints(
    routing: Routing, codes: Sequence[str], text: str, quantities: Iterable[Quantity], *, day: date
) -> tuple[Hint, ...]:
    """Return the figures and circumstances of these categories that the text seems to meet, as of the day of its facts.

    Rows with the same name and provision are ways to meet one figure, which is named once. Hints only: a word or number
    may belong to something else, and what the statute asks besides is not looked at.
    """
    quantities = sorted(quantities, key=lambda each: each[2])
    ours = set(codes)
    figures = [each for each in routing.figure if not ours.isdisjoint(each.codes) and each.holds_on(day)]
    asked = {name for each in figures for name in (*each.when, *each.unless)}
    words = {each.name: _first(each.words, text) for each in routing.circumstance if each.name in asked}
    hints: dict[tuple[str, str], Hint] = {}
    for each in figures:
        met = _met(each, words, text, quantities)
        if met:
            hint = Hint(each.name, each.provision, each.source, each.checked, met)
            hints.setdefault((each.name, each.provision), hint)
    return tuple(hints.values())


def text_of_hint(hint: Hint) -> str:
    """Return a hint as staff read it: the figure, its provision, marked where unchecked, and what met it."""
    provision = hint.provision if hint.checked else messages.UNCHECKED.format(text=hint.provision)
    met = "、".join(each.text for each in hint.met)
    return messages.HINT.format(name=hint.name, provision=provision, met=met)


def missing_papers(routing: Routing, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the papers of a referral folder that no text has in its title."""
    titles = [_title(text) for text in texts]
    return tuple(each.name for each in routing.paper if not any(_recognised(each, title) for title in titles))


def letter_fields(routing: Routing, text: str) -> tuple[LetterField, ...]:
    """Return every field a referral letter should have, with where it first stands in the text if it does."""
    return tuple(LetterField(each.name, _recognised(each, text)) for each in routing.field)


def _met(
    figure: Figure, words: dict[str, tuple[Mention, ...]], text: str, quantities: Sequence[Quantity]
) -> tuple[Mention, ...]:
    """Return what meets a figure, in the order of the text; nothing when some part of it is not met."""
    if not all(words[name] for name in figure.when) or any(words[name] for name in figure.unless):
        return ()
    measured = _measured(figure.measure, text, quantities) if figure.measure else ()
    if figure.measure and not measured:
        return ()
    circumstances = (mention for name in figure.when for mention in words[name])
    return tuple(sorted({*circumstances, *measured}, key=lambda each: (each.start, each.end)))


def _measured(measure: Measure, text: str, quantities: Iterable[Quantity]) -> tuple[Mention, ...]:
    """Return the first quantity that reaches the measure, with the word beside it where one is asked for."""
    for value, unit, start, end in quantities:
        if not reaches(*_converted(value, unit, measure), measure.least, measure.unit):
            continue
        beside = _first(measure.beside, text, *_sentence(text, start, end))
        if beside or not measure.beside:
            return (Mention(text[start:end], start, end), *beside)
    return ()


def _converted(value: float, unit: str, measure: Measure) -> tuple[float, str]:
    return (value * measure.conversion[unit], measure.unit) if unit in measure.conversion else (value, unit)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around a span begins and ends."""
    before = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS)
    after = [place for mark in SENTENCE_ENDS if (place := text.find(mark, end)) >= 0]
    return before + 1, min(after, default=len(text))


def _first(words: Iterable[str], text: str, start: int = 0, end: int | None = None) -> tuple[Mention, ...]:
    """Return where the first of the words stands, the longest of those that begin there; nothing when none does."""
    found = [(text.find(word, start, end), word) for word in words if word in text]
    place, word = min(((place, word) for place, word in found if place >= 0), key=_early_and_long, default=(0, ""))
    return (Mention(word, place, place + len(word)),) if word else ()


def _early_and_long(found: tuple[int, str]) -> tuple[int, int]:
    return found[0], -len(found[1])


def _recognised(row: Recognised, text: str) -> tuple[Mention, ...]:
    """Return where a paper or field is first recognised, by a word or else by its pattern."""
    by_pattern = re.search(row.pattern, text) if row.pattern else None
    patterned = (Mention(by_pattern.group(), *by_pattern.span()),) if by_pattern else ()
    return _first(row.words, text) or patterned


def _title(text: str) -> str:
    """Return the opening of a text, up to its first sentence or list of enclosures."""
    opening = "\n".join([line for line in text.splitlines() if line.strip()][:TITLE_LINES])
    return TITLE_END.split(opening, maxsplit=1)[0]
