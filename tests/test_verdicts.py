"""Verdicts: by the hash of a text, written and read as rows."""

import pytest

from tipclass import verdicts
from tipclass.corpus import LabelledTip
from tipclass.records import Cause, Decision, Route, Scored
from tipclass.taxonomy import Taxonomy
from tipclass.verdicts import COLUMNS, Verdict, text_key, verdicts_of


def decision(code: str, certainty: float, route: Route = Route.REVIEW) -> Decision:
    main = Scored(code, certainty)
    return Decision(route, Cause.CERTAIN, certainty, (main,), (main,), Scored("not_a_tip", 0.0))


TIPS = (
    LabelledTip("1", "有人电鱼", ("illegal_fishing", "water_pollution")),
    LabelledTip("2", "污水进河", ("water_pollution",)),
    LabelledTip("3", "有人电鱼", ("not_a_tip",)),
)
SAID = (
    decision("illegal_fishing", 0.87654321, Route.ACCEPT),
    decision("not_a_tip", 0.5),
    decision("not_a_tip", 0.9),
)


def test_a_verdict_has_main_labels_only_and_the_first_of_a_repeated_text_stays() -> None:
    found = verdicts_of(TIPS, SAID)
    assert found == {
        text_key("有人电鱼"): Verdict("1", "illegal_fishing", "illegal_fishing", 0.8765, Route.ACCEPT),
        text_key("污水进河"): Verdict("2", "water_pollution", "not_a_tip", 0.5, Route.REVIEW),
    }


def test_rows_come_back_as_they_went(taxonomy: Taxonomy) -> None:
    found = verdicts_of(TIPS, SAID)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in verdicts.as_rows(found)]
    assert verdicts.from_rows(rows, taxonomy) == found
    assert not any("电鱼" in value for row in rows for value in row.values())


@pytest.mark.parametrize(
    ("column", "value"), [("label", "fraud"), ("category", ""), ("certainty", "sure"), ("route", "none")]
)
def test_a_row_that_does_not_fit_is_refused(taxonomy: Taxonomy, column: str, value: str) -> None:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in verdicts.as_rows(verdicts_of(TIPS, SAID))]
    with pytest.raises((KeyError, ValueError)):
        verdicts.from_rows([rows[0] | {column: value}], taxonomy)
