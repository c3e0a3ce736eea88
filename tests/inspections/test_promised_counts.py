"""What a scheme promises a year is held against what the plans make of it: on the pages, in the form."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from customers.models import Contract, Membership
from inspections import reports, services
from inspections.models import Plan
from sla import services as sla
from sla.engine.shipped import shipped_documents
from tests import places
from tests.inspections.conftest import NOW
from tickets import promises
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
PLANS = "/inspections/plans/"


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def telecom(acme):
    """Scheme 5, at least two inspections a year; the contract's years begin on 1 January."""
    return places.contract(acme.organisation, "telecom")


def page(client, person, address=PLANS):
    client.force_login(person)
    return client.get(address).content.decode()


def behind():
    return reports.falling_behind(TODAY, reports.promises_of_schemes())


def test_schemes_say_how_much_they_promise_a_year():
    found = promises.a_year({(code, None) for code in shipped_documents()} | {("gone", None)})
    assert {code: dict(a_year) for (code, _version), a_year in found.items() if a_year} == {
        "telecom": {"inspection": 2}, "software": {"call": 52},
        "teleconference": {"inspection": 1, "training": 1, "assurance": 4},
    }  # fmt: skip


def test_version_from_before_schemes_could_say_it_promises_what_the_shipped_one_does(telecom):
    old = {name: value for name, value in shipped_documents()["telecom"].items() if name != "a_year"}
    before, nothing = (
        sla.publish(document=document, effective_at=NOW, now=NOW) for document in (old, {**old, "a_year": {}})
    )
    found = promises.a_year({("telecom", before.version), ("telecom", nothing.version)})
    assert found == {("telecom", before.version): {"inspection": 2}, ("telecom", nothing.version): {}}


def test_contract_without_a_plan_is_there_with_what_is_missing(client, telecom, lead, alice, acme):
    Membership.objects.create(user=alice, organisation=acme.organisation)  # besides her site
    for person in (lead, alice):
        assert "promised 2, planned 0 — 2 missing" in page(client, person)
    assert behind() == {telecom.pk}


def test_plans_of_the_year_count_and_what_was_called_off_does_not(client, telecom, make_plan, lead):
    make_plan(contract=telecom, every="half-year", begins_on=date(2026, 9, 1))
    services.generate(now=NOW)
    assert "promised 2, planned 1 — 1 missing" in page(client, lead)
    make_plan(contract=telecom, every="year", begins_on=date(2026, 12, 1))
    assert "promised 2, planned 2<" in page(client, lead, f"{PLANS}contracts/{telecom.pk}/")
    assert behind() == set()
    services.generate(now=NOW)
    ticket = Ticket.objects.get(inspection__plan__every="half-year")
    tickets.record(ticket=ticket, type="cancelled", by=Actor(lead), at=NOW, now=NOW)
    assert "promised 2, planned 1 — 1 missing" in page(client, lead)
    assert behind() == {telecom.pk}


def test_calls_are_the_plans_by_phone_of_a_scheme_that_promises_calls(acme, make_plan, client, lead):
    software = places.contract(acme.organisation, "software")
    make_plan(contract=software, every="month")
    assert "promised 52, planned 0 — 52 missing" in page(client, lead)
    plan = make_plan(contract=software, every="weeks", days=1, manner="phone", begins_on=date(2026, 1, 5))
    plan.made_on = date(2026, 1, 1)  # as if it had been there all year
    plan.save()
    assert "promised 52, planned 52<" in page(client, lead)


def test_year_that_the_contract_cuts_short_promises_as_much_of_it(client, telecom, lead):
    telecom.ends_on = date(2026, 12, 20)
    telecom.save()
    assert "promised 2, planned 0" in page(client, lead)
    Contract.objects.filter(pk=telecom.pk).update(starts_on=date(2026, 9, 1))
    assert "promised 1, planned 0 — 1 missing" in page(client, lead)


def test_form_warns_before_and_after_a_plan_is_saved(client, telecom, lead, acme):
    where = f"{PLANS}of/{telecom.pk}/new/"
    assert "Inspections: promised 2, planned 0 — 2 missing" in page(client, lead, where)
    typed = {
        "every": "half-year", "days": "1", "dates": "", "begins_on": "2026-11-01", "ends_on": "", "manner": "on-site",
        "minutes": "120", "unit": "", "assignee": "", "seen": "", "site": acme.hq.pk,
        "checklist": Plan.checklist.field.related_model.objects.get(code="yearly-system").pk,
    }  # fmt: skip
    after = client.post(where, typed, follow=True).content.decode()
    assert f"{telecom.number} · Inspections: promised 2, planned 1 — 1 missing" in after
    again = client.post(where, {**typed, "begins_on": "2026-12-01"}, follow=True).content.decode()
    assert "missing" not in again


def test_manager_sees_who_falls_behind_and_only_those(client, telecom, make_plan, lead, alice, borealis):
    """The other contract of Acme has plans enough; of the first one an inspection is overdue."""
    make_plan(every="month", begins_on=date(2026, 10, 1))
    shown = page(client, lead)
    assert "1 contract is falling behind" in shown
    narrow = page(client, lead, f"{PLANS}?show=behind")
    assert telecom.number in narrow
    assert "C-acme-infrastructure" not in narrow
    assert "falling behind" not in page(client, alice)


def test_overdue_inspection_falls_behind_until_it_is_done(make_plan, acme, lead):
    make_plan(every="month", begins_on=date(2026, 10, 15))
    services.generate(now=NOW)
    later = date(2026, 12, 16)
    of_schemes = reports.promises_of_schemes()
    assert reports.falling_behind(later, of_schemes) == {acme.contract.pk}
    for ticket in Ticket.objects.filter(inspection__closes_on__lte=later):
        tickets.record(ticket=ticket, type="visit_done", by=Actor(lead), at=NOW, now=NOW)
    assert reports.falling_behind(later, of_schemes) == set()


def test_customer_of_one_site_sees_no_counts_of_the_whole(client, telecom, bob):
    shown = page(client, bob)
    assert "promised" not in shown
    assert telecom.number not in shown


def test_contract_of_another_customer_is_not_there(client, telecom, carol, borealis):
    client.force_login(carol)
    assert client.get(f"{PLANS}contracts/{telecom.pk}/").status_code == 404


def test_many_contracts_and_plans_cost_no_more_statements(client, make_plan, acme, lead):
    client.force_login(lead)
    counts = []
    for more in (1, 8):
        for number in range(more):
            contract = Contract.objects.create(
                organisation=acme.organisation, number=f"N-{more}-{number}", scheme_code="telecom",
                starts_on=date(2026, 1, 1),
            )  # fmt: skip
            make_plan(contract=contract)
        services.generate(now=NOW)
        client.get(PLANS)
        with CaptureQueriesContext(connection) as found:
            client.get(PLANS)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_year_with_many_lines_is_paged(client, make_plan, acme, lead):
    """Every working day of the rest of the year of one contract, and one that begins before."""
    for n in range(4):
        make_plan(every="working-days", days=1, begins_on=date(2026, 11, 2) + timedelta(days=n))
    first = page(client, lead)
    assert first.count('<tr><th scope="row">') == 12
    assert "Show all " in first
    one = f"{PLANS}contracts/{acme.contract.pk}/"
    rows = sum(page(client, lead, f"{one}?page={n}").count('<tr><th scope="row">') for n in (1, 2))
    assert f"Show all {rows}<" in first
    assert rows > 100


def test_undone_visit_stays_behind_after_the_anniversary_until_it_is_done_or_called_off(client, make_plan, acme, lead):
    """The contract's years begin on 1 January."""
    make_plan(every="month", begins_on=date(2026, 10, 15), ends_on=date(2027, 1, 15))
    services.generate(now=NOW)
    later, of_schemes = date(2027, 3, 1), reports.promises_of_schemes()
    assert reports.falling_behind(later, of_schemes) == {acme.contract.pk}
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False):
        shown = page(client, lead)
    assert "2 of an earlier year are behind" in shown
    assert f'href="{PLANS}contracts/{acme.contract.pk}/?back=1"' in shown
    assert "1 contract is falling behind" in shown
    done, off = Ticket.objects.filter(inspection__isnull=False)
    tickets.record(ticket=done, type="visit_done", by=Actor(lead), at=NOW, now=NOW)
    assert reports.falling_behind(later, of_schemes) == {acme.contract.pk}
    tickets.record(ticket=off, type="cancelled", by=Actor(lead), at=NOW, now=NOW)
    assert reports.falling_behind(later, of_schemes) == set()
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False):
        assert "of an earlier year" not in page(client, lead)
