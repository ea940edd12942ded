"""Look for input that makes the program fail: hypothesis against the readers, each station of the line, the commands.

    python scripts/fuzz.py --minutes 60 [--only NAME]

A file may be refused with a sentence; anything else that is raised is printed with the smallest input that raises it,
and the exit code is 1. The suite runs the same targets for a few examples each.
"""

import argparse
import contextlib
import importlib.util
import io
import os
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tipclass import cli, messages
from tipclass.clean import clean, clean_aligned
from tipclass.disguise import mask_informant
from tipclass.elements import extract
from tipclass.errors import InputError
from tipclass.model import Model
from tipclass.office import Office, load_office
from tipclass.passages import split
from tipclass.readers import READERS, read_stream
from tipclass.records import Tip
from tipclass.settings import corpora_folder
from tipclass.store import open_model
from tipclass.triage import triage

DAY = date(2026, 11, 1)
# Pieces that mean something to some station, beside whatever hypothesis invents.
PIECES = (
    "有人在河里电鱼", "举报人：张三", "我叫李四，", "电话13800000000", "京A12345", "1", "一、", "（二）", "第3条", "｜",
    "2026年13月45日", "3万元", "5.5公斤", "http://a.cn/x", "a@b.cn", "身份证110101199003070011", "清江市临河区", "|",
    "有限公司", "\t", "\n", "\r", "\0", "\x1b[2J", "\u202e", "\u200b", "\ufeff", "\ud800", "\U0001f600", "e\u0301",
    "　", "&amp;", "<b>", "転載", "ａ１", "“", "：", "。",
)  # fmt: skip
TEXTS = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)
SOUND = TEXTS.map(lambda text: text.encode("utf-8", "replace").decode())  # as readers give it
CODED = TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))
ENDED_WELL = {0, 2, 3, 4, 5}  # the exit codes of a command that did what it could


class Unmended(Exception):
    """A parser failed in the sandbox: a sentence says so, but it is ours to mend."""


@cache
def samples(suffix: str) -> tuple[bytes, ...]:
    """Return sound files of a kind, to be damaged."""
    from test_readers import GRID, csv_text, jsonl_text, ods, xls

    written = {".xls": xls(GRID), ".ods": ods(GRID), ".tsv": csv_text(GRID, "\t").encode()}
    written |= {".jsonl": jsonl_text(GRID).encode(), ".txt": "有人在河里电鱼\n".encode(), ".parquet": _parquet(GRID)}
    folder = corpora_folder() / "samples"
    found = folder.rglob(f"*{suffix.replace('xlsm', 'xlsx')}")
    return (written[suffix],) if suffix in written else tuple(path.read_bytes() for path in sorted(found))


def _parquet(rows: Sequence[Sequence[object]]) -> bytes:
    """Return rows as parquet; without its library, which reading it needs too, only the marks at both ends."""
    if not importlib.util.find_spec("pyarrow"):
        return b"PAR1PAR1"
    table = io.BytesIO()
    heads, *others = [[str(cell) for cell in row] for row in rows]
    pd.DataFrame(others, columns=heads).to_parquet(table)
    return table.getvalue()


@st.composite
def damaged(draw: st.DrawFn, suffix: str) -> bytes:
    """Draw a sound file with some bytes changed; of a package, the bytes of one part."""
    raw = draw(st.sampled_from(samples(suffix)))
    if not raw.startswith(b"PK") or draw(st.integers(0, 3)) == 0:
        return _changed(draw, raw)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part, inside in (parts | {name: _changed(draw, parts[name])}).items():
            package.writestr(part, inside)
    return target.getvalue()


def _changed(draw: st.DrawFn, raw: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 30)))
        raw = raw[:start] + draw(st.binary(max_size=12) | st.just(raw[start:end] * 3)) + raw[end:]
    return raw


@cache
def _model() -> Model:
    return open_model()


@cache
def _office() -> Office:
    return load_office(DAY)


# --- targets -------------------------------------------------------------------------------------


def read(suffix: str) -> Callable[[bytes], None]:
    """Return what reads bytes as a kind of file."""

    def target(raw: bytes) -> None:
        try:
            read_stream(raw, suffix[1:])
        except InputError as refusal:
            if messages.PARSER_FAILED in str(refusal):
                raise Unmended(suffix) from None

    return target


def look(text: str) -> None:
    """Send a text through each station that takes one."""
    clean(text)
    assert clean_aligned(text).text == clean(text)
    mask_informant(text)
    for part in split(text):
        assert 0 <= part.start <= part.end <= len(text)
    for element in extract(text, DAY):
        assert text[element.start : element.end] == element.text


def judge(texts: list[str]) -> None:
    """Classify texts, with all notes."""
    tips = [Tip(str(at), text) for at, text in enumerate(texts)]
    assert len(triage(tips, _model(), office=_office())) == len(texts)


def command(arguments: list[str]) -> None:
    """Run the command line as a whole on a table, in a folder of its own: results may lie beside it."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder, "work")
        work.mkdir()
        _command(arguments, work)


def _command(arguments: list[str], work: Path) -> None:
    with contextlib.chdir(work):
        Path("a.csv").write_text(f"内容,备注\n有人电鱼,{''.join(arguments)[:200]}\n", "utf-8", "replace")
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
            code = _exit_code(arguments)
    assert code in ENDED_WELL, said.getvalue()


def _exit_code(arguments: list[str]) -> int:
    before = sys.argv
    sys.argv = ["tipclass", *arguments]
    try:
        cli.main()
    except SystemExit as leaving:
        return int(leaving.code or 0)
    finally:
        sys.argv = before
    return 0


WORDS = TEXTS.map(lambda text: text.replace("\0", ""))
COMMANDS = st.one_of(
    st.tuples(st.sampled_from(("explain", "predict", "link")), WORDS).map(list),
    st.tuples(st.just("explain"), WORDS, st.sampled_from(("--json", "--mask", "--top=5"))).map(list),
    st.tuples(
        st.sampled_from(("predict", "link")),
        st.just("a.csv"),
        st.sampled_from(("--text-column", "--id-column", "--sheet", "--encoding", "--model", "-o", "--format")),
        WORDS,
    ).map(list),
)

Target = tuple[st.SearchStrategy, Callable[..., None]]
TARGETS: dict[str, Target] = {
    **{f"bytes{suffix}": (st.binary(max_size=2000), read(suffix)) for suffix in READERS},
    **{f"damaged{suffix}": (damaged(suffix), read(suffix)) for suffix in READERS},
    **{f"text{suffix}": (CODED, read(suffix)) for suffix in (".csv", ".tsv", ".jsonl", ".txt")},
    "look": (TEXTS, look),
    "judge": (st.lists(SOUND, max_size=5), judge),
    "command": (COMMANDS, command),
}


def run(name: str, *, examples: int, random: bool = False) -> None:
    """Run a target on so many examples; raises what it raises, with the smallest example."""
    strategy, target = TARGETS[name]
    profile = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=not random,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    profile(given(strategy)(target))()


def main() -> int:
    """Run the targets in turn until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--only", choices=TARGETS, action="append")
    options = parser.parse_args()
    end, tried, failed = time.monotonic() + 60 * options.minutes, 0, set[str]()
    while time.monotonic() < end:
        for name in options.only or TARGETS:
            if name in failed or time.monotonic() > end:
                continue
            tried += 100
            try:
                run(name, examples=100, random=True)
            except Exception:
                failed.add(name)
                print(f"== {name}\n{traceback.format_exc(limit=-6)}", flush=True)
    print(f"{tried} examples, failed: {', '.join(sorted(failed)) or 'none'}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parent.parent / "tests"))
    os.environ.setdefault("TIPCLASS_HOME", str(corpora_folder().parent))
    sys.exit(main())
