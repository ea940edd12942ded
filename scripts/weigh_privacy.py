"""Learn by what names, contacts, homes and posts are told to be the informant's, from marked texts.

    python scripts/weigh_privacy.py [--leave-out [--errors]] [--write]

A tagger guesses homes and posts; what it guesses, and whatever has the form of a name, a contact, a home or a post, is
weighed by its signs. The tables learn from guesses that were made of each text by a tagger which never saw its author.
Takes about twenty minutes of two processors.
"""

import argparse
import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import measure_privacy
import numpy as np
import train_tagger
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tipclass import contact_forms, contacts, homes, mentions, name_forms, name_signs, posts
from tipclass.disguise import BLANK
from tipclass.elements import known_spans
from tipclass.folding import fold
from tipclass.guesses import KINDS, TABLE, Guess, guesses
from tipclass.mentions import Mention
from tipclass.records import ElementKind
from tipclass.surroundings import Surroundings
from tipclass.tagger import Tagger
from tipclass.traces import TraceKind

Weights = dict[str, float]
Known = tuple[Sequence[Mention], Sequence[Guess]]  # the names in a text, and what is guessed of it
Guessed = dict[str, list[Guess]]  # by the id of the text
Example = tuple[Sequence[str], bool, float]  # signs, whether it is the informant's (or a name), and how much it counts

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
RAREST = 2  # a sign that fewer examples bear is not weighed
PERSONS = 0.1  # how much a person or a plate of the texts marked for elements counts beside one marked for privacy
MINE = ("我的车", "我的车是")  # behind these a plate of the texts marked for elements is the informant's
CONTACTS = frozenset({"phone", "id_number", "bank_card", "account", "email", "plate"})
HELD_OUT = ("p27", "p28", "p32", "p37", "p38")  # authors that are never learnt from
# Authors who marked as homes and posts also what only hints at one, whole clauses long: what is learnt from those hides
# too much of the matter.
HINTING = ("p14", "p15", "p16")
NAMING = ("e1", "e2", "e5")  # authors of texts marked for elements that owners are learnt from
DIGITS = 2
FOLDS = 4  # parts of the authors, each guessed by a tagger that learnt from the others
OUR, THEIR = "our", "their"


@dataclass(frozen=True, eq=False)
class Marked:
    """A text with its marks; `persons` are the reported ones of a text that is marked for elements only."""

    row: dict[str, Any]
    persons: frozenset[tuple[int, int]] = frozenset()

    @property
    def id(self) -> str:
        """The id of a text."""
        return str(self.row["id"])

    @property
    def author(self) -> str:
        """The author of a text: what its id begins with."""
        return self.id.partition("-")[0]

    @functools.cached_property
    def around(self) -> Surroundings:
        """The text, folded, with what tells in it."""
        return Surroundings(fold(self.row["text"]))

    @functools.cached_property
    def hidden(self) -> Surroundings | None:
        """The text with a sign in place of each character that leads to the informant; None where none does."""
        text = self.around.text
        for mark in self.row["marks"] if not self.persons else ():
            if mark["side"] == measure_privacy.INFORMANT:
                start, end = mark["start"], mark["end"]
                text = text[:start] + BLANK * (end - start) + text[end:]
        return Surroundings(text) if text != self.around.text else None

    @property
    def tells_homes(self) -> bool:
        """Whether homes and posts are learnt from the text."""
        return not self.persons and self.author not in HINTING

    def tagged(self) -> train_tagger.Marked:
        """Return the text as a tagger learns it."""
        kinds = (
            (mark["start"], mark["end"], f"{OUR if mark['side'] == measure_privacy.INFORMANT else THEIR} {_sort(mark)}")
            for mark in self.row["marks"]
        )
        spans = [(start, end, KINDS.index(kind)) for start, end, kind in kinds if kind in KINDS]
        text = self.around.text
        return train_tagger.Marked(self.id, text, known_spans(text), spans)

    def side(self, start: int, end: int, kinds: Iterable[str]) -> str | None:
        """Return whose a stretch is: the side of the mark it overlaps."""
        return next((each["side"] for each in self._of(kinds) if each["start"] < end and start < each["end"]), None)

    def exactly(self, start: int, end: int) -> str | None:
        """Return whose a name is, where exactly this stretch is marked as one."""
        spans = {(each["start"], each["end"]): each["side"] for each in self._of(("name",))}
        return spans.get((start, end))

    def _of(self, kinds: Iterable[str]) -> Iterator[dict[str, Any]]:
        return (each for each in self.row.get("marks", ()) if each["kind"] in kinds)


Finder = Callable[[Marked, Known], Iterable[Example]]
Finders = dict[str, Finder]


def _sort(mark: dict[str, Any]) -> str:
    return "contact" if mark["kind"] in CONTACTS else str(mark["kind"])


def main() -> None:
    """Print what is hidden and kept in the texts of each author with weights learnt from the others; write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leave-out", action="store_true", help="measure each author by weights of the others")
    parser.add_argument("--write", action="store_true", help="write the tables of corpora/elements")
    parser.add_argument("--errors", action="store_true", help="print every fault with its context")
    arguments = parser.parse_args()
    marked = map(Marked, measure_privacy.read(CORPORA / "privacy.jsonl"))
    texts = [*(each for each in marked if each.author not in HELD_OUT), *_with_persons()]
    guessed = _guessed(texts)
    known = _known(texts, guessed)
    if arguments.leave_out:
        _leave_out(texts, known, guessed, arguments.errors)
    if arguments.write:
        train_tagger.write(CORPORA / "elements" / f"{TABLE}.npz", _tagger(_tagged(texts)))
        for table, weights in _tables(texts, known).items():
            _write(CORPORA / "elements" / f"{table}.txt", weights)


def _leave_out(texts: Sequence[Marked], known: Mapping[str, Known], guessed: Guessed, errors: bool) -> None:
    for author in _authors(texts):
        with _using(_tables([each for each in texts if each.author != author], known), texts, guessed):
            measurement = measure_privacy.measure(each.row for each in texts if each.author == author)
        print(f"\n{author}, by weights of the others")
        measure_privacy.show(measurement, errors=errors)


def _authors(texts: Iterable[Marked]) -> list[str]:
    """Return the authors of texts that are marked for privacy."""
    return sorted({each.author for each in texts if not each.persons})


def _guessed(texts: Sequence[Marked]) -> Guessed:
    """Return what is guessed of each text by a tagger that learnt from other authors."""
    authors = sorted(set(_authors(texts)) - set(HINTING))
    groups = [authors[start::FOLDS] for start in range(FOLDS)]
    apart = [_tagged(each for each in texts if each.author not in group) for group in groups]
    found: Guessed = {}
    with ProcessPoolExecutor() as pool:
        for group, model in zip(groups, pool.map(_tagger, apart), strict=True):
            told = [each for each in texts if each.author in group and not each.persons]
            found |= zip((each.id for each in told), guesses([each.around.text for each in told], model), strict=True)
    return found


def _tagged(texts: Iterable[Marked]) -> list[train_tagger.Marked]:
    return [each.tagged() for each in texts if each.tells_homes]


def _tagger(texts: Sequence[train_tagger.Marked]) -> Tagger:
    return train_tagger.learn(texts, KINDS)


@contextmanager
def _using(tables: dict[str, Weights], texts: Iterable[Marked] = (), guessed: Guessed | None = None) -> Iterator[None]:
    """Let the program go by these tables and guesses instead of the written ones."""
    by_text = {each.around.text: (guessed or {}).get(each.id, []) for each in texts}
    mentions._word_weight.cache_clear()
    with (
        patch("tipclass.scales.weights", tables.__getitem__),
        patch("tipclass.mentions.weights", tables.__getitem__),
        patch("tipclass.disguise.guesses", lambda folded: [by_text.get(each, []) for each in folded]),
    ):
        yield


def _tables(texts: Sequence[Marked], known: Mapping[str, Known]) -> dict[str, Weights]:
    """Return the weights learnt from some texts, by table."""
    return _fitted(NAMES, texts, {}) | _fitted(BESIDE_NAMES, texts, known)


def _known(texts: Sequence[Marked], guessed: Guessed) -> dict[str, Known]:
    people = _people(texts)
    return {each.id: (people.get(each.id, ()), guessed.get(each.id, ())) for each in texts}


def _people(texts: Sequence[Marked]) -> dict[str, list[Mention]]:
    """Return the names in each text as they are told by weights learnt from the other authors: with usual faults."""
    people: dict[str, list[Mention]] = {}
    for author in _authors(texts):
        with _using(_fitted(NAMES, [each for each in texts if each.author != author], {})):
            people |= {each.id: mentions.mentions(each.around) for each in texts if each.author == author}
    return people


def _fitted(finders: Finders, texts: Iterable[Marked], known: Mapping[str, Known]) -> dict[str, Weights]:
    texts = list(texts)
    return {
        table: _fit(table, [one for each in texts for one in finder(each, known.get(each.id, ((), ())))])
        for table, finder in finders.items()
    }


@functools.cache
def _names(marked: Marked, known: Known) -> list[Example]:
    if marked.persons:
        return []
    return [
        (tuple(name_signs.name_signs(marked.around, *span, forms)), marked.exactly(*span) is not None, 1.0)
        for span, forms in name_forms.spans(marked.around.text).items()
    ]


@functools.cache
def _owners(marked: Marked, known: Known) -> list[Example]:
    return [
        (
            tuple(name_signs.owner_signs(marked.around, *span)),
            marked.exactly(*span) == measure_privacy.INFORMANT,
            PERSONS if span in marked.persons else 1.0,
        )
        for span in name_forms.spans(marked.around.text)
        if marked.exactly(*span) or span in marked.persons
    ]


def _contacts(marked: Marked, known: Known) -> Iterator[Example]:
    """Yield each contact, and once more those that are left when what is the informant's is hidden."""
    arounds = (marked.around, marked.hidden) if marked.hidden else (marked.around,)
    for around in arounds:
        for each in contact_forms.find(around.text):
            side = marked.side(each.start, each.end, CONTACTS)
            if side or (marked.persons and each.kind is TraceKind.PLATE):
                ours = side == measure_privacy.INFORMANT or (not side and around.text.endswith(MINE, 0, each.start))
                signs = contacts.contact_signs(around, each.start, each.end, each.kind, people=known[0])
                twice = marked.hidden is not None and not ours
                yield tuple(signs), ours, (0.5 if twice else 1.0) if side else PERSONS


def _of_kind(kind: str, spans: Callable[..., Iterable[tuple[int, int]]], signs: Callable[..., Iterable[str]]) -> Finder:
    """Return the finder of the examples of homes or posts: the informant's against all others."""

    def find(marked: Marked, known: Known) -> Iterator[Example]:
        people, guessed = known
        for span in spans(marked.around.text, people, guessed) if marked.tells_homes else ():
            ours = marked.side(*span, (kind,)) == measure_privacy.INFORMANT
            yield tuple(signs(marked.around, *span, people=people, guessed=guessed)), ours, 1.0

    return find


NAMES: Finders = {mentions.NAME_TABLE: _names, mentions.OWNER_TABLE: _owners}
BESIDE_NAMES: Finders = {
    contacts.TABLE: _contacts,
    homes.TABLE: _of_kind("address", lambda text, _, guessed: homes.candidates(text, guessed), homes.home_signs),
    posts.TABLE: _of_kind("work", posts.candidates, posts.post_signs),
}
# Inverse of the regularisation.
STRENGTH = {
    mentions.NAME_TABLE: 0.2,
    mentions.OWNER_TABLE: 0.3,
    contacts.TABLE: 0.3,
    homes.TABLE: 1.0,
    posts.TABLE: 0.5,
}


def _with_persons() -> Iterator[Marked]:
    """Yield the texts marked for elements that tables of weights are learnt from, with the spans of their subjects."""
    for row in measure_privacy.read(CORPORA / "elements.jsonl"):
        if row["id"].partition("-")[0] in NAMING:
            subjects = (each for each in row["elements"] if each["kind"] == ElementKind.SUBJECT)
            yield Marked(row, frozenset((each["start"], each["end"]) for each in subjects) or frozenset({(0, 0)}))


def _fit(table: str, found: Sequence[Example]) -> Weights:
    """Return the weight of every sign that enough examples bear, `any` being what each starts from."""
    borne = Counter(sign for signs, _, _ in found for sign in set(signs))
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{sign: 1.0 for sign in signs if borne[sign] >= RAREST} for signs, _, _ in found])
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    model = LogisticRegression(C=STRENGTH[table], max_iter=3000, solver="liblinear")
    model.fit(rows, [ours for _, ours, _ in found], sample_weight=[count for _, _, count in found])
    weighed = dict(zip(vectorizer.feature_names_, map(float, model.coef_[0]), strict=True))
    return {sign: round(each, DIGITS) for sign, each in weighed.items() if round(each, DIGITS)} | {
        "any": round(float(model.intercept_[0]), DIGITS)
    }


def _write(path: Path, weights: Weights) -> None:
    head = "# What speaks for and against: a sign and its weight (log-odds).\n"
    head += "# Written by scripts/weigh_privacy.py from marked texts; not to be edited by hand.\n"
    path.write_text(head + "".join(f"{sign} {weights[sign]:g}\n" for sign in sorted(weights)), encoding="utf-8")


if __name__ == "__main__":
    main()
