"""Celery's way into the sweep: loops around services. Time is the database's, never the worker's."""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from celery import shared_task
from django.db import connection

from sla import services
from sla.models import Sweep
from sla.timekeeping import Metronome

log = logging.getLogger(__name__)
metronome = Metronome()
# Well below the time limit of a task; the next tick goes on.
BUDGET_SECONDS = 120.0


def database_now() -> datetime:
    """One clock for all hosts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        instant: datetime = cursor.fetchone()[0]
        return instant


def alarm(seconds: float) -> Callable[[], bool]:
    """True once the time is over: a task that ends by itself remembers how far it came."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


@shared_task(name="sla.tasks.fire_due_timers")
def fire_due_timers() -> int:
    """One sweep; returns the number of events written. Waits out a clock that jumped."""
    now = database_now()
    seen_at = Sweep.objects.filter(id=1).values_list("seen_at", flat=True).first()
    reason = metronome.objection(now, time.clock_gettime(time.CLOCK_BOOTTIME), seen_at)
    if reason is not None:
        log.error("No timers are fired: %s", reason)
        return 0
    return services.fire_due(now=now, is_time_over=alarm(BUDGET_SECONDS)).fired


@shared_task(name="sla.tasks.retry_stale_tickets")
def retry_stale_tickets() -> int:
    return services.retry_set_aside(now=database_now())


@shared_task(name="sla.tasks.replan_open")
def replan_open() -> int:
    """Goes on with what a change of the calendars wants planned anew; an admin page wakes it early."""
    return services.replan_open(now=database_now(), is_time_over=alarm(BUDGET_SECONDS))
