"""The console: help pages in Chinese, progress, tables, and talk on stderr."""

import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from tipclass import messages
from tipclass.errors import OutputError, UsageError
from tipclass.records import Reading, Route

if TYPE_CHECKING:
    from tipclass.records import Entry
    from tipclass.taxonomy import Taxonomy

# typer's own base of usage errors; it has no public name.
ClickException: Any = next(base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException")


class _Chinese:
    """Says in Chinese what typer itself says on a help page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page under our own headings."""
        from typer import rich_utils

        for name, text in messages.HELP_PAGE.items():
            setattr(rich_utils, name, text)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option under our own words."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = messages.HELP_HELP
        return option


class Command(_Chinese, TyperCommand):
    """A command."""


class Group(_Chinese, TyperGroup):
    """A command with commands below it."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command of a name, or list those there are."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = "、".join(self.list_commands(ctx))
            raise UsageError(messages.NO_SUCH_COMMAND.format(name=args[0], names=names))
        return super().resolve_command(ctx, args)


class Progress:
    """A bar on stderr, shown on a screen only."""

    def __init__(self, title: str, total: int, *, shown: bool) -> None:
        self.shown = shown and sys.stderr.isatty()
        self.title, self.total = title, total

    def __enter__(self) -> "Progress":
        if self.shown:
            from rich import progress
            from rich.console import Console

            title, bar = progress.TextColumn("{task.description}"), progress.BarColumn()
            parts = (title, bar, progress.MofNCompleteColumn(), progress.TimeRemainingColumn())
            self.bar = progress.Progress(*parts, console=Console(stderr=True))
            self.bar.start()
            self.task = self.bar.add_task(self.title, total=self.total)
        return self

    def advance(self, count: int) -> None:
        """Move on by a number of steps."""
        if self.shown:
            self.bar.advance(self.task, count)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            self.bar.stop()


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def say_notes(notes: Iterable[str]) -> None:
    for note in notes:
        say(messages.NOTE.format(note=note))


def say_unread(reading: Reading) -> None:
    say(messages.SUMMARY_UNREAD.format(count=len(reading.unread)))
    for each in reading.unread:
        say(f"  {each.place}：{each.cause}")


def say_summary(entries: Sequence["Entry"], taxonomy: "Taxonomy") -> None:
    routes = Counter(entry.decision.route for entry in entries)
    named = "，".join(f"{messages.ROUTES[route]} {routes[route]}" for route in Route)
    say(messages.SUMMARY_ROWS.format(count=len(entries), routes=named))
    counts = Counter(entry.decision.main.code for entry in entries)
    review = Counter(entry.decision.main.code for entry in entries if entry.decision.route is Route.REVIEW)
    heads = (messages.SUMMARY_CATEGORY, messages.SUMMARY_COUNT, messages.SUMMARY_REVIEW)
    rows = [(taxonomy.name(code), str(count), str(review[code])) for code, count in counts.most_common()]
    print_table(messages.SUMMARY_TITLE, heads, rows, stderr=True)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, stderr: bool = False) -> None:
    """Print a title and its table; numbers stand to the right. A table without rows is left out."""
    if not rows:
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stream = sys.stderr if stderr else sys.stdout
    ascii_only = not (stream.encoding or "").lower().startswith("utf")
    print(f"\n{title}", file=stream)
    table = Table(box=box.ASCII if ascii_only else box.SIMPLE_HEAD)
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place == 0 else "right", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    width = None if stream.isatty() else 120
    Console(file=stream, width=width, soft_wrap=False, highlight=False, markup=False, emoji=False).print(table)


def to_stdout(write: Callable[[IO[str]], object]) -> None:
    """Write data to standard output: UTF-8 into a pipe or file, the console's own encoding on a screen."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        write(sys.stdout)
        return
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
    try:
        write(stream)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(messages.OUTPUT_FAILED.format(path="stdout", cause=error.strerror)) from None
    finally:
        stream.detach()
