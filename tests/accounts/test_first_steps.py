"""The first steps are judged by what there is, and can be put away by each administrator."""

import pytest
from django.utils import timezone

from notifications.models import Delivery

pytestmark = pytest.mark.django_db


def test_they_are_put_away_and_shown_again(client, administrator):
    client.force_login(administrator)
    assert 'id="steps"' in client.get("/settings/").content.decode()
    page = client.post("/settings/steps/", {"act": "hide"}, follow=True).content.decode()
    assert 'id="steps"' not in page
    assert "Show the first steps" in page
    assert 'id="steps"' in client.post("/settings/steps/", {"act": "show"}, follow=True).content.decode()


def test_a_lead_has_none_to_put_away(client, lead):
    client.force_login(lead)
    assert client.post("/settings/steps/", {"act": "hide"}).status_code == 403


@pytest.mark.parametrize(("backend", "is_done"), [("console", False), ("smtp", True)])
def test_mail_works_once_any_mail_has_left_the_house(client, administrator, settings, backend, is_done):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    now = timezone.now()
    times = {"created_at": now, "next_attempt_at": now, "sent_at": now}
    Delivery.objects.create(kind="invitation", key="k", address="a@example.test", status="sent", **times)
    client.force_login(administrator)
    steps = client.get("/settings/").context["steps"]
    assert steps[1].is_done is is_done
