"""Candidates: their signs are weighed by a table."""

import pytest

from tipclass import candidates
from tipclass.candidates import Candidate


@pytest.mark.parametrize(("signs", "weight"), [((), -1.0), (("a",), 1.0), (("a", "b", "unknown"), 0.5)])
def test_a_candidate_weighs_what_its_signs_weigh(
    signs: tuple[str, ...], weight: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "weights", lambda table: {"any": -1.0, "a": 2.0, "b": -0.5})
    assert Candidate(0, 1, signs).weight("table") == weight
