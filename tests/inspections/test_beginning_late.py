"""A visit that was begun on a phone without signal: what the desk takes of it later, and what it tells."""

import json
from datetime import timedelta

import pytest
import time_machine

from accounts.actors import Actor
from inspections import services
from inspections.models import Inspection, Sheet
from tests.guards.test_query_counts import statements
from tests.inspections.conftest import DAY, DOCUMENT, NOW
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def send(client, case, version, engineer):
    """`send(at=..., version=..., by=...)`: the phone's begin as it arrives at NOW."""

    def post(by=None, at=NOW - 3 * HOUR, **values):
        client.force_login(by or engineer)
        body = {"checklist": "array", "version": 1, "at": at.isoformat(), **values}
        with time_machine.travel(NOW, tick=False):
            return client.post(f"/inspections/visits/{case.reference}/begun/", json.dumps(body), "application/json")

    return post


def test_it_counts_from_when_it_was_begun(send, case):
    told = send().json()
    assert (told["is_ours"], told["planned_at"]) == (True, None)
    row = Inspection.objects.get()
    assert (row.begun_at, row.seen_at) == (NOW - 3 * HOUR, NOW)
    arrived = TicketEvent.objects.get(ticket=case, type="arrived")
    assert (arrived.occurred_at, arrived.recorded_at) == (NOW - 3 * HOUR, NOW)


def test_sent_twice_it_is_begun_once(send):
    first = send().json()
    again = send(at=NOW - HOUR).json()
    assert again["begun_at"] == first["begun_at"]
    assert Sheet.objects.count() == TicketEvent.objects.filter(type="arrived").count() == 1


@pytest.mark.parametrize(("at", "counts"), [(NOW + 9 * DAY, NOW), (NOW - 300 * DAY, NOW - DAY)])
def test_wrong_clock_neither_looks_ahead_nor_before_the_ticket(send, at, counts):
    send(at=at)
    assert Inspection.objects.get().begun_at == counts


def test_who_began_it_first_is_told_by_name(send, case, version, agent):
    services.begin(ticket=case, version=version, by=Actor(agent), now=NOW - HOUR)
    told = send().json()
    assert (told["begun_by"], told["is_ours"]) == (agent.name, False)
    assert Inspection.objects.get().begun_by == agent


def test_visit_that_was_moved_meanwhile_begins_and_says_so(send, case, lead):
    moved = {"planned_at": NOW + 7 * DAY}
    tickets.record(ticket=case, type="visit_planned", by=Actor(lead), at=NOW - HOUR, now=NOW - HOUR, fields=moved)
    told = send().json()
    assert told["planned_at"].startswith("2026-11-27T09:00")
    assert told["outcome"] == ""


def test_ticket_that_was_called_off_begins_nothing(send, case, lead):
    tickets.record(ticket=case, type="cancelled", by=Actor(lead), at=NOW - HOUR, now=NOW - HOUR, note="x")
    refused = send()
    assert refused.status_code == 409
    assert "called this visit off" in refused.json()["detail"]
    assert not Sheet.objects.exists()


def test_visit_keeps_the_version_that_the_phone_had(send, lead):
    shorter = {**DOCUMENT, "sections": DOCUMENT["sections"][:1]}
    row = services.import_document(document=shorter, by=Actor(lead), now=NOW - HOUR)
    services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW - HOUR)
    send()
    assert Sheet.objects.get().version.number == 1


def test_customers_and_strangers_begin_nothing(send, alice, carol, storekeeper):
    for person, status in ((alice, 404), (carol, 404), (storekeeper, 403)):
        assert send(by=person).status_code == status


def test_page_of_a_visit_ahead_holds_its_checks_and_what_is_known_of_last_time(client, signed, report, acme, engineer):
    later = report(kind="inspection", equipment=acme.unit)
    client.force_login(engineer)
    page = client.get(f"/inspections/visits/{later.reference}/").content.decode()
    first = page.index('<template data-first="array" data-version="1"')
    assert "last time 26" in page[first:]
    assert "Begin the visit" in page
    kept = client.get(f"/inspections/visits/{later.reference}/sign/kept/?lang=th").content.decode()
    assert '"array/temp": {"text": "1. Air temperature"' in kept


@pytest.fixture
def book(report, acme, lead):
    """`book(title, person, days)`: a visit planned for somebody so many days after NOW."""

    def make(title, person, days):
        case = report(kind="inspection", title=title, equipment=acme.unit, assignee=person, at=NOW, now=NOW)
        day = {"planned_at": NOW + days * DAY}
        tickets.record(ticket=case, type="visit_planned", by=Actor(lead), at=NOW, now=NOW, fields=day)

    return make


@time_machine.travel(NOW, tick=False)
def test_next_visits_of_a_person_are_listed_for_his_phone(client, book, engineer, agent):
    book("soon", engineer, 2)
    book("far", engineer, 9)
    book("other", agent, 1)
    client.force_login(engineer)
    page = client.get("/inspections/visits/").content.decode()
    assert ">soon</a>" in page
    assert ">far</a>" not in page
    assert ">other</a>" not in page
    assert page.count("sign/kept/?lang=") == 4


@time_machine.travel(NOW, tick=False)
def test_list_of_next_visits_costs_the_same_whatever_its_length(client, book, engineer):
    client.force_login(engineer)
    counts = []
    for more in (1, 6):
        for number in range(more):
            book(f"visit {number}", engineer, 1)
        counts.append(statements(client, "/inspections/visits/"))
    assert counts == [6, 6]


@time_machine.travel(NOW, tick=False)
def test_many_late_visits_do_not_keep_those_of_today_off_the_phone(client, book, engineer):
    for number in range(20):
        book(f"late {number}", engineer, -2)
    book("today", engineer, 0)
    book("tomorrow", engineer, 1)
    client.force_login(engineer)
    titles = [ticket.title for ticket in client.get("/inspections/visits/").context["tickets"]]
    assert titles[:3] == ["today", "tomorrow", "late 0"]


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(("days", "asks"), [(0, False), (3, False), (40, True)])
def test_visit_that_is_planned_for_another_day_asks_before_it_begins(client, book, version, engineer, days, asks):
    book("planned", engineer, days)
    ticket = Ticket.objects.get(title="planned")
    where = f"/inspections/visits/{ticket.reference}/"
    client.force_login(engineer)
    assert ("I begin it now all the same" in client.get(where).content.decode()) is asks
    answer = client.post(f"{where}begin/", {"checklist": "array"})
    assert Inspection.objects.filter(ticket=ticket, begun_at__isnull=False).exists() is not asks
    if asks:
        assert answer.status_code == 400
        assert "wait until its day" in answer.content.decode()
        client.post(f"{where}begin/", {"checklist": "array", "early": "on"})
        assert Inspection.objects.get(ticket=ticket).begun_at == NOW


def test_next_visits_are_nobodys_but_staff(client, alice, storekeeper):
    for person, status in ((alice, 403), (storekeeper, 200)):
        client.force_login(person)
        assert client.get("/inspections/visits/").status_code == status
