"""Measuring: what counts as hidden and kept."""

import measure_privacy
import weigh_privacy
from weigh_privacy import CORPORA

TEXT = "我叫谢春生，老板邵国栋占道"


def test_marks_and_characters_are_counted_by_side_and_kind() -> None:
    marks = [
        {"side": "informant", "kind": "name", "start": 2, "end": 5},
        {"side": "reported", "kind": "name", "start": 8, "end": 11},
        {"side": "informant", "kind": "address", "start": 11, "end": 13},
    ]
    measurement = measure_privacy.measure([{"id": "a", "text": TEXT, "marks": marks}])
    shares = {key: measurement.share(*key) for key in measurement.marked}
    assert shares == {
        ("informant", "name"): 1.0,
        ("reported", "name"): 1.0,
        ("informant", "address"): 0.0,
        ("other", "characters"): 1.0,
    }
    assert len(measurement.errors) == 1
    assert "[占道]" in measurement.errors[0]


def test_a_mark_hidden_in_part_is_not_hidden() -> None:
    marks = [{"side": "informant", "kind": "name", "start": 2, "end": 6}]
    measurement = measure_privacy.measure([{"id": "a", "text": TEXT, "marks": marks}])
    assert measurement.share("informant", "name") == 0.0


def test_characters_hidden_outside_of_marks_are_told() -> None:
    measurement = measure_privacy.measure([{"id": "a", "text": TEXT, "marks": []}])
    assert measurement.share("other", "characters") == (len(TEXT) - 3) / len(TEXT)
    assert "[谢春生]" in measurement.errors[0]


# What is hidden and kept of the marks of authors that no weight was learnt from, some two points below what was last
# measured.
FLOORS = {
    ("informant", "name"): 0.89,
    ("informant", "address"): 0.9,
    ("informant", "phone"): 0.98,
    ("informant", "plate"): 0.96,
    ("informant", "id_number"): 0.99,
    ("informant", "bank_card"): 0.97,
    ("informant", "email"): 0.99,
    ("informant", "account"): 0.8,
    ("informant", "work"): 0.63,
    ("reported", "name"): 0.75,
    ("other", "characters"): 0.96,
}


def test_authors_nobody_learnt_from_are_masked_as_well_as_before() -> None:
    rows = measure_privacy.read(CORPORA / "privacy.jsonl")
    unread = measure_privacy.measure(row for row in rows if row["id"].startswith(weigh_privacy.HELD_OUT))
    assert all(unread.marked[key] >= 5 for key in FLOORS)
    shares = {key: unread.share(*key) for key in FLOORS}
    assert not {key: share for key, share in shares.items() if share < FLOORS[key]}
