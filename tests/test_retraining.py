"""Retraining: the desk's corrections make a new model, which is tried, put to use once, and taken back."""

from datetime import date
from pathlib import Path

import pytest

from tipclass import messages, promotion, retraining
from tipclass.batches import folder_in_use, use_model
from tipclass.desk import IntakeDesk
from tipclass.desk_store import Store
from tipclass.errors import GateError, ModelError
from tipclass.jobs import Job, State, add_job, find_job
from tipclass.retraining import PROMOTE, TRAIN, TRY
from tipclass.store import load_model, model_ids


@pytest.fixture
def store(home: Path, corpora: Path, tmp_path: Path) -> Store:
    store = Store(tmp_path / "desk")
    use_model(store, (home, None))
    retraining.use_corpora(store, corpora)
    return store


def done(store: Store, kind: str, **options: object) -> tuple[Job, str]:
    """Do a job here; return it as it is afterwards, and what came of it."""
    id = add_job(store, kind, "", options)
    job = find_job(store, id)
    assert job
    told = retraining.work(store, job)
    after = find_job(store, id)
    assert after
    return after, told


def correct(store: Store, text: str, code: str) -> None:
    """Register a tip, and say what it is."""
    desk = IntakeDesk(store, load_model(folder_in_use(store)))
    pasted = desk.paste([text], received=date.today())
    desk.save(pasted, [0])
    found = desk.pasted(pasted)
    assert found
    desk.review(found.numbers[0], [code])


def test_what_staff_corrected_goes_into_a_new_model_that_is_not_in_use(store: Store, home: Path, rival: Path) -> None:
    before = set(model_ids(home))
    in_use = folder_in_use(store)
    correct(store, "路边有一堆东西，谢春生反映，电话13800001234", "water_pollution")
    job, told = done(store, TRAIN, back="/models")
    new = set(model_ids(home)) - before
    assert len(new) == 1
    assert job.options["back"] == f"/models/{min(new)}"
    assert "26" in told, "twenty-five tips of the corpus and the corrected one"
    assert 0 < job.done <= job.total
    assert folder_in_use(store) == in_use
    examples = " ".join(each.text for each in load_model(home / min(new)).neighbours.examples)
    assert "路边有一堆东西" in examples
    assert "13800001234" not in examples
    assert "谢春生" not in examples


def test_the_same_corpus_gives_the_model_that_is_there(store: Store, home: Path) -> None:
    done(store, TRAIN)
    before = model_ids(home)
    job, told = done(store, TRAIN)
    assert model_ids(home) == before
    assert told == messages.JOB_SAME_MODEL.format(id=str(job.options["back"]).rpartition("/")[2])


def test_a_trial_is_kept_as_a_page_shows_it(store: Store, rival: Path) -> None:
    in_use = folder_in_use(store).name
    job, _ = done(store, TRY, model=rival.name)
    told = job.options["trial"]
    assert (told["before"], told["after"]) == (in_use, rival.name)
    assert all(each["value"] for each in told["headlines"])
    assert "<svg" in told["pictures"][0]["svg"]
    assert job.options["page"] == f"/models/trials/{job.id}"


def test_a_model_is_put_to_use_and_taken_back(store: Store, home: Path, rival: Path) -> None:
    in_use = folder_in_use(store).name
    done(store, PROMOTE, model=rival.name, reason="试用", sure=True)
    assert folder_in_use(store).name == rival.name
    assert promotion.read_history(home)[-1].reason == "试用"
    retraining.roll_back(store, "不合适")
    assert folder_in_use(store).name == in_use
    assert [each.reason for each in promotion.read_history(home)] == ["试用", "不合适"]
    with pytest.raises(ModelError):
        retraining.roll_back(store, "再换")


def test_a_promotion_that_is_begun_again_after_a_power_cut_does_nothing_twice(
    store: Store, home: Path, rival: Path
) -> None:
    for _ in range(2):
        _, told = done(store, PROMOTE, model=rival.name, reason="试用", sure=True)
        assert told == messages.JOB_PROMOTED.format(id=rival.name)
    assert len(promotion.read_history(home)) == 1


def test_what_speaks_against_a_model_stops_it_unless_overruled(
    store: Store, home: Path, rival: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use = folder_in_use(store).name
    monkeypatch.setattr(promotion, "objections", lambda trial, broken: ["变差"])
    with pytest.raises(GateError):
        done(store, PROMOTE, model=rival.name, reason="试用", sure=False)
    assert folder_in_use(store).name == in_use
    done(store, PROMOTE, model=rival.name, reason="试用", sure=True)
    assert promotion.read_history(home)[-1].overruled == ("变差",)


def test_a_model_that_was_named_gives_way_to_the_one_put_to_use(store: Store, home: Path, rival: Path) -> None:
    use_model(store, (home, folder_in_use(store).name))
    done(store, PROMOTE, model=rival.name, reason="试用", sure=True)
    assert folder_in_use(store).name == rival.name


def test_a_job_of_another_kind_is_done_as_before(store: Store) -> None:
    id = add_job(store, "export", "", {})
    job = find_job(store, id)
    assert job
    assert job.state is State.QUEUED
    with pytest.raises(KeyError):
        retraining.work(store, job)
