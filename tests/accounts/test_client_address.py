"""Whose turn a limit takes: the peer's, or behind trusted proxies the client's as the nearest of them wrote it down."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from servicedesk.screens.clients import address_of

pytestmark = pytest.mark.django_db
PROXY = "10.0.0.1"


def seen(forwarded, peer=PROXY):
    return address_of(RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=peer))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", PROXY),
        (0, "6.6.6.6, 203.0.113.7", PROXY),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (1, "2001:db8::7", "2001:db8::/64"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", PROXY),
        (1, "", PROXY),
    ],
)
def test_the_header_counts_from_the_right_and_only_as_far_as_it_is_trusted(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert seen(forwarded) == address


def sign_in(client, forwarded):
    headers = {"X-Forwarded-For": forwarded}
    return client.post("/account/sign-in/", {"login": "x@demo.test", "password": "x"}, headers=headers).status_code


@pytest.fixture
def two_a_minute(settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    return settings


def test_without_trusted_proxies_a_forged_header_opens_no_second_account_of_turns(client, two_a_minute):
    two_a_minute.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert [sign_in(client, f"203.0.113.{number}") for number in range(3)] == [200, 200, 429]


def test_behind_one_proxy_each_client_has_turns_of_his_own_and_forging_helps_nobody(client, two_a_minute):
    two_a_minute.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert [sign_in(client, f"203.0.113.{number}") for number in range(3)] == [200, 200, 200]
    assert [sign_in(client, f"6.6.6.{number}, 203.0.113.0") for number in range(2)] == [200, 429]


def test_a_request_that_came_past_the_second_proxy_is_no_500(client, two_a_minute):
    two_a_minute.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert sign_in(client, "203.0.113.7") == 200
