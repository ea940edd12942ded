"""Model folders: written whole, checked by hash before use; nothing in them can run code."""

import csv
import functools
import hashlib
import io
import shutil
import tempfile
import tomllib
import zipfile
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from tipclass import messages, verdicts
from tipclass.decide import Policy
from tipclass.documents import ZIP_DAMAGE
from tipclass.errors import ModelError, OutputError, TipclassError
from tipclass.lexicon import Lexicon, parse_lexicon
from tipclass.manifest import FORMAT, OLDEST, Manifest
from tipclass.neighbours import Example, Neighbours
from tipclass.npz import read_npz
from tipclass.reference import Reference, parse_reference
from tipclass.scorer import Arrays, Scorer
from tipclass.settings import CURRENT, models_folder, writable_models_folder
from tipclass.targets import replacing
from tipclass.taxonomy import Taxonomy, parse_taxonomy
from tipclass.verdicts import Verdicts

MANIFEST, CARD = "manifest.json", "card.md"
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
LARGEST_MANIFEST = 16 * 2**20  # bytes
PROBE_TOLERANCE = 1e-6
READABLE = 0o644  # what everybody who shares a folder of models must be able to read
# What content raises that agrees with its hashes and is none of ours all the same; csv.Error is none of the others.
UNFIT = (*ZIP_DAMAGE, MemoryError, TypeError, csv.Error, TipclassError)
WORD, CHARACTERS = "w", "c"  # what a vocabulary line begins with


@dataclass(frozen=True, slots=True)
class Probe:
    """A text with the category and score the model gave when it was trained."""

    text: str
    category: str
    score: float


@dataclass(frozen=True)
class Model:
    """A trained model in memory, with all it needs to decide; `content` are its files, checked by hash.

    What deciding does not need is read when it is first asked for, and raises ModelError if it does not fit.
    """

    manifest: Manifest
    taxonomy: Taxonomy
    policy: Policy
    scorer: Scorer
    content: Mapping[str, bytes] = field(repr=False)

    @functools.cached_property
    def neighbours(self) -> Neighbours:
        """The texts of the corpus that others are held against."""
        with _fitting(self.manifest.id):
            found = _neighbours(self.content[EXAMPLES], self.content[NEIGHBOURS], self.taxonomy)
            unfit = found.problem(len(self.scorer.arrays.words))
        if unfit:
            raise _unfit(self.manifest.id, NEIGHBOURS)
        return found

    @functools.cached_property
    def probes(self) -> tuple[Probe, ...]:
        """The texts that must score as they did at training."""
        with _fitting(self.manifest.id):
            return tuple(_parse_probes(self.content[PROBES], self.taxonomy))

    @functools.cached_property
    def verdicts(self) -> Verdicts:
        """The verdicts out of fold; empty where the model has none."""
        with _fitting(self.manifest.id):
            return verdicts.from_rows(_rows(self.content[FOLDS]), self.taxonomy) if FOLDS in self.content else {}

    @functools.cached_property
    def reference(self) -> Reference | None:
        """What the folds saw of the corpus; None where the model has none."""
        with _fitting(self.manifest.id):
            found = parse_reference(self.content[REFERENCE]) if REFERENCE in self.content else None
        if found and set(found.categories) != set(self.taxonomy.codes):
            raise _unfit(self.manifest.id, REFERENCE)
        return found

    @property
    def id(self) -> str:
        """The identity: `m` and ten hex digits of the hash of its content."""
        return self.manifest.id

    def broken_probes(self) -> list[Probe]:
        """Score the probes again and return those that come out otherwise than at training."""
        scores = self.scorer.score([probe.text for probe in self.probes])
        columns = [self.taxonomy.codes.index(probe.category) for probe in self.probes]
        return [
            probe
            for probe, row, column in zip(self.probes, scores, columns, strict=True)
            if row.argmax() != column or abs(row[column] - probe.score) > PROBE_TOLERANCE
        ]


# --- writing -------------------------------------------------------------------------------------


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


def content_id(content: Mapping[str, bytes]) -> str:
    """Return the model id that the content gives."""
    return _id_of(hashes(content))


def hashes(content: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each content file."""
    return {name: _sha256(content[name]) for name in _files(content)}


def _id_of(hashed: Mapping[str, str]) -> str:
    whole = "".join(f"{name}:{hashed[name]}\n" for name in _files(hashed))
    return "m" + _sha256(whole.encode())[:10]


def _files(present: Container[str]) -> list[str]:
    """Return the names of the content files of a model in their order, the optional ones only if present."""
    return [*CONTENT, *(name for name in OPTIONAL if name in present)]


def save_model(folder: Path, content: Mapping[str, bytes], manifest: Manifest, card: str) -> None:
    """Write a model folder whole or not at all.

    A folder that holds this very model already is left as it is; raises OutputError for any other folder in the way.
    """
    if folder.exists():
        if _stored_id(folder) == manifest.id:
            return
        raise OutputError(messages.MODEL_IN_THE_WAY.format(path=folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=folder.parent))
    except OSError as error:
        raise OutputError(messages.OUTPUT_FAILED.format(path=folder, cause=error.strerror)) from None
    try:
        for name, raw in content.items():
            (staging / name).write_bytes(raw)
        (staging / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
        (staging / CARD).write_text(card, encoding="utf-8")
        staging.chmod(0o755)
        staging.replace(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def set_current(folder: Path, model_id: str) -> None:
    """Make a model of the folder the one in use."""
    with replacing(folder / CURRENT) as part:
        part.write_text(model_id + "\n", encoding="utf-8")
        part.chmod(READABLE)


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


# --- reading -------------------------------------------------------------------------------------


def current_model(folder: Path) -> Path:
    """Return the folder of the model in use; raises ModelError when CURRENT names none."""
    ids = model_ids(folder)
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if name not in ids:
        raise ModelError(messages.MODEL_NONE_IN_USE.format(folder=folder, ids="、".join(ids) or "-"))
    return folder / name


def model_folder(models: Path | None = None, name: str | None = None) -> Path:
    """Return the folder of the model to use; `models` may be a folder of models or a model itself, as may `name`.

    Raises ModelError, saying where it looked or what there is, when there is no such model.
    """
    itself = Path(name) if name else models
    if itself and (itself / MANIFEST).is_file():
        return itself
    if not name:
        return current_model(models_folder(models))
    trained = writable_models_folder(models)  # a model nobody has put to use yet may lie beside none that is
    return named_model(trained if name in model_ids(trained) else models_folder(models), name)


def open_model(models: Path | None = None, name: str | None = None) -> Model:
    """Load a model: the one in use, or another by its id or folder.

    models: a folder of models, or a model itself; by default they are found as `models_folder` in `settings` says.
    Reads arrays and text only, checked by SHA-256 and never unpickled. Raises ModelError, saying what to do, when the
    model is missing, damaged or of another format.

    >>> model = open_model()
    >>> model.taxonomy.name("illegal_fishing")
    '非法捕捞'
    >>> model.scorer.score(["有人在河里电鱼"]).shape  # texts, categories
    (1, 16)
    """
    return _load(model_folder(models, name))


def named_model(folder: Path, name: str) -> Path:
    """Return the folder of a model by its id; raises ModelError listing the ones there are."""
    if name in (ids := model_ids(folder)):
        return folder / name
    raise ModelError(messages.MODEL_UNKNOWN.format(name=name[:40], folder=folder, ids="、".join(ids) or "-"))


def model_ids(folder: Path) -> list[str]:
    """Return the names of the model folders, sorted."""
    return sorted(path.parent.name for path in folder.glob(f"*/{MANIFEST}") if not path.parent.name.startswith("."))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a model folder; raises ModelError when it is missing, damaged or of a newer program."""
    try:
        with (folder / MANIFEST).open("rb") as stream:
            raw = stream.read(LARGEST_MANIFEST)
    except OSError:
        raise ModelError(messages.MODEL_MISSING.format(path=folder)) from None
    try:
        manifest = Manifest.model_validate_json(raw)
    except (ValidationError, RecursionError):
        raise ModelError(messages.MODEL_DAMAGED.format(path=folder.name, name=MANIFEST)) from None
    if not OLDEST <= manifest.format <= FORMAT:
        sentence = messages.MODEL_NEWER if manifest.format > FORMAT else messages.MODEL_OLDER
        raise ModelError(sentence.format(path=folder.name, format=manifest.format, known=FORMAT))
    return manifest


def read_card(folder: Path) -> str:
    """Return the card of a model folder."""
    read_manifest(folder)
    return (folder / CARD).read_text(encoding="utf-8") if (folder / CARD).is_file() else ""


def model_size(folder: Path) -> int:
    """Return how many bytes a model folder takes."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def load_model(folder: Path) -> Model:
    """Load a model folder after checking every hash, shape and name; raises ModelError saying what to do."""
    model = _load(folder)
    for part in ("neighbours", "probes", "verdicts", "reference"):
        getattr(model, part)  # raises where it does not fit
    return model


def _load(folder: Path) -> Model:
    """Load what deciding needs, after checking the hash of every file."""
    manifest = read_manifest(folder)
    content = {name: _read(folder, name, manifest) for name in _files(manifest.files)}
    if _id_of(manifest.files) != manifest.id:
        raise ModelError(messages.MODEL_DAMAGED.format(path=folder.name, name=MANIFEST))
    with _fitting(folder.name):
        taxonomy = parse_taxonomy(content[TAXONOMY].decode(), source=TAXONOMY)
        policy = Policy.model_validate(tomllib.loads(content[POLICY].decode()))
        lexicon = parse_lexicon(content[LEXICON].decode())
        arrays = _arrays(content[VOCABULARY], content[WEIGHTS])
        problem = arrays.problem() or _mismatch(arrays, policy, taxonomy)
    if problem:
        raise _unfit(folder.name, problem)
    return Model(manifest, taxonomy, policy, Scorer(arrays, lexicon, taxonomy.codes), content)


@contextmanager
def _fitting(name: str) -> Iterator[None]:
    """Turn what reading an unfit file raises into a ModelError."""
    try:
        yield
    except UNFIT as error:
        raise _unfit(name, type(error).__name__) from None


def _unfit(name: str, cause: str) -> ModelError:
    return ModelError(messages.MODEL_INCOMPATIBLE.format(path=name, cause=cause))


def _read(folder: Path, name: str, manifest: Manifest) -> bytes:
    """Read a content file, its size bounded and its hash checked."""
    path = folder / name
    if not path.is_file() or path.stat().st_size > LARGEST:
        raise ModelError(messages.MODEL_DAMAGED.format(path=folder.name, name=name))
    raw = path.read_bytes()
    if _sha256(raw) != manifest.files.get(name):
        raise ModelError(messages.MODEL_DAMAGED.format(path=folder.name, name=name))
    return raw


def _arrays(vocabulary: bytes, weights: bytes) -> Arrays:
    """Read words, characters and numbers; of a vocabulary all words stand before all characters."""
    lines = "\n" + vocabulary.decode()
    place = lines.find(f"\n{CHARACTERS} ")
    parts = (lines[:place], WORD), (lines[place:-1], CHARACTERS)
    words, characters = (part.split(f"\n{kind} ")[1:] for part, kind in parts)
    if len(words) + len(characters) != lines.count("\n") - 1:
        raise ValueError("a line of another kind")
    return Arrays(tuple(words), tuple(characters), **read_npz(weights, ARRAYS, most=LARGEST))


def _neighbours(examples: bytes, arrays: bytes, taxonomy: Taxonomy) -> Neighbours:
    rows = list(csv.reader(io.StringIO(examples.decode(), newline="")))[1:]  # thrice as fast as by their heads
    codes = {labels: tuple(map(taxonomy.code, labels.split(";"))) for labels in {labels for _, labels, _ in rows}}
    found = tuple(Example(id, codes[labels], text) for id, labels, text in rows)
    return Neighbours(found, **read_npz(arrays, NEIGHBOUR_ARRAYS, most=LARGEST))


def _mismatch(arrays: Arrays, policy: Policy, taxonomy: Taxonomy) -> str:
    if arrays.intercept.size != len(taxonomy.codes):
        return TAXONOMY
    tables = (policy.target, policy.accept, policy.label)
    return "" if all(set(table) == set(taxonomy.codes) for table in tables) else POLICY


def _parse_probes(raw: bytes, taxonomy: Taxonomy) -> list[Probe]:
    return [Probe(row["text"], taxonomy.code(row["category"]), float(row["score"])) for row in _rows(raw)]


def _rows(table: bytes) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.StringIO(table.decode(), newline=""), restval="")  # of a short row


def _stored_id(folder: Path) -> str:
    try:
        return read_manifest(folder).id
    except ModelError:
        return ""


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
