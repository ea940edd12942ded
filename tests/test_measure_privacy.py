"""Measuring: what counts as hidden and kept."""

import measure_privacy

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
