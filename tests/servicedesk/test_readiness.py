"""What `/readyz` says to load balancers when something is missing, and to whom it tells more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from notifications.models import Delivery
from servicedesk import live, readiness
from sla.models import Sweep, Timer, Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _swept(now):
    Sweep.objects.create(seen_at=now, watermark_at=now, full_at=now)


@pytest.fixture
def no_broker(settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(live, "_last", (float("-inf"), False))
    yield
    monkeypatch.setattr(live, "_last", (float("-inf"), False))


def late_timer(ticket, now, seconds):
    Timer.objects.filter(ticket=ticket).update(due_at=now - timedelta(seconds=seconds))


def test_all_is_well(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_details_are_for_administrators(client, administrator, agent):
    client.force_login(agent)
    assert "checks" not in client.get("/readyz").json()
    client.force_login(administrator)
    assert client.get("/readyz").json()["checks"]["database"] == {"status": "ok", "detail": ""}


def test_without_broker_faults_are_still_accepted(client, no_broker):
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")


def test_timers_late_by_more_than_a_minute_keep_requests_away(client, ticket, now):
    late_timer(ticket, now, 30)
    assert client.get("/readyz").status_code == 200
    late_timer(ticket, now, 90)
    assert client.get("/readyz").status_code == 503


def test_without_broker_late_timers_do_not_take_every_host_away(client, ticket, now, no_broker):
    late_timer(ticket, now, 90)
    assert client.get("/readyz").status_code == 200


def test_ticket_that_was_set_aside_does_not_count_as_late(client, ticket, now):
    late_timer(ticket, now, 90)
    Trouble.objects.create(ticket=ticket, since_at=now, retry_at=now, error="broken")
    assert client.get("/readyz").status_code == 200


def test_sweep_that_stopped_is_told(client, now):
    Sweep.objects.update(seen_at=now - timedelta(minutes=5))
    assert client.get("/readyz").json()["status"] == "degraded"


def test_mail_that_does_not_leave_is_told(client, ticket, alice, now):
    old = now - timedelta(minutes=6)
    Delivery.objects.create(user=alice, ticket=ticket, kind="received", key="x", next_attempt_at=old, created_at=old)
    assert client.get("/readyz").json()["status"] == "degraded"


def test_file_store_that_cannot_be_written_is_told(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.write_text("not a directory")
    assert client.get("/readyz").json()["status"] == "degraded"


def test_missing_migrations_keep_requests_away(client, monkeypatch):
    monkeypatch.setattr(readiness, "_is_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notifications'")
    assert client.get("/readyz").status_code == 503


@pytest.fixture
def _no_database(transactional_db, _swept, monkeypatch):
    """Nobody listens where PostgreSQL should be; `monkeypatch` brings it back before the tables are emptied."""
    connection.close()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        patch.setitem(connection.settings_dict, "PORT", "1")
        yield
    connection.close()


@pytest.mark.usefixtures("_no_database")
def test_database_that_is_gone_keeps_requests_away(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "down"})


@pytest.mark.parametrize("address", ["/notifications/", "/readyz", "/tickets/"])
def test_signed_in_person_reads_503_while_the_database_is_gone(client, administrator, request, address):
    client.force_login(administrator)
    request.getfixturevalue("_no_database")
    client.raise_request_exception = False
    response = client.get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_process_is_up_whatever_else_is_not(client, no_broker):
    assert client.get("/healthz").content == b"ok"
