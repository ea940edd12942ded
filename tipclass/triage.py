"""Triage, the intake line for a batch: the table of contents of the program."""

import functools
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from tipclass.crew import in_order
from tipclass.decide import Judgement, decide, matters
from tipclass.documents import SURROGATES
from tipclass.doubt import doubts
from tipclass.explain import evidence, reason
from tipclass.fields import ALL, Station
from tipclass.linked import Linked, Origin, with_links
from tipclass.model import Model
from tipclass.passages import split
from tipclass.records import Cause, Decision, Element, Entry, Evidence, Mention, Near, Passage, Route, Tip
from tipclass.rows import Rows
from tipclass.scorer import judgements
from tipclass.segment import Cuts
from tipclass.sources import Chunk, portions
from tipclass.taxonomy import Taxonomy

if TYPE_CHECKING:
    from tipclass.elements import Extract
    from tipclass.office import Office

CHUNK = 500  # tips that are scored together where there are many
NO_LINKS: Mapping[Origin, Linked] = {}

Placed = TypeVar("Placed", Element, Evidence, Mention, Passage)


def triage(
    tips: Sequence[Tip],
    model: Model,
    *,
    top: int = 3,
    passages: bool = False,
    office: "Office | None" = None,
    links: Mapping[Origin, Linked] = NO_LINKS,
    work: frozenset[Station] = ALL,
) -> list[Entry]:
    """Judge each tip, decide its route, and say why; with an office, take its notes too. The order is kept.

    With `passages` each of the matters that a tip tells gives an entry. `links` says what was told several times, which
    notes of grades go by, and is put on the entries; `work` are the stations that are asked for, without which
    evidence, with the reason, and nearest texts are left out.
    """
    if not tips:
        return []
    tips = _sound(tips)
    if passages:
        tips = take_apart(tips, model)
    texts = [tip.text for tip in tips]
    judged = judge(texts, model)
    decisions = [decide(each, model.policy, model.taxonomy, top=top) for each in judged.judgements]
    pairs, none = pairs_of(decisions, model.taxonomy), [()] * len(tips)
    scorer, features = model.scorer, judged.features
    found = evidence(scorer, texts, judged.cuts, features, pairs) if Station.EVIDENCE in work else none
    nearest = model.neighbours.nearest(scorer.telling_words(features)) if Station.NEAREST in work else none
    rows = zip(tips, judged.judgements, judged.passages, decisions, found, nearest, strict=True)
    why = Station.EVIDENCE in work
    entries = with_links([_entry(model.taxonomy, *row, why=why) for row in rows], links)
    return _all_noted(entries, model, office) if office else entries


def _sound(tips: Sequence[Tip]) -> Sequence[Tip]:
    """Put the sign for no character in place of lone surrogates, which cannot be written; readers do so too."""
    try:
        "".join(tip.text for tip in tips).encode()
    except UnicodeEncodeError:
        return [replace(tip, text=SURROGATES.sub("\ufffd", tip.text)) for tip in tips]
    return tips


def pairs_of(decisions: Sequence[Decision], taxonomy: Taxonomy) -> NDArray[np.int64]:
    """Return the columns of the main label and the runner-up of each decision, shape (decisions, 2)."""
    column = taxonomy.codes.index
    return np.array([(column(each.main.code), column(each.runner_up.code)) for each in decisions]).reshape(-1, 2)


@dataclass(frozen=True)
class Judged:
    """What the model says of some texts: their cuts, their features, their passages, and a judgement of each."""

    cuts: Cuts
    features: Rows
    passages: list[list[Passage]]
    judgements: list[Judgement]


def judge(texts: Sequence[str], model: Model) -> Judged:
    """Score texts and, where they have several, their passages."""
    cut = [split(text) for text in texts]
    several = [passages if len(passages) > 1 else [] for passages in cut]
    parts = [(text, passage) for text, passages in zip(texts, several, strict=True) for passage in passages]
    _, _, alone = _judge([text[each.start : each.end] for text, each in parts], model, [()] * len(parts))
    scored = [replace(each, listed=passage.listed) for each, (_, passage) in zip(alone, parts, strict=True)]
    ends = accumulate(map(len, several), initial=0)
    cuts, features, judged = _judge(texts, model, [scored[start:end] for start, end in pairwise(ends)])
    return Judged(cuts, features, cut, judged)


def _judge(
    texts: Sequence[str], model: Model, passages: Sequence[Sequence[Judgement]]
) -> tuple[Cuts, Rows, list[Judgement]]:
    scorer = model.scorer
    cuts = scorer.segmenter.cuts(texts)
    words = scorer.look_up(cuts)
    features, counts = scorer.features(cuts, words), scorer.word_counts(cuts, words)
    decisions = scorer.decisions(features)
    return cuts, features, judgements(decisions, scorer.calibration, counts, doubts(texts), passages)


def _entry(
    taxonomy: Taxonomy,
    tip: Tip,
    judgement: Judgement,
    passages: Sequence[Passage],
    decision: Decision,
    found: Sequence[Evidence],
    nearest: tuple[Near, ...],
    *,
    why: bool,
) -> Entry:
    if not decision.readable:
        return Entry(tip, decision, reason(decision, (), (), judgement.known, taxonomy))
    told = matters(passages, judgement, decision, taxonomy)
    said_why = reason(decision, found, told, judgement.known, taxonomy) if why else ""
    by = tip.part.start if tip.part else 0
    evident = tuple(_moved(each, by) for each in found)
    matter = tuple(replace(each, passage=_moved(each.passage, by)) for each in told)
    return Entry(tip, decision, said_why, evident, matter, nearest)


def _all_noted(entries: Sequence[Entry], model: Model, office: "Office") -> list[Entry]:
    """Add the office's notes to all entries whose text says something."""
    from tipclass.elements import read_all  # these rules take long to load, and not all ask for them
    from tipclass.office import day_of

    offices = [office.on(day_of(entry.tip)) for entry in entries]
    texts = [entry.tip.text if entry.decision.readable else "" for entry in entries]
    extracts = read_all(texts, [each.day for each in offices])
    rows = zip(entries, extracts, offices, strict=True)
    return [_noted(*row, model.taxonomy) if row[0].decision.readable else row[0] for row in rows]


def _noted(entry: Entry, extract: "Extract", office: "Office", taxonomy: Taxonomy) -> Entry:
    """Add the office's notes, places as in the whole text; what only speaks of offences in general is not sent on."""
    from tipclass.office import is_general, take_notes

    tip, decision = entry.tip, entry.decision
    repeats = entry.repeats.size if entry.repeats else 1
    notes = take_notes(tip.text, decision, extract, office, taxonomy, repeats=repeats)
    offence = decision.main.code not in taxonomy.no_department
    if decision.route is Route.ACCEPT and offence and is_general(tip.text, extract):
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
    judged, column = judge([entry.tip.text], model), model.taxonomy.codes.index
    pair = np.array([[column(entry.decision.runner_up.code), column(entry.decision.main.code)]])
    return evidence(model.scorer, [entry.tip.text], judged.cuts, judged.features, pair)[0]


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
    office: "Office | None" = None,
    links: Mapping[Origin, Linked] = NO_LINKS,
    work: frozenset[Station] = ALL,
    jobs: int = 1,
    done: Callable[[int], None] = lambda count: None,
) -> list[Entry]:
    """Triage a batch in chunks, over several processes if asked; `done` hears the size of each finished chunk.

    Returns an entry a tip, in their order; with `passages`, a tip that tells several matters gives an entry for each of
    them. `top` is how many candidates an entry keeps. Places are code points of the raw text. Nothing is raised for a
    text that says nothing: its entry goes to review and says so.

    >>> from tipclass.store import open_model
    >>> (entry,) = triage_batch([Tip("1", "河里每天半夜有人用电瓶打鱼")], open_model())
    >>> entry.decision.main.code
    'illegal_fishing'
    """
    entries: list[Entry] = []
    task = functools.partial(_chunk, model=model, top=top, passages=passages, office=office, links=links, work=work)
    with closing(in_order(task, portions(tips), jobs)) as parts:
        for size, part in parts:
            entries += part
            done(size)
    return entries


def _chunk(
    chunk: Chunk,
    model: Model,
    top: int,
    passages: bool,
    office: "Office | None",
    links: Mapping[Origin, Linked],
    work: frozenset[Station],
) -> tuple[int, list[Entry]]:
    tips = chunk.tips()
    return len(tips), triage(tips, model, top=top, passages=passages, office=office, links=links, work=work)
