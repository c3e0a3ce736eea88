"""Pages over HTTP: the agents' queue in its views and with searches, the ticket page, the dashboard.

    python -m benchmarks.pages --tickets 1000
    python -m benchmarks.pages --tickets 100000 [--requests 60] [--explain]

One client on one connection, so that the figure is the page and not the waiting. Statements are counted in this
process. Aims: queue under 60 ms p50 with at most 10 statements at any size; ticket page under 100 ms at 200 comments.
"""

import argparse
from datetime import UTC, datetime, timedelta
from time import perf_counter
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from benchmarks import figures, ground, places, stories, world
from benchmarks.ground import Desk
from notifications.services import silence
from servicedesk.screens.dashboard.board import CARDS
from servicedesk.screens.queue.views import VIEWS
from tickets import services as tickets
from tickets.models import Ticket

SEARCHES = ("server", "restarts disk", "服务器", "เครือข่าย", "SN-org7-1-3", "SD-20400", "nothingsuchasthis")
COMMENTS = (0, 50, 200)
WARM_UP = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, required=True)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--only", default="", help="only addresses with this in them")
    parser.add_argument("--explain", action="store_true", help="print the plans of statements over 20 ms")
    chosen = parser.parse_args()
    print(figures.machine())
    with ground.database():
        world.ensure(chosen.tickets)
        addresses = [*lists(), *ticket_pages(), "/dashboard/", *(f"/dashboard/?card={name}" for name in CARDS)]
        addresses = [address for address in addresses if chosen.only in address]
        with ground.desk(workers=2) as desk:
            here = Client(headers={"host": "127.0.0.1"})
            here.force_login(places.agent())
            for address in addresses:
                tell(desk, here, address, chosen.requests, is_explained=chosen.explain)
        print(f"{Ticket.objects.count():,} tickets, {Ticket.objects.open().count():,} of them open")


def lists() -> list[str]:
    views = [f"/tickets/?view={view.code}" for view in VIEWS]
    rest = f"/api/v1/tickets/?q={quote('server')}"
    return ["/tickets/", *views, *(f"/tickets/?q={quote(text)}" for text in SEARCHES), "/api/v1/tickets/", rest]


def ticket_pages() -> list[str]:
    return [commented(count).get_absolute_url() for count in COMMENTS]


def commented(count: int) -> Ticket:
    """An open ticket of yesterday with so many replies and notes, written through the services."""
    title = f"Benchmark with {count} comments"
    found = Ticket.objects.filter(title=title).first()
    if found is not None:
        return found
    agent = Actor(user=places.agent())
    now = datetime.now(UTC)
    at = now - timedelta(hours=20)
    unit = places.read().units[0].unit
    with silence():
        intake = tickets.Intake(title=title, description=stories.DETAILS[0], equipment=unit)
        ticket = tickets.report(intake=intake, by=agent, at=at, now=at)
        for number in range(count):
            moment = at + timedelta(minutes=5 * (number + 1))
            write = tickets.note if number % 4 == 3 else tickets.reply
            write(ticket=ticket, body=stories.DETAILS[number % 4], by=agent, now=min(moment, now))
    return ticket


def tell(desk: Desk, here: Client, address: str, requests: int, *, is_explained: bool) -> None:
    here.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = here.get(address)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in here.cookies.items())
    link, seconds = desk.connect(), []
    for _ in range(requests + WARM_UP):
        began = perf_counter()
        link.request("GET", address, headers={"Cookie": cookie})
        got = link.getresponse()
        body = got.read()
        seconds.append(perf_counter() - began)
    database = 1000 * sum(float(query["time"]) for query in captured)
    print(
        f"{address:55} {got.status} {len(body) / 1024:5.0f} kB  {len(captured):3} statements ({database:4.0f} ms)  "
        f"{figures.spread(seconds[WARM_UP:])}",
        flush=True,
    )
    assert got.status == answer.status_code
    if is_explained:
        explain(captured)


def explain(captured: CaptureQueriesContext) -> None:
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            if float(query["time"]) > 0.02:
                print(query["sql"][:2000])
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"])
                print("\n".join(f"    {line}" for (line,) in cursor.fetchall()))


if __name__ == "__main__":
    main()
