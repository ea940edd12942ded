"""The page of the audit log: when which act was done to which ids, never a word of a tip."""

from starlette.responses import Response

from tipclass import messages
from tipclass.views import PAGE, Paged, address, nearest_page, whole_number
from tipclass.webpage import Ask, Page

PATH = "/models/audit"


def listing(ask: Ask) -> Response:
    """Show what was done, the newest first, all of it or one kind of act."""
    act = ask.words.get("act", "")
    chosen, words = ("WHERE act = ?", (act,)) if act else ("", ())
    with ask.desk.store.reading() as db:
        total = db.execute(f"SELECT count(*) FROM audit {chosen}", words).fetchone()[0]
        page, pages = nearest_page(whole_number(ask.words.get("page", ""), 1), total)
        sql = f"SELECT at, act, subject FROM audit {chosen} ORDER BY id DESC LIMIT ? OFFSET ?"
        rows = db.execute(sql, (*words, PAGE, (page - 1) * PAGE)).fetchall()
    lines = [_line(row["at"], row["act"], row["subject"]) for row in rows]
    acts = list(messages.ACTS.items())
    return ask.show("audit.html", found=Paged(lines, page, pages, total), acts=acts, address=address, path=PATH)


def _line(at: str, act: str, subject: str) -> tuple[str, str, str]:
    """Return when, what and to what, in words."""
    words = (messages.EXPORTS.get(word, word) for word in subject.split())
    return at[:19].replace("T", " "), messages.ACTS.get(act, act), " ".join(words)


PAGES = (Page(PATH, listing),)
