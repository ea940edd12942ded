"""`corpus`: what is wrong with a corpus, what it holds, what it learns, and what to label next."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tipclass import messages
from tipclass.cli_files import as_workbook, end_with_unread, read_inputs
from tipclass.cli_options import (
    GROUP,
    UNREAD,
    WORTH_A_BAR,
    EncodingOption,
    FormatIn,
    MaskOption,
    ModelOption,
    ModelsOption,
    QuietOption,
    Sources,
    TaxonomyOption,
    TextColumnOption,
)
from tipclass.console import Command, Progress, print_table, say, say_learned, say_notes, say_unread, show
from tipclass.errors import GateError, InputError

app = typer.Typer(help=messages.HELP_CORPUS, **GROUP)


@app.command("check", cls=Command, help=messages.HELP_CORPUS_CHECK)
def corpus_check(
    sources: Sources,
    taxonomy: TaxonomyOption = None,
    strict: Annotated[bool, typer.Option("--strict", help=messages.HELP_STRICT)] = False,
    against: Annotated[list[Path] | None, typer.Option(metavar="GOLD", help=messages.HELP_AGAINST)] = None,
) -> None:
    """List what is wrong with a corpus."""
    from tipclass import checks
    from tipclass.training import taxonomy_for

    count, findings = checks.check(sources, taxonomy_for(sources, taxonomy), strict=strict, against=against or ())
    for finding in findings:
        show(f"{finding.place}：{finding.problem}" if finding.place else finding.problem)
    if not findings:
        show(messages.CHECK_GOOD.format(count=count))
        return
    verdict = messages.CHECK_BAD.format(count=count, findings=len(findings))
    if strict:
        raise GateError(verdict)
    show(verdict)


@app.command("stats", cls=Command, help=messages.HELP_CORPUS_STATS)
def corpus_stats(sources: Sources, taxonomy: TaxonomyOption = None) -> None:
    """Describe a corpus."""
    from tipclass import checks
    from tipclass.corpus import load_corpus
    from tipclass.training import taxonomy_for

    corpus = load_corpus(sources, taxonomy_for(sources, taxonomy))
    for sentence in checks.describe(corpus):
        show(sentence)
    for title, columns, rows in checks.tables(corpus):
        print_table(title, columns, rows)


@app.command("learn", cls=Command, help=messages.HELP_CORPUS_LEARN)
def corpus_learn(
    reviewed: Annotated[list[Path], typer.Argument(metavar="REVIEWED...", help=messages.HELP_REVIEWED)],
    output: Annotated[Path, typer.Option("--output", "-o", help=messages.HELP_LEARN_OUTPUT)] = Path("corpora/tips"),
    taxonomy: TaxonomyOption = None,
    text_column: TextColumnOption = None,
    encoding: EncodingOption = None,
) -> None:
    """Take what reviewers filled in into the corpora."""
    from tipclass import corrections
    from tipclass.readers import read_tips
    from tipclass.training import taxonomy_for

    folder = corrections.tips_folder(output)
    corpus = corrections.read_folder(folder, taxonomy_for([folder], taxonomy))
    reading = read_tips(reviewed, text_column=text_column, encoding=encoding)
    found = corrections.read_reviewed(reading.tips, corpus.taxonomy)
    stamp = corrections.free_stamp(folder, datetime.now().date())
    learned = corrections.learn(found.corrections, corpus, stamp)
    written = corrections.store(learned, folder, stamp)
    say_notes(reading.notes)
    say_learned(found, learned, written)
    if reading.unread:
        say_unread(reading.unread)
    if reading.unread or found.refused:
        raise typer.Exit(UNREAD)


@app.command("suspects", cls=Command, help=messages.HELP_CORPUS_SUSPECTS)
def corpus_suspects(
    sources: Sources,
    output: Annotated[Path, typer.Option("--output", "-o", help=messages.HELP_SUSPECTS_OUTPUT)],
    most: Annotated[int, typer.Option("-n", min=1, help=messages.HELP_SUSPECTS_MOST)] = 200,
    taxonomy: TaxonomyOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write the likely label errors of a corpus as a workbook to correct."""
    from tipclass import training
    from tipclass.classifier import TipClassifier
    from tipclass.corpus import FOLDS
    from tipclass.result_book import write_xlsx
    from tipclass.suspects import as_batch, suspects
    from tipclass.targets import refuse_inputs

    refuse_inputs(as_workbook(output), sources)
    corpus, _, lexicon = training.prepare(sources, taxonomy)
    with Progress(messages.PROGRESS_FOLDS, FOLDS, shown=not quiet) as progress:
        classifier = TipClassifier(corpus.taxonomy.codes, lexicon)
        found = suspects(corpus, classifier, most=most, done=progress.advance)
    notes = write_xlsx(output, as_batch(found, corpus))
    if not quiet:
        say_notes(notes)
        say(messages.SUSPECTS_WRITTEN.format(count=len(found), path=output))


@app.command("next", cls=Command, help=messages.HELP_CORPUS_NEXT)
def corpus_next(
    inputs: Annotated[list[Path], typer.Argument(metavar="TIPS...", help=messages.HELP_INPUTS)],
    output: Annotated[Path, typer.Option("--output", "-o", help=messages.HELP_NEXT_OUTPUT)],
    count: Annotated[int, typer.Option("-n", min=1, help=messages.HELP_NEXT_COUNT)] = 50,
    text_column: TextColumnOption = None,
    encoding: EncodingOption = None,
    mask: MaskOption = False,
    models: ModelsOption = None,
    model: ModelOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write the tips that are most worth a label as a workbook to fill in."""
    from tipclass.envelope import mask_tips
    from tipclass.queue import queue
    from tipclass.result_book import write_xlsx
    from tipclass.result_columns import Batch
    from tipclass.store import open_model
    from tipclass.targets import refuse_inputs

    refuse_inputs(as_workbook(output), inputs)
    loaded = open_model(models, model)
    reading = read_inputs(inputs, FormatIn.TXT, text_column=text_column, encoding=encoding)
    tips = len(reading.tips)
    with Progress(messages.PROGRESS_SCORING, tips, shown=not quiet and tips >= WORTH_A_BAR) as progress:
        chosen = queue(mask_tips(reading.tips) if mask else reading.tips, loaded, count=count, done=progress.advance)
    if not chosen.entries:
        raise InputError(messages.QUEUE_NONE.format(tips=tips))
    notes = write_xlsx(output, Batch(chosen.entries, loaded.taxonomy, loaded.id))
    if not quiet:
        unreadable = [messages.QUEUE_UNREADABLE.format(count=chosen.unreadable)] if chosen.unreadable else []
        say_notes([*reading.notes, *unreadable, *notes])
        counts = {"tips": tips, "count": len(chosen.entries), "most": chosen.most}
        say(messages.QUEUE_WRITTEN.format(**counts, path=output))
    end_with_unread(reading.unread)
