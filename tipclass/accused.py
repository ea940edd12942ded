"""The accused: the names of those whom a text reports, and of officers; they stay."""

import functools
import re
from collections.abc import Iterable

from tipclass.names import Span, given, masked_in, name_at, places_of, surname
from tipclass.privacy_table import privacy_table
from tipclass.traces import Trace
from tipclass.wordlist import any_of


def reported_names(text: str) -> list[Span]:
    """Return where a folded text names those it reports, and officers, by the title they bear."""
    bearers = (name_at(text, match.end(), sure=False, loose=True) for match in _bearer().finditer(text))
    found = [span for span in bearers if span]
    again = places_of(text, {text[start:end] for start, end in found if not _is_surname(text[start:end])})
    officers = [span for office in _office().finditer(text) if (span := _before_office(text, office.start()))]
    return sorted({*found, *again, *officers})


def partly_masked(text: str, named: Iterable[Trace]) -> list[Span]:
    """Return the names that were hidden in part before, other than the informant's: papers mask whom they report."""
    ours = {each.start for each in named}
    return [span for span in masked_in(text) if span[0] not in ours]


def _before_office(text: str, end: int) -> Span | None:
    """Return the surname, or the name of another language behind a mark, that an office follows: 周科长."""
    for size, pattern in ((2, _surname()), (1, _surname()), (2, _behind_mark())):
        match = pattern.match(text, max(0, end - size))
        if match and match.end() == end:
            return match.span()
    return None


def _is_surname(word: str) -> bool:
    return _surname().fullmatch(word) is not None


@functools.cache
def _bearer() -> re.Pattern[str]:
    titles = any_of(privacy_table().names.titles)
    return re.compile(rf"(?:{titles})(?:叫做?|名叫|名字叫|自称|姓名|是|为|的|[:：，“\" ]){{0,3}}")


@functools.cache
def _office() -> re.Pattern[str]:
    return re.compile(any_of(privacy_table().names.offices))


@functools.cache
def _surname() -> re.Pattern[str]:
    return re.compile(surname())


@functools.cache
def _behind_mark() -> re.Pattern[str]:
    return re.compile(rf"(?<=[，。、和与是]){given()}{{2}}")
