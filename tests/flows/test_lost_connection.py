"""The database ends the session before the n-th statement of a sweep, for every n: no ticket is to blame for that.

A worker whose connections die again and again must not set healthy tickets aside; the next sweep does the work.
"""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
from django.db import DatabaseError, InterfaceError, connection

from accounts.actors import SYSTEM
from sla import services
from sla.models import Trouble
from tests.flows.workers import database_url
from tickets import services as tickets
from tickets.models import TicketEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOW = datetime.now(UTC).replace(microsecond=0)
RECEIVED = NOW - timedelta(hours=25)


@pytest.fixture
def other():
    with closing(psycopg2.connect(database_url())) as session:
        session.autocommit = True
        yield session


def cutting(other, every):
    """Ends this session before the n-th statement, and before the n-th after that."""
    count = 0

    def strike(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count % every == 0:
            with other.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(%s, 5000)", [context["connection"].connection.info.backend_pid]
                )
        return execute(sql, params, many, context)

    return strike


def fault(acme):
    intake = tickets.Intake(title="Fault", organisation=acme.organisation, site=acme.hq, level="3")
    return tickets.report(intake=intake, by=SYSTEM, at=RECEIVED, now=RECEIVED)


def raises():
    return TicketEvent.objects.filter(type="level_raised").count()


def test_lost_connection_sets_no_ticket_aside(acme, other):
    for every in range(2, 14):
        made = [fault(acme), fault(acme)]
        before = raises()
        with connection.execute_wrapper(cutting(other, every)):
            try:
                services.fire_due(now=NOW)
            except (DatabaseError, InterfaceError):
                connection.close()
        assert not Trouble.objects.exists(), f"cut before every {every}th statement"
        services.fire_due(now=NOW + timedelta(minutes=every))
        assert raises() == before + len(made)
