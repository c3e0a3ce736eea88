"""The inspection at the end of a warranty plans itself: once a unit, by a contract in force, on the warranty's date."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from customers import coverage
from customers.models import Equipment
from inspections import services, tasks
from inspections.models import Checklist, Inspection, Plan
from tests import places
from tests.inspections.conftest import NOW
from tickets import services as tickets

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
ENDS = TODAY + timedelta(days=60)


@pytest.fixture
def unit(acme):
    return ending(acme.unit, ENDS)


def ending(unit, day, months=24):
    unit.accepted_on, unit.warranty_months = day.replace(year=day.year - months // 12), months
    unit.save()
    return unit


def plan():
    return Plan.objects.get(follows_warranty=True)


def test_it_is_planned_by_itself_within_the_last_sixty_days(unit, acme, still):
    assert services.plan_warranty_ends(now=NOW) == 1
    made = plan()
    assert (made.unit, made.site, made.contract, made.dates) == (unit, acme.hq, acme.contract, [ENDS])
    assert services.generate(now=NOW) == 1
    row = Inspection.objects.get()
    assert (row.opens_on, row.closes_on) == (ENDS - timedelta(days=60), ENDS)
    planned = tickets.appointment_of(row.ticket).planned_at.date()
    assert row.opens_on <= planned < row.closes_on
    assert (row.ticket.equipment, row.ticket.contract) == (unit, acme.contract)


def test_the_worker_does_it_and_twice_is_once(unit, still):
    assert (tasks.generate(), tasks.generate()) == (1, 0)
    assert Plan.objects.count() == Inspection.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "made"),
    [(121, 0), (120, 1), (1, 1), (0, 0), (-1, 0)],
    ids=["too early", "now", "last day", "over", "past"],
)
def test_from_a_hundred_and_twenty_days_before(acme, days, made):
    ending(acme.unit, TODAY + timedelta(days=days))
    assert services.plan_warranty_ends(now=NOW) == made


def test_a_month_without_that_day_ends_it_earlier(acme):
    unit = acme.unit
    unit.accepted_on, unit.warranty_months = date(2026, 8, 31), 6  # no 31st of February
    unit.save()
    services.plan_warranty_ends(now=NOW)
    assert plan().dates == [date(2027, 2, 28)] == [unit.warranty_ends_on]


def test_from_delivery_where_the_papers_say_so(acme):
    unit = acme.unit
    unit.warranty_from, unit.delivered_on, unit.warranty_months = "delivery", date(2025, 1, 15), 24
    unit.save()
    services.plan_warranty_ends(now=NOW)
    assert plan().dates == [date(2027, 1, 15)]


def test_it_follows_a_warranty_that_is_extended(unit):
    services.plan_warranty_ends(now=NOW)
    ending(unit, ENDS + timedelta(days=20))
    assert services.plan_warranty_ends(now=NOW) == 1
    assert services.plan_warranty_ends(now=NOW) == 0
    assert plan().dates == [ENDS + timedelta(days=20)]


def test_not_without_a_contract_nor_for_a_unit_out_of_service(unit, acme):
    acme.contract.ends_on = TODAY
    acme.contract.save()
    assert services.plan_warranty_ends(now=NOW) == 0
    acme.contract.ends_on = None
    acme.contract.save()
    unit.is_retired = True
    unit.save()
    assert services.plan_warranty_ends(now=NOW) == 0


def test_a_plan_made_by_hand_takes_its_place(unit, make_plan):
    checklist = Checklist.objects.get(code="end-of-warranty")
    make_plan(unit=unit, checklist=checklist, every="once", dates=[ENDS])
    assert services.plan_warranty_ends(now=NOW) == 0


def test_taken_out_of_use_it_stays_so(unit, lead):
    services.plan_warranty_ends(now=NOW)
    services.set_active(plan=plan(), is_active=False, by=Actor(lead), today=TODAY)
    ending(unit, ENDS + timedelta(days=20))
    assert (services.plan_warranty_ends(now=NOW), services.generate(now=NOW)) == (0, 0)


def test_none_once_the_list_is_retired(unit):
    Checklist.objects.filter(code="end-of-warranty").update(is_retired=True)
    assert services.plan_warranty_ends(now=NOW) == 0


def test_the_database_keeps_one_a_unit(unit):
    services.plan_warranty_ends(now=NOW)
    copy = plan()
    copy.pk, copy._state.adding = None, True
    with pytest.raises(IntegrityError):
        copy.save(force_insert=True)


def test_its_page_says_so(client, lead, unit):
    services.plan_warranty_ends(now=NOW)
    client.force_login(lead)
    page = client.get(f"/inspections/plans/{plan().pk}/").content.decode()
    assert "Planned by itself" in page


def test_many_units_cost_no_more_statements(acme, unit, make_plan, django_assert_num_queries):
    """Those that are planned, and those that no contract covers."""
    services.plan_warranty_ends(now=NOW)
    acme.contract.sites.add(acme.hq)
    make = {"product": unit.product, "accepted_on": unit.accepted_on, "warranty_months": unit.warranty_months}
    Equipment.objects.create(serial_number="W-0", site=acme.plant, **make)
    with CaptureQueriesContext(connection) as few:
        assert services.plan_warranty_ends(now=NOW) == 0
    for n in range(1, 9):
        Equipment.objects.create(serial_number=f"W-{n}", site=acme.plant, **make)
    with django_assert_num_queries(len(few)):
        assert services.plan_warranty_ends(now=NOW) == 0


def test_contracts_of_many_units_are_those_that_coverage_names(acme, borealis, cathay, unit):
    places.contract(acme.organisation, "telecom").equipment.add(acme.plant_unit)
    places.contract(acme.organisation, "general").sites.add(acme.hq)
    units = list(Equipment.objects.select_related("site__organisation"))
    found = coverage.contracts_of(units, TODAY)
    for one in units:
        said = coverage.decide(
            organisation=one.site.organisation, site=one.site, equipment=one, category="", on=TODAY
        ).contract
        assert found.get(one.pk) == said
