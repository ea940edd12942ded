"""README.md: its console blocks say what the commands print, its Python runs, and it names every command."""

import doctest
import re
import subprocess
from pathlib import Path

import dropped
import pytest
import readme
import typer
from typer.main import get_command

from tipclass import cli

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", list(readme.BLOCK.finditer(PAGE)), ids=lambda block: block["command"][:30])
def test_console_blocks_say_what_is_printed(block) -> None:  # type: ignore[no-untyped-def]
    assert readme.run(block["command"]) == block["output"], "run: python scripts/readme.py"


def test_the_page_has_console_blocks() -> None:
    assert len(readme.BLOCK.findall(PAGE)) >= 3


def test_its_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried >= 4
    assert failed == 0


def commands() -> list[tuple[str, typer.core.TyperCommand]]:
    root = get_command(cli.app)
    found = []
    for name in root.list_commands(None):
        command = root.get_command(None, name)
        assert command.help == cli.COMMANDS[name]
        inner = getattr(command, "commands", None)
        found += [(f"{name} {under}", each) for under, each in inner.items()] if inner else [(name, command)]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_has_help_and_stands_in_the_readme(name: str, command) -> None:  # type: ignore[no-untyped-def]
    assert f"`{name}" in PAGE
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), parameter.name


def test_its_two_commands_are_there() -> None:
    for script in ("try.sh", "test.sh", "environment.sh"):
        assert subprocess.run(["sh", "-n", ROOT / "scripts" / script]).returncode == 0
    assert "sh scripts/try.sh" in PAGE
    assert "sh scripts/test.sh" in PAGE


BATCH_FILES = sorted((ROOT / "scripts").glob("*.bat"))


every_batch_file = pytest.mark.parametrize("path", BATCH_FILES, ids=lambda path: path.stem)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def unquoted(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


@every_batch_file
def test_batch_files_have_windows_line_ends_and_no_mark(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r") > 10
    assert raw.startswith(b"@echo off")


@every_batch_file
def test_batch_files_name_their_code_page_before_the_first_chinese_character(path: Path) -> None:
    before, _, after = path.read_bytes().partition(b"chcp 65001 >nul\r\n")
    assert before.isascii()
    assert not after.isascii()


@every_batch_file
def test_batch_files_close_their_quotes_and_quote_their_paths(path: Path) -> None:
    lines = lines_of(path)
    assert [line for line in lines if line.count('"') % 2] == []
    paths = re.compile(r"%~dp0|%DESK%|[%!]HERE[%!]|!PY!|\.venv|wheels\\|scripts\\")
    commands = [line for line in lines if not line.strip().startswith(("echo", "rem"))]
    assert [line for line in commands if paths.search(unquoted(line))] == []


@every_batch_file
def test_a_path_with_an_exclamation_mark_is_kept(path: Path) -> None:
    lines = lines_of(path)
    assert "DisableDelayedExpansion" in lines[1]
    marks = next((at for at, line in enumerate(lines) if "EnableDelayedExpansion" in line), len(lines))
    assert [line for line in lines[marks:] if "%~dp0" in line] == []


@every_batch_file
def test_what_batch_files_say_ends_no_block_and_starts_no_program(path: Path) -> None:
    said = [line for line in lines_of(path) if line.strip().startswith("echo ")]
    assert said
    assert [line for line in said if re.search(r"[()&|<>^%!]", unquoted(line))] == []


@every_batch_file
def test_batch_files_go_to_labels_that_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"goto :(\w+)", text)) <= set(re.findall(r"(?m)^:(\w+)$", text))
    assert max(map(len, text.splitlines())) < 8191  # what cmd reads of a line


def test_the_icon_on_the_desktop_leads_to_the_desk() -> None:
    lines = lines_of(ROOT / "scripts" / "安装.bat")
    (maker,) = [line for line in lines if line.startswith("powershell")]
    assert "$env:DESK" in maker
    assert "%" not in maker  # cmd would put something else in its place
    (command,) = re.findall(r'-Command "([^"]*)"', maker)
    assert command.count("'") % 2 == 0
    assert re.findall(r"\w+\.lnk", command) == ["受理台.lnk"]
    (named,) = [line for line in lines if line.startswith('set "DESK=')]
    target = named.removeprefix('set "DESK=%~dp0').removesuffix('"')
    assert "-m tipclass serve" in (ROOT / "scripts" / target).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        (r'C:\W\cmd.exe /c ""D:\工具 1\分类.bat" D:\甲&乙.xlsx"', [r"D:\甲&乙.xlsx"]),
        (r'cmd /c ""D:\t\分类.bat" "D:\a b&c.csv" D:\d.docx"', [r"D:\a b&c.csv", r"D:\d.docx"]),
        (r'cmd /c ""D:\t\分类.bat" "', []),
        (r"cmd", []),
    ],
)
def test_dropped_paths_survive_spaces_and_ampersands(line: str, paths: list[str]) -> None:
    assert dropped.dropped_paths(line) == paths
