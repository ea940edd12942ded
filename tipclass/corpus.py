"""The corpus: tips with the labels people gave them, read, checked and split into folds."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tipclass import messages
from tipclass.errors import CorpusError, InputError, TaxonomyError
from tipclass.points import code_points
from tipclass.readers import read_table
from tipclass.tables import Table
from tipclass.taxonomy import LOOSE_SEPARATORS, Taxonomy, split_labels

FOLDS = 6
RUN = 8  # characters; half of a text's runs standing in another text makes a near-repeat
MOST_OWNERS = 20
BLOCK = 1_000
TEXT_COLUMNS = ("text", "内容", "正文")
LABEL_COLUMNS = ("labels", "label", "类别", "标签")
REGISTER_COLUMNS = ("register", "genre")
FURTHER_COLUMNS = ("id", "traits", "source", "group")
SEPARATORS = re.compile(r"[;；、|]")  # of traits


@dataclass(frozen=True, slots=True)
class LabelledTip:
    """A tip with its labels (codes, main first) and what else its corpus says of it; `place` is file:row."""

    id: str
    text: str
    labels: tuple[str, ...]
    register: str = ""
    traits: tuple[str, ...] = ()
    source: str = ""
    group: str = ""
    place: str = ""


@dataclass(frozen=True)
class Corpus:
    """Labelled tips under one taxonomy; `left_out` are rows that could not be used, where that was allowed."""

    tips: tuple[LabelledTip, ...]
    taxonomy: Taxonomy
    left_out: tuple["Finding", ...] = ()

    @property
    def texts(self) -> list[str]:
        """The raw texts."""
        return [tip.text for tip in self.tips]

    @property
    def main(self) -> NDArray[np.int64]:
        """The column of each tip's main label, shape (tips,)."""
        return np.array([self.taxonomy.codes.index(tip.labels[0]) for tip in self.tips], dtype=np.int64)

    @property
    def indicator(self) -> NDArray[np.int64]:
        """All labels as an indicator matrix, shape (tips, categories)."""
        matrix = np.zeros((len(self.tips), len(self.taxonomy.codes)), dtype=np.int64)
        for row, tip in enumerate(self.tips):
            matrix[row, [self.taxonomy.codes.index(label) for label in tip.labels]] = 1
        return matrix


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a corpus: where, and what."""

    place: str
    problem: str


def load_corpus(sources: Sequence[Path], taxonomy: Taxonomy, *, leave_out: bool = False) -> Corpus:
    """Read labelled tips from files, or from folders: their tips/*.csv, else their *.csv.

    A file is a csv, tsv, jsonl or xlsx with `text` and `labels` (codes, names or aliases; `;` between), optionally id,
    group and register. Raises CorpusError for the first row that cannot be used, naming file and row, unless such rows
    may be left out.

    >>> from tipclass.settings import corpora_folder
    >>> from tipclass.taxonomy import load_taxonomy
    >>> taxonomy = load_taxonomy(corpora_folder() / "taxonomy.toml")
    >>> corpus = load_corpus([corpora_folder() / "tips" / "note-a01.csv"], taxonomy)
    >>> corpus.indicator.shape == (len(corpus.texts), len(taxonomy.codes))
    True
    """
    tips, findings = read_corpus(sources, taxonomy)
    if findings and not leave_out:
        first, rest = findings[0], len(findings) - 1
        more = messages.AND_MORE.format(count=rest) if rest else ""
        raise CorpusError(messages.CORPUS_ROW.format(place=first.place, problem=first.problem, more=more))
    if not tips:
        raise CorpusError(messages.CORPUS_EMPTY.format(source="、".join(source.name for source in sources)))
    return Corpus(tuple(tips), taxonomy, tuple(findings))


def read_corpus(sources: Sequence[Path], taxonomy: Taxonomy) -> tuple[list[LabelledTip], list[Finding]]:
    """Read labelled tips, and what is wrong with the rows that cannot be used."""
    tips: list[LabelledTip] = []
    findings: list[Finding] = []
    for path in _files(sources):
        for table in _tables(path):
            for row, cells in _rows(table):
                try:
                    tips.append(_tip(row, cells, table.source, taxonomy))
                except (CorpusError, TaxonomyError) as error:
                    findings.append(Finding(f"{table.source}:{row}", str(error)))
    return tips, findings


def fingerprint(corpus: Corpus) -> str:
    """Return the SHA-256 of texts and labels, whatever their order."""
    lines = sorted(f"{tip.text}\t{';'.join(tip.labels)}" for tip in corpus.tips)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def label_words(sources: Sequence[Path]) -> set[str]:
    """Return every word that stands as the label of a text in a corpus.

    What is written with `、` or `|` is one word, unless each part of it stands as a label elsewhere.
    """
    rows = (cells for path in _files(sources) for table in _tables(path) for _, cells in _rows(table))
    words = {word for row in rows if row["text"].strip() for word in split_labels(row["labels"], lambda word: True)}
    return {word for word in words if len(parts := LOOSE_SEPARATORS.split(word)) == 1 or not words.issuperset(parts)}


def unused_columns(sources: Sequence[Path]) -> list[str]:
    """Return the columns of a corpus that nothing is read from, in first-seen order."""
    used = {*TEXT_COLUMNS, *LABEL_COLUMNS, *REGISTER_COLUMNS, *FURTHER_COLUMNS}
    columns = (name for path in _files(sources) for table in _tables(path) for name in table.columns)
    return [name for name in dict.fromkeys(columns) if name.strip().casefold() not in used]


def _files(sources: Sequence[Path]) -> Iterator[Path]:
    for source in sources:
        if not source.exists():
            raise CorpusError(messages.CORPUS_MISSING.format(path=source))
        if source.is_file():
            yield source
            continue
        folder = source / "tips" if (source / "tips").is_dir() else source
        found = sorted(folder.glob("*.csv"))
        if not found:
            raise CorpusError(messages.CORPUS_FOLDER_EMPTY.format(path=source))
        yield from found


def _tables(path: Path) -> list[Table]:
    try:
        return read_table(path)
    except InputError as error:
        raise CorpusError(str(error)) from error


def _rows(table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield row number and cells under our own column names."""
    names = {name.strip().casefold(): place for place, name in enumerate(table.columns)}
    places = {"text": _column(names, TEXT_COLUMNS, table), "labels": _column(names, LABEL_COLUMNS, table)}
    places |= {key: names[key] for key in FURTHER_COLUMNS if key in names}
    register = next((names[key] for key in REGISTER_COLUMNS if key in names), None)
    if register is not None:
        places["register"] = register
    for row, cells in table.rows:
        yield row, {key: cells[place] for key, place in places.items()}


def _column(names: dict[str, int], usual: Sequence[str], table: Table) -> int:
    for name in usual:
        if name in names:
            return names[name]
    raise CorpusError(
        messages.CORPUS_COLUMN.format(path=table.source, usual="、".join(usual), columns="、".join(table.columns))
    )


def _tip(row: int, cells: dict[str, str], source: str, taxonomy: Taxonomy) -> LabelledTip:
    labels = taxonomy.labels(cells["labels"])
    if not labels:
        raise CorpusError(messages.CORPUS_NO_LABEL)
    if not cells["text"].strip():
        raise CorpusError(messages.CORPUS_NO_TEXT)
    return LabelledTip(
        id=cells.get("id") or f"{source}#{row}",
        text=cells["text"],
        labels=labels,
        register=cells.get("register", ""),
        traits=tuple(filter(None, SEPARATORS.split(cells.get("traits", "")))),
        source=cells.get("source", ""),
        group=cells.get("group", ""),
        place=f"{source}:{row}",
    )


def run_shares(texts: Sequence[str]) -> tuple[NDArray[np.float64], list[tuple[int, int]]]:
    """Return the share of each text's 8-character runs that stand in other texts, and the pairs sharing half of them.

    Shapes: (texts,), and pairs of row numbers, the smaller first; half is counted of the shorter text.
    """
    hashes = [_runs(text) for text in texts]
    lengths = np.array([max(1, len(each)) for each in hashes])
    owners = np.repeat(np.arange(len(texts)), [len(each) for each in hashes])
    runs = np.concatenate([np.zeros(0, dtype=np.uint64), *hashes])
    order = np.argsort(runs, kind="stable")
    owners, begins = owners[order], np.flatnonzero(np.diff(runs[order], prepend=~runs[order][:1]))
    counts = np.diff(begins, append=len(runs))
    shared = np.repeat(counts > 1, counts)
    shares = np.bincount(owners[shared], minlength=len(texts)) / lengths
    # What stands in very many texts is furniture: only its first owners are paired.
    early = shared & (np.arange(len(runs)) - np.repeat(begins, counts) < MOST_OWNERS)
    columns = np.repeat(np.arange(len(counts)), counts)
    return shares, _sharing(owners[early], columns[early], lengths)


def _sharing(rows: NDArray[np.int64], columns: NDArray[np.int64], lengths: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the pairs of rows that share at least half as many columns as the shorter has; lengths: (rows,)."""
    from scipy import sparse

    shape = (len(lengths), int(columns.max(initial=-1)) + 1)
    table = sparse.csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape)
    turned = table.T.tocsr()
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(lengths), BLOCK):  # of rows, for the sake of memory
        common = sparse.triu(table[start : start + BLOCK] @ turned, k=start + 1)
        one, two = common.row + start, common.col
        half = common.data >= 0.5 * np.minimum(lengths[one], lengths[two])
        pairs += zip(one[half].tolist(), two[half].tolist(), strict=True)
    return sorted(pairs)


def _runs(text: str) -> NDArray[np.uint64]:
    """Return the distinct hashes of a text's 8-character runs, white space left out."""
    points = code_points("".join(text.split())).astype(np.uint64)
    if len(points) < RUN:
        return points[:0]
    places = len(points) - RUN + 1
    hashed = np.zeros(places, dtype=np.uint64)
    for offset in range(RUN):
        hashed = hashed * np.uint64(1_000_003) ^ points[offset : offset + places]
    return np.unique(hashed)


def groups(corpus: Corpus) -> NDArray[np.int64]:
    """Return a group number for each tip, shape (tips,): tips of one named group and near-repeats share it."""
    parent = list(range(len(corpus.tips)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    first_of: dict[str, int] = {}
    for row, tip in enumerate(corpus.tips):
        if tip.group:
            parent[root(row)] = root(first_of.setdefault(tip.group, row))
    for one, two in run_shares(corpus.texts)[1]:
        parent[root(two)] = root(one)
    return np.array([root(row) for row in range(len(parent))], dtype=np.int64)


Fold = tuple[NDArray[np.int64], NDArray[np.int64]]


def folds(corpus: Corpus, *, seed: int = 0, count: int = FOLDS) -> list[Fold]:
    """Split into (train rows, test rows) pairs; no group stands on both sides.

    A register in which several categories are written is left out whole, since folds among texts of one voice promise
    more than real text keeps. A register of one category only (statutes, all of which are no tips) is dealt out by
    groups: left out whole, it would ask for a kind of document never seen. So is a corpus that names no registers, and
    a category whose texts would all be left out at once. A text that no other shares a category with is never scored.
    """
    group, indicator = groups(corpus), corpus.indicator
    part = _parts(corpus, (np.random.default_rng(seed).permutation(len(group)) % count)[group], count)
    pairs = [_pair(part == number, group, indicator) for number in np.unique(part)]
    kept = [(train, test) for train, test in pairs if test.size and not indicator[train].all(axis=0).any()]
    if not kept:
        raise CorpusError(messages.CORPUS_TOO_SMALL)
    return kept


def _parts(corpus: Corpus, dealt: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the fold each tip is scored in: that of its register, or the one it is dealt, shape (tips,)."""
    kinds: dict[str, set[str]] = {}
    for tip in corpus.tips:
        kinds.setdefault(tip.register, set()).add(tip.labels[0])
    several = {register for register, labels in kinds.items() if register and len(labels) > 1}
    place = _deal(Counter(tip.register for tip in corpus.tips if tip.register in several), count)
    part = np.array([place.get(tip.register, deal) for tip, deal in zip(corpus.tips, dealt.tolist(), strict=True)])
    main = corpus.main
    for column in np.unique(main):
        if np.unique(part[main == column]).size == 1:
            part[main == column] = dealt[main == column]
    return part


def _pair(mine: NDArray[np.bool_], group: NDArray[np.int64], indicator: NDArray[np.int64]) -> Fold:
    """Return what to train on and what to score; the only texts of a category stay among the first."""
    train = ~np.isin(group, group[mine])
    alone = ~indicator[train].any(axis=0)
    if alone.any():
        mine = mine & ~np.isin(group, group[mine & indicator[:, alone].any(axis=1)])
        train = ~np.isin(group, group[mine])
    return np.flatnonzero(train), np.flatnonzero(mine)


def _deal(sizes: Counter[str], count: int) -> dict[str, int]:
    """Deal registers into folds of like size: the largest first, each into the smallest fold so far."""
    filled = [0] * count
    place = {}
    for name, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        place[name] = filled.index(min(filled))
        filled[place[name]] += size
    return place
