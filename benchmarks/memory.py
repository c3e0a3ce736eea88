"""Memory of what `up` runs, after the web part has served some hundred pages and requests.

    python -m benchmarks.memory --tickets 1000 [--requests 300]

RSS counts what processes share in each of them; PSS shares it out, so only PSS may be added up. Aim: the web part
(two processes) under 200 MiB.
"""

import argparse
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from django.test import Client

from benchmarks import create, figures, ground, pages, places, world
from benchmarks.ground import Desk

MIB = 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, required=True)
    parser.add_argument("--requests", type=int, default=300)
    chosen = parser.parse_args()
    print(figures.machine())
    with ground.database():
        world.ensure(chosen.tickets)
        here = Client(headers={"host": "127.0.0.1"})
        here.force_login(places.agent())
        addresses = [*pages.lists(), *pages.ticket_pages(), "/dashboard/"]
        keys = places.keys(4, datetime.now(UTC))
        units = [place.unit.serial_number for place in places.read().units]
        with ground.desk(workers=2) as desk:
            tell("just started", desk)
            use(desk, here, addresses, chosen.requests)
            create.load(desk, keys, units, 5)
            tell(f"after {chosen.requests} pages and 5 s of reports", desk)


def use(desk: Desk, here: Client, addresses: list[str], requests: int) -> None:
    """A new connection each time, so that both processes get their share."""
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in here.cookies.items())
    for number in range(requests):
        link = desk.connect()
        link.request("GET", addresses[number % len(addresses)], headers={"Cookie": cookie})
        link.getresponse().read()
        link.close()


def tell(when: str, desk: Desk) -> None:
    parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for pid in family(desk.process.pid):
        parts[kind(pid)].append((rollup(pid, "Rss"), rollup(pid, "Pss")))
    print(f"{when}:")
    for name, sizes in sorted(parts.items()):
        rss, pss = (sum(column) / MIB for column in zip(*sizes, strict=True))
        print(f"  {name:12} {len(sizes)} processes  RSS {rss:6.1f} MiB  PSS {pss:6.1f} MiB")


def family(pid: int) -> list[int]:
    return [pid, *(one for child in ground.children_of(pid) for one in family(child))]


def kind(pid: int) -> str:
    words = ground.words_of(pid)
    signs = {"launch.web": "web", " worker": "worker", " beat": "beat", "postgres": "postgres", "valkey": "valkey"}
    return next((name for sign, name in signs.items() if sign in words), "supervisor")


def rollup(pid: int, name: str) -> int:
    """In KiB; 0 for a process that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


if __name__ == "__main__":
    main()
