"""The address a person signs in with: an administrator sets it, nobody else, himself included."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import get_resolver, resolve

from accounts.models import User
from accounts.roles import Role

pytestmark = pytest.mark.django_db
NEW = "taken.over@demo.test"
# Everything below /account/; what is added here must not let anybody change an address.
NAMES = {
    "account", "account_revoke_key", "account_login", "account_logout", "account_signup", "account_inactive",
    "account_change_password", "account_set_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_end_session",
    "account_end_others",
}  # fmt: skip
TYPED = {
    "email": NEW, "login": NEW, "oldpassword": "correct horse", "password": "correct horse",
    "password1": "quite another one", "password2": "quite another one",
}  # fmt: skip
PATHS = [
    "email/", "confirm-email/", "confirm-email/some-key/", "sign-up/", "reauthenticate/", "password/set/", "inactive/",
    "", "password/change/", "password/reset/", "sign-in/",
]  # fmt: skip


def test_nothing_else_is_below_account():
    [ours] = [found for found in get_resolver().url_patterns if str(found.pattern) == "account/"]
    assert {pattern.name for pattern in ours.url_patterns} == NAMES


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "confirm-email/some-key/", "reauthenticate/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_the_product_does_not_have_is_not_found(client, alice, path, method):
    client.force_login(alice)
    assert getattr(client, method)(f"/account/{path}", {"email": NEW}).status_code == 404


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.MANAGER])
def test_no_page_of_the_account_changes_the_address(client, alice, path, role):
    cache.clear()
    User.objects.filter(pk=alice.pk).update(role=role)
    client.force_login(User.objects.get(pk=alice.pk))
    for more in ({}, {"action_add": ""}, {"action_primary": ""}):
        client.post(f"/account/{path}", {**TYPED, **more})
    assert User.objects.get(pk=alice.pk).email == "alice@demo.test"
    assert not User.objects.filter(email=NEW).exists()
    assert not EmailAddress.objects.exists()


def test_signing_in_leaves_no_second_list_of_addresses(client, alice):
    """allauth would go by its own list: an address that an administrator took away would still open the account."""
    client.post("/account/sign-in/", {"login": alice.email, "password": "correct horse"})
    assert client.get("/account/").status_code == 200
    assert not EmailAddress.objects.exists()


def test_an_administrator_changes_it_and_the_old_one_is_worth_nothing(client, alice, administrator):
    client.force_login(administrator)
    answers = {"email": NEW, "name": "Alice", "role": "customer", "is_active": "on", "language": "en"}
    client.post(f"/admin/accounts/user/{alice.pk}/change/", answers)
    client.logout()
    client.post("/account/sign-in/", {"login": "alice@demo.test", "password": "correct horse"})
    assert client.get("/account/").status_code == 302
    client.post("/account/sign-in/", {"login": NEW, "password": "correct horse"})
    assert client.get("/account/").status_code == 200


def test_who_has_no_password_yet_is_sent_to_get_one_by_mail(client, alice):
    alice.set_unusable_password()
    alice.save()
    client.force_login(alice)
    page = client.get("/account/password/change/", follow=True)
    assert page.status_code == 200
    assert resolve(page.request["PATH_INFO"]).url_name == "account_reset_password"


def test_sign_up_leads_to_sign_in(client, db):
    assert client.get("/account/sign-up/")["Location"] == "/account/sign-in/"
    assert client.post("/account/sign-up/", TYPED).status_code in (302, 405)


def test_a_closed_account_says_so(client, alice):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    page = client.post("/account/sign-in/", {"login": alice.email, "password": "correct horse"}, follow=True)
    assert "This account is closed" in page.content.decode()
