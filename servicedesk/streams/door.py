"""The ASGI application behind `/events`: lets browsers in, keeps their streams, ends them when access ends.

It stands beside Django's own handler, which would keep a thread for as long as each stream is open. An access that is
taken away ends its streams within half a minute.
"""

import asyncio
import logging
import signal
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

from django.db import Error
from django.http import parse_cookie
from django.utils import timezone

from common.whole_numbers import whole_number
from servicedesk.streams import access, frames
from servicedesk.streams.access import Pass, Verdict
from servicedesk.streams.hub import END, Hub, Listener

log = logging.getLogger(__name__)
PULSE_SECONDS = 15.0
CHECK_SECONDS = 30.0
STREAMS_OF_ONE = 12
STREAMS_OF_ALL = 2000
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="streams")


class Door:
    """What one event loop has open."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.open: dict[Listener, tuple[Pass, Verdict]] = {}
        self._checking: asyncio.Task[None] | None = None
        end_with_process(self.hub.close)

    async def serve(self, scope: Any, receive: Any, send: Any) -> None:
        shown = pass_of(scope)
        if scope["type"] != "http" or scope["method"] != "GET" or shown is None:
            await refuse(send, HTTPStatus.NOT_FOUND if shown is None else HTTPStatus.METHOD_NOT_ALLOWED)
            return
        verdict = await self._judge(shown)
        if verdict.status != HTTPStatus.OK:
            await refuse(send, verdict.status)
            return
        listener = Listener(cases=verdict.cases)
        self.open[listener] = (shown, verdict)
        self._start_checking()
        try:
            await self._stream(scope, receive, send, listener, verdict)
        finally:
            self.open.pop(listener, None)
            self.hub.leave(listener)

    async def _judge(self, shown: Pass) -> Verdict:
        try:
            verdict: Verdict = (await in_thread(partial(access.check, [shown], timezone.now())))[shown]
        except Error:
            return Verdict(HTTPStatus.SERVICE_UNAVAILABLE)
        of_one = Counter(known.who for _, known in self.open.values())[verdict.who]
        if verdict.status == HTTPStatus.OK and (of_one >= STREAMS_OF_ONE or len(self.open) >= STREAMS_OF_ALL):
            return Verdict(HTTPStatus.TOO_MANY_REQUESTS)
        return verdict

    async def _stream(self, scope: Any, receive: Any, send: Any, listener: Listener, verdict: Verdict) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        hello = frames.RETRY + frames.event("hello", {"you": verdict.user}) + pulse()
        await send({"type": "http.response.body", "body": hello, "more_body": True})
        self.hub.join(listener, after_of(scope))
        gone = asyncio.get_running_loop().create_task(until_gone(receive))
        gone.add_done_callback(lambda _: listener.put(END))
        try:
            while (frame := await next_frame(listener)) is not END:
                await send({"type": "http.response.body", "body": frame, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()

    def _start_checking(self) -> None:
        if self._checking is None or self._checking.done():
            self._checking = asyncio.get_running_loop().create_task(self._check())

    async def _check(self) -> None:
        while self.open:
            await asyncio.sleep(CHECK_SECONDS)
            await self.check_once()

    async def check_once(self) -> None:
        """All streams at once: two statements for staff, one more for each customer, two for his list.

        A case that came to a list since is news to it.
        """
        shown = {listener: known for listener, (known, _) in self.open.items()}
        try:
            verdicts = await in_thread(partial(access.check, set(shown.values()), timezone.now()))
        except Error:
            return  # the database is away, and with it everything that could be read
        for listener, known in shown.items():
            if verdicts[known].status != HTTPStatus.OK:
                listener.put(frames.event("end", {"status": int(verdicts[known].status)}))
                listener.put(END)
                continue
            before, listener.cases = listener.cases, verdicts[known].cases
            if before is not None and not before >= (listener.cases or frozenset()):
                listener.put(frames.case_changed())


async def next_frame(listener: Listener) -> bytes | None:
    """All that waits in one piece; the pulse when nothing does."""
    try:
        frame = await asyncio.wait_for(listener.queue.get(), PULSE_SECONDS)
    except TimeoutError:
        return pulse()
    parts = []
    while frame is not END:
        parts.append(frame)
        if listener.queue.empty():
            return b"".join(parts)
        frame = listener.queue.get_nowait()
    if parts:
        listener.put(END)
        return b"".join(parts)
    return END


def pulse() -> bytes:
    return frames.now(timezone.now())


async def until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def refuse(send: Any, status: HTTPStatus) -> None:
    words = f"{status.value} {status.phrase}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": words})


def pass_of(scope: Any) -> Pass | None:
    """None: no stream has this address."""
    session = access.session_of(parse_cookie(header(scope, b"cookie")))
    match scope["path"].strip("/").split("/"):
        case ["events"]:
            return Pass(session)
        case ["events", "portal"]:
            return Pass(session, is_list=True)
        case ["events", "portal", number] if (case := whole_number(number)) is not None:
            return Pass(session, case=case)
        case ["events", "follow", token]:
            return Pass(token=token)
    return None


def after_of(scope: Any) -> frames.Id | None:
    """The browser repeats the last id itself when it connects again; a page that opens says from when it is."""
    query = dict(
        part.split("=", 1) for part in scope.get("query_string", b"").decode("latin-1").split("&") if "=" in part
    )
    return frames.parse_id(header(scope, b"last-event-id")) or frames.parse_id(query.get("after", ""))


def header(scope: Any, name: bytes) -> str:
    return next((value.decode("latin-1") for known, value in scope["headers"] if known == name), "")


async def in_thread(question: Callable[[], Any]) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_threads, question)


def end_with_process(close: Callable[[], None]) -> None:
    """The server waits for open answers before it ends: streams end as soon as it is asked to."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def on_signal(signum: int, frame: FrameType | None, before: Any = before) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(close)
            if callable(before):
                before(signum, frame)

        signal.signal(number, on_signal)


_doors: "WeakKeyDictionary[asyncio.AbstractEventLoop, Door]" = WeakKeyDictionary()


def door() -> Door:
    loop = asyncio.get_running_loop()
    if loop not in _doors:
        _doors[loop] = Door()
    return _doors[loop]


async def application(scope: Any, receive: Any, send: Any) -> None:
    await door().serve(scope, receive, send)
