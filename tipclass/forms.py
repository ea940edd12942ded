"""Forms: what a form pasted as text says behind its labels, and whom each of them holds."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tipclass.columns import kind_of, says_nothing
from tipclass.privacy_table import privacy_table
from tipclass.sides import Side
from tipclass.traces import TraceKind
from tipclass.wordlist import any_of

LEAST = 2  # fields of the informant's or of nobody's that make a form
HIDDEN = frozenset({*TraceKind} - {TraceKind.NAME, TraceKind.OTHER_NAME, TraceKind.WORK})

_LABEL = re.compile(
    r"(?:^|(?<=[\n|，,；;。/ 　【\[]))[ ]{0,3}(?P<label>[\u4e00-\u9fffA-Za-z]{2,12})"
    r"(?:[（(][^（）()\n]{0,12}[）)])?[】\]]?[ ]{0,2}(?:[:：]|(?<=】)|(?= ))[ ]{0,2}[【\[]?"
)
_ASKED_FOR = re.compile("(?:要求|需要?|须)[留填]")  # whoever asks for it, who writes gives his own
_VALUE = re.compile(r"[^\n|；;。，【】\[\]]{1,60}?(?=[\n|；;。，【】\[\]]|[ ]{2}|$|[ /][\u4e00-\u9fff]{2,8}[:：])")
# An address goes on behind a comma as long as places follow: 北苑，进大门左拐第四排，顶头靠围墙
_MORE_PLACE = re.compile(
    r"(?:[，,][^，,。；;：:！？!?\n|【】\[\]]{1,14}[号楼门院墙层排户家边头侧间室口旁后前里上下转道幢栋](?=[，,。；;\n|]|$))+"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A value from `start` up to `end` behind a label; `side` is None where no label so far tells whose it is."""

    kind: TraceKind
    side: Side | None
    start: int
    end: int


def fields(text: str) -> list[Field]:
    """Return the fields of a folded text that hold a person's data; one alone under a bare label tells nothing.

    >>> text = "诉求人：林某 电话：1 事发地址：南门"
    >>> [(each.side.value, text[each.start : each.end]) for each in fields(text)]
    [('informant', '1'), ('reported', '南门')]
    """
    if ":" not in text and "：" not in text and "】" not in text:
        return []
    found = list(_fields(text))
    return found if len(found) >= LEAST else [each for each in found if each.side]


def _fields(text: str) -> Iterator[Field]:
    side: Side | None = None
    for match in _LABEL.finditer(text):
        label = match["label"]
        own = _side(label)
        if own is None and not _is_bare(label):
            continue
        side = own or side
        value = _VALUE.match(text, match.end())
        word = value[0].strip() if value else ""
        kind = kind_of(label)
        if kind in HIDDEN and not says_nothing(word):
            start = match.end() + (value[0].index(word) if value else 0)
            # A bare address behind a field of the reported may be anybody's.
            whose = own if kind is TraceKind.ADDRESS and side is Side.REPORTED else side
            end = start + len(word)
            more = _MORE_PLACE.match(text, end) if kind is TraceKind.ADDRESS else None
            yield Field(kind, whose, start, more.end() if more else end)


def _side(label: str) -> Side | None:
    """Return whom a label names; None for one such as 电话, which goes with the one before."""
    reported, informant, _ = _words()
    if _ASKED_FOR.search(label):
        return Side.INFORMANT
    if reported.search(label):
        return Side.REPORTED
    return Side.INFORMANT if informant.search(label) else None


def _is_bare(label: str) -> bool:
    return _words()[2].fullmatch(label) is not None


@functools.cache
def _words() -> tuple[re.Pattern[str], ...]:
    table = privacy_table()
    reported, informant, bare = table.fields.reported, table.fields.informant, table.fields.bare
    return re.compile(any_of(reported)), re.compile(any_of(informant)), re.compile(f"(?:{any_of(bare)}){{1,4}}")
