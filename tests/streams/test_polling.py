"""What browsers without a stream are told, and what happens while Redis is dead."""

import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from notifications.live import push
from notifications.live.broker import broker
from tickets import follow, services

pytestmark = pytest.mark.django_db


def now():
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _asked_anew():
    broker.reset()
    yield
    broker.reset()


@pytest.fixture
def dead_redis(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.REDIS_URL = f"redis://127.0.0.1:{free.getsockname()[1]}/0"


def test_changes_since_a_cursor(client, agent, ticket):
    client.force_login(agent)
    first = client.get("/live/changes/").json()
    assert (first["tickets"], first["is_everything"]) == ([], False)
    services.note(ticket=ticket, body="Internal", by=Actor(agent), now=now())
    assert client.get("/live/changes/", {"after": first["cursor"]}).json()["tickets"] == [ticket.number]


@pytest.mark.parametrize(
    "after", ["yesterday", "\u0661", "9" * 300, "2026-13-45T00:00:00Z", "0001-01-01T00:00:00+14:00"]
)
def test_a_cursor_that_cannot_be_read_is_no_fault(client, agent, after):
    client.force_login(agent)
    assert client.get("/live/changes/", {"after": after}).status_code == 200


def test_too_long_ago_means_everything(client, agent):
    client.force_login(agent)
    since = (now() - timedelta(hours=2)).isoformat()
    assert client.get("/live/changes/", {"after": since}).json()["is_everything"]


def test_polling_costs_three_statements_whatever_changed(client, agent, report):
    client.force_login(agent)
    since = (now() - timedelta(minutes=1)).isoformat()
    for _ in range(5):
        report()
    client.get("/live/changes/")
    with CaptureQueriesContext(connection) as statements:
        client.get("/live/changes/", {"after": since})
    assert len(statements) == 3


def test_mark_of_a_case_follows_its_public_events_only(client, agent, alice, ticket):
    client.force_login(alice)
    address = f"/live/portal/{ticket.reference}/"
    before = client.get(address).json()
    services.note(ticket=ticket, body="Internal", by=Actor(agent), now=now())
    services.assign(ticket=ticket, assignee=agent, by=Actor(agent), now=now())
    assert client.get(address).json() == before
    services.reply(ticket=ticket, body="Hello", by=Actor(agent), now=now())
    assert client.get(address).json() != before
    assert client.get(f"/live/follow/{follow.token(ticket.pk)}/").json() == client.get(address).json()


def test_presence_is_kept_and_taken_away(client, agent, lead, ticket):
    client.force_login(agent)
    assert client.post("/live/here/", {"ticket": ticket.number, "act": "writing"}).status_code == 204
    [found] = [one for one in client.get("/live/changes/").json()["here"] if one["ticket"] == ticket.number]
    assert [(one["name"], one["act"]) for one in found["people"]] == [("Agent", "writing")]
    client.post("/live/here/", {"ticket": ticket.number, "act": ""})
    assert not [one for one in client.get("/live/changes/").json()["here"] if one["ticket"] == ticket.number]


@pytest.mark.parametrize("ticket_text", ["", "0", "SD-1", "9" * 30, "99999999", "1\x00"])
def test_presence_at_no_ticket_is_refused(client, agent, ticket_text):
    client.force_login(agent)
    assert client.post("/live/here/", {"ticket": ticket_text, "act": "viewing"}).status_code == 404


def test_customers_learn_nothing_of_staff_and_are_not_seen(client, alice, agent, ticket):
    push.here(number=ticket.number, person=agent.pk, name="Agent", act="viewing")
    client.force_login(alice)
    assert client.get("/live/changes/").status_code == 403
    assert client.post("/live/here/", {"ticket": ticket.number, "act": "viewing"}).status_code == 403


def test_nobody_is_told_to_sign_in(client, ticket):
    assert client.get("/live/changes/").status_code == 401
    assert client.post("/live/here/", {"ticket": ticket.number, "act": "viewing"}).status_code == 401
    assert client.get(f"/live/portal/{ticket.reference}/").status_code == 401


def test_a_dead_redis_costs_neither_a_write_nor_a_poll(
    client, agent, ticket, dead_redis, django_capture_on_commit_callbacks
):
    client.force_login(agent)
    with django_capture_on_commit_callbacks(execute=True):
        services.note(ticket=ticket, body="Kept", by=Actor(agent), now=now())
    assert ticket.notes.get().body == "Kept"
    assert client.post("/live/here/", {"ticket": ticket.number, "act": "viewing"}).status_code == 204
    answer = client.get("/live/changes/", {"after": (now() - timedelta(minutes=1)).isoformat()}).json()
    assert (answer["tickets"], answer["here"]) == ([ticket.number], [])


def test_a_dead_redis_is_asked_once_and_then_left_alone(dead_redis, monkeypatch):
    asked = []
    for _ in range(3):
        broker.ask(lambda client: asked.append(1) or client.ping(), None)
    assert len(asked) == 1
