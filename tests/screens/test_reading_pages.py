"""Readings over the years on their pages: what gets worse, a unit, one reading, every site."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.roles import STAFF
from inspections import services
from inspections.policies import TABLE
from tests.inspections import papers
from tests.inspections.conftest import DOCUMENT, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(lead):
    row = services.import_document(document=DOCUMENT, by=Actor(lead), now=NOW)
    return services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW)


@pytest.fixture
def visits(report, acme, version, engineer):
    return papers.years_of(report, acme.unit, version, engineer, NOW, ["22", "23", "25", "26"])


def page(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_what_gets_worse_says_when_the_limit_is_reached(client, agent, visits):
    shown = page(client, agent, "/inspections/readings/")
    assert "Rising by 1.4" in shown
    assert "2027" in shown
    assert shown.count("<figure") == 1  # the humidity stands still


def test_a_unit_shows_every_reading_and_one_of_them_its_table(client, agent, acme, visits):
    shown = page(client, agent, f"/inspections/readings/units/{acme.unit.pk}/")
    assert "Air temperature" in shown
    assert "Humidity" in shown
    one = page(client, agent, f"/inspections/readings/units/{acme.unit.pk}/array/temp/")
    assert all(visit.ticket.reference in one for visit in visits.visits)


def test_sites_are_compared_the_highest_first(client, agent, report, acme, borealis, version, engineer, visits):
    papers.signed_visit(report, borealis.unit, version, engineer, NOW, temp="27")
    shown = page(client, agent, "/inspections/readings/compare/array/temp/")
    assert shown.index("SN-2234") < shown.index("SN-1234")


def test_a_customer_sees_his_sites_only(client, alice, carol, acme, visits):
    assert "Rising by" in page(client, alice, "/inspections/readings/")
    assert "Rising by" not in page(client, carol, "/inspections/readings/")
    for address in (
        f"units/{acme.unit.pk}/",
        f"units/{acme.unit.pk}/array/temp/",
        "compare/array/temp/",
        "sites/acme-hq/",
    ):
        client.force_login(carol)
        assert client.get(f"/inspections/readings/{address}").status_code == 404, address


def test_a_visit_that_is_not_signed_counts_for_nothing(client, agent, report, acme, version, engineer):
    ticket = report(kind="inspection", title="Yearly check", equipment=acme.unit, at=NOW, now=NOW)
    visit = services.begin(ticket=ticket, version=version, by=Actor(engineer), now=NOW)
    papers.answer_all(visit, engineer, NOW)
    assert "<figure" not in page(client, agent, f"/inspections/readings/units/{acme.unit.pk}/")


def test_queries_do_not_grow_with_the_readings(client, agent, report, acme, version, engineer, visits):
    client.force_login(agent)
    client.get("/inspections/readings/")
    with CaptureQueriesContext(connection) as few:
        client.get("/inspections/readings/")
    papers.signed_visit(report, acme.plant_unit, version, engineer, NOW)
    with CaptureQueriesContext(connection) as many:
        client.get("/inspections/readings/")
    assert len(many) == len(few) <= 15


def test_who_may_not_see_readings_gets_none_of_their_pages(client, agent, alice, acme, visits, monkeypatch):
    """The policy table decides, also for a customer who sees the place."""
    monkeypatch.setitem(TABLE, "inspection.see_readings", STAFF)
    places = (
        "",
        f"units/{acme.unit.pk}/",
        f"units/{acme.unit.pk}/array/temp/",
        "sites/acme-hq/",
        "compare/array/temp/",
    )
    for user, status in ((alice, 403), (agent, 200)):
        client.force_login(user)
        found = {client.get(f"/inspections/readings/{place}").status_code for place in places}
        assert found == {status}


def test_nobody_signed_in_is_asked_to_sign_in(client, visits):
    answer = client.get("/inspections/readings/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/sign-in/")
