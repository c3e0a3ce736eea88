"""The beat's way into the outbox, also when the broker is gone."""

from typing import Any

import pytest

from notifications import tasks
from notifications.models import Delivery
from servicedesk import celery

app: Any = celery.app
pytestmark = pytest.mark.django_db


@pytest.fixture
def eager():
    """Tasks run where they are called: the worker's part, in this process."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def _no_broker(monkeypatch):
    """A broker nobody listens at, reached through pools of its own."""
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


def test_relay_sends_what_waits(eager, report, alice, mailoutbox):
    report(by=alice, reporter=alice)
    assert tasks.relay_outbox() == 1
    assert len(mailoutbox) == 1
    assert tasks.relay_outbox() == 0


@pytest.mark.usefixtures("_no_broker")
def test_without_a_broker_everything_goes_back(report, alice):
    report(by=alice, reporter=alice)
    assert tasks.relay_outbox() == 0
    row = Delivery.objects.get()
    assert (row.status, row.handed_over_at) == ("pending", None)


def test_mail_has_a_queue_of_its_own_so_that_a_slow_server_does_not_hold_up_the_sweep():
    queues = {
        name: app.amqp.router.route({}, name)["queue"].name for name in (tasks.deliver.name, tasks.relay_outbox.name)
    }
    assert queues == {tasks.deliver.name: "mail", tasks.relay_outbox.name: "celery"}
