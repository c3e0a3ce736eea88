"""`up` from the first check to the last stopped process, in the order in which things can go wrong."""

import argparse
import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection

from servicedesk.launch import options, ports, preparation, servers, setup_word, supervisor
from servicedesk.launch.logs import Console
from servicedesk.launch.problems import LaunchError
from servicedesk.launch.state import ANOTHER, State, open_state, state_root
from servicedesk.launch.supervisor import Supervisor

LOCK = "up.lock"
LEFT_OVER_SECONDS = 15.0
CELERY = ["-m", "celery", "-q", "-A", "servicedesk"]


def run(chosen: argparse.Namespace) -> None:
    supervisor.interrupt_on_signals()
    console = Console()
    state = open_state()
    address = options.public_address(chosen.bind, chosen.port)
    try:
        with alone(state, address), closing(listen(chosen)) as listener:
            serve(chosen, state, console, listener, address)
    except KeyboardInterrupt:
        console.line("desk", "stopped before it was ready")


def listen(chosen: argparse.Namespace) -> socket.socket:
    return ports.listen(chosen.bind, chosen.port, patience=LEFT_OVER_SECONDS)


def serve(chosen: argparse.Namespace, state: State, console: Console, listener: socket.socket, address: str) -> None:
    names = servers.embedded(state)
    console.line("desk", f"state directory {state.root}; {' and '.join(names) or 'no server'} embedded")
    with servers.lease(state) as lease:
        host, port = listener.getsockname()[:2]
        desk = Supervisor(lease, console, supervisor.answers(own_address(host), port))
        preparation.prepare(state, is_demo=chosen.demo, say=desk.say)
        try:
            start_children(desk, state, listener, options.web_processes(chosen.workers))
            desk.run(lambda: greet(desk, address))
        except KeyboardInterrupt:
            desk.say("stopping")
            desk.stop()
    if names and not servers.wait_stopped(state):
        console.line("desk", "another command still uses the database; it stops with that")
    console.line("desk", "stopped")


def start_children(desk: Supervisor, state: State, listener: socket.socket, web_processes: int) -> None:
    web = ["-m", "servicedesk.launch.web", str(listener.fileno()), str(web_processes)]
    desk.add("web", web, listener.fileno())
    worker = [*CELERY, "worker", "--without-gossip", "--without-mingle"]
    desk.add("worker", [*worker, "-n", "sweep@%h", "-c", "2"])
    desk.add("mail", [*worker, "-n", "mail@%h", "-Q", "mail", "-P", "solo"])
    schedule = str(state.root / "celerybeat-schedule")
    desk.add("beat", [*CELERY, "beat", "--pidfile=", "-s", schedule])


def own_address(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound to, only asked


def greet(desk: Supervisor, address: str) -> None:
    desk.say(f"Service Desk is running: {address}/")
    desk.say(f"Sign in: {address}/account/sign-in/")
    if not has_people():
        desk.say(
            "There is nobody yet. `python3 manage.py createsuperuser` in a second terminal makes the first account too."
        )
        desk.say(f"Set up this desk: {address}/setup/?word={setup_word.make(state_root())}")
    desk.say("Ctrl-C stops everything.")


def has_people() -> bool:
    try:
        return get_user_model().objects.filter(is_active=True).exists()
    except DatabaseError:
        return True
    finally:
        connection.close()


@contextmanager
def alone(state: State, address: str) -> Iterator[None]:
    """One `up` for a state directory; the second one is told about the first."""
    descriptor = os.open(state.locks / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LaunchError(
                f"Service Desk is already running on {state.root} ({file.read().strip()}): stop it, or {ANOTHER}."
            ) from None
        file.truncate()
        file.write(f"process {os.getpid()}, {address}\n")
        file.flush()
        yield
        sys.stdout.flush()
