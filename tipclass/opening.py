"""Opening the desk: on this machine alone, once at a time, with an address that works once."""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import filelock
import uvicorn

from tipclass import messages
from tipclass.batches import Named, model_in_use, tidy, use_model
from tipclass.desk import IntakeDesk
from tipclass.desk_store import PRIVATE_FILE, Store
from tipclass.errors import UsageError
from tipclass.retraining import use_corpora
from tipclass.session import ADDRESS, NAMES, OPEN, new_pass
from tipclass.settings import desk_folder
from tipclass.web import make_app

LOCK, WHERE = "desk.lock", "desk.json"
PATIENCE = 5  # seconds in which open pages may end what they asked for


def check_address(host: str) -> None:
    """Raise UsageError for any address that others than this machine could reach."""
    if host not in NAMES:
        raise UsageError(messages.SERVE_ADDRESS.format(host=host if host.isascii() else messages.HIDDEN_WORD))


def open_desk(named: Named, *, corpora: Path | None = None, port: int, show: Callable[[str, str], None]) -> None:
    """Serve the desk until somebody stops the program; where it is served already, only make a new address to it.

    `corpora` is what new models are trained on, else the shipped ones; `show` is given a sentence and the address.
    """
    store = Store(desk_folder())
    lock, where = filelock.FileLock(store.folder / LOCK, mode=PRIVATE_FILE), store.folder / WHERE
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        url = address(store, _port_in(where))
        show(messages.SERVE_OPEN_ALREADY.format(url=url), url)
        return
    with lock, listen(port) as listening:
        bound = listening.getsockname()[1]
        where.write_text(json.dumps({"port": bound}), encoding="ascii")
        tidy(store)
        use_model(store, named)
        use_corpora(store, corpora)
        desk = IntakeDesk(store, model_in_use(store))
        url = address(store, bound)
        show(messages.SERVE_OPEN.format(url=url, folder=store.folder), url)
        serve(desk, listening)


def address(store: Store, port: int) -> str:
    """Return an address that opens the desk once."""
    return f"http://{ADDRESS}:{port}{OPEN}?pass={new_pass(store)}"


def listen(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone; port 0 lets the system choose one.

    Raises UsageError when somebody else listens there.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # on Windows this would let two programs have one port
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((ADDRESS, port))
        found.listen()
    except OSError as error:
        found.close()
        raise UsageError(messages.SERVE_PORT_TAKEN.format(port=port, cause=error.strerror)) from None
    return found


def serve(desk: IntakeDesk, listening: socket.socket) -> None:
    """Serve a desk; nothing is logged."""
    config = uvicorn.Config(
        make_app(desk),
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=PATIENCE,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _port_in(where: Path) -> int:
    try:
        return int(json.loads(where.read_text(encoding="ascii"))["port"])
    except (OSError, ValueError, KeyError):
        raise UsageError(messages.SERVE_OPEN_ELSEWHERE) from None
