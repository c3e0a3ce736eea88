"""The system page: for administrators, with what they have to look after."""

from datetime import UTC, datetime

import pytest

from notifications.models import Delivery
from sla.models import Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(ticket, alice):
    """A ticket out of date, and a mail that failed."""
    now = datetime.now(UTC)
    Trouble.objects.create(ticket=ticket, since_at=now, retry_at=now, error="SchemeError: no such level")
    values = {"kind": "received", "key": "x", "next_attempt_at": now, "created_at": now, "error": "550 no such user"}
    return Delivery.objects.create(user=alice, ticket=ticket, status="failed", attempts=3, **values)


def test_administrator_sees_what_is_broken(client, administrator, broken, ticket):
    client.force_login(administrator)
    page = client.get("/status/").content.decode()
    assert "SchemeError: no such level" in page
    assert "550 no such user" in page
    assert ticket.reference in page


@pytest.mark.parametrize("role", ["agent", "manager", "alice"])
def test_page_is_for_administrators(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get("/status/").status_code == 403


def test_strangers_are_sent_to_the_sign_in(client, db):
    assert client.get("/status/").status_code == 302


def test_navigation_leads_administrators_there(client, administrator, agent):
    client.force_login(administrator)
    assert 'href="/status/"' in client.get("/notifications/").content.decode()
    client.force_login(agent)
    assert 'href="/status/"' not in client.get("/notifications/").content.decode()


def test_failed_mail_is_sent_again_from_the_admin(client, administrator, broken):
    client.force_login(administrator)
    client.post("/admin/notifications/delivery/", {"action": "send_again", "_selected_action": [broken.pk]})
    broken.refresh_from_db()
    assert (broken.status, broken.attempts) == ("pending", 0)


def test_admin_lists_can_be_opened_and_searched(client, administrator, broken, ticket):
    client.force_login(administrator)
    for address in ("delivery/?status__exact=failed", f"delivery/?q={ticket.number}", "notice/", "delivery/?q=abc"):
        assert client.get(f"/admin/notifications/{address}").status_code == 200
    assert client.get(f"/admin/notifications/delivery/{broken.pk}/change/").status_code == 200
