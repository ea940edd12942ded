"""A report as a page to print: key figures, warnings with their tips, pictures, tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tipclass import messages
from tipclass import report_words as words
from tipclass.evaluate import Estimate
from tipclass.figures import Headline
from tipclass.report import Aspect, Report, Told, Warned
from tipclass.report_pictures import columns_picture, counts_picture
from tipclass.tally import Line, Part
from tipclass.targets import replacing
from tipclass.taxonomy import Taxonomy

MOST_BARS = 20
DRAWN = {Aspect.CATEGORY: messages.REPORT_BY_CATEGORY, Aspect.PLACE: messages.REPORT_BY_PLACE}


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


# --- tables --------------------------------------------------------------------------------------


def grid(report: Report, aspect: Aspect, taxonomy: Taxonomy) -> Grid:
    """Return the table of an aspect; without a period before, and for what has to ripen, counts and shares alone."""
    lines, whole = report.tables[aspect], max(1, report.total.count)
    name = messages.REPORT_ASPECTS[aspect]
    compared = any(line.change.before is not None for line in lines)
    rows = [
        (
            words.line_name(aspect, line.name, taxonomy),
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
    return str(change.before), words.grew(ratio.value), words.interval(ratio), words.verdict(line)


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
        title=words.title(report),
        subtitle=subtitle(report),
        headlines=list(headlines(report)),
        sections=list(sections(report, taxonomy)),
    )
    with replacing(path) as part:
        part.write_text(page, encoding="utf-8")


def subtitle(report: Report) -> str:
    """Say what stands in the ledger, and what the period is compared with."""
    span = {"start": report.ledger.start, "end": report.ledger.end}
    return messages.REPORT_SUBTITLE.format(rows=report.rows, today=report.today, **span) + words.basis(report)


def headlines(report: Report) -> Iterator[Headline]:
    """Yield the key figures, each with what it was before."""
    yield Headline(messages.REPORT_RECEIVED_ALL, str(report.total.count), "", words.told(report.total))
    for name, part in ((messages.REPORT_SENT_ON, report.sent_on), (messages.REPORT_REPEATS, report.repeats)):
        interval = _within(part.share) if part.whole else ""
        yield Headline(name, _percent(part), interval, words.told_part(part))
    yield Headline(messages.REPORT_OVERDUE_NAME, str(report.overdue.count), "", words.overdue(report))
    surges = str(len(report.surges)) if report.past else messages.NO_FIGURE
    yield Headline(messages.REPORT_WARNINGS, surges, "", words.warning_count(report))


def _percent(part: Part) -> str:
    return f"{part.share.value:.1%}" if part.whole else messages.NO_FIGURE


def _within(share: Estimate) -> str:
    return messages.PAGE_INTERVAL.format(low=f"{share.low:.1%}", high=f"{share.high:.1%}")


def sections(report: Report, taxonomy: Taxonomy) -> Iterator[Section]:
    """Yield the parts of the page in their order; what would have nothing to show is left out."""
    cards = [_card(each, taxonomy) for each in report.surges]
    yield Section(messages.REPORT_WARNINGS, (words.warning_count(report), *_reading(report)), cards=cards)
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
        yield Section(messages.REPORT_LATE, (words.overdue(report), *_more_late(report)), grids=[_late(report)])


def _reading(report: Report) -> tuple[str, ...]:
    return (messages.REPORT_WARNINGS_HOW,) if report.past else ()


def _step(report: Report) -> str:
    first = report.columns[0].period.days
    return messages.REPORT_STEPS.get(first, messages.REPORT_STEPS[1])


def _more_late(report: Report) -> tuple[str, ...]:
    rest = report.all_late - len(report.late)
    return (messages.REPORT_LATE_MORE.format(shown=len(report.late)),) if rest else ()


def _card(warned: Warned, taxonomy: Taxonomy) -> Card:
    text = words.told_surge(warned)
    if warned.also:
        names = messages.LIST.join(words.name_of(each, taxonomy) for each in warned.also)
        text += messages.REPORT_ALSO.format(names=names)
    if len(warned.numbers) > len(warned.tips):
        text += messages.REPORT_TIPS_MORE.format(shown=len(warned.tips), numbers=messages.LIST.join(warned.numbers))
    return Card(words.name_of(warned.topic, taxonomy), text, _tips(warned.tips))


def _drawn(report: Report, aspect: Aspect, taxonomy: Taxonomy) -> Section:
    lines = [(words.line_name(aspect, line.name, taxonomy), line) for line in report.tables[aspect][:MOST_BARS]]
    rest = len(report.tables[aspect]) - len(lines)
    text = (messages.REPORT_BARS_MORE.format(shown=len(lines)),) if rest else ()
    return Section(DRAWN[aspect], text, counts_picture(DRAWN[aspect], lines), grids=[grid(report, aspect, taxonomy)])
