"""Triage, the intake line for a batch: the table of contents of the program."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tipclass import messages
from tipclass.decide import decide
from tipclass.explain import evidence
from tipclass.records import Decision, Entry, Evidence, Route, Tip
from tipclass.store import Model

CHUNK = 500  # tips that a process takes at a time


def triage(tips: Sequence[Tip], model: Model, *, top: int = 3) -> list[Entry]:
    """Score each tip, decide its route, and say why; the order is kept."""
    views = [model.scorer.segmenter.view(tip.text) for tip in tips]
    scores = model.scorer.score_views(views)
    known = model.scorer.known(views).tolist()
    decisions = [
        _decide(tip, row, words, model, top) for tip, row, words in zip(tips, scores.tolist(), known, strict=True)
    ]
    return [
        Entry(tip, decision, _evidence(tip, decision, model)) for tip, decision in zip(tips, decisions, strict=True)
    ]


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


def _decide(tip: Tip, scores: Sequence[float], known: int, model: Model, top: int) -> Decision:
    decision = decide(scores, known, model.policy, model.taxonomy, top=top)
    if tip.text.strip():
        return decision
    return replace(decision, route=Route.REVIEW, reason=messages.REASON_NO_TEXT)


def _evidence(tip: Tip, decision: Decision, model: Model) -> tuple[Evidence, ...]:
    main, runner_up = (model.taxonomy.codes.index(code) for code in (decision.main.code, decision.runner_up))
    return evidence(model.scorer, tip.text, main=main, runner_up=runner_up)
