"""`ledger`: a batch entered into the office's ledger."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tipclass import messages
from tipclass.cli_files import as_workbook, end_with_unread, open_office, read_inputs
from tipclass.cli_options import (
    WORTH_A_BAR,
    DateOption,
    EncodingOption,
    FormatIn,
    IdColumnOption,
    JobsOption,
    ModelOption,
    ModelsOption,
    QuietOption,
    RoutingOption,
    SheetOption,
    TextColumnOption,
)
from tipclass.console import Command, Progress, say_notes, say_registered
from tipclass.errors import UsageError

app = typer.Typer(add_completion=False)


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
    from tipclass.store import open_model
    from tipclass.targets import refuse_inputs
    from tipclass.triage import triage_batch

    inputs = inputs or []
    refuse_inputs(as_workbook(output), inputs)
    if not inputs and not output.exists():
        raise UsageError(messages.LEDGER_NOTHING.format(path=output))
    ledger_book.check_closed(output)
    loaded, office = open_model(models, model), open_office(date, routing)
    desk = Desk(office, load_deadlines(office_file(DEADLINES)), loaded.taxonomy, loaded.id)
    before = ledger_book.read(output, loaded.taxonomy) if output.exists() else Ledger()  # better known before the work
    options = {"text_column": text_column, "id_column": id_column, "sheet": sheet, "encoding": encoding}
    reading = read_inputs(inputs, FormatIn.TXT, **options) if inputs else Reading()
    fresh = unknown(reading.tips, before)
    with Progress(messages.PROGRESS_SCORING, len(fresh), shown=not quiet and len(fresh) >= WORTH_A_BAR) as progress:
        entries = triage_batch(fresh, loaded, office=office, jobs=jobs or os.cpu_count() or 1, done=progress.advance)
    today = datetime.now().date()
    found = ledger_book.update(output, lambda now: register(now, entries, desk), taxonomy=loaded.taxonomy, today=today)
    if not quiet:
        say_notes([*reading.notes, *found.ledger.notes, *unrouted(office, loaded.taxonomy)])
        say_registered(found, len(reading.tips), output, today)
    end_with_unread(reading.unread)
