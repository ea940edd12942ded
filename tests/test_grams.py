"""Grams: found as numbers just as they would be found as strings."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tipclass.grams import Grams
from tipclass.segment import View

LETTERS = "鱼电河污😀a\ud800"
RUNS = st.lists(st.text(st.sampled_from(LETTERS), min_size=1, max_size=6), max_size=4)
KNOWN = st.sets(st.text(st.sampled_from(LETTERS[:-1]), min_size=1, max_size=2), max_size=8)


@given(KNOWN, st.lists(RUNS, max_size=4))
@settings(max_examples=300, deadline=None)
def test_grams_are_those_of_the_views(known: set[str], texts: list[list[str]]) -> None:
    grams, views = Grams(tuple(sorted(known))), [View([], runs) for runs in texts]
    rows, columns = grams.find(views)
    found = Counter(zip(rows.tolist(), (grams.known[column] for column in columns), strict=True))
    said = ((row, gram) for row, view in enumerate(views) for gram in view.characters() if gram in known)
    assert found == Counter(said)
