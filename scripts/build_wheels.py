"""Fill wheels/ for an offline installation on Windows (copy the repository with it and run 安装.bat there).

    python scripts/build_wheels.py [--python-version 3.12] [--platform win_amd64] [--folder wheels]

Everything is what requirements.lock names, held to its SHA-256; the wheels of jieba, which ships none, and of tipclass
are made here. The folder gets a lock of its own, with the SHA-256 of each wheel in it, which the installation holds to.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pip._vendor.packaging.markers import Marker  # what runs this has pip, but nothing else for certain

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "scripts" / "requirements.lock"
NO_WHEEL = "jieba"
_ENTRY = re.compile(r"(?m)^[a-z](?:.*\\\n)*.*\n")
_HEAD = re.compile(r"(?P<name>[\w.-]{1,80})==[^\s;\\]{1,40}(?: ; (?P<marker>[^\\\n]{1,200}?))?(?= \\)")
# What the conditions of the lock ask, by the beginning of a platform's name; pip would answer for this machine.
SYSTEMS = {"win": ("win32", "Windows"), "macosx": ("darwin", "Darwin"), "": ("linux", "Linux")}


def chosen(lock: str, platform: str, version: str) -> dict[str, str]:
    """Return what of a lock file is for a platform and a version of Python: name, and entry without its condition.

    >>> chosen("a==1 ; sys_platform == 'win32' \\\\\\n    --hash=sha256:0\\n", "win_amd64", "3.12")
    {'a': 'a==1 \\\\\\n    --hash=sha256:0\\n'}
    >>> chosen("a==1 ; python_full_version < '3.12' \\\\\\n    --hash=sha256:0\\n", "win_amd64", "3.12")
    {}
    """
    sys_platform, system = next(names for name, names in SYSTEMS.items() if platform.startswith(name))
    asked = {"sys_platform": sys_platform, "platform_system": system}
    asked |= {"python_version": version, "python_full_version": f"{version}.0"}
    heads = ((entry, _HEAD.match(entry)) for entry in _ENTRY.findall(lock))
    return {
        head["name"]: entry.replace(f" ; {head['marker']}", "", 1)
        for entry, head in heads
        if head and (not head["marker"] or Marker(head["marker"]).evaluate(asked))
    }


def commands(platform: str, version: str, folder: Path, made: Path, loaded: Path) -> list[list[str]]:
    """Return the pip commands: make the wheels of one list and of this project, download those of the other."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    wheel = [*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    target = ["--platform", platform, "--python-version", version, "--only-binary", ":all:", "--no-deps"]
    held = ["--require-hashes", "-r"]
    return [
        [*wheel, *held, str(made)],
        [*wheel, str(ROOT)],
        [*pip, "download", "--quiet", *target, "--dest", str(folder), *held, str(loaded)],
    ]


def own_lock(folder: Path) -> Iterator[str]:
    """Yield an entry for each wheel of a folder, with its SHA-256."""
    for path in sorted(folder.glob("*.whl")):
        name, version = path.name.split("-")[:2]
        yield f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def main() -> None:
    """Run the commands and say what lies in the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", default="win_amd64")
    parser.add_argument("--python-version", default="3.12", help="the version installed on the target machine")
    parser.add_argument("--folder", type=Path, default=ROOT / "wheels")
    options = parser.parse_args()
    folder, entries = options.folder, chosen(LOCK.read_text("utf-8"), options.platform, options.python_version)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.whl"):  # of another version
        old.unlink()
    with tempfile.TemporaryDirectory() as lists:
        made, loaded = Path(lists, "made.txt"), Path(lists, "loaded.txt")
        made.write_text(entries.pop(NO_WHEEL), encoding="utf-8")
        loaded.write_text("".join(entries.values()), encoding="utf-8")
        for command in commands(options.platform, options.python_version, folder, made, loaded):
            subprocess.run(command, check=True)
    (folder / LOCK.name).write_text("".join(own_lock(folder)), encoding="utf-8")
    wheels = list(folder.glob("*.whl"))
    size = sum(wheel.stat().st_size for wheel in wheels) / 2**20
    target = f"Python {options.python_version} on {options.platform}"
    print(f"{folder}: {len(wheels)} wheels, {size:.0f} MB, for {target}")


if __name__ == "__main__":
    main()
