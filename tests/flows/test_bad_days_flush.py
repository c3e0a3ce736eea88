"""The broker forgets everything, again and again, and two beats tick: the rows in PostgreSQL say what is due."""

from datetime import timedelta

import pytest
import redis
from django.conf import settings

from tests.flows.test_worker_chaos import assert_nothing_lost_nothing_doubled, due_now, faults
from tests.flows.workers import crew, eventually
from tickets.models import TicketEvent

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_flushed_broker_and_two_beats_lose_and_double_nothing(acme, tmp_path):
    """The misses fall due one after another while messages are thrown away."""
    ages = [timedelta(hours=24) - timedelta(seconds=4 + s / 10) for s in range(60)]
    made = faults(acme, 60, ages)
    raised = TicketEvent.objects.filter(type="level_raised")
    with crew() as hands, redis.Redis.from_url(settings.REDIS_URL) as broker:
        hands.worker()
        hands.beat(str(tmp_path)), hands.beat(str(tmp_path))
        for _ in range(20):
            broker.flushdb()
            eventually(lambda: False, seconds=0.4)
        assert eventually(lambda: raised.count() == len(made) and not due_now(), seconds=60)
    assert_nothing_lost_nothing_doubled()
