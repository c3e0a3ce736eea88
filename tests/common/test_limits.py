"""Turns are counted exactly and forgotten when the window is over."""

from datetime import UTC, datetime, timedelta

import pytest

from common import limits

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)


def test_so_many_turns_and_then_a_time_to_wait():
    waits = [limits.seconds_to_wait("form", "10.0.0.1", "3/h", NOON) for _ in range(4)]
    assert waits == [0, 0, 0, 3600]


def test_somebody_else_has_turns_of_his_own():
    limits.seconds_to_wait("form", "10.0.0.1", "1/h", NOON)
    assert limits.seconds_to_wait("form", "10.0.0.2", "1/h", NOON) == 0


def test_the_next_window_starts_anew():
    limits.seconds_to_wait("form", "10.0.0.1", "1/h", NOON)
    assert limits.seconds_to_wait("form", "10.0.0.1", "1/h", NOON + timedelta(minutes=59, seconds=50)) == 10
    assert limits.seconds_to_wait("form", "10.0.0.1", "1/h", NOON + timedelta(hours=1)) == 0


def test_a_token_is_new_once():
    assert [limits.is_first("reply", "a"), limits.is_first("reply", "a"), limits.is_first("reply", "b")] == [
        True,
        False,
        True,
    ]
