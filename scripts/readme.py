"""Run the commands of README.md's console blocks and write down what they print; a test holds the two equal."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)


def run(command: str) -> str:
    """Run a command of the README in a folder that has corpora/ and models/, and return all it prints."""
    name, *arguments = shlex.split(command)
    assert name == "tipclass", command
    with tempfile.TemporaryDirectory() as folder:
        for part in ("corpora", "models"):
            (Path(folder) / part).symlink_to(ROOT / part)
        environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
        environment.pop("TIPCLASS_HOME", None)
        program = [sys.executable, "-m", "tipclass", *arguments]
        kept = {"cwd": folder, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        printed = subprocess.run(program, encoding="utf-8", check=True, **kept).stdout
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines() if line.strip())


def refreshed(page: str) -> str:
    """Return the page with every console block's output replaced by what its command prints now."""
    return BLOCK.sub(lambda block: f"```console\n$ {block['command']}\n{run(block['command'])}```", page)


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(refreshed(readme.read_text(encoding="utf-8")), encoding="utf-8")
