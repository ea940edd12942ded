"""The pages of models: what each can do, a new one trained in the background, tried, put to use and taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

from tipclass import figures, messages
from tipclass.batches import folder_in_use
from tipclass.errors import ModelError, UsageError
from tipclass.essentials import essentials
from tipclass.evaluate import Evaluation
from tipclass.jobs import State, add_job, find_job, jobs_of
from tipclass.manifest import Manifest
from tipclass.promotion import previous, read_history
from tipclass.retraining import KINDS, PROMOTE, TRAIN, TRY, home, known_models, roll_back
from tipclass.store import load_model, model_size, read_card, read_manifest
from tipclass.webpage import Ask, Page, go, missing

LAST = 8  # jobs shown
SHARES = ("accuracy", "macro_f1", "coverage", "selective_accuracy")  # figures of a model shown beside others'


@dataclass(frozen=True, slots=True)
class Line:
    """A model among others: its facts and shares as words, or why it cannot be read."""

    name: str
    facts: str
    shares: tuple[str, ...] = ()
    problem: str = ""


def listing(ask: Ask) -> Response:
    """Show the models there are, what is being made of them, and how they came into use."""
    store, in_use = ask.desk.store, folder_in_use(ask.desk.store).name
    history, jobs = read_history(home(store)), jobs_of(store, KINDS)
    return ask.show(
        "models.html",
        in_use=in_use,
        lines=list(_lines(known_models(store))),
        history=[(each, each.date.strftime("%Y-%m-%d %H:%M")) for each in reversed(history)],
        before=previous(history, in_use),
        jobs=jobs[:LAST],
        training=next((each for each in jobs if each.kind == TRAIN and not each.is_over), None),
        corrected=sum(row.corrected for row in ask.desk.shelf.ledger().rows),
    )


def _lines(models: Mapping[str, Path]) -> Iterator[Line]:
    for name, folder in sorted(models.items()):
        try:
            manifest = read_manifest(folder)
            yield Line(name, _facts(manifest, folder), tuple(_shares(manifest)))
        except ModelError as error:
            yield Line(name, "", problem=str(error))


def _facts(manifest: Manifest, folder: Path) -> str:
    counts = {name: manifest.corpus[name] for name in ("tips", "categories")}
    return messages.MODELS_FACTS.format(**counts, size=model_size(folder) / 2**20)


def _shares(manifest: Manifest) -> Iterator[str]:
    for name in SHARES:
        yield f"{manifest.figures[name]['value']:.3f}" if manifest.figures else messages.NO_FIGURE


def model(ask: Ask) -> Response:
    """Show the essentials of a model, what the folds measured of it, and its card."""
    name, folder = _model(ask)
    found = load_model(folder)
    measured = Evaluation.parse(found.manifest.figures) if found.manifest.figures else None
    return ask.show(
        "model.html",
        name=name,
        facts=_facts(found.manifest, folder),
        is_in_use=name == folder_in_use(ask.desk.store).name,
        subtitle=messages.PAGE_SUBTITLE.format(count=measured.tips) if measured else messages.MODELS_NO_FIGURES,
        essentials=list(essentials(found.manifest, measured, found.taxonomy)),
        headlines=list(figures.headlines(measured)) if measured else [],
        pictures=list(figures.page_pictures(measured, found.taxonomy)) if measured else [],
        tables=list(figures.tables(measured, found.taxonomy)) if measured else [],
        card=read_card(folder),
    )


def _model(ask: Ask) -> tuple[str, Path]:
    name = str(ask.request.path_params["name"])
    folder = known_models(ask.desk.store).get(name)
    if folder is None:
        raise missing()
    return name, folder


def train(ask: Ask) -> Response:
    """Have a new model trained, unless one is being trained already."""
    store = ask.desk.store
    going_on = next((each for each in jobs_of(store, (TRAIN,)) if not each.is_over), None)
    job = going_on.id if going_on else add_job(store, TRAIN, "", {"back": "/models"})
    if not going_on:
        store.note("train", job)
    return go(f"/work/{job}")


def compare(ask: Ask) -> Response:
    """Have a model tried beside the one in use."""
    name, _ = _model(ask)
    return go(f"/work/{add_job(ask.desk.store, TRY, name, {'model': name, 'back': f'/models/{name}'})}")


def trial(ask: Ask) -> Response:
    """Show what a trial found, and let a person put the model to use."""
    job = find_job(ask.desk.store, ask.id())
    if job is None or job.kind != TRY or job.state is not State.DONE:
        raise missing()
    told = job.options["trial"]
    return ask.show("trial.html", name=job.options["model"], objections=job.options["objections"], **told)


def promote(ask: Ask) -> Response:
    """Have a model put to use, for a reason; against objections only where a person overrules them."""
    name, _ = _model(ask)
    reason, sure = _reason(ask), ask.field("sure") == "yes"
    if ask.field("objected") and not sure:
        raise UsageError(messages.TRIAL_UNSURE)
    job = add_job(ask.desk.store, PROMOTE, name, {"model": name, "reason": reason, "sure": sure, "back": "/models"})
    ask.desk.store.note("promote", name)
    return go(f"/work/{job}")


def rollback(ask: Ask) -> Response:
    """Put the model that was in use before to use again, for a reason."""
    entry = roll_back(ask.desk.store, _reason(ask))
    ask.desk.store.note("rollback", entry.to)
    return go("/models?said=rolled-back")


def _reason(ask: Ask) -> str:
    reason = ask.field("reason").strip()
    if not reason:
        raise UsageError(messages.MODELS_NO_REASON)
    return reason


PAGES = (
    Page("/models", listing),
    Page("/models/train", post=train),
    Page("/models/rollback", post=rollback),
    Page("/models/{name}", model),
    Page("/models/{name}/try", post=compare),
    Page("/models/{name}/promote", post=promote),
    Page("/models/trials/{id}", trial),
)
