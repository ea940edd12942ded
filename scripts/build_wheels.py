"""Fill wheels/ for an offline installation on Windows (copy the repository with it and run 安装.bat there).

jieba ships no wheel, so its wheel is made here first; all others are downloaded for the platform named.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JIEBA = "jieba==0.42.1"
# pip reads the conditions of dependencies for the machine it runs on, so what only Windows needs is named here.
WINDOWS_ONLY = ("colorama", "tzdata")


def commands(platform: str, version: str, folder: Path) -> list[list[str]]:
    """Return the pip commands: make two wheels, then download what they need."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    wheel = [*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    target = ["--platform", platform, "--python-version", version, "--only-binary", ":all:"]
    download = [*pip, "download", "--quiet", *target, "--find-links", str(folder), "--dest", str(folder)]
    extra = WINDOWS_ONLY if platform.startswith("win") else ()
    return [[*wheel, JIEBA], [*wheel, str(ROOT)], [*download, "tipclass[fast,web]", *extra]]


def main() -> None:
    """Run the commands and say what lies in the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--platform", default="win_amd64")
    parser.add_argument("--python-version", default="3.12", help="the version installed on the target machine")
    parser.add_argument("--folder", type=Path, default=ROOT / "wheels")
    options = parser.parse_args()
    for command in commands(options.platform, options.python_version, options.folder):
        subprocess.run(command, check=True)
    wheels = sorted(options.folder.glob("*.whl"))
    size = sum(wheel.stat().st_size for wheel in wheels) / 2**20
    target = f"Python {options.python_version} on {options.platform}"
    print(f"{options.folder}: {len(wheels)} wheels, {size:.0f} MB, for {target}")


if __name__ == "__main__":
    main()
