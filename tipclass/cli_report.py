"""`report`: the report of a ledger, or how a batch differs from the corpus of the model."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tipclass import messages
from tipclass.cli_files import LONGEST_STEM, end_with_unread, read_inputs
from tipclass.cli_options import (
    EncodingOption,
    Format,
    FormatIn,
    IdColumnOption,
    ModelOption,
    ModelsOption,
    QuietOption,
    SheetOption,
    TextColumnOption,
)
from tipclass.console import Command, Progress, print_table, say, say_notes, show, to_stdout
from tipclass.errors import InputError, UsageError

if TYPE_CHECKING:
    from tipclass.taxonomy import Taxonomy


app = typer.Typer(add_completion=False)


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
    from tipclass.store import open_model

    if not drift:
        period = tuple(each.date() if each else None for each in (start, end))
        _report_ledger(inputs, period, open_model(models, model).taxonomy, json=json, html=html, quiet=quiet)
        return
    if start or end:
        raise UsageError(messages.REPORT_PERIOD_IS_NOT_FOR_DRIFT)
    from tipclass import drift_page
    from tipclass.drift import drift as compare
    from tipclass.targets import refuse_inputs

    if html:
        refuse_inputs(html, inputs)
    loaded = open_model(models, model)
    reading = read_inputs(
        inputs, FormatIn.TXT, text_column=text_column, id_column=id_column, sheet=sheet, encoding=encoding
    )
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
    end_with_unread(reading.unread)


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
    found = reports.report(ledger.rows, taxonomy, start=period[0], end=period[1], today=_today())
    if json:
        to_stdout(lambda stream: stream.write(report_json.as_json(found, taxonomy) + "\n"))
    else:
        show("\n".join((report_words.title(found), *report_words.sentences(found, taxonomy))))
    if not quiet:
        say_notes(ledger.notes)
    if html or not json:
        report_page.write_html(page, found, taxonomy)
        say(messages.REPORT_WRITTEN.format(path=page))


def _today() -> date:
    return datetime.now().date()
