"""The files of a model as bytes: how they are named and written, what identifies them, and what they say.

What is read raises the errors of the libraries that read it; `model` turns them into a ModelError.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tipclass import verdicts
from tipclass.decide import Policy
from tipclass.lexicon import Lexicon
from tipclass.neighbours import Example, Neighbours
from tipclass.npz import read_npz
from tipclass.reference import Reference
from tipclass.scorer import Arrays
from tipclass.taxonomy import Taxonomy
from tipclass.verdicts import Verdicts

TAXONOMY, POLICY, LEXICON, VOCABULARY, WEIGHTS, EXAMPLES, NEIGHBOURS, PROBES = CONTENT = (
    "taxonomy.toml",
    "policy.toml",
    "lexicon.txt",
    "vocabulary.txt",
    "weights.npz",
    "neighbours.csv",
    "neighbours.npz",
    "probes.csv",
)
FOLDS = "folds.csv"  # the verdicts out of fold; a model trained without folds, or by an older program, has none
REFERENCE = "reference.json"  # what the folds saw of the corpus; as above
OPTIONAL = (FOLDS, REFERENCE)
# Arrays and of what kind their numbers are.
ARRAYS = dict.fromkeys(("idf", "weights", "intercept", "calibration", "blocks"), "f")
NEIGHBOUR_ARRAYS = dict.fromkeys(("starts", "words", "weights"), "u")
LARGEST = 256 * 2**20  # bytes of one file, as it lies and as it unpacks: 100,000 features of 200 categories take 80 MB
WORD, CHARACTERS = "w", "c"  # what a vocabulary line begins with


@dataclass(frozen=True, slots=True)
class Probe:
    """A text with the category and score the model gave when it was trained."""

    text: str
    category: str
    score: float


def model_content(
    taxonomy_toml: str,
    policy: Policy,
    lexicon: Lexicon,
    arrays: Arrays,
    neighbours: Neighbours,
    probes: Sequence[Probe],
    folds: Verdicts,
    reference: Reference | None = None,
) -> dict[str, bytes]:
    """Return the content files of a model folder by name; the same model gives the same bytes."""
    vocabulary = [*(f"{WORD} {word}" for word in arrays.words), *(f"{CHARACTERS} {run}" for run in arrays.characters)]
    content = {
        TAXONOMY: taxonomy_toml.encode(),
        POLICY: policy.dumps().encode(),
        LEXICON: lexicon.dumps().encode(),
        VOCABULARY: "".join(f"{line}\n" for line in vocabulary).encode(),
        WEIGHTS: _pack({name: getattr(arrays, name) for name in ARRAYS}),
        EXAMPLES: _dump_rows(
            ("id", "labels", "text"), ((each.id, ";".join(each.labels), each.text) for each in neighbours.examples)
        ),
        NEIGHBOURS: _pack({name: getattr(neighbours, name) for name in NEIGHBOUR_ARRAYS}),
        PROBES: _dump_rows(
            ("text", "category", "score"), ((probe.text, probe.category, repr(probe.score)) for probe in probes)
        ),
    }
    content |= {FOLDS: _dump_rows(verdicts.COLUMNS, verdicts.as_rows(folds))} if folds else {}
    return content | ({REFERENCE: reference.dumps().encode()} if reference else {})


def _pack(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return an npz of the arrays; unlike numpy's own, dated the same whenever it is written.

    It is not compressed, which would make it a third smaller and the longest part of loading.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, array in arrays.items():
            raw = io.BytesIO()
            np.lib.format.write_array(raw, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), raw.getvalue())
    return buffer.getvalue()


def _dump_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def content_id(content: Mapping[str, bytes]) -> str:
    """Return the model id that the content gives."""
    return id_of(hashes(content))


def hashes(content: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each content file."""
    return {name: sha256(content[name]) for name in files_of(content)}


def id_of(hashed: Mapping[str, str]) -> str:
    """Return the model id that the hashes of its content files give."""
    whole = "".join(f"{name}:{hashed[name]}\n" for name in files_of(hashed))
    return "m" + sha256(whole.encode())[:10]


def files_of(present: Container[str]) -> list[str]:
    """Return the names of the content files of a model in their order, the optional ones only if present."""
    return [*CONTENT, *(name for name in OPTIONAL if name in present)]


def sha256(raw: bytes) -> str:
    """Return the hash of a file in hex digits."""
    return hashlib.sha256(raw).hexdigest()


def parse_arrays(vocabulary: bytes, weights: bytes) -> Arrays:
    """Read words, characters and numbers; of a vocabulary all words stand before all characters."""
    lines = "\n" + vocabulary.decode()
    place = lines.find(f"\n{CHARACTERS} ")
    parts = (lines[:place], WORD), (lines[place:-1], CHARACTERS)
    words, characters = (part.split(f"\n{kind} ")[1:] for part, kind in parts)
    if len(words) + len(characters) != lines.count("\n") - 1:
        raise ValueError("a line of another kind")
    return Arrays(tuple(words), tuple(characters), **read_npz(weights, ARRAYS, most=LARGEST))


def parse_neighbours(examples: bytes, arrays: bytes, taxonomy: Taxonomy) -> Neighbours:
    """Read the texts of the corpus that others are held against, and their words."""
    rows = list(csv.reader(io.StringIO(examples.decode(), newline="")))[1:]  # thrice as fast as by their heads
    codes = {labels: tuple(map(taxonomy.code, labels.split(";"))) for labels in {labels for _, labels, _ in rows}}
    found = tuple(Example(id, codes[labels], text) for id, labels, text in rows)
    return Neighbours(found, **read_npz(arrays, NEIGHBOUR_ARRAYS, most=LARGEST))


def parse_probes(raw: bytes, taxonomy: Taxonomy) -> list[Probe]:
    """Read the probes."""
    return [Probe(row["text"], taxonomy.code(row["category"]), float(row["score"])) for row in parse_rows(raw)]


def parse_rows(table: bytes) -> Iterable[dict[str, str]]:
    """Yield the rows of a table by its heads."""
    return csv.DictReader(io.StringIO(table.decode(), newline=""), restval="")  # of a short row
