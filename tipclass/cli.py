"""The command line: puts the commands together, runs one, and turns errors into sentences and exit codes.

A command stands in the module of its name: `predict` in `cli_predict`, `corpus check` in `cli_corpus`. Each parses its
options, calls one function and prints; heavy imports wait inside the commands.
"""

import gc
import os
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

import tipclass
from tipclass import messages
from tipclass.cli_corpus import corpus_app
from tipclass.cli_evaluate import evaluate
from tipclass.cli_explain import explain
from tipclass.cli_ledger import ledger
from tipclass.cli_link import link
from tipclass.cli_models import models_app
from tipclass.cli_options import GROUP
from tipclass.cli_predict import predict
from tipclass.cli_referral import referral
from tipclass.cli_report import report
from tipclass.cli_serve import serve
from tipclass.cli_settings import settings
from tipclass.cli_train import train
from tipclass.console import ClickException, Command, say, show
from tipclass.errors import TipclassError, UsageError

INTERRUPTED = 130
GARBAGE = 100_000  # new objects between two looks for garbage: nearly all are kept, and each look goes through them

COMMANDS: dict[Callable[..., None], str] = {  # in the order of the help page
    predict: messages.HELP_PREDICT,
    explain: messages.HELP_EXPLAIN,
    link: messages.HELP_LINK,
    settings: messages.HELP_SETTINGS,
    referral: messages.HELP_REFERRAL,
    train: messages.HELP_TRAIN,
    evaluate: messages.HELP_EVALUATE,
    report: messages.HELP_REPORT,
    ledger: messages.HELP_LEDGER,
    serve: messages.HELP_SERVE,
}
app = typer.Typer(help=messages.HELP_APP, add_completion=False, pretty_exceptions_enable=False, **GROUP)
for command, told in COMMANDS.items():
    app.command(cls=Command, help=told)(command)
app.add_typer(corpus_app, name="corpus")
app.add_typer(models_app, name="models")


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
