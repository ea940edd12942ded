"""The pages of batches: files are brought in, looked at, judged, looked through and written out."""

import re
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from secrets import token_hex
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, JSONResponse, Response

from tipclass import messages
from tipclass.batches import (
    BATCH,
    ENTRY,
    EXPORT,
    IMPORT,
    LOOK,
    OUT,
    REGISTER,
    UPLOADS,
    Choice,
    Export,
    file_name,
    is_readable,
    out_file,
)
from tipclass.desk_store import PRIVATE_FILE, PRIVATE_FOLDER, Store
from tipclass.errors import UsageError
from tipclass.jobs import Job, State, add_job, find_job, forget_job, jobs_of, queue_again
from tipclass.records import Entry, Route
from tipclass.retraining import TRAIN
from tipclass.taxonomy import Taxonomy
from tipclass.views import PAGE, Paged, address, nearest_page, shown, whole_number
from tipclass.webpage import Ask, Page, attachment, go, missing

LONGEST_NAME, LONGEST_SUFFIX = 80, 12  # characters of a file name that are kept
NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
SORTS = {
    "place": "place",
    "category": "category",
    "certainty": "certainty",
    "grade": "grade = '', grade",
    "lead": "lead",
}
WORDS = ("route", "category", "grade", "lead")
MINUTE = 60


def listing(ask: Ask) -> Response:
    """Show where files are dropped, and the batches there are."""
    return ask.show("batches.html", batches=jobs_of(ask.desk.store, (LOOK, BATCH)), how_long=how_long)


def take(ask: Ask) -> Response:
    """Keep the files that were sent, and look at them."""
    upload, names = keep_files(ask)
    options = {"upload": upload, "files": names, "choice": vars(Choice())}
    stem = PurePosixPath(names[0]).stem
    name = stem if len(names) == 1 else messages.BATCH_SEVERAL.format(name=stem, count=len(names))
    return go(f"/batches/{add_job(ask.desk.store, LOOK, name, options)}")


def keep_files(ask: Ask) -> tuple[str, list[str]]:
    """Write the files of a form into a private folder; return its name and theirs.

    Raises UsageError where there is none, or one that nobody can read.
    """
    files = [each for each in ask.form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    if not files:
        raise UsageError(messages.BATCH_NO_FILE)
    names = safe_names([each.filename or "" for each in files])
    unreadable = [name for name in names if not is_readable(name)]
    if unreadable:
        raise UsageError(
            messages.BATCH_UNREADABLE.format(suffix=Path(unreadable[0]).suffix or messages.BATCH_NO_SUFFIX)
        )
    upload = token_hex(8)
    folder = ask.desk.store.folder / UPLOADS / upload
    folder.mkdir(parents=True, mode=PRIVATE_FOLDER)
    for name, each in zip(names, files, strict=True):
        path = folder / name
        path.touch(mode=PRIVATE_FILE)
        with path.open("wb") as stream:
            shutil.copyfileobj(each.file, stream)
    return upload, names


def safe_names(given: Sequence[str]) -> list[str]:
    """Return the last parts of names without what a file system minds; one that is taken already gets a number.

    >>> safe_names(["C:\\\\桌面\\\\热线:工单.xlsx", "../.bashrc", "bashrc"])
    ['热线_工单.xlsx', 'bashrc', '3_bashrc']
    """
    names: list[str] = []
    for turn, name in enumerate(given, 1):
        last = PureWindowsPath(PurePosixPath(name).name).name
        path = PurePosixPath(NOT_IN_NAMES.sub("_", last).strip(". "))
        whole = f"{path.stem[:LONGEST_NAME]}{path.suffix[:LONGEST_SUFFIX]}"
        names.append(whole if whole and whole not in names else f"{turn}_{whole}")
    return names


def batch(ask: Ask) -> Response:
    """Show a batch as far as it is: being read, looked at, being judged, or judged."""
    job = find(ask)
    if job.kind == BATCH and job.state is State.DONE:
        return _table(ask, job)
    if job.kind == LOOK and job.state is State.DONE:
        return ask.show("look.html", job=job, seen=job.options["seen"], choice=job.options["choice"])
    return ask.show("working.html", job=job, left=left(job), back="/batches")


def find(ask: Ask) -> Job:
    """Return the job a page is about."""
    job = find_job(ask.desk.store, ask.id())
    if job is None:
        raise missing()
    return job


def left(job: Job) -> str:
    """Say how much of a job is done, and how long it may still take."""
    words = messages.JOB_ROUNDS if job.kind == TRAIN else messages.JOB_COUNT
    count = words.format(done=job.done, total=job.total) if job.total else ""
    return f"{count} {_time_left(job)}".strip()


def _time_left(job: Job) -> str:
    seconds = job.left(time.time())
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return messages.JOB_SECONDS_LEFT.format(seconds=max(1, round(seconds)))
    return messages.JOB_MINUTES_LEFT.format(minutes=round(seconds / MINUTE))


def how_long(job: Job) -> str:
    """Say how far a job is, in a word or two."""
    return messages.JOB_STATES[job.state if job.kind != LOOK or job.state is not State.DONE else LOOK]


def progress(ask: Ask) -> Response:
    """Say how far a job is, for the page that shows it."""
    job = find(ask)
    told = job.told or messages.JOB_WAITING
    found = {"told": told, "left": left(job), "done": job.done, "total": job.total}
    return JSONResponse(found | {"over": job.is_over})


def again(ask: Ask) -> Response:
    """Look at the files anew, read in another way, or judge them as they are read."""
    job = find(ask)
    choice = Choice(ask.field("text_column"), ask.field("sheet"), ask.field("encoding"))
    if not job.is_over or job.kind not in (LOOK, BATCH):
        return go(f"/batches/{job.id}")
    options = {**job.options, "choice": vars(choice) if ask.field("step") != "resume" else job.options["choice"]}
    queue_again(ask.desk.store, job.id, LOOK if ask.field("step") == "look" else BATCH, options)
    return go(f"/batches/{job.id}")


def cancel(ask: Ask) -> Response:
    """Let a job go no further."""
    job = find(ask)
    ask.workshop.cancel(job.id, messages.JOB_CANCELLED if job.kind == BATCH else messages.JOB_STOPPED)
    return go(f"/work/{job.id}")


def forget(ask: Ask) -> Response:
    """Delete a batch with its files and all that was found."""
    job = find(ask)
    ask.workshop.cancel(job.id, messages.JOB_STOPPED)
    forget_job(ask.desk.store, job.id)
    for folder in (_folder(ask.desk.store, job), ask.desk.store.folder / OUT / str(job.id)):
        shutil.rmtree(folder, ignore_errors=True)
    ask.desk.store.note("forget-batch", job.id)
    return go("/batches?said=forgotten")


def _folder(store: Store, job: Job) -> Path:
    return store.folder / UPLOADS / str(job.options.get("upload", "-"))


# --- the table -----------------------------------------------------------------------------------


def _table(ask: Ask, job: Job) -> Response:
    where, words = _where(job.id, ask.words)
    with ask.desk.store.reading() as db:
        total = db.execute(f"SELECT count(*) FROM entry WHERE {where}", words).fetchone()[0]
        page, pages = nearest_page(whole_number(ask.words.get("page", ""), 1), total)
        sql = f"SELECT place, entry FROM entry WHERE {where} ORDER BY {_order(ask.words)} LIMIT ? OFFSET ?"
        rows = db.execute(sql, (*words, PAGE, (page - 1) * PAGE)).fetchall()
        counts = dict(
            db.execute("SELECT route, count(*) FROM entry WHERE job = ? GROUP BY route", (job.id,)).fetchall()
        )
        every = {name: _values(db, job.id, name) for name in WORDS}
    entries = [(row["place"], ENTRY.validate_json(row["entry"])) for row in rows]
    return ask.show(
        "batch.html",
        job=job,
        found=Paged(entries, page, pages, total),
        shown=[shown(entry, (), ask.desk.taxonomy) for _, entry in entries],
        counts=[(route.value, messages.ROUTES[route], counts.get(route, 0)) for route in Route],
        every=every | {"category": _named(every["category"], ask.desk.taxonomy)},
        address=address,
        path=f"/batches/{job.id}",
        exports=messages.EXPORTS,
    )


def _where(job: int, asked: Mapping[str, str]) -> tuple[str, tuple[object, ...]]:
    words = {name: asked[name] for name in WORDS if asked.get(name)}
    sought = asked.get("search", "").strip()
    tests = ["job = ?", *(f"{name} = ?" for name in words), *(["instr(text, ?) > 0"] if sought else [])]
    return " AND ".join(tests), (job, *words.values(), *([sought] if sought else []))


def _order(asked: Mapping[str, str]) -> str:
    wanted = asked.get("sort", "")
    column = SORTS.get(wanted.removeprefix("-"), "place")
    return f"{column}{' DESC' if wanted.startswith('-') else ''}, place"


def _values(db: Any, job: int, name: str) -> list[tuple[str, str]]:
    sql = f"SELECT DISTINCT {name} FROM entry WHERE job = ? AND {name} <> '' ORDER BY 1"
    return [(row[0], row[0]) for row in db.execute(sql, (job,))]


def _named(codes: list[tuple[str, str]], taxonomy: Taxonomy) -> list[tuple[str, str]]:
    return [(code, taxonomy.name(code)) for code, _ in codes if code in taxonomy.codes]


def entry(ask: Ask) -> Response:
    """Show one tip of a batch with all that was found out about it."""
    job = find(ask)
    with ask.desk.store.reading() as db:
        sql = "SELECT entry FROM entry WHERE job = ? AND place = ?"
        row = db.execute(sql, (job.id, ask.id("place"))).fetchone()
    if row is None:
        raise missing()
    found: Entry = ENTRY.validate_json(row["entry"])
    view = shown(found, ask.desk.against(found), ask.desk.taxonomy)
    return ask.show("entry.html", job=job, entry=found, shown=view, place=ask.id("place"))


# --- what leaves ---------------------------------------------------------------------------------


def register(ask: Ask) -> Response:
    """Enter a batch into the ledger."""
    job = find(ask)
    return go(f"/work/{add_job(ask.desk.store, REGISTER, job.name, {'batch': job.id})}")


def export(ask: Ask) -> Response:
    """Write a batch out: masked at once; unmasked only when a person said so, which is written down."""
    job = find(ask)
    return write_out(ask, job.name, {"batch": job.id}, f"/batches/{job.id}")


def write_out(ask: Ask, name: str, options: Mapping[str, Any], back: str) -> Response:
    """Have something written out, or ask first where it would not be masked."""
    what = Export(ask.field("what")) if ask.field("what") in list(Export) else Export.RESULT
    masked = ask.field("masked") != "no" or what is Export.DEPARTMENTS
    if not masked and ask.field("sure") != "yes":
        return ask.show("unmasked.html", what=what, name=messages.EXPORTS[what], back=back)
    file = file_name(name, what, masked=masked)
    job = add_job(ask.desk.store, EXPORT, name, {**options, "what": what, "masked": masked, "file": file, "back": back})
    subject = f"{what} {options.get('batch', '')}".strip()
    ask.desk.store.note("export-masked" if masked else "export-unmasked", subject)
    return go(f"/work/{job}")


def working(ask: Ask) -> Response:
    """Show work that is no batch of its own: how far it is, and at its end what it gave."""
    job = find(ask)
    if job.kind in (LOOK, BATCH):
        return go(f"/batches/{job.id}")
    if job.state is State.DONE and "page" in job.options:
        return go(job.options["page"])
    backs = {REGISTER: "/ledger", IMPORT: "/ledger"}
    return ask.show("working.html", job=job, left=left(job), back=job.options.get("back", backs.get(job.kind, "/")))


def fetch(ask: Ask) -> Response:
    """Hand out a file that was written."""
    job = find(ask)
    path = out_file(ask.desk.store, job) if job.kind == EXPORT and job.state is State.DONE else None
    if path is None or not path.is_file():
        raise missing()
    return FileResponse(path, headers={"content-disposition": attachment(path.name)})


PAGES = (
    Page("/batches", listing, take),
    Page("/batches/{id}", batch, again),
    Page("/batches/{id}/cancel", post=cancel),
    Page("/batches/{id}/forget", post=forget),
    Page("/batches/{id}/register", post=register),
    Page("/batches/{id}/export", post=export),
    Page("/batches/{id}/{place}", entry),
    Page("/work/{id}", working),
    Page("/work/{id}/progress", progress),
    Page("/work/{id}/file", fetch),
)
