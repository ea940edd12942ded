"""`evaluate`: a model measured on labelled tips, or by behaviour cases."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tipclass import messages
from tipclass.cli_options import ModelOption, ModelsOption, Sources
from tipclass.console import Command, print_evaluation, print_table, say, show, to_stdout
from tipclass.errors import GateError

if TYPE_CHECKING:
    from tipclass.model import Model


app = typer.Typer(add_completion=False)


@app.command(cls=Command, help=messages.HELP_EVALUATE)
def evaluate(
    sources: Sources,
    models: ModelsOption = None,
    model: ModelOption = None,
    json: Annotated[bool, typer.Option("--json", help=messages.HELP_EVALUATE_JSON)] = False,
    cases: Annotated[bool, typer.Option("--cases", help=messages.HELP_CASES)] = False,
    freeze: Annotated[bool, typer.Option("--freeze", help=messages.HELP_FREEZE)] = False,
    html: Annotated[Path | None, typer.Option(help=messages.HELP_HTML)] = None,
    errors: Annotated[Path | None, typer.Option(help=messages.HELP_ERRORS)] = None,
    min_macro_f1: Annotated[float | None, typer.Option(min=0.0, max=1.0, help=messages.HELP_MIN_MACRO_F1)] = None,
) -> None:
    """Measure a model on labelled tips, or by the behaviour cases beside them."""
    import numpy as np

    from tipclass import figures
    from tipclass.corpus import fingerprint, load_corpus
    from tipclass.decide import decide
    from tipclass.evaluate import evaluate as measure
    from tipclass.evaluate import labelled
    from tipclass.records import Tip
    from tipclass.store import open_model
    from tipclass.triage import judge, triage

    loaded = open_model(models, model)
    if cases:
        for source in sources:
            _run_cases(source, loaded, freeze=freeze)
        return
    corpus = load_corpus(sources, loaded.taxonomy)
    if fingerprint(corpus) == loaded.manifest.corpus["fingerprint"]:
        say(messages.NOTE.format(note=messages.TRAIN_SAME_CORPUS))
    judgements = judge(corpus.texts, loaded).judgements
    decisions = [decide(each, loaded.policy, loaded.taxonomy) for each in judgements]
    sure = np.array([each.certainties for each in judgements])
    measured = measure(sure, decisions, labelled(corpus), loaded.taxonomy.codes)
    if json:
        to_stdout(lambda stream: stream.write(figures.as_json(measured) + "\n"))
    else:
        print_evaluation(measured, loaded.taxonomy)
    if html:
        names = "、".join(source.name for source in sources)
        title = messages.PAGE_TITLE.format(title=loaded.taxonomy.title, id=loaded.id, measured_on=names)
        figures.write_html(html, measured, title, loaded.taxonomy)
        say(messages.PAGE_WRITTEN.format(path=html))
    if errors:
        wrong = [tip for tip, each in zip(corpus.tips, decisions, strict=True) if tip.labels[0] != each.main.code]
        figures.write_errors(errors, wrong, triage([Tip(tip.id, tip.text) for tip in wrong], loaded), loaded)
        say(messages.SUMMARY_WRITTEN.format(path=errors))
    if min_macro_f1 is not None and measured.macro_f1.value < min_macro_f1:
        raise GateError(messages.GATE_MACRO_F1.format(value=measured.macro_f1.value, least=min_macro_f1))


def _run_cases(source: Path, loaded: "Model", *, freeze: bool) -> None:
    """Print pass rates and what changed against the frozen run; raises GateError when a STRONG case broke."""
    from tipclass import cases

    path = source / cases.CASES if source.is_dir() else source
    outcomes = cases.run_cases(cases.load_cases(path, loaded.taxonomy), loaded)
    print_table(messages.CASES_TITLE, (messages.STATS_TRAIT, *cases.Strength), cases.pass_rates(outcomes))
    gained, lost = cases.changes(outcomes, cases.read_frozen(path.with_name(cases.FROZEN)))
    for sentence, ids in ((messages.CASES_GAINED, gained), (messages.CASES_LOST, lost)):
        if ids:
            show(sentence.format(count=len(ids), ids="、".join(ids)))
    if freeze:
        cases.freeze(path.with_name(cases.FROZEN), outcomes)
    strong = cases.broken(outcomes)
    for outcome in strong:
        given = ";".join(map(loaded.taxonomy.name, outcome.given))
        show(messages.CASES_BROKEN.format(id=outcome.case.id, given=given, text=outcome.case.text[:60]))
    if strong:
        raise GateError(messages.CASES_GATE.format(count=len(strong)))
