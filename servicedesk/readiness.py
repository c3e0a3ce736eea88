"""Is everything there that the desk needs? Asked by load balancers (`/readyz`) and administrators (`/status/`).

Down is only what must keep requests away. Without broker, mail or file store faults are still accepted: degraded.
"""

import socket
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.live import push
from notifications.models import Delivery
from servicedesk import live
from sla.models import Sweep, Timer, Trouble

DATABASE_SECONDS = 1
LATE, OLD_MAIL = timedelta(seconds=60), timedelta(minutes=5)


class State(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True)
class Probe:
    name: str
    state: State
    detail: str = ""


def probes(now: datetime) -> list[Probe]:
    """All of them; those that need the database only while it answers."""
    first = _database()
    if first.state == State.DOWN:
        return [first, _broker(), _store()]
    migrated = _migrations()
    if migrated.state == State.DOWN:
        return [first, migrated, _broker(), _store()]
    return [first, migrated, _broker(), _timers(now), _outbox(now), _store()]


def overall(found: Sequence[Probe]) -> State:
    states = {probe.state for probe in found}
    return next((state for state in (State.DOWN, State.DEGRADED) if state in states), State.OK)


def _database() -> Probe:
    """Answers within a second, or counts as gone."""
    try:
        _reach_host()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {DATABASE_SECONDS * 1000}")
            cursor.execute("SELECT 1")
            cursor.execute("SET LOCAL statement_timeout = DEFAULT")
    except (Error, OSError) as error:
        return Probe("database", State.DOWN, str(error).strip())
    return Probe("database", State.OK)


def _reach_host() -> None:
    """A host that swallows packets would hold a new connection for minutes."""
    host = str(connection.settings_dict["HOST"] or "")
    if connection.connection is None and host and not host.startswith("/"):
        port = int(connection.settings_dict["PORT"] or 5432)
        socket.create_connection((host, port), timeout=DATABASE_SECONDS).close()


_is_migrated = False


def _migrations() -> Probe:
    """Once true it stays true for this process: migrations are not taken back under a running program."""
    global _is_migrated
    if not _is_migrated:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return Probe("migrations", State.DOWN, _("%(count)d missing") % {"count": len(missing)})
        _is_migrated = True
    return Probe("migrations", State.OK)


def _broker() -> Probe:
    if not live.is_on():
        return Probe("broker", State.DEGRADED, _("live updates are off"))
    count = push.open_streams()
    return Probe(
        "broker", State.OK, ngettext("%(count)d page is live", "%(count)d pages are live", count) % {"count": count}
    )


def _timers(now: datetime) -> Probe:
    """Late timers keep requests away only if the broker is there: without it every host would leave at once."""
    aside = Trouble.objects.values("ticket")
    oldest = Timer.objects.exclude(ticket__in=aside).order_by("due_at").values_list("due_at", flat=True).first()
    if oldest is not None and now - oldest > LATE:
        detail = _("the oldest is %(seconds)d s late") % {"seconds": (now - oldest).total_seconds()}
        return Probe("timers", State.DOWN if live.is_on() else State.DEGRADED, detail)
    seen_at = Sweep.objects.values_list("seen_at", flat=True).first()
    if seen_at is None or now - seen_at > LATE:
        return Probe("timers", State.DEGRADED, _("no sweep lately"))
    return Probe("timers", State.OK)


def _outbox(now: datetime) -> Probe:
    oldest = Delivery.objects.due(now).order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()
    if oldest is not None and now - oldest > OLD_MAIL:
        detail = _("the oldest mail waits since %(seconds)d s") % {"seconds": (now - oldest).total_seconds()}
        return Probe("outbox", State.DEGRADED, detail)
    return Probe("outbox", State.OK)


def _store() -> Probe:
    """Really writes: permissions say little about a full or read-only disk."""
    try:
        root = Path(settings.MEDIA_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root) as file:
            file.write(b"readyz")
            file.flush()
    except OSError as error:
        return Probe("file_store", State.DEGRADED, error.strerror or str(error))
    return Probe("file_store", State.OK)
