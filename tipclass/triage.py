"""Triage, the intake line for a batch: the table of contents of the program."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tipclass import messages
from tipclass.decide import PASSAGE, Judgement, decide, holds_lead
from tipclass.explain import Contributions, contributions, evidence
from tipclass.records import Entry, Route, Tip
from tipclass.scorer import certainties, scores
from tipclass.segment import View
from tipclass.store import Model

CHUNK = 500  # tips that a process takes at a time


def triage(tips: Sequence[Tip], model: Model, *, top: int = 3) -> list[Entry]:
    """Score each tip, decide its route, and say why; the order is kept."""
    views = [model.scorer.segmenter.view(tip.text) for tip in tips]
    features = model.scorer.features(views)
    decided = model.scorer.decisions(features)
    judgements = zip(
        scores(decided, model.scorer.calibration).tolist(),
        certainties(decided, model.scorer.calibration).tolist(),
        model.scorer.known(views).tolist(),
        (_holds_lead(view, row, model) for view, row in zip(views, decided.tolist(), strict=True)),
        strict=True,
    )
    rows = zip(tips, judgements, contributions(features), strict=True)
    return [_entry(tip, Judgement(*judgement), said, model, top) for tip, judgement, said in rows]


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


def _holds_lead(view: View, decided: Sequence[float], model: Model) -> bool:
    """Look into the passages of a text that as a whole would be set aside."""
    if model.taxonomy.codes[decided.index(max(decided))] not in model.taxonomy.set_aside:
        return False
    passages = view.pieces(PASSAGE)
    if len(passages) < 2:
        return False
    values = model.scorer.decisions(model.scorer.features(passages))
    return holds_lead(certainties(values, model.scorer.calibration).tolist(), model.taxonomy)


def _entry(tip: Tip, judgement: Judgement, said: Contributions, model: Model, top: int) -> Entry:
    decision = decide(judgement, model.policy, model.taxonomy, top=top)
    if not tip.text.strip():
        decision = replace(decision, route=Route.REVIEW, reason=messages.REASON_NO_TEXT)
    main, runner_up = (model.taxonomy.codes.index(code) for code in (decision.main.code, decision.runner_up))
    return Entry(tip, decision, evidence(model.scorer, tip.text, said, main=main, runner_up=runner_up))
