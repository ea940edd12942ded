"""Figures of an evaluation for people: tables, JSON, a page, and a workbook of the errors."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tipclass import messages
from tipclass.corpus import Corpus
from tipclass.evaluate import Estimate, Evaluation, LabelFigures, Slice
from tipclass.pictures import brief
from tipclass.records import Entry
from tipclass.store import Model
from tipclass.taxonomy import Taxonomy
from tipclass.writers import Batch, replacing, write_xlsx

COMMONEST = 10  # confusions listed

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]


# --- tables --------------------------------------------------------------------------------------


def tables(measured: Evaluation, taxonomy: Taxonomy) -> Iterator[Table]:
    """Yield title, column names and rows of every table that has rows, from the summary to the commonest confusions."""
    found = (
        (messages.FIGURES_TITLE.format(count=measured.tips), ("", ""), list(_summary(measured))),
        _category_table(measured, taxonomy),
        _label_table(measured),
        _slice_table(messages.FIGURES_REGISTERS, messages.STATS_REGISTER, registers(measured)),
        _slice_table(messages.FIGURES_LENGTHS, messages.FIGURE_LENGTH, measured.lengths),
        _confusion_table(measured, taxonomy),
    )
    yield from (table for table in found if table[2])


def _summary(measured: Evaluation) -> Iterator[tuple[str, str]]:
    yield messages.FIGURE_ACCURACY, _interval(measured.accuracy)
    yield messages.FIGURE_MACRO_F1, _interval(measured.macro_f1)
    yield messages.FIGURE_TOP2, _interval(measured.top2)
    yield messages.FIGURE_TOP3, _interval(measured.top3)
    yield messages.FIGURE_COVERAGE, _interval(measured.coverage)
    sent_on = _interval(measured.selective_accuracy) if measured.coverage.value else messages.NO_FIGURE
    yield messages.FIGURE_SELECTIVE, sent_on
    yield messages.FIGURE_CALIBRATION, _interval(measured.calibration_error)
    yield messages.FIGURE_LOST, str(measured.lost)


def _category_table(measured: Evaluation, taxonomy: Taxonomy) -> Table:
    figures = (messages.FIGURE_PRECISION, messages.FIGURE_RECALL, messages.FIGURE_F1)
    rows = [
        (taxonomy.name(each.code), str(each.support), *map(brief, (each.precision, each.recall, each.f1)))
        for each in measured.categories
        if each.support
    ]
    return messages.FIGURES_CATEGORIES, (messages.COLUMN_CATEGORY, messages.FIGURE_SUPPORT, *figures), rows


def _label_table(measured: Evaluation) -> Table:
    columns = (
        "",
        messages.FIGURE_COUNT,
        messages.FIGURE_MICRO_F1,
        messages.FIGURE_LABEL_MACRO_F1,
        messages.FIGURE_EXACT_MATCH,
        messages.FIGURE_LABELS_PER_TIP,
    )
    rows = [_label_row(messages.FIGURE_ALL_TEXTS, measured.labels)]
    if measured.several:
        rows.append(_label_row(messages.FIGURE_SEVERAL_TEXTS, measured.several))
    return messages.FIGURES_LABELS, columns, rows


def _label_row(name: str, labels: LabelFigures) -> tuple[str, ...]:
    figures = map(brief, (labels.micro_f1, labels.macro_f1, labels.exact_match))
    return (name, str(labels.tips), *figures, f"{labels.labels_per_tip:.2f}")


def _slice_table(title: str, by: str, slices: Sequence[Slice]) -> Table:
    columns = (by, messages.FIGURE_COUNT, messages.FIGURE_ACCURACY, messages.FIGURE_COVERAGE, messages.FIGURE_SELECTIVE)
    rows = [
        (
            each.name,
            str(each.tips),
            brief(each.accuracy),
            brief(each.coverage),
            brief(each.selective_accuracy) if each.coverage.value else messages.NO_FIGURE,
        )
        for each in slices
    ]
    return title, columns, rows


def _confusion_table(measured: Evaluation, taxonomy: Taxonomy) -> Table:
    columns = (messages.FIGURE_LABEL, messages.FIGURE_TAKEN_FOR, messages.FIGURE_COUNT, messages.FIGURE_PART)
    supports = {each.code: each.support for each in measured.categories}
    rows = [
        (
            taxonomy.name(each.label),
            taxonomy.name(each.category),
            str(each.count),
            f"{each.count / supports[each.label]:.1%}",
        )
        for each in measured.confusions[:COMMONEST]
    ]
    return messages.FIGURES_CONFUSIONS, columns, rows


def registers(measured: Evaluation) -> list[Slice]:
    """Return the registers under the names people read, the largest first."""
    ranked = sorted(measured.registers, key=lambda each: (-each.tips, each.name))
    return [replace(each, name=messages.REGISTERS.get(each.name, each.name)) for each in ranked]


def _interval(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


# --- files ---------------------------------------------------------------------------------------


def as_json(measured: Evaluation) -> str:
    """Return all figures as JSON with stable keys."""
    return json.dumps(measured.figures(), ensure_ascii=False, indent=1)


def write_html(path: Path, measured: Evaluation, model: Model) -> None:
    """Write one self-contained page."""
    import jinja2

    pages = jinja2.Environment(loader=jinja2.PackageLoader("tipclass", "pages"), autoescape=True)
    title = f"{model.taxonomy.title} {model.id}"
    page = pages.get_template("evaluation.html").render(title=title, tables=tables(measured, model.taxonomy))
    with replacing(path) as part:
        part.write_text(page, encoding="utf-8")


def write_errors(path: Path, corpus: Corpus, entries: Sequence[Entry], model: Model) -> None:
    """Write the tips whose main label came out wrong as a workbook, the label beside the text."""
    wrong = []
    for tip, entry in zip(corpus.tips, entries, strict=True):
        if tip.labels[0] != entry.decision.main.code:
            labels = ";".join(map(model.taxonomy.name, tip.labels))
            fields = {messages.FIELD_PLACE: tip.place, messages.FIGURE_LABEL: labels, messages.FIELD_TEXT: tip.text}
            wrong.append(replace(entry, tip=replace(entry.tip, fields=fields)))
    write_xlsx(path, Batch(wrong, model.taxonomy, model.id))
