"""`settings`: where data lives, and what the office has not answered."""

from typing import Annotated

import typer

from tipclass import messages
from tipclass.cli_files import open_office
from tipclass.console import Command, print_table, show

app = typer.Typer(add_completion=False)


@app.command(cls=Command, help=messages.HELP_SETTINGS)
def settings(write: Annotated[bool, typer.Option("--write", help=messages.HELP_WRITE)] = False) -> None:
    """Say where data lives and what the office has not answered."""
    from tipclass import settings as places
    from tipclass.routing import open_questions

    paths = {"models": places.models_folder()} | {
        name: places.office_file(name)
        for name in (places.ROUTING, places.NATURE, places.GRADE, places.DEADLINES, places.PRIVACY)
    }
    paths["settings.toml"] = places.settings_file()
    rows = [
        (messages.SETTINGS_FILES[name], str(path) if path.exists() else messages.SETTINGS_NOT_THERE.format(path=path))
        for name, path in paths.items()
    ]
    print_table(messages.SETTINGS_PLACES, (messages.SETTINGS_WHAT, messages.SETTINGS_PATH), rows)
    office = open_office(None)
    questions = open_questions(office.routing, office.answers)
    if not questions:
        show(messages.SETTINGS_ALL_ANSWERED)
        return
    print_table(messages.SETTINGS_OPEN, (messages.SETTINGS_KEY, messages.SETTINGS_QUESTION), list(questions.items()))
    if write:
        show(messages.SETTINGS_WRITTEN.format(path=places.write_settings_template(questions)))
    else:
        show(messages.SETTINGS_HOW.format(path=places.settings_file()))
