"""Settings: where models, the taxonomy and the routing table are found, and what the office itself decides."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from tipclass import messages
from tipclass.errors import ModelError, OutputError, SettingsError
from tipclass.limits import DEFAULT, Limits
from tipclass.tomlfile import parse_toml, read_toml

CURRENT = "CURRENT"
HOME = "TIPCLASS_HOME"
ROUTING, NATURE, GRADE, DEADLINES = "routing.toml", "nature.toml", "grade.toml", "deadlines.toml"
PRIVACY, METHODS = "privacy.toml", "methods.toml"
SETTINGS = "settings.toml"
DESK = "desk"
PACKAGED = Path(__file__).parent / "_packaged"  # in a wheel
REPOSITORY = Path(__file__).parent.parent  # in an editable install


class LocalSettings(BaseModel):
    """What settings.toml holds: answers to the questions of the routing table, by key, and limits of files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    local: Mapping[str, str] = {}
    limits: Limits = DEFAULT


def models_folder(named: Path | None = None) -> Path:
    """Return the folder of models to use: the named one, else the first that holds CURRENT.

    Raises ModelError, listing where it looked, when there is none.
    """
    if named and named.is_dir():
        return named
    places = [named] if named else [home / "models" for home in _homes()]
    for place in places:
        if (place / CURRENT).is_file():
            return place
    raise ModelError(messages.MODELS_NOT_FOUND.format(places="、".join(map(str, places))))


def writable_models_folder(named: Path | None = None) -> Path:
    """Return the folder new models go to: the named one, else as `models_folder`, but never the packaged copy."""
    if named:
        return named
    homes = [home for home in _homes() if home != PACKAGED]
    return next((home / "models" for home in homes if (home / "models" / CURRENT).is_file()), _user_home() / "models")


def corpora_folder() -> Path:
    """Return the folder that holds the shipped taxonomy and lexicon."""
    return next(home / "corpora" for home in (PACKAGED, REPOSITORY) if (home / "corpora" / "taxonomy.toml").is_file())


def desk_folder() -> Path:
    """Return the folder where the desk keeps what it took in."""
    return (*_named_home(), _user_home())[0] / DESK


def office_file(name: str) -> Path:
    """Return the table of that name to use: the office's own, else the shipped one."""
    return next(path for path in (*_office_files(name), corpora_folder() / name) if path.is_file())


def settings_file() -> Path:
    """Return the office's settings file, or where it would be written."""
    places = _office_files(SETTINGS)
    return next((path for path in places if path.is_file()), places[0])


def local_answers() -> dict[str, str]:
    """Return what the office answered, by key of the question; empty answers are left out.

    Raises SettingsError when the settings file cannot be read; without one nothing is answered.
    """
    path = settings_file()
    answers = _parse(_read(path), path).local
    return {key: answer.strip() for key, answer in answers.items() if answer.strip()}


def limits() -> Limits:
    """Return how much of a file is read; raises SettingsError when the settings file cannot be read."""
    path = settings_file()
    return _parse(_read(path), path).limits if path.is_file() else DEFAULT


def write_settings_template(questions: Mapping[str, str]) -> Path:
    """Add an empty entry, explained in a comment, for each question the settings file lacks; return the file.

    `questions` are sentences by key. What stands in the file stays as it is. Raises SettingsError when the file
    cannot be read, OutputError when it cannot be written.
    """
    path = settings_file()
    old = _read(path)
    settings = _parse(old, path)
    head = "" if "local" in settings.model_fields_set else f"{messages.SETTINGS_HEAD}\n[local]\n"
    entries = [f'# {question}\n{key} = ""\n' for key, question in questions.items() if key not in settings.local]
    if entries:
        content = "\n".join(part for part in (old, head, *entries) if part)
        _parse(content, path)  # refused here rather than written and unreadable
        _write(content, path)
    return path


def _read(path: Path) -> str:
    return read_toml(path, what=messages.WHAT_SETTINGS, error=SettingsError) if path.is_file() else ""


def _parse(content: str, path: Path) -> LocalSettings:
    return parse_toml(content, LocalSettings, what=messages.WHAT_SETTINGS, source=str(path), error=SettingsError)


def _write(content: str, path: Path) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(content, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise OutputError(messages.OUTPUT_FAILED.format(path=path, cause=error.strerror)) from None


def _office_files(name: str) -> list[Path]:
    """Return where an office keeps a file of its own, in the order the places are asked."""
    return [home / name for home in (*_named_home(), _user_home())]


def _homes() -> list[Path]:
    """Return the places data may live in, in the order they are asked."""
    return [*_named_home(), Path(), _user_home(), PACKAGED, REPOSITORY]


def _named_home() -> list[Path]:
    return [Path(os.environ[HOME])] if os.environ.get(HOME) else []


def _user_home() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("tipclass", appauthor=False))
