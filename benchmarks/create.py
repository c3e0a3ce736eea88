"""Creating tickets over REST: requests/s of eight clients at once, and the statements of one request.

    python -m benchmarks.create --tickets 1000 [--clients 8] [--seconds 15] [--rounds 3]

`up` with two web processes, worker and beat; each client is a key of another agent on one kept-alive connection. Each
answer carries the clocks, computed in the request. Aim: 100 requests/s with at most 15 statements.
"""

import argparse
import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import figures, ground, places, stories, world
from benchmarks.ground import Desk
from tickets.models import Ticket

ADDRESS = "/api/v1/tickets/"


@dataclass
class Tally:
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    without_clocks: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, required=True)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with ground.database():
        world.ensure(chosen.tickets)
        keys = places.keys(chosen.clients, datetime.now(UTC))
        units = [place.unit.serial_number for place in places.read().units]
        tell_statements(keys[0], [places.of_scheme("infrastructure")[0].unit.serial_number])
        with ground.desk(workers=2) as desk:
            load(desk, keys, units, 3)  # compiles schemes and calendars in both processes
            rates = [measure(desk, keys, units, chosen.seconds) for _ in range(chosen.rounds)]
    print(f"median of {chosen.rounds} rounds: {figures.median(rates):.0f} requests/s")


def measure(desk: Desk, keys: list[str], units: list[str], seconds: float) -> float:
    before, used = Ticket.objects.count(), (desk.web_seconds(), ground.postgres_seconds())
    tally = load(desk, keys, units, seconds)
    made = Ticket.objects.count() - before
    rate = len(tally.seconds) / seconds
    print(figures.machine())
    print(
        f"{len(keys)} clients: {rate:.0f} requests/s  {figures.spread(tally.seconds)}  answers {dict(tally.statuses)}"
    )
    web = 1000 * (desk.web_seconds() - used[0]) / len(tally.seconds)
    postgres = 1000 * (ground.postgres_seconds() - used[1]) / len(tally.seconds)
    print(f"  processor time of a request: {web:.1f} ms web, {postgres:.1f} ms PostgreSQL (other work on it included)")
    print(f"  {made} tickets for {tally.statuses[201]} answers 201; {tally.without_clocks} answers without clocks")
    return rate


def load(desk: Desk, keys: list[str], units: list[str], seconds: float) -> Tally:
    tally, end = Tally(), perf_counter() + seconds
    threads = [threading.Thread(target=client, args=(desk, key, units, end, tally)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def client(desk: Desk, key: str, units: list[str], end: float, tally: Tally) -> None:
    link = desk.connect()
    bodies = reports(random.Random(key), units)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    while perf_counter() < end:
        began = perf_counter()
        link.request("POST", ADDRESS, body=json.dumps(next(bodies)), headers=headers)
        answer = link.getresponse()
        body = answer.read()
        tally.seconds.append(perf_counter() - began)
        tally.statuses[answer.status] += 1
        tally.without_clocks += answer.status == 201 and not json.loads(body)["clocks"]
    link.close()


def reports(rng: random.Random, units: list[str]) -> Iterator[dict[str, str]]:
    while True:
        title, language = stories.title(rng)
        description = rng.choice(stories.DETAILS)
        yield {
            "kind": "fault", "title": title, "description": description, "language": language,
            "equipment": rng.choice(units), "category": "hardware",
        }  # fmt: skip


def tell_statements(key: str, units: list[str]) -> None:
    """In this process; the second request, when schemes and calendars are compiled."""
    bodies = reports(random.Random(1), units)
    headers = {"authorization": f"Bearer {key}", "host": "127.0.0.1"}
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = Client(headers=headers).post(ADDRESS, json.dumps(next(bodies)), content_type="application/json")
        assert answer.status_code == 201, answer.content
    plain = sum("SAVEPOINT" not in query["sql"] for query in captured)
    print(
        f"{plain} statements a request ({len(captured)} with savepoints), {len(answer.json()['clocks'])} clocks in it"
    )


if __name__ == "__main__":
    main()
