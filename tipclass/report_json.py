"""A report as JSON, for programs."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tipclass.evaluate import Estimate
from tipclass.periods import Period
from tipclass.printable import escaped
from tipclass.rates import ENDLESS, Change
from tipclass.report import Aspect, Report, Told, Warned
from tipclass.report_words import line_name, name_of
from tipclass.tally import Part
from tipclass.taxonomy import Taxonomy


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
    return escaped(json.dumps(record, ensure_ascii=False, indent=1, default=str))


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
