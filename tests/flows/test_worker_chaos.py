"""A level rises exactly once, whatever is killed in between: real workers, real PostgreSQL, real broker."""

import random
import signal
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
from django.db import connection

from accounts.actors import SYSTEM
from sla import services
from sla.models import Clock, Timer, Trouble
from sla.tasks import database_now
from tests.flows.workers import crew, database_url, eventually
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=False),
    pytest.mark.slow,
    pytest.mark.timeout(300),
]
AUTOMATIC = ["clock_warned", "clock_missed", "level_raised", "crisis_opened", "loaner_requested"]


def faults(world, count, ages):
    """Faults reported so long ago; the sweep has never seen them."""
    made = []
    for number in range(count):
        at = datetime.now(UTC) - ages[number % len(ages)]
        intake = tickets.Intake(title=f"Fault {number}", organisation=world.organisation, site=world.hq, level="3")
        made.append(tickets.report(intake=intake, by=SYSTEM, at=at, now=at))
    return made


def due_now():
    return Timer.objects.filter(due_at__lte=database_now()).exists()


def assert_nothing_lost_nothing_doubled():
    keys = TicketEvent.objects.filter(type__in=AUTOMATIC).values_list("ticket", "key")
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert services.check(now=database_now()).differences == []
    assert not Trouble.objects.exists()
    late = Clock.objects.filter(state="running", due_at__lt=database_now() - timedelta(seconds=1))
    assert not late.exists()


def raises_of(ticket):
    events = TicketEvent.objects.filter(ticket=ticket, type="level_raised").order_by("occurred_at")
    return [(event.data["level"], event.occurred_at - ticket.received_at) for event in events]


def test_twelve_hours_without_workers_end_as_if_they_had_been_there(acme, tmp_path):
    """
    -33 h        -9 h            -5 h           -1 h             now
    received     3->2            2->1           crisis           workers come back
    """
    made = faults(acme, 30, [timedelta(hours=33)])
    with crew() as hands:
        hands.worker()
        hands.beat(str(tmp_path))
        assert eventually(lambda: TicketEvent.objects.exists() and not due_now(), seconds=60)
    for ticket in made:
        assert raises_of(ticket) == [("2", timedelta(hours=24)), ("1", timedelta(hours=28))]
    assert TicketEvent.objects.filter(type="crisis_opened").count() == len(made)
    assert_nothing_lost_nothing_doubled()


def test_kill_9_at_random_points_under_load_loses_and_doubles_nothing(acme, tmp_path):
    """Two beats, two workers; a worker or a database backend dies at random, again and again."""
    dice = random.Random(20418)
    ages = [timedelta(hours=24) - timedelta(seconds=s / 20) for s in range(-200, 400)]
    made = faults(acme, 600, ages)
    with crew() as hands:
        workers = [hands.worker(), hands.worker()]
        hands.beat(str(tmp_path)), hands.beat(str(tmp_path))
        assert eventually(lambda: TicketEvent.objects.filter(type="level_raised").exists(), seconds=60)
        for _ in range(25):
            if dice.random() < 0.5:
                victim = dice.choice(workers)
                hands.kill(victim)
                workers[workers.index(victim)] = hands.worker()
            else:
                kill_backends(dice)
            eventually(lambda: False, seconds=dice.uniform(0.05, 0.7))
        assert eventually(lambda: not due_now() and all_raised(made), seconds=60)
    assert_nothing_lost_nothing_doubled()


def all_raised(made):
    return TicketEvent.objects.filter(type="level_raised").count() >= len(made)


def kill_backends(dice):
    """Ends some of the other sessions on this database, as a crashing backend would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < %s",
            [dice.random()],
        )


def test_long_transaction_that_holds_a_ticket_does_not_hold_up_the_others(acme, tmp_path):
    made = faults(acme, 20, [timedelta(hours=25)])
    held = made[0]
    with closing(psycopg2.connect(database_url())) as other, crew() as hands, other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM tickets_ticket WHERE id = %s FOR UPDATE", [held.pk])
        hands.worker()
        hands.beat(str(tmp_path))
        rest = TicketEvent.objects.filter(type="level_raised").exclude(ticket=held)
        assert eventually(lambda: rest.count() == 19, seconds=60)
        assert raises_of(held) == []
        other.rollback()
        assert eventually(lambda: raises_of(held) == [("2", timedelta(hours=24))], seconds=45)
    assert_nothing_lost_nothing_doubled()


def test_worker_that_stops_politely_finishes_its_sweep(acme, tmp_path):
    faults(acme, 50, [timedelta(hours=25)])
    with crew() as hands:
        worker = hands.worker()
        hands.beat(str(tmp_path))
        assert eventually(lambda: TicketEvent.objects.filter(type="clock_missed").exists(), seconds=60)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
    raised = TicketEvent.objects.filter(type="level_raised").count()
    assert raised == Ticket.objects.filter(level="2").count()
    services.fire_due(now=database_now())
    assert_nothing_lost_nothing_doubled()
