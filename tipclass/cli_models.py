"""`models`: the models of a folder listed, shown, checked, compared, put to use and taken back."""

from pathlib import Path
from typing import Annotated

import typer

from tipclass import messages
from tipclass.cli_files import folder_in_use
from tipclass.cli_options import GROUP, ModelsOption
from tipclass.console import Command, print_table, print_trial, say, show
from tipclass.errors import GateError, UsageError

app = typer.Typer(help=messages.HELP_MODELS, **GROUP)


ModelName = Annotated[str | None, typer.Argument(metavar="ID", help=messages.HELP_MODEL_NAME)]
OnOption = Annotated[Path | None, typer.Option("--on", help=messages.HELP_ON)]
CasesOption = Annotated[Path | None, typer.Option("--cases", help=messages.HELP_CASES_FILE)]
ReasonOption = Annotated[str, typer.Option("--reason", help=messages.HELP_REASON)]


@app.command("list", cls=Command, help=messages.HELP_MODELS_LIST)
def models_list(models: ModelsOption = None) -> None:
    """List the models of a folder."""
    from tipclass.settings import models_folder
    from tipclass.store import current_model, model_ids, model_size, read_manifest

    folder = models_folder(models)
    in_use = current_model(folder).name
    rows = []
    for name in model_ids(folder):
        manifest = read_manifest(folder / name)
        accuracy = manifest.figures["accuracy"]["value"] if manifest.figures else None
        rows.append(
            (
                name,
                messages.YES if name == in_use else "",
                str(manifest.corpus["tips"]),
                f"{accuracy:.3f}" if accuracy is not None else "-",
                f"{model_size(folder / name) / 2**20:.1f} MB",
            )
        )
    heads = (
        messages.MODELS_ID,
        messages.MODELS_IN_USE,
        messages.MODELS_TIPS,
        messages.FIGURE_ACCURACY,
        messages.MODELS_SIZE,
    )
    print_table(str(folder), heads, rows)


@app.command("show", cls=Command, help=messages.HELP_MODELS_SHOW)
def models_show(
    name: ModelName = None,
    models: ModelsOption = None,
    html: Annotated[Path | None, typer.Option(help=messages.HELP_SHOW_HTML)] = None,
) -> None:
    """Print the card of a model, or write what the folds measured as a page."""
    from tipclass.store import load_model, model_folder, read_card

    folder = model_folder(models, name)
    if not html:
        show(read_card(folder))
        return
    from tipclass.evaluate import Evaluation
    from tipclass.figures import write_html

    loaded = load_model(folder)
    if not loaded.manifest.figures:
        raise UsageError(messages.MODEL_WITHOUT_FIGURES.format(id=loaded.id))
    title = messages.PAGE_TITLE.format(title=loaded.taxonomy.title, id=loaded.id, measured_on=messages.PAGE_FOLDS)
    write_html(html, Evaluation.parse(loaded.manifest.figures), title, loaded.taxonomy)
    say(messages.PAGE_WRITTEN.format(path=html))


@app.command("verify", cls=Command, help=messages.HELP_MODELS_VERIFY)
def models_verify(name: ModelName = None, models: ModelsOption = None) -> None:
    """Check hashes and probes of a model."""
    from tipclass.store import open_model

    loaded = open_model(models, name)
    broken = loaded.broken_probes()
    if broken:
        raise GateError(messages.VERIFY_BAD.format(id=loaded.id, count=len(broken)))
    show(messages.VERIFY_GOOD.format(id=loaded.id, count=len(loaded.probes)))


@app.command("compare", cls=Command, help=messages.HELP_MODELS_COMPARE)
def models_compare(
    first: Annotated[str, typer.Argument(metavar="A", help=messages.HELP_COMPARE_FIRST)],
    second: Annotated[str | None, typer.Argument(metavar="[B]", help=messages.HELP_COMPARE_SECOND)] = None,
    on: OnOption = None,
    cases: CasesOption = None,
    html: Annotated[Path | None, typer.Option(help=messages.HELP_COMPARE_HTML)] = None,
    models: ModelsOption = None,
) -> None:
    """Compare two models, or one with the model in use."""
    from tipclass import differences
    from tipclass.store import open_model
    from tipclass.trial import try_model

    before, after = (first, second) if second else (None, first)
    trial = try_model(open_model(models, after), open_model(models, before), gold=on, cases=cases)
    print_trial(trial)
    if html:
        differences.write_html(html, trial)
        say(messages.PAGE_WRITTEN.format(path=html))


@app.command("promote", cls=Command, help=messages.HELP_MODELS_PROMOTE)
def models_promote(
    name: Annotated[str, typer.Argument(metavar="ID", help=messages.HELP_PROMOTE_NAME)],
    on: OnOption = None,
    cases: CasesOption = None,
    force: Annotated[bool, typer.Option("--force", help=messages.HELP_FORCE)] = False,
    reason: ReasonOption = "",
    models: ModelsOption = None,
) -> None:
    """Put a model to use, unless something speaks against it."""
    from tipclass import promotion
    from tipclass.settings import writable_models_folder

    if force and not reason.strip():
        raise UsageError(messages.PROMOTE_FORCE_REASON)
    folder = writable_models_folder(models)
    if promotion.model_in_use(folder) == name:
        show(messages.PROMOTE_ALREADY.format(id=name))
        return
    candidate = promotion.weigh(folder, name, folder_in_use(models), gold=on, cases=cases)
    print_trial(candidate.trial)
    for cause in candidate.objections:
        say(messages.PROMOTE_AGAINST.format(cause=cause))
    entry = promotion.promote(candidate, reason=reason, now=promotion.now_to_the_second(), force=force)
    sentence = messages.PROMOTE_DONE if entry.before else messages.PROMOTE_FIRST
    show(sentence.format(before=entry.before, to=entry.to))


@app.command("rollback", cls=Command, help=messages.HELP_MODELS_ROLLBACK)
def models_rollback(reason: ReasonOption = "", models: ModelsOption = None) -> None:
    """Put the previous model to use again."""
    from tipclass import promotion
    from tipclass.settings import writable_models_folder

    entry = promotion.rollback(writable_models_folder(models), reason=reason, now=promotion.now_to_the_second())
    show(messages.ROLLBACK_DONE.format(before=entry.before, to=entry.to))
