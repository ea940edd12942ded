"""Promotion: the gate, the switch, the history, the lock, and two who promote at once."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tipclass import promotion
from tipclass.cases import Case, Outcome, Strength
from tipclass.comparison import compare
from tipclass.errors import GateError, ModelError, OutputError
from tipclass.promotion import Action, Switch, objections, previous, read_history, switch
from tipclass.records import Route
from tipclass.store import current_model, load_model, set_current
from tipclass.taxonomy import Taxonomy
from tipclass.trial import CaseChanges, Trial
from tipclass.verdicts import Verdict

NOW = datetime(2026, 8, 20, 9, 30, tzinfo=UTC)
LETTERS = {"w": "water_pollution", "f": "illegal_fishing", "n": "not_a_tip"}


def trial(taxonomy: Taxonomy, *, label: str = "", before: str = "", after: str = "", strong: int = 0) -> Trial:
    """A trial on texts of whose labels and categories each is a letter, and with so many STRONG cases broken."""
    said = [
        {
            f"{n}": Verdict(f"{n}", LETTERS[a], LETTERS[b], 0.9, Route.REVIEW)
            for n, (a, b) in enumerate(zip(*pair, strict=True))
        }
        for pair in ((label, before), (label, after))
    ]
    compared = compare(*said, taxonomy.codes) if label else None
    case = Case("c1", "文字", "main", "", ("not_a_tip",), Strength.STRONG, "T01")
    cases = CaseChanges(5, (Outcome(case, False, ("illegal_fishing",)),) * strong, (), ())
    return Trial("m1", "m2", taxonomy, "留出检验", compared, cases)


def entry(before: str, to: str, action: Action = Action.PROMOTE) -> Switch:
    return Switch(date=NOW, action=action, before=before, to=to, reason="试")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three models by name only, the first of them in use."""
    for name in ("m1", "m2", "m3"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}", encoding="utf-8")
    set_current(tmp_path, "m1")
    return tmp_path


@pytest.fixture
def pair(models: Path, rival: Path, tmp_path: Path) -> Path:
    """A folder with two real models, the first in use."""
    copy = Path(shutil.copytree(models, tmp_path / "pair"))
    shutil.copytree(rival, copy / rival.name)
    return copy


# --- the gate ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "probes", "says"),
    [
        ({"label": "wwff", "before": "wwff", "after": "wwff"}, 0, []),
        ({"label": "wwff", "before": "ffff", "after": "wwff"}, 0, []),
        ({"label": "wwff", "before": "wwff", "after": "wwfw"}, 0, []),  # worse, but by no more than chance
        ({"label": "wwff", "before": "wwff", "after": "wwff"}, 2, ["2 条探针"]),
        ({"label": "wwff", "before": "wwff", "after": "wwff", "strong": 1}, 0, ["STRONG 用例没有通过（c1）"]),
        (
            {"label": "w" * 20 + "f" * 20, "before": "w" * 20 + "f" * 20, "after": "f" * 12 + "w" * 8 + "f" * 20},
            0,
            ["主类别正确的比例", "“水污染偷排”显著变差", "“非法捕捞”显著变差"],
        ),
        ({}, 0, ["与在用模型 m1 没有可比的文本"]),
    ],
)
def test_what_speaks_against_a_model(taxonomy: Taxonomy, found: dict[str, str], probes: int, says: list[str]) -> None:
    against = objections(trial(taxonomy, **found), probes)  # type: ignore[arg-type]
    assert len(against) == len(says)
    assert all(words in sentence for words, sentence in zip(says, against, strict=True))


def test_a_loss_in_one_category_is_not_made_good_by_a_gain_in_another(taxonomy: Taxonomy) -> None:
    label, before, after = "w" * 12 + "f" * 12, "w" * 12 + "n" * 12, "n" * 12 + "f" * 12
    (sentence,) = objections(trial(taxonomy, label=label, before=before, after=after), 0)
    assert "“水污染偷排”" in sentence
    assert "只有旧模型判对的 12 条" in sentence


def test_where_none_is_in_use_nothing_needs_comparing(taxonomy: Taxonomy) -> None:
    assert objections(replace(trial(taxonomy), before=""), 0) == []


# --- the switch ----------------------------------------------------------------------------------


def test_a_switch_writes_current_and_history(folder: Path) -> None:
    switch(folder, entry("m1", "m2"))
    switch(folder, entry("m2", "m3"))
    assert current_model(folder).name == "m3"
    assert [(each.before, each.to) for each in read_history(folder)] == [("m1", "m2"), ("m2", "m3")]
    line = json.loads((folder / "history.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert {"date", "from", "to", "reason", "figures"} <= set(line)
    assert (line["from"], line["reason"], line["date"][:10]) == ("m1", "试", "2026-08-20")
    assert not list(folder.glob(".*"))


def test_who_compared_with_another_model_than_the_one_in_use_is_refused(folder: Path) -> None:
    switch(folder, entry("m1", "m2"))
    with pytest.raises(GateError, match=r"没有启用 m3.*换成了 m2"):
        switch(folder, entry("m1", "m3"))
    assert current_model(folder).name == "m2"
    assert len(read_history(folder)) == 1


def test_of_two_who_promote_at_once_one_wins(folder: Path) -> None:
    program = """
import sys, time
from datetime import datetime, UTC
from pathlib import Path
from tipclass.errors import GateError
from tipclass.promotion import Action, Switch, switch
folder, to = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
while start := sys.stdin.readline():
    time.sleep(max(0, float(start) - time.time()))  # both at once
    try:
        switch(folder, Switch(date=datetime.now(UTC), action=Action.PROMOTE, before="m1", to=to))
        print("won", flush=True)
    except GateError:
        print("lost", flush=True)
"""

    def racer(to: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", program, str(folder), to]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    racers = {to: racer(to) for to in ("m2", "m3")}
    assert [each.stdout and each.stdout.readline() for each in racers.values()] == ["ready\n"] * 2
    for _ in range(10):
        start = time.time() + 0.05
        for each in racers.values():
            print(start, file=each.stdin, flush=True)
        ends = {to: each.stdout.readline().strip() for to, each in racers.items() if each.stdout}
        assert sorted(ends.values()) == ["lost", "won"]
        (winner,) = [to for to, end in ends.items() if end == "won"]
        assert current_model(folder).name == winner
        assert [(each.before, each.to) for each in read_history(folder)] == [("m1", winner)]
        (folder / "history.jsonl").unlink()
        set_current(folder, "m1")
    for each in racers.values():
        each.communicate()
    assert not list(folder.glob(".*"))


def test_a_lock_left_behind_is_broken_and_one_in_use_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promotion, "STALE", 0.2)
    (folder / promotion.LOCK).write_text("dead", encoding="ascii")
    switch(folder, entry("m1", "m2"))
    assert current_model(folder).name == "m2"
    assert not list(folder.glob(".*"))
    monkeypatch.setattr(promotion, "STALE", 60.0)
    monkeypatch.setattr(promotion, "PATIENCE", 0.2)
    (folder / promotion.LOCK).write_text("alive", encoding="ascii")
    with pytest.raises(OutputError, match=r"CURRENT\.lock"):
        switch(folder, entry("m2", "m3"))
    assert current_model(folder).name == "m2"


def test_only_the_lock_that_was_seen_is_broken(folder: Path) -> None:
    lock = folder / promotion.LOCK
    lock.write_text("newer", encoding="ascii")
    promotion._break(lock, "dead")
    assert lock.read_text(encoding="ascii") == "newer"
    assert [path.name for path in folder.glob(".*")] == [lock.name]


def test_a_lock_is_released_when_its_owner_fails(folder: Path) -> None:
    with pytest.raises(RuntimeError), promotion.locked(folder):
        raise RuntimeError
    assert not (folder / promotion.LOCK).exists()


# --- the history ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moves", "now", "before"),
    [
        ([], "a", ""),
        (["a>b"], "b", "a"),
        (["a>b", "b>c"], "c", "b"),
        (["a>b", "b>c", "c<b"], "b", "a"),
        (["a>b", "b>c", "c<b", "b<a"], "a", ""),
        (["a>b", "b>c", "c<b", "b>d"], "d", "b"),
        (["a>b", "b>a"], "a", "b"),
        (["a>b", "b>a", "a<b"], "b", "a"),
        (["a>b"], "x", "b"),  # somebody wrote CURRENT by hand
        (["a>b", "x>c"], "c", "x"),
        ([">b"], "b", ""),
    ],
)
def test_the_previous_model(moves: Sequence[str], now: str, before: str) -> None:
    history = []
    for move in moves:
        action = Action.PROMOTE if ">" in move else Action.ROLLBACK
        history.append(entry(*move.split(">" if ">" in move else "<"), action))
    assert previous(history, now) == before


@pytest.mark.parametrize("line", ["{", '{"from": "m1"}', "\xff"])
def test_a_history_that_cannot_be_read_names_the_line(folder: Path, line: str) -> None:
    (folder / "history.jsonl").write_text(f"{line}\n", encoding="latin-1")
    with pytest.raises(ModelError, match="第 1 行"):
        read_history(folder)
    with pytest.raises(ModelError):
        switch(folder, entry("m1", "m2"))
    assert current_model(folder).name == "m1"


# --- promote and roll back -----------------------------------------------------------------------


def test_promote_and_roll_back(pair: Path, models: Path, rival: Path) -> None:
    before = current_model(models).name
    candidate = promotion.weigh(pair, rival.name, pair / before)
    assert candidate.objections == ()
    done = promotion.promote(candidate, reason="更新语料", now=NOW)
    assert (done.before, done.to) == (before, rival.name)
    assert done.figures["tips"] == 25
    assert current_model(pair).name == rival.name
    back = promotion.rollback(pair, reason="误判多", now=NOW)
    assert (back.before, back.to) == (rival.name, before)
    assert current_model(pair).name == before
    assert [each.action for each in read_history(pair)] == [Action.PROMOTE, Action.ROLLBACK]
    with pytest.raises(ModelError, match="无从换回"):
        promotion.rollback(pair, reason="", now=NOW)


def test_a_refusal_changes_nothing_and_force_is_kept_in_the_history(pair: Path, models: Path, rival: Path) -> None:
    before = current_model(models).name
    candidate = replace(promotion.weigh(pair, rival.name, pair / before), objections=("变差",))
    with pytest.raises(GateError, match="--force"):
        promotion.promote(candidate, reason="", now=NOW)
    assert current_model(pair).name == before
    assert read_history(pair) == []
    promotion.promote(candidate, reason="先用着", now=NOW, force=True)
    (kept,) = read_history(pair)
    assert (kept.to, kept.reason, kept.overruled) == (rival.name, "先用着", ("变差",))


def test_a_damaged_model_in_use_speaks_against_a_blind_change_but_does_not_hinder_it(
    pair: Path, models: Path, rival: Path
) -> None:
    before = current_model(models).name
    (pair / before / "weights.npz").write_bytes(b"")
    candidate = promotion.weigh(pair, rival.name, pair / before)
    assert len(candidate.objections) == 1
    assert "已损坏" in candidate.objections[0]
    promotion.promote(candidate, reason="原模型坏了", now=NOW, force=True)
    assert current_model(pair).name == rival.name
    with pytest.raises(ModelError, match="已损坏"):
        promotion.rollback(pair, reason="", now=NOW)
    assert current_model(pair).name == rival.name


def test_a_model_in_use_elsewhere_is_brought_along_so_that_it_can_come_back(
    models: Path, rival: Path, tmp_path: Path
) -> None:
    folder, packaged = tmp_path / "own", current_model(models)
    shutil.copytree(rival, folder / rival.name)
    promotion.promote(promotion.weigh(folder, rival.name, packaged), reason="", now=NOW)
    assert current_model(folder).name == rival.name
    promotion.rollback(folder, reason="", now=NOW)
    assert load_model(current_model(folder)).id == load_model(packaged).id
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["CURRENT", "history.jsonl", packaged.name, rival.name]
    )
