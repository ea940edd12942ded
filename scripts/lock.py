"""Lock what the installation scripts install: versions and SHA-256 of every file, for all systems and Python 3.11 on.

    python scripts/lock.py [--check]

Writes requirements.lock (to use the program) and requirements-test.lock (to work on it) with uv, which must be on the
path, and licences.csv with what the installed packages say of themselves. --check writes nothing: it asks whether
Python 3.11 to 3.13 have wheels for all that is locked, on Windows, Linux and macOS (jieba, which ships none, excepted).
"""

import argparse
import csv
import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "scripts"
EXTRAS = {"requirements.lock": ("fast", "web"), "requirements-test.lock": ("cluster", "fast", "quality", "web", "test")}
LICENCES = FOLDER / "licences.csv"
HEADER = ("name", "version", "licence")
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = ("windows", "linux", "macos")
NO_WHEEL = "jieba"
_LOCKED = re.compile(r"(?m)^([\w.-]{1,80})==([^\s;\\]{1,40})")


def canonical(name: str) -> str:
    """Write a package's name as the index does.

    >>> canonical("ahocorasick_rs>=1.0,<2"), canonical("Jinja2")
    ('ahocorasick-rs', 'jinja2')
    """
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name, maxsplit=1)[0]).lower()


def locked(lock: str) -> dict[str, str]:
    """Return the version of each package of a lock file."""
    return {canonical(name): version for name, version in _LOCKED.findall(lock)}


def licence(name: str) -> str:
    """Return what an installed package says of its licence: the expression, the classifiers, or the field itself."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    kinds = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    field = (told.get("License") or "").strip().splitlines()
    return told.get("License-Expression") or "; ".join(kinds) or (field[0] if field else "")


def write_licences(versions: dict[str, str]) -> None:
    """Write the table; what is not installed here keeps what the table said."""
    before = dict(known())
    rows = [(name, version, licence(name) or before.get(name, "")) for name, version in sorted(versions.items())]
    with LICENCES.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([HEADER, *rows])


def known() -> Iterator[tuple[str, str]]:
    """Yield name and licence of each row of the table."""
    if LICENCES.exists():
        with LICENCES.open(encoding="utf-8", newline="") as source:
            yield from ((row["name"], row["licence"]) for row in csv.DictReader(source))


def write_locks() -> None:
    """Resolve pyproject.toml anew."""
    options = ["--universal", "--python-version", PYTHONS[0], "--generate-hashes", "--no-header", "--upgrade"]
    for name, extras in EXTRAS.items():
        chosen = [option for extra in extras for option in ("--extra", extra)]
        command = ["uv", "pip", "compile", "--quiet", *options, *chosen, "pyproject.toml", "-o", str(FOLDER / name)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def has_wheels(lock: Path, python: str, platform: str) -> bool:
    """Ask whether all that is locked can be had as wheels; nothing is installed."""
    target = ["--python-version", python, "--python-platform", platform]
    wheels = ["--only-binary", ":all:", "--no-binary", NO_WHEEL, "--no-header"]
    command = ["uv", "pip", "compile", "--quiet", *target, *wheels, str(lock)]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


def main() -> int:
    """Write all files, or check that there are wheels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    locks = [FOLDER / name for name in EXTRAS]
    if parser.parse_args().check:
        asked = list(itertools.product(locks, PYTHONS, PLATFORMS))
        missing = [each for each in asked if not has_wheels(*each)]
        for lock, python, platform in missing:
            print(f"{lock.name}: not all wheels are there for Python {python} on {platform}")
        print(f"{len(asked) - len(missing)} of {len(asked)} have all wheels")
        return int(bool(missing))
    write_locks()
    write_licences({name: of for lock in locks for name, of in locked(lock.read_text(encoding="utf-8")).items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
