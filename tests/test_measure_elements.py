"""Measuring: what counts as a find, and what the table is made of."""

import measure_elements
import pytest

TEXT = "昨晚电鱼三十斤"
MARKS = [
    {"kind": "time", "start": 0, "end": 2},
    {"kind": "act", "start": 2, "end": 4},
    {"kind": "quantity", "start": 4, "end": 7, "value": "15 公斤"},
    {"kind": "phone", "start": 0, "end": 2},
]


def test_finds_and_misses_are_counted_by_kind() -> None:
    measurement = measure_elements.measure([{"id": "a", "text": TEXT, "elements": MARKS}])
    counts = {kind: (count.gold, count.found, count.hits) for kind, count in measurement.counts.items() if count.gold}
    assert counts == {"time": (1, 1, 1), "act": (1, 1, 1), "quantity": (1, 1, 1), "phone": (1, 0, 0)}
    assert len(measurement.errors) == 1
    assert "[昨晚]电鱼" in measurement.errors[0]


@pytest.mark.parametrize(
    ("mark", "hits"),
    [
        ({"kind": "quantity", "start": 4, "end": 7, "value": "30 公斤"}, 0),
        ({"kind": "quantity", "start": 5, "end": 7, "value": "15 公斤"}, 1),
        ({"kind": "quantity", "start": 6, "end": 7, "value": "15 公斤"}, 0),
        ({"kind": "act", "start": 4, "end": 7, "value": "15 公斤"}, 0),
    ],
)
def test_a_find_must_overlap_by_half_and_have_the_same_value(mark: dict[str, object], hits: int) -> None:
    measurement = measure_elements.measure([{"id": "a", "text": TEXT, "elements": [mark]}])
    assert measurement.counts["quantity"].hits == hits


def test_a_second_annotator_is_measured_in_the_kinds_he_marked() -> None:
    marked = [{"id": "a", "text": TEXT, "elements": MARKS}, {"id": "b", "text": TEXT, "elements": MARKS}]
    second = [{"id": "a", "elements": [{"kind": "time", "start": 0, "end": 2, "text": "昨晚"}]}]
    second[0]["elements"].append({"kind": "act", "start": 5, "end": 7, "text": "十斤"})
    counts = measure_elements.agreement(marked, second).counts
    assert {kind: (count.gold, count.found, count.hits) for kind, count in counts.items()} == {
        "time": (1, 1, 1),
        "act": (1, 1, 0),
    }
