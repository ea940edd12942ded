"""The session: who may use the desk, and what every answer says about itself."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tipclass.desk_store import Store

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")  # what a browser on this machine may call it
OPEN, ASSETS = "/open", "/assets/"
LONGEST = 12 * 3600.0  # seconds a session lasts after it was last used
PASS_LONGEST = 600.0  # seconds in which a one-time pass must be used
RENEWED = 60.0  # seconds after which the use of a session is written down again
LARGEST = 64 * 2**20  # bytes of a request
CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who opened the desk with a pass; `csrf` is what each of their forms must bear."""

    csrf: str


def hash_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_pass(store: Store) -> str:
    """Return a pass that opens the desk once."""
    found = secrets.token_urlsafe(32)
    with store.writing() as db:
        db.execute("DELETE FROM pass WHERE made < ?", (time.time() - PASS_LONGEST,))
        db.execute("INSERT INTO pass (hash, made) VALUES (?, ?)", (hash_of(found), time.time()))
    return found


def begin(store: Store, word: str) -> str | None:
    """Return the cookie of a new session for a pass, which is used up; None when it does not open."""
    cookie, made = secrets.token_urlsafe(32), time.time()
    with store.writing() as db:
        used = db.execute("DELETE FROM pass WHERE hash = ? AND made >= ?", (hash_of(word), made - PASS_LONGEST))
        if not used.rowcount:
            return None
        db.execute("DELETE FROM session WHERE used < ?", (made - LONGEST,))
        row = (hash_of(cookie), secrets.token_urlsafe(32), made)
        db.execute("INSERT INTO session (hash, csrf, used) VALUES (?, ?, ?)", row)
    return cookie


def find(store: Store, cookie: str) -> Session | None:
    """Return the session of a cookie, if it has not run out."""
    hashed, moment = hash_of(cookie), time.time()
    with store.reading() as db:
        row = db.execute("SELECT csrf, used FROM session WHERE hash = ?", (hashed,)).fetchone()
    if row is None or row["used"] < moment - LONGEST:
        return None
    if row["used"] < moment - RENEWED:
        with store.writing() as db:
            db.execute("UPDATE session SET used = ? WHERE hash = ?", (moment, hashed))
    return Session(row["csrf"])


def check_csrf(session: Session, headers: Headers, field: object) -> None:
    """Raise HTTPException when neither the header nor the form bears what the session was given."""
    said = headers.get(CSRF_HEADER) or (field if isinstance(field, str) else "")
    if not secrets.compare_digest(said.encode(), session.csrf.encode()):
        raise HTTPException(403)


class Guard:
    """Lets in who has a session, from this machine and to its own name, and puts the safe headers on every answer."""

    def __init__(self, app: ASGIApp, *, store: Store, refuse: Callable[[int], Response]) -> None:
        """Guard an app; `refuse` makes the page of a status."""
        self.app, self.store, self.refuse = app, store, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on to the app."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _with_headers(send))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, path = Headers(scope=scope), scope["path"]
        cookie = f"tipclass_{_port(scope)}"
        if not _is_ours(scope, headers):
            await self.refuse(400)(scope, receive, send)
        elif path == OPEN:
            await self._open(scope, cookie)(scope, receive, send)
        elif path.startswith(ASSETS):
            await self.app(scope, receive, send)
        elif session := find(self.store, _cookie(headers, cookie)):
            scope.setdefault("state", {})["session"] = session
            await self.app(scope, _bounded(receive, headers), send)
        else:
            await self.refuse(401)(scope, receive, send)

    def _open(self, scope: Scope, name: str) -> Response:
        word = parse_qs(scope["query_string"].decode("latin-1")).get("pass", [""])[0]
        cookie = begin(self.store, word)
        if cookie is None:
            return self.refuse(401)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(name, cookie, httponly=True, samesite="strict", path="/")
        return answer


def _port(scope: Scope) -> int:
    server = scope.get("server")
    return int(server[1]) if server and server[1] else 0


def _is_ours(scope: Scope, headers: Headers) -> bool:
    """Tell whether a request names this desk, and was not sent by a page of somebody else."""
    ours = {f"{name}:{_port(scope)}" for name in NAMES}
    origin = headers.get("origin")
    return headers.get("host", "") in ours and (origin is None or origin in {f"http://{name}" for name in ours})


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _bounded(receive: Receive, headers: Headers) -> Receive:
    """Stop receiving what is larger than LARGEST, whatever its length was said to be."""
    length, got = headers.get("content-length", "0"), 0

    async def bounded() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > LARGEST or not length.isdecimal() or int(length) > LARGEST:
            raise HTTPException(413)
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sending
