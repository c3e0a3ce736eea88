"""Fills a database of its own with N believable tickets; clocks, timers and automatic events come from the engine.

    python -m benchmarks.world --tickets 100000

Rows go in by thousands instead of one by one; what follows from them is `sla.services.settle`, as in the product.
"""

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

from django.db import transaction

from accounts.models import User
from benchmarks import ground, places, stories
from benchmarks.places import Place, Places
from benchmarks.stories import Step
from common.bulk import update_rows
from notifications.services import silence
from sla import services as sla
from tickets import lifecycle, promises, search
from tickets.models import Note, Reply, Ticket, TicketEvent
from tickets.promises import Promise

CHUNK = 1000
OPEN_SHARE = 0.05
PAST, RECENT = timedelta(days=730), timedelta(days=10)
SEED = 20418


@dataclass
class Draft:
    """A ticket and what people did with it, before there are rows."""

    ticket: Ticket
    steps: Sequence[Step]
    customer: User


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, required=True)
    count = parser.parse_args().tickets
    with ground.database():
        began = perf_counter()
        made = ensure(count)
        print(f"{made} tickets made in {perf_counter() - began:.0f} s, {Ticket.objects.count()} there")


def ensure(count: int) -> int:
    """Makes what is missing; returns how many that were."""
    there = Ticket.objects.count()
    if there >= count:
        return 0
    now = datetime.now(UTC)
    known = places.ensure(now.date())
    rng = random.Random(SEED + there)
    with silence():
        for first in range(there, count, CHUNK):
            write(draft_all(rng, known, min(CHUNK, count - first), now), now)
    ground.settle_down()
    return count - there


def draft_all(rng: random.Random, known: Places, count: int, now: datetime) -> list[Draft]:
    return [draft(rng, known, now) for _ in range(count)]


def draft(rng: random.Random, known: Places, now: datetime) -> Draft:
    """Most are over since long; the open ones came in the last days, the most of them today."""
    is_open = rng.random() < OPEN_SHARE
    at = now - (RECENT * rng.random() ** 3 if is_open else timedelta(days=4) + PAST * rng.random())
    place = rng.choice(known.units)
    ticket = ticket_at(place, at, now, *stories.title(rng), rng)
    ticket.description = rng.choice(stories.DETAILS) if ticket.language == "en" else ticket.title
    ticket.search = search.vector(ticket.title, ticket.description, str(place.unit), str(place.unit.site))
    if not is_open or rng.random() < 0.8:
        ticket.assignee = rng.choice(known.staff)
        ticket.team = rng.choice(known.teams)
    steps = stories.open_(rng, at, now) if is_open else stories.closed(rng, at)
    return Draft(ticket, steps, place.customer)


def ticket_at(
    place: Place, at: datetime, now: datetime, title: str, language: str, rng: random.Random, level: str = ""
) -> Ticket:
    promise = promises.find(place.contract.scheme_code, 1)
    level = level or _level(rng, promise)
    return Ticket(
        title=title,
        language=language,
        channel=rng.choice(("web", "phone", "email", "portal")),
        category="hardware",
        organisation=place.unit.site.organisation,
        site=place.unit.site,
        equipment=place.unit,
        contract=place.contract,
        coverage_status="covered",
        reporter=place.customer,
        received_at=at,
        created_at=at,
        updated_at=at,
        **_promised(promise, level),
    )


def _level(rng: random.Random, promise: Promise) -> str:
    """Grave ones are rare."""
    codes = sorted(promise.levels, key=lambda code: -promise.levels[code])
    return rng.choices(codes, weights=[16 / 4**rank for rank in range(len(codes))])[0]


def _promised(promise: Promise, level: str) -> dict[str, object]:
    return {
        "scheme_code": promise.code,
        "scheme_version": promise.version,
        "asks_consent": promise.asks_consent,
        "level": level,
        "severity": promise.levels.get(level),
    }


@transaction.atomic
def write(drafts: Sequence[Draft], now: datetime) -> list[Ticket]:
    """Tickets, logs, conversation and everything that follows of them by `now`."""
    for item in drafts:
        finish(item.ticket, item.steps)
    tickets = Ticket.objects.bulk_create([item.ticket for item in drafts])
    logs = {item.ticket.pk: list(log_of(item)) for item in drafts}
    TicketEvent.objects.bulk_create([event for log in logs.values() for event in log])
    _write_texts(drafts, logs)
    sla.settle(batch=tickets, logs=logs, now=now, are_new=True)
    update_rows(Ticket, ("updated_at",), [(row.pk, logs[row.pk][-1].occurred_at) for row in tickets])
    return tickets


def finish(ticket: Ticket, steps: Sequence[Step]) -> None:
    """The cached columns as the steps leave them."""
    ticket.state = lifecycle.fold(ticket.kind, steps).shown
    ticket.last_seq = ticket.version = len(steps) + 1
    ticket.updated_at = steps[-1].at if steps else ticket.received_at


def log_of(item: Draft) -> Iterator[TicketEvent]:
    received = Step("received", item.ticket.received_at, is_customer=True, data=_facts(item.ticket))
    for seq, step in enumerate((received, *item.steps), 1):
        yield TicketEvent(
            ticket=item.ticket,
            seq=seq,
            type=step.type,
            occurred_at=step.at,
            recorded_at=step.at,
            user=item.customer if step.is_customer else item.ticket.assignee or item.customer,
            data=step.data or {},
        )


def _facts(ticket: Ticket) -> dict[str, object]:
    site = ticket.site
    assert site is not None
    return {
        "kind": ticket.kind,
        "channel": ticket.channel,
        "category": ticket.category,
        "cause": "",
        "level": ticket.level,
        "is_level_given": True,
        "scheme": ticket.scheme_code,
        "scheme_version": ticket.scheme_version,
        "zone": site.zone,
        "country": site.country,
        "travel_minutes": site.travel_minutes,
        "local_loaner": False,
        "in_warranty": True,
    }


def _write_texts(drafts: Iterable[Draft], logs: dict[int, list[TicketEvent]]) -> None:
    replies, notes = [], []
    for item in drafts:
        for step, event in zip(item.steps, logs[item.ticket.pk][1:], strict=True):
            facts = {"ticket": item.ticket, "event": event, "author": event.user, "body": step.text}
            if step.type == "replied":
                replies.append(Reply(is_from_customer=step.is_customer, created_at=step.at, **facts))
            elif step.type == "noted":
                notes.append(Note(created_at=step.at, **facts))
    Reply.objects.bulk_create(replies)
    Note.objects.bulk_create(notes)


if __name__ == "__main__":
    main()
