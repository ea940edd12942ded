"""A page of the desk: what a browser asks, and the answer made of a template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any
from urllib.parse import quote

import jinja2
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tipclass import messages
from tipclass.desk import IntakeDesk
from tipclass.jobs import Workshop
from tipclass.session import Session
from tipclass.views import whole_number

NAVIGATION = (
    ("/", messages.NAV_INTAKE),
    ("/batches", messages.NAV_BATCHES),
    ("/review", messages.NAV_REVIEW),
    ("/ledger", messages.NAV_LEDGER),
    ("/report", messages.NAV_REPORT),
    ("/models", messages.NAV_MODELS),
)
INTAKE = "/intake"  # what follows from the first page
REFUSALS = {
    400: messages.WEB_NOT_HERE,
    401: messages.WEB_EXPIRED,
    403: messages.WEB_CSRF,
    404: messages.WEB_NOT_FOUND,
    405: messages.WEB_NOT_FOUND,
    408: messages.WEB_TOO_SLOW,
    413: messages.WEB_TOO_LARGE,
    500: messages.WEB_UNEXPECTED,
}


@dataclass(frozen=True)
class Ask:
    """What a browser asks of a page: its words in the address and in the form, and whose it is."""

    request: Request
    desk: IntakeDesk
    workshop: Workshop
    form: FormData

    @property
    def session(self) -> Session:
        """Whose it is."""
        found: Session = self.request.state.session
        return found

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The words of the address."""
        return dict(self.request.query_params)

    def field(self, name: str) -> str:
        """Return a field of the form as text, with the line ends of text files; empty where there is none."""
        value = self.form.get(name, "")
        return value.replace("\r\n", "\n") if isinstance(value, str) else ""

    def fields(self, name: str) -> list[str]:
        """Return all fields of a name."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def id(self, name: str = "id") -> int:
        """Return the number in the path."""
        return whole_number(str(self.request.path_params[name]), 0)

    def day(self, name: str) -> date | None:
        """Return the day a field or a word of the address names; None where it names none."""
        try:
            return date.fromisoformat(self.field(name) or self.words.get(name, ""))
        except ValueError:
            return None

    def show(self, template: str, **values: Any) -> Response:
        """Answer with a page."""
        first = f"/{self.request.url.path.split('/')[1]}"
        here = next((at for at, _ in NAVIGATION if first == at), "/" if first == INTAKE else "")
        page = {"csrf": self.session.csrf, "here": here, "said": self.words.get("said", ""), "asked": self.words}
        return HTMLResponse(render(template, **page, taxonomy=self.desk.taxonomy, **values))


Answer = Callable[[Ask], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands at a path: how it is shown, and what is done with a form that is sent there."""

    path: str
    get: Answer | None = None
    post: Answer | None = None


def go(path: str) -> Response:
    """Send the browser on to another page, so that a reload does nothing twice."""
    return RedirectResponse(path, 303)


def missing() -> HTTPException:
    """Return what is raised where a page is about something that is not there."""
    return HTTPException(404)


def render(template: str, **values: Any) -> str:
    """Fill in a template."""
    return _templates().get_template(template).render(**values)


def refusal(status: int, sentence: str = "") -> Response:
    """Return the page that says why something was not done."""
    told = sentence or REFUSALS.get(status, messages.WEB_UNEXPECTED)
    return HTMLResponse(render("refusal.html", status=status, told=told, csrf="", here="", said="", asked={}), status)


def attachment(name: str) -> str:
    """Return the header that lets a browser save a file under a name."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.ChoiceLoader(
        [jinja2.PackageLoader("tipclass", "pages/desk"), jinja2.PackageLoader("tipclass", "pages")]
    )
    found = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    found.globals |= {"messages": messages, "navigation": NAVIGATION, "statuses": messages.STATUSES}
    found.filters |= {"percent": lambda share: f"{share:.0%}"}
    return found
