import os

import pytest

from servicedesk.celery import app, broker_url
from servicedesk.launch import commands, options


@pytest.mark.parametrize(
    ("url", "broker"),
    [
        ("unix:///state/sockets/valkey.sock?db=0", "redis+socket:///state/sockets/valkey.sock?virtual_host=0"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
        ("rediss://:pass@host:6379/0", "rediss://:pass@host:6379/0"),
    ],
)
def test_broker_is_the_given_redis(url, broker):
    assert broker_url(url) == broker


def test_late_ticks_are_dropped_before_the_next_one():
    for entry in app.conf.beat_schedule.values():
        assert entry["options"]["expires"] < entry["schedule"]


@pytest.fixture
def environment(monkeypatch):
    for name in ("DEBUG", "BASE_URL", "ALLOWED_HOSTS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return os.environ


def test_page_addresses_follow_the_port(environment):
    commands.provide_address(["--port", "8123"])
    assert environment["BASE_URL"] == "http://127.0.0.1:8123"
    assert "DEBUG" not in environment


def test_open_to_the_network_means_no_debug(environment):
    commands.provide_address(["--bind", "0.0.0.0"])
    assert environment["DEBUG"] == "0"


def test_given_settings_win_over_options(environment):
    environment["ALLOWED_HOSTS"] = "desk.example.com"
    commands.provide_address(["--bind", "0.0.0.0"])
    assert environment["ALLOWED_HOSTS"] == "desk.example.com"


@pytest.mark.parametrize("arguments", [["--port"], ["--port", "x"], ["--unknown", "--demo"]])
def test_wrong_options_are_left_to_django_to_refuse(arguments):
    assert options.parse(arguments).port == 8000


def test_ipv6_addresses_are_written_in_brackets():
    assert options.public_address("::1", 8000) == "http://[::1]:8000"
    assert "[::1]" in options.allowed_hosts("::1")
