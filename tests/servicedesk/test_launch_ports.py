import os
import socket

import pytest

from servicedesk.launch import ports
from servicedesk.launch.problems import LaunchError


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_taken_port_is_explained_by_process_and_option(taken):
    with pytest.raises(LaunchError) as refusal:
        ports.listen("127.0.0.1", taken)
    assert f"Port {taken} is taken by process {os.getpid()} (" in str(refusal.value)
    assert "--port" in str(refusal.value)


def test_suggested_port_is_free(taken):
    with pytest.raises(LaunchError) as refusal:
        ports.listen("127.0.0.1", taken)
    suggested = int(str(refusal.value).rsplit("--port ", 1)[1].rstrip("."))
    ports.listen("127.0.0.1", suggested).close()


def test_address_of_another_machine_names_the_option():
    with pytest.raises(LaunchError, match="--bind"):
        ports.listen("192.0.2.1", 8000)


def test_port_out_of_range_is_a_sentence():
    with pytest.raises(LaunchError, match="70000"):
        ports.listen("127.0.0.1", 70000)


def test_patience_is_not_for_strangers(taken):
    with pytest.raises(LaunchError):
        ports.listen("127.0.0.1", taken, patience=3600)


def test_listener_outlives_exec():
    with ports.listen("127.0.0.1", 0) as listener:
        assert listener.get_inheritable()
