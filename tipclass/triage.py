"""Triage, the intake line for a batch: the table of contents of the program."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tipclass import messages
from tipclass.decide import PASSAGE, decide, holds_lead
from tipclass.explain import Contributions, contributions, evidence
from tipclass.records import Decision, Entry, Route, Tip
from tipclass.segment import View
from tipclass.store import Model

CHUNK = 500  # tips that a process takes at a time


def triage(tips: Sequence[Tip], model: Model, *, top: int = 3) -> list[Entry]:
    """Score each tip, decide its route, and say why; the order is kept."""
    views = [model.scorer.segmenter.view(tip.text) for tip in tips]
    features = model.scorer.features(views)
    scores = model.scorer.score_features(features).tolist()
    known = model.scorer.known(views).tolist()
    leads = [_holds_lead(view, row, model) for view, row in zip(views, scores, strict=True)]
    rows = zip(tips, scores, known, leads, strict=True)
    decisions = [_decide(tip, row, words, lead, model, top) for tip, row, words, lead in rows]
    entries = zip(tips, decisions, contributions(features), strict=True)
    return [_entry(tip, decision, said, model) for tip, decision, said in entries]


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


def _holds_lead(view: View, scores: Sequence[float], model: Model) -> bool:
    """Look into the passages of a text that as a whole would be set aside."""
    codes = model.taxonomy.codes
    passages = view.pieces(PASSAGE)
    if len(passages) < 2 or codes[scores.index(max(scores))] not in model.taxonomy.set_aside:
        return False
    return holds_lead(model.scorer.score_features(model.scorer.features(passages)).tolist(), model.taxonomy)


def _decide(tip: Tip, scores: Sequence[float], known: int, lead: bool, model: Model, top: int) -> Decision:
    decision = decide(scores, known, model.policy, model.taxonomy, lead=lead, top=top)
    if tip.text.strip():
        return decision
    return replace(decision, route=Route.REVIEW, reason=messages.REASON_NO_TEXT)


def _entry(tip: Tip, decision: Decision, said: Contributions, model: Model) -> Entry:
    main, runner_up = (model.taxonomy.codes.index(code) for code in (decision.main.code, decision.runner_up))
    return Entry(tip, decision, evidence(model.scorer, tip.text, said, main=main, runner_up=runner_up))
