"""Redis is killed and comes back: pages go on, streams stay open, say so, and heal by themselves.

valkey     ====x...........=========
stream     on  off         on, look anew, changes again
pages      200 200 (polls) 200
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from accounts.actors import Actor
from notifications.live.broker import broker
from servicedesk.launch import valkey
from tests.product import running
from tickets import services

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def directory():
    path = Path(tempfile.mkdtemp(prefix="servicedesk-test-live-", dir="/tmp"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def redis(directory, settings):
    """Starts a Valkey that may be killed; the last one is stopped."""
    path, running_now = directory / "valkey.sock", []

    def start():
        process = valkey.start(path, directory, log=subprocess.DEVNULL, durable=False)
        valkey.wait_ready(path, process)
        running_now.append(process)
        broker.reset()
        return process

    settings.REDIS_URL = valkey.url(path)
    yield start
    valkey.stop(running_now[-1])
    broker.reset()


def test_streams_outlive_redis(redis, settings, agent, ticket):
    def note(words):
        services.note(ticket=ticket, body=words, by=Actor(agent), now=datetime.now(UTC))

    process = redis()
    with running(REDIS_URL=settings.REDIS_URL) as product, product.stream(agent) as stream:
        stream.next("state", lambda data: data["is_on"])
        note("Before")
        assert stream.next("change")["tickets"] == [ticket.number]
        process.kill()
        process.wait()
        stream.next("state", lambda data: not data["is_on"])
        note("Meanwhile")
        assert product.request("/tickets/", agent).status == 200
        since = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        assert str(ticket.number) in product.request(f"/live/changes/?after={since}", agent).read().decode()
        redis()
        stream.next("state", lambda data: data["is_on"])
        stream.next("resync")
        note("After")
        assert stream.next("change")["tickets"] == [ticket.number]


def test_a_process_ends_at_once_although_streams_are_open(agent):
    with running() as product, product.stream(agent) as stream:
        stream.next("state", lambda data: data["is_on"])
        os.kill(product.pid, signal.SIGTERM)
        began = time.monotonic()
        assert [kind for kind, _ in stream.events() if kind != "here"] == []  # who else is here may still be told
        assert time.monotonic() - began < 4  # the server would wait 5 s for it
