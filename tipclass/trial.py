"""A trial: a model beside the one in use, on texts that can judge both fairly and on the behaviour cases.

Fair are texts that neither model was trained on: what both scored out of fold, or a labelled file that neither saw. Out
of fold it is not the models themselves that are compared but their corpora and ways of training, fold by fold.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tipclass import messages
from tipclass.cases import CASES, Outcome, broken, changes, load_cases, run_cases
from tipclass.comparison import Comparison, compare
from tipclass.corpus import LabelledTip, load_corpus
from tipclass.decide import decide
from tipclass.errors import CorpusError, TaxonomyError
from tipclass.model import Model
from tipclass.neighbours import excerpts
from tipclass.settings import corpora_folder
from tipclass.taxonomy import Taxonomy
from tipclass.triage import judge
from tipclass.verdicts import Verdicts, verdicts_of

FEW = 200  # texts; with fewer, only great differences show


@dataclass(frozen=True)
class CaseChanges:
    """What became of the behaviour cases: STRONG ones that do not hold, and ids that hold now, or no longer do."""

    count: int
    broken: tuple[Outcome, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Trial:
    """Two models side by side, under the taxonomy of the one after.

    before: id of the other model, empty when there is none; on: what the texts are; comparison and cases are None
    where they could not be had, and `notes` (in Chinese) say why; excerpts: how texts begin, masked, by id.
    """

    before: str
    after: str
    taxonomy: Taxonomy
    on: str
    comparison: Comparison | None
    cases: CaseChanges | None
    notes: tuple[str, ...] = ()
    excerpts: Mapping[str, str] = field(default_factory=dict)


def try_model(after: Model, before: Model | None, *, gold: Path | None = None, cases: Path | None = None) -> Trial:
    """Put a model beside the one before it.

    `gold` is a labelled file, else what both scored out of fold is compared; `cases` is a table of behaviour cases,
    else the shipped ones are run where they fit the taxonomy. Raises CorpusError when a file named cannot be used, or
    when every text of `gold` was trained on.
    """
    texts = _gold_texts(gold, before, after) if gold else _fold_texts(before, after)
    compared = compare(*texts.verdicts, after.taxonomy.codes) if texts.verdicts else None
    found, notes = _try_cases(after, before, cases)
    return Trial(
        before=before.id if before else "",
        after=after.id,
        taxonomy=after.taxonomy,
        on=gold.name if gold else messages.PAGE_FOLDS,
        comparison=compared,
        cases=found,
        notes=(*texts.notes, *_doubts(compared), *notes),
        excerpts=texts.excerpts,
    )


def _doubts(compared: Comparison | None) -> Iterator[str]:
    """Say what a comparison cannot show."""
    if compared and compared.tips < FEW:
        yield messages.COMPARE_FEW.format(count=compared.tips)
    if compared and compared.relabelled:
        yield messages.COMPARE_RELABELLED.format(count=compared.relabelled)


# --- texts ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Texts:
    """The verdicts before and after on texts that can judge both, if there are any, and how the texts begin."""

    verdicts: tuple[Verdicts, Verdicts] | None = None
    excerpts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def _fold_texts(before: Model | None, after: Model) -> _Texts:
    """Take what both models scored out of fold, or say what is missing."""
    if before is None:
        return _Texts()
    without = [model.id for model in (before, after) if not model.verdicts]
    if without:
        return _Texts(notes=(messages.COMPARE_NO_FOLDS.format(ids="、".join(without)),))
    if not before.verdicts.keys() & after.verdicts.keys():
        return _Texts(notes=(messages.COMPARE_NONE_SHARED,))
    excerpts = {each.id: each.text for each in after.neighbours.examples}
    return _Texts((_recoded(before.verdicts, after.taxonomy), after.verdicts), excerpts)


def _gold_texts(gold: Path, before: Model | None, after: Model) -> _Texts:
    """Take what both models decide on the texts of a file that neither was trained on."""
    corpus = load_corpus([gold], after.taxonomy)
    seen = {each.text for model in (before, after) if model for each in model.neighbours.examples}
    unseen = [(tip, begin) for tip, begin in zip(corpus.tips, excerpts(corpus.texts), strict=True) if begin not in seen]
    tips = [tip for tip, _ in unseen]
    if not tips:
        raise CorpusError(messages.COMPARE_ALL_SEEN.format(path=gold.name))
    dropped = len(corpus.tips) - len(tips)
    notes = (messages.COMPARE_SEEN.format(path=gold.name, count=dropped),) if dropped else ()
    if before is None:
        return _Texts(notes=notes)
    said = _recoded(_decided(tips, before), after.taxonomy), _decided(tips, after)
    return _Texts(said, {tip.id: begin for tip, begin in unseen}, notes)


def _decided(tips: Sequence[LabelledTip], model: Model) -> Verdicts:
    judgements = judge([tip.text for tip in tips], model).judgements
    return verdicts_of(tips, [decide(each, model.policy, model.taxonomy) for each in judgements])


def _recoded(verdicts: Verdicts, taxonomy: Taxonomy) -> Verdicts:
    """Name categories as a newer taxonomy does; one that it does not know keeps its old code, and is never right."""
    old = {code for each in verdicts.values() for code in (each.label, each.category)}
    codes = {code: _code(code, taxonomy) for code in old}
    return {
        key: replace(each, label=codes[each.label], category=codes[each.category]) for key, each in verdicts.items()
    }


def _code(old: str, taxonomy: Taxonomy) -> str:
    try:
        return taxonomy.code(old)
    except TaxonomyError:
        return old


# --- behaviour cases -----------------------------------------------------------------------------


def _try_cases(after: Model, before: Model | None, named: Path | None) -> tuple[CaseChanges | None, tuple[str, ...]]:
    path = named or corpora_folder() / CASES
    if not named and not path.is_file():
        return None, (messages.COMPARE_NO_CASES,)
    try:
        outcomes = run_cases(load_cases(path, after.taxonomy), after)
    except CorpusError:
        if named:
            raise
        return None, (messages.COMPARE_OTHER_CASES,)
    gained, lost = changes(outcomes, _held(before, path))
    return CaseChanges(len(outcomes), tuple(broken(outcomes)), tuple(gained), tuple(lost)), ()


def _held(model: Model | None, path: Path) -> dict[str, bool]:
    """Return which cases a model holds; nothing where they do not fit its taxonomy."""
    if model is None:
        return {}
    try:
        return {each.case.id: each.passed for each in run_cases(load_cases(path, model.taxonomy), model)}
    except CorpusError:
        return {}
