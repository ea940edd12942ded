"""Differences between two models for people: tables and a page."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tipclass import messages, pictures
from tipclass.comparison import CategoryChange, Comparison, Flip, Pair, Tally, Turn
from tipclass.figures import Headline, Picture, Table, write_page
from tipclass.trial import CaseChanges, Trial

FLIPS = 10  # shown on the console
FLIPS_ON_PAGE = 300
BEGIN = 20  # characters of a text that show which it is
LEAST_P = 0.001


def tables(trial: Trial, *, flips: int = FLIPS) -> Iterator[Table]:
    """Yield title, column names and rows of every table that has rows; `flips` is how many texts are listed."""
    found: list[Table] = []
    if trial.comparison:
        found += [_summary(trial, trial.comparison), _categories(trial, trial.comparison)]
        found += [_flip_counts(trial.comparison), _flips(trial, trial.comparison, flips)]
    if trial.cases:
        found.append(_cases(trial.cases))
    yield from (table for table in found if table[2])


def _summary(trial: Trial, compared: Comparison) -> Table:
    title = messages.COMPARE_TITLE.format(before=trial.before, after=trial.after, count=compared.tips, on=trial.on)
    gain = compared.macro_f1_gain
    rows = [
        _shares(messages.FIGURE_ACCURACY, compared.accuracy, _verdict(compared.tally)),
        _shares(messages.FIGURE_MACRO_F1, compared.macro_f1, f"[{gain.low:+.3f}, {gain.high:+.3f}]"),
        _shares(messages.FIGURE_COVERAGE, compared.coverage, ""),
        _selective(compared),
        (messages.FIGURE_LOST, *(f"{each:.0f}" for each in _both(compared.lost)), f"{compared.lost.gain:+.0f}", ""),
    ]
    heads = messages.COMPARE_BEFORE, messages.COMPARE_AFTER, messages.COMPARE_GAIN, messages.COMPARE_VERDICT
    return title, ("", *heads), rows


def _shares(name: str, pair: Pair, verdict: str) -> tuple[str, ...]:
    return (name, *(f"{each:.3f}" for each in _both(pair)), f"{pair.gain:+.3f}", verdict)


def _selective(compared: Comparison) -> tuple[str, ...]:
    """Tell how much of what goes on is right; where nothing goes on there is no such figure."""
    pair = compared.selective_accuracy
    if all(_both(compared.coverage)):
        return _shares(messages.FIGURE_SELECTIVE, pair, "")
    shares = zip(_both(pair), _both(compared.coverage), strict=True)
    return (
        messages.FIGURE_SELECTIVE,
        *(f"{right:.3f}" if sent_on else messages.NO_FIGURE for right, sent_on in shares),
        messages.NO_FIGURE,
        "",
    )


def _both(pair: Pair) -> tuple[float, float]:
    return pair.before, pair.after


def _verdict(tally: Tally) -> str:
    """Say whether a difference is more than chance."""
    word = (
        messages.COMPARE_BETTER if tally.better else messages.COMPARE_WORSE if tally.worse else messages.COMPARE_LEVEL
    )
    p = f"= {tally.p:.3f}" if tally.p >= LEAST_P else f"< {LEAST_P}"
    return messages.COMPARE_P.format(verdict=word, p=p)


def _categories(trial: Trial, compared: Comparison) -> Table:
    columns = (
        messages.COLUMN_CATEGORY,
        messages.FIGURE_SUPPORT,
        *(messages.COMPARE_FROM_TO.format(name=name) for name in (messages.FIGURE_RECALL, messages.FIGURE_F1)),
        messages.COMPARE_F1_GAIN,
        messages.COMPARE_WON,
        messages.COMPARE_LOST,
        messages.COMPARE_VERDICT,
    )
    rows = [
        (
            trial.taxonomy.name(each.code),
            str(each.support),
            *(f"{pair.before:.2f} → {pair.after:.2f}" for pair in (each.recall, each.f1)),
            f"{each.f1.gain:+.3f}",
            str(each.tally.won),
            str(each.tally.lost),
            _verdict(each.tally),
        )
        for each in compared.categories
    ]
    return messages.COMPARE_CATEGORIES, columns, rows


def _flip_counts(compared: Comparison) -> Table:
    counts = Counter(flip.turn for flip in compared.flips)
    rows = [(messages.TURNS[turn], str(counts[turn])) for turn in Turn if counts[turn]]
    return messages.COMPARE_FLIPS.format(count=len(compared.flips)), ("", messages.FIGURE_COUNT), rows


def _flips(trial: Trial, compared: Comparison, most: int) -> Table:
    heads = (
        messages.EXPLAIN_ID,
        messages.FIGURE_LABEL,
        messages.COMPARE_BEFORE,
        messages.COMPARE_AFTER,
        messages.EXPLAIN_BEGIN,
    )
    rows = [_flip(flip, trial) for flip in compared.flips[:most]]
    return messages.COMPARE_FLIPPED.format(count=len(rows)), heads, rows


def _flip(flip: Flip, trial: Trial) -> tuple[str, ...]:
    known = trial.taxonomy.codes
    names = (trial.taxonomy.name(each) if each in known else each for each in (flip.label, flip.before, flip.after))
    return (flip.id, *names, " ".join(trial.excerpts.get(flip.id, "").split())[:BEGIN])


def _cases(changed: CaseChanges) -> Table:
    found = (
        (messages.COMPARE_CASES_BROKEN, [each.case.id for each in changed.broken]),
        (messages.COMPARE_CASES_LOST, changed.lost),
        (messages.COMPARE_CASES_GAINED, changed.gained),
    )
    rows = [(name, str(len(ids)), "、".join(ids)) for name, ids in found]
    return messages.COMPARE_CASES.format(count=changed.count), ("", messages.FIGURE_COUNT, messages.EXPLAIN_ID), rows


# --- the page ------------------------------------------------------------------------------------


def write_html(path: Path, trial: Trial) -> None:
    """Write one self-contained page on a trial: headlines, a picture of the categories, tables; texts are masked."""
    title = messages.COMPARE_PAGE.format(title=trial.taxonomy.title, before=trial.before or "-", after=trial.after)
    subtitle = " ".join([messages.COMPARE_SUBTITLE, *trial.notes])
    write_page(path, title, subtitle, headlines(trial), page_pictures(trial), tables(trial, flips=FLIPS_ON_PAGE))


def headlines(trial: Trial) -> Iterator[Headline]:
    """Yield the key differences, each with a plain sentence."""
    compared = trial.comparison
    if compared:
        for name, pair in _headline_figures(compared):
            way = messages.COMPARE_WAY.format(pair=pair)
            yield Headline(name, f"{100 * pair.gain:+.1f}", way, messages.COMPARE_POINTS.format(count=compared.tips))
        names = "、".join(trial.taxonomy.name(each.code) for each in compared.worse)
        count = messages.COMPARE_KINDS.format(count=len(compared.worse))
        yield Headline(messages.COMPARE_WORSE, count, "", names or messages.COMPARE_NONE_WORSE)
    if trial.cases:
        broken = messages.HEADLINE_COUNT.format(count=len(trial.cases.broken))
        yield Headline(messages.COMPARE_CASES_BROKEN, broken, "", messages.COMPARE_OF_CASES.format(cases=trial.cases))


def _headline_figures(compared: Comparison) -> Iterator[tuple[str, Pair]]:
    yield messages.FIGURE_ACCURACY, compared.accuracy
    yield messages.FIGURE_COVERAGE, compared.coverage
    if all(_both(compared.coverage)):
        yield messages.FIGURE_SELECTIVE, compared.selective_accuracy


def page_pictures(trial: Trial) -> Iterator[Picture]:
    """Yield the picture of the categories where two models were compared."""

    def rank(each: CategoryChange) -> tuple[float, str]:
        return each.f1.gain, each.code

    if trial.comparison is None:
        return
    ranked = sorted((each for each in trial.comparison.categories if each.support), key=rank)
    drawn = pictures.changes_picture(ranked, trial.taxonomy.name)
    yield Picture(messages.PICTURE_CHANGES, drawn, messages.READING_CHANGES)
