"""Tickets whose next timer falls due at chosen instants: half are warned, half are missed and rise a level.

Level 3 of `infrastructure`, round the clock: a warning after 18 h, a miss with a raise after 24 h, answered in time.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from benchmarks import places, world
from benchmarks.places import Place
from benchmarks.stories import Step
from notifications.services import silence
from tickets.models import TicketEvent

CHUNK = 1000
WARNED_AFTER, MISSED_AFTER, ANSWERED_AFTER = timedelta(hours=18), timedelta(hours=24), timedelta(minutes=5)
EFFECTS = {"clock_warned": 0.5, "clock_missed": 0.5, "level_raised": 0.5}


def make(instants: Sequence[datetime], now: datetime) -> None:
    """One ticket for each instant, all of which lie after `now`; nothing of it has fallen due yet."""
    rng = random.Random(1)
    known = places.ensure(now.date())
    chosen = [place for place in known.units if place.contract.scheme_code == "infrastructure"]
    with silence():
        for first in range(0, len(instants), CHUNK):
            chunk = list(enumerate(instants[first : first + CHUNK], first))
            drafts = [_draft(rng, rng.choice(chosen), number, at, now) for number, at in chunk]
            for item in drafts:
                item.ticket.assignee, item.ticket.team = rng.choice(known.staff), rng.choice(known.teams)
            world.write(drafts, now)


def _draft(rng: random.Random, place: Place, number: int, due_at: datetime, now: datetime) -> world.Draft:
    received_at = due_at - (MISSED_AFTER if number % 2 else WARNED_AFTER)
    ticket = world.ticket_at(place, received_at, now, f"Server {number} is slow", "en", rng, level="3")
    steps = [Step("responded", received_at + ANSWERED_AFTER), Step("diagnosed", received_at + 2 * ANSWERED_AFTER)]
    return world.Draft(ticket, steps, place.customer)


def expected(count: int) -> dict[str, int]:
    """How many events of each type must be there once everything has fallen due (and nothing more than once)."""
    odd = count // 2
    return {"clock_warned": count - odd, "clock_missed": odd, "level_raised": odd}


def effects_after(first_pk: int) -> dict[str, int]:
    """Events written since, by type."""
    events = TicketEvent.objects.filter(pk__gt=first_pk).values_list("type", flat=True)
    found: dict[str, int] = {}
    for type_ in events:
        found[type_] = found.get(type_, 0) + 1
    return found
