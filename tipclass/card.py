"""The model card: a manifest's facts in prose and tables."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tipclass.evaluate import CategoryFigures, Estimate, Evaluation, LabelFigures, Slice
from tipclass.manifest import Manifest
from tipclass.taxonomy import Taxonomy

COMMONEST = 10  # confusions shown
WEAKEST = 3  # categories and registers named among the limits
MACRO_F1 = "macro_f1"  # what a setting tried is judged by
UNMEASURED = ("It was trained without folds: nothing was measured, and every text goes to review.",)


def write_card(manifest: Manifest, taxonomy: Taxonomy) -> str:
    """Return the card as Markdown; a section stands only where the manifest has its facts."""
    measured = Evaluation.parse(manifest.figures) if manifest.figures else None
    parts = [_head(manifest), _use(measured, taxonomy), _corpus(manifest.corpus, taxonomy)]
    if manifest.tried:
        parts.append(_search(manifest.tried))
    if measured:
        parts += [_figures(measured), _reliability(measured), _registers(measured)]
        parts += [part(measured, taxonomy) for part in (_categories, _confusions)]
    if manifest.ablated:
        parts.append(_ablation(manifest.ablated))
    return "\n".join(parts)


def _head(manifest: Manifest) -> str:
    settings = ", ".join(f"{key} {value}" for key, value in sorted(manifest.parameters.items()))
    versions = ", ".join(f"{name} {version}" for name, version in sorted(manifest.versions.items()))
    return f"""# Model {manifest.id}

Routes Chinese tips and referral documents to {manifest.corpus["categories"]} categories.

Parameters: {settings}.
Versions: {versions}.
"""


def _use(measured: Evaluation | None, taxonomy: Taxonomy) -> str:
    limits = "\n".join(f"- {each}" for each in (_measured_limits(measured, taxonomy) if measured else UNMEASURED))
    return f"""## Intended use and limits

- Meant for an intake desk where a person reviews what the model leaves to review and can take back what it sends on.
- Its scores are hints on where a text belongs, never findings about what happened or about a person.
- It knows the categories below and the kinds of text of its corpus, and no tips besides; another kind of text, a new
  scheme or a new word for an old one may go wrong without a sign. Compare it with labelled tips of the office's own.
{limits}
"""


def _measured_limits(measured: Evaluation, taxonomy: Taxonomy) -> Iterator[str]:
    weakest = (f"{taxonomy.name(each.code)} {each.f1.value:.2f}" for each in weakest_categories(measured))
    yield f"Weakest categories by F1 out of fold: {', '.join(weakest)}."
    least = [f"{each.name} {each.selective_accuracy.value:.2f}" for each in weakest_registers(measured)]
    if least:
        yield f"Registers where least of what is sent on is right: {', '.join(least)}."
    yield f"Tips with a lead that would be set aside: {measured.lost} of {measured.tips}."


def weakest_categories(measured: Evaluation) -> list[CategoryFigures]:
    """Return the few categories with the lowest F1, the lowest first."""
    return sorted((each for each in measured.categories if each.support), key=lambda each: each.f1.value)[:WEAKEST]


def weakest_registers(measured: Evaluation) -> list[Slice]:
    """Return the few registers where least of what is sent on is right, the least first."""
    sent_on = (each for each in measured.registers if each.coverage.value)
    return sorted(sent_on, key=lambda each: each.selective_accuracy.value)[:WEAKEST]


def _search(tried: Sequence[Mapping[str, float]]) -> str:
    columns = list(tried[0])
    rows = [
        [f"{setting[name]:.4f}" if name == MACRO_F1 else f"{setting[name]:g}" for name in columns] for setting in tried
    ]
    return f"""## Settings tried

By macro-F1 of the main label on the folds below, one parameter after the other; the best was taken. Since these folds
chose it, its figures are a little better than it is.

{_table(columns, rows)}"""


def _ablation(ablated: Sequence[Mapping[str, Any]]) -> str:
    rows = [[each["part"], f"{each['accuracy']:.3f}", f"{each['macro_f1']:.3f}", *_shift(each)] for each in ablated]
    return f"""## What each part adds

Main label out of fold, on the folds above; won and lost are texts right only without the part and only with it, p is
that of McNemar's exact test. Every setting was fitted anew.

{_table(("setting", "main label right", "macro-F1", "won", "lost", "p"), rows)}"""


def _shift(ablated: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return how a setting differs from the whole; nothing for the whole itself."""
    if not ablated["won"] and not ablated["lost"]:
        return "", "", ""
    p = f"{ablated['p']:.3g}" if ablated["p"] else "< 0.0001"
    return f"{ablated['won']:.0f}", f"{ablated['lost']:.0f}", p


def _corpus(corpus: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    rows = [(code, taxonomy.name(code), str(count)) for code, count in corpus["main_labels"].items()]
    return f"""## Trained on

{corpus["tips"]} texts, {corpus["several_labels"]} of them with several labels, median length
{corpus["median_length"]} characters; fingerprint {corpus["fingerprint"][:16]}.

{_table(("code", "name", "texts with this main label"), rows, left=2)}"""


def _figures(measured: Evaluation) -> str:
    rows = [
        ("texts scored", str(measured.tips)),
        ("main label right", _interval(measured.accuracy)),
        ("macro-F1 of the main label", _interval(measured.macro_f1)),
        ("main label among the two best", _interval(measured.top2)),
        ("main label among the three best", _interval(measured.top3)),
        *_label_rows("labels", measured.labels),
        *(_label_rows("texts with several labels", measured.several) if measured.several else ()),
        ("sent on without a person", _interval(measured.coverage)),
        ("right among those", _interval(measured.selective_accuracy)),
        ("expected calibration error", _interval(measured.calibration_error)),
        ("tips with a lead set aside", str(measured.lost)),
    ]
    return f"""## Out-of-fold figures

Each text was scored by a model that saw no text of its register and none that tells the same story; calibration and
thresholds too are those of the other folds. They hold for texts like those of the corpus. In brackets: 95 % intervals.

{_table(("figure", "value"), rows)}"""


def _label_rows(title: str, figures: LabelFigures) -> Iterator[tuple[str, str]]:
    yield f"{title}: micro-F1", _interval(figures.micro_f1)
    yield f"{title}: macro-F1", _interval(figures.macro_f1)
    yield f"{title}: exact match", _interval(figures.exact_match)
    yield f"{title}: given a text", f"{figures.labels_per_tip:.2f}"


def _reliability(measured: Evaluation) -> str:
    rows = [(f"{each.certainty:.3f}", _interval(each.accuracy), str(each.tips)) for each in measured.reliability]
    return f"## Reliability\n\n{_table(('certainty', 'main label right', 'texts'), rows)}"


def _registers(measured: Evaluation) -> str:
    rows = [(each.name, _interval(each.coverage), _interval(each.selective_accuracy)) for each in measured.registers]
    return f"## Sent on, by register\n\n{_table(('register', 'sent on', 'right among those'), rows)}" if rows else ""


def _categories(measured: Evaluation, taxonomy: Taxonomy) -> str:
    rows = [
        (taxonomy.name(each.code), str(each.support), *map(_interval, (each.precision, each.recall, each.f1)))
        for each in measured.categories
        if each.support
    ]
    return f"## By category\n\n{_table(('category', 'support', 'precision', 'recall', 'F1'), rows)}"


def _confusions(measured: Evaluation, taxonomy: Taxonomy) -> str:
    rows = [
        (taxonomy.name(each.label), taxonomy.name(each.category), str(each.count))
        for each in measured.confusions[:COMMONEST]
    ]
    return f"## Commonest confusions\n\n{_table(('label', 'taken for', 'texts'), rows)}"


def _interval(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Return a Markdown table; the first `left` columns hold words, the others numbers."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n" for cells in (columns, *rows)]
    return "".join([lines[0], "|---" * left + "|--:" * (len(columns) - left) + "|\n", *lines[1:]])
