"""A report for people: sentences, tables, a page to print, JSON. All of it comes from one Report."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tipclass import messages
from tipclass.evaluate import Estimate
from tipclass.figures import Headline
from tipclass.periods import Period
from tipclass.rates import ENDLESS, Change
from tipclass.report import Aspect, Report, Told, Warned
from tipclass.report_pictures import columns_picture, counts_picture
from tipclass.surges import Kind, Topic
from tipclass.tally import Line, Part
from tipclass.taxonomy import Taxonomy
from tipclass.writers import replacing

MOST_BARS = 20
MOST_NAMED = 5  # changes that a sentence names
DRAWN = {Aspect.CATEGORY: messages.REPORT_BY_CATEGORY, Aspect.PLACE: messages.REPORT_BY_PLACE}
MANY, BEYOND = 5, 100  # times: from here on growth is no longer told in per cent, or in numbers at all
LIKELY = 0.0001  # a chance below is no longer told as a number


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, the names of its columns, its rows; `figures` are the places of columns set to the right."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """A warning: what it says, how sure it is, and the tips behind it."""

    title: str
    text: str
    tips: Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: sentences, a picture as SVG text, warnings, tables."""

    title: str
    text: Sequence[str] = ()
    picture: str = ""
    cards: Sequence[Card] = ()
    grids: Sequence[Grid] = ()


# --- sentences -----------------------------------------------------------------------------------


def title(report: Report) -> str:
    """Return what the report is about."""
    return messages.REPORT_TITLE.format(start=report.period.start, end=report.period.end)


def sentences(report: Report, taxonomy: Taxonomy) -> Iterator[str]:
    """Yield the report in sentences: how many, what changed, and each warning with the numbers of its tips."""
    yield messages.REPORT_TOTAL.format(days=report.period.days, count=report.total.count, told=told(report.total))
    yield basis(report)
    yield messages.REPORT_SHARE.format(name=messages.REPORT_SENT_ON, told=told_part(report.sent_on))
    yield messages.REPORT_SHARE.format(name=messages.REPORT_REPEATS, told=told_part(report.repeats))
    yield overdue(report)
    yield moves(report, taxonomy)
    yield warning_count(report)
    for each in report.surges:
        numbers = messages.LIST.join(each.numbers)
        yield messages.REPORT_WARNING.format(
            topic=name_of(each.topic, taxonomy), told=told_surge(each), numbers=numbers
        )


def basis(report: Report) -> str:
    """Say what the period is compared with."""
    if report.before is None:
        return messages.REPORT_NO_BEFORE.format(first=report.ledger.start)
    whole = report.before.days == report.period.days
    form = messages.REPORT_COMPARED if whole else messages.REPORT_COMPARED_PART
    return form.format(start=report.before.start, end=report.before.end, days=report.before.days)


def told(change: Change) -> str:
    """Say how a count changed, and what that is worth."""
    if change.before is None:
        return messages.REPORT_ALONE
    ratio = change.ratio
    if ratio is None:
        return messages.REPORT_NEITHER
    form = messages.REPORT_SMALL_CHANGE if change.is_small else messages.REPORT_CHANGE
    return form.format(before=change.before, grew=grew(ratio.value), interval=_interval(ratio))


def grew(ratio: float) -> str:
    """Write a ratio of rates as growth in per cent, or as so many times where it grew to more than MANY.

    >>> grew(1.25), grew(0.5), grew(8.0), grew(ENDLESS)
    ('+25%', '-50%', '8.0 倍', '本期才有')
    """
    if ratio == ENDLESS:
        return messages.REPORT_NEW
    if ratio > BEYOND:
        return messages.REPORT_BEYOND.format(times=BEYOND)
    return messages.REPORT_TIMES.format(times=ratio) if ratio > MANY else f"{ratio - 1:+.0%}"


def _interval(ratio: Estimate) -> str:
    high = messages.REPORT_ENDLESS if ratio.high == ENDLESS else grew(ratio.high)
    return messages.REPORT_INTERVAL.format(low=grew(ratio.low), high=high)


def told_part(part: Part) -> str:
    """Say how large a share is, and how it changed."""
    if not part.whole:
        return messages.REPORT_NOTHING
    alone = messages.REPORT_PART.format(share=part.share.value, count=part.count)
    if part.before is None or part.grew is None:
        return alone + messages.STOP
    points = {"grew": 100 * part.grew.value, "low": 100 * part.grew.low, "high": 100 * part.grew.high}
    return alone + messages.REPORT_PART_BEFORE.format(before=part.before.value, **points)


def overdue(report: Report) -> str:
    """Say how many tips ought to have been closed."""
    return messages.REPORT_OVERDUE.format(today=report.today, count=report.overdue.count, all=report.all_late)


def moves(report: Report, taxonomy: Taxonomy) -> str:
    """Name the categories that changed by more than chance."""
    if report.before is None:
        return messages.REPORT_MOVES_UNKNOWN
    lines = [line for line in report.tables[Aspect.CATEGORY] if line.notable][:MOST_NAMED]
    names = (
        messages.REPORT_MOVE.format(
            name=line_name(Aspect.CATEGORY, line.name, taxonomy), count=line.change.count, before=line.change.before
        )
        for line in lines
    )
    return messages.REPORT_MOVES.format(moves=messages.LIST.join(names)) if lines else messages.REPORT_NO_MOVES


def warning_count(report: Report) -> str:
    """Say how many surges there are and what they were held against, or why none can be found."""
    if report.past is None:
        return messages.REPORT_NO_PAST.format(days=report.period.days)
    form = messages.REPORT_WARNINGS_FOUND if report.surges else messages.REPORT_WARNINGS_NONE
    return form.format(count=len(report.surges), start=report.past.start, end=report.past.end)


def told_surge(warned: Warned) -> str:
    """Say how much a topic surges, and how likely chance is."""
    p = messages.REPORT_UNLIKELY if warned.p < LIKELY else messages.REPORT_P.format(p=warned.p)
    again = len(warned.numbers) - warned.change.count
    repeats = messages.REPORT_AND_REPEATS.format(count=again) if again > 0 else ""
    return messages.REPORT_SURGE.format(count=warned.change.count, repeats=repeats, usual=warned.usual, p=p)


def name_of(topic: Topic, taxonomy: Taxonomy) -> str:
    """Name a topic as staff read it."""
    category = _category(topic.code, taxonomy)
    if topic.kind is Kind.CATEGORY:
        return category
    if topic.kind is Kind.DISTRICT:
        return messages.REPORT_CATEGORY_IN.format(place=topic.wording, category=category)
    return messages.REPORT_TIED.format(tie=messages.TIES[topic.kind.value], wording=topic.wording)


def line_name(aspect: Aspect, name: str, taxonomy: Taxonomy) -> str:
    """Name a line of a table as staff read it."""
    naming: dict[Aspect, Callable[[str], str]] = {
        Aspect.CATEGORY: lambda code: _category(code, taxonomy),
        Aspect.STATUS: messages.STATUSES.__getitem__,
    }
    return naming.get(aspect, str)(name) or messages.REPORT_NOT_GIVEN


def _category(code: str, taxonomy: Taxonomy) -> str:
    """Name a category; an empty code is a text that says nothing, one that is no longer known keeps its code."""
    return (taxonomy.name(code) if code in taxonomy.codes else code) or messages.SUMMARY_UNREADABLE


# --- tables --------------------------------------------------------------------------------------


def grid(report: Report, aspect: Aspect, taxonomy: Taxonomy) -> Grid:
    """Return the table of an aspect; without a period before, and for what has to ripen, counts and shares alone."""
    lines, whole = report.tables[aspect], max(1, report.total.count)
    name = messages.REPORT_ASPECTS[aspect]
    compared = any(line.change.before is not None for line in lines)
    rows = [
        (
            line_name(aspect, line.name, taxonomy),
            str(line.change.count),
            f"{line.change.count / whole:.1%}",
            *(_compared(line) if compared else ()),
        )
        for line in lines
    ]
    heads = (name, messages.REPORT_NOW, messages.REPORT_OF_ALL)
    more = (messages.REPORT_BEFORE, messages.REPORT_GREW, messages.REPORT_WITHIN, messages.REPORT_VERDICT)
    caption = "" if aspect in DRAWN else name
    return Grid(caption, (*heads, *(more if compared else ())), rows, frozenset(range(1, 6)))


def _compared(line: Line) -> tuple[str, str, str, str]:
    change, ratio = line.change, line.change.ratio
    if ratio is None:
        return str(change.before), messages.NO_FIGURE, messages.NO_FIGURE, ""
    return str(change.before), grew(ratio.value), _interval(ratio), verdict(line)


def verdict(line: Line) -> str:
    """Say what a change is worth: more than chance, too few to tell, or nothing out of the usual."""
    ratio = line.change.ratio
    if line.notable and ratio:
        return messages.REPORT_UP if ratio.value > 1 else messages.REPORT_DOWN
    return messages.REPORT_FEW if line.change.is_small else messages.REPORT_LEVEL


def _tips(tips: Sequence[Told]) -> Grid:
    heads = (messages.REPORT_NUMBER, messages.REPORT_RECEIVED, messages.REPORT_LINE)
    return Grid("", heads, [(tip.number, str(tip.received), tip.line) for tip in tips])


def _repeated(report: Report) -> Grid:
    heads = (messages.REPORT_TOLD, messages.REPORT_NUMBER, messages.REPORT_RECEIVED, messages.REPORT_LINE)
    rows = [(str(each.count), each.first.number, str(each.first.received), each.first.line) for each in report.repeated]
    return Grid("", heads, rows, frozenset({0}))


def _late(report: Report) -> Grid:
    heads = (
        messages.REPORT_LATE_DAYS,
        messages.REPORT_NUMBER,
        messages.REPORT_DUE,
        messages.REPORT_ASPECTS[Aspect.DEPARTMENT],
        messages.REPORT_LINE,
    )
    rows = [
        (str(each.days), each.tip.number, str(each.due), each.lead or messages.REPORT_NOT_GIVEN, each.tip.line)
        for each in report.late
    ]
    return Grid("", heads, rows, frozenset({0}))


# --- page ----------------------------------------------------------------------------------------


def write_html(path: Path, report: Report, taxonomy: Taxonomy) -> None:
    """Write the report as one page that fetches nothing, to be read on a screen or printed on A4."""
    import jinja2

    pages = jinja2.Environment(loader=jinja2.PackageLoader("tipclass", "pages"), autoescape=True, trim_blocks=True)
    page = pages.get_template("report.html").render(
        title=title(report),
        subtitle=subtitle(report),
        headlines=list(headlines(report)),
        sections=list(sections(report, taxonomy)),
    )
    with replacing(path) as part:
        part.write_text(page, encoding="utf-8")


def subtitle(report: Report) -> str:
    """Say what stands in the ledger, and what the period is compared with."""
    span = {"start": report.ledger.start, "end": report.ledger.end}
    return messages.REPORT_SUBTITLE.format(rows=report.rows, today=report.today, **span) + basis(report)


def headlines(report: Report) -> Iterator[Headline]:
    """Yield the key figures, each with what it was before."""
    yield Headline(messages.REPORT_RECEIVED_ALL, str(report.total.count), "", told(report.total))
    for name, part in ((messages.REPORT_SENT_ON, report.sent_on), (messages.REPORT_REPEATS, report.repeats)):
        interval = _within(part.share) if part.whole else ""
        yield Headline(name, _percent(part), interval, told_part(part))
    yield Headline(messages.REPORT_OVERDUE_NAME, str(report.overdue.count), "", overdue(report))
    yield Headline(messages.REPORT_WARNINGS, str(len(report.surges)), "", warning_count(report))


def _percent(part: Part) -> str:
    return f"{part.share.value:.1%}" if part.whole else messages.NO_FIGURE


def _within(share: Estimate) -> str:
    return messages.PAGE_INTERVAL.format(low=f"{share.low:.1%}", high=f"{share.high:.1%}")


def sections(report: Report, taxonomy: Taxonomy) -> Iterator[Section]:
    """Yield the parts of the page in their order; what would have nothing to show is left out."""
    cards = [_card(each, taxonomy) for each in report.surges]
    yield Section(messages.REPORT_WARNINGS, (warning_count(report), *_reading(report)), cards=cards)
    if not report.total.count:
        yield Section(messages.REPORT_NOTHING_TITLE, (messages.REPORT_NOTHING,))
    else:
        picture = columns_picture(messages.REPORT_BY_DAY, report.columns)
        yield Section(messages.REPORT_BY_DAY, (_step(report),), picture)
        yield from (_drawn(report, aspect, taxonomy) for aspect in DRAWN)
        others = [grid(report, aspect, taxonomy) for aspect in Aspect if aspect not in DRAWN]
        yield Section(messages.REPORT_OTHERS, (messages.REPORT_READING,), grids=others)
    if report.repeated:
        yield Section(messages.REPORT_REPEATED, (messages.REPORT_REPEATED_HOW,), grids=[_repeated(report)])
    if report.late:
        yield Section(messages.REPORT_LATE, (overdue(report), *_more_late(report)), grids=[_late(report)])


def _reading(report: Report) -> tuple[str, ...]:
    return (messages.REPORT_WARNINGS_HOW,) if report.past else ()


def _step(report: Report) -> str:
    first = report.columns[0].period.days
    return messages.REPORT_STEPS.get(first, messages.REPORT_STEPS[1])


def _more_late(report: Report) -> tuple[str, ...]:
    rest = report.all_late - len(report.late)
    return (messages.REPORT_LATE_MORE.format(shown=len(report.late)),) if rest else ()


def _card(warned: Warned, taxonomy: Taxonomy) -> Card:
    also = [messages.REPORT_ALSO.format(names=messages.LIST.join(name_of(each, taxonomy) for each in warned.also))]
    rest = [messages.REPORT_TIPS_MORE.format(shown=len(warned.tips), numbers=messages.LIST.join(warned.numbers))]
    text = [told_surge(warned), *(also if warned.also else ())]
    text += rest if len(warned.numbers) > len(warned.tips) else []
    return Card(name_of(warned.topic, taxonomy), "".join(text), _tips(warned.tips))


def _drawn(report: Report, aspect: Aspect, taxonomy: Taxonomy) -> Section:
    lines = [(line_name(aspect, line.name, taxonomy), line) for line in report.tables[aspect][:MOST_BARS]]
    rest = len(report.tables[aspect]) - len(lines)
    text = (messages.REPORT_BARS_MORE.format(shown=len(lines)),) if rest else ()
    return Section(DRAWN[aspect], text, counts_picture(DRAWN[aspect], lines), grids=[grid(report, aspect, taxonomy)])


# --- JSON ----------------------------------------------------------------------------------------


def as_json(report: Report, taxonomy: Taxonomy) -> str:
    """Return everything as JSON with stable keys."""
    record = {
        "from": report.period.start,
        "to": report.period.end,
        "before": _span(report.before),
        "past": _span(report.past),
        "ledger": {**_span(report.ledger), "rows": report.rows},
        "today": report.today,
        "total": _figures(report.total),
        "sent_on": _part(report.sent_on),
        "repeats": _part(report.repeats),
        "overdue": {**_part(report.overdue), "all": report.all_late},
        "days": [{**_span(each.period), "count": each.count, "before": each.before} for each in report.columns],
        "by": {aspect.value: list(_lines(report, aspect, taxonomy)) for aspect in Aspect},
        "surges": [_surge(each, taxonomy) for each in report.surges],
        "repeated": [{"count": each.count, **_tip(each.first)} for each in report.repeated],
        "late": [
            {"days": each.days, "due": each.due, "department": each.lead, **_tip(each.tip)} for each in report.late
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, default=str)


def _span(period: Period | None) -> dict[str, Any]:
    return {"from": period.start, "to": period.end} if period else {}


def _figures(change: Change) -> dict[str, Any]:
    ratio = change.ratio
    return {"count": change.count, "before": change.before, "ratio": _estimate(ratio), "p": change.p}


def _estimate(estimate: Estimate | None) -> dict[str, float | None] | None:
    """Return an estimate; what has no end is null, since JSON knows no infinity."""
    return {name: None if value == ENDLESS else value for name, value in asdict(estimate).items()} if estimate else None


def _part(part: Part) -> dict[str, Any]:
    return {
        "count": part.count,
        "share": _estimate(part.share) if part.whole else None,
        "before": _estimate(part.before),
    }


def _lines(report: Report, aspect: Aspect, taxonomy: Taxonomy) -> Iterator[dict[str, Any]]:
    for line in report.tables[aspect]:
        code = {"code": line.name} if aspect in (Aspect.CATEGORY, Aspect.STATUS) else {}
        name = line_name(aspect, line.name, taxonomy)
        yield {"name": name, **code, **_figures(line.change), "notable": line.notable}


def _surge(warned: Warned, taxonomy: Taxonomy) -> dict[str, Any]:
    return {
        "kind": warned.topic.kind.value,
        "code": warned.topic.code,
        "wording": warned.topic.wording,
        "name": name_of(warned.topic, taxonomy),
        "matters": warned.change.count,
        "usual": round(warned.usual, 2),
        "p": warned.p,
        "numbers": list(warned.numbers),
        "tips": [_tip(tip) for tip in warned.tips],
        "also": [name_of(each, taxonomy) for each in warned.also],
    }


def _tip(tip: Told) -> dict[str, Any]:
    return {"number": tip.number, "received": tip.received, "line": tip.line}
