"""What a customer reads of a visit: who comes, when, and since when he is there; and of nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from tests.screens.conftest import happen
from tickets import services

pytestmark = pytest.mark.django_db


def depart(case, who, minutes=None):
    now = datetime.now(UTC)
    fields = {"expected_at": now + timedelta(minutes=minutes)} if minutes else {}
    services.record(ticket=case, type="departed", by=Actor(user=who), at=now, now=now, fields=fields)


@pytest.fixture
def ka_ming(engineer):
    engineer.name, engineer.phone = "Wong Ka Ming", "+852 5555 0184"
    engineer.save()
    return engineer


def card(text):
    return text.split("<h2>Visit today</h2>")[1].split("</dl>")[0]


def test_who_wrote_a_departure_down_is_not_who_comes(page, client, case, agent):
    depart(case, agent, 40)
    for text in (page(), client.get("/portal/").content.decode()):
        assert "The engineer should be with you at about 10:40 today." in text
        assert "Agent" not in text
    assert "<dt>Engineer</dt>" not in card(page())


def test_the_engineer_who_comes_is_named_and_can_be_called(page, client, case, ka_ming):
    depart(case, ka_ming, 40)
    for text in (page(), client.get("/portal/").content.decode()):
        assert "Wong Ka Ming should be with you at about 10:40 today." in text
    assert "<dt>Time</dt><dd>about 10:40</dd>" in card(page())
    assert "<dt>Engineer</dt><dd>Wong Ka Ming</dd>" in card(page())
    assert 'href="tel:+85255550184"' in card(page())
    assert "Call Wong Ka Ming" in page()


def test_beside_the_expected_time_stands_what_was_promised(page, case, agent, ka_ming):
    happen(case, agent, "responded", "remote_failed")
    depart(case, ka_ming, 40)
    said = "Wong Ka Ming should be with you at about 10:40 today. We promised to be with you by 14:00 today."
    assert said in page()


def test_the_owner_comes_when_the_desk_writes_his_departure_down(page, case, agent, ka_ming):
    services.assign(ticket=case, assignee=ka_ming, by=Actor(user=agent), now=datetime.now(UTC))
    depart(case, agent, 40)
    assert "Wong Ka Ming should be with you at about 10:40 today." in page()


def test_an_engineer_is_named_only_while_he_comes(page, client, case, agent, ka_ming):
    services.assign(ticket=case, assignee=ka_ming, by=Actor(user=agent), now=datetime.now(UTC))
    assert "Ka Ming" not in page()
    depart(case, ka_ming, 40)
    happen(case, ka_ming, "arrived", "restored")
    assert "Ka Ming" not in page()
    assert "Ka Ming" not in client.get("/portal/").content.decode()


def test_who_has_arrived_stays_named_and_since_when_he_is_there(page, client, alice, case, agent, ka_ming, at_ten):
    depart(case, ka_ming, 40)
    at_ten.shift(timedelta(minutes=35))
    happen(case, agent, "arrived")  # the desk writes it down for the one who set out
    at_ten.shift(timedelta(minutes=20))
    client.force_login(alice)
    for text in (page(), client.get("/portal/").content.decode()):
        assert "Wong Ka Ming has been with you since 10:35 today." in text
        assert "Agent" not in text
    assert "<dt>On site since</dt><dd>today 10:35</dd>" in card(page())
    assert "<dt>Engineer</dt><dd>Wong Ka Ming</dd>" in card(page())
    assert "about 10:40" not in page()
    assert "Call Wong Ka Ming" in page()


def test_an_arrival_of_nobody_known_names_nobody(page, case, agent):
    happen(case, agent, "arrived")
    assert "The engineer has been with you since 10:00 today." in page()
    assert "<dt>Engineer</dt>" not in card(page())
    assert "Agent" not in page()


def test_late_says_who_is_there(page, client, alice, case, agent, ka_ming, at_ten):
    happen(case, agent, "responded")
    happen(case, ka_ming, "arrived")
    at_ten.shift(timedelta(hours=24, minutes=5))
    client.force_login(alice)
    text = page()
    assert "<h1>We are late</h1>" in text
    assert "Wong Ka Ming has been with you since 10:00 yesterday." in text


def test_who_set_out_without_saying_when_he_arrives_is_on_the_way(page, client, case, ka_ming):
    depart(case, ka_ming)
    for text in (page(), client.get("/portal/").content.decode()):
        assert "Wong Ka Ming set out at 10:00 today and is on the way to you." in text
    assert "<dt>Set out</dt><dd>today 10:00</dd>" in card(page())
    assert "<dt>Time</dt>" not in card(page())


def test_an_expected_time_that_has_passed_is_not_said_any_more(page, client, alice, case, ka_ming, at_ten):
    depart(case, ka_ming, 20)
    assert 'data-turns="2026-11-16T02:20:00+00:00"' in page()
    at_ten.shift(timedelta(minutes=21))
    client.force_login(alice)
    assert "Wong Ka Ming set out at 10:00 today and is on the way to you." in page()


def test_a_booked_visit_says_when_and_who(client, alice, report, lead, ka_ming, at_ten):
    visit = report(reporter=alice, kind="inspection", assignee=ka_ming)
    now = datetime.now(UTC)
    fields = {"planned_at": now + timedelta(days=1)}
    services.record(ticket=visit, type="visit_planned", by=Actor(user=lead), at=now, now=now, fields=fields)
    client.force_login(alice)
    text = client.get(f"/portal/{visit.reference}/").content.decode()
    told = text.split("<h2>Visit tomorrow</h2>")[1].split("</dl>")[0]
    assert "<dt>Time</dt><dd>10:00</dd>" in told
    assert "<dt>Engineer</dt><dd>Wong Ka Ming</dd>" in told
    assert "Lead" not in text


def test_late_says_when_the_engineer_is_now_expected(client, alice, page, case, agent, ka_ming, at_ten):
    happen(case, agent, "responded")
    at_ten.shift(timedelta(hours=24, minutes=5))
    depart(case, ka_ming, 65)
    client.force_login(alice)
    text = page()
    assert "<h1>We are late</h1>" in text
    assert "We promised to restore service by 10:00 today. Wong Ka Ming is now expected at 11:10 today.</p>" in text


def test_the_journey_does_not_doubt_an_engineer_who_has_set_out(client, carol, borealis, report, agent):
    case = report(organisation=borealis.organisation, site=borealis.site, level="A")
    happen(case, agent, "responded", "departed")
    client.force_login(carol)
    journey = client.get(f"/portal/{case.reference}/").content.decode().split('id="journey"')[1]
    assert "if it is needed" not in journey
    assert "An engineer is on the way" in journey


def test_the_step_of_the_visit_says_for_when_it_is_planned(client, alice, report, lead, at_ten):
    visit = report(reporter=alice, kind="inspection")
    now = datetime.now(UTC)
    fields = {"planned_at": now + timedelta(days=1)}
    services.record(ticket=visit, type="visit_planned", by=Actor(user=lead), at=now, now=now, fields=fields)
    happen(visit, lead, "notice_sent")
    client.force_login(alice)
    text = client.get(f"/portal/{visit.reference}/").content.decode()
    assert "<b>Visit done</b><small>planned: tomorrow 10:00</small>" in text
    assert "<b>Report sent</b><small>after the visit</small>" in text
