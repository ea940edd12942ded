"""The command line: parses options, calls one function a command, prints; heavy imports wait inside the commands."""

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import tipclass
from tipclass import messages
from tipclass.console import (
    ClickException,
    Command,
    Group,
    Progress,
    print_explanation,
    print_table,
    say,
    say_learned,
    say_notes,
    say_registered,
    say_summary,
    say_unread,
    show,
    to_stdout,
)
from tipclass.errors import GateError, InputError, TipclassError, UsageError

if TYPE_CHECKING:
    from tipclass.classifier import TipClassifier
    from tipclass.corpus import Corpus
    from tipclass.crew import Crew
    from tipclass.line import Line, Written
    from tipclass.linked import Linked, Origin
    from tipclass.model import Model
    from tipclass.office import Office
    from tipclass.records import Reading, Tip
    from tipclass.sources import Source
    from tipclass.taxonomy import Taxonomy
    from tipclass.trial import Trial

UNREAD = 5  # exit code: finished, but some rows or files were not read
INTERRUPTED = 130
GARBAGE = 100_000  # new objects between two looks for garbage: nearly all are kept, and each look goes through them
WORTH_A_BAR = 500  # tips
LONGEST_STEM = 70  # characters of a file name, so that ours still fits into 255 bytes
STDIO = Path("-")

Done = Callable[[int], None]

GROUP: dict[str, Any] = {"cls": Group, "no_args_is_help": True}
app = typer.Typer(help=messages.HELP_APP, add_completion=False, pretty_exceptions_enable=False, **GROUP)
corpus_app = typer.Typer(help=messages.HELP_CORPUS, **GROUP)
models_app = typer.Typer(help=messages.HELP_MODELS, **GROUP)
app.add_typer(corpus_app, name="corpus")
app.add_typer(models_app, name="models")


class Format(StrEnum):
    """What results are written as."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


class Engine(StrEnum):
    """What works on the tips of a batch."""

    LOCAL = "local"
    DASK = "dask"


class FormatIn(StrEnum):
    """What standard input holds."""

    TXT = "txt"
    CSV = "csv"
    JSONL = "jsonl"


class Columns(StrEnum):
    """How much of a result is written."""

    BRIEF = "brief"
    FULL = "full"


TextColumnOption = Annotated[str | None, typer.Option(help=messages.HELP_TEXT_COLUMN)]
IdColumnOption = Annotated[str | None, typer.Option(help=messages.HELP_ID_COLUMN)]
SheetOption = Annotated[str | None, typer.Option(help=messages.HELP_SHEET)]
EncodingOption = Annotated[str | None, typer.Option(help=messages.HELP_ENCODING)]
FormatOption = Annotated[Format | None, typer.Option(help=messages.HELP_FORMAT)]
TopOption = Annotated[int, typer.Option(min=1, max=50, help=messages.HELP_TOP)]
JobsOption = Annotated[int, typer.Option(min=0, max=64, help=messages.HELP_JOBS)]
ModelsOption = Annotated[Path | None, typer.Option("--models", help=messages.HELP_MODELS_DIR)]
ModelOption = Annotated[str | None, typer.Option("--model", help=messages.HELP_MODEL)]
DateOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=messages.HELP_DATE)]
RoutingOption = Annotated[Path | None, typer.Option(help=messages.HELP_ROUTING)]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help=messages.HELP_QUIET)]
MaskOption = Annotated[bool, typer.Option("--mask", help=messages.HELP_MASK)]
TaxonomyOption = Annotated[str | None, typer.Option("--taxonomy", help=messages.HELP_TAXONOMY)]
Sources = Annotated[list[Path], typer.Argument(help=messages.HELP_CORPUS_SOURCES)]


def main() -> None:
    """Run the command line; the one place where errors become sentences and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console in GBK or ASCII shows what it can
            stream.reconfigure(errors="replace")
    gc.set_threshold(GARBAGE)
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:  # typer turns Ctrl-C into a code without a word
            _stop(messages.INTERRUPTED, INTERRUPTED)
        sys.exit(code)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except TipclassError as error:
        _stop(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _stop(messages.INTERRUPTED, INTERRUPTED)
    except ClickException as error:
        _stop(_usage_sentence(error), UsageError.exit_code)
    except Exception as error:
        _stop(messages.UNEXPECTED.format(cause=type(error).__name__), 1)


def _usage_sentence(error: Any) -> str:
    """Say in Chinese what is wrong with the options, without the words a person typed: they may be those of a tip."""
    name = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "name", None) or ""
    sentence = messages.USAGE.get(type(error).__name__, messages.USAGE_OTHER)
    return sentence.format(name=name if name.isascii() else messages.HIDDEN_WORD)


def _stop(sentence: str, code: int) -> None:
    say(sentence)
    sys.exit(code)


def _show_version(asked: bool) -> None:
    if asked:
        show(tipclass.__version__)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=messages.HELP_VERSION)
    ] = False,
) -> None:
    """Carry the options that belong to no command."""


# --- predict -------------------------------------------------------------------------------------


@app.command(cls=Command, help=messages.HELP_PREDICT)
def predict(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help=messages.HELP_INPUTS)],
    output: Annotated[Path | None, typer.Option("--output", "-o", help=messages.HELP_OUTPUT)] = None,
    text_column: TextColumnOption = None,
    id_column: IdColumnOption = None,
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    models: ModelsOption = None,
    model: ModelOption = None,
    top: TopOption = 3,
    passages: Annotated[bool, typer.Option("--passages", help=messages.HELP_PASSAGES)] = False,
    no_groups: Annotated[bool, typer.Option("--no-groups", help=messages.HELP_NO_GROUPS)] = False,
    mask: MaskOption = False,
    fields: Annotated[str, typer.Option("--fields", help=messages.HELP_FIELDS)] = "",
    date: DateOption = None,
    routing: RoutingOption = None,
    columns: Annotated[Columns | None, typer.Option(help=messages.HELP_COLUMNS)] = None,
    jobs: JobsOption = 1,
    format: FormatOption = None,
    format_in: Annotated[FormatIn, typer.Option(help=messages.HELP_FORMAT_IN)] = FormatIn.TXT,
    json: Annotated[bool, typer.Option("--json", help=messages.HELP_JSON)] = False,
    quiet: QuietOption = False,
    resume: Annotated[bool, typer.Option("--resume", help=messages.HELP_RESUME)] = False,
    engine: Annotated[Engine, typer.Option(help=messages.HELP_ENGINE)] = Engine.LOCAL,
    scheduler: Annotated[str | None, typer.Option(help=messages.HELP_SCHEDULER)] = None,
    parts: Annotated[bool, typer.Option("--parts", help=messages.HELP_PARTS)] = False,
) -> None:
    """Classify the inputs and write the result."""
    from tipclass.fields import Station, parse_fields, stations
    from tipclass.line import Line, layout
    from tipclass.parsers import prepare
    from tipclass.sources import held
    from tipclass.targets import refuse_inputs

    asked = parse_fields(fields) if fields else ()
    work = stations(asked)
    target, kind = _target(inputs, STDIO if json else output, format, mask=mask)
    refuse_inputs(target, inputs)
    if asked and kind is Format.XLSX:
        raise UsageError(messages.FIELDS_IN_A_WORKBOOK)
    if resume and (target == STDIO or kind is Format.XLSX):
        raise UsageError(messages.RESUME_ONLY)
    if parts and (target == STDIO or kind is Format.XLSX or resume):
        raise UsageError(messages.PARTS_ONLY)
    if scheduler and engine is not Engine.DASK:
        raise UsageError(messages.SCHEDULER_ALONE)
    prepare(inputs)
    loaded = _load(models, model)
    office = _office(date, routing) if Station.NOTES in work else None
    options = {"text_column": text_column, "id_column": id_column, "sheet": sheet, "encoding": encoding}
    source = _source(inputs, format_in, **options)
    masked = _masked_sources(source.names) if mask else None
    links: Mapping[Origin, Linked] = {}
    if not no_groups and source.count > 1 and Station.LINKS in work:  # only these need the whole batch
        tips = _masked(tuple(source.tips())) if mask else tuple(source.tips())
        links, source, masked = _links(tips), held(tips, source.notes, source.unread), None
    line = Line(
        loaded,
        layout(source, passages=passages, office=office, links=links),
        kind="jsonl" if target == STDIO else kind.value,
        full=columns is Columns.FULL if kind is Format.XLSX else columns is not Columns.BRIEF,
        fields=asked,
        top=top,
        passages=passages,
        office=office,
        links=links,
        work=work,
        masked=masked,
    )
    facts = {"--no-groups": no_groups, "--mask": mask, "office": _digest_of_rules(routing) if office or mask else ""}
    bar = Progress(messages.PROGRESS_SCORING, source.count, shown=not quiet and source.count >= WORTH_A_BAR)
    with _crew(engine, scheduler, jobs or os.cpu_count() or 1) as crew, bar as progress:
        tally, notes = _write(target, line, source, facts, resume=resume, parts=parts, crew=crew, done=progress.advance)
    if not quiet:
        say_notes([*source.notes, *notes, *(_unrouted(office, loaded.taxonomy) if office else ())])
        say_summary(tally)
        if target != STDIO:
            say(messages.SUMMARY_WRITTEN.format(path=target))
    if source.unread:
        say_unread(source.unread)
        raise typer.Exit(UNREAD)


def _target(
    inputs: list[Path], output: Path | None, format: Format | None, *, mark: str = "分类", mask: bool = False
) -> tuple[Path, Format]:
    """Return where the result goes and in which format; `mark` ends its name where none is given.

    A masked result does not name the informant either.
    """
    from tipclass.targets import free_name

    if output is None and format is Format.JSONL and (STDIO in inputs or len(inputs) > 1):
        return STDIO, Format.JSONL
    if output is None:
        if STDIO in inputs:
            raise UsageError(messages.PREDICT_STDIN_NEEDS_OUTPUT)
        if len(inputs) > 1:
            raise UsageError(messages.PREDICT_NEEDS_OUTPUT)
        kind = format or Format.XLSX
        beside = inputs[0] if inputs[0].name.strip(".") else inputs[0].resolve()  # a folder may be given as dots
        stem = beside.stem[:LONGEST_STEM] or mark
        name = f"{_masked_name(stem)}_{mark}_已遮盖.{kind}" if mask else f"{stem}_{mark}.{kind}"
        return free_name(beside.parent / name), kind
    if output == STDIO:
        if format is Format.XLSX:
            raise UsageError(messages.PREDICT_XLSX_STDOUT)
        return STDIO, format or Format.JSONL
    try:
        return output, format or Format(output.suffix.lower().lstrip("."))
    except ValueError:
        raise UsageError(messages.PREDICT_SUFFIX.format(path=output)) from None


def _masked_sources(names: Sequence[str]) -> Mapping[str, str]:
    from tipclass.envelope import masked_sources

    return masked_sources(names)


def _digest_of_rules(routing: Path | None) -> str:
    from tipclass.office import digest_of_rules

    return digest_of_rules(routing)


def _masked_text(text: str) -> str:
    from tipclass.disguise import mask_informant

    return mask_informant(text)


def _masked_name(stem: str) -> str:
    from tipclass.envelope import mask_source

    return mask_source(stem)


def _read(inputs: list[Path], format_in: FormatIn, **options: str | None) -> "Reading":
    """Read files and folders, or standard input."""
    from tipclass.readers import read_stdin, read_stream, read_tips

    if _asks_stdin(inputs):
        return read_stream(read_stdin(sys.stdin.buffer), format_in.value, **options)
    return read_tips(inputs, **options)


def _source(inputs: list[Path], format_in: FormatIn, **options: str | None) -> "Source":
    """Look through files and folders, or standard input."""
    from tipclass.readers import read_stdin
    from tipclass.sources import open_source, open_stream

    if _asks_stdin(inputs):
        return open_stream(read_stdin(sys.stdin.buffer), format_in.value, **options)
    return open_source(inputs, **options)


def _asks_stdin(inputs: list[Path]) -> bool:
    """Tell whether standard input is to be read, which stands alone."""
    if STDIO in inputs and len(inputs) > 1:
        raise UsageError(messages.PREDICT_STDIN_ALONE)
    return STDIO in inputs


def _crew(engine: Engine, scheduler: str | None, jobs: int) -> "AbstractContextManager[Crew[Any, Any]]":
    """Return who works on the tips; dask is imported for its own engine only."""
    if engine is Engine.DASK:
        from tipclass.cluster import clustered

        return clustered(scheduler, jobs)
    from tipclass.crew import crew_of

    return nullcontext(crew_of(jobs))


def _write(
    target: Path,
    line: "Line",
    source: "Source",
    facts: Mapping[str, object],
    *,
    resume: bool,
    parts: bool,
    crew: "Crew[Any, Any]",
    done: Done,
) -> "Written":
    """Write a result where it is to go; when it breaks off, say how to go on."""
    from tipclass.journal import can_go_on
    from tipclass.line import to_file, to_folder, to_stream, to_workbook

    if target == STDIO:
        return to_stdout(lambda stream: to_stream(line, source, stream, crew=crew, done=done))
    if parts:
        return to_folder(line, source, target, crew=crew, done=done)
    if line.kind == "xlsx":
        return to_workbook(line, source, target, crew=crew, done=done)
    try:
        return to_file(line, source, target, facts, resume=resume, crew=crew, done=done)
    except BaseException:
        if can_go_on(target):
            say(messages.RESUMABLE)
        raise


def _load(models: Path | None, name: str | None) -> "Model":
    from tipclass.store import open_model

    return open_model(models, name)


def _office(received: datetime | None, routing: Path | None = None) -> "Office":
    from tipclass.office import load_office

    return load_office((received or datetime.now()).date(), routing=routing)


def _unrouted(office: "Office", taxonomy: "Taxonomy") -> list[str]:
    from tipclass.office import unrouted

    return unrouted(office, taxonomy)


def _masked(tips: Sequence["Tip"]) -> Sequence["Tip"]:
    from tipclass.envelope import mask_tips

    return mask_tips(tips)


def _links(tips: Sequence["Tip"]) -> Mapping["Origin", "Linked"]:
    """Link the tips of a batch; one alone needs none of what that imports."""
    from tipclass.link import link_tips

    return link_tips(tips)


# --- explain -------------------------------------------------------------------------------------


@app.command(cls=Command, help=messages.HELP_EXPLAIN)
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=messages.HELP_TEXT)],
    models: ModelsOption = None,
    model: ModelOption = None,
    top: TopOption = 3,
    mask: MaskOption = False,
    date: DateOption = None,
    routing: RoutingOption = None,
    json: Annotated[bool, typer.Option("--json", help=messages.HELP_JSON)] = False,
) -> None:
    """Print why one text is classified as it is."""
    from tipclass.documents import decode, tidy
    from tipclass.office import unrouted
    from tipclass.readers import read_stdin
    from tipclass.records import Tip
    from tipclass.result_columns import Batch
    from tipclass.result_json import write_json_lines
    from tipclass.triage import against, triage

    content = decode(read_stdin(sys.stdin.buffer), "stdin").text if text == "-" else text
    content = tidy(content, "").text  # lone surrogates stand for what the shell could not decode
    if not content.strip():
        raise UsageError(messages.TEXT_EMPTY)
    loaded, office = _load(models, model), _office(date, routing)
    content = _masked_text(content) if mask else content
    entry = triage([Tip("text", content)], loaded, top=top, office=office)[0]
    if json:
        to_stdout(lambda stream: write_json_lines(stream, Batch([entry], loaded.taxonomy, loaded.id)))
        return
    print_explanation(entry, against(entry, loaded), loaded.taxonomy)
    say_notes(unrouted(office, loaded.taxonomy))


# --- link ----------------------------------------------------------------------------------------


@app.command(cls=Command, help=messages.HELP_LINK)
def link(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help=messages.HELP_INPUTS)],
    ledger: Annotated[list[Path] | None, typer.Option("--ledger", help=messages.HELP_LEDGER_EARLIER)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=messages.HELP_LINK_OUTPUT)] = None,
    text_column: TextColumnOption = None,
    id_column: IdColumnOption = None,
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    format: FormatOption = None,
    format_in: Annotated[FormatIn, typer.Option(help=messages.HELP_FORMAT_IN)] = FormatIn.CSV,
    json: Annotated[bool, typer.Option("--json", help=messages.HELP_JSON)] = False,
    quiet: QuietOption = False,
) -> None:
    """Find repeats and series in the inputs, and with earlier tips."""
    from tipclass import link_book
    from tipclass.link import link_tips
    from tipclass.targets import refuse_inputs

    target, kind = _target(inputs, STDIO if json else output, format, mark="串并")
    refuse_inputs(target, [*inputs, *(ledger or [])])
    reading = _read(inputs, format_in, text_column=text_column, id_column=id_column, sheet=sheet, encoding=encoding)
    earlier = _read(ledger, FormatIn.CSV).tips if ledger else ()
    book = link_book.Book(reading.tips, link_tips(reading.tips, earlier), earlier)
    if target == STDIO:
        to_stdout(lambda stream: link_book.write_json_lines(stream, book))
    else:
        {"xlsx": link_book.write_xlsx, "csv": link_book.write_csv, "jsonl": link_book.write_jsonl}[kind](target, book)
    if not quiet:
        say_notes([*reading.notes, *([messages.LINK_EARLIER.format(count=len(earlier))] if earlier else [])])
        say(messages.LINK_SUMMARY.format(**book.counts()))
        if target != STDIO:
            say(messages.SUMMARY_WRITTEN.format(path=target))
    if reading.unread:
        say_unread(reading.unread)
        raise typer.Exit(UNREAD)


# --- the office ----------------------------------------------------------------------------------


@app.command(cls=Command, help=messages.HELP_SETTINGS)
def settings(write: Annotated[bool, typer.Option("--write", help=messages.HELP_WRITE)] = False) -> None:
    """Say where data lives and what the office has not answered."""
    from tipclass import settings as places
    from tipclass.routing import open_questions

    paths = {"models": places.models_folder()} | {
        name: places.office_file(name)
        for name in (places.ROUTING, places.NATURE, places.GRADE, places.DEADLINES, places.PRIVACY)
    }
    paths["settings.toml"] = places.settings_file()
    rows = [
        (messages.SETTINGS_FILES[name], str(path) if path.exists() else messages.SETTINGS_NOT_THERE.format(path=path))
        for name, path in paths.items()
    ]
    print_table(messages.SETTINGS_PLACES, (messages.SETTINGS_WHAT, messages.SETTINGS_PATH), rows)
    office = _office(None)
    questions = open_questions(office.routing, office.answers)
    if not questions:
        show(messages.SETTINGS_ALL_ANSWERED)
        return
    print_table(messages.SETTINGS_OPEN, (messages.SETTINGS_KEY, messages.SETTINGS_QUESTION), list(questions.items()))
    if write:
        show(messages.SETTINGS_WRITTEN.format(path=places.write_settings_template(questions)))
    else:
        show(messages.SETTINGS_HOW.format(path=places.settings_file()))


@app.command(cls=Command, help=messages.HELP_REFERRAL)
def referral(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help=messages.HELP_REFERRAL_INPUTS)],
    routing: RoutingOption = None,
) -> None:
    """Say which papers and fields of a referral are present or missing."""
    from tipclass.transfer import letter_fields, missing_papers

    reading = _read(inputs, FormatIn.TXT)
    table = _office(None, routing).routing
    missing = missing_papers(table, [tip.text for tip in reading.tips])
    papers = [(each.name, messages.MISSING if each.name in missing else messages.THERE) for each in table.paper]
    print_table(messages.REFERRAL_PAPERS, (messages.REFERRAL_PAPER, messages.REFERRAL_PRESENT), papers)
    fields = {tip.id: letter_fields(table, tip.text) for tip in reading.tips}
    letter, found = max(fields.items(), key=lambda item: sum(each.present for each in item[1]))
    if 2 * sum(each.present for each in found) < len(found):
        show(messages.REFERRAL_NO_LETTER)
        return
    rows = [
        (each.name, messages.THERE, each.mentions[0].text) if each.present else (each.name, messages.MISSING, "")
        for each in found
    ]
    heads = (messages.REFERRAL_FIELD, messages.REFERRAL_PRESENT, messages.REFERRAL_FOUND)
    print_table(messages.REFERRAL_FIELDS.format(name=letter), heads, rows)
    if reading.unread:
        say_unread(reading.unread)
        raise typer.Exit(UNREAD)


# --- train and evaluate --------------------------------------------------------------------------


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
    began, in_use = time.monotonic(), _in_use(models)
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
        _print_evaluation(trained.evaluation, corpus.taxonomy)
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


def _in_use(models: Path | None) -> Path | None:
    """Return the folder of the model in use, if there is one."""
    from tipclass.errors import ModelError
    from tipclass.store import model_folder

    try:
        return model_folder(models)
    except ModelError:
        return None


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
        _print_trial(try_model(after, before, gold=gold, cases=cases))
    except TipclassError as error:
        say_notes([messages.COMPARE_SKIPPED.format(cause=error)])


def _print_trial(trial: "Trial") -> None:
    from tipclass import differences

    for title, columns, rows in differences.tables(trial):
        print_table(title, columns, rows)
    say_notes(trial.notes)


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
    from tipclass.triage import judge, triage

    loaded = _load(models, model)
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
        _print_evaluation(measured, loaded.taxonomy)
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


def _print_evaluation(measured: Any, taxonomy: "Taxonomy") -> None:
    from tipclass import figures

    for title, columns, rows in figures.tables(measured, taxonomy):
        print_table(title, columns, rows)


# --- reports -------------------------------------------------------------------------------------


def _report_ledger(
    inputs: list[Path],
    period: tuple[date | None, ...],
    taxonomy: "Taxonomy",
    *,
    json: bool,
    html: Path | None,
    quiet: bool,
) -> None:
    """Print the report of a ledger, and write it as a page: where asked, else beside the ledger unless JSON is."""
    from tipclass import ledger_book, report_json, report_page, report_words
    from tipclass import report as reports
    from tipclass.readers import check_exists
    from tipclass.targets import refuse_inputs

    if len(inputs) != 1:
        raise UsageError(messages.REPORT_ONE_LEDGER)
    check_exists(inputs[0])
    if inputs[0].suffix.lower() != f".{Format.XLSX}":
        raise InputError(messages.REPORT_NOT_A_LEDGER.format(path=inputs[0]))
    page = html or inputs[0].with_name(messages.REPORT_NAME.format(stem=inputs[0].stem[:LONGEST_STEM]))
    if page.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(messages.REPORT_NOT_HTML.format(path=page))
    refuse_inputs(page, inputs)
    ledger = ledger_book.read(inputs[0], taxonomy)
    found = reports.report(ledger.rows, taxonomy, start=period[0], end=period[1], today=_now().date())
    if json:
        to_stdout(lambda stream: stream.write(report_json.as_json(found, taxonomy) + "\n"))
    else:
        show("\n".join((report_words.title(found), *report_words.sentences(found, taxonomy))))
    if not quiet:
        say_notes(ledger.notes)
    if html or not json:
        report_page.write_html(page, found, taxonomy)
        say(messages.REPORT_WRITTEN.format(path=page))


@app.command(cls=Command, help=messages.HELP_REPORT)
def report(
    inputs: Annotated[list[Path], typer.Argument(metavar="LEDGER | INPUT...", help=messages.HELP_REPORT_INPUTS)],
    drift: Annotated[bool, typer.Option("--drift", help=messages.HELP_DRIFT)] = False,
    start: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help=messages.HELP_FROM)] = None,
    end: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help=messages.HELP_TO)] = None,
    text_column: TextColumnOption = None,
    id_column: IdColumnOption = None,
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    models: ModelsOption = None,
    model: ModelOption = None,
    json: Annotated[bool, typer.Option("--json", help=messages.HELP_REPORT_JSON)] = False,
    html: Annotated[Path | None, typer.Option("--output", "-o", "--html", help=messages.HELP_REPORT_OUTPUT)] = None,
    quiet: QuietOption = False,
) -> None:
    """Report on a ledger, or compare a batch with the corpus of the model."""
    if not drift:
        period = tuple(each.date() if each else None for each in (start, end))
        _report_ledger(inputs, period, _load(models, model).taxonomy, json=json, html=html, quiet=quiet)
        return
    if start or end:
        raise UsageError(messages.REPORT_PERIOD_IS_NOT_FOR_DRIFT)
    from tipclass import drift_page
    from tipclass.drift import drift as compare
    from tipclass.targets import refuse_inputs

    if html:
        refuse_inputs(html, inputs)
    loaded = _load(models, model)
    reading = _read(inputs, FormatIn.TXT, text_column=text_column, id_column=id_column, sheet=sheet, encoding=encoding)
    with Progress(messages.PROGRESS_JUDGING, len(reading.tips), shown=not quiet) as progress:
        found = compare(reading.tips, loaded, done=progress.advance)
    if not quiet:
        say_notes(reading.notes)
    batch = drift_page.batch(found, loaded, [path.name for path in inputs])
    if json:
        to_stdout(lambda stream: stream.write(drift_page.as_json(found, loaded.id, loaded.taxonomy) + "\n"))
    else:
        for sentence in (batch, *drift_page.sentences(found, loaded.taxonomy)):
            show(sentence)
        for table in drift_page.brief(found, loaded.taxonomy):
            print_table(*table)
    if html:
        title = messages.DRIFT_TITLE.format(title=loaded.taxonomy.title, id=loaded.id)
        drift_page.write_html(html, found, title, batch, loaded.taxonomy)
        say(messages.PAGE_WRITTEN.format(path=html))
    if reading.unread:
        say_unread(reading.unread)
        raise typer.Exit(UNREAD)


# --- the ledger ----------------------------------------------------------------------------------


@app.command(cls=Command, help=messages.HELP_LEDGER)
def ledger(
    output: Annotated[Path, typer.Option("--output", "-o", help=messages.HELP_LEDGER_OUTPUT)],
    inputs: Annotated[list[Path] | None, typer.Argument(metavar="INPUT...", help=messages.HELP_INPUTS)] = None,
    text_column: TextColumnOption = None,
    id_column: IdColumnOption = None,
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    models: ModelsOption = None,
    model: ModelOption = None,
    date: DateOption = None,
    routing: RoutingOption = None,
    jobs: JobsOption = 1,
    quiet: QuietOption = False,
) -> None:
    """Enter a batch into a ledger, new or not."""
    from tipclass import ledger_book
    from tipclass.deadlines import load_deadlines
    from tipclass.ledger import Ledger
    from tipclass.office import unrouted
    from tipclass.records import Reading
    from tipclass.registration import Desk, register, unknown
    from tipclass.settings import DEADLINES, office_file
    from tipclass.targets import refuse_inputs
    from tipclass.triage import triage_batch

    inputs = inputs or []
    refuse_inputs(_workbook(output), inputs)
    if not inputs and not output.exists():
        raise UsageError(messages.LEDGER_NOTHING.format(path=output))
    ledger_book.check_closed(output)
    loaded, office = _load(models, model), _office(date, routing)
    desk = Desk(office, load_deadlines(office_file(DEADLINES)), loaded.taxonomy, loaded.id)
    before = ledger_book.read(output, loaded.taxonomy) if output.exists() else Ledger()  # better known before the work
    options = {"text_column": text_column, "id_column": id_column, "sheet": sheet, "encoding": encoding}
    reading = _read(inputs, FormatIn.TXT, **options) if inputs else Reading()
    fresh = unknown(reading.tips, before)
    with Progress(messages.PROGRESS_SCORING, len(fresh), shown=not quiet and len(fresh) >= WORTH_A_BAR) as progress:
        entries = triage_batch(fresh, loaded, office=office, jobs=jobs or os.cpu_count() or 1, done=progress.advance)
    today = datetime.now().date()
    found = ledger_book.update(output, lambda now: register(now, entries, desk), taxonomy=loaded.taxonomy, today=today)
    if not quiet:
        say_notes([*reading.notes, *found.ledger.notes, *unrouted(office, loaded.taxonomy)])
        say_registered(found, len(reading.tips), output, today)
    if reading.unread:
        say_unread(reading.unread)
        raise typer.Exit(UNREAD)


# --- the desk in a browser -----------------------------------------------------------------------


@app.command(cls=Command, help=messages.HELP_SERVE)
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help=messages.HELP_SERVE_PORT)] = 8620,
    host: Annotated[str, typer.Option(help=messages.HELP_SERVE_HOST)] = "127.0.0.1",
    no_open: Annotated[bool, typer.Option("--no-open", help=messages.HELP_SERVE_NO_OPEN)] = False,
    models: ModelsOption = None,
    model: ModelOption = None,
    corpora: Annotated[Path | None, typer.Option(help=messages.HELP_SERVE_CORPORA)] = None,
) -> None:
    """Serve the intake desk on this machine, or open the one that is served already."""
    import webbrowser

    try:
        from tipclass import opening
    except ModuleNotFoundError as error:
        raise UsageError(messages.SERVE_EXTRA.format(name=error.name)) from None

    def show(sentence: str, url: str) -> None:
        say(sentence)
        if not no_open:
            webbrowser.open(url)

    opening.check_address(host)
    opening.open_desk((models, model), corpora=corpora, port=port, show=show)


# --- corpus and models ---------------------------------------------------------------------------


@corpus_app.command("check", cls=Command, help=messages.HELP_CORPUS_CHECK)
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


@corpus_app.command("stats", cls=Command, help=messages.HELP_CORPUS_STATS)
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


@corpus_app.command("learn", cls=Command, help=messages.HELP_CORPUS_LEARN)
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


@corpus_app.command("suspects", cls=Command, help=messages.HELP_CORPUS_SUSPECTS)
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

    refuse_inputs(_workbook(output), sources)
    corpus, _, lexicon = training.prepare(sources, taxonomy)
    with Progress(messages.PROGRESS_FOLDS, FOLDS, shown=not quiet) as progress:
        classifier = TipClassifier(corpus.taxonomy.codes, lexicon)
        found = suspects(corpus, classifier, most=most, done=progress.advance)
    notes = write_xlsx(output, as_batch(found, corpus))
    if not quiet:
        say_notes(notes)
        say(messages.SUSPECTS_WRITTEN.format(count=len(found), path=output))


def _workbook(output: Path) -> Path:
    """Return an output that is named as a workbook."""
    if output.suffix.lower() != f".{Format.XLSX}":
        raise UsageError(messages.NOT_A_WORKBOOK.format(path=output))
    return output


@corpus_app.command("next", cls=Command, help=messages.HELP_CORPUS_NEXT)
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
    from tipclass.targets import refuse_inputs

    refuse_inputs(_workbook(output), inputs)
    loaded = _load(models, model)
    reading = _read(inputs, FormatIn.TXT, text_column=text_column, encoding=encoding)
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
    if reading.unread:
        say_unread(reading.unread)
        raise typer.Exit(UNREAD)


@models_app.command("list", cls=Command, help=messages.HELP_MODELS_LIST)
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


ModelName = Annotated[str | None, typer.Argument(metavar="ID", help=messages.HELP_MODEL_NAME)]


@models_app.command("show", cls=Command, help=messages.HELP_MODELS_SHOW)
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


@models_app.command("verify", cls=Command, help=messages.HELP_MODELS_VERIFY)
def models_verify(name: ModelName = None, models: ModelsOption = None) -> None:
    """Check hashes and probes of a model."""
    loaded = _load(models, name)
    broken = loaded.broken_probes()
    if broken:
        raise GateError(messages.VERIFY_BAD.format(id=loaded.id, count=len(broken)))
    show(messages.VERIFY_GOOD.format(id=loaded.id, count=len(loaded.probes)))


OnOption = Annotated[Path | None, typer.Option("--on", help=messages.HELP_ON)]
CasesOption = Annotated[Path | None, typer.Option("--cases", help=messages.HELP_CASES_FILE)]
ReasonOption = Annotated[str, typer.Option("--reason", help=messages.HELP_REASON)]


@models_app.command("compare", cls=Command, help=messages.HELP_MODELS_COMPARE)
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
    from tipclass.trial import try_model

    before, after = (first, second) if second else (None, first)
    trial = try_model(_load(models, after), _load(models, before), gold=on, cases=cases)
    _print_trial(trial)
    if html:
        differences.write_html(html, trial)
        say(messages.PAGE_WRITTEN.format(path=html))


@models_app.command("promote", cls=Command, help=messages.HELP_MODELS_PROMOTE)
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
    candidate = promotion.weigh(folder, name, _in_use(models), gold=on, cases=cases)
    _print_trial(candidate.trial)
    for cause in candidate.objections:
        say(messages.PROMOTE_AGAINST.format(cause=cause))
    entry = promotion.promote(candidate, reason=reason, now=_now(), force=force)
    sentence = messages.PROMOTE_DONE if entry.before else messages.PROMOTE_FIRST
    show(sentence.format(before=entry.before, to=entry.to))


@models_app.command("rollback", cls=Command, help=messages.HELP_MODELS_ROLLBACK)
def models_rollback(reason: ReasonOption = "", models: ModelsOption = None) -> None:
    """Put the previous model to use again."""
    from tipclass import promotion
    from tipclass.settings import writable_models_folder

    entry = promotion.rollback(writable_models_folder(models), reason=reason, now=_now())
    show(messages.ROLLBACK_DONE.format(before=entry.before, to=entry.to))


def _now() -> datetime:
    """Return the time of day with its zone, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)
