"""`link`: repeats and series among tips, and with earlier ones."""

from pathlib import Path
from typing import Annotated

import typer

from tipclass import messages
from tipclass.cli_files import choose_target, end_with_unread, read_inputs
from tipclass.cli_options import (
    STDIO,
    EncodingOption,
    FormatIn,
    FormatOption,
    IdColumnOption,
    QuietOption,
    SheetOption,
    TextColumnOption,
)
from tipclass.console import Command, say, say_notes, to_stdout

app = typer.Typer(add_completion=False)


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

    target, kind = choose_target(inputs, STDIO if json else output, format, mark="串并")
    refuse_inputs(target, [*inputs, *(ledger or [])])
    reading = read_inputs(
        inputs, format_in, text_column=text_column, id_column=id_column, sheet=sheet, encoding=encoding
    )
    earlier = read_inputs(ledger, FormatIn.CSV).tips if ledger else ()
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
    end_with_unread(reading.unread)
