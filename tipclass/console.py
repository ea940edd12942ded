"""The console: help pages in Chinese, progress, tables, and talk on stderr."""

import io
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from tipclass import messages
from tipclass.errors import OutputError, UsageError
from tipclass.printable import one_line, printable

if TYPE_CHECKING:
    from tipclass.corrections import Learned, Reviewed
    from tipclass.evaluate import Evaluation
    from tipclass.records import Route, Unread
    from tipclass.registration import Registration
    from tipclass.taxonomy import Taxonomy
    from tipclass.trial import Trial

Made = TypeVar("Made")

WIDTH = 120  # columns where there is no screen
MOST_ROWS = 30  # of a summary
NAMES = 12  # columns of a list of commands that hold their names

NUMBER = re.compile(r"[-\d.,%/ \[\]]*(?: [KMG]?B)?")

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
    """A command with commands below it.

    Its help page is plain text: the library that draws the others takes as long to load as all else together.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings | {"rich_markup_mode": None})

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page under our own headings."""
        write_heading = formatter.write_heading
        formatter.write_heading = lambda heading: write_heading(messages.HELP_HEADINGS[heading])
        TyperGroup.format_help(self, ctx, formatter)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), messages.HELP_USAGE)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write what each command is for, whole, in lines of signs that are two columns wide."""
        formatter.width = (formatter.width + NAMES) // 2
        with formatter.section("Commands"):
            formatter.write_dl(self.purposes())

    def purposes(self) -> list[tuple[str, str]]:
        """Return the name of each command and what it is for."""
        return [(name, command.help or "") for name, command in self.commands.items()]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command of a name, or list those there are."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = "、".join(self.list_commands(ctx))
            name = args[0] if args[0].isascii() else messages.HIDDEN_WORD
            raise UsageError(messages.NO_SUCH_COMMAND.format(name=name, names=names))
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


def show(sentence: str) -> None:
    """Print a sentence; what a tip or a name may have brought in does not steer the terminal."""
    print(printable(sentence))


def say(sentence: str) -> None:
    """Print a sentence beside the results."""
    print(printable(sentence), file=sys.stderr)


def say_notes(notes: Iterable[str]) -> None:
    for note in notes:
        say(messages.NOTE.format(note=one_line(note)))


def say_unread(unread: Sequence["Unread"]) -> None:
    say(messages.SUMMARY_UNREAD.format(count=len(unread)))
    for each in unread:
        say(f"  {one_line(each.place)}：{one_line(each.cause)}")


def say_learned(reviewed: "Reviewed", learned: "Learned", written: Path | None) -> None:
    """Say what was made of reviewed workbooks, row by row where a person should look again."""
    for title, findings in ((messages.LEARN_WARNINGS, learned.warnings), (messages.LEARN_REFUSED, reviewed.refused)):
        if findings:
            say(title)
        for each in findings:
            say(f"  {each.place}：{each.problem}")
    counts = {"taken": len(learned.taken), "changed": len(learned.changed), "known": learned.known}
    say(messages.LEARN_SUMMARY.format(**counts, blank=reviewed.blank, refused=len(reviewed.refused)))
    if learned.changed:
        say(messages.LEARN_CHANGED.format(places="、".join(tip.place for tip in learned.changed)))
    if written:
        say(messages.LEARN_WRITTEN.format(path=written, folder=written.parent))


def say_registered(found: "Registration", tips: int, path: Path, today: date) -> None:
    """Say what a ledger took in, and how it stands."""

    if tips:
        counts = {"entered": found.entered, "repeating": found.repeating, "known": tips - found.entered}
        say(messages.LEDGER_ENTERED.format(**counts))
    notes = [messages.LEDGER_UNDATED.format(count=found.undated)] if found.undated else []
    say_notes([*notes, messages.LEDGER_WEEKENDS] if found.weekends_only else notes)
    rows = found.ledger.rows
    overdue = sum(row.is_overdue(today) for row in rows)
    standing = {"count": len(rows), "pending": sum(row.is_pending for row in rows), "overdue": overdue}
    say(messages.LEDGER_WRITTEN.format(path=path, **standing))


def say_summary(tally: Counter[tuple[str, "Route"]]) -> None:
    """Say how many tips there are by route, and by the name of their category; without a name nothing was read."""
    from tipclass.records import Route  # which a help page does without

    routes, counts, review = Counter[Route](), Counter[str](), Counter[str]()
    for (name, route), count in tally.items():
        name = name or messages.SUMMARY_UNREADABLE
        routes[route] += count
        counts[name] += count
        review[name] += count if route is Route.REVIEW else 0
    shares = "，".join(f"{messages.ROUTES[route]} {routes[route]}" for route in Route)
    say(messages.SUMMARY_ROWS.format(count=routes.total(), routes=shares))
    heads = (messages.SUMMARY_CATEGORY, messages.SUMMARY_COUNT, messages.SUMMARY_REVIEW)
    ranked = counts.most_common()
    rows = [(name, str(count), str(review[name])) for name, count in ranked[:MOST_ROWS]]
    if rest := [name for name, _ in ranked[MOST_ROWS:]]:
        others, doubtful = (sum(counted[name] for name in rest) for counted in (counts, review))
        rows.append((messages.SUMMARY_OTHERS.format(count=len(rest)), str(others), str(doubtful)))
    print_table(messages.SUMMARY_TITLE, heads, rows, stderr=True)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, stderr: bool = False) -> None:
    """Print a title and its table; columns of numbers stand to the right. A table without rows is left out."""
    if not rows:
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stream = sys.stderr if stderr else sys.stdout
    ascii_only = not (stream.encoding or "").lower().startswith("utf")
    print(f"\n{printable(title)}", file=stream)
    table = Table(box=box.ASCII if ascii_only else box.SIMPLE_HEAD)
    for place, column in enumerate(columns):
        numbers = all(NUMBER.fullmatch(row[place]) for row in rows)
        table.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    width = None if stream.isatty() else WIDTH
    Console(file=stream, width=width, soft_wrap=False, highlight=False, markup=False, emoji=False).print(table)


def print_trial(trial: "Trial") -> None:
    """Print how a model stands beside another."""
    from tipclass import differences

    for title, columns, rows in differences.tables(trial):
        print_table(title, columns, rows)
    say_notes(trial.notes)


def print_evaluation(measured: "Evaluation", taxonomy: "Taxonomy") -> None:
    """Print what was measured of a model."""
    from tipclass import figures

    for title, columns, rows in figures.tables(measured, taxonomy):
        print_table(title, columns, rows)


def to_stdout(write: Callable[[IO[str]], Made]) -> Made:
    """Write data to standard output: UTF-8 into a pipe or file, the console's own encoding on a screen."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        return write(sys.stdout)
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
    try:
        return write(stream)
    except BrokenPipeError:  # whoever read it has seen enough; typer would call it a failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None
    except OSError as error:
        raise OutputError(messages.OUTPUT_FAILED.format(path="stdout", cause=error.strerror)) from None
    finally:
        stream.detach()
