"""`explain`: why one text is classified as it is."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tipclass import messages
from tipclass.cli_files import open_office
from tipclass.cli_options import DateOption, MaskOption, ModelOption, ModelsOption, RoutingOption, TopOption
from tipclass.console import WIDTH, Command, print_table, say_notes, show, to_stdout
from tipclass.errors import UsageError
from tipclass.printable import printable

if TYPE_CHECKING:
    from tipclass.records import Entry, Evidence, Notes
    from tipclass.taxonomy import Taxonomy

BEGIN = 30  # characters of a text that show which it is

app = typer.Typer(add_completion=False)


@app.command(cls=Command, help=messages.HELP_EXPLAIN)
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
    from tipclass.result_columns import Batch
    from tipclass.result_json import write_json_lines
    from tipclass.store import open_model
    from tipclass.triage import against, triage

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
    _print_explanation(entry, against(entry, loaded), loaded.taxonomy)
    say_notes(unrouted(office, loaded.taxonomy))


def _masked_text(text: str) -> str:
    from tipclass.disguise import mask_informant

    return mask_informant(text)


def _print_explanation(entry: "Entry", against: Sequence["Evidence"], taxonomy: "Taxonomy") -> None:
    """Print all that speaks for and against what was decided of one text."""
    from tipclass.explain import place

    decision, name = entry.decision, taxonomy.name
    pair = {"name": name(decision.main.code), "other": name(decision.runner_up.code)}
    route = messages.ROUTES[decision.route]
    if not decision.readable:
        show(messages.EXPLAIN_ROUTE.format(route=route, reason=entry.reason))
        return
    show(messages.EXPLAIN_MAIN.format(name=pair["name"], certainty=decision.certainty, route=route))
    show(messages.EXPLAIN_REASON.format(reason=entry.reason))
    if entry.notes:
        _print_notes(entry.notes)
    show(f"\n{messages.EXPLAIN_TEXT.format(**pair)}")
    _print_coloured(entry.tip.text, entry.evidence, against)
    candidates = [(name(each.code), f"{each.score:.2f}") for each in decision.candidates]
    print_table(messages.EXPLAIN_CANDIDATES, (messages.COLUMN_CATEGORY, messages.COLUMN_SCORE), candidates)
    weights = (messages.EXPLAIN_WORD, messages.EXPLAIN_WEIGHT)
    for title, terms in ((messages.EXPLAIN_FOR, entry.evidence), (messages.EXPLAIN_AGAINST, against)):
        print_table(title.format(**pair), weights, [(each.term, f"{each.weight:.2f}") for each in terms])
    print_table(
        messages.EXPLAIN_MATTERS,
        (messages.EXPLAIN_PLACE, messages.COLUMN_CATEGORY, messages.COLUMN_CERTAINTY, messages.EXPLAIN_BEGIN),
        [
            (
                place(each),
                name(each.code),
                f"{each.certainty:.0%}",
                _begin(entry.tip.text[each.passage.start : each.passage.end]),
            )
            for each in entry.matters
        ],
    )
    print_table(
        messages.EXPLAIN_NEAREST,
        (messages.EXPLAIN_ID, messages.COLUMN_CATEGORY, messages.EXPLAIN_LIKENESS, messages.EXPLAIN_BEGIN),
        [
            (each.id, "、".join(map(name, each.labels)), f"{each.likeness:.0%}", _begin(each.text))
            for each in entry.nearest
        ],
    )


def _print_notes(notes: "Notes") -> None:
    """Print grade, departments, missing elements and transfer hints, a line each, and the elements as a table."""
    from tipclass.told import note_lines, value_of

    for name, told in note_lines(notes):
        show(messages.EXPLAIN_NOTE.format(name=name, told="；".join(told)))
    rows = [(messages.ELEMENTS[each.kind], each.text, value_of(each)) for each in notes.elements]
    print_table(messages.COLUMN_ELEMENTS, (messages.EXPLAIN_KIND, messages.EXPLAIN_WORD, messages.EXPLAIN_VALUE), rows)


def _begin(text: str) -> str:
    line = " ".join(text[: 2 * BEGIN].split())
    return line if len(line) <= BEGIN else f"{line[:BEGIN]}…"


def _print_coloured(text: str, spoke_for: Sequence["Evidence"], against: Sequence["Evidence"]) -> None:
    from rich.console import Console
    from rich.text import Text

    coloured = Text(printable(text))
    for style, terms in (("bold green", spoke_for), ("underline red", against)):
        for each in terms:
            coloured.stylize(style, each.start, each.end)
    Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else WIDTH).print(coloured)
