"""Checks before an event are on working days of the site, in its hours, and nobody has two of them at one hour."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from accounts.actors import Actor
from accounts.models import User
from customers.models import Product
from inspections.models import Appointment
from jobs import plans, services
from jobs.kinds import WORKS, JobKind
from tests import places
from tests.jobs.conftest import NOW
from tickets import services as tickets

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
APPROACH = "We stand by."
TUESDAY = {"begins_on": date(2026, 12, 15), "last_on": date(2026, 12, 16)}  # three days before is a Saturday


@pytest.fixture
def many(studio):
    """20 devices more."""
    product = Product.objects.get(code="mcu")
    return [places.unit(studio.site, f"SN-5{n:03}", product) for n in range(20)]


def visits_of(job):
    """Engineer -> his visits in the time of the site, in order."""
    rows = Appointment.objects.filter(ticket__inspection__job_check__job=job).select_related("ticket__assignee")
    found = {}
    for row in rows.order_by("planned_at"):
        begins, ends = (at.astimezone(BERLIN) for at in (row.planned_at, row.ends_at))
        found.setdefault(row.ticket.assignee.email, []).append((begins, ends))
    return found


def holds(visits):
    """Weekdays only, from 9 to 18, one after the other."""
    for begins, ends in visits:
        assert begins.weekday() < 5
        assert time(9) <= begins.time() < ends.time() <= time(18)
    return all(ends <= begins for (_begun, ends), (begins, _ended) in pairwise(visits))


def test_a_check_that_would_fall_on_a_weekend_is_on_the_working_day_before(make_period, dora, do, seniors):
    job = services.ask_assurance(period=make_period(**TUESDAY), by=Actor(dora), now=NOW)
    do(job, "plan", {"approach": APPROACH, "engineers": seniors[:1]})
    [visits] = visits_of(job).values()
    assert {begins.date() for begins, _ends in visits} == {date(2026, 12, 11)}  # Friday
    assert holds(visits)


def test_many_checks_are_spread_over_hours_days_and_engineers(make_period, dora, do, seniors, many):
    job = services.ask_assurance(period=make_period(**TUESDAY), by=Actor(dora), now=NOW)
    do(job, "plan", {"approach": APPROACH, "engineers": seniors})
    found = visits_of(job)
    assert sorted(map(len, found.values())) == [11, 11]
    assert all(holds(visits) for visits in found.values())


def test_what_an_engineer_has_already_stays_free_of_checks(make_period, dora, do, seniors, studio, engineer):
    at = datetime(2026, 12, 11, 10, 0, tzinfo=BERLIN)
    visit = tickets.Visit(at, 120)
    intake = tickets.Intake(title="Other", kind="inspection", site=studio.site, assignee=engineer, visit=visit)
    tickets.report(intake=intake, by=Actor(engineer), at=NOW, now=NOW)
    job = services.ask_assurance(period=make_period(**TUESDAY), by=Actor(dora), now=NOW)
    do(job, "plan", {"approach": APPROACH, "engineers": seniors[:1]})
    [visits] = visits_of(job).values()
    assert not any(begins < at + timedelta(hours=2) and at < ends for begins, ends in visits)


def test_asked_for_late_they_are_on_the_days_that_are_left(make_period, dora, do, seniors):
    days = {"begins_on": date(2026, 11, 24), "last_on": date(2026, 11, 24)}  # the Tuesday after the Friday of now
    job = services.ask_assurance(period=make_period(**days), by=Actor(dora), now=NOW)
    do(job, "plan", {"approach": APPROACH, "engineers": seniors[:1]})
    [visits] = visits_of(job).values()
    assert {begins.date() for begins, _ends in visits} == {date(2026, 11, 23)}  # Monday


def test_moved_work_keeps_to_it(make_period, dora, do, seniors, many, engineer):
    job = services.ask_assurance(period=make_period(**TUESDAY), by=Actor(dora), now=NOW)
    do(job, "plan", {"approach": APPROACH, "engineers": seniors})
    later = {"begins_on": date(2026, 12, 20), "last_on": date(2026, 12, 21)}  # three days before is a Thursday
    services.move(job=job, **later, reason="Later.", by=Actor(engineer), now=NOW)
    found = visits_of(job)
    assert all(holds(visits) for visits in found.values())
    first = min(begins for visits in found.values() for begins, _ends in visits).date()
    assert date(2026, 12, 16) <= first <= date(2026, 12, 17)
    assert {user.email for user in User.objects.filter(email__in=found)} == set(seniors)


@pytest.mark.parametrize(
    ("code", "begins_on", "due_on"),
    [
        ("rehearsal", date(2026, 12, 14), date(2026, 12, 11)),  # not on the Sunday before
        ("pre-check", date(2026, 12, 15), date(2026, 12, 11)),
        ("report", date(2026, 12, 9), date(2026, 12, 14)),  # not on the Saturday after
        ("attendance", date(2026, 12, 12), date(2026, 12, 12)),  # that is the event's own day
    ],
)
def test_steps_are_due_on_working_days_of_the_site(code, begins_on, due_on):
    step = WORKS[JobKind.ASSURANCE].step(code)
    assert plans.due_on(step, begins_on, begins_on, "DE") == due_on
