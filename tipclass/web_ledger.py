"""The pages of the ledger: its rows, one row to be changed, its report, its workbook in and out."""

from datetime import date, timedelta

from starlette.responses import Response

from tipclass import messages, report_page, report_words
from tipclass.batches import IMPORT
from tipclass.errors import TipclassError, UsageError
from tipclass.jobs import add_job
from tipclass.ledger import Ledger, Row, Status
from tipclass.ledger_lines import text_of
from tipclass.records import Tip
from tipclass.report import Report, report
from tipclass.views import ROW_WORDS, address, chosen_rows, page_of, shown, whole_number
from tipclass.web_batches import keep_files, write_out
from tipclass.webpage import Ask, Page, go, missing

EDITED = (
    messages.COLUMN_STATUS,
    messages.COLUMN_CORRECTION,
    messages.COLUMN_FURTHER_CORRECTION,
    messages.COLUMN_LEAD,
    messages.COLUMN_REMARK,
)


def listing(ask: Ask) -> Response:
    """Show the ledger: what was asked for, overdue tips first."""
    today, ledger = date.today(), ask.desk.shelf.ledger()
    found = chosen_rows(ledger.rows, ask.words, today)
    return ask.show(
        "ledger.html",
        found=page_of(found, whole_number(ask.words.get("page", ""), 1)),
        tests=_tests(ledger, today),
        total=len(ledger.rows),
        every={name: _values(ledger, ask, name) for name in ROW_WORDS},
        today=today,
        address=address,
        names=lambda row: [ask.desk.taxonomy.name(code) for code in row.labels],
    )


def _tests(ledger: Ledger, today: date) -> list[tuple[str, str, int]]:
    return [
        (name, word, len(chosen_rows(ledger.rows, {"test": name}, today))) for name, word in messages.ROW_TESTS.items()
    ]


def _values(ledger: Ledger, ask: Ask, name: str) -> list[tuple[str, str]]:
    values = sorted({ROW_WORDS[name](row) for row in ledger.rows} - {""})
    words = {
        "status": messages.STATUSES,
        "category": {code: ask.desk.taxonomy.name(code) for code in ask.desk.taxonomy.codes},
    }
    return [(value, words.get(name, {}).get(value, value)) for value in values]


def row(ask: Ask) -> Response:
    """Show a row with what can be changed of it, and what the model says of its text."""
    found, line = _row(ask)
    entry = ask.desk.judge([Tip(found.number, found.text)])[0]
    return ask.show(
        "row.html",
        row=found,
        cells={name: text_of(line, name) for name in line},
        entry=entry,
        shown=shown(entry, ask.desk.against(entry), ask.desk.taxonomy),
        current=messages.STATUSES[found.status],
        names=[ask.desk.taxonomy.name(code) for code in found.labels],
        overdue=found.is_overdue(date.today()),
        returned=found.status is Status.RETURNED,
    )


def change(ask: Ask) -> Response:
    """Change a row as staff do in the workbook; a returned tip that got another category is registered again."""
    found, line = _row(ask)
    cells = {name: ask.field(name).strip() for name in EDITED if name in ask.form}
    relabelled = cells.get(messages.COLUMN_CORRECTION, "") != text_of(line, messages.COLUMN_CORRECTION)
    if found.status is Status.RETURNED and relabelled:
        cells[messages.COLUMN_STATUS] = messages.STATUSES[Status.REGISTERED]
    ask.desk.edit(found.number, cells)
    return go(f"/ledger/{found.number}?said=changed")


def _row(ask: Ask) -> tuple[Row, dict[str, object]]:
    found = ask.desk.row(str(ask.request.path_params["number"]))
    if found is None:
        raise missing()
    return found[0], dict(found[1])


def mark(ask: Ask) -> Response:
    """Set the status of all chosen rows."""
    status = ask.field("status")
    if status not in messages.STATUSES:
        raise UsageError(messages.STATUS_ERROR)
    numbers = ask.fields("number")
    for number in numbers:
        if ask.desk.row(number):
            ask.desk.edit(number, {messages.COLUMN_STATUS: messages.STATUSES[status]})
    return go(f"/ledger?said={'changed' if numbers else 'none'}")


def export(ask: Ask) -> Response:
    """Write the ledger out as a workbook."""
    return write_out(ask, messages.NAV_LEDGER, {}, "/ledger")


def take(ask: Ask) -> Response:
    """Take a workbook in as the ledger, once a person said that it may replace what is there."""
    if ask.desk.shelf.ledger().rows and ask.field("sure") != "yes":
        raise UsageError(messages.IMPORT_UNSURE)
    upload, names = keep_files(ask)
    job = add_job(ask.desk.store, IMPORT, names[0], {"upload": upload, "files": names, "choice": {}})
    ask.desk.store.note("import-ledger", job)
    return go(f"/work/{job}")


# --- the report ----------------------------------------------------------------------------------


def page(ask: Ask) -> Response:
    """Show the report of a period with its pictures; each warning leads to its tips."""
    start, end = ask.day("from"), ask.day("to")
    ledger = ask.desk.shelf.ledger()
    try:
        found: Report | None = report(ledger.rows, ask.desk.taxonomy, start=start, end=end, today=date.today())
        told = ""
    except TipclassError as error:
        found, told = None, str(error)
    return ask.show(
        "report.html",
        report=found,
        told=told,
        title=report_words.title(found) if found else messages.NAV_REPORT,
        subtitle=report_page.subtitle(found) if found else "",
        headlines=list(report_page.headlines(found)) if found else [],
        sections=list(report_page.sections(found, ask.desk.taxonomy)) if found else [],
        numbers=[",".join(each.numbers) for each in found.surges] if found else [],
        week=(date.today() - timedelta(days=6)).isoformat(),
        today=date.today().isoformat(),
        address=address,
    )


PAGES = (
    Page("/ledger", listing),
    Page("/ledger/export", post=export),
    Page("/ledger/import", post=take),
    Page("/ledger/mark", post=mark),
    Page("/ledger/{number}", row, change),
    Page("/report", page),
)
