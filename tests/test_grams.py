"""Grams: found as numbers just as they would be found as strings."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tipclass.grams import Grams
from tipclass.points import join

LETTERS = "鱼电河污😀a\ud800"
KNOWN = st.sets(st.text(st.sampled_from(LETTERS[:-1]), min_size=1, max_size=2), max_size=8)


@given(KNOWN, st.lists(st.text(st.sampled_from(LETTERS + "，"), max_size=12), max_size=4))
@settings(max_examples=300)
def test_grams_stand_where_they_are_found(known: set[str], texts: list[str]) -> None:
    grams, whole = Grams(tuple(sorted(known))), "\n".join([*texts, ""])
    found = grams.find(join(texts))
    said = [whole[start:end] for start, end in zip(found.starts, found.ends, strict=True)]
    assert said == [grams.known[column] for column in found.columns]
    assert found.rows.tolist() == [whole.count("\n", 0, start) for start in found.starts]
    places = [whole[at : at + size] for size in (1, 2) for at in range(len(whole) - size + 1)]
    assert len(said) == sum(each in known for each in places)
