"""Which tickets wait for a part, as the log tells it."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from tickets import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(client, agent, storekeeper):
    def shown(ticket, *kinds):
        for kind in kinds:
            now = datetime.now(UTC)
            services.record(ticket=ticket, type=kind, by=Actor(user=agent), at=now, now=now)
        client.force_login(storekeeper)
        return ticket.reference in client.get("/spares/").content.decode()

    return shown


def test_from_need_to_delivery(ticket, listed):
    assert not listed(ticket)
    assert listed(ticket, "spare_needed")
    assert listed(ticket, "spare_dispatched")
    assert not listed(ticket, "spare_delivered")


def test_a_second_part_puts_it_back(ticket, listed):
    assert listed(ticket, "spare_needed", "spare_delivered", "spare_needed")


def test_a_closed_ticket_waits_for_nothing(ticket, listed):
    assert not listed(ticket, "spare_needed", "resolved", "closed")


def test_customers_are_sent_home(client, alice):
    client.force_login(alice)
    assert client.get("/spares/")["Location"] == "/portal/"


def test_statements_do_not_grow(client, agent, report, django_assert_max_num_queries):
    for _ in range(8):
        ticket, now = report(), datetime.now(UTC)
        services.record(ticket=ticket, type="spare_needed", by=Actor(user=agent), at=now, now=now)
    client.force_login(agent)
    client.get("/spares/")  # the first visit of a session is written down
    with django_assert_max_num_queries(8):
        client.get("/spares/")
