"""Open event streams: what they cost the pages beside them, whether all hear of a change, and how soon.

    python -m benchmarks.streams --tickets 1000 [--streams 200] [--requests 60]

Streams are opened by this process, which shares the machine with the product: its own work is in the figures. Aim: 200
streams, pages still fast, every stream told, no database connection held.
"""

import argparse
import asyncio
import threading
from concurrent.futures import Future
from datetime import UTC, datetime
from time import monotonic, perf_counter, sleep

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Role
from benchmarks import figures, ground, memory, pages, places, world
from benchmarks.ground import Desk
from tickets import services as tickets
from tickets.models import Ticket

PEOPLE = 20
CHANGES = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, required=True)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--requests", type=int, default=60)
    chosen = parser.parse_args()
    print(figures.machine())
    with ground.database():
        world.ensure(chosen.tickets)
        cookies = [cookie_of(person) for person in people()]
        ticket = pages.commented(0)
        with ground.desk(workers=2) as desk:
            for address in ("/tickets/", ticket.get_absolute_url()):
                tell_page("no stream", desk, cookies[0], address, chosen.requests)
            before = connections()
            with Crowd(desk.port, cookies, chosen.streams) as crowd:
                crowd.wait_open()
                print(f"{crowd.opened} streams open, {connections() - before:+} database connections")
                for address in ("/tickets/", ticket.get_absolute_url()):
                    tell_page(f"{crowd.opened} streams", desk, cookies[0], address, chosen.requests)
                tell_changes(crowd, ticket)
                stop = threading.Event()
                noise = threading.Thread(target=keep_changing, args=(ticket, stop))
                noise.start()
                tell_page(
                    f"{crowd.opened} streams, a change each second", desk, cookies[0], "/tickets/", chosen.requests
                )
                stop.set()
                noise.join()
                memory.tell(f"with {crowd.opened} streams", desk)


def people() -> list[User]:
    """So many that nobody meets the limit of streams for one person."""
    found = []
    for number in range(PEOPLE):
        email = f"stream{number}@benchmark.test"
        found.append(
            User.objects.filter(email=email).first()
            or User.objects.create_user(email, None, name=f"Stream {number}", role=Role.AGENT)
        )
    return found


def cookie_of(person: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


class Crowd:
    """So many open streams, read by a loop in a thread of its own."""

    def __init__(self, port: int, cookies: list[str], size: int) -> None:
        self.port, self.cookies, self.size = port, cookies, size
        self.opened = 0
        self.heard: list[float] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._streams: list[Future[None]] = []

    def __enter__(self) -> "Crowd":
        self._thread.start()
        for number in range(self.size):
            listening = self._listen(self.cookies[number % len(self.cookies)])
            self._streams.append(asyncio.run_coroutine_threadsafe(listening, self._loop))
        return self

    def __exit__(self, *error: object) -> None:
        for stream in self._streams:
            stream.cancel()
        sleep(0.5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def wait_open(self) -> None:
        end = monotonic() + 60
        while self.opened < self.size and monotonic() < end:
            sleep(0.05)

    def wait_heard(self, count: int) -> None:
        end = monotonic() + 30
        while len(self.heard) < count and monotonic() < end:
            sleep(0.005)

    async def _listen(self, cookie: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET /events/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
        while line := await reader.readline():
            if line.startswith(b"event: hello"):
                self.opened += 1
            elif line.startswith(b"event: change"):
                self.heard.append(perf_counter())


def tell_page(when: str, desk: Desk, cookie: str, address: str, requests: int) -> None:
    link, seconds = desk.connect(), []
    for _ in range(requests + pages.WARM_UP):
        began = perf_counter()
        link.request("GET", address, headers={"Cookie": cookie})
        answer = link.getresponse()
        answer.read()
        assert answer.status == 200, f"{address}: {answer.status} {answer.reason}"
        seconds.append(perf_counter() - began)
    print(f"{when:40} {address:22} {figures.spread(seconds[pages.WARM_UP :])}", flush=True)


def tell_changes(crowd: Crowd, ticket: Ticket) -> None:
    """From the press to the last of all streams."""
    lasts, missing = [], 0
    for _ in range(CHANGES):
        crowd.heard.clear()
        began = perf_counter()
        change(ticket)
        crowd.wait_heard(crowd.opened)
        lasts.append(max(crowd.heard, default=began) - began)
        missing += crowd.opened - len(crowd.heard)
    print(f"{CHANGES} changes to {crowd.opened} streams: {missing} not told; to the last {figures.spread(lasts)}")


def change(ticket: Ticket) -> None:
    agent = Actor(user=places.agent())
    tickets.note(ticket=Ticket.objects.get(pk=ticket.pk), body="Seen by everybody", by=agent, now=datetime.now(UTC))


def keep_changing(ticket: Ticket, stop: threading.Event) -> None:
    while not stop.wait(1.0):
        change(ticket)
    connection.close()


if __name__ == "__main__":
    main()
