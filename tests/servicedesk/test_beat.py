"""Beat stops between two beats, never in the middle of a message."""

import os
import signal

import pytest
from celery.beat import Service

from servicedesk.celery import app


@pytest.fixture
def _own_signals():
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_own_signals")
def test_a_beat_that_is_told_to_stop_ends_what_it_sends_first(tmp_path):
    service = Service(app, schedule_filename=str(tmp_path / "schedule"))
    sent = []

    def tick():
        os.kill(os.getpid(), signal.SIGTERM)
        sent.append("whole")
        return 0

    service.scheduler.tick = tick
    service.start()
    assert sent == ["whole"]
