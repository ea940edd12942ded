"""A result is the old one or the whole new one, and what is finished of it can be gone on with."""

import errno
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from tipclass import journal
from tipclass.errors import OutputError, UsageError
from tipclass.journal import can_go_on, draft_files, drafting

FACTS = {"input": "1", "--top": "3"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "结果.csv"
    path.write_text("old", encoding="utf-8")
    return path


def broken(target: Path, pieces: int, *, resume: bool = False) -> None:
    with suppress(KeyboardInterrupt), drafting(target, FACTS, resume=resume) as draft:
        for piece in range(len(draft.done), pieces):
            draft.add(b"%d\n" % piece, piece)
        raise KeyboardInterrupt


def finish(target: Path) -> list[int]:
    """Go on up to five pieces; return those that were not made again."""
    with drafting(target, FACTS, resume=True) as draft:
        known = list(draft.done)
        for piece in range(len(known), 5):
            draft.add(b"%d\n" % piece, piece)
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert target.read_bytes() == b"0\n1\n2\n3\n4\n"
    return known


def test_what_is_broken_off_is_gone_on_with(target: Path) -> None:
    broken(target, 2)
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.stat().st_mode & 0o777 for path in draft_files(target)] == [0o600, 0o600]
    broken(target, 3, resume=True)
    assert can_go_on(target)
    assert finish(target) == [0, 1, 2]


def test_a_piece_that_was_not_noted_and_a_torn_note_are_made_again(target: Path) -> None:
    broken(target, 2)
    part, log = draft_files(target)
    part.write_bytes(part.read_bytes() + b"2\n3\n4\n and more than comes behind it")
    log.write_bytes(log.read_bytes() + b'{"end": 6, "dig')
    assert finish(target) == [0, 1]


@pytest.mark.parametrize("content", [b"0\nx\n", b"0", b""])
def test_a_damaged_part_is_begun_anew(target: Path, content: bytes) -> None:
    broken(target, 2)
    draft_files(target)[0].write_bytes(content)
    assert finish(target) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xff", b"[]\n1\n", b'{"facts": {}}\n{"end": "x"}\n'])
def test_a_damaged_journal_is_begun_anew(target: Path, content: bytes) -> None:
    broken(target, 2)
    draft_files(target)[1].write_bytes(content)
    assert finish(target) == []


def test_nothing_stays_where_nothing_is_finished(target: Path) -> None:
    broken(target, 0)
    assert list(target.parent.iterdir()) == [target]
    assert not can_go_on(target)


def test_what_differs_is_named_and_nothing_is_lost(target: Path) -> None:
    broken(target, 2)
    with (
        pytest.raises(UsageError, match="输入内容、--top、--mask 与上次不同"),
        drafting(target, {"input": "2", "--top": "5", "--mask": ""}, resume=True),
    ):
        pass
    assert finish(target) == [0, 1]


def test_without_resume_all_is_made_anew(target: Path) -> None:
    broken(target, 2)
    with drafting(target, FACTS, resume=False) as draft:
        draft.add(b"new", 0)
    assert target.read_bytes() == b"new"


def test_two_runs_on_one_output_do_not_mix(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "PATIENCE", 0.0)
    with drafting(target, FACTS, resume=False) as draft:
        draft.add(b"first", 0)
        with pytest.raises(OutputError, match="另一次运行"), drafting(target, FACTS, resume=True):
            pass
    assert target.read_bytes() == b"first"


def test_a_full_disk_and_an_open_file_leave_the_old_result_and_what_is_finished(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(stream: IO[bytes], content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def locked(*_: object) -> None:
        raise PermissionError(13, "in use")

    def add(*, piece: int) -> None:
        with drafting(target, FACTS, resume=True) as draft:
            draft.add(b"%d\n" % piece, piece)

    broken(target, 1)
    stubs = ((journal, "_write", full, "检查磁盘空间"), (Path, "replace", locked, "请先关闭"))
    for owner, name, stub, sentence in stubs:
        monkeypatch.setattr(owner, name, stub)
        with pytest.raises(OutputError, match=sentence):
            add(piece=1)
        monkeypatch.undo()
    assert target.read_text(encoding="utf-8") == "old"
    assert finish(target) == [0, 1]


def test_no_link_is_followed(target: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    draft_files(target)[0].symlink_to(other)
    with pytest.raises(OutputError), drafting(target, FACTS, resume=False):
        pass
    assert other.read_text(encoding="utf-8") == "mine"
