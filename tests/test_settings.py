"""Where models are found: the order of places, and the packaged copy that is never written to."""

from pathlib import Path

import pytest

from tipclass import settings
from tipclass.errors import ModelError


def home(folder: Path) -> Path:
    (folder / "models").mkdir(parents=True)
    (folder / "models" / settings.CURRENT).write_text("m1\n", encoding="ascii")
    return folder


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Every place there is, all of them empty."""
    found = {name: tmp_path / name for name in ("env", "here", "user", "packaged", "repository")}
    for folder in found.values():
        folder.mkdir()
    monkeypatch.setenv(settings.HOME, str(found["env"]))
    monkeypatch.chdir(found["here"])
    monkeypatch.setattr(settings, "_user_home", lambda: found["user"])
    monkeypatch.setattr(settings, "PACKAGED", found["packaged"])
    monkeypatch.setattr(settings, "REPOSITORY", found["repository"])
    return found


def test_places_are_asked_in_order(places: dict[str, Path]) -> None:
    for name in reversed(places):
        home(places[name])
        assert settings.models_folder().resolve() == places[name] / "models"


def test_a_named_folder_is_the_only_one_asked(places: dict[str, Path], tmp_path: Path) -> None:
    home(places["env"])
    with pytest.raises(ModelError, match="none"):
        settings.models_folder(tmp_path / "none")
    named = home(tmp_path / "named") / "models"
    assert settings.models_folder(named) == named


def test_nowhere_lists_where_it_looked(places: dict[str, Path]) -> None:
    with pytest.raises(ModelError, match="packaged"):
        settings.models_folder()


def test_new_models_never_go_into_the_packaged_copy(places: dict[str, Path]) -> None:
    home(places["packaged"])
    assert settings.writable_models_folder() == places["user"] / "models"
    home(places["here"])
    assert settings.writable_models_folder().resolve() == places["here"] / "models"
