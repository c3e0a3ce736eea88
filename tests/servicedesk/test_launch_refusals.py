"""What `up` cannot do it says before it makes anything: no state directory, no server, no table."""

import socket

import pytest

from servicedesk.launch import commands
from servicedesk.launch.problems import LaunchError

GIVEN = ("DEBUG", "BASE_URL", "ALLOWED_HOSTS", "DATABASE_URL", "BIND")


@pytest.fixture
def root(monkeypatch, tmp_path):
    for name in GIVEN:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("SERVICEDESK_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def test_a_demo_open_to_the_network_is_refused_with_the_way_out(root):
    with pytest.raises(LaunchError, match=r"well-known passwords.*--bind 0\.0\.0\.0"):
        commands.run(["up", "--bind", "0.0.0.0", "--port", "0", "--demo"])
    assert not root.exists()


def test_a_demo_in_a_real_database_is_refused(root, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk@db.invalid/desk")
    with pytest.raises(LaunchError, match="well-known passwords"):
        commands.run(["up", "--port", "0", "--demo"])
    assert not root.exists()


@pytest.mark.parametrize("debug", ["1", "true", "yes"])
def test_who_asks_for_debug_may_have_the_demo(root, monkeypatch, debug):
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk@db.invalid/desk")
    monkeypatch.setenv("DEBUG", debug)
    commands.refuse_early(["--port", "0", "--demo"])


def test_a_taken_port_leaves_no_state_directory(root, taken):
    with pytest.raises(LaunchError, match=f"Port {taken} is taken"):
        commands.run(["up", "--port", taken])
    assert not root.exists()


def test_a_running_desk_is_named_rather_than_its_port(root, taken):
    """A state directory that is there says more: `up` asks it before it asks for the port."""
    root.mkdir()
    (root / "VERSION").write_text('{"layout": 1}')
    commands.refuse_early(["--port", taken])
