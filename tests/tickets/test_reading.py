"""What is unread for whom, and marks that only move forward."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import SYSTEM, Actor
from tickets import services
from tickets.models import ReadMark, Ticket

pytestmark = pytest.mark.django_db


def is_unread(ticket, user):
    return Ticket.objects.with_unread_for(user).get(pk=ticket.pk).is_unread


def read(ticket, user, seq=None):
    ticket.refresh_from_db()
    services.mark_read(
        ticket=ticket, by=Actor(user), seq=ticket.last_seq if seq is None else seq, now=datetime.now(UTC)
    )


@pytest.fixture
def case(report, alice, lead):
    """Reported by alice, read by the lead."""
    made = report(by=alice, reporter=alice)
    read(made, lead)
    return made


def say(ticket, user, kind="reply"):
    getattr(services, kind)(ticket=ticket, body="Any news?", by=Actor(user), now=datetime.now(UTC))


def test_report_is_unread_until_it_is_read(case, agent, lead):
    assert is_unread(case, agent)
    assert not is_unread(case, lead)


def test_own_report_is_not_unread(report, agent):
    assert not is_unread(report(by=agent), agent)


def test_customers_message_is_unread_and_colleagues_is_not(case, agent, lead, alice):
    say(case, agent)
    assert not is_unread(case, lead)
    say(case, alice)
    assert is_unread(case, lead)


def test_being_made_owner_is_news_for_the_owner_only(case, agent, lead, manager):
    read(case, manager)
    services.assign(ticket=case, assignee=lead, team=None, by=Actor(agent), now=datetime.now(UTC))
    assert is_unread(case, lead)
    assert not is_unread(case, manager)


def test_note_is_news_for_the_owner_only(case, agent, lead, manager):
    services.assign(ticket=case, assignee=lead, team=None, by=Actor(agent), now=datetime.now(UTC))
    read(case, lead)
    read(case, manager)
    say(case, agent, "note")
    assert is_unread(case, lead)
    assert not is_unread(case, manager)


def test_missed_clock_is_news_and_a_warning_is_not(case, lead):
    now = datetime.now(UTC)
    for type_, expected in (("clock_warned", False), ("clock_missed", True)):
        case.refresh_from_db()
        log = services.read_logs([case])[case.pk]
        entry = services.Entry(type_, now, {"target": "restore"}, is_automatic=True)
        services.append_automatic(additions=[services.Addition(case, [entry], log)], now=now)
        assert is_unread(case, lead) is expected


def test_what_is_over_is_not_unread(case, agent):
    services.record(ticket=case, type="cancelled", by=Actor(agent), at=datetime.now(UTC), now=datetime.now(UTC))
    other = Ticket.objects.with_unread_for(agent).get(pk=case.pk)
    assert not other.is_unread


def test_mark_moves_forward_only_and_not_past_the_end(case, agent):
    read(case, agent, seq=10**30)
    mark = ReadMark.objects.get(user=agent)
    assert mark.seq == case.last_seq
    read(case, agent, seq=0)
    read(case, agent, seq=-5)
    mark.refresh_from_db()
    assert mark.seq == case.last_seq


def test_marking_is_one_statement(case, agent):
    with CaptureQueriesContext(connection) as found:
        services.mark_read(ticket=case, by=Actor(agent), seq=1, now=datetime.now(UTC))
    assert len(found) == 1


def test_program_reads_nothing(case):
    services.mark_read(ticket=case, by=SYSTEM, seq=1, now=datetime.now(UTC) + timedelta(hours=1))
    assert ReadMark.objects.count() == 1


def test_list_with_unread_costs_no_further_statement(case, agent):
    with CaptureQueriesContext(connection) as found:
        list(Ticket.objects.visible_to(agent).with_unread_for(agent))
    assert len(found) == 1
