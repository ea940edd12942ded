"""The options that several commands take, and the exit code they share."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from tipclass import messages
from tipclass.console import Group

UNREAD = 5  # exit code: finished, but some rows or files were not read
WORTH_A_BAR = 500  # tips
STDIO = Path("-")

GROUP: dict[str, Any] = {"cls": Group, "no_args_is_help": True, "add_completion": False}


class Format(StrEnum):
    """What results are written as."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


class FormatIn(StrEnum):
    """What standard input holds."""

    TXT = "txt"
    CSV = "csv"
    JSONL = "jsonl"


TextColumnOption = Annotated[str | None, typer.Option(help=messages.HELP_TEXT_COLUMN)]
IdColumnOption = Annotated[str | None, typer.Option(help=messages.HELP_ID_COLUMN)]
SheetOption = Annotated[str | None, typer.Option(help=messages.HELP_SHEET)]
EncodingOption = Annotated[str | None, typer.Option(help=messages.HELP_ENCODING)]
FormatOption = Annotated[Format | None, typer.Option(help=messages.HELP_FORMAT)]
TopOption = Annotated[int, typer.Option(min=1, max=50, help=messages.HELP_TOP)]
JobsOption = Annotated[int, typer.Option(min=0, max=64, help=messages.HELP_JOBS)]
ModelsOption = Annotated[Path | None, typer.Option("--models", help=messages.HELP_MODELS_DIR)]
ModelOption = Annotated[str | None, typer.Option("--model", help=messages.HELP_MODEL)]
DateOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=messages.HELP_DATE)]
RoutingOption = Annotated[Path | None, typer.Option(help=messages.HELP_ROUTING)]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help=messages.HELP_QUIET)]
MaskOption = Annotated[bool, typer.Option("--mask", help=messages.HELP_MASK)]
TaxonomyOption = Annotated[str | None, typer.Option("--taxonomy", help=messages.HELP_TAXONOMY)]
Sources = Annotated[list[Path], typer.Argument(help=messages.HELP_CORPUS_SOURCES)]
