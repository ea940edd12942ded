"""The pages of reviews: one doubtful tip after the other, judged by a person at the keyboard."""

from itertools import chain

from starlette.responses import Response

from tipclass import messages
from tipclass.errors import UsageError
from tipclass.ledger import Row
from tipclass.records import Tip
from tipclass.retraining import CORRECTED
from tipclass.views import address, shown
from tipclass.webpage import Ask, Page, go


def review(ask: Ask) -> Response:
    """Show the most doubtful tip that waits, or the one after a tip that was skipped."""
    rows, number = ask.desk.waiting(), ask.words.get("number", "")
    found = next((row for row in rows if row.number == number), None) or _after(rows, ask.words.get("after", ""))
    progress = ask.desk.progress(rows)
    if found is None:
        return ask.show("reviewed.html", progress=progress)
    entry = ask.desk.judge([Tip(found.number, found.text)])[0]
    return ask.show(
        "review.html",
        row=found,
        shown=shown(entry, ask.desk.against(entry), ask.desk.taxonomy),
        progress=progress,
        aside=next((each for each in ask.desk.taxonomy.category if each.set_aside), None),
        codes=[(each.code, each.name, each.definition, " ".join(each.aliases)) for each in ask.desk.taxonomy.category],
    )


def _after(rows: list[Row], number: str) -> Row | None:
    """Return the row behind a number, else the first."""
    numbers = [row.number for row in rows]
    at = numbers.index(number) + 1 if number in numbers else 0
    return next(chain(rows[at:], rows[:at]), None)


def decide(ask: Ask) -> Response:
    """Keep what a person chose, and show the next."""
    number, main = ask.field("number"), ask.field("main")
    if not main:
        raise UsageError(messages.REVIEW_NO_CATEGORY)
    rows = ask.desk.waiting()
    following = _after(rows, number)
    ask.desk.review(number, list(dict.fromkeys((main, *ask.fields("further")))))
    return go(address("/review", {}, number=following.number if following and following.number != number else ""))


def undo(ask: Ask) -> Response:
    """Take the last choice back, and show its tip again."""
    number = ask.desk.undo()
    return go(address("/review", {}, number=number or "", said="undone" if number else "nothing"))


def learn(ask: Ask) -> Response:
    """Take the reviews into the folder that a model is trained on."""
    lesson = ask.desk.learn(ask.desk.store.folder / CORRECTED)
    counts = {name: len(getattr(lesson.learned, name)) for name in ("taken", "changed")}
    counts |= {"known": lesson.learned.known, "blank": lesson.reviewed.blank, "refused": len(lesson.reviewed.refused)}
    ask.desk.store.note("learn", counts["taken"])
    warnings = [*lesson.reviewed.refused, *lesson.learned.warnings]
    return ask.show(
        "learned.html",
        told=messages.LEARN_SUMMARY.format(**counts),
        folder=lesson.folder,
        warnings=[messages.PLACE_AND_CAUSE.format(place=each.place, cause=each.problem) for each in warnings],
    )


PAGES = (
    Page("/review", review, decide),
    Page("/review/undo", post=undo),
    Page("/review/learn", post=learn),
)
