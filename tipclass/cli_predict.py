"""`predict`: a batch of tips is classified and written."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tipclass import messages
from tipclass.cli_files import choose_target, end_with_unread, open_inputs, open_office
from tipclass.cli_options import (
    STDIO,
    WORTH_A_BAR,
    DateOption,
    EncodingOption,
    Format,
    FormatIn,
    FormatOption,
    IdColumnOption,
    JobsOption,
    MaskOption,
    ModelOption,
    ModelsOption,
    QuietOption,
    RoutingOption,
    SheetOption,
    TextColumnOption,
    TopOption,
)
from tipclass.console import Command, Progress, say, say_notes, say_summary, to_stdout
from tipclass.errors import UsageError

if TYPE_CHECKING:
    from tipclass.crew import Crew
    from tipclass.line import Line, Written
    from tipclass.linked import Linked, Origin
    from tipclass.office import Office
    from tipclass.records import Tip
    from tipclass.sources import Source
    from tipclass.taxonomy import Taxonomy

app = typer.Typer(add_completion=False)
Done = Callable[[int], None]


class Engine(StrEnum):
    """What works on the tips of a batch."""

    LOCAL = "local"
    DASK = "dask"


class Columns(StrEnum):
    """How much of a result is written."""

    BRIEF = "brief"
    FULL = "full"


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
    from tipclass.store import open_model
    from tipclass.targets import refuse_inputs

    asked = parse_fields(fields) if fields else ()
    work = stations(asked)
    target, kind = choose_target(inputs, STDIO if json else output, format, mask=mask)
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
    loaded = open_model(models, model)
    office = open_office(date, routing) if Station.NOTES in work else None
    options = {"text_column": text_column, "id_column": id_column, "sheet": sheet, "encoding": encoding}
    source = open_inputs(inputs, format_in, **options)
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
    end_with_unread(source.unread)


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


def _crew(engine: Engine, scheduler: str | None, jobs: int) -> "AbstractContextManager[Crew[Any, Any]]":
    """Return who works on the tips; dask is imported for its own engine only."""
    if engine is Engine.DASK:
        from tipclass.cluster import clustered

        return clustered(scheduler, jobs)
    from tipclass.crew import crew_of

    return nullcontext(crew_of(jobs))


def _masked_sources(names: Sequence[str]) -> Mapping[str, str]:
    from tipclass.envelope import masked_sources

    return masked_sources(names)


def _digest_of_rules(routing: Path | None) -> str:
    from tipclass.office import digest_of_rules

    return digest_of_rules(routing)


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
