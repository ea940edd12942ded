"""The desk in a browser: which page stands where, and who may ask for it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tipclass import messages, web_audit, web_batches, web_intake, web_ledger, web_models, web_review
from tipclass.batches import folder_in_use
from tipclass.desk import IntakeDesk
from tipclass.errors import ModelError, TipclassError, UsageError
from tipclass.jobs import Workshop
from tipclass.retraining import LANES, work
from tipclass.session import CSRF_FIELD, Guard, check_csrf
from tipclass.store import load_model
from tipclass.webpage import Answer, Ask, Page, refusal

ASSETS = Path(__file__).parent / "pages" / "assets"
SLOWEST = 300.0  # seconds in which a form with its files must have come
MOST_FILES = 100
LONGEST_FIELD = 4 * 2**20  # bytes of a field that is no file
MALFORMED, UNPROCESSABLE = 400, 422
PAGES: tuple[Page, ...] = tuple(
    page for module in (web_intake, web_batches, web_review, web_ledger, web_audit, web_models) for page in module.PAGES
)


class Duty:
    """The desk that answers: after another model came into use, the desk of that model."""

    def __init__(self, desk: IntakeDesk) -> None:
        self._desk, self._folder, self._lock = desk, folder_in_use(desk.store), threading.Lock()

    def desk(self) -> IntakeDesk:
        """Return the desk of the model in use; while that cannot be read, the desk as it was."""
        with suppress(ModelError), self._lock:
            folder = folder_in_use(self._desk.store)
            if folder != self._folder:
                self._desk, self._folder = IntakeDesk(self._desk.store, load_model(folder)), folder
        return self._desk


def make_app(desk: IntakeDesk) -> Starlette:
    """Return the app of a desk."""
    workshop, duty = Workshop(desk.store, work, LANES), Duty(desk)

    @asynccontextmanager
    async def lifespan(app: Starlette):  # type: ignore[no-untyped-def]
        workshop.open()
        yield
        await run_in_threadpool(workshop.close)

    routes = [
        Route(page.path, _endpoint(answer, duty, workshop, method), methods=[method])
        for page in PAGES
        for method, answer in (("GET", page.get), ("POST", page.post))
        if answer
    ]
    return Starlette(
        routes=[*routes, Mount("/assets", StaticFiles(directory=ASSETS))],
        middleware=[Middleware(Guard, store=desk.store, refuse=refusal)],
        exception_handlers={HTTPException: _refused, TipclassError: _mistaken},
        lifespan=lifespan,
    )


def _endpoint(answer: Answer, duty: Duty, workshop: Workshop, method: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        form = await _form(request) if method == "POST" else FormData()
        try:
            return await run_in_threadpool(lambda: answer(Ask(request, duty.desk(), workshop, form)))
        except (TipclassError, HTTPException):
            raise
        except Exception as error:  # what the server would print may hold the words of a tip
            return refusal(500, messages.UNEXPECTED.format(cause=type(error).__name__))
        finally:
            await form.close()

    return endpoint


async def _form(request: Request) -> FormData:
    """Return the form of a request that may do something: it bears the word its session was given."""
    try:
        async with asyncio.timeout(SLOWEST):
            form = await request.form(max_files=MOST_FILES, max_part_size=LONGEST_FIELD)
    except TimeoutError:
        raise HTTPException(408) from None
    except HTTPException as error:
        if error.status_code != MALFORMED:
            raise
        raise UsageError(messages.WEB_MALFORMED.format(most=MOST_FILES)) from None
    check_csrf(request.state.session, request.headers, form.get(CSRF_FIELD))
    return form


def _refused(request: Request, error: Exception) -> Response:
    return refusal(error.status_code if isinstance(error, HTTPException) else 500)


def _mistaken(request: Request, error: Exception) -> Response:
    return refusal(UNPROCESSABLE, str(error))
