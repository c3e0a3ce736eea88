"""The Celery application: broker address, delivery rules, and the beat that wakes the sweeps.

Celery only wakes; rows in PostgreSQL say what is due. So results are not kept, a message that is late is dropped
(the next one does the same work), and one lost with its worker is delivered again. No task is defined here.
"""

import logging.config
import os
import signal
import warnings
from typing import Any
from urllib.parse import parse_qs, urlsplit

from celery import Celery, signals
from celery.exceptions import SecurityWarning
from django.conf import settings

from servicedesk.launch.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")

# Its reason is pickle, which is refused below; root in a container is ordinary.
warnings.filterwarnings("ignore", category=SecurityWarning)

CHATTY = ("celery.worker.strategy", "celery.app.trace", "celery.beat")  # a line for each tick otherwise


def broker_url(redis_url: str) -> str:
    """REDIS_URL as Celery writes it: only the form for Unix sockets differs."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"


def every(seconds: float, task: str) -> dict[str, Any]:
    """A message waits less than one period, so that a worker that was away does not find a heap of them."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds * 0.9}}


app = Celery("servicedesk")
app.conf.update(
    broker_url=broker_url(settings.REDIS_URL),
    broker_transport_options={
        "visibility_timeout": 900,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 10,
        "socket_connect_timeout": 2,
        "health_check_interval": 25,
    },
    broker_connection_timeout=2,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # A dead broker must not hold up the request that only wanted to wake somebody.
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1},
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_soft_time_limit=240,
    task_time_limit=300,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=5000,
    worker_soft_shutdown_timeout=10,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_hijack_root_logger=False,
    enable_utc=True,
    timezone="UTC",
    # A mail server that does not answer holds up mail, not the sweep: mail has a queue and a worker of its own.
    task_routes={"notifications.tasks.deliver": {"queue": "mail"}},
    beat_max_loop_interval=1,
    beat_schedule={
        "release replies": every(1, "tickets.tasks.release_replies"),
        "fire due timers": every(1, "sla.tasks.fire_due_timers"),
        "retry stale tickets": every(30, "sla.tasks.retry_stale_tickets"),
        "relay outbox": every(2, "notifications.tasks.relay_outbox"),
        "make papers": every(1, "servicedesk.tasks.make_papers"),
        "replan open tickets": every(20, "sla.tasks.replan_open"),
        "plan inspections ahead": every(600, "inspections.tasks.generate"),
        "tell late steps": every(600, "jobs.tasks.tell_late"),
        "sweep orphaned files": every(3600, "tickets.tasks.sweep_orphans"),
        "sweep reference pictures": every(3600, "inspections.tasks.sweep_pictures"),
        "expire keys and sessions": every(3600, "accounts.tasks.expire"),
    },
)
app.autodiscover_tasks()


def use_project_logging(**kwargs: Any) -> None:
    """Celery then leaves logging alone; without a line for each beat."""
    logging.config.dictConfig(settings.LOGGING)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def die_with_worker(**kwargs: Any) -> None:
    """A killed worker's pool processes would go on without anybody who stops them; the message comes back by itself."""
    die_with_parent(signal.SIGKILL, os.getppid())


def stop_between_beats(sender: Any, **kwargs: Any) -> None:
    """Celery's own handler raises wherever beat happens to be. Amid a send to Redis this becomes an error that is only
    logged, with the file of the schedule closed. A beat lasts at most a second: stop after it.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sender.stop())


signals.setup_logging.connect(use_project_logging)
signals.beat_init.connect(stop_between_beats)
signals.worker_process_init.connect(die_with_worker)
