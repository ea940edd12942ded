"""`serve`: the intake desk in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from tipclass import messages
from tipclass.cli_options import ModelOption, ModelsOption
from tipclass.console import Command, say
from tipclass.errors import UsageError

app = typer.Typer(add_completion=False)


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
