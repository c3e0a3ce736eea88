"""Rows, columns and engine say the same, whoever writes in whatever order and with whatever clock."""

import json
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from accounts.actors import Actor
from sla import reports, services
from sla.engine import SchemeError
from sla.engine.shipped import shipped_documents
from sla.models import Clock, Trouble
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent

RECEIVED = datetime(2026, 11, 20, 9, 50, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def level_of_the_plan(ticket, now):
    plan = reports.standing(ticket, now).plan
    assert plan is not None
    return plan.level


@pytest.mark.django_db
def test_writer_whose_clock_is_older_does_not_forget_the_others_fact(report, agent):
    ticket, later = report(at=RECEIVED, now=RECEIVED, level="3"), RECEIVED + 10 * MINUTE
    tickets.record(ticket=ticket, type="resolved", by=Actor(agent), at=later, now=later)
    earlier = later - timedelta(milliseconds=30)
    tickets.edit(ticket=ticket, changes={"title": "New"}, by=Actor(agent), now=earlier)
    assert Clock.objects.get(ticket=ticket, target="restore").state == "met"
    assert services.check(now=RECEIVED + 20 * MINUTE).differences == []


@pytest.mark.django_db
def test_writer_whose_clock_is_older_than_the_sweeps_repeats_no_effect(report, agent):
    ticket = report(at=RECEIVED, now=RECEIVED, level="3")
    services.fire_due(now=RECEIVED + 12 * HOUR + timedelta(seconds=1))
    earlier = RECEIVED + 12 * HOUR - timedelta(milliseconds=500)
    tickets.record(ticket=ticket, type="visit_failed", by=Actor(agent), at=earlier, now=earlier)
    assert not Trouble.objects.exists()
    assert TicketEvent.objects.filter(ticket=ticket, type="loaner_requested").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_leave_rows_that_the_log_reproduces(report, agent):
    made = [report(at=RECEIVED, now=RECEIVED, level="3") for _ in range(8)]
    now = RECEIVED + HOUR
    for ticket in made:
        together = threading.Barrier(2)

        def resolve(ticket=ticket, together=together):
            together.wait(10)
            tickets.record(ticket=ticket, type="resolved", by=Actor(agent), at=now, now=now)
            connection.close()

        def rename(ticket=ticket, together=together):
            together.wait(10)
            earlier = now - timedelta(milliseconds=20)
            tickets.edit(ticket=ticket, changes={"title": "New"}, by=Actor(agent), now=earlier)
            connection.close()

        threads = [threading.Thread(target=work) for work in (resolve, rename)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert services.check(now=now + MINUTE).differences == []


@pytest.mark.django_db
def test_placing_after_a_raise_begins_the_new_contract_with_a_clean_slate(report, borealis, agent):
    ticket = report(at=RECEIVED, now=RECEIVED, level="3")
    services.fire_due(now=RECEIVED + 25 * HOUR)
    now = RECEIVED + 26 * HOUR
    tickets.place(ticket=ticket, organisation=borealis.organisation, by=Actor(agent), now=now, level="B")
    assert not Trouble.objects.exists()
    missed = TicketEvent.objects.filter(ticket=ticket, type="clock_missed", key__contains="@")
    assert {event.data["target"] for event in missed} >= {"respond", "restore"}
    ticket.refresh_from_db()
    assert (ticket.level, level_of_the_plan(ticket, now)) == ("A", "A")


@pytest.mark.django_db
def test_late_level_never_contradicts_a_raise_on_record(report, agent):
    ticket, now = report(at=RECEIVED, now=RECEIVED, level="3"), RECEIVED + 25 * HOUR
    services.fire_due(now=now)
    fields = {"level": "1"}
    tickets.record(ticket=ticket, type="level_confirmed", by=Actor(agent), at=RECEIVED + HOUR, now=now, fields=fields)
    ticket.refresh_from_db()
    assert (ticket.level, ticket.severity) == (level_of_the_plan(ticket, now), 1)


@pytest.mark.django_db
def test_one_instant_has_one_order(report, agent, alice):
    ticket = report(at=RECEIVED, now=RECEIVED, level="3", by=alice)
    fifth, sixth = RECEIVED + 5 * MINUTE, RECEIVED + 6 * MINUTE
    tickets.record(ticket=ticket, type="waiting", by=Actor(agent), at=RECEIVED + MINUTE, now=RECEIVED + MINUTE)
    tickets.reply(ticket=ticket, body="hello", by=Actor(alice), now=fifth)
    tickets.record(ticket=ticket, type="waiting", by=Actor(agent), at=fifth, now=sixth)
    ticket.refresh_from_db()
    plan = reports.standing(ticket, sixth).plan
    assert plan is not None
    assert (ticket.state == "waiting") is plan.is_paused is True


@pytest.mark.django_db
def test_edition_of_a_clock_does_not_depend_on_its_neighbours(report, cathay, agent, administrator):
    services.override_day(country="CN", day=date(2026, 12, 24), status="closed", by=Actor(administrator))
    intake = tickets.Intake(title="q", organisation=cathay.organisation, site=cathay.site, scheme="software", level="A")
    tickets.report(intake=intake, by=Actor(agent), at=RECEIVED, now=RECEIVED)
    report(at=RECEIVED, now=RECEIVED, level="3")
    services.rebuild(now=RECEIVED)
    assert services.check(now=RECEIVED).differences == []
    assert set(Clock.objects.filter(target="restore").values_list("edition", flat=True)) == {""}


@pytest.mark.django_db
def test_raise_by_itself_confirms_no_level(report):
    ticket = report(at=RECEIVED, now=RECEIVED)
    services.fire_due(now=RECEIVED + 25 * HOUR)
    ticket.refresh_from_db()
    assert (ticket.level, ticket.is_level_confirmed) == ("3", False)


@pytest.mark.parametrize("long", ["urgent-and-even-more-than-that-it-is"])
def test_scheme_whose_words_do_not_fit_is_not_published(db, long):
    text = json.dumps(shipped_documents()["general"]).replace('"urgent"', f'"{long}"')
    with pytest.raises(SchemeError):
        services.publish(document=json.loads(text), effective_at=RECEIVED, now=RECEIVED)


@pytest.mark.django_db(transaction=True)
def test_replanning_waits_for_a_ticket_in_somebodys_hands(cathay, agent, administrator):
    at = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
    intake = tickets.Intake(title="q", organisation=cathay.organisation, site=cathay.site, scheme="software", level="A")
    ticket = tickets.report(intake=intake, by=Actor(agent), at=at, now=at)
    held, done = threading.Event(), threading.Event()

    def writer():
        with transaction.atomic():
            Ticket.objects.select_for_update().get(pk=ticket.pk)
            held.set()
            done.wait(0.3)
        connection.close()

    thread = threading.Thread(target=writer)
    thread.start()
    held.wait(10)
    services.override_day(country="CN", day=date(2026, 11, 23), status="closed", by=Actor(administrator))
    assert services.replan_open(now=at) == 1
    thread.join()
    assert services.check(now=at).differences == []


@pytest.mark.django_db
def test_replanning_out_of_time_goes_on_where_it_was(cathay, agent, administrator):
    at = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
    intake = tickets.Intake(title="q", organisation=cathay.organisation, site=cathay.site, scheme="software", level="A")
    for _ in range(60):
        tickets.report(intake=intake, by=Actor(agent), at=at, now=at)
    services.override_day(country="CN", day=date(2026, 11, 23), status="closed", by=Actor(administrator))
    first = services.replan_open(now=at, is_time_over=lambda: True)
    rest = services.replan_open(now=at)
    assert (first, rest) == (50, 10)
    assert services.replan_open(now=at) == 0
    assert services.check(now=at).differences == []
