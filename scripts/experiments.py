"""What each part of the model adds, and what more corpora would add.

    python scripts/experiments.py ablation corpora [--gold FILE]
    python scripts/experiments.py curve corpora [--gold FILE] [--picture corpora/learning-curve.svg]

Figures are main accuracy and macro-F1 out of fold (whole registers left out) and, with --gold, on a labelled file of
other texts: accuracy by register, and macro-F1 over its categories with 20 texts and more. The gold file is only
measured on.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tipclass import clean, training
from tipclass.ablation import FULL, PARTS
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, groups, load_corpus
from tipclass.evaluate import macro_f1
from tipclass.lexicon import Lexicon

LARGE = 20  # texts a category needs to count in the gold macro-F1
SHARES = (0.25, 0.5, 1.0)
FOLDINGS = ("mask_anonymity", "mask_coded_places", "fold_numbers", "mask_furniture", "simplify")

Line = tuple[str, dict[str, float]]


def measure(corpus: Corpus, classifier: TipClassifier, gold: Corpus | None) -> dict[str, float]:
    """Return the figures of one setting."""
    views = classifier.views(corpus.texts)
    out = training.out_of_fold(corpus, classifier, views)
    predicted, main = out.decisions.argmax(axis=1), corpus.main[out.rows]
    figures = {"oof accuracy": float((predicted == main).mean()), "oof macro-F1": macro_f1(main, predicted)}
    if gold:
        decisions = classifier.fit_views(views, corpus.indicator).decision_function(gold.texts)
        figures |= gold_figures(decisions.argmax(axis=1), gold)
    return figures


def gold_figures(predicted: np.ndarray, gold: Corpus) -> dict[str, float]:
    """Return accuracy by register and macro-F1 over the larger categories."""
    right = predicted == gold.main
    registers = np.array([tip.register for tip in gold.tips])
    figures = {f"gold {name}": float(right[registers == name].mean()) for name in dict.fromkeys(registers.tolist())}
    columns, counts = np.unique(gold.main, return_counts=True)
    large = [
        2 * (right & (gold.main == column)).sum() / ((gold.main == column).sum() + (predicted == column).sum())
        for column in columns[counts >= LARGE]
    ]
    return figures | {"gold macro-F1": float(np.mean(large))}


def ablation(corpus: Corpus, lexicon: Lexicon, gold: Corpus | None) -> Iterator[Line]:
    """Measure the shipped setting and what is left when one part is taken away or changed."""

    def with_options(**options: object) -> dict[str, float]:
        return measure(corpus, TipClassifier(corpus.taxonomy.codes, lexicon, **options), gold)

    yield FULL, with_options()
    for title, parameters in PARTS.items():
        yield title, with_options(**parameters)
    yield "main labels only", measure(main_only(corpus), TipClassifier(corpus.taxonomy.codes, lexicon), gold)
    yield "C = 3", with_options(C=3.0)
    for name in FOLDINGS:
        yield f"without {name}", without_step(name, with_options)


def without_step(name: str, run: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Run with one cleaning step left out."""
    steps = clean.STEPS
    clean.STEPS = tuple(step for step in steps if step.__name__ != name)  # type: ignore[attr-defined]
    try:
        return run()
    finally:
        clean.STEPS = steps


def main_only(corpus: Corpus) -> Corpus:
    """Return the corpus without further labels."""
    return replace(corpus, tips=tuple(replace(tip, labels=tip.labels[:1]) for tip in corpus.tips))


def curve(corpus: Corpus, lexicon: Lexicon, gold: Corpus | None, *, seed: int = 0) -> Iterator[Line]:
    """Measure on growing shares of the corpus; a group is taken whole."""
    group = groups(corpus)
    order = np.random.default_rng(seed).permutation(np.unique(group))
    for share in SHARES:
        kept = set(order[: round(share * len(order))].tolist())
        part = replace(corpus, tips=tuple(tip for tip, g in zip(corpus.tips, group, strict=True) if g in kept))
        yield f"{len(part.tips)} texts", measure(part, TipClassifier(corpus.taxonomy.codes, lexicon), gold)


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    names = list(dict.fromkeys(name for _, figures in lines for name in figures))
    rows = [f"| {title} | " + " | ".join(f"{figures[name]:.3f}" for name in names) + " |" for title, figures in lines]
    return "\n".join(["| setting | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names), *rows])


def picture(lines: Sequence[Line]) -> str:
    """Return the learning curve as an SVG: share of the corpus against each figure."""
    width, height, left, top = 640, 360, 60, 20
    colours = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2")
    lowest = min(value for _, figures in lines for value in figures.values())
    floor = np.floor(lowest * 10) / 10

    def place(share: float, value: float) -> str:
        return f"{left + share * (width - 240):.1f},{top + (1 - value) / (1 - floor) * (height - 70):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12">'
    ]
    for value in np.arange(floor, 1.001, 0.1):
        x, y = place(0, value).split(",")
        parts.append(f'<line x1="{x}" y1="{y}" x2="{width - 180}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="{float(x) - 8}" y="{float(y) + 4}" text-anchor="end">{value:.1f}</text>')
    for share, (title, _) in zip(SHARES, lines, strict=True):
        x, y = place(share, floor).split(",")
        parts.append(f'<text x="{x}" y="{float(y) + 20}" text-anchor="middle">{title}</text>')
    ends: list[float] = []
    for colour, name in zip(colours, lines[0][1], strict=False):
        points = [place(share, figures[name]) for share, (_, figures) in zip(SHARES, lines, strict=True)]
        parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x, y = map(float, points[-1].split(","))
        while any(abs(y - other) < 14 for other in ends):  # names must not lie on each other
            y += 2
        ends.append(y)
        parts.append(f'<text x="{x + 8}" y="{y + 4}" fill="{colour}">{name} {lines[-1][1][name]:.3f}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    """Run one of the two experiments and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("experiment", choices=("ablation", "curve"))
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    corpus, _, lexicon = training.prepare([options.corpus], None)
    gold = load_corpus([options.gold], corpus.taxonomy) if options.gold else None
    lines = list({"ablation": ablation, "curve": curve}[options.experiment](corpus, lexicon, gold))
    print(table(lines))
    if options.picture:
        options.picture.write_text(picture(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
