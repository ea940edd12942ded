"""Retraining: a new model of the corpora and the desk's corrections, tried beside the one in use, and put to use."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from tipclass import batches, messages
from tipclass.batches import folder_in_use, model_in_use, named_model, use_model
from tipclass.desk import IntakeDesk
from tipclass.desk_store import Store, fact, keep_fact
from tipclass.errors import ModelError
from tipclass.jobs import Job, Lane, counter, keep_options, tell
from tipclass.settings import corpora_folder, writable_models_folder
from tipclass.store import MANIFEST, model_folder, model_ids, save_model

if TYPE_CHECKING:
    from tipclass.promotion import Switch
    from tipclass.trial import Trial

TRAIN, TRY, PROMOTE = KINDS = "train", "try", "promote"
LANES = (*batches.LANES, Lane(frozenset(KINDS), 12 * 3600.0))
CORPORA = "corpora"
CORRECTED = PurePosixPath("corpora/tips")  # below the folder of the desk: what staff said of tips
PRECISION = 0.95  # promised of what goes on without a person, where the model in use promises nothing else


def work(store: Store, job: Job) -> str:
    """Do a job of any kind here and return what came of it in a sentence."""
    own = {TRAIN: train, TRY: try_out, PROMOTE: promote}.get(job.kind, batches.work)
    return own(store, job)


# --- where models are ----------------------------------------------------------------------------


def home(store: Store) -> Path:
    """Return the folder new models go to, which may not be there yet."""
    folder = named_model(store)[0]
    return folder.parent if folder and (folder / MANIFEST).is_file() else writable_models_folder(folder)


def known_models(store: Store) -> dict[str, Path]:
    """Return the folders of all models by their ids: those beside the one in use, and new ones."""
    folders = folder_in_use(store).parent, home(store)
    return {name: folder / name for folder in folders for name in model_ids(folder)}


def current(store: Store) -> Path | None:
    """Return the folder of the model in use, whatever was named for this desk alone; None where there is none."""
    try:
        return model_folder(named_model(store)[0])
    except ModelError:
        return None


def release(store: Store) -> None:
    """Forget which model was named, since another has been put to use, but not where models are."""
    use_model(store, (home(store) if named_model(store)[0] else None, None))


# --- training ------------------------------------------------------------------------------------


def use_corpora(store: Store, folder: Path | None) -> None:
    """Keep which corpora new models are trained on; None for the shipped ones."""
    with store.writing() as db:
        keep_fact(db, CORPORA, folder and str(folder.resolve()))


def sources(store: Store) -> list[Path]:
    """Return what a new model is trained on: the corpora, and what staff said of tips once it was taken in."""
    with store.reading() as db:
        named = fact(db, CORPORA, None)
    corrected = store.folder / CORRECTED
    corpora = Path(named) if named else corpora_folder()
    return [corpora, corrected] if any(corrected.glob("*.csv")) else [corpora]


def train(store: Store, job: Job) -> str:
    """Train a model on the corpora and on what staff said of tips, and store it beside the one in use."""
    from joblib import parallel_config

    from tipclass import training
    from tipclass.classifier import TipClassifier
    from tipclass.corpus import FOLDS

    model = model_in_use(store)
    tell(store, job.id, messages.JOB_READING)
    desk = IntakeDesk(store, model)
    if any(row.corrected for row in desk.shelf.ledger().rows):
        desk.learn(store.folder / CORRECTED)
    corpus, taxonomy, lexicon = training.prepare(sources(store), None)
    targets = {code: model.policy.target.get(code, PRECISION) for code in corpus.taxonomy.codes}

    def show(count: int) -> None:
        tell(store, job.id, messages.JOB_FOLDS if count < FOLDS else messages.JOB_FITTING, count, FOLDS)

    done = counter(show)
    with parallel_config(backend="sequential"):  # a process that ends with the desk may begin none of its own
        trained = training.train(corpus, TipClassifier(corpus.taxonomy.codes, lexicon), targets=targets, done=done)
    stored = training.package(trained, corpus, taxonomy)
    id = stored.manifest.id
    unchanged = id in known_models(store)
    if not unchanged:
        save_model(home(store) / id, stored.content, stored.manifest, stored.card)
    keep_options(store, job.id, {**job.options, "back": f"/models/{id}"})
    return (messages.JOB_SAME_MODEL if unchanged else messages.JOB_TRAINED).format(id=id, tips=len(corpus.tips))


# --- trial and promotion -------------------------------------------------------------------------


def try_out(store: Store, job: Job) -> str:
    """Try a model beside the one in use, and keep what was found as a page shows it."""
    from tipclass.promotion import weigh

    name = str(job.options["model"])
    tell(store, job.id, messages.JOB_COMPARING)
    found = weigh(known_models(store)[name].parent, name, current(store))
    told = {"trial": view(found.trial), "objections": list(found.objections), "page": f"/models/trials/{job.id}"}
    keep_options(store, job.id, {**job.options, **told})
    return messages.JOB_COMPARED.format(count=len(found.objections))


def view(trial: "Trial") -> dict[str, Any]:
    """Return a trial as plain values: its headlines, pictures, tables and notes."""
    from tipclass import differences

    return {
        "before": trial.before,
        "after": trial.after,
        "notes": list(trial.notes),
        "headlines": [_values(each) for each in differences.headlines(trial)],
        "pictures": [_values(each) for each in differences.page_pictures(trial)],
        "tables": [list(each) for each in differences.tables(trial, flips=differences.FLIPS_ON_PAGE)],
    }


def _values(told: Any) -> Mapping[str, str]:
    return {name: getattr(told, name) for name in told.__slots__}


def promote(store: Store, job: Job) -> str:
    """Put a model to use, after weighing it again; what speaks against it stops it unless a person overruled it."""
    from tipclass import promotion

    name, reason = str(job.options["model"]), str(job.options["reason"])
    tell(store, job.id, messages.JOB_COMPARING)
    in_use = current(store)
    if in_use is None or in_use.name != name:  # else it was put to use just before the program stopped
        found = promotion.weigh(known_models(store)[name].parent, name, in_use)
        promotion.promote(found, reason=reason, now=promotion.now_to_the_second(), force=bool(job.options["sure"]))
    release(store)
    return messages.JOB_PROMOTED.format(id=name)


def roll_back(store: Store, reason: str) -> "Switch":
    """Put the model that was in use before to use again; raises ModelError when there is none."""
    from tipclass import promotion

    entry = promotion.rollback(home(store), reason=reason, now=promotion.now_to_the_second())
    release(store)
    return entry
