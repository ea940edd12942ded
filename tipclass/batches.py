"""Batches: the files staff bring in, read, judged and written out in processes of their own."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tipclass import messages
from tipclass.deadlines import load_deadlines
from tipclass.desk_store import PRIVATE_FOLDER, Store, fact, keep_fact
from tipclass.documents import Unreadable
from tipclass.envelope import mask_tips
from tipclass.errors import InputError
from tipclass.jobs import Job, Lane, counter, forget_job, jobs_of, keep_options, tell
from tipclass.ledger import Ledger
from tipclass.ledger_book import read
from tipclass.ledger_sheets import Book, masked_ledger, write_department_sheets, write_sheets
from tipclass.link import link_tips
from tipclass.model import Model
from tipclass.office import load_office
from tipclass.readers import READERS, read_table, read_tips
from tipclass.records import Entry, Reading, Tip
from tipclass.registration import Desk, register
from tipclass.result_book import write_xlsx
from tipclass.result_columns import Batch
from tipclass.settings import DEADLINES, office_file
from tipclass.shelf import Shelf
from tipclass.store import load_model, model_folder
from tipclass.tables import TABLES
from tipclass.targets import replacing
from tipclass.triage import CHUNK, triage, triage_batch

LOOK, BATCH, REGISTER, EXPORT, IMPORT = "look", "batch", "register", "export", "import"
LANES = (Lane(frozenset({LOOK}), 120.0), Lane(frozenset({BATCH, REGISTER, EXPORT, IMPORT}), 4 * 3600.0))
MODEL = "model"
UPLOADS, OUT = "uploads", "out"
SHOWN, MOST_SHOWN = 4, 24  # tips of a source in a preview, and of all together
BEGIN = 80  # characters of a cell in it
KEPT = 50  # entries written at a time: meanwhile nobody else can write, and a job goes slowly where others work

Named = tuple[Path | None, str | None]  # a folder of models and the id of one, where a person named them

ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)


class Export(StrEnum):
    """What can be written out."""

    RESULT = "result"
    DEPARTMENTS = "departments"
    LEDGER = "ledger"


@dataclass(frozen=True)
class Choice:
    """What a person chose of how files are read; empty leaves it to the reader."""

    text_column: str = ""
    sheet: str = ""
    encoding: str = ""

    def options(self) -> dict[str, str | None]:
        """Return the choice as the readers take it."""
        return {"text_column": self.text_column or None, "sheet": self.sheet or None, "encoding": self.encoding or None}


def use_model(store: Store, named: Named) -> None:
    """Keep which model was named, for the processes that do the work too."""
    with store.writing() as db:
        keep_fact(db, MODEL, [each and str(each) for each in named])


def named_model(store: Store) -> Named:
    """Return which model was named."""
    with store.reading() as db:
        folder, name = fact(db, MODEL, (None, None))
    return Path(folder) if folder else None, name


def folder_in_use(store: Store) -> Path:
    """Return the folder of the model that was named, else of the one in use."""
    return model_folder(*named_model(store))


def model_in_use(store: Store) -> Model:
    """Return the model that was named, else the one in use."""
    return load_model(folder_in_use(store))


def work(store: Store, job: Job) -> str:
    """Do a job of any kind here and return what came of it in a sentence."""
    kinds = {LOOK: look, BATCH: judge_files, REGISTER: register_batch, EXPORT: export, IMPORT: import_ledger}
    return kinds[job.kind](store, job)


# --- reading -------------------------------------------------------------------------------------

NOTHING_SEEN: dict[str, Any] = {"count": 0, "text": "", "notes": [], "unread": [], "rows": [], "error": ""}


def files_of(store: Store, job: Job) -> list[Path]:
    """Return the files a job was given."""
    return [store.folder / UPLOADS / str(job.options["upload"]) / name for name in job.options["files"]]


def look(store: Store, job: Job) -> str:
    """Read the files, and keep what shows how they are read: sheets, columns, the column of the texts, first rows."""
    files, choice = files_of(store, job), Choice(**job.options["choice"])
    tell(store, job.id, messages.JOB_READING)
    seen = NOTHING_SEEN | _tables(files, choice)
    try:
        reading = read_tips(files, **choice.options())
        seen |= _seen(reading)
    except InputError as error:
        seen |= {"error": str(error)}
    keep_options(store, job.id, {**job.options, "seen": seen})
    return messages.JOB_LOOKED.format(count=seen["count"])


def _tables(files: Sequence[Path], choice: Choice) -> dict[str, Any]:
    """Return the sheets and columns of the files that are tables."""
    tables = []
    for path in files:
        if path.suffix.lower() in TABLES:
            try:
                tables += read_table(path, encoding=choice.encoding or None)
            except Unreadable:  # reading its tips will say so
                continue
    chosen = [each for each in tables if not choice.sheet or each.sheet == choice.sheet]
    columns = dict.fromkeys(name for each in chosen for name in each.columns)
    sheets = dict.fromkeys(each.sheet for each in tables if each.sheet)
    return {"sheets": list(sheets) if len(files) == 1 else [], "columns": list(columns)}


def _seen(reading: Reading) -> dict[str, Any]:
    first = reading.tips[0]
    firsts = [tip for _, tips in groupby(reading.tips, key=lambda tip: tip.source) for tip in islice(tips, SHOWN)]
    return {
        "count": len(reading.tips),
        "text": next((name for name, cell in first.fields.items() if cell == first.text), ""),
        "notes": list(reading.notes),
        "unread": [[each.place, each.cause] for each in reading.unread],
        "rows": [[tip.source, tip.id, _begin(tip.text)] for tip in firsts[:MOST_SHOWN]],
    }


def _begin(text: str) -> str:
    return text if len(text) <= BEGIN else f"{text[:BEGIN]}…"


# --- judging -------------------------------------------------------------------------------------


def judge_files(store: Store, job: Job) -> str:
    """Judge every tip of the files; what was judged before the program stopped is not judged again."""
    tell(store, job.id, messages.JOB_READING)
    reading = read_tips(files_of(store, job), **Choice(**job.options["choice"]).options())
    tips, model, office = reading.tips, model_in_use(store), load_office(date.today())
    tell(store, job.id, messages.JOB_LINKING)
    links = link_tips(tips) if len(tips) > 1 else {}
    with store.reading() as db:
        begun = db.execute("SELECT count(*) FROM entry WHERE job = ?", (job.id,)).fetchone()[0]
    done = counter(lambda count: tell(store, job.id, messages.JOB_JUDGING, count, len(tips) - begun))
    for start in range(begun, len(tips), CHUNK):
        entries = triage(tips[start : start + CHUNK], model, office=office, links=links)
        _keep(store, job.id, start, entries)
        done(len(entries))
    notes = {"notes": list(reading.notes), "unread": [[each.place, each.cause] for each in reading.unread]}
    keep_options(store, job.id, {**job.options, **notes, "model": model.id})
    return messages.JOB_JUDGED.format(count=len(tips))


def _keep(store: Store, job: int, start: int, entries: Sequence[Entry]) -> None:
    rows = [(job, place, *_cells(entry)) for place, entry in enumerate(entries, start)]
    names = "job, place, entry, text, route, category, certainty, grade, lead"
    for at in range(0, len(rows), KEPT):
        with store.writing() as db:
            db.executemany(f"INSERT INTO entry ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows[at : at + KEPT])


def _cells(entry: Entry) -> tuple[str | float, ...]:
    """Return an entry as it is kept, and what it is looked for and sorted by."""
    decision, notes = entry.decision, entry.notes
    grade = notes.grade.level if notes and notes.grade else ""
    category = decision.main.code if decision.readable else ""
    sought = (f"{entry.tip.id}\n{entry.tip.text}", decision.route.value, category, decision.certainty)
    return ENTRY.dump_json(entry).decode(), *sought, grade, notes.departments.lead if notes else ""


def entries_of(store: Store, job: int) -> list[Entry]:
    """Return all entries of a batch."""
    with store.reading() as db:
        rows = db.execute("SELECT entry FROM entry WHERE job = ? ORDER BY place", (job,)).fetchall()
    return [ENTRY.validate_json(row["entry"]) for row in rows]


# --- the ledger ----------------------------------------------------------------------------------


def desk_of(model: Model, day: date) -> Desk:
    """Return what a ledger is kept with on a day."""
    return Desk(load_office(day), load_deadlines(office_file(DEADLINES)), model.taxonomy, model.id)


def register_batch(store: Store, job: Job) -> str:
    """Enter a batch into the ledger."""
    model = model_in_use(store)
    shelf, entries = Shelf(store, model.taxonomy), entries_of(store, int(job.options["batch"]))
    tell(store, job.id, messages.JOB_REGISTERING.format(count=len(entries)))
    found = shelf.enter(shelf.ledger(), entries, desk_of(model, date.today()))
    told = {"entered": found.entered, "repeating": found.repeating, "known": found.known}
    return messages.LEDGER_ENTERED.format(**told)


def import_ledger(store: Store, job: Job) -> str:
    """Put the ledger of a workbook in the place of the desk's own."""
    model = model_in_use(store)
    tell(store, job.id, messages.JOB_READING)
    ledger = read(files_of(store, job)[0], model.taxonomy)
    Shelf(store, model.taxonomy).replace(ledger)
    keep_options(store, job.id, {**job.options, "notes": list(ledger.notes)})
    return messages.JOB_IMPORTED.format(count=len(ledger.rows))


def tidy(store: Store) -> None:
    """Delete what was written out before, and files that nothing is done with any more.

    Whoever wanted what was written out has it, and it may be unmasked; files that were being taken in when the program
    died belong to no job.
    """
    shutil.rmtree(store.folder / OUT, ignore_errors=True)
    for job in jobs_of(store, (EXPORT,)):
        forget_job(store, job.id)
    jobs = [*jobs_of(store, (LOOK, BATCH)), *(job for job in jobs_of(store, (IMPORT,)) if not job.is_over)]
    wanted = {job.options["upload"] for job in jobs}
    for folder in (store.folder / UPLOADS).glob("*"):
        if folder.name not in wanted:
            shutil.rmtree(folder, ignore_errors=True)


# --- writing out ---------------------------------------------------------------------------------


def out_file(store: Store, job: Job) -> Path:
    """Return where what a job wrote out lies."""
    return store.folder / OUT / str(job.id) / str(job.options["file"])


def export(store: Store, job: Job) -> str:
    """Write a batch or the ledger as the workbook that was asked for, masked unless a person asked otherwise."""
    model, what, masked = model_in_use(store), Export(job.options["what"]), bool(job.options["masked"])
    path = out_file(store, job)
    path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    tell(store, job.id, messages.JOB_WRITING)
    if what is Export.RESULT:
        write_xlsx(path, Batch(_entries(store, job, model, masked=masked), model.taxonomy, model.id))
        return messages.JOB_WRITTEN
    ledger = _ledger_of(store, job, model)
    if what is Export.LEDGER and masked:
        ledger = masked_ledger(ledger, model.taxonomy)
    write = write_department_sheets if what is Export.DEPARTMENTS else write_sheets
    with replacing(path) as part:
        write(part, Book(ledger, model.taxonomy, date.today(), path.stem))
    return messages.JOB_WRITTEN


def _entries(store: Store, job: Job, model: Model, *, masked: bool) -> list[Entry]:
    """Return the entries of a batch; masked ones are judged anew, so that nothing unmasked can pass."""
    entries = entries_of(store, int(job.options["batch"]))
    if not masked:
        return entries
    tell(store, job.id, messages.JOB_MASKING)
    tips: Sequence[Tip] = mask_tips([entry.tip for entry in entries])
    done = counter(lambda count: tell(store, job.id, messages.JOB_JUDGING, count, len(tips)))
    links = link_tips(tips) if len(tips) > 1 else {}
    return triage_batch(tips, model, office=load_office(date.today()), links=links, done=done)


def _ledger_of(store: Store, job: Job, model: Model) -> Ledger:
    """Return the desk's ledger, or that of a batch alone."""
    if "batch" not in job.options:
        return Shelf(store, model.taxonomy).ledger()
    entries = entries_of(store, int(job.options["batch"]))
    return register(Ledger(), entries, desk_of(model, date.today())).ledger


def is_readable(name: str) -> bool:
    """Tell whether there is a reader for a file of that name."""
    return Path(name).suffix.lower() in READERS


def file_name(name: str, what: Export, *, masked: bool) -> str:
    """Return what a file that is written out is called."""
    mark = messages.EXPORT_MASKED if masked else messages.EXPORT_WHOLE
    return messages.EXPORT_FILE.format(name=name, what=messages.EXPORTS[what], mark=mark, day=date.today())
