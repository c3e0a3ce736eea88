"""Where somebody is signed in: each browser is listed, one or all others are ended; single keys are switched off."""

import pytest
from django.test import Client

from accounts.models import SignIn
from accounts.tasks import expire

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"


def browser(user, name, address):
    client = Client(HTTP_USER_AGENT=name, REMOTE_ADDR=address)
    client.force_login(user)
    client.get("/account/")
    return client


@pytest.fixture
def desk(agent):
    return browser(agent, DESK, "192.0.2.10")


@pytest.fixture
def phone(agent):
    return browser(agent, PHONE, "192.0.2.99")


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def test_each_browser_is_listed_with_its_device_and_address(desk, phone):
    page = desk.get("/account/").content.decode()
    assert "Edge on Windows" in page
    assert "Safari on iPhone" in page
    assert "192.0.2.99" in page
    assert page.count("this browser") == 1


def test_one_is_signed_out_and_the_others_stay(desk, phone):
    row = SignIn.objects.get(address="192.0.2.99")
    page = desk.post(f"/account/sessions/{row.pk}/end/", follow=True).content.decode()
    assert "That browser is signed out" in page
    assert is_signed_in(desk)
    assert not is_signed_in(phone)


def test_all_others_are_signed_out_at_once(desk, phone):
    desk.post("/account/sessions/end/")
    assert is_signed_in(desk)
    assert not is_signed_in(phone)


def test_nobody_signs_out_somebody_else(desk, lead):
    other = browser(lead, DESK, "192.0.2.11")
    row = SignIn.objects.get(user=lead)
    assert desk.post(f"/account/sessions/{row.pk}/end/").status_code == 404
    assert is_signed_in(other)


def test_a_session_ended_by_a_new_password_is_not_listed(desk, phone, agent):
    agent.set_password("another lantern")
    agent.save()
    again = browser(agent, DESK, "192.0.2.12")
    assert "192.0.2.99" not in again.get("/account/").content.decode()


def test_an_administrator_signs_somebody_out_everywhere(client, administrator, phone, agent):
    client.force_login(administrator)
    page = client.post(f"/settings/people/{agent.pk}/act/", {"act": "end_sessions"}, follow=True).content.decode()
    assert "signed the person out everywhere" in page
    assert not is_signed_in(phone)


def test_what_has_no_session_any_more_is_forgotten(phone):
    phone.session.flush()
    expire()
    assert not SignIn.objects.exists()


def test_single_keys_are_switched_off_for_this_person(desk, agent):
    assert "data-keys" not in desk.get("/account/").content.decode()
    desk.post("/account/", {"name": "Agent", "language": "en", "keys": "off"})
    assert '<html lang="en" data-keys="off"' in desk.get("/tickets/").content.decode()
