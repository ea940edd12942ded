"""Corrections: the labels that reviewers filled in on our workbooks, on their way into the corpora."""

import csv
import hashlib
import io
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tipclass import messages
from tipclass.corpus import LABEL_COLUMNS, SEPARATORS, Corpus, Finding, LabelledTip, read_corpus
from tipclass.envelope import mask_source
from tipclass.errors import CorpusError, TaxonomyError
from tipclass.formulas import disarmed, restored
from tipclass.privacy import mask_each_fully, mask_fully
from tipclass.records import Tip
from tipclass.targets import replacing
from tipclass.taxonomy import Taxonomy

SOURCE = "office"
CORPUS = "corpus"  # stands in the place of a model id where the row is a text of the corpora themselves
COLUMNS = ("id", "text", "labels", "register", "traits", "source", "group")
MAIN, FURTHER, PART, SPAN, ID, MODEL = OURS = (
    messages.COLUMN_CORRECTION,
    messages.COLUMN_FURTHER_CORRECTION,
    messages.COLUMN_PART,
    messages.COLUMN_SPAN,
    messages.COLUMN_ID,
    messages.COLUMN_MODEL,
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reviewer said of one text, masked: its labels (codes, main first) and the ids its row bears.

    `model` is the model that had classified it; `whole` the id of the text it is a part of, empty where it is none;
    `source` and `row` say where it was read.
    """

    text: str
    labels: tuple[str, ...]
    id: str
    model: str
    whole: str
    source: str
    row: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What reviewed workbooks hold: corrections in order, how many rows nobody filled in, and what was refused."""

    corrections: tuple[Correction, ...]
    blank: int
    refused: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What corrections come to beside a corpus.

    taken: texts it lacks; changed: its own texts with the labels they now have; known: how many stand in it like this;
    warnings: texts that stand in it with other labels, too.
    """

    taken: tuple[LabelledTip, ...]
    changed: tuple[LabelledTip, ...]
    known: int
    warnings: tuple[Finding, ...]


# --- reading -------------------------------------------------------------------------------------


def read_reviewed(tips: Sequence[Tip], taxonomy: Taxonomy) -> Reviewed:
    """Read the corrections on rows of our own workbooks.

    A row whose correction cannot be used is refused with the cause. Raises CorpusError when no workbook is ours.
    """
    foreign = dict.fromkeys(tip.source for tip in tips if not _blocks(tip.fields))
    refused = [Finding(source, messages.LEARN_NOT_OURS.format(main=MAIN, model=MODEL)) for source in foreign]
    ours = [tip for tip in tips if tip.source not in foreign]
    if not ours:
        raise CorpusError("\n".join(f"{each.place}：{each.problem}" for each in refused))
    found = []
    for tip in ours:
        try:
            found.append(_correction(tip, taxonomy))
        except (CorpusError, TaxonomyError) as error:
            refused.append(Finding(f"{tip.source}:{tip.row}", str(error)))
    filled = tuple(each for each in found if each)
    return Reviewed(filled, len(found) - len(filled), tuple(refused))


def _correction(tip: Tip, taxonomy: Taxonomy) -> Correction | None:
    """Read the newest correction of a row; None where nobody filled one in."""
    for columns in _blocks(tip.fields):
        cells = {name: tip.fields[columns[name]].strip() if name in columns else "" for name in OURS}
        if cells[MAIN] or cells[FURTHER]:
            return _checked(tip, cells, taxonomy)
    return None


def _checked(tip: Tip, cells: Mapping[str, str], taxonomy: Taxonomy) -> Correction:
    labels = corrected_labels(cells[MAIN], cells[FURTHER], taxonomy)
    if not (cells[ID] and cells[MODEL]):
        raise CorpusError(messages.LEARN_NO_ID.format(id=ID, model=MODEL))
    text = mask_fully((cells[PART] or tip.text).removesuffix(messages.CELL_CUT))
    if not text.strip():
        raise CorpusError(messages.CORPUS_NO_TEXT)
    whole = cells[ID].rpartition("/")[0] if cells[SPAN] else ""
    return Correction(text, labels, cells[ID], cells[MODEL], whole, tip.source, tip.row)


def corrected_labels(main: str, further: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the codes of the categories a reviewer named, the main one first.

    Raises CorpusError or TaxonomyError, saying what to fill in, when they cannot be used.
    """
    if not main:
        raise CorpusError(messages.LEARN_NO_MAIN.format(main=MAIN, further=FURTHER))
    words = SEPARATORS.split(f"{main};{further}")
    labels = tuple(dict.fromkeys(taxonomy.code(word) for word in words if word.strip()))
    alone = taxonomy.set_aside.intersection(labels)
    if alone and len(labels) > 1:
        raise CorpusError(messages.CHECK_SET_ASIDE_ALONE.format(name=taxonomy.name(min(alone))))
    return labels


def _blocks(columns: Iterable[str]) -> list[dict[str, str]]:
    """Return which columns bear our names, the newest set first: a result can be classified again.

    >>> _blocks(["内容", "复核类别", "模型标识", "复核类别(系统)", "模型标识(系统)"])[0]["复核类别"]
    '复核类别(系统)'
    """
    blocks: list[dict[str, str]] = [{}]
    for column in columns:
        name = next((name for name, pattern in PATTERNS.items() if pattern.fullmatch(column)), None)
        if name:
            blocks[-1][name] = column
        if name == MODEL:
            blocks.append({})
    return [block for block in reversed(blocks) if MAIN in block]


def _pattern(name: str) -> re.Pattern[str]:
    """Match a column name of ours, as it is or with the mark it got where an input bore it already."""
    marked = (messages.OURS.format(name=name), messages.OURS_AGAIN.format(name=name, number="\0"))
    return re.compile("|".join(re.escape(each).replace("\0", r"\d{1,9}") for each in (name, *marked)))


PATTERNS = {name: _pattern(name) for name in OURS}


# --- learning ------------------------------------------------------------------------------------


def learn(corrections: Sequence[Correction], corpus: Corpus, stamp: str) -> Learned:
    """Turn corrections into labelled tips, but for those the corpus holds already; `stamp` begins their ids.

    A row of the corpora themselves, found by its id and text, gets its new labels; any other text is taken.
    """
    held: dict[str, list[LabelledTip]] = {}
    for tip, masked in zip(corpus.tips, mask_each_fully(corpus.texts), strict=True):
        held.setdefault(_key(masked), []).append(tip)
    taken, changed, warnings = [], [], []
    for each in corrections:
        others = held.setdefault(_key(each.text), [])
        if any(_agrees(other, each.labels) for other in others):
            continue
        own = next((tip for tip in others if each.model == CORPUS and tip.id == each.id), None)
        others[:] = [other for other in others if other is not own]
        warnings += [_warning(each, other, corpus.taxonomy) for other in others]
        if own:
            changed.append(replace(own, labels=each.labels))
        else:
            taken.append(_labelled(each, stamp))
        others.append(LabelledTip("", each.text, each.labels, place=_place(each)))
    known = len(corrections) - len(taken) - len(changed)
    return Learned(tuple(taken), tuple(changed), known, tuple(warnings))


def _key(text: str) -> str:
    return "".join(text.split())


def _agrees(tip: LabelledTip, labels: Sequence[str]) -> bool:
    return tip.labels[0] == labels[0] and set(tip.labels) == set(labels)


def _place(correction: Correction) -> str:
    return f"{correction.source}:{correction.row}"


def _warning(correction: Correction, other: LabelledTip, taxonomy: Taxonomy) -> Finding:
    names = "、".join(map(taxonomy.name, other.labels))
    return Finding(_place(correction), messages.LEARN_OTHER_LABELS.format(other=other.place, names=names))


def _labelled(correction: Correction, stamp: str) -> LabelledTip:
    """Return a correction as a tip whose id says when and where it was read and which model it corrects."""
    # The parts of one letter stand together in a fold; their own id may be a file number and stays at the desk.
    whole = hashlib.sha256(correction.whole.encode()).hexdigest()[:8]
    file = mask_source(correction.source.removesuffix(f"#{messages.SHEET_RESULT}"))
    return LabelledTip(
        id=f"{stamp}/{correction.model}/{file}#{correction.row}",
        text=correction.text,
        labels=correction.labels,
        source=SOURCE,
        group=f"{stamp}/{whole}" if correction.whole else "",
    )


# --- the corpora ---------------------------------------------------------------------------------


def tips_folder(output: Path) -> Path:
    """Return the folder that labelled tips are kept in: the one named, or `tips` in it."""
    return output / "tips" if (output / "tips").is_dir() else output


def read_folder(folder: Path, taxonomy: Taxonomy) -> Corpus:
    """Read the labelled tips of a folder, which may have none yet."""
    tips = read_corpus([folder], taxonomy)[0] if any(folder.glob("*.csv")) else []
    return Corpus(tuple(tips), taxonomy)


def free_stamp(folder: Path, day: date) -> str:
    """Return the day with the first number that no file of the folder bears."""
    stamps = (f"{day.isoformat()}-{number}" for number in itertools.count(1))
    return next(stamp for stamp in stamps if not (folder / f"{stamp}.csv").exists())


def store(learned: Learned, folder: Path, stamp: str) -> Path | None:
    """Write changed labels into the files they stand in and what was taken into a new one; return that, if any."""
    by_file: dict[str, list[LabelledTip]] = {}
    for tip in learned.changed:
        by_file.setdefault(tip.place.rpartition(":")[0], []).append(tip)
    for name, tips in by_file.items():
        _relabel(folder / name, tips)
    if not learned.taken:
        return None
    path = folder / f"{stamp}.csv"
    _write(path, [COLUMNS, *(map(disarmed, _cells(tip)) for tip in learned.taken)], "utf-8", "\n")
    return path


def _cells(tip: LabelledTip) -> list[str]:
    return [tip.id, tip.text, ";".join(tip.labels), tip.register, ";".join(tip.traits), tip.source, tip.group]


def _relabel(path: Path, tips: Sequence[LabelledTip]) -> None:
    """Write the labels of tips into the rows they were read from; all else stays as it is."""
    raw = path.read_bytes()
    try:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    except UnicodeDecodeError:
        rows = []
    columns = [rows[0].index(name) for name in LABEL_COLUMNS if rows and name in rows[0]]
    for tip in tips:
        number = int(tip.place.rpartition(":")[2]) - 1
        if not columns or _key(tip.text) not in [_key(restored(cell)) for cell in rows[number]]:
            raise CorpusError(messages.LEARN_CANNOT_CHANGE.format(path=path))
        rows[number][columns[0]] = ";".join(tip.labels)
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
    _write(path, rows, encoding, "\r\n" if raw.partition(b"\n")[0].endswith(b"\r") else "\n")


def _write(path: Path, rows: Iterable[Iterable[str]], encoding: str, line_end: str) -> None:
    with replacing(path) as part, part.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, lineterminator=line_end).writerows(rows)
