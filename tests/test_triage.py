"""Triage: the line from tip to entry, once, end to end."""

from tipclass.model import Model
from tipclass.records import Route, Tip
from tipclass.sources import CHARACTERS
from tipclass.triage import against, take_apart, triage, triage_batch

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
    assert (empty.decision.route, empty.reason) == (Route.REVIEW, "没有文字，请人工核对原件")
    assert (keys.decision.route, keys.reason) == (Route.REVIEW, "不成句，像是误按的键或测试文字，请人工核对")
    assert (empty.evidence, empty.nearest, empty.matters) == ((), (), ())


def test_a_lone_surrogate_stops_nobody(model: Model) -> None:
    broken, sound = triage([Tip("1", "\ud800有人晚上在河边用电瓶电鱼"), TIPS[1]], model, passages=True)
    assert broken.tip.text == "\ufffd有人晚上在河边用电瓶电鱼"
    assert broken.decision.main == sound.decision.main or broken.decision.route is Route.REVIEW
    assert sound.tip == TIPS[1]


def test_no_tips_no_entries(model: Model) -> None:
    assert triage([], model) == []


def test_processes_change_nothing_and_progress_is_told(model: Model) -> None:
    tips = [Tip(str(number), TIPS[number % 2].text * 200) for number in range(CHARACTERS // 2000)]
    heard: list[int] = []
    alone = triage_batch(tips, model, done=heard.append)
    assert len(heard) == 2
    assert sum(heard) == len(tips)
    assert triage_batch(tips, model, jobs=2) == alone


LIST = "反映两件事：\n1、印染厂半夜把污水直接排进小河。\n2、有人晚上在河边用电瓶电鱼。\n"


def test_a_list_is_taken_apart_into_its_matters(model: Model) -> None:
    whole = Tip("7", LIST, "a.txt", 0, {"内容": LIST})
    one, two = take_apart([whole], model)
    assert (one.id, two.id) == ("7/1", "7/2")
    assert two.text == "2、有人晚上在河边用电瓶电鱼。"
    assert two.part is not None
    assert LIST[two.part.start : two.part.end] == two.text
    assert two.fields == {"内容": two.text}
    row = Tip("8", LIST, "a.csv", 3, {"内容": LIST, "来电": "甲"})
    assert all(part.fields == row.fields for part in take_apart([row], model))


def test_what_tells_one_matter_stays_whole(model: Model) -> None:
    assert take_apart(TIPS, model) == TIPS


def test_matters_point_at_their_items(model: Model) -> None:
    (entry,) = triage([Tip("7", LIST)], model)
    assert [(each.passage.item, each.code) for each in entry.matters] == [
        ("1", "water_pollution"),
        ("2", "illegal_fishing"),
    ]


def test_places_in_a_part_are_those_of_the_whole(model: Model) -> None:
    entries = triage_batch([Tip("7", LIST)], model, passages=True)
    assert [entry.decision.main.code for entry in entries] == ["water_pollution", "illegal_fishing"]
    for entry in entries:
        assert entry.evidence
        for each in entry.evidence:
            assert LIST[each.start : each.end] == each.term


def test_what_spoke_against_is_the_other_way_round(model: Model) -> None:
    entry = triage([Tip("1", "有人晚上在河边电鱼，河水发黑发臭")], model)[0]
    terms = {each.term for each in against(entry, model)}
    assert terms
    assert not terms & {each.term for each in entry.evidence}
