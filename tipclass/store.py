"""Model folders: written whole, checked by hash before use; nothing in them can run code."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from tipclass import messages
from tipclass.errors import ModelError, OutputError
from tipclass.manifest import FORMAT, OLDEST, Manifest
from tipclass.model import Model, model_of
from tipclass.model_files import LARGEST, files_of, id_of, sha256
from tipclass.settings import CURRENT, models_folder, writable_models_folder
from tipclass.targets import replacing

MANIFEST, CARD = "manifest.json", "card.md"
LARGEST_MANIFEST = 16 * 2**20  # bytes
READABLE = 0o644  # what everybody who shares a folder of models must be able to read


# --- writing -------------------------------------------------------------------------------------


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
    content = {name: _read(folder, name, manifest) for name in files_of(manifest.files)}
    if id_of(manifest.files) != manifest.id:
        raise ModelError(messages.MODEL_DAMAGED.format(path=folder.name, name=MANIFEST))
    return model_of(manifest, content, folder.name)


def _read(folder: Path, name: str, manifest: Manifest) -> bytes:
    """Read a content file, its size bounded and its hash checked."""
    path = folder / name
    if not path.is_file() or path.stat().st_size > LARGEST:
        raise ModelError(messages.MODEL_DAMAGED.format(path=folder.name, name=name))
    raw = path.read_bytes()
    if sha256(raw) != manifest.files.get(name):
        raise ModelError(messages.MODEL_DAMAGED.format(path=folder.name, name=name))
    return raw


def _stored_id(folder: Path) -> str:
    try:
        return read_manifest(folder).id
    except ModelError:
        return ""
