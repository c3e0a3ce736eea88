"""Redis is gone, or takes connections and never answers: every door works, quickly; the page says what is missing."""

import socket
import time

import pytest

from accounts.api import throttling
from servicedesk import live
from sla.models import Clock
from tests.api.conftest import api  # noqa: F401
from tests.flows import reporting

pytestmark = pytest.mark.django_db
PATIENCE_SECONDS = 8.0  # of a machine under load; the time-outs themselves are 0.2 s


@pytest.fixture
def silent_server():
    """Accepts (the kernel does, as long as the queue has room) and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield server.getsockname()[1]


@pytest.fixture(params=["closed", "silent"])
def no_broker(request, settings, monkeypatch, silent_server):
    port = 1 if request.param == "closed" else silent_server
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    monkeypatch.setattr(live, "_last", (float("-inf"), False))
    monkeypatch.setattr(throttling.breaker, "open_until", 0.0)
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 4 * PATIENCE_SECONDS
    monkeypatch.setattr(live, "_last", (float("-inf"), False))


@pytest.mark.usefixtures("no_broker")
def test_customer_reports_and_gets_his_deadlines(client, acme, alice):
    client.force_login(alice)
    began = time.monotonic()
    assert reporting.by_customer(client, acme.unit).status_code == 200
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert Clock.objects.filter(ticket=reporting.reported(), due_at__isnull=False).count() == 2


@pytest.mark.usefixtures("no_broker")
def test_stranger_reports(client):
    assert reporting.by_guest(client).status_code == 200
    assert reporting.reported().contact_email == reporting.GUEST["email"]


@pytest.mark.usefixtures("no_broker")
def test_rest_counts_nobody_out_and_goes_on(api, agent, acme, settings):  # noqa: F811
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"staff_key": "1/h"}
    client = api(agent)
    began = time.monotonic()
    for number in range(5):
        made = client.post("tickets/", {"kind": "fault", "title": f"{number}", "organisation": "acme"})
        assert made.status_code == 201
    assert time.monotonic() - began < PATIENCE_SECONDS


@pytest.mark.usefixtures("no_broker")
def test_reply_and_note_are_kept(api, agent, ticket):  # noqa: F811
    client = api(agent)
    for door in ("replies", "notes"):
        assert client.post(f"tickets/{ticket.reference}/{door}/", {"body": "words"}).status_code == 201


@pytest.mark.usefixtures("no_broker")
def test_page_of_agents_says_that_live_updates_are_off(client, agent, ticket):
    client.force_login(agent)
    page = client.get("/tickets/").content.decode()
    assert "Live updates are off" in page
    assert ticket.reference in page
    assert client.get("/readyz").json()["status"] == "degraded"
