"""Lines: a tip as the cells of the ledger's main sheet, and what they say read back as a Row."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from tipclass import messages
from tipclass.corrections import corrected_labels
from tipclass.deadlines import Due
from tipclass.errors import InputError
from tipclass.ledger import Row, Status
from tipclass.office import DAY
from tipclass.records import ElementKind, Entry, Mention, Nature, Notes, Repeats, Route, Series, TieKind, Tip
from tipclass.routing import text_of_basis
from tipclass.sheets import to_text
from tipclass.taxonomy import Taxonomy
from tipclass.told import SEPARATOR, lines, listed, missing_names
from tipclass.transfer import text_of_hint
from tipclass.workbook import fitting

# Columns are kept in the order a workbook has them; a new one begins with these. The first are printed.
PRINTED = (
    messages.COLUMN_NUMBER,
    messages.COLUMN_RECEIVED,
    messages.COLUMN_CHANNEL,
    messages.COLUMN_TEXT,
    messages.COLUMN_CATEGORY,
    messages.COLUMN_GRADE,
    messages.COLUMN_LEAD,
    messages.COLUMN_REPEATS,
    messages.COLUMN_DUE,
    messages.COLUMN_STATUS,
    messages.COLUMN_REMARK,
)
WORKED = (
    messages.COLUMN_ROUTE,
    messages.COLUMN_CERTAINTY,
    messages.COLUMN_REASON,
    messages.COLUMN_CORRECTION,
    messages.COLUMN_FURTHER_CORRECTION,
    messages.COLUMN_FURTHER,
    messages.COLUMN_ASSIST,
    messages.COLUMN_PLACE,
    messages.COLUMN_SUBJECT,
    messages.COLUMN_MISSING,
    messages.COLUMN_HINTS,
    messages.COLUMN_NATURE,
    messages.COLUMN_BASIS,
    messages.COLUMN_ADDS,
    messages.COLUMN_SERIES,
    messages.COLUMN_STEPS,
    messages.COLUMN_SOURCE,
    messages.COLUMN_ID,
)
# The model's id stands last: with it ends what `corpus learn` takes for one set of our columns.
HIDDEN = (messages.COLUMN_DISPATCH, messages.COLUMN_FINGERPRINT, messages.COLUMN_MODEL)
OURS = (*PRINTED, *WORKED, *HIDDEN)

CHANNEL_COLUMNS = ("渠道", "来源渠道", "信访渠道", "举报渠道", "受理渠道", "诉求渠道", "信息来源", "线索来源", "来源")
AREA_COLUMNS = ("属地", "事发属地", "所属区域", "行政区划", "区划", "所属区县", "区县", "事发区域", "事发地")
AREA = re.compile(
    r"^(?:[^\W\d_]{1,12}?(?:省|自治区|市(?!场|政|民)|自治州|州|盟|区(?!域)|县|旗|镇|乡|街道|村(?!民|委)|社区))+"
)
NUMBER = re.compile(r"(\d{4})-(\d{4,})")
GROUP = re.compile(r"(?P<first>.+?)(?:（(?P<size>\d{1,9}) ?件）)?")
QUOTED = re.compile(messages.ADDS.format(text="(.{1,4000}?)"))
TIED = re.compile(
    messages.SERIES.format(
        kind=f"(?P<kind>{'|'.join(messages.TIES.values())})", wording="(?P<wording>.*)", ids="(?P<ids>[^：]+)"
    )
)

TURN = re.compile(r"(?:#\d{1,9}){1,9}$")  # what told equal ids of one reading apart

Kind = TypeVar("Kind")
Line = Mapping[str, Any]  # the value of each cell by the name of its column; an empty cell is an empty text


def text_of(line: Line, column: str) -> str:
    """Return a cell as text, empty where there is none."""
    return to_text(line.get(column, "")).strip()


# --- an entry becomes a line ---------------------------------------------------------------------


def new_line(
    entry: Entry, number: str, received: date, due: Due | None, *, taxonomy: Taxonomy, model: str
) -> dict[str, Any]:
    """Return the cells of a tip that is entered."""
    tip, decision = entry.tip, entry.decision
    labels = decision.labels if decision.readable else ()
    names = [taxonomy.name(each.code) for each in labels]
    due = None if decision.route is Route.SET_ASIDE else due
    cells = {
        messages.COLUMN_NUMBER: number,
        messages.COLUMN_RECEIVED: received,
        messages.COLUMN_CHANNEL: channel_of(entry),
        messages.COLUMN_TEXT: fitting(tip.text),
        messages.COLUMN_CATEGORY: names[0] if names else "",
        messages.COLUMN_FURTHER: ";".join(names[1:]),
        messages.COLUMN_DUE: due.day or "" if due else "",
        messages.COLUMN_STEPS: due.told if due else "",
        messages.COLUMN_STATUS: messages.STATUSES[Status.REGISTERED],
        messages.COLUMN_ROUTE: messages.ROUTES[decision.route],
        messages.COLUMN_CERTAINTY: round(decision.certainty, 4),
        messages.COLUMN_REASON: entry.reason,
        messages.COLUMN_SOURCE: tip.source,
        messages.COLUMN_ID: tip.id,
        messages.COLUMN_FINGERPRINT: fingerprint(tip),
        messages.COLUMN_MODEL: model,
    }
    return dict.fromkeys(OURS, "") | cells | (_noted(entry.notes, [each.code for each in labels], entry))


def _noted(notes: Notes | None, codes: Sequence[str], entry: Entry) -> dict[str, str]:
    if not notes:
        return {messages.COLUMN_DISPATCH: dispatch(codes, "", ""), messages.COLUMN_PLACE: area_of(entry)}
    departments = notes.departments
    lead, assist = departments.lead, listed(departments.assist)
    return {
        messages.COLUMN_GRADE: notes.grade.level if notes.grade else "",
        messages.COLUMN_LEAD: lead,
        messages.COLUMN_ASSIST: assist,
        messages.COLUMN_PLACE: area_of(entry),
        messages.COLUMN_SUBJECT: next((e.text for e in notes.elements if e.kind is ElementKind.SUBJECT), ""),
        messages.COLUMN_MISSING: listed(missing_names(notes)),
        messages.COLUMN_HINTS: fitting(lines(map(text_of_hint, notes.hints))),
        messages.COLUMN_NATURE: listed(messages.NATURES[each] for each in notes.natures),
        messages.COLUMN_BASIS: lines(map(text_of_basis, departments.basis)),
        messages.COLUMN_DISPATCH: dispatch(codes, lead, assist),
    }


def fingerprint(tip: Tip) -> str:
    """Return what a tip is known by, whichever files it was read beside and whatever staff do to its text later.

    >>> fingerprint(Tip("7#3", "河水 发黑", "a.csv")) == fingerprint(Tip("7", "河水发黑", "a.csv"))
    True
    """
    given = tip.id if tip.id.startswith(f"{tip.source}#") else TURN.sub("", tip.id)
    shown = "".join(each for each in tip.text if each.isprintable() and not each.isspace())
    return hashlib.sha256("\n".join((tip.source, given, shown)).encode("utf-8", "replace")).hexdigest()[:16]


def dispatch(codes: Iterable[str], lead: str, assist: str) -> str:
    """Return what the program itself dispatched, to tell it later from what staff wrote: codes, lead, assistants."""
    return "|".join((";".join(codes), lead, assist))


def dispatched(cell: str) -> tuple[tuple[str, ...], str, str]:
    """Return what `dispatch` wrote.

    >>> dispatched(dispatch(["a", "b"], "水利", ""))
    (('a', 'b'), '水利', '')
    """
    codes, _, names = cell.partition("|")
    lead, _, assist = names.partition("|")
    return tuple(filter(None, codes.split(";"))), lead, assist


def channel_of(entry: Entry) -> str:
    """Return the channel a usual column names, else the name of the source file."""
    return entry.tip.cell(CHANNEL_COLUMNS) or re.sub(r"\.\w{2,5}(#.*)?$", "", entry.tip.source.rpartition("/")[2])


def area_of(entry: Entry) -> str:
    """Return the place a usual column names, else the first administrative one of the text, else the first one."""
    elements = entry.notes.elements if entry.notes else ()
    places = [each.text for each in elements if each.kind is ElementKind.PLACE]
    areas = (match[0] for match in map(AREA.match, places) if match)
    return entry.tip.cell(AREA_COLUMNS) or next(areas, "") or next(iter(places), "")


# --- a line becomes a row ------------------------------------------------------------------------


def row_of(line: Line, taxonomy: Taxonomy, complain: Callable[[str], None]) -> Row:
    """Return what a line says; `complain` hears what its cells hold that nobody can use.

    Raises ValueError, saying so in Chinese, where it tells no day on which the tip came in.
    """
    cell = partial(text_of, line)
    received = day_in(line[messages.COLUMN_RECEIVED])
    if received is None:
        raise ValueError(messages.LEDGER_BAD_DAY.format(value=cell(messages.COLUMN_RECEIVED)))
    reviewed = _reviewed(line, taxonomy, complain)
    return Row(
        number=cell(messages.COLUMN_NUMBER),
        received=received,
        id=cell(messages.COLUMN_ID),
        source=cell(messages.COLUMN_SOURCE),
        text=to_text(line[messages.COLUMN_TEXT]),
        labels=reviewed or _judged(line, taxonomy, complain),
        route=_code(messages.ROUTES, cell(messages.COLUMN_ROUTE), Route) or Route.REVIEW,
        certainty=_share(line[messages.COLUMN_CERTAINTY]),
        reason=cell(messages.COLUMN_REASON),
        channel=cell(messages.COLUMN_CHANNEL),
        place=cell(messages.COLUMN_PLACE),
        subject=cell(messages.COLUMN_SUBJECT),
        grade=cell(messages.COLUMN_GRADE),
        lead=cell(messages.COLUMN_LEAD),
        assist=_words(cell(messages.COLUMN_ASSIST)),
        basis=cell(messages.COLUMN_BASIS),
        missing=_codes(messages.ELEMENTS, cell(messages.COLUMN_MISSING), ElementKind),
        hints=cell(messages.COLUMN_HINTS),
        natures=_codes(messages.NATURES, cell(messages.COLUMN_NATURE), Nature),
        repeats=_repeats(line),
        series=tuple(series_in(cell(messages.COLUMN_SERIES))),
        status=_status(cell(messages.COLUMN_STATUS), complain),
        due=day_in(line[messages.COLUMN_DUE]),
        corrected=bool(reviewed),
        other={name: to_text(line[name]) for name in line if name not in OURS or name == messages.COLUMN_REMARK},
    )


def day_in(value: Any) -> date | None:
    """Return the day a cell names, as a spreadsheet keeps days or as people write them; None where it names none.

    >>> day_in("2026/8/20 10:30"), day_in("八月")
    (datetime.date(2026, 8, 20), None)
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    match = DAY.match(to_text(value).strip())
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:  # no such day
        return None


def group_in(cell: str) -> str:
    """Return the name of the group a cell of repeats names: the number of its first tip."""
    match = GROUP.fullmatch(cell)
    return match["first"] if match else ""


def series_in(cell: str) -> Iterator[Series]:
    """Yield the series a cell names, as written."""
    kinds = {name: TieKind(code) for code, name in messages.TIES.items()}
    for match in filter(None, map(TIED.fullmatch, cell.splitlines())):
        yield Series(kinds[match["kind"]], match["wording"], _words(match["ids"]))


def _repeats(line: Line) -> Repeats | None:
    match = GROUP.fullmatch(text_of(line, messages.COLUMN_REPEATS))
    text = to_text(line[messages.COLUMN_TEXT])
    found = ((words, text.find(words)) for words in QUOTED.findall(text_of(line, messages.COLUMN_ADDS)))
    adds = tuple(Mention(words, start, start + len(words)) for words, start in found if start >= 0)
    return Repeats(match["first"], int(match["size"] or 1), adds) if match else None


def _reviewed(line: Line, taxonomy: Taxonomy, complain: Callable[[str], None]) -> tuple[str, ...]:
    main, further = text_of(line, messages.COLUMN_CORRECTION), text_of(line, messages.COLUMN_FURTHER_CORRECTION)
    try:
        return corrected_labels(main, further, taxonomy) if main or further else ()
    except InputError as error:
        complain(messages.LEDGER_BAD_REVIEW.format(cause=error))
        return ()


def _judged(line: Line, taxonomy: Taxonomy, complain: Callable[[str], None]) -> tuple[str, ...]:
    main, further = text_of(line, messages.COLUMN_CATEGORY), text_of(line, messages.COLUMN_FURTHER)
    try:
        return taxonomy.labels(f"{main};{further}") if main else ()
    except InputError:
        complain(messages.LEDGER_BAD_CATEGORY.format(value=main))
        return ()


def _status(cell: str, complain: Callable[[str], None]) -> Status:
    found = _code(messages.STATUSES, cell, Status)
    if cell and not found:
        complain(messages.LEDGER_BAD_STATUS.format(value=cell))
    return found or Status.REGISTERED


def _code(names: Mapping[str, str], name: str, kind: Callable[[str], Kind]) -> Kind | None:
    return next((kind(code) for code, each in names.items() if each == name), None)


def _codes(names: Mapping[str, str], cell: str, kind: Callable[[str], Kind]) -> tuple[Kind, ...]:
    return tuple(filter(None, (_code(names, word, kind) for word in _words(cell))))


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in cell.split(SEPARATOR))))


def _share(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0
