"""PostgreSQL drops its sessions, or a row stays locked: 503 with a time to come back, then business as usual."""

from contextlib import closing

import psycopg2
import pytest
from django.db import connection

from tests.flows.workers import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def end_sessions():
    """What a restart does to the session this process holds."""
    with closing(psycopg2.connect(database_url())) as other, other.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_ended_session_is_replaced_without_a_restart(client, agent, ticket):
    """Health is asked once a request, as the handler does between requests; the session cookie goes on being good."""
    client.force_login(agent)
    assert client.get("/tickets/").status_code == 200
    for _ in range(3):
        end_sessions()
        connection.close_if_unusable_or_obsolete()
        assert client.get(f"/tickets/{ticket.reference}/").status_code == 200


def test_session_that_ends_within_a_request_is_503_and_the_next_is_well(client, agent, ticket):
    client.force_login(agent)
    client.raise_request_exception = False
    end_sessions()
    broken = client.get("/tickets/")
    assert (broken.status_code, broken["Retry-After"]) == (503, "5")
    connection.close_if_unusable_or_obsolete()
    assert client.get("/tickets/").status_code == 200


def test_ticket_that_somebody_holds_does_not_hold_the_request(client, agent, ticket):
    client.force_login(agent)
    client.raise_request_exception = False
    with closing(psycopg2.connect(database_url())) as other, other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM tickets_ticket WHERE id = %s FOR UPDATE", [ticket.pk])
        with connection.cursor() as ours:
            ours.execute("SHOW lock_timeout")
            assert ours.fetchone() == ("10s",)
            ours.execute("SET lock_timeout = '200ms'")
        form = {"type": "responded", "note": "called", "version": ticket.version, "seq": ticket.last_seq}
        refused = client.post(f"/tickets/{ticket.reference}/events/", form)
        assert (refused.status_code, refused["Retry-After"]) == (503, "5")
        other.rollback()
    assert client.post(f"/tickets/{ticket.reference}/events/", form).status_code == 302
    connection.close()
