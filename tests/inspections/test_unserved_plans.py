"""Out of service there are no visits, nobody whose account is closed is sent, a plan whose unit has moved says so."""

import html
from datetime import date, timedelta

import pytest
import time_machine

from accounts.actors import Actor
from inspections import reports, services
from inspections.models import Inspection, Plan
from tests import places
from tests.inspections.conftest import NOW
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOW.date()
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


@pytest.fixture
def moved(make_plan, acme):
    """A plan whose unit was carried to another site afterwards."""
    plan = make_plan(unit=acme.unit, every="quarter")
    acme.unit.site = acme.plant
    acme.unit.save()
    return plan


def plans_page(client, person):
    client.force_login(person)
    with time_machine.travel(NOW, tick=False):
        return client.get("/inspections/plans/").content.decode()


def behind(day=TODAY):
    return reports.falling_behind(day, reports.promises_of_schemes())


def test_plan_of_a_unit_that_has_moved_is_marked_and_counts_as_behind(client, moved, lead, acme):
    services.generate(now=NOW)
    shown = plans_page(client, lead)
    assert "SN-1234 stands at acme-plant now" in shown
    assert f'href="/inspections/plans/{moved.pk}/"' in shown
    assert "not planned: the unit has moved" in shown
    assert "will be planned for" not in shown
    assert "1 contract is falling behind" in shown
    assert behind() == {acme.contract.pk}


def test_moved_unit_is_no_matter_once_its_plan_is_over(client, moved, lead):
    assert behind(date(2026, 12, 31))
    moved.ends_on = date(2026, 12, 31)
    moved.save()
    assert behind(date(2026, 12, 31)) == set()
    moved.ends_on, moved.is_active = None, False
    moved.save()
    assert behind() == set()
    assert "stands at acme-plant now" not in plans_page(client, lead)


def test_customer_is_not_told_what_the_desk_has_to_mend(client, moved, alice):
    assert "stands at acme-plant now" not in plans_page(client, alice)


def test_unit_that_has_moved_is_no_error_of_the_worker(moved, caplog):
    for n in range(3):
        services.generate(now=NOW + n * DAY)
    assert not caplog.records
    assert not Inspection.objects.exists()


def test_what_cannot_be_planned_is_logged_once_and_said_where_it_is_mended(client, make_plan, acme, lead, caplog):
    gone = places.contract(acme.organisation, "gone")
    plan = make_plan(contract=gone)
    for n in range(3):
        services.generate(now=NOW + n * DAY)
    assert [record.getMessage() for record in caplog.records] == [
        f"The inspections of plan {plan.pk} cannot be planned"
    ]
    plan.refresh_from_db()
    assert plan.trouble
    assert "cannot be planned" in plans_page(client, lead)
    assert gone.pk in behind()
    assert plan.trouble in html.unescape(client.get(f"/inspections/plans/{plan.pk}/").content.decode())


def test_what_was_mended_is_planned_and_says_so_no_more(client, make_plan, acme, lead):
    gone = places.contract(acme.organisation, "gone")
    plan = make_plan(contract=gone)
    services.generate(now=NOW)
    type(gone).objects.filter(pk=gone.pk).update(scheme_code=acme.contract.scheme_code)
    assert services.generate(now=NOW) == 3
    plan.refresh_from_db()
    assert plan.trouble == ""
    assert "cannot be planned" not in plans_page(client, lead)


def test_moved_unit_is_planned_once_its_plan_says_where_it_stands(moved, acme, lead):
    services.generate(now=NOW)
    values = {"site": acme.plant, "every": "month"}
    services.save_plan(plan=Plan.objects.get(), values=values, by=Actor(lead), today=TODAY)
    assert services.generate(now=NOW)
    assert set(Ticket.objects.values_list("site", flat=True)) == {acme.plant.pk}


def test_customer_is_not_told_why_it_cannot_be_planned(client, make_plan, acme, alice):
    make_plan(contract=places.contract(acme.organisation, "gone"))
    services.generate(now=NOW)
    assert "cannot be planned" not in plans_page(client, alice)
