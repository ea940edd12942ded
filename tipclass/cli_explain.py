"""`explain`: why one text is classified as it is."""

import sys
from typing import Annotated

import typer

from tipclass import messages
from tipclass.cli_files import open_office
from tipclass.cli_options import DateOption, MaskOption, ModelOption, ModelsOption, RoutingOption, TopOption
from tipclass.console import print_explanation, say_notes, to_stdout
from tipclass.errors import UsageError


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
    from tipclass.store import open_model
    from tipclass.triage import against, triage
    from tipclass.writers import Batch, write_json_lines

    content = decode(read_stdin(sys.stdin.buffer), "stdin").text if text == "-" else text
    content = tidy(content, "").text  # lone surrogates stand for what the shell could not decode
    if not content.strip():
        raise UsageError(messages.TEXT_EMPTY)
    loaded, office = open_model(models, model), open_office(date, routing)
    content = _masked_text(content) if mask else content
    entry = triage([Tip("text", content)], loaded, top=top, office=office)[0]
    if json:
        to_stdout(lambda stream: write_json_lines(stream, Batch([entry], loaded.taxonomy, loaded.id)))
        return
    print_explanation(entry, against(entry, loaded), loaded.taxonomy)
    say_notes(unrouted(office, loaded.taxonomy))


def _masked_text(text: str) -> str:
    from tipclass.disguise import mask_informant

    return mask_informant(text)
