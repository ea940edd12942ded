"""JSON Lines: an entry of a result as an object a line, whose keys are stable."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from tipclass.fields import ALWAYS
from tipclass.printable import escaped
from tipclass.records import Basis, Entry, Notes, Repeats, Scored, Series
from tipclass.result_columns import Batch
from tipclass.targets import replacing
from tipclass.taxonomy import Taxonomy


def write_jsonl(path: Path, batch: Batch) -> list[str]:
    """Write one JSON object a line."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
        write_json_lines(stream, batch)
    return []


def write_json_lines(stream: IO[str], batch: Batch) -> None:
    """Write one JSON object a line to an open stream."""
    for entry in batch.entries:
        record = as_record(entry, batch.taxonomy)
        if batch.fields:
            record = {name: record[name] for name in (*ALWAYS, *batch.fields) if name in record}
        stream.write(json_line(record))


def json_line(record: Mapping[str, Any]) -> str:
    """Return an object as a line that any terminal can show."""
    return escaped(json.dumps(record, ensure_ascii=False)) + "\n"


def as_record(entry: Entry, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return an entry as the object of one JSON line; the keys are stable."""
    decision, tip = entry.decision, entry.tip

    def scored(labels: Iterable[Scored]) -> list[dict[str, Any]]:
        return [{"code": each.code, "name": taxonomy.name(each.code), "score": round(each.score, 6)} for each in labels]

    return {
        "id": tip.id,
        "source": tip.source,
        "row": tip.row,
        "input": dict(tip.fields),
        "category": decision.main.code,
        "category_name": taxonomy.name(decision.main.code),
        "score": round(decision.certainty, 6),
        "labels": scored(decision.labels),
        "candidates": scored(decision.candidates),
        "route": decision.route.value,
        "reason": entry.reason,
        "evidence": [{"term": e.term, "weight": e.weight, "start": e.start, "end": e.end} for e in entry.evidence],
        "nearest": [{"id": each.id, "score": each.likeness} for each in entry.nearest],
        **(_notes_record(entry.notes) if entry.notes else {}),
        **links_record(entry.repeats, entry.series),
        "passages": [
            {
                "start": each.passage.start,
                "end": each.passage.end,
                "item": each.passage.item,
                "category": each.code,
                "category_name": taxonomy.name(each.code),
                "score": round(each.certainty, 6),
            }
            for each in entry.matters
        ],
    } | ({"part": {"start": tip.part.start, "end": tip.part.end, "item": tip.part.item}} if tip.part else {})


def links_record(repeats: Repeats | None, series: Sequence[Series]) -> dict[str, Any]:
    """Return what links a tip as the keys of a JSON line; `group` is the id of the first that told it."""
    adds = repeats.adds if repeats else ()
    return {
        "group": repeats.first if repeats else "",
        "group_size": repeats.size if repeats else 1,
        "group_adds": [{"text": each.text, "start": each.start, "end": each.end} for each in adds],
        "series": [{"kind": each.kind.value, "wording": each.wording, "ids": list(each.ids)} for each in series],
    }


def _notes_record(notes: Notes) -> dict[str, Any]:
    grade, departments = notes.grade, notes.departments

    def bases(found: Iterable[Basis]) -> list[dict[str, Any]]:
        return [{"text": each.text, "source": each.source, "checked": each.checked} for each in found]

    return {
        "nature": [each.value for each in notes.natures],
        "real_name": notes.signature.value,
        "grade": grade.level if grade else "",
        "grade_reason": list(grade.reasons) if grade else [],
        "departments": {
            "lead": departments.lead,
            "assist": list(departments.assist),
            "basis": bases(departments.basis),
            "criminal": bases(departments.criminal),
            "reasons": list(departments.reasons),
            "unanswered": list(departments.unanswered),
        },
        "transfer_hints": [
            {
                "name": each.name,
                "provision": each.provision,
                "checked": each.checked,
                "met": [{"text": met.text, "start": met.start, "end": met.end} for met in each.met],
            }
            for each in notes.hints
        ],
        "elements": [
            {"kind": each.kind.value, "text": each.text, "start": each.start, "end": each.end}
            | {key: value for key, value in (("value", each.value), ("unit", each.unit), ("note", each.note)) if value}
            for each in notes.elements
        ],
        "missing": [kind.value for kind in notes.missing],
    }
