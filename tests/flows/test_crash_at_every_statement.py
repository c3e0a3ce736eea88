"""kill -9 before the n-th SQL statement, for every n: the work is done whole or not at all; the next try ends it."""

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.actors import SYSTEM
from sla import services
from sla.models import Clock
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOW = datetime.now(UTC).replace(microsecond=0)
RECEIVED = NOW - timedelta(hours=33)


def survives(work: Callable[[], Any], statement: int) -> bool:
    """Runs the work in a child that is killed before its n-th statement; true when it ended before."""
    connection.close()
    child = os.fork()
    if child == 0:
        dying_at(statement, work)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def dying_at(statement: int, work: Callable[[], Any]) -> None:
    count = 0

    def strike(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    failed = 1
    try:
        with connection.execute_wrapper(strike):
            work()
        failed = 0
    finally:
        os._exit(failed)


def story(ticket: Ticket) -> list[tuple[str, str, timedelta]]:
    events = TicketEvent.objects.filter(ticket=ticket, is_automatic=True).order_by("occurred_at", "seq")
    return [(event.type, event.key or "", event.occurred_at - ticket.received_at) for event in events]


def fault(acme: Any) -> Ticket:
    intake = tickets.Intake(title="Fault", organisation=acme.organisation, site=acme.hq, level="3")
    return tickets.report(intake=intake, by=SYSTEM, at=RECEIVED, now=RECEIVED)


def test_sweep_killed_at_every_statement_fires_each_effect_once(acme):
    undisturbed = fault(acme)
    services.fire_due(now=NOW)
    expected = story(undisturbed)
    statement = 1
    while True:
        victim = fault(acme)
        ended = survives(lambda: services.fire_due(now=NOW + timedelta(minutes=statement)), statement)  # noqa: B023
        if not ended:
            assert story(victim) in ([], expected)
        services.fire_due(now=NOW + timedelta(minutes=statement, seconds=45))
        assert story(victim)[: len(expected)] == expected
        if ended:
            break
        statement += 1
    assert statement > 10
    assert services.check(now=NOW + timedelta(minutes=statement, seconds=45)).differences == []


def test_report_killed_at_every_statement_is_whole_or_absent(acme):
    statement = 1
    while True:
        before = Ticket.objects.count()
        ended = survives(lambda: fault(acme), statement)
        after = Ticket.objects.count()
        assert after - before in ((1,) if ended else (0,))
        if ended:
            break
        statement += 1
    assert statement > 5
    assert TicketEvent.objects.filter(type="received").count() == Ticket.objects.count()
    assert Clock.objects.filter(target="restore").count() == Ticket.objects.count()
