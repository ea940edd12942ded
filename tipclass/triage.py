"""Triage, the intake line for a batch: the table of contents of the program."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TypeVar

from scipy import sparse

from tipclass.decide import Judgement, decide, matters
from tipclass.doubt import doubt
from tipclass.explain import Contributions, contributions, evidence, reason
from tipclass.link import Linked, Origin, with_links
from tipclass.office import Office, day_of, is_general, take_notes
from tipclass.passages import split
from tipclass.records import Cause, Element, Entry, Evidence, Mention, Near, Passage, Route, Tip
from tipclass.scorer import judgements
from tipclass.store import Model

CHUNK = 500  # tips that a process takes at a time
NO_LINKS: Mapping[Origin, Linked] = {}

Placed = TypeVar("Placed", Element, Evidence, Mention, Passage)


def triage(
    tips: Sequence[Tip],
    model: Model,
    *,
    top: int = 3,
    office: Office | None = None,
    links: Mapping[Origin, Linked] = NO_LINKS,
) -> list[Entry]:
    """Judge each tip, decide its route, and say why; with an office, take its notes too. The order is kept.

    `links` says what was told several times, which notes of grades go by, and is put on the entries.
    """
    judged = judge([tip.text for tip in tips], model)
    nearest = model.neighbours.nearest(model.scorer.telling_words(judged.features))
    rows = zip(tips, judged.judgements, judged.passages, contributions(judged.features), nearest, strict=True)
    entries = with_links([_entry(*row, model, top) for row in rows], links)
    return [_noted(entry, model, office) for entry in entries]


@dataclass(frozen=True)
class Judged:
    """What the model says of some texts: their features, their passages, and a judgement of each."""

    features: sparse.csr_matrix
    passages: list[list[Passage]]
    judgements: list[Judgement]


def judge(texts: Sequence[str], model: Model) -> Judged:
    """Score texts and, where they have several, their passages."""
    cut = [split(text) for text in texts]
    several = [passages if len(passages) > 1 else [] for passages in cut]
    parts = [(text, passage) for text, passages in zip(texts, several, strict=True) for passage in passages]
    _, alone = _judge([text[each.start : each.end] for text, each in parts], model, [()] * len(parts))
    scored = [replace(each, listed=passage.listed) for each, (_, passage) in zip(alone, parts, strict=True)]
    ends = accumulate(map(len, several), initial=0)
    features, judged = _judge(texts, model, [scored[start:end] for start, end in pairwise(ends)])
    return Judged(features, cut, judged)


def _judge(
    texts: Sequence[str], model: Model, passages: Sequence[Sequence[Judgement]]
) -> tuple[sparse.csr_matrix, list[Judgement]]:
    scorer = model.scorer
    views = [scorer.segmenter.view(text) for text in texts]
    features = scorer.features(views)
    counts, doubts = scorer.word_counts(views), [doubt(text) for text in texts]
    return features, judgements(scorer.decisions(features), scorer.calibration, counts, doubts, passages)


def _entry(
    tip: Tip,
    judgement: Judgement,
    passages: Sequence[Passage],
    said: Contributions,
    nearest: tuple[Near, ...],
    model: Model,
    top: int,
) -> Entry:
    decision = decide(judgement, model.policy, model.taxonomy, top=top)
    if not decision.readable:
        said_why = reason(decision, (), (), judgement.known, model.taxonomy)
        return Entry(tip, decision, said_why)
    told = matters(passages, judgement, decision, model.taxonomy)
    column = model.taxonomy.codes.index
    columns = column(decision.main.code), column(decision.runner_up.code)
    found = evidence(model.scorer, tip.text, said, columns=columns)
    said_why = reason(decision, found, told, judgement.known, model.taxonomy)
    by = tip.part.start if tip.part else 0
    evident = tuple(_moved(each, by) for each in found)
    matter = tuple(replace(each, passage=_moved(each.passage, by)) for each in told)
    return Entry(tip, decision, said_why, evident, matter, nearest)


def _noted(entry: Entry, model: Model, office: Office | None) -> Entry:
    """Add the office's notes, places as in the whole text; what only speaks of offences in general is not sent on."""
    if office is None or not entry.decision.readable:
        return entry
    tip, decision, taxonomy = entry.tip, entry.decision, model.taxonomy
    repeats = entry.repeats.size if entry.repeats else 1
    notes = take_notes(tip.text, decision, office.on(day_of(tip)), taxonomy, repeats=repeats)
    offence = decision.main.code not in taxonomy.no_department
    if decision.route is Route.ACCEPT and offence and is_general(tip.text, notes.elements):
        decision = replace(decision, route=Route.REVIEW, cause=Cause.GENERAL)
        entry = replace(entry, decision=decision, reason=reason(decision, entry.evidence, entry.matters, 0, taxonomy))
    by = tip.part.start if tip.part else 0
    elements = tuple(_moved(each, by) for each in notes.elements)
    hints = tuple(replace(each, met=tuple(_moved(mention, by) for mention in each.met)) for each in notes.hints)
    return replace(entry, notes=replace(notes, elements=elements, hints=hints))


def _moved(placed: Placed, by: int) -> Placed:
    """Let a place in a part of a text point at the whole text."""
    return replace(placed, start=placed.start + by, end=placed.end + by) if by else placed


def against(entry: Entry, model: Model) -> tuple[Evidence, ...]:
    """Return what spoke for the runner-up of an entry against its main label."""
    features = judge([entry.tip.text], model).features
    column = model.taxonomy.codes.index
    columns = column(entry.decision.runner_up.code), column(entry.decision.main.code)
    return evidence(model.scorer, entry.tip.text, contributions(features)[0], columns=columns)


def take_apart(tips: Sequence[Tip], model: Model) -> list[Tip]:
    """Put in place of each tip that tells several matters a tip for each of them."""
    judged = judge([tip.text for tip in tips], model)
    rows = zip(tips, judged.judgements, judged.passages, strict=True)
    return [part for row in rows for part in _parts(*row, model)]


def _parts(tip: Tip, judgement: Judgement, passages: Sequence[Passage], model: Model) -> list[Tip]:
    told = matters(passages, judgement, decide(judgement, model.policy, model.taxonomy), model.taxonomy)
    if len(told) < 2:
        return [tip]
    return [_part(tip, each.passage, number) for number, each in enumerate(told, 1)]


def _part(tip: Tip, passage: Passage, number: int) -> Tip:
    """Return a part as a tip of its own; of a document, which has no row to keep, only the part is shown."""
    text = tip.text[passage.start : passage.end]
    fields = tip.fields if tip.row else {name: text if cell == tip.text else cell for name, cell in tip.fields.items()}
    return replace(tip, id=f"{tip.id}/{number}", text=text, fields=fields, part=passage)


def triage_batch(
    tips: Sequence[Tip],
    model: Model,
    *,
    top: int = 3,
    passages: bool = False,
    office: Office | None = None,
    links: Mapping[Origin, Linked] = NO_LINKS,
    jobs: int = 1,
    done: Callable[[int], None] = lambda count: None,
) -> list[Entry]:
    """Triage a batch in chunks, over several processes if asked; `done` hears the size of each finished chunk.

    With `passages`, a tip that tells several matters gives an entry for each of them.
    """
    entries: list[Entry] = []
    work = functools.partial(_chunk, model=model, top=top, passages=passages, office=office, links=links)
    for size, part in _chunks(work, tips, jobs):
        entries += part
        done(size)
    return entries


def _chunks(
    work: Callable[[Sequence[Tip]], tuple[int, list[Entry]]], tips: Sequence[Tip], jobs: int
) -> Iterator[tuple[int, list[Entry]]]:
    parts = [tips[start : start + CHUNK] for start in range(0, len(tips), CHUNK)]
    if jobs == 1 or len(parts) < 2:
        yield from map(work, parts)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs, return_as="generator")(delayed(work)(part) for part in parts)


def _chunk(
    tips: Sequence[Tip],
    model: Model,
    top: int,
    passages: bool,
    office: Office | None,
    links: Mapping[Origin, Linked],
) -> tuple[int, list[Entry]]:
    parts = take_apart(tips, model) if passages else tips
    return len(tips), triage(parts, model, top=top, office=office, links=links)
