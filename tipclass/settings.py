"""Settings: where models and the taxonomy are found."""

import os
from pathlib import Path

from tipclass import messages
from tipclass.errors import ModelError

CURRENT = "CURRENT"
HOME = "TIPCLASS_HOME"
PACKAGED = Path(__file__).parent / "_packaged"  # in a wheel
REPOSITORY = Path(__file__).parent.parent  # in an editable install


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


def _homes() -> list[Path]:
    """Return the places data may live in, in the order they are asked."""
    named = [Path(os.environ[HOME])] if os.environ.get(HOME) else []
    return [*named, Path(), _user_home(), PACKAGED, REPOSITORY]


def _user_home() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("tipclass", appauthor=False))
