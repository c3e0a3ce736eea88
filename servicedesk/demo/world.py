"""The whole demo world in one transaction: either all of it is there, or nothing is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import Duty, Team, User
from customers.models import Contract, Equipment, Organisation, Product, Site
from notifications import services as notifications
from servicedesk.demo import arcs, cases, dates, inspections, jobs, pace, people, places, present, reports, visits
from servicedesk.demo.cases import Case
from servicedesk.demo.player import Player
from servicedesk.demo.steps import Notebook, Step
from sla import library
from sla.models import CalendarOverride, SchemeVersion
from tickets.kinds import OPEN_STATES
from tickets.models import Ticket, TicketEvent

PAST_CASES = 370
MODELS = (User, Team, Duty, Organisation, Site, Product, Equipment, Contract, Ticket, CalendarOverride)


def is_filled() -> bool:
    """Whether this is a demo world, whatever people did in it since."""
    addresses = {person.email for person in people.PEOPLE}
    codes = {organisation[0] for organisation in places.ORGANISATIONS}
    return (
        User.objects.filter(email__in=addresses).count() == len(addresses)
        and Organisation.objects.filter(code__in=codes).count() == len(codes)
        and Equipment.objects.filter(serial_number=places.UNITS[0].serial).exists()
    )


def is_empty() -> bool:
    """Nothing but what the migrations put there."""
    return not any(model.objects.exists() for model in MODELS) and not SchemeVersion.objects.filter(version__gt=1)


@transaction.atomic
def fill(*, now: datetime, count: int = PAST_CASES, say: Callable[[str], None] = lambda line: None) -> Player:
    """`count` past cases, besides those that are open around `now`. Nobody gets mail about a past that never was."""
    made = people.create(now)
    places.create(made, now.date())
    player = Player(
        people=made,
        teams={user.pk: user.teams.first() for user in made.values()},
        sites={site.code: site for site in Site.objects.select_related("organisation")},
        units={unit.serial_number: unit for unit in Equipment.objects.select_related("site__organisation", "product")},
        say=say,
    )
    with notifications.silence():
        player.play(story(now, count), until=now)
        inspections.create(made, now)
        dates.create(made, now)
        jobs.create(made, now)
        visits.create(made, now)
        reports.create(made, now)
    called = TicketEvent.objects.filter(ticket__state__in=OPEN_STATES, is_automatic=True).select_related("ticket")
    notifications.remember(events=list(called), now=now)
    return player


def story(now: datetime, count: int) -> list[Step]:
    """Every step of every case up to `now`, in the order of time."""
    steps = [*_past(now, count), *present.steps(now, count)]
    return sorted((step for step in steps if step.at <= now), key=lambda step: (step.at, step.case.index))


def _past(now: datetime, count: int) -> Iterator[Step]:
    drawn = list(cases.of_the_past(now, count))
    schemes = {code: library.scheme(code, library.version_in_force(code)) for code in cases.SHARES}
    for case in drawn:
        steps = arcs.play(case, pace.of(case, schemes[case.scheme]))
        yield from steps
        yield from _photos(case)
    yield from _links(drawn)
    yield from _duplicates(drawn, count)


def _photos(case: Case) -> Iterator[Step]:
    if case.index % 23 == 0 and case.unit is not None:
        book = Notebook(case, "agent")
        book.add(1, "attach", book.customer or "agent", name="front-panel.png", caption=case.unit.serial)
        yield from book.steps


def _links(drawn: list[Case]) -> Iterator[Step]:
    """Cases of one unit soon after each other belong together."""
    last: dict[str, Case] = {}
    for case in sorted(drawn, key=lambda case: (case.received_at, case.index)):
        earlier = last.get(case.unit.serial) if case.unit else None
        if case.unit is None:
            continue
        if earlier is not None and (case.received_at - earlier.received_at).days < 1:
            book = Notebook(case, "agent2")
            book.add(25, "link", target=earlier.index, kind="related")
            yield from book.steps
        last[case.unit.serial] = case


def _duplicates(drawn: list[Case], count: int) -> Iterator[Step]:
    """Four faults are reported twice, by phone and in the portal; the second report is merged into the first."""
    long_ones = [case for case in drawn if case.scheme == "infrastructure" and case.level in "34"][::20][:4]
    for offset, case in enumerate(long_ones):
        twin = replace(case, index=count + 1000 + offset, channel="phone", received_at=case.received_at)
        book = Notebook(twin, "agent2")
        book.add(11, "report", "agent2")
        book.add(14, "merge", "agent2", target=case.index)
        yield from book.steps
