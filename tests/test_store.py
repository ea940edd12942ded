"""The store: a round trip, and every way a model folder can be broken."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from tipclass import store
from tipclass.corpus import Corpus
from tipclass.errors import ModelError, OutputError
from tipclass.store import (
    CONTENT,
    FOLDS,
    MANIFEST,
    OPTIONAL,
    Model,
    current_model,
    load_model,
    named_model,
    open_model,
    save_model,
)
from tipclass.verdicts import text_key


@pytest.fixture
def folder(models: Path, tmp_path: Path) -> Path:
    """A copy of the trained model, to be broken."""
    return Path(shutil.copytree(next(models.glob("m*")), tmp_path / "m"))


def test_a_loaded_model_scores_as_it_did(model: Model, corpus: Corpus) -> None:
    assert model.broken_probes() == []
    assert len(model.probes) == 9
    assert model.scorer.score(corpus.texts).argmax(axis=1)[0] == 0


def test_the_id_is_the_hash_of_the_content(models: Path, model: Model) -> None:
    assert model.id == next(models.glob("m*")).name
    assert model.id[0] == "m"
    assert len(model.id) == 11


@pytest.mark.parametrize("name", [*CONTENT, *OPTIONAL])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_model(folder)


@pytest.mark.parametrize("name", [*CONTENT, *OPTIONAL])
def test_a_truncated_file_is_named(folder: Path, name: str) -> None:
    raw = (folder / name).read_bytes()
    (folder / name).write_bytes(raw[: len(raw) // 2])
    with pytest.raises(ModelError, match=name):
        load_model(folder)


@pytest.mark.parametrize("name", [*CONTENT, *OPTIONAL])
def test_a_flipped_bit_is_noticed(folder: Path, name: str) -> None:
    raw = bytearray((folder / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / name).write_bytes(raw)
    with pytest.raises(ModelError, match=name):
        load_model(folder)


def test_a_damaged_manifest_is_named(folder: Path) -> None:
    (folder / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=r"manifest\.json"):
        load_model(folder)


def test_a_newer_format_says_so(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8")) | {"format": 99}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match=r"格式是 99.*升级"):
        load_model(folder)


def forge(folder: Path, name: str, raw: bytes) -> None:
    """Change a file and make manifest and id agree with it."""
    (folder / name).write_bytes(raw)
    content = {each: (folder / each).read_bytes() for each in (*CONTENT, *OPTIONAL) if (folder / each).exists()}
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest |= {"files": store.hashes(content), "id": store.content_id(content)}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("weights.npz", b"no zip"),
        ("vocabulary.txt", b"w \xff"),
        ("vocabulary.txt", "x 河\n".encode()),
        ("vocabulary.txt", "w 河\n".encode()),
        ("policy.toml", b"margin = 1"),
        ("taxonomy.toml", b"title = 'x'"),
        ("lexicon.txt", b"word"),
        ("probes.csv", b"text,category,score\nx,none,1\n"),
        ("reference.json", b'{"tips": 3}'),
    ],
)
def test_content_that_does_not_fit_is_refused(folder: Path, name: str, raw: bytes) -> None:
    forge(folder, name, raw)
    with pytest.raises(ModelError, match="对不上"):
        load_model(folder)


@pytest.mark.parametrize(
    ("name", "part", "raw"),
    [
        ("neighbours.csv", "neighbours", b"id,labels,text\nx,illegal_fishing,y\n"),
        ("probes.csv", "probes", b"text,category,score\nx,none,1\n"),
        ("folds.csv", "verdicts", b"text\nx\n"),
        ("reference.json", "reference", b"{}"),
    ],
)
def test_what_deciding_does_not_need_is_read_when_asked_for(folder: Path, name: str, part: str, raw: bytes) -> None:
    forge(folder, name, raw)
    loaded = open_model(folder)
    assert loaded.scorer.score(["有人电鱼"]).shape == (1, 3)
    with pytest.raises(ModelError, match="对不上"):
        getattr(loaded, part)


def test_a_reference_of_other_categories_is_refused(folder: Path) -> None:
    raw = (folder / "reference.json").read_bytes()
    forge(folder, "reference.json", raw.replace(b"illegal_fishing", b"illegal_hunting"))
    with pytest.raises(ModelError, match=r"对不上（reference\.json）"):
        load_model(folder)


def test_an_optional_file_is_not_asked_for(folder: Path) -> None:
    content = {name: (folder / name).read_bytes() for name in CONTENT}
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest |= {"files": store.hashes(content), "id": store.content_id(content), "format": 2}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert load_model(folder).reference is None


def test_a_planted_pickle_is_not_opened(folder: Path) -> None:
    import io
    import zipfile

    class Planted:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (folder / "ran",))

    raw = io.BytesIO()
    np.save(raw, np.array([Planted()], dtype=object), allow_pickle=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("idf.npy", raw.getvalue())
    forge(folder, "weights.npz", packed.getvalue())
    with pytest.raises(ModelError):
        load_model(folder)
    assert not (folder / "ran").exists()


def test_current_and_named_models(models: Path, model: Model, tmp_path: Path) -> None:
    assert current_model(models).name == model.id
    assert named_model(models, model.id).name == model.id
    with pytest.raises(ModelError, match=model.id):
        named_model(models, "m0")
    for content in (None, "nonsense", "../m", "\xff"):
        if content:
            (tmp_path / "CURRENT").write_text(content, encoding="latin-1")
        with pytest.raises(ModelError, match="CURRENT"):
            current_model(tmp_path)


def test_saving_again_changes_nothing_and_another_model_is_not_overwritten(folder: Path, model: Model) -> None:
    content = {name: (folder / name).read_bytes() for name in CONTENT}
    before = (folder / MANIFEST).stat().st_mtime_ns
    save_model(folder, content, model.manifest, "card")
    assert (folder / MANIFEST).stat().st_mtime_ns == before
    other = model.manifest.model_copy(update={"id": "m0000000000"})
    with pytest.raises(OutputError, match="没有覆盖"):
        save_model(folder, content, other, "card")


def test_a_failed_save_leaves_nothing(tmp_path: Path, model: Model) -> None:
    with pytest.raises(TypeError):
        save_model(tmp_path / "new", {"weights.npz": "text"}, model.manifest, "card")  # type: ignore[dict-item]
    assert list(tmp_path.iterdir()) == []


def test_verdicts_out_of_fold_come_with_the_model_and_belong_to_its_identity(model: Model, corpus: Corpus) -> None:
    assert len(model.verdicts) == len(corpus.tips)
    assert model.verdicts[text_key(corpus.tips[0].text)].label == "water_pollution"
    assert FOLDS in model.manifest.files


def test_a_model_of_the_older_format_without_verdicts_is_read(folder: Path) -> None:
    (folder / FOLDS).unlink()
    forge(folder, "lexicon.txt", (folder / "lexicon.txt").read_bytes())
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8")) | {"format": 2}
    del manifest["tried"]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    loaded = load_model(folder)
    assert loaded.verdicts == {}
    assert loaded.broken_probes() == []


def test_verdicts_on_unknown_categories_are_refused(folder: Path) -> None:
    (folder / FOLDS).write_text("text,id,label,category,certainty,route\nk,1,fraud,fraud,0.5,review\n")
    content = {name: (folder / name).read_bytes() for name in (*CONTENT, FOLDS)}
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest |= {"files": store.hashes(content), "id": store.content_id(content)}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="对不上"):
        load_model(folder)


def test_current_is_written_whole_and_can_be_read_by_all(tmp_path: Path) -> None:
    store.set_current(tmp_path, "m1")
    store.set_current(tmp_path, "甲")
    assert (tmp_path / "CURRENT").read_text(encoding="utf-8") == "甲\n"
    assert [path.name for path in tmp_path.iterdir()] == ["CURRENT"]
    assert (tmp_path / "CURRENT").stat().st_mode & 0o044 == 0o044
