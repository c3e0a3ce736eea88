"""Triage says whose a guest's report is; coverage, scheme, level and clocks follow, counted from the report."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import GUEST, Actor
from common.errors import Illegal, Invalid
from sla import services as sla
from sla.models import Clock, Trouble
from tickets import services

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 11, 20, 9, 50, tzinfo=UTC)
LATER = RECEIVED + timedelta(minutes=10)


@pytest.fixture
def guest_report(db):
    contact = services.Contact(name="Greta", email="greta@example.com", organisation="Acme, I think")
    intake = services.Intake(title="Server is down", contact=contact, level="urgent")
    return services.report(intake=intake, by=GUEST, at=RECEIVED, now=RECEIVED)


def place(ticket, agent, **places):
    return services.place(ticket=ticket, by=Actor(agent), now=LATER, **places)


def due(ticket):
    return dict(Clock.objects.filter(ticket=ticket).values_list("target", "due_at"))


def test_triage_gives_the_contract_and_its_deadlines_from_the_report_on(guest_report, agent, acme):
    assert guest_report.scheme_code == "general"
    place(guest_report, agent, organisation=acme.organisation, equipment=acme.unit, level="2")
    guest_report.refresh_from_db()
    assert (guest_report.scheme_code, guest_report.level, guest_report.severity) == ("infrastructure", "2", 2)
    assert (guest_report.coverage_status, guest_report.site) == ("covered", acme.hq)
    assert due(guest_report) == {
        "respond": RECEIVED + timedelta(minutes=15),
        "restore": RECEIVED + timedelta(hours=4),
    }
    assert not Trouble.objects.exists()


def test_level_is_the_new_schemes_default_when_nobody_says(guest_report, agent, acme):
    place(guest_report, agent, organisation=acme.organisation)
    guest_report.refresh_from_db()
    assert (guest_report.level, guest_report.is_level_confirmed) == ("4", False)


def test_levels_of_the_earlier_scheme_are_left_behind(guest_report, agent, acme):
    lowered = {"fields": {"level": "normal"}, "note": "they can wait"}
    services.record(ticket=guest_report, type="level_confirmed", by=Actor(agent), at=LATER, now=LATER, **lowered)
    place(guest_report, agent, organisation=acme.organisation, level="1")
    guest_report.refresh_from_db()
    assert guest_report.level == "1"
    assert due(guest_report)["restore"] == RECEIVED + timedelta(hours=4)
    assert sla.check(now=LATER).differences == []


def test_same_scheme_keeps_the_level(report, agent, acme):
    ticket = report(at=RECEIVED, now=RECEIVED, level="3")
    place(ticket, agent, organisation=acme.organisation, site=acme.plant)
    ticket.refresh_from_db()
    assert (ticket.level, ticket.site) == ("3", acme.plant)
    assert ticket.events.get(type="placed").data["facts"]["travel_minutes"] == 90


def test_places_that_do_not_belong_together_are_refused(guest_report, agent, acme, borealis):
    with pytest.raises(Invalid) as refusal:
        place(guest_report, agent, organisation=acme.organisation, site=borealis.site)
    assert "site" in refusal.value.errors
    with pytest.raises(Invalid):
        place(guest_report, agent, organisation=None)


def test_ticket_that_is_over_stays_where_it_was(guest_report, agent, acme):
    services.record(ticket=guest_report, type="cancelled", by=Actor(agent), at=LATER, now=LATER)
    with pytest.raises(Illegal):
        place(guest_report, agent, organisation=acme.organisation)


def test_placing_where_it_is_already_writes_nothing(report, agent, acme):
    ticket = report(at=RECEIVED, now=RECEIVED)
    place(ticket, agent, organisation=acme.organisation, site=acme.hq)
    ticket.refresh_from_db()
    assert ticket.version == 1
    assert not ticket.events.filter(type="placed").exists()


def test_level_is_refused_where_the_scheme_stays(report, agent, acme):
    ticket = report(at=RECEIVED, now=RECEIVED, level="3")
    with pytest.raises(Invalid) as refusal:
        place(ticket, agent, organisation=acme.organisation, site=acme.plant, level="1")
    assert list(refusal.value.errors) == ["level"]


def test_what_is_foreseen_is_what_placing_does(guest_report, agent, acme):
    chosen = {"organisation": acme.organisation, "equipment": acme.unit, "level": "2"}
    foreseen = services.foresee_place(ticket=guest_report, by=Actor(agent), **chosen)
    guest_report.refresh_from_db()
    assert (guest_report.organisation, guest_report.events.count()) == (None, 1)
    placed = place(guest_report, agent, **chosen)
    assert placed.events.get(type="placed").data == foreseen.data
    assert (placed.coverage_reason, placed.scheme_code) == (foreseen.ticket.coverage_reason, "infrastructure")
