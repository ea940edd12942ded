"""The store: a round trip, and every way a model folder can be broken."""

import io
import json
import pickle
import re
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tipclass import store
from tipclass.corpus import Corpus
from tipclass.errors import ModelError, OutputError
from tipclass.model import Model
from tipclass.model_files import ARRAYS, CONTENT, FOLDS, NEIGHBOUR_ARRAYS, OPTIONAL, content_id, hashes
from tipclass.npz import read_npz
from tipclass.records import Tip
from tipclass.store import MANIFEST, current_model, load_model, named_model, open_model, save_model
from tipclass.triage import triage
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
    manifest |= {"files": hashes(content), "id": content_id(content)}
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
    manifest |= {"files": hashes(content), "id": content_id(content), "format": 2}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert load_model(folder).reference is None


class Planted:
    """Touches a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


def npz(**arrays: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in arrays.items():
            archive.writestr(f"{name}.npy", raw)
    return packed.getvalue()


@pytest.mark.parametrize("name", [*CONTENT, *OPTIONAL])
def test_a_planted_pickle_is_not_opened(folder: Path, name: str) -> None:
    forge(folder, name, pickle.dumps(Planted(folder / "ran")))
    with pytest.raises(ModelError):
        load_model(folder)
    assert not (folder / "ran").exists()


@pytest.mark.parametrize(
    ("name", "array"),
    [("weights.npz", name) for name in ARRAYS] + [("neighbours.npz", name) for name in NEIGHBOUR_ARRAYS],
)
def test_a_pickle_planted_among_the_arrays_is_not_opened(folder: Path, name: str, array: str) -> None:
    raw = io.BytesIO()
    np.save(raw, np.array([Planted(folder / "ran")], dtype=object), allow_pickle=True)
    with zipfile.ZipFile(folder / name) as archive:
        parts = {Path(part).stem: archive.read(part) for part in archive.namelist()}
    forge(folder, name, npz(**parts | {array: raw.getvalue()}))
    with pytest.raises(ModelError):
        load_model(folder)
    assert not (folder / "ran").exists()


def test_nothing_in_the_program_unpickles() -> None:
    ways = re.compile(
        r"import pickle|pickle\.load|joblib\.load|allow_pickle=True|cloudpickle|marshal|shelve|\beval\(|\bexec\("
    )
    sources = [*Path(store.__file__).parent.rglob("*.py")]
    assert len(sources) > 100
    assert not [(path.name, found[0]) for path in sources if (found := ways.search(path.read_text(encoding="utf-8")))]


@pytest.mark.parametrize("shape", ["(1000000000000,)", "(0,)", "(-1,)", "(2, 3)", "1", "(1" + "0" * 5000 + ",)"])
def test_arrays_that_lie_about_their_size_take_no_memory(folder: Path, shape: str) -> None:
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".encode()
    lie = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(4)
    forge(folder, "weights.npz", npz(**dict.fromkeys(ARRAYS, lie)))
    with pytest.raises(ModelError, match="对不上"):
        load_model(folder)


def test_arrays_that_unpack_too_far_are_refused_before_they_do() -> None:
    with pytest.raises(ValueError, match="too large"):
        read_npz(npz(**dict.fromkeys(ARRAYS, bytes(9000))), ARRAYS, most=10_000)


def test_a_file_larger_than_any_of_ours_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST", 100)
    monkeypatch.setattr(store, "sha256", lambda raw: pytest.fail("it was read"))
    with pytest.raises(ModelError):
        load_model(folder)


def test_a_rezipped_file_is_refused(folder: Path) -> None:
    with zipfile.ZipFile(folder / "weights.npz") as archive:
        parts = {Path(part).stem: archive.read(part) for part in archive.namelist()}
    (folder / "weights.npz").write_bytes(npz(**parts))
    with pytest.raises(ModelError, match=r"weights\.npz"):
        load_model(folder)


@pytest.fixture(scope="module")
def broken(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One more copy, for tests that break and mend it many times."""
    return Path(shutil.copytree(next(models.glob("m*")), tmp_path_factory.mktemp("broken") / "m"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_byte_is_refused_or_changes_no_decision(broken: Path, model: Model, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*CONTENT, *OPTIONAL, MANIFEST]))
    good = (broken / name).read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    (broken / name).write_bytes(good[:at] + bytes([good[at] ^ data.draw(st.integers(1, 255))]) + good[at + 1 :])
    try:
        loaded = load_model(broken)
    except ModelError:
        return
    finally:
        (broken / name).write_bytes(good)
    assert name == MANIFEST  # facts of the training that nothing goes by
    assert loaded.id == model.id
    assert loaded.broken_probes() == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_forged_file_is_refused_or_scores_like_any(broken: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*CONTENT, *OPTIONAL]))
    kept = {each: (broken / each).read_bytes() for each in (name, MANIFEST)}
    good = kept[name]
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(good))] * 2)))
    forge(broken, name, good[:start] + data.draw(st.binary(max_size=20)) + good[end:])
    try:
        loaded = load_model(broken)
        assert len(triage([Tip("1", "有人晚上在河边用电瓶电鱼")], loaded)) == 1
    except ModelError:
        pass
    finally:
        for each, raw in kept.items():
            (broken / each).write_bytes(raw)


@pytest.mark.parametrize("name", ["probes.csv", "neighbours.csv"])
def test_a_table_that_breaks_off_in_a_row_is_refused(name: str, folder: Path) -> None:
    forge(folder, name, (folder / name).read_bytes() + b"x\r\n")
    with pytest.raises(ModelError):
        load_model(folder)


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
    manifest |= {"files": hashes(content), "id": content_id(content)}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="对不上"):
        load_model(folder)


def test_current_is_written_whole_and_can_be_read_by_all(tmp_path: Path) -> None:
    store.set_current(tmp_path, "m1")
    store.set_current(tmp_path, "甲")
    assert (tmp_path / "CURRENT").read_text(encoding="utf-8") == "甲\n"
    assert [path.name for path in tmp_path.iterdir()] == ["CURRENT"]
    assert (tmp_path / "CURRENT").stat().st_mode & 0o044 == 0o044
