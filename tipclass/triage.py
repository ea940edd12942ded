"""Triage, the intake line for a batch: the table of contents of the program."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tipclass import messages
from tipclass.decide import decide
from tipclass.explain import Contributions, contributions, evidence
from tipclass.records import Entry, Route, Tip
from tipclass.store import Model

CHUNK = 500  # tips that a process takes at a time


def triage(tips: Sequence[Tip], model: Model, *, top: int = 3) -> list[Entry]:
    """Score each tip, decide its route, and say why; the order is kept."""
    views = [model.scorer.segmenter.view(tip.text) for tip in tips]
    features = model.scorer.features(views)
    scores = model.scorer.score_features(features).tolist()
    known = model.scorer.known(views).tolist()
    rows = zip(tips, scores, known, contributions(features), strict=True)
    return [_entry(tip, row, words, said, model, top) for tip, row, words, said in rows]


def triage_batch(
    tips: Sequence[Tip], model: Model, *, top: int = 3, jobs: int = 1, done: Callable[[int], None] = lambda count: None
) -> list[Entry]:
    """Triage a batch in chunks, over several processes if asked; `done` hears the size of each finished chunk."""
    entries: list[Entry] = []
    for part in _chunks(tips, model, top, jobs):
        entries += part
        done(len(part))
    return entries


def _chunks(tips: Sequence[Tip], model: Model, top: int, jobs: int) -> Iterator[list[Entry]]:
    parts = [tips[start : start + CHUNK] for start in range(0, len(tips), CHUNK)]
    if jobs == 1 or len(parts) < 2:
        yield from (triage(part, model, top=top) for part in parts)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs, return_as="generator")(delayed(triage)(part, model, top=top) for part in parts)


def _entry(tip: Tip, scores: Sequence[float], known: int, said: Contributions, model: Model, top: int) -> Entry:
    decision = decide(scores, known, model.policy, model.taxonomy, top=top)
    if not tip.text.strip():
        decision = replace(decision, route=Route.REVIEW, reason=messages.REASON_NO_TEXT)
    main, runner_up = (model.taxonomy.codes.index(code) for code in (decision.main.code, decision.runner_up))
    return Entry(tip, decision, evidence(model.scorer, tip.text, said, main=main, runner_up=runner_up))
