"""Figures of an evaluation for people: tables, JSON, a page, and a workbook of the errors."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tipclass import messages
from tipclass.corpus import Corpus
from tipclass.evaluate import Estimate, Evaluation
from tipclass.records import Entry
from tipclass.store import Model
from tipclass.taxonomy import Taxonomy
from tipclass.writers import Batch, replacing, write_xlsx

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def tables(measured: Evaluation, taxonomy: Taxonomy) -> Iterator[Table]:
    """Yield title, column names and rows: the summary, the categories, the commonest confusions."""
    yield messages.FIGURES_TITLE.format(count=measured.tips), ("", ""), list(_summary(measured))
    heads = (
        messages.COLUMN_CATEGORY,
        messages.FIGURE_SUPPORT,
        messages.FIGURE_PRECISION,
        messages.FIGURE_RECALL,
        messages.FIGURE_F1,
    )
    rows = [
        (taxonomy.name(each.code), str(each.support), *(f"{v:.3f}" for v in (each.precision, each.recall, each.f1)))
        for each in measured.categories
        if each.support
    ]
    yield messages.COLUMN_CATEGORY, heads, rows
    mistakes = [(taxonomy.name(e.label), taxonomy.name(e.category), str(e.count)) for e in measured.confusions]
    if mistakes:
        heads_of_mistakes = (messages.FIGURE_LABEL, messages.FIGURE_TAKEN_FOR, messages.FIGURE_COUNT)
        yield messages.FIGURES_CONFUSIONS, heads_of_mistakes, mistakes


def _summary(measured: Evaluation) -> Iterator[tuple[str, str]]:
    yield messages.FIGURE_ACCURACY, _interval(measured.accuracy)
    yield messages.FIGURE_MACRO_F1, _interval(measured.macro_f1)
    yield messages.FIGURE_TOP, f"{measured.top2:.3f} / {measured.top3:.3f}"
    labels = (measured.label_micro_f1, measured.label_macro_f1, measured.exact_match)
    yield messages.FIGURE_LABELS, " / ".join(f"{value:.3f}" for value in labels)
    yield messages.FIGURE_LABELS_PER_TIP, f"{measured.labels_per_tip:.2f}"
    yield messages.FIGURE_COVERAGE, f"{measured.coverage:.3f}"
    yield messages.FIGURE_SELECTIVE, f"{measured.selective_accuracy:.3f}"
    yield messages.FIGURE_CALIBRATION, f"{measured.calibration_error:.3f}"
    yield messages.FIGURE_LOST, str(measured.lost)


def _interval(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


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
