"""The columns of a result: which there are, and what each says of an entry."""

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tipclass import messages
from tipclass.explain import place
from tipclass.fields import FIELDS
from tipclass.records import Entry, Notes, Passage, Scored, Tip
from tipclass.routing import text_of_basis
from tipclass.taxonomy import Taxonomy
from tipclass.told import (
    element_lines,
    lines,
    listed,
    missing_names,
    routing_lines,
    text_of_adds,
    text_of_repeats,
    text_of_series,
)
from tipclass.transfer import text_of_hint
from tipclass.workbook import Value, column_width

SAMPLE = 50  # tips that the widths of input columns follow

Column = tuple[str, Callable[[Entry], Value]]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a result depend on: the inputs' columns, with their widths, and what some entry shows.

    `several_sources`: entries come from several inputs, which are named; `numbered`: the input shows the id of every
    entry already; `noted`: an office took notes; `linked`: some entry repeats another or is of a series; `taken_apart`:
    some are parts of a longer text, whose words stand in no other column with `bare`.
    """

    inputs: tuple[str, ...]
    widths: tuple[int, ...]
    several_sources: bool = False
    numbered: bool = False
    noted: bool = False
    linked: bool = False
    taken_apart: bool = False
    bare: bool = False


def layout_of(entries: Sequence[Entry]) -> Layout:
    """Return the layout that some entries ask for."""
    parts = [entry.tip for entry in entries if entry.tip.part]
    inputs = tuple(dict.fromkeys(name for entry in entries for name in entry.tip.fields))
    return Layout(
        inputs=inputs,
        widths=widths_of(inputs, (entry.tip for entry in entries)),
        several_sources=len({entry.tip.source for entry in entries}) > 1,
        numbered=all(entry.tip.id in entry.tip.fields.values() for entry in entries),
        noted=any(entry.notes for entry in entries),
        linked=any(entry.repeats or entry.series for entry in entries),
        taken_apart=bool(parts),
        bare=not all(tip.text in tip.fields.values() for tip in parts),
    )


def widths_of(columns: Sequence[str], tips: Iterable[Tip]) -> tuple[int, ...]:
    """Return the widths of input columns, by the first tips."""
    first = list(itertools.islice(tips, SAMPLE))
    return tuple(column_width([name, *(tip.fields.get(name, "") for tip in first)]) for name in columns)


@dataclass(frozen=True)
class Batch:
    """Entries on their way out, and what names and columns they need.

    `fields` are those asked for by name (see `fields`); none means all. `whole` is the layout of the result where
    these entries are only a part of it.
    """

    entries: Sequence[Entry]
    taxonomy: Taxonomy
    model_id: str
    fields: tuple[str, ...] = ()
    whole: Layout | None = None

    @functools.cached_property
    def layout(self) -> Layout:
        """What the columns depend on."""
        return self.whole or layout_of(self.entries)

    def input_values(self, entry: Entry) -> list[str]:
        """Return the input cells of an entry."""
        return [entry.tip.fields.get(name, "") for name in self.layout.inputs]

    def category(self, entry: Entry) -> str:
        """Return the name of the main category; empty where the text says nothing."""
        return self.taxonomy.name(entry.decision.main.code) if entry.decision.readable else ""

    def part(self) -> list[Column]:
        """Return which part of a longer text an entry is: its item, its place, and its words if they are not beside."""
        words: list[Column] = [(messages.COLUMN_PART, lambda entry: entry.tip.text if entry.tip.part else "")]
        return [
            (messages.COLUMN_ITEM, lambda entry: entry.tip.part.item if entry.tip.part else ""),
            (messages.COLUMN_SPAN, lambda entry: _span(entry.tip.part)),
            *(words if self.layout.bare else []),
        ]

    def brief(self) -> list[Column]:
        """Return what a clerk needs at a glance."""
        name = self.taxonomy.name
        numbers: list[Column] = [(messages.COLUMN_NUMBER, lambda entry: entry.tip.id)]
        return [
            *([] if self.layout.numbered else numbers),
            (messages.COLUMN_CATEGORY, self.category),
            (messages.COLUMN_FURTHER, lambda entry: ";".join(name(each.code) for each in entry.decision.labels[1:])),
            (messages.COLUMN_CERTAINTY, lambda entry: round(entry.decision.certainty, 4)),
            (messages.COLUMN_ROUTE, lambda entry: messages.ROUTES[entry.decision.route]),
            (messages.COLUMN_REASON, lambda entry: entry.reason),
            *(self.notes() if self.layout.noted else []),
            (messages.COLUMN_CORRECTION, lambda entry: ""),
            (messages.COLUMN_FURTHER_CORRECTION, lambda entry: ""),
        ]

    def links(self) -> list[Column]:
        """Return what an entry adds to its group, and what ties it to other matters."""
        return [
            (messages.COLUMN_ADDS, lambda entry: text_of_adds(entry.repeats)),
            (messages.COLUMN_SERIES, lambda entry: lines(map(text_of_series, entry.series))),
        ]

    def notes(self) -> list[Column]:
        """Return what a desk needs besides the category, at a glance."""
        return [
            (messages.COLUMN_GRADE, lambda entry: entry.notes.grade.level if entry.notes and entry.notes.grade else ""),
            (messages.COLUMN_LEAD, lambda entry: entry.notes.departments.lead if entry.notes else ""),
            (messages.COLUMN_MISSING, lambda entry: listed(missing_names(entry.notes)) if entry.notes else ""),
            (messages.COLUMN_REPEATS, lambda entry: text_of_repeats(entry.repeats)),
            (messages.COLUMN_HINTS, lambda entry: lines(map(text_of_hint, entry.notes.hints)) if entry.notes else ""),
        ]

    def note_details(self) -> list[Column]:
        """Return the rest of the notes."""
        columns: list[tuple[str, Callable[[Notes], str]]] = [
            (messages.COLUMN_ASSIST, lambda notes: listed(notes.departments.assist)),
            (messages.COLUMN_NATURE, lambda notes: listed(messages.NATURES[each] for each in notes.natures)),
            (messages.COLUMN_SIGNATURE, lambda notes: messages.SIGNATURES[notes.signature]),
            (messages.COLUMN_GRADE_REASON, lambda notes: "；".join(notes.grade.reasons) if notes.grade else ""),
            (messages.COLUMN_ELEMENTS, lambda notes: lines(element_lines(notes))),
            (messages.COLUMN_BASIS, lambda notes: lines(map(text_of_basis, notes.departments.basis))),
            (messages.COLUMN_CRIMINAL, lambda notes: lines(map(text_of_basis, notes.departments.criminal))),
            (messages.COLUMN_ROUTING, lambda notes: lines(routing_lines(notes.departments))),
        ]

        def column(name: str, value: Callable[[Notes], str]) -> Column:
            return name, lambda entry: value(entry.notes) if entry.notes else ""

        return [column(name, value) for name, value in columns]

    def chosen(self) -> list[Column]:
        """Return the columns of the fields that were asked for."""
        wanted = {FIELDS[name].column for name in self.fields}
        return [column for column in (*self.brief(), *self.detail()) if column[0] in wanted]

    def hidden(self) -> list[Column]:
        """Return what `corpus learn` will find an entry by."""
        return [(messages.COLUMN_ID, lambda entry: entry.tip.id), (messages.COLUMN_MODEL, lambda entry: self.model_id)]

    def detail(self) -> list[Column]:
        """Return what is worth keeping beside."""
        return [
            (messages.COLUMN_LABELS, lambda entry: self._scored(entry.decision.labels)),
            (messages.COLUMN_CANDIDATES, lambda entry: self._scored(entry.decision.candidates)),
            (messages.COLUMN_SECOND, self._second),
            (messages.COLUMN_EVIDENCE, lambda entry: listed(each.term for each in entry.evidence)),
            (
                messages.COLUMN_EVIDENCE_WEIGHTS,
                lambda entry: listed(f"{e.term} {e.weight:.2f}" for e in entry.evidence),
            ),
            (messages.COLUMN_MATTERS, self._matters),
            (messages.COLUMN_NEAREST, self._nearest),
            *(self.note_details() if self.layout.noted else []),
            *(self.links() if self.layout.linked else []),
        ]

    def place(self) -> list[Column]:
        """Return where an entry came from."""
        return [
            (messages.COLUMN_SOURCE, lambda entry: entry.tip.source),
            (messages.COLUMN_ROW, lambda entry: str(entry.tip.row or "")),
        ]

    def _second(self, entry: Entry) -> str:
        return self.taxonomy.name(entry.decision.runner_up.code) if entry.decision.readable else ""

    def _matters(self, entry: Entry) -> str:
        """Name the matters of a long text, each with its place."""
        return lines(
            messages.MATTER.format(place=place(each), name=self.taxonomy.name(each.code), certainty=each.certainty)
            for each in entry.matters
        )

    def _nearest(self, entry: Entry) -> str:
        return lines(
            messages.NEAR.format(
                id=each.id,
                names=listed(map(self.taxonomy.name, each.labels)),
                likeness=each.likeness,
                text=each.text,
            )
            for each in entry.nearest
        )

    def _scored(self, labels: Iterable[Scored]) -> str:
        return listed(f"{self.taxonomy.name(each.code)} {each.score:.2f}" for each in labels)


def _span(part: Passage | None) -> str:
    return messages.SPAN.format(start=part.start + 1, end=part.end) if part else ""


def header(place: Sequence[str], inputs: Sequence[str], ours: Sequence[str]) -> list[str]:
    """Return all column names; one of ours that the input bears already gets a mark, the input's stay as they are."""
    taken = set(inputs)
    return [*_free(place, taken), *inputs, *_free(ours, taken)]


def _free(names: Sequence[str], taken: set[str]) -> Iterator[str]:
    for name in names:
        tries = (name, messages.OURS.format(name=name))
        more = (messages.OURS_AGAIN.format(name=name, number=number) for number in range(2, len(taken) + 3))
        free = next(each for each in (*tries, *more) if each not in taken)
        taken.add(free)
        yield free
