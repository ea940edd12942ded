"""The desk in a browser: which page stands where, and who may ask for it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
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

from tipclass import messages, web_batches, web_intake, web_ledger, web_review
from tipclass.batches import LANES, work
from tipclass.desk import IntakeDesk
from tipclass.errors import TipclassError
from tipclass.jobs import Workshop
from tipclass.session import CSRF_FIELD, Guard, check_csrf
from tipclass.webpage import Answer, Ask, Page, refusal

ASSETS = Path(__file__).parent / "pages" / "assets"
SLOWEST = 300.0  # seconds in which a form with its files must have come
MOST_FILES = 100
LONGEST_FIELD = 4 * 2**20  # bytes of a field that is no file
UNPROCESSABLE = 422
PAGES: tuple[Page, ...] = (*web_intake.PAGES, *web_batches.PAGES, *web_review.PAGES, *web_ledger.PAGES)


def make_app(desk: IntakeDesk) -> Starlette:
    """Return the app of a desk."""
    workshop = Workshop(desk.store, work, LANES)

    @asynccontextmanager
    async def lifespan(app: Starlette):  # type: ignore[no-untyped-def]
        workshop.open()
        yield
        await run_in_threadpool(workshop.close)

    routes = [
        Route(page.path, _endpoint(answer, desk, workshop, method), methods=[method])
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


def _endpoint(
    answer: Answer, desk: IntakeDesk, workshop: Workshop, method: str
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        form = await _form(request) if method == "POST" else FormData()
        try:
            return await run_in_threadpool(answer, Ask(request, desk, workshop, form))
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
    check_csrf(request.state.session, request.headers, form.get(CSRF_FIELD))
    return form


def _refused(request: Request, error: Exception) -> Response:
    return refusal(error.status_code if isinstance(error, HTTPException) else 500)


def _mistaken(request: Request, error: Exception) -> Response:
    return refusal(UNPROCESSABLE, str(error))
