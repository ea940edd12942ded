"""Training the tagger: what is learnt from, and that it is found again."""

import json
from pathlib import Path

import pytest
import train_tagger
from train_tagger import Marked

from tipclass.elements import KINDS
from tipclass.records import ElementKind
from tipclass.tagger import read

PLACE, ACT = KINDS.index(ElementKind.PLACE), KINDS.index(ElementKind.ACT)
TEXTS = [
    Marked(str(number), f"有人在{place}{act}。", [], [(3, 7, PLACE), (7, 9, ACT)])
    for number, (place, act) in enumerate(
        (place, act) for place in ("沙河大桥", "柳林水库", "青山矿区") for act in ("电鱼", "采砂", "倾倒", "偷排")
    )
]


def test_what_is_marked_is_found_again_also_from_a_file(tmp_path: Path) -> None:
    model = train_tagger.learn(TEXTS, max_iterations=30)
    train_tagger.write(tmp_path / "a.npz", model)
    for each in (model, read(tmp_path / "a.npz")):
        found = each.tag([one.text for one in TEXTS], [one.known for one in TEXTS])
        assert found == [one.marks for one in TEXTS]


def test_what_is_proposed_wrongly_is_told_from_what_is_right() -> None:
    model = train_tagger.learn(TEXTS, max_iterations=30)
    wrong = [Marked(f"b-{one.id}", f"请不要{one.text[2:]}", [], []) for one in TEXTS]
    proposed = train_tagger.Proposed([*TEXTS, *wrong], model, 2.0)
    weigher = train_tagger.weigh([proposed])
    assert list(proposed.found(weigher, 0.0)) == [one.marks for one in (*TEXTS, *wrong)]
    assert any(found for found in list(proposed.found(weigher, -50.0))[len(TEXTS) :])


def test_all_of_an_author_is_in_one_half() -> None:
    texts = [Marked(f"{author}-{number}", "", [], []) for author in ("e1", "e2", "chat-w1") for number in range(9)]
    assert len({(one.id.rpartition("-")[0], one.half) for one in texts}) == 3
    own, others = train_tagger._split(texts, 0)
    assert sorted([*own, *others], key=lambda one: one.id) == sorted(texts, key=lambda one: one.id)
    assert {one.half for one in own} <= {0}


def test_a_sentence_is_a_text_of_its_own_with_its_marks() -> None:
    whole = Marked("a", "昨晚。在沙河电鱼", [(0, 2, 1)], [(4, 6, PLACE), (6, 8, ACT)])
    assert list(train_tagger.sentences_of([whole])) == [
        Marked("a", "昨晚", [(0, 2, 1)], []),
        Marked("a", "在沙河电鱼", [], [(1, 3, PLACE), (3, 5, ACT)]),
    ]


def test_a_mark_that_says_something_else_is_refused(tmp_path: Path) -> None:
    row = {"id": "a", "text": "有人电鱼", "elements": [{"kind": "act", "start": 0, "end": 2, "text": "电鱼"}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(ValueError, match="a: "):
        train_tagger.read(tmp_path / "a.jsonl")


def test_tips_are_read_with_their_text() -> None:
    texts = train_tagger.read(train_tagger.HELD_TIPS)
    assert len(texts) == 400
    assert any(one.marks for one in texts)


def test_nobody_learns_from_what_is_held_out() -> None:
    ids = {one.id for one in train_tagger.read(train_tagger.TIPS)}
    assert ids.isdisjoint(one.id for one in train_tagger.read(train_tagger.HELD_TIPS))
