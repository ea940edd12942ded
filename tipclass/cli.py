"""The command line: names the commands, runs one, and turns errors into sentences and exit codes.

A command stands in the module of its name, `predict` in `cli_predict` and `corpus check` in `cli_corpus`, as the `app`
there. It is imported when it is called for, and what is heavy waits inside the commands.
"""

import gc
import os
import sys
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command

import tipclass
from tipclass import messages
from tipclass.console import ClickException, Group, say, show
from tipclass.errors import TipclassError, UsageError

INTERRUPTED = 130
GARBAGE = 100_000  # new objects between two looks for garbage: nearly all are kept, and each look goes through them

COMMANDS = {
    "predict": messages.HELP_PREDICT,
    "explain": messages.HELP_EXPLAIN,
    "link": messages.HELP_LINK,
    "settings": messages.HELP_SETTINGS,
    "referral": messages.HELP_REFERRAL,
    "train": messages.HELP_TRAIN,
    "evaluate": messages.HELP_EVALUATE,
    "report": messages.HELP_REPORT,
    "ledger": messages.HELP_LEDGER,
    "serve": messages.HELP_SERVE,
    "corpus": messages.HELP_CORPUS,
    "models": messages.HELP_MODELS,
}


class Commands(Group):
    """All commands; their list needs none of their modules."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the command of a name; None when there is none."""
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def purposes(self) -> list[tuple[str, str]]:
        """Return the name of each command and what it is for."""
        return list(COMMANDS.items())


@cache
def _command(name: str) -> Any:
    return get_command(import_module(f"tipclass.cli_{name}").app)


app = typer.Typer(
    cls=Commands,
    help=messages.HELP_APP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
