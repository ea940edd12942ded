"""What is installed is locked by hash, its licences are listed, and consoles of any encoding are told."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import build_wheels
import lock
import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def asked_for(extras: tuple[str, ...]) -> set[str]:
    optional = PROJECT["optional-dependencies"]
    return {lock.canonical(each) for each in (*PROJECT["dependencies"], *(n for e in extras for n in optional[e]))}


@pytest.mark.parametrize("name", lock.EXTRAS)
def test_everything_asked_for_is_locked_with_hashes(name: str) -> None:
    text = (lock.FOLDER / name).read_text(encoding="utf-8")
    assert asked_for(lock.EXTRAS[name]) <= set(lock.locked(text))
    entries = re.split(r"(?m)^(?=[a-z])", re.sub(r"(?m)^\s*#.*\n", "", text))[1:]
    assert len(entries) >= len(lock.locked(text)) > 20
    assert not [each for each in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", each)]


def test_every_licence_is_listed() -> None:
    licences = dict(lock.known())
    wanted = {name for each in lock.EXTRAS for name in lock.locked((lock.FOLDER / each).read_text(encoding="utf-8"))}
    assert set(licences) == wanted
    assert all(licences.values())


def test_the_installation_scripts_install_what_is_locked() -> None:
    for script, ways in (("environment.sh", 1), ("安装.bat", 2)):
        text = (ROOT / "scripts" / script).read_text(encoding="utf-8")
        assert text.count("--require-hashes -r") == ways
        assert "requirements.lock" in text


def test_wheels_for_an_offline_installation_are_what_is_locked_for_its_system() -> None:
    lock_file = build_wheels.LOCK.read_text(encoding="utf-8")
    windows, linux = (build_wheels.chosen(lock_file, platform, "3.12") for platform in ("win_amd64", "manylinux_2_28"))
    assert set(windows) == set(lock.locked(lock_file))
    assert set(windows) - set(linux) == {"colorama", "psutil"}
    older = build_wheels.chosen(lock_file, "win_amd64", "3.11")
    assert set(older) == set(windows)
    assert older["numpy"] != windows["numpy"]
    assert not [entry for entry in windows.values() if " ; " in entry or "--hash=sha256:" not in entry]


def test_no_wheel_is_made_or_fetched_that_is_not_held_to_its_hash(tmp_path: Path) -> None:
    made, ours, fetched = build_wheels.commands("win_amd64", "3.12", tmp_path, Path("made"), Path("fetched"))
    assert made[-3:] == ["--require-hashes", "-r", "made"]
    assert ours[-1] == str(ROOT)
    assert fetched[-3:] == ["--require-hashes", "-r", "fetched"]
    assert all("--no-deps" in command for command in (made, ours, fetched))
    (tmp_path / "a_b-1.0-py3-none-any.whl").write_bytes(b"")
    assert list(build_wheels.own_lock(tmp_path)) == [f"a_b==1.0 --hash=sha256:{hashlib.sha256().hexdigest()}\n"]


# A console's encoding is settled when Python starts: one start for all of these, and what each ends with.
CONSOLE = """
import sys
from tipclass.cli import main
for line in sys.argv[1:]:
    sys.argv = ["tipclass", *line.split("|")]
    try:
        main()
    except SystemExit as leaving:
        print(f"= {leaving.code or 0}")
"""
LINES = {
    "--help": 0, "predict|--help": 0, "explain|有人电鱼\U0001f600": 0, "predict|没有.csv": 3, "predict|线索.csv": 0,
    "models|list": 0,
}  # fmt: skip
RARER = [pytest.param(name, marks=pytest.mark.slow) for name in ("cp1252", "utf-8")]


@pytest.mark.parametrize("encoding", ["gbk", "ascii", *RARER])
def test_a_console_of_any_encoding_is_told(encoding: str, models: Path, tmp_path: Path) -> None:
    (tmp_path / "线索.csv").write_text("内容\n有人电鱼\U0001f600\u202e\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUTF8"}
    environment |= {"PYTHONIOENCODING": encoding, "TIPCLASS_HOME": str(models.parent)}
    run = subprocess.run(
        [sys.executable, "-c", CONSOLE, *LINES], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    # The library of the help pages writes UTF-8 where a console says it is ASCII: most that say so are not.
    out, err = run.stdout.decode(encoding, "backslashreplace"), run.stderr.decode(encoding)
    assert [int(code) for code in re.findall(r"(?m)^= (\d+)", out)] == list(LINES.values()), err
    assert "Traceback" not in out + err
    if encoding in ("gbk", "utf-8"):
        assert "非法捕捞" in out
        assert "没有.csv" in err
    else:
        assert (out + err).isascii() or encoding == "cp1252"
