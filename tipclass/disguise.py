"""Disguise: texts and tips in which the informant cannot be recognised, for whatever leaves the desk."""

import re
from collections.abc import Iterable

from tipclass import contacts
from tipclass.accused import partly_masked, reported_names
from tipclass.columns import cells, is_reported, kind_of
from tipclass.folding import fold
from tipclass.forms import Field, fields
from tipclass.homes import homes
from tipclass.informant import beside_contacts, names
from tipclass.posts import posts
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side, Sides
from tipclass.traces import Trace, TraceKind

LONG = frozenset({TraceKind.ADDRESS, TraceKind.WORK})
NAMES = frozenset({TraceKind.NAME, TraceKind.OTHER_NAME})


def mask_informant(text: str) -> str:
    """Put a word in brackets in place of whatever leads to the informant; what leads to the reported stays.

    Nothing of what was hidden is kept, not even its length. A phone number, an id, an account or a card is hidden
    unless it clearly belongs to those reported.

    >>> mask_informant("我叫谢春生，电话13800000000。老板邵国栋的电话是13900000000")
    '我叫[举报人]，电话[电话]。老板邵国栋的电话是13900000000'
    """
    while (masked := _masked_once(text)) != text:  # what was hidden may have kept something else from being seen
        text = masked
    return text


def traces(text: str) -> list[Trace]:
    """Return what leads to the informant in a text, in order, none over another."""
    folded = fold(text)
    listed = list(cells(folded))
    form = fields(folded)
    theirs = [(each.start, each.end) for each in listed if is_reported(each.column)]
    theirs += [(each.start, each.end) for each in form if each.side is Side.REPORTED]
    reported = [*theirs, *reported_names(folded)]
    cues = Sides(folded)
    named = names(folded, reported, cues.knowing((), reported))
    others = [*reported, *partly_masked(folded, named)]
    sides = cues.knowing([(each.start, each.end) for each in named], others)
    reached = _contacts(folded, sides, theirs)
    whole = [Trace(kind_of(each.column), each.start, each.end) for each in listed if each.hidden]
    whole += [Trace(each.kind, each.start, each.end) for each in form if _is_ours(each, sides)]
    named = [*named, *beside_contacts(folded, reached)]
    ends = [each.end for each in (*named, *reached) if each.kind in {*NAMES, TraceKind.ID_NUMBER}]
    starts = [each.start for each in named]
    found = [*reached, *whole, *named, *homes(folded, sides, ends), *posts(folded, sides, starts)]
    return _apart(_joined(found), _taken(text))


def _joined(found: Iterable[Trace]) -> list[Trace]:
    """Make one of addresses, and of posts, that overlap; each rule may have seen a part only."""
    every, joined = list(found), list[Trace]()
    others, long = ([each for each in every if (each.kind in LONG) is is_long] for is_long in (False, True))
    for each in [*others, *sorted(long, key=lambda each: (each.kind, each.start))]:
        last = joined[-1] if joined else None
        if each.kind in LONG and last and last.kind is each.kind and each.start < last.end:
            joined[-1] = Trace(each.kind, last.start, max(last.end, each.end))
        else:
            joined.append(each)
    return joined


def _is_ours(field: Field, sides: Sides) -> bool:
    """Tell whether a field is the informant's: by its labels, or where nothing says that it is not."""
    if field.side:
        return field.side is Side.INFORMANT
    return not sides.is_reported(field.start, field.end)


def _contacts(text: str, sides: Sides, theirs: Iterable[tuple[int, int]]) -> list[Trace]:
    """Return the informant's contacts and all others of the same digits or letters: once hidden, always hidden."""
    every, shown = list(contacts.find(text)), {place for start, end in theirs for place in range(start, end)}
    ours = (each for each in every if each.start not in shown and not sides.is_reported(each.start, each.end))
    known = {_key(text, each) for each in ours}
    return [each for each in every if _key(text, each) in known]


def _masked_once(text: str) -> str:
    masks, done = privacy_table().masks, 0
    parts: list[str] = []
    for each in traces(text):
        parts += text[done : each.start], masks.of(each.kind)
        done = each.end
    return "".join((*parts, text[done:]))


def _key(text: str, each: Trace) -> str:
    words = text[each.start : each.end]
    return contacts.digits(words) if each.kind is TraceKind.PHONE else words


def _taken(text: str) -> bytearray:
    """Mark the characters of masks that stand already."""
    taken = bytearray(len(text))
    words = privacy_table().masks.model_dump().values()
    for match in re.finditer("|".join(map(re.escape, words)), text):
        taken[slice(*match.span())] = b"\1" * len(match[0])
    return taken


def _apart(found: Iterable[Trace], taken: bytearray) -> list[Trace]:
    """Leave out what overlaps an earlier trace or a place that is taken; return the rest in the order of the text."""
    kept = []
    for each in found:
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)
