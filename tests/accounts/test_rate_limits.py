"""So many requests a second and person; a dead Redis refuses nobody."""

import time

import pytest
import time_machine
from django.utils import timezone

from accounts.api import throttling
from tests.api.conftest import api  # noqa: F401 — a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"staff_key": "5/s", "customer_key": "2/s"}
    throttling.breaker.open_until = 0.0


def statuses(client, count):
    return [client.get("").status_code for _ in range(count)]


def test_one_too_many_is_429_and_says_when_to_come_back(agent, api):  # noqa: F811
    client = api(agent)
    with time_machine.travel(timezone.now(), tick=False):
        assert statuses(client, 5) == [200] * 5
        answer = client.get("")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert answer["Content-Type"] == "application/problem+json"


def test_customers_have_a_limit_of_their_own(alice, api):  # noqa: F811
    with time_machine.travel(timezone.now(), tick=False):
        assert statuses(api(alice), 3) == [200, 200, 429]


def test_the_next_second_is_free_again(alice, api):  # noqa: F811
    client, now = api(alice), timezone.now()
    with time_machine.travel(now, tick=False):
        statuses(client, 3)
    with time_machine.travel(now.timestamp() + 1, tick=False):
        assert statuses(client, 1) == [200]


def test_keys_of_one_person_share_the_limit_and_people_do_not(alice, bob, api):  # noqa: F811
    with time_machine.travel(timezone.now(), tick=False):
        assert statuses(api(alice), 2) + statuses(api(alice), 1) == [200, 200, 429]
        assert statuses(api(bob), 1) == [200]


def test_a_dead_redis_refuses_nobody_and_costs_little(alice, api, settings):  # noqa: F811
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    client, begun = api(alice), time.monotonic()
    assert statuses(client, 10) == [200] * 10
    assert time.monotonic() - begun < 10
