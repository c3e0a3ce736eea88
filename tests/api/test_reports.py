"""Reports and readings over REST: made and sent by staff, read and answered by the customer, no other's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.roles import STAFF
from inspections import services
from inspections.policies import TABLE
from servicedesk import papers as making
from tests.inspections import papers
from tests.inspections.conftest import DOCUMENT, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(report, acme, lead, engineer):
    row = services.import_document(document=DOCUMENT, by=Actor(lead), now=NOW)
    version = services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW)
    return papers.years_of(report, acme.unit, version, engineer, NOW, ["22", "23", "25", "26"]).last


@pytest.fixture
def address(visit):
    return f"/api/v1/inspections/{visit.ticket.reference}/report/"


def post(client, address, **values):
    return client.post(address, values, content_type="application/json")


def make(client, address, **words):
    """Asked for, and made by the worker."""
    asked = post(client, address, act="make", **words)
    assert asked.status_code == 202
    assert asked.json()["being_made"] is True
    assert making.make_asked(now=NOW)
    return client.get(address).json()


def test_staff_make_and_send_the_customer_answers(client, engineer, alice, address, visit):
    client.force_login(engineer)
    assert client.get(address).status_code == 404
    made = make(client, address, summary="All well.", language="th")
    assert made["being_made"] is False
    assert (made["edition"], made["language"], made["unchanged"], made["sent_at"]) == (1, "th", True, None)
    assert b"".join(client.get(made["pdf"]).streaming_content).startswith(b"%PDF")
    client.force_login(alice)
    assert client.get(address).status_code == 404
    client.force_login(engineer)
    assert post(client, address, act="send").json()["sent_at"]
    client.force_login(alice)
    assert post(client, address, act="acknowledge").json()["acknowledged_at"]
    assert post(client, address, act="comment", comment="Thanks.").json()["comment"] == "Thanks."
    assert post(client, address, act="make").status_code == 403
    assert visit.ticket.events.filter(type="report_sent").count() == 1


def test_strangers_find_nothing(client, engineer, bob, carol, address):
    client.force_login(engineer)
    pdf = make(client, address)["pdf"]
    post(client, address, act="send")
    for stranger in (bob, carol):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
        assert client.get(pdf).status_code == 404
        assert post(client, address, act="acknowledge").status_code == 404
        assert client.get("/api/v1/readings/").json()["results"] == []


@pytest.mark.parametrize("values", [{}, {"act": "burn"}, {"act": "make", "language": "fr"}, {"act": "comment"}])
def test_bad_input_is_told_beside_its_field(client, engineer, alice, address, values):
    client.force_login(engineer)
    assert post(client, address, **values).status_code in (400, 404, 403)


def test_readings_say_how_they_move(client, alice, visit):
    client.force_login(alice)
    found = client.get("/api/v1/readings/?item=temp").json()["results"]
    assert [point["value"] for point in found[0]["points"]] == ["22", "23", "25", "26"]
    assert found[0]["per_year"] == pytest.approx(1.4, abs=0.01)
    assert found[0]["reached_on"].startswith("2027")
    worse = client.get("/api/v1/readings/?getting_worse=true").json()["results"]
    assert [one["item"] for one in worse] == ["temp"]


def test_readings_are_narrowed_by_place(client, engineer, visit, acme):
    client.force_login(engineer)
    assert len(client.get(f"/api/v1/readings/?equipment={acme.unit.serial_number}").json()["results"]) == 2
    assert client.get("/api/v1/readings/?site=acme-plant").json()["results"] == []


def test_readings_come_page_by_page_and_each_once(client, engineer, visit, report, acme):
    """Temperature and humidity of two units: four series, two a page."""
    version = visit.sheets.first().version
    papers.signed_visit(report, acme.plant_unit, version, engineer, NOW)
    client.force_login(engineer)
    every = [place(one) for one in client.get("/api/v1/readings/").json()["results"]]
    first = client.get("/api/v1/readings/?page_size=3&count=1").json()
    rest = client.get(first["next"]).json()
    assert (first["count"], len(first["results"]), first["previous"], rest["next"]) == (4, 3, None, None)
    assert [place(one) for one in first["results"] + rest["results"]] == every
    assert len(set(every)) == 4
    assert client.get(rest["previous"]).json()["results"] == first["results"]
    assert [len(one["points"]) for one in first["results"]] == [4, 4, 1]


def place(series):
    return series["equipment"], series["item"]


@pytest.mark.parametrize("query", ["page_size=0", "page_size=201", "cursor=x", "ordering=text"])
def test_pages_of_readings_that_are_none_are_refused(client, engineer, query):
    client.force_login(engineer)
    assert client.get(f"/api/v1/readings/?{query}").status_code == 400


def test_more_readings_on_a_page_cost_no_more_statements(client, engineer, visit, report, acme):
    client.force_login(engineer)
    counts = []
    for size in (1, 4):
        client.get(f"/api/v1/readings/?page_size={size}")  # what a process reads once is not counted
        with CaptureQueriesContext(connection) as found:
            client.get(f"/api/v1/readings/?page_size={size}")
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_role_that_may_not_see_readings_is_refused(client, alice, visit, monkeypatch):
    monkeypatch.setitem(TABLE, "inspection.see_readings", STAFF)
    client.force_login(alice)
    assert client.get("/api/v1/readings/").status_code == 403
