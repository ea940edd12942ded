"""A report in words: sentences, names and verdicts, each from the figures of one Report."""

from collections.abc import Callable, Iterator

from tipclass import messages
from tipclass.evaluate import Estimate
from tipclass.rates import ENDLESS, Change
from tipclass.report import Aspect, Report, Warned
from tipclass.surges import Kind, Topic
from tipclass.tally import Line, Part
from tipclass.taxonomy import Taxonomy

MOST_NAMED = 5  # changes that a sentence names
MANY, BEYOND = 5, 100  # times: from here on growth is no longer told in per cent, or in numbers at all
LIKELY = 0.0001  # a chance below is no longer told as a number


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
    return form.format(before=change.before, grew=grew(ratio.value), interval=interval(ratio))


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


def interval(ratio: Estimate) -> str:
    """Write the interval of a ratio as growth."""
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


def verdict(line: Line) -> str:
    """Say what a change is worth: more than chance, too few to tell, or nothing out of the usual."""
    ratio = line.change.ratio
    if line.notable and ratio:
        return messages.REPORT_UP if ratio.value > 1 else messages.REPORT_DOWN
    return messages.REPORT_FEW if line.change.is_small else messages.REPORT_LEVEL
