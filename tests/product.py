"""The real product for tests that need it: `servicedesk.asgi` under uvicorn in a process of its own, on the test
database. Pages and streams, as people meet them; no worker and no beat, so what is due fires only if the test says so.

Use the fixture `product` (it commits: `transaction=True` comes with it). Times cannot be frozen here. `product.sign_in`
makes a browser's context somebody; `product.read` opens a stream.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from accounts.models import User

START_SECONDS = 60.0


class Product:
    """`url` is where it runs; `pid` its process."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid
        self.url = f"http://127.0.0.1:{port}"

    def session(self, user: User) -> str:
        """The key of a session in which this person is signed in."""
        store = import_module(settings.SESSION_ENGINE).SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.create()
        return str(store.session_key)

    def sign_in(self, page_or_context: Any, user: User) -> None:
        """Makes a browser's context, or the context of a page, this person."""
        context = getattr(page_or_context, "context", page_or_context)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.session(user), "url": self.url}
        context.add_cookies([cookie])

    def request(self, address: str, user: User | None = None, **headers: str) -> http.client.HTTPResponse:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        if user is not None:
            headers["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={self.session(user)}"
        link.request("GET", address, headers=headers)
        return link.getresponse()

    def come_to_rest(self) -> None:
        """What a closed page still asks for would meet the emptying of the tables: until nothing runs any more."""
        busy = "backend_type = 'client backend' AND state <> 'idle'"
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        end, quiet = time.monotonic() + 10, 0
        while quiet < 3 and time.monotonic() < end:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {busy} AND {others}")
                quiet = 0 if cursor.fetchone()[0] else quiet + 1
            time.sleep(0.05)

    @contextmanager
    def stream(self, user: User | None, address: str = "/events/", **headers: str) -> "Iterator[Stream]":
        with closing(self.request(address, user, **headers)) as answer:
            assert answer.status == 200, answer.status
            yield Stream(answer)


class Stream:
    """An open event stream, read event by event."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self._answer = answer

    def next(self, kind: str, wanted: Callable[[Any], bool] = lambda data: True) -> Any:
        """The data of the next event of this kind; fails when the stream ends or 20 seconds pass."""
        return next(data for name, data in self.events() if name == kind and wanted(data))

    def events(self) -> Iterator[tuple[str, Any]]:
        name = ""
        while line := self._answer.readline():
            field, _, value = line.decode().rstrip("\n").partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                yield name, json.loads(value)


@contextmanager
def running(**environment_too: str) -> Iterator[Product]:
    """Started anew, with these in its environment as well; `product` is the one that all tests share."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(200)
        port = listening.getsockname()[1]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.product_settings",
            "PRODUCT_DATABASE": str(connection.settings_dict["NAME"]),
            "LOG_LEVEL": "WARNING",
            **environment_too,
        }
        command = [sys.executable, "-m", "servicedesk.launch.web", str(listening.fileno())]
        process = subprocess.Popen(command, env=environment, pass_fds=[listening.fileno()])
    try:
        product = Product(port, process.pid)
        wait_for(product, process)
        yield product
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(product: Product, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            if product.request("/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("The product did not start")
