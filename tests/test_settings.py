"""Where models and tables are found, the packaged copy that is never written to, and what the office decides."""

from pathlib import Path

import pytest

from tipclass import settings
from tipclass.errors import ModelError, OutputError, SettingsError


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


# --- what the office itself decides --------------------------------------------------------------

QUESTIONS = {"social_noise": "社会生活噪声：谁管？", "straw_burning": "秸秆焚烧：谁管？"}


def test_the_offices_own_routing_table_comes_before_the_shipped_one(places: dict[str, Path]) -> None:
    shipped = places["repository"] / "corpora"
    shipped.mkdir()
    for name in ("taxonomy.toml", settings.ROUTING):
        (shipped / name).touch()
    assert settings.office_file(settings.ROUTING) == shipped / settings.ROUTING
    for name in ("user", "env"):
        (places[name] / settings.ROUTING).touch()
        assert settings.office_file(settings.ROUTING) == places[name] / settings.ROUTING


def test_without_a_settings_file_nothing_is_answered(places: dict[str, Path]) -> None:
    assert settings.local_answers() == {}


def test_answers_are_read_and_empty_ones_left_out(places: dict[str, Path]) -> None:
    content = '[local]\nsocial_noise = " 城市管理 "\nstraw_burning = ""\n'
    for name, encoding in (("user", "utf-8-sig"), ("env", "utf-8")):
        (places[name] / settings.SETTINGS).write_text(content, encoding=encoding)
        assert settings.settings_file() == places[name] / settings.SETTINGS
        assert settings.local_answers() == {"social_noise": "城市管理"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[local", "TOML"),
        ('[local]\nsocial_noise = "城管"'.encode("gbk"), "UTF-8"),
        (b"[lokal]\n", "lokal 处有误：没有这一项"),
        (b"local = 1\n", "local 处有误：应是一段"),
        (b"[local]\nsocial_noise = 1\n", r"local social_noise 处有误：应是引号里的文字"),
    ],
)
def test_settings_that_cannot_be_read_say_what_to_do(places: dict[str, Path], content: bytes, says: str) -> None:
    (places["user"] / settings.SETTINGS).write_bytes(content)
    with pytest.raises(SettingsError, match=says):
        settings.local_answers()
    with pytest.raises(SettingsError, match=says):
        settings.write_settings_template(QUESTIONS)
    assert (places["user"] / settings.SETTINGS).read_bytes() == content


def test_the_template_asks_every_question_and_can_be_filled_in(places: dict[str, Path]) -> None:
    path = settings.write_settings_template(QUESTIONS)
    content = path.read_text(encoding="utf-8")
    assert path == places["env"] / settings.SETTINGS
    assert '# 社会生活噪声：谁管？\nsocial_noise = ""\n' in content
    assert settings.local_answers() == {}
    path.write_text(content.replace('straw_burning = ""', 'straw_burning = "镇政府"'), encoding="utf-8")
    assert settings.local_answers() == {"straw_burning": "镇政府"}


@pytest.mark.parametrize("old", ['# 自己的话\n[local]\nsocial_noise = "公安"', "# 自己的话\n[local]\n", "# 自己的话"])
def test_what_stands_in_the_settings_stays_and_what_lacks_is_added(places: dict[str, Path], old: str) -> None:
    path = places["user"] / settings.SETTINGS
    path.write_text(old, encoding="utf-8")
    assert settings.write_settings_template(QUESTIONS) == path
    content = path.read_text(encoding="utf-8")
    assert content.startswith(old)
    assert content.count("social_noise") == content.count("straw_burning") == 1
    assert settings.local_answers() == ({"social_noise": "公安"} if "公安" in old else {})
    settings.write_settings_template(QUESTIONS)
    assert path.read_text(encoding="utf-8") == content


def test_a_question_is_never_added_where_it_would_not_be_read(places: dict[str, Path]) -> None:
    path = places["user"] / settings.SETTINGS
    path.write_text('local.social_noise = "公安"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="straw_burning 处有误"):
        settings.write_settings_template(QUESTIONS)
    assert settings.local_answers() == {"social_noise": "公安"}


def test_settings_that_cannot_be_written_say_so(places: dict[str, Path]) -> None:
    places["env"].rmdir()
    places["env"].touch()
    with pytest.raises(OutputError, match=r"settings\.toml"):
        settings.write_settings_template(QUESTIONS)
