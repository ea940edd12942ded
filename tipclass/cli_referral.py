"""`referral`: which papers and fields of a referral are there."""

from pathlib import Path
from typing import Annotated

import typer

from tipclass import messages
from tipclass.cli_files import end_with_unread, open_office, read_inputs
from tipclass.cli_options import FormatIn, RoutingOption
from tipclass.console import Command, print_table, show

app = typer.Typer(add_completion=False)


@app.command(cls=Command, help=messages.HELP_REFERRAL)
def referral(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help=messages.HELP_REFERRAL_INPUTS)],
    routing: RoutingOption = None,
) -> None:
    """Say which papers and fields of a referral are present or missing."""
    from tipclass.transfer import letter_fields, missing_papers

    reading = read_inputs(inputs, FormatIn.TXT)
    table = open_office(None, routing).routing
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
    end_with_unread(reading.unread)
