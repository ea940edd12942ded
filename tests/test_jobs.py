"""Jobs: done in processes of their own, ended when they hang, taken up again after a stop."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tipclass import messages
from tipclass.desk_store import Store
from tipclass.errors import InputError
from tipclass.jobs import POLITE, Job, Lane, State, Workshop, add_job, find_job, jobs_of, queue_again, tell

LANES = (Lane(frozenset({"quick"}), 60.0), Lane(frozenset({"hanging"}), 3.0))


def work(store: Store, job: Job) -> str:
    """Do what the options say."""
    what = str(job.options.get("what", ""))
    if what == "refuse":
        raise InputError("读不了")
    if what == "fail":
        raise ValueError("谢春生")
    if what == "die":
        os._exit(9)
    if what == "priority":
        return str(os.nice(0))
    while what == "hang":
        time.sleep(0.05)
    tell(store, job.id, "一半", 1, 2)
    return "好了"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def workshop(store: Store) -> Iterator[Workshop]:
    found = Workshop(store, work, LANES)
    found.open()
    yield found
    found.close()


def wait(store: Store, id: int, until: Callable[[Job], bool] = lambda job: job.is_over) -> Job:
    end = time.monotonic() + 60.0
    while True:
        job = find_job(store, id)
        assert job
        if until(job):
            return job
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("what", "state", "told"),
    [
        ("", State.DONE, "好了"),
        ("refuse", State.FAILED, "读不了"),
        ("fail", State.FAILED, messages.UNEXPECTED.format(cause="ValueError")),
        ("die", State.FAILED, messages.JOB_DIED),
    ],
)
def test_a_job_says_how_it_ended(what: str, state: State, told: str, store: Store, workshop: Workshop) -> None:
    job = wait(store, add_job(store, "quick", "甲", {"what": what}))
    assert (job.state, job.told) == (state, told)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="Windows says it otherwise")
def test_a_job_stands_back_for_the_desk(store: Store, workshop: Workshop) -> None:
    job = wait(store, add_job(store, "quick", "甲", {"what": "priority"}))
    assert int(job.told) == min(19, os.nice(0) + POLITE)


def test_one_that_hangs_is_ended_and_holds_up_no_other_lane(store: Store, workshop: Workshop) -> None:
    hanging = add_job(store, "hanging", "甲", {"what": "hang"})
    assert wait(store, add_job(store, "quick", "乙", {})).state is State.DONE
    assert wait(store, hanging).told == messages.JOB_TOO_LONG.format(minutes=LANES[1].longest / 60)


def test_a_cancelled_job_stops_and_may_be_queued_again(store: Store, workshop: Workshop) -> None:
    id = add_job(store, "quick", "甲", {"what": "hang"})
    wait(store, id, lambda job: job.state is State.RUNNING)
    workshop.cancel(id, messages.JOB_CANCELLED)
    assert wait(store, id).state is State.CANCELLED
    queue_again(store, id, "quick", {})
    assert wait(store, id).state is State.DONE


def test_what_was_going_on_is_taken_up_again(store: Store) -> None:
    first = Workshop(store, work, LANES)
    first.open()
    id = add_job(store, "quick", "甲", {"what": "hang"})
    wait(store, id, lambda job: job.state is State.RUNNING)
    first.close()
    with store.writing() as db:
        db.execute("UPDATE job SET options = '{}'")
    second = Workshop(store, work, LANES)
    second.open()
    assert wait(store, id).state is State.DONE
    second.close()


def test_time_left_goes_by_what_is_done(store: Store) -> None:
    id = add_job(store, "quick", "甲", {})
    tell(store, id, "", 0, 10)
    (job,) = jobs_of(store, ("quick",))
    assert job.began
    assert job.left(job.began + 5) is None
    tell(store, id, "", 2, 10)
    (job,) = jobs_of(store, ("quick",))
    assert job.began
    assert job.left(job.began + 5) == pytest.approx(20.0)
