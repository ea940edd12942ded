"""`train`: a new model of a corpus, measured, stored and compared with the one in use."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tipclass import messages
from tipclass.cli_files import folder_in_use
from tipclass.cli_options import ModelsOption, QuietOption, Sources, TaxonomyOption
from tipclass.console import Command, Progress, print_evaluation, print_trial, say, say_notes
from tipclass.errors import TipclassError, UsageError

if TYPE_CHECKING:
    from tipclass.classifier import TipClassifier
    from tipclass.corpus import Corpus
    from tipclass.taxonomy import Taxonomy


app = typer.Typer(add_completion=False)


@app.command(cls=Command, help=messages.HELP_TRAIN)
def train(
    sources: Sources,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=messages.HELP_TRAIN_OUTPUT)] = None,
    taxonomy: TaxonomyOption = None,
    target_precision: Annotated[list[str], typer.Option(help=messages.HELP_TARGET)] = ["0.95"],  # noqa: B006
    search: Annotated[bool, typer.Option("--search", help=messages.HELP_SEARCH)] = False,
    ablation: Annotated[bool, typer.Option("--ablation", help=messages.HELP_ABLATION)] = False,
    no_folds: Annotated[bool, typer.Option("--no-folds", help=messages.HELP_NO_FOLDS)] = False,
    gold: Annotated[Path | None, typer.Option(help=messages.HELP_GOLD)] = None,
    models: ModelsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Train on the corpus, store the model, print what the folds measured, compare with the model in use."""
    import time

    from tipclass import omissions, training
    from tipclass.classifier import TipClassifier
    from tipclass.corpus import FOLDS, load_corpus
    from tipclass.settings import CURRENT, writable_models_folder
    from tipclass.store import save_model, set_current

    if search and no_folds:
        raise UsageError(messages.TRAIN_SEARCH_NEEDS_FOLDS)
    if ablation and no_folds:
        raise UsageError(messages.TRAIN_ABLATION_NEEDS_FOLDS)
    began, in_use = time.monotonic(), folder_in_use(models)
    corpus, taxonomy_toml, lexicon = training.prepare(sources, taxonomy)
    talk = (lambda sentence: None) if quiet else say
    talk(messages.TRAIN_READ.format(tips=len(corpus.tips), categories=len(corpus.taxonomy.codes)))
    lacking = [*omissions.of_labels(corpus, sources)] if taxonomy == training.FROM_LABELS else []
    for note in [*lacking, *omissions.of_corpus(corpus, lexicon)]:
        talk(messages.NOTE.format(note=note))
    targets = _targets(target_precision, corpus.taxonomy)
    if gold:
        load_corpus([gold], corpus.taxonomy)  # what is wrong with it is better said before the long work
    classifier = TipClassifier(corpus.taxonomy.codes, lexicon)
    tried: list[dict[str, float]] = []
    if search:
        classifier, tried = _search(corpus, classifier, quiet=quiet)
    if no_folds:
        talk(messages.NOTE.format(note=messages.TRAIN_NO_FOLDS))
        trained = training.train_without_folds(corpus, classifier, targets=targets)
    else:
        registers = any(tip.register for tip in corpus.tips)
        talk((messages.TRAIN_FOLDS if registers else messages.TRAIN_FOLDS_DEALT).format(count=FOLDS))
        with Progress(messages.PROGRESS_FOLDS, FOLDS, shown=not quiet) as progress:
            trained = training.train(corpus, classifier, targets=targets, done=progress.advance)
    for note in omissions.of_folds(trained.evaluation, corpus.taxonomy) if trained.evaluation else ():
        talk(messages.NOTE.format(note=note))
    ablated = _ablate(corpus, classifier, quiet=quiet) if ablation else []
    stored = training.package(trained, corpus, taxonomy_toml, tried=tried, ablated=ablated)
    folder = output or writable_models_folder(models) / stored.manifest.id
    unchanged = folder.exists()
    save_model(folder, stored.content, stored.manifest, stored.card)
    if trained.evaluation and not quiet:
        print_evaluation(trained.evaluation, corpus.taxonomy)
        share = {
            "coverage": trained.evaluation.coverage.value,
            "selective": trained.evaluation.selective_accuracy.value,
        }
        talk(messages.TRAIN_ACCEPTED.format(**share, target=min(targets.values())))
    if unchanged:
        talk(messages.TRAIN_UNCHANGED.format(path=folder, id=stored.manifest.id))
        return
    size = sum(map(len, stored.content.values())) / 2**20
    seconds = time.monotonic() - began
    talk(messages.TRAIN_SAVED.format(id=stored.manifest.id, path=folder, size=size, seconds=seconds))
    if not output and not in_use and not (folder.parent / CURRENT).exists():
        set_current(folder.parent, folder.name)
        talk(messages.TRAIN_CURRENT)
        return
    if not quiet:
        _compare_with(in_use, folder, gold=gold, cases=_cases_beside(sources))
    if output:
        talk(messages.TRAIN_ELSEWHERE.format(folder=folder))
    else:
        where = f" --models {models}" if models else ""
        talk(messages.TRAIN_NOT_CURRENT.format(name=folder.name, models=where))


def _search(
    corpus: "Corpus", classifier: "TipClassifier", *, quiet: bool
) -> tuple["TipClassifier", list[dict[str, float]]]:
    """Search for better parameters, and tell of each setting tried; return the best and all that was tried."""
    from tipclass.search import GRID, Tried, search, settings_to_try

    talk = (lambda sentence: None) if quiet else say
    count = settings_to_try(GRID)
    talk(messages.TRAIN_SEARCH.format(count=count))
    with Progress(messages.PROGRESS_SEARCH, count, shown=not quiet) as progress:

        def done(tried: Tried) -> None:
            progress.advance(1)
            talk(messages.TRAIN_TRIED.format(settings=tried.words(), macro_f1=tried.macro_f1))

        best, tried = search(corpus, classifier, grid=GRID, done=done)
    talk(messages.TRAIN_CHOSEN.format(settings=max(tried, key=lambda each: each.macro_f1).words()))
    return best, [each.as_values() for each in tried]


def _ablate(corpus: "Corpus", classifier: "TipClassifier", *, quiet: bool) -> list[dict[str, str | float]]:
    """Measure what is left without each part of the classifier."""
    from tipclass.ablation import PARTS, ablate

    if not quiet:
        say(messages.TRAIN_ABLATION.format(count=len(PARTS)))
    with Progress(messages.PROGRESS_ABLATION, 1 + len(PARTS), shown=not quiet) as progress:
        return [each.as_values() for each in ablate(corpus, classifier, done=progress.advance)]


def _compare_with(in_use: Path | None, folder: Path, *, gold: Path | None, cases: Path | None) -> None:
    """Print how a new model stands beside the one in use; where that cannot be told, say why, for it is trained."""
    from tipclass.store import load_model
    from tipclass.trial import try_model

    try:
        before, after = load_model(in_use) if in_use else None, load_model(folder)
        if before and set(before.taxonomy.codes).isdisjoint(after.taxonomy.codes):
            raise UsageError(messages.COMPARE_OTHER_TAXONOMY)
        print_trial(try_model(after, before, gold=gold, cases=cases))
    except TipclassError as error:
        say_notes([messages.COMPARE_SKIPPED.format(cause=error)])


def _cases_beside(sources: list[Path]) -> Path | None:
    """Return the behaviour cases beside a corpus, if there are any."""
    from tipclass.cases import CASES

    beside = (folder / CASES for source in sources for folder in (source, source.parent))
    return next((path for path in beside if path.is_file()), None)


def _targets(words: list[str], taxonomy: "Taxonomy") -> dict[str, float]:
    """Read the promised precisions: a number for all categories, or `category=number` for one."""
    targets: dict[str, float] = dict.fromkeys(taxonomy.codes, 0.95)
    for word in sorted(words, key=lambda word: "=" in word):  # what holds for all comes first
        name, _, number = word.rpartition("=")
        try:
            target = float(number)
        except ValueError:
            target = 0.0
        if not 0.5 <= target <= 1.0:
            raise UsageError(messages.TRAIN_TARGET.format(word=word))
        targets |= dict.fromkeys([taxonomy.code(name)] if name else taxonomy.codes, target)
    return targets
