"""Language and time zone of the account reach the page."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from accounts.models import User
from servicedesk.preferences import PreferencesMiddleware


@pytest.fixture(autouse=True)
def _language_afterwards():
    with translation.override("en"):
        yield


def seen(user: object, cookie: str = "") -> tuple[str | None, int]:
    """The language and the hour that noon in UTC has for the view."""
    found = SimpleNamespace()

    def view(request: object) -> HttpResponse:
        found.language = translation.get_language()
        found.hour = timezone.localtime(datetime(2026, 11, 17, 12, tzinfo=UTC)).hour
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = user  # type: ignore[assignment]
    if cookie:
        request.COOKIES["django_language"] = cookie
    PreferencesMiddleware(view)(request)
    return found.language, found.hour


def test_account_decides_language_and_zone():
    assert seen(User(language="th", zone="Asia/Bangkok")) == ("th", 19)


def test_language_pressed_in_this_browser_wins():
    assert seen(User(language="th", zone="Asia/Bangkok"), cookie="en") == ("en", 19)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd"])
def test_unknown_zone_and_language_fall_back(zone):
    assert seen(User(language="tlh", zone=zone)) == ("en", 12)


def test_guest_keeps_the_defaults():
    assert seen(SimpleNamespace(is_authenticated=False)) == ("en", 12)


def press(client, language):
    return client.post("/language/setlang/", {"language": language, "next": "/account/"})


@pytest.mark.django_db
def test_a_language_pressed_is_kept_on_the_account_for_mails_and_other_devices(client, alice):
    client.force_login(alice)
    answer = press(client, "th")
    assert answer["Location"] == "/account/"
    assert answer.cookies["django_language"].value == "th"
    alice.refresh_from_db()
    assert alice.language == "th"
    other_device = type(client)()
    other_device.force_login(alice)
    assert '<html lang="th"' in other_device.get("/account/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "xx", "en'--", "de"])
def test_an_unknown_language_is_not_kept(client, alice, language):
    client.force_login(alice)
    assert press(client, language).status_code == 302
    alice.refresh_from_db()
    assert alice.language == "en"


@pytest.mark.django_db
def test_asking_for_the_address_changes_nothing(client, alice):
    client.force_login(alice)
    client.get("/language/setlang/", {"language": "th"})
    alice.refresh_from_db()
    assert alice.language == "en"


@pytest.mark.django_db
def test_a_guest_presses_for_this_browser_only(client, alice):
    assert press(client, "th").cookies["django_language"].value == "th"
    assert User.objects.get(pk=alice.pk).language == "en"
