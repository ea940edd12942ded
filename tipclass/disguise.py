"""Disguise: texts and tips in which the informant cannot be recognised, for whatever leaves the desk."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from tipclass.columns import cells, kind_of
from tipclass.contacts import contacts
from tipclass.folding import fold
from tipclass.forms import fields
from tipclass.guesses import Guess, guesses
from tipclass.homes import homes
from tipclass.mentions import Mention, mentions
from tipclass.posts import posts
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side
from tipclass.surroundings import Surroundings, sort_before
from tipclass.traces import Trace, TraceKind

LONG = frozenset({TraceKind.ADDRESS, TraceKind.WORK})
OF_OTHERS = frozenset({"kin", "sides"})  # sorts of words that bring the name of somebody beside the informant
_BETWEEN = re.compile("[，、 ]{0,2}(?:工[号牌卡]|胸牌|编号)?[号是为:：]{0,2}")
BLANK = "□"  # what stands for each character of a mask while other traces are looked for


def mask_informant(text: str) -> str:
    """Put a word in brackets in place of whatever leads to the informant; what leads to the reported stays.

    Nothing of what was hidden is kept, not even its length. A name, a number or an address is hidden unless what
    stands around it says that it belongs to those reported.

    >>> mask_informant("我叫谢春生，电话13800000000。老板邵国栋的电话是13900000000")
    '我叫[举报人]，电话[电话]。老板邵国栋的电话是13900000000'
    """
    return mask_each([text])[0]


def mask_each(texts: Sequence[str]) -> list[str]:
    """Mask each of several texts as `mask_informant` does, in a third of the time; what comes again is masked once."""
    masked = {text: text for text in texts}
    pending = list(masked)
    while pending:  # what was hidden may have kept something else from being seen
        done = dict(zip(pending, _masked_once([masked[text] for text in pending]), strict=True))
        pending = [text for text in pending if done[text] != masked[text]]
        masked |= done
    return [masked[text] for text in texts]


def traces(text: str) -> list[Trace]:
    """Return what leads to the informant in a text, in order, none over another."""
    return traces_all([text])[0]


def traces_all(texts: Sequence[str]) -> list[list[Trace]]:
    """Return the traces of each of several texts."""
    folded = [_masks().sub(lambda mask: BLANK * len(mask[0]), fold(text)) for text in texts]
    return list(map(_traces, folded, guesses(folded)))


def _traces(folded: str, guessed: Sequence[Guess]) -> list[Trace]:
    around = Surroundings(folded)
    people = mentions(around)
    found = [*_labelled(folded), *contacts(around, people), *_names(around, people)]
    long = (*homes(around, people, guessed), *posts(around, people, guessed))
    # What goes on beyond a mask is no part of a home: the matter would be hidden with it, clause by clause.
    unmasked = [each for each in long if BLANK not in folded[each.start : each.end]]
    return _apart([*found, *_joined(unmasked, folded)], folded)


def _labelled(text: str) -> Iterator[Trace]:
    """Yield what stands in a column or behind a label that leaves no doubt."""
    for cell in cells(text):
        if cell.hidden:
            yield Trace(kind_of(cell.column), cell.start, cell.end)
    for field in fields(text):
        if field.side is Side.INFORMANT:
            yield Trace(field.kind, field.start, field.end)


def _names(around: Surroundings, people: Iterable[Mention]) -> Iterator[Trace]:
    for each in people:
        if each.ours and around.label(each.start, each.end) != "reported":
            of_other = sort_before(around.plain, each.start) in OF_OTHERS
            yield Trace(TraceKind.OTHER_NAME if of_other else TraceKind.NAME, each.start, each.end)


def _joined(found: Iterable[Trace], text: str) -> list[Trace]:
    """Make one of addresses, and of posts, that overlap or stand side by side."""
    joined = list[Trace]()
    for each in sorted(found, key=lambda each: (each.kind, each.start)):
        last = joined[-1] if joined else None
        if (
            last
            and last.kind is each.kind
            and (each.start < last.end or _BETWEEN.fullmatch(text, last.end, each.start))
        ):
            joined[-1] = Trace(each.kind, last.start, max(last.end, each.end))
        else:
            joined.append(each)
    return joined


def _masked_once(texts: Sequence[str]) -> list[str]:
    return list(map(_without, texts, traces_all(texts)))


def _without(text: str, found: Iterable[Trace]) -> str:
    masks, done = privacy_table().masks, 0
    parts: list[str] = []
    for each in found:
        parts += text[done : each.start], masks.of(each.kind)
        done = each.end
    return "".join((*parts, text[done:]))


@functools.cache
def _masks() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, privacy_table().masks.model_dump().values())))


def _apart(found: Iterable[Trace], text: str) -> list[Trace]:
    """Leave out what overlaps an earlier trace or a mask, but for the parts beside it; return the rest in order."""
    taken = bytearray(BLANK.encode() and (each == BLANK for each in text))
    kept = []
    for each in found:
        for start, end in _free(taken, each.start, each.end):
            taken[start:end] = b"\1" * (end - start)
            kept.append(Trace(each.kind, start, end))
    return sorted(kept, key=lambda each: each.start)


def _free(taken: bytearray, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a stretch that are not taken yet."""
    return [match.span() for match in re.compile(rb"\0+").finditer(taken, start, end)]
