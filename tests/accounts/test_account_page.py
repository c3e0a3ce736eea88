"""The person's own account page: profile, keys, and what it must not do."""

import re

import pytest

from accounts.models import ApiKey, User
from accounts.services import digest_of

pytestmark = pytest.mark.django_db
PROFILE = {"name": "Alice", "language": "th", "zone": "Asia/Bangkok", "theme": "dark", "density": "", "phone": ""}
KEY = {"action": "make_key", "name": "Monitoring", "scopes": "read", "days": "30", "nonce": "n-1"}


@pytest.fixture
def browser(client, alice):
    client.force_login(alice)
    return client


def test_the_profile_is_saved_and_pages_speak_the_language(browser, alice):
    browser.cookies["django_language"] = "en"
    page = browser.post("/account/", PROFILE, follow=True).content.decode()
    alice.refresh_from_db()
    assert (alice.language, alice.zone, alice.theme) == ("th", "Asia/Bangkok", "dark")
    assert '<html lang="th" data-theme="dark"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("language", "xx"), ("zone", "Mars/Base"), ("theme", "pink"), ("name", "x" * 151)],
)
def test_a_bad_value_is_an_error_and_nothing_is_saved(browser, alice, field, value):
    answer = browser.post("/account/", {**PROFILE, "name": "New name", field: value})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert User.objects.get(pk=alice.pk).name == "Alice"


def zones_of(page):
    """The groups of the list of zones: title -> labels."""
    select = re.search(r'<select name="zone".*?</select>', page, re.DOTALL)[0]
    found = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', select, re.DOTALL)
    return {title: re.findall(r">([^<]+)</option>", options) for title, options in found}


def test_the_zones_of_the_own_sites_come_first_then_the_rest_by_region(browser, acme):
    acme.hq.zone = "Asia/Kathmandu"
    acme.hq.save()
    groups = zones_of(browser.get("/account/").content.decode())
    assert next(iter(groups)) == "Your sites"
    assert groups["Your sites"] == ["Kathmandu (UTC+05:45)"]
    assert "Bangkok (UTC+07:00)" in groups["Asia"]
    assert "Kathmandu (UTC+05:45)" not in groups["Asia"]
    assert "Buenos Aires, Argentina (UTC-03:00)" in groups["America"]


def test_a_zone_is_written_as_the_language_of_the_page_writes(browser):
    browser.cookies["django_language"] = "zh-hans"
    assert "曼谷（UTC+07:00）" in zones_of(browser.get("/account/").content.decode())["亚洲"]


def test_staff_find_the_zones_of_the_sites_they_serve(client, agent, acme, borealis):
    client.force_login(agent)
    assert "Bangkok (UTC+07:00)" in zones_of(client.get("/account/").content.decode())["Sites you serve"]


def test_a_zone_that_is_stored_already_stays_whatever_it_is_called(browser, alice):
    User.objects.filter(pk=alice.pk).update(zone="Etc/GMT-8")
    page = browser.get("/account/").content.decode()
    assert zones_of(page)["Chosen now"] == ["GMT-8 (UTC+08:00)"]
    assert '<option value="Etc/GMT-8" selected>' in page
    browser.post("/account/", {**PROFILE, "zone": "Etc/GMT-8"})
    alice.refresh_from_db()
    assert alice.zone == "Etc/GMT-8"


def test_nobody_makes_himself_somebody_else(browser, alice):
    browser.post("/account/", {**PROFILE, "role": "administrator", "email": "root@demo.test", "is_superuser": "on"})
    alice.refresh_from_db()
    assert (alice.role, alice.email, alice.is_superuser) == ("customer", "alice@demo.test", False)


def test_a_key_is_shown_once_and_only_its_digest_is_kept(browser, alice):
    page = browser.post("/account/", KEY)
    shown = re.search(r'id="new-key"[^>]*>(sd_[^<]+)<', page.content.decode())
    assert shown
    assert alice.api_keys.get().digest == digest_of(shown[1])
    assert "no-store" in page["Cache-Control"]
    assert shown[1] not in browser.get("/account/").content.decode()


def test_a_second_press_makes_no_second_key(browser):
    for _ in range(2):
        browser.post("/account/", KEY)
    assert ApiKey.objects.count() == 1


def test_a_key_without_a_purpose_is_refused(browser):
    answer = browser.post("/account/", {**KEY, "name": " "})
    assert "Say what the key is for" in answer.content.decode()


def test_a_revoked_key_is_gone_and_refused(browser, alice):
    browser.post("/account/", KEY)
    key = alice.api_keys.get()
    browser.post(f"/account/keys/{key.pk}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert "Monitoring" not in browser.get("/account/").content.decode()


@pytest.mark.parametrize("pk", ["x", "-1", "0", "99999999999999999999999", "²"])
def test_a_key_that_is_not_mine_is_not_found(browser, pk):
    assert browser.post(f"/account/keys/{pk}/revoke/").status_code == 404


def test_somebody_elses_key_is_not_found(browser, client, bob, alice):
    browser.post("/account/", KEY)
    client.force_login(bob)
    key = alice.api_keys.get()
    assert client.post(f"/account/keys/{key.pk}/revoke/").status_code == 404
    assert ApiKey.objects.usable(key.created_at).exists()


def test_without_sign_in_one_is_asked_to(client):
    assert client.get("/account/")["Location"] == "/account/sign-in/?next=/account/"


def test_the_way_to_a_forgotten_password_is_a_link(client, alice):
    client.force_login(alice)
    assert '<a href="/account/password/reset/">' in client.get("/account/password/change/").content.decode()
