"""The pages of intake: a paste is cut, judged, copied and registered."""

from dataclasses import replace
from datetime import date

from starlette.responses import JSONResponse, Response

from tipclass import messages
from tipclass.desk import LONGEST, Cut, Pasted, cut, likely_cut
from tipclass.errors import UsageError
from tipclass.linked import Linked, origin
from tipclass.views import as_text, shown, ties, whole_number
from tipclass.webpage import Ask, Page, go, missing


def begin(ask: Ask) -> Response:
    """Show the empty desk."""
    return _form(ask, "")


def _form(ask: Ask, text: str, pieces: tuple[str, ...] = (), where: Cut = Cut.NOWHERE) -> Response:
    return ask.show(
        "intake.html",
        text=text,
        pieces=pieces,
        where=where.value,
        cuts={each.value: messages.CUTS[each] for each in Cut},
        received=(ask.day("received") or date.today()).isoformat(),
        channel=ask.field("channel"),
        area=ask.field("area"),
        channels=ask.desk.channels,
        left=ask.desk.unregistered(),
    )


def take(ask: Ask) -> Response:
    """Take a paste in: show where it is cut before it counts, unless it is one tip."""
    text = ask.field("text")
    if not text.strip():
        return go("/")
    if len(text) > LONGEST:
        raise UsageError(messages.PASTE_TOO_LARGE.format(longest=LONGEST))
    chosen = ask.field("where")
    where = Cut(chosen) if chosen in list(Cut) else likely_cut(text)
    pieces = cut(text, where)
    if len(pieces) > 1 and ask.field("step") != "judge":
        return _form(ask, text, tuple(pieces), where)
    received = ask.day("received") or date.today()
    id = ask.desk.paste(pieces, received=received, channel=ask.field("channel"), area=ask.field("area").strip())
    return go(f"/intake/{id}")


def result(ask: Ask) -> Response:
    """Show what was found out about one tip of a paste."""
    pasted = _pasted(ask)
    at = min(max(0, whole_number(ask.words.get("at", ""), 1) - 1), len(pasted.tips) - 1)
    entries = ask.desk.judge(pasted.tips)
    entry = entries[at]
    return ask.show(
        "judged.html",
        pasted=pasted,
        at=at,
        tip=entry.tip,
        number=pasted.numbers[at],
        shown=shown(entry, ask.desk.against(entry), ask.desk.taxonomy),
        others=[shown(each, (), ask.desk.taxonomy) for each in entries],
        text=as_text(entry, ask.desk.taxonomy),
    )


def repeats(ask: Ask) -> Response:
    """Show what links one tip of a paste to others and to the ledger: asked after its page, for it takes longer."""
    pasted, at = _pasted(ask), whole_number(ask.words.get("at", ""), 1) - 1
    if not 0 <= at < len(pasted.tips):
        raise missing()
    told = ties(_numbered(ask.desk.repeats(pasted.tips)[origin(pasted.tips[at])], pasted))
    first = ask.desk.row(told.first) if told.first else None
    return ask.show("ties.html", ties=told, first=first[0] if first else None)


def _numbered(linked: Linked, pasted: Pasted) -> Linked:
    """Call the first tip of a group that was pasted by its number in the ledger, or by its place in the paste."""
    names = {
        tip.id: number or messages.INTAKE_TURN.format(turn=turn)
        for turn, (tip, number) in enumerate(zip(pasted.tips, pasted.numbers, strict=True), 1)
    }
    if linked.repeats is None or linked.repeats.first not in names:
        return linked
    return replace(linked, repeats=replace(linked.repeats, first=names[linked.repeats.first]))


def save(ask: Ask) -> Response:
    """Register one tip of a paste, or all of them."""
    pasted = _pasted(ask)
    at = ask.field("at")
    places = range(len(pasted.tips)) if at == "all" else [whole_number(at, 1) - 1]
    ask.desk.save(pasted.id, places)
    return go(f"/intake/{pasted.id}?at={whole_number(at, 1)}&said=saved")


def forget(ask: Ask) -> Response:
    """Delete a paste that nobody wants to register."""
    ask.desk.forget(_pasted(ask).id)
    ask.desk.store.note("forget-paste", ask.id())
    return go("/?said=forgotten")


def session(ask: Ask) -> Response:
    """Say what the forms of this session bear, for a page that was open longer than its own session."""
    return JSONResponse({"csrf": ask.session.csrf})


def _pasted(ask: Ask) -> Pasted:
    found = ask.desk.pasted(ask.id())
    if found is None:
        raise missing()
    return found


PAGES = (
    Page("/session", session),
    Page("/", begin),
    Page("/intake", post=take),
    Page("/intake/{id}", result),
    Page("/intake/{id}/ties", repeats),
    Page("/intake/{id}/save", post=save),
    Page("/intake/{id}/forget", post=forget),
)
