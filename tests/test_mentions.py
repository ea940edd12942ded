"""Mentions: whose a name is."""

from tipclass.mentions import OURS, mentions
from tipclass.surroundings import Surroundings


def test_all_places_of_a_name_are_on_one_side() -> None:
    text = "我叫谢春生。老板邵国栋占道，邵国栋骂人。谢春生"
    found = {}
    for each in mentions(Surroundings(text)):
        found.setdefault(text[each.start : each.end], []).append(each.weight > OURS)
    assert found["谢春生"] == [True, True]
    assert found["邵国栋"] == [False, False]


def test_a_name_without_its_form_of_address_is_the_same_one() -> None:
    text = "我叫谢春生先生。谢春生要求回复"
    assert all(each.ours for each in mentions(Surroundings(text)))
    assert len(mentions(Surroundings(text))) == 2
