"""Weighing: what marked texts teach, and how it is kept."""

from pathlib import Path

import pytest
import weigh_elements
from weigh_elements import Marked

from tipclass import settings, wordlist
from tipclass.candidates import Candidate

MARKED = [
    Marked("电鱼倒水", [Candidate(0, 2, ("offence", "left #")), Candidate(2, 4, ("water",))], [(0, 2)])
] * weigh_elements.RAREST


def test_a_sign_that_goes_with_marks_weighs_for_them() -> None:
    weights = weigh_elements.fit(MARKED, 1.0)
    assert set(weights) == {"any", "offence", "water"}
    assert weights["offence"] > 0 > weights["water"]


def test_rare_signs_are_not_weighed() -> None:
    rare = Marked("打鸟", [Candidate(0, 2, ("rare",))], [])
    assert "rare" not in weigh_elements.fit([*MARKED, rare], 1.0)


def test_a_table_is_read_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elements").mkdir()
    weigh_elements._write(tmp_path / "elements" / "some.txt", "act", {"any": -1.234, "left a ": 0.5, "tiny": 0.001})
    monkeypatch.setattr(settings, "corpora_folder", lambda: tmp_path)
    assert wordlist.weights("some") == {"any": -1.23, "left a ": 0.5}
