"""What is out of service gets no visits, and nobody whose account is closed is sent."""

from datetime import date, timedelta

import pytest

from inspections import reports, services
from inspections.models import Inspection, Plan
from tests.inspections.conftest import NOW
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 200 * DAY


def serve(acme, what, is_served):
    row, name, value = {
        "unit": (acme.unit, "is_retired", not is_served),
        "site": (acme.hq, "is_active", is_served),
        "customer": (acme.organisation, "is_active", is_served),
    }[what]
    setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("what", ["unit", "site", "customer"])
def test_what_is_out_of_service_gets_no_visits(make_plan, acme, what):
    serve(acme, what, False)
    plan = make_plan(unit=acme.unit)
    assert services.generate(now=NOW) == 0
    rows = Plan.objects.filter(pk=plan.pk).select_related(*reports.PLACES)
    assert reports.owed_between(list(rows), date(2026, 1, 1), date(2028, 1, 1), today=LATER.date()) == []


@pytest.mark.parametrize("what", ["unit", "site", "customer"])
def test_back_in_service_it_owes_nothing_for_the_time_between(make_plan, acme, what):
    make_plan(unit=acme.unit)
    services.generate(now=NOW)
    before = set(Inspection.objects.values_list("pk", flat=True))
    serve(acme, what, False)
    for n in range(0, 200, 10):
        services.generate(now=NOW + n * DAY)
    serve(acme, what, True)
    services.generate(now=LATER)
    new = Inspection.objects.exclude(pk__in=before)
    assert new
    assert all(row.closes_on > LATER.date() - 10 * DAY for row in new)


def test_plan_of_a_whole_site_and_of_another_unit_go_on(make_plan, acme):
    serve(acme, "unit", False)
    going = {make_plan().pk, make_plan(site=acme.plant, unit=acme.plant_unit).pk}
    services.generate(now=NOW)
    assert set(Inspection.objects.values_list("plan", flat=True)) == going


def test_nobody_whose_account_is_closed_is_sent(make_plan, engineer):
    make_plan(assignee=engineer)
    engineer.is_active = False
    engineer.save()
    services.generate(now=NOW)
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {None}
