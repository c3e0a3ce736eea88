"""The sweep finds due timers through its index, however many timers there are and wherever it begins."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sla import services
from sla.models import Timer
from tickets.models import Ticket

NOW = datetime(2026, 11, 20, 9, 50, tzinfo=UTC)
TICKETS, RUNS = 20, 1000
pytestmark = pytest.mark.django_db


@pytest.fixture
def timers(report: Callable[..., Ticket]) -> None:
    """20,000 timers, a second apart; the first hundred are due."""
    tickets = [report(at=NOW, now=NOW, level="3") for _ in range(TICKETS)]
    first = NOW - timedelta(seconds=100)
    Timer.objects.bulk_create(
        Timer(
            ticket=tickets[n % TICKETS], target="made up", run=n // TICKETS, kind="miss",
            due_at=first + timedelta(seconds=n),
        )
        for n in range(TICKETS * RUNS)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sla_timer, sla_trouble, tickets_ticket")


def claims(now: datetime) -> list[str]:
    """The statements by which a sweep looks for due timers."""
    with CaptureQueriesContext(connection) as captured:
        services.fire_due(now=now)
    return [query["sql"] for query in captured if query["sql"].startswith("SELECT") and "LIMIT 200" in query["sql"]]


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


def test_due_timers_are_found_by_index(timers):
    full, hinted = claims(NOW), claims(NOW + timedelta(seconds=1))
    assert full
    assert hinted
    for sql in full + hinted:
        assert "timer_by_due" in plan_of(sql)
        assert "Seq Scan on sla_timer" not in plan_of(sql)
