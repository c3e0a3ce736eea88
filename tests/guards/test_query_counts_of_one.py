"""What a page about one thing costs in statements, stored like those of lists: a long conversation costs no more."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from accounts.models import Team
from tests.guards.test_query_counts import statements
from tickets import follow, services

pytestmark = pytest.mark.django_db
STORED = {
    ("agent", "/tickets/{reference}/"): 21,
    ("agent", "/tickets/{reference}/preview/"): 7,
    ("agent", "/tickets/{reference}/part/why/"): 5,
    ("agent", "/tickets/{reference}/?act=level&level=1"): 22,
    ("agent", "/tickets/{reference}/place/"): 17,
    ("alice", "/portal/{reference}/"): 8,
    ("alice", "/portal/{reference}/survey/"): 5,
    ("guest", "/portal/follow/{token}/"): 5,
    ("guest", "/portal/survey/{survey}/yes/"): 3,
    ("guest", "/report/"): 2,
    ("alice", "/report/"): 9,
    ("alice", "/schemes/infrastructure/"): 3,
    ("agent", "/schemes/infrastructure/?kind=fault&level=2&at=2026-11-20T17:50"): 10,
    ("agent", "/account/"): 7,
    ("admin", "/settings/people/{person}/"): 16,
    ("admin", "/settings/teams/{team}/"): 11,
    ("admin", "/customers/acme/"): 14,
    ("agent", "/api/v1/tickets/{reference}/"): 5,
    ("agent", "/api/v1/me/"): 3,
    ("agent", "/api/v1/tickets/{reference}/events/"): 4,
    ("agent", "/api/v1/tickets/{reference}/replies/"): 4,
    ("agent", "/api/v1/tickets/{reference}/clocks/"): 5,
}


@pytest.fixture
def readers(agent, alice, administrator):
    return {"agent": agent, "alice": alice, "admin": administrator, "guest": None}


def talk(ticket, agent, alice, times):
    now = datetime.now(UTC)
    for number in range(times):
        services.reply(ticket=ticket, body=f"Answer {number}", by=Actor(agent), now=now)
        services.note(ticket=ticket, body=f"Note {number}", by=Actor(agent), now=now)
        services.reply(ticket=ticket, body=f"Question {number}", by=Actor(alice), now=now)
        services.edit(ticket=ticket, changes={"title": f"Title {number}"}, by=Actor(agent), now=now)


@pytest.mark.parametrize(("name", "address"), STORED)
def test_one_costs_the_stored_number_however_much_was_said(client, readers, report, acme, agent, alice, name, address):
    now = datetime.now(UTC)
    at = now - timedelta(hours=1)
    ticket = report(title="server", equipment=acme.unit, assignee=agent, reporter=alice, at=at)
    services.record(
        ticket=ticket, type="restored", by=Actor(agent), at=at + timedelta(minutes=9), now=datetime.now(UTC)
    )
    if readers[name] is not None:
        client.force_login(readers[name])
    team = Team.objects.create(code="t", name="T")
    known = {"reference": ticket.reference, "token": follow.token(ticket.pk), "person": alice.pk, "team": team.pk}
    where = address.format(**known, survey=follow.survey_token(ticket.pk))
    counts = []
    for more in (3, 20):
        talk(ticket, agent, alice, more)
        counts.append(statements(client, where))
    assert counts == [STORED[name, address]] * 2
