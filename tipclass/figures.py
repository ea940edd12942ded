"""Figures of an evaluation for people: tables, JSON, a page, and a workbook of the errors."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tipclass import messages, pictures
from tipclass.corpus import LabelledTip
from tipclass.evaluate import CategoryFigures, Confusion, Estimate, Evaluation, LabelFigures, Slice, share
from tipclass.model import Model
from tipclass.pictures import brief
from tipclass.printable import escaped
from tipclass.records import Entry
from tipclass.result_book import write_xlsx
from tipclass.result_columns import Batch
from tipclass.targets import replacing
from tipclass.taxonomy import Taxonomy

COMMONEST = 10  # confusions listed
MOST_BARS, MOST_CONFUSED = 40, 30  # categories drawn

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Headline:
    """A key figure, its interval, and a sentence on what it means."""

    name: str
    value: str
    interval: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG text under its title, and how to read it."""

    title: str
    svg: str
    reading: str


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
    return escaped(json.dumps(measured.figures(), ensure_ascii=False, indent=1))


def write_html(path: Path, measured: Evaluation, title: str, taxonomy: Taxonomy) -> None:
    """Write an evaluation as a page."""
    subtitle = messages.PAGE_SUBTITLE.format(count=measured.tips)
    parts = headlines(measured), page_pictures(measured, taxonomy), tables(measured, taxonomy)
    write_page(path, title, subtitle, *parts)


def write_page(
    path: Path,
    title: str,
    subtitle: str,
    headlines: Iterable[Headline],
    pictures: Iterable[Picture],
    tables: Iterable[Table],
) -> None:
    """Write one self-contained page: headlines, pictures, tables."""
    import jinja2
    from markupsafe import Markup

    pages = jinja2.Environment(loader=jinja2.PackageLoader("tipclass", "pages"), autoescape=True)
    page = pages.get_template("evaluation.html").render(
        title=title.strip(),
        subtitle=subtitle,
        headlines=headlines,
        pictures=[(each.title, Markup(each.svg), each.reading) for each in pictures],
        tables_title=messages.PAGE_TABLES,
        tables=tables,
    )
    with replacing(path) as part:
        part.write_text(page, encoding="utf-8")


def headlines(measured: Evaluation) -> Iterator[Headline]:
    """Yield the key figures, each with a plain sentence."""
    accuracy, coverage, selective = measured.accuracy, measured.coverage, measured.selective_accuracy
    right = messages.HEADLINE_ACCURACY.format(count=measured.tips, right=round(accuracy.value * measured.tips))
    yield Headline(messages.FIGURE_ACCURACY, *_headline(accuracy, "{:.1%}"), right)
    if coverage.value:
        hundredth = messages.HEADLINE_COVERAGE.format(hundredth=round(coverage.value * 100))
        yield Headline(messages.FIGURE_COVERAGE, *_headline(coverage, "{:.1%}"), hundredth)
        sent_on = messages.HEADLINE_SELECTIVE.format(coverage=coverage.value, accuracy=selective.value)
        yield Headline(messages.FIGURE_SELECTIVE, *_headline(selective, "{:.1%}"), sent_on)
    else:
        yield Headline(messages.FIGURE_COVERAGE, *_headline(coverage, "{:.1%}"), messages.HEADLINE_NONE_SENT_ON)
    yield Headline(messages.FIGURE_MACRO_F1, *_headline(measured.macro_f1, "{:.3f}"), messages.HEADLINE_MACRO_F1)
    lost = share(measured.lost, measured.tips)
    count, interval = messages.HEADLINE_COUNT.format(count=measured.lost), _headline(lost, "{:.2%}")[1]
    yield Headline(messages.FIGURE_LOST, count, interval, messages.HEADLINE_LOST.format(share=lost.value))


def _headline(estimate: Estimate, form: str) -> tuple[str, str]:
    low, high = form.format(estimate.low), form.format(estimate.high)
    return form.format(estimate.value), messages.PAGE_INTERVAL.format(low=low, high=high)


def page_pictures(measured: Evaluation, taxonomy: Taxonomy) -> Iterator[Picture]:
    """Yield the pictures in the order of the page; one that would have nothing to show is left out."""
    here = (measured.coverage.value, measured.selective_accuracy.value) if measured.coverage.value else None
    met = [each for each in measured.categories if each.support]
    ranked = sorted(met, key=lambda each: (-each.f1.value, each.code))
    yield Picture(
        messages.PICTURE_RELIABILITY,
        pictures.reliability_picture(measured.reliability),
        messages.READING_RELIABILITY.format(error=measured.calibration_error.value),
    )
    reading = messages.READING_CURVE.format(begin=pictures.BEGIN) + (messages.READING_HERE if here else "")
    yield Picture(messages.PICTURE_CURVE, pictures.curve_picture(measured.curve, here), reading)
    bars = pictures.category_picture(ranked[-MOST_BARS:], taxonomy.name)
    worst = messages.READING_WORST.format(count=len(met), drawn=MOST_BARS) if len(met) > MOST_BARS else ""
    yield Picture(messages.PICTURE_CATEGORIES, bars, messages.READING_CATEGORIES + worst)
    shown, mistakes = _confused(measured)
    heat = pictures.confusion_picture(shown, mistakes, taxonomy.name)
    few = messages.READING_CONFUSED.format(count=len(met), drawn=len(shown)) if len(shown) < len(met) else ""
    yield Picture(messages.PICTURE_CONFUSIONS, heat, messages.READING_CONFUSIONS + few)
    parts = ((messages.FIGURES_REGISTERS, registers(measured)), (messages.FIGURES_LENGTHS, measured.lengths))
    for title, slices in parts:
        if slices:
            yield Picture(title, pictures.slices_picture(slices), messages.READING_SLICES)


def _confused(measured: Evaluation) -> tuple[list[CategoryFigures], list[Confusion]]:
    """Return the categories most often confused, as many as can be drawn, in their order, and their confusions."""
    met = [each.code for each in measured.categories if each.support]
    kept: dict[str, None] = {}
    for each in measured.confusions if len(met) > MOST_CONFUSED else ():
        if len(kept.keys() | {each.label, each.category}) <= MOST_CONFUSED:
            kept |= {each.label: None, each.category: None}
    codes = kept or dict.fromkeys([*met, *(each.category for each in measured.confusions)][:MOST_CONFUSED])
    shown = [each for each in measured.categories if each.code in codes]
    return shown, [each for each in measured.confusions if each.label in codes and each.category in codes]


def write_errors(path: Path, tips: Sequence[LabelledTip], entries: Sequence[Entry], model: Model) -> None:
    """Write tips whose main label came out wrong as a workbook, the label beside the text and its evidence coloured."""
    wrong = []
    for tip, entry in zip(tips, entries, strict=True):
        labels = ";".join(map(model.taxonomy.name, tip.labels))
        fields = {messages.FIELD_PLACE: tip.place, messages.FIGURE_LABEL: labels, messages.FIELD_TEXT: tip.text}
        wrong.append(replace(entry, tip=replace(entry.tip, fields=fields)))
    write_xlsx(path, Batch(wrong, model.taxonomy, model.id))
