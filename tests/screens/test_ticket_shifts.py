"""What an event did to a due time is said beside it: after a wait, a change of level, another place."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.actors import Actor
from tickets import services

MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(client: Client, lead) -> Client:
    client.force_login(lead)
    return client


def lines(page):
    found = re.findall(r'<li class="ev".*?</li>', page, re.S)
    return [" ".join(re.sub(r"<time.*?</time>|<[^>]+>", " ", line, flags=re.S).split()) for line in found]


@pytest.fixture
def told(desk, report, lead):
    """A ticket reported three hours ago, and its lines once this has happened to it."""
    start = datetime.now(UTC) - 180 * MINUTE
    made = report(level="3", at=start)

    def tell(*story):
        for minutes, type_, fields in story:
            at = start + minutes * MINUTE
            services.record(
                ticket=made, type=type_, by=Actor(user=lead), at=at, now=datetime.now(UTC), fields=fields, note="why"
            )  # fmt: skip
        return lines(desk.get(made.get_absolute_url()).content.decode())

    return tell


def moved(line):
    return re.search(r"restore moved from (\S+ [\d:]+)[^;]*? to (\S+ [\d:]+)", line)


def test_after_a_wait_it_says_what_did_not_count_and_where_the_time_went(told):
    line = next(line for line in told((10, "waiting", {}), (85, "resumed", {})) if "Clocks running" in line)
    assert "1h 15m not counted" in line
    assert moved(line)


def test_a_change_of_level_says_where_the_time_went(told):
    line = next(line for line in told((20, "level_confirmed", {"level": "2"})) if "from 3 to 2" in line)
    assert moved(line)


def test_what_was_taken_back_or_moved_nothing_says_nothing(told):
    assert not any("moved from" in line for line in told((10, "departed", {}), (20, "arrived", {})))
