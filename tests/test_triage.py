"""Triage: the line from tip to entry, once, end to end."""

from tipclass.records import Route, Tip
from tipclass.store import Model
from tipclass.triage import CHUNK, triage, triage_batch

TIPS = [
    Tip("1", "印染厂半夜把污水直接排进小河"),
    Tip("2", "有人晚上在河边用电瓶电鱼"),
    Tip("3", ""),
    Tip("4", "qwertyuiop"),
]


def test_each_tip_becomes_an_entry_in_order(model: Model) -> None:
    entries = triage(TIPS, model)
    assert [entry.tip for entry in entries] == TIPS
    assert [entry.decision.main.code for entry in entries[:2]] == ["water_pollution", "illegal_fishing"]
    assert any("电鱼" in each.term for each in entries[1].evidence)


def test_no_text_and_no_known_words_go_to_review_and_say_why(model: Model) -> None:
    empty, keys = triage(TIPS, model)[2:]
    assert (empty.decision.route, empty.decision.reason) == (Route.REVIEW, "没有文字，请人工核对原件")
    assert (keys.decision.route, keys.decision.reason) == (Route.REVIEW, "没有模型认识的词，请人工判断")


def test_no_tips_no_entries(model: Model) -> None:
    assert triage([], model) == []


def test_processes_change_nothing_and_progress_is_told(model: Model) -> None:
    tips = [Tip(str(number), TIPS[number % 2].text) for number in range(CHUNK + 3)]
    heard: list[int] = []
    alone = triage_batch(tips, model, done=heard.append)
    assert heard == [CHUNK, 3]
    assert triage_batch(tips, model, jobs=2) == alone
