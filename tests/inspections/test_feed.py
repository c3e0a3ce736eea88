"""The calendar feed: RFC 5545 as programs take it, each visit under one name for ever, and for whom its address is."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from accounts.actors import Actor
from inspections import services
from inspections.models import CalendarFeed
from servicedesk.visits import feed
from tests.inspections.conftest import NOW
from tickets import services as tickets

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 16, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visit(report, lead, engineer):
    ticket = report(kind="inspection", by=lead, now=NOW, assignee=engineer)
    tickets.move_visit(ticket=ticket, planned_at=AT, by=Actor(lead), now=NOW)
    return ticket


def address(person, **values):
    feed = services.subscribe(by=Actor(person), now=NOW, **values)
    return f"/calendar/{services.token_of(feed)}.ics"


def events(client, person, **values):
    return Calendar.from_ical(client.get(address(person, **values)).content).walk("VEVENT")


def test_feed_is_an_icalendar_of_utc_times(client, visit, lead, settings):
    settings.BASE_URL = "https://desk.example"
    answer = client.get(address(lead))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event.start, event.end) == (AT, AT + timedelta(hours=2))
    assert event["UID"].endswith("@desk.example")
    assert event["URL"] == f"https://desk.example/tickets/{visit.reference}/"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "TENTATIVE")
    assert event["DTSTAMP"].dt == NOW
    assert b"DTSTART:20261216T020000Z" in answer.content
    assert b"METHOD" not in answer.content


def test_what_is_to_come_is_never_crowded_out_by_what_is_over(client, report, lead, monkeypatch):
    monkeypatch.setattr(feed, "MOST", 3)
    for days in (-30, -20, -10, 10, 20):
        at = NOW + days * DAY
        asked_at = min(NOW, at - DAY)
        ticket = report(kind="inspection", by=lead, now=asked_at)
        tickets.move_visit(ticket=ticket, planned_at=at, by=Actor(lead), now=asked_at)
    assert [(event.start - NOW).days for event in events(client, lead)] == [-10, 10, 20]


def test_lines_are_folded_at_75_octets_and_text_is_escaped(client, report, lead):
    ticket = report(kind="inspection", by=lead, now=NOW, title="每月预防性巡检；服务器机房, 二楼; a\\b " * 5)
    tickets.move_visit(ticket=ticket, planned_at=AT, by=Actor(lead), now=NOW)
    body = client.get(address(lead)).content
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert b"\n" not in body.replace(b"\r\n", b"")
    for line in body.split(b"\r\n"):
        line.decode()  # no letter is cut in two
    [event] = Calendar.from_ical(body).walk("VEVENT")
    assert ticket.title in event["SUMMARY"]
    assert b"\\, " in body


def test_move_keeps_the_name_and_counts_up(client, visit, lead):
    [first] = events(client, lead)
    later = NOW + timedelta(hours=1)
    tickets.move_visit(ticket=visit, planned_at=AT + DAY, by=Actor(lead), now=later)
    [second] = events(client, lead)
    assert second["UID"] == first["UID"]
    assert (second["SEQUENCE"], second.start, second["DTSTAMP"].dt) == (1, AT + DAY, later)


def test_cancelled_visit_stays_as_cancelled(client, visit, lead):
    tickets.record(ticket=visit, type="cancelled", by=Actor(lead), at=NOW, now=NOW)
    [event] = events(client, lead)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_agreed_visit_is_confirmed(client, visit, lead, alice):
    booking = tickets.appointment_of(visit).seq
    tickets.agree_to_visit(ticket=visit, booking=booking, by=Actor(alice), now=NOW)
    [event] = events(client, lead)
    assert event["STATUS"] == "CONFIRMED"


def test_customer_gets_the_visits_of_his_sites(client, visit, alice, bob, carol):
    [event] = events(client, alice)
    assert f"/portal/{visit.reference}/" in event["URL"]
    assert events(client, bob) == events(client, carol) == []


def test_engineer_gets_his_own_unless_he_wants_all(client, visit, report, lead, engineer):
    other = report(kind="inspection", by=lead, now=NOW)
    tickets.move_visit(ticket=other, planned_at=AT, by=Actor(lead), now=NOW)
    assert len(events(client, engineer)) == 1
    assert len(events(client, engineer, shows_all=True)) == 2


def test_what_has_not_changed_is_not_sent_again(client, visit, lead):
    where = address(lead)
    tag = client.get(where)["ETag"]
    answer = client.get(where, headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    tickets.move_visit(ticket=visit, planned_at=AT + DAY, by=Actor(lead), now=NOW)
    assert client.get(where, headers={"if-none-match": tag}).status_code == 200


def test_renewed_and_given_up_addresses_open_nothing(client, visit, lead):
    first = address(lead)
    second = address(lead, renew=True)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    services.unsubscribe(by=Actor(lead))
    assert client.get(second).status_code == 404
    assert address(lead) not in (first, second)


def test_address_of_somebody_who_left_opens_nothing(client, visit, lead):
    where = address(lead)
    lead.is_active = False
    lead.save()
    assert client.get(where).status_code == 404


@pytest.mark.parametrize("token", ["1-", "1", "x-y", "99999999999999999999-aa", "1-" + "a" * 40])
def test_guess_opens_nothing(client, visit, lead, token):
    address(lead)
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_address_is_made_renewed_and_given_up_on_the_account_page(client, lead):
    client.force_login(lead)
    assert "/calendar/" not in client.get("/account/").content.decode().replace("/account/calendar/", "")
    client.post("/account/calendar/", {"act": "make"})
    feed = CalendarFeed.objects.get()
    assert services.token_of(feed) in client.get("/account/").content.decode()
    client.post("/account/calendar/", {"act": "save"})
    feed.refresh_from_db()
    assert not feed.shows_all
    client.post("/account/calendar/", {"act": "stop"})
    assert services.token_of(feed) not in client.get("/account/").content.decode()
