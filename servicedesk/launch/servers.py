"""The embedded servers as their users see them: addresses, and a lease that keeps them running.

Who uses them holds a shared lock on one file, inherited by his children; the keeper (`keeper.py`) is started by the
first user and stops the servers when it gets that lock for itself. The kernel drops locks of killed processes, so
nothing has to be counted. This module starts no server itself.
"""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from servicedesk.launch import postgres, processes, valkey
from servicedesk.launch.problems import LaunchError
from servicedesk.launch.state import PROJECT, State

USERS = "users.lock"
KEEPER_PID = "keeper.pid"
KEEPER_MODULE = "servicedesk.launch.keeper"
START_SECONDS = 120.0


def addresses(state: State) -> dict[str, str]:
    """DATABASE_URL and REDIS_URL: the given ones, else those of the embedded servers."""
    return {
        "DATABASE_URL": os.environ.get("DATABASE_URL") or postgres.url(state.postgres_socket_dir),
        "REDIS_URL": os.environ.get("REDIS_URL") or valkey.url(state.valkey_socket),
    }


def embedded(state: State) -> list[str]:
    """Which of the two are ours to start; empty where real servers are given."""
    given = addresses(state)
    own = {
        "postgres": given["DATABASE_URL"] == postgres.url(state.postgres_socket_dir),
        "valkey": given["REDIS_URL"] == valkey.url(state.valkey_socket),
    }
    return [name for name, is_own in own.items() if is_own]


@dataclass(frozen=True)
class Lease:
    """The servers run at least as long as `descriptor` is open in any process."""

    state: State
    descriptor: int
    names: tuple[str, ...]

    def ensure(self) -> bool:
        """Start a keeper if none is alive; whether that was needed."""
        if not self.names or is_keeper_alive(self.state):
            return False
        start_keeper(self.state, self.names)
        return True


@contextmanager
def lease(state: State) -> Iterator[Lease]:
    """Wait until what is embedded answers, and keep it running inside the block."""
    descriptor = os.open(state.locks / USERS, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        names = tuple(embedded(state))
        if names:
            fcntl.flock(descriptor, fcntl.LOCK_SH)  # waits for a keeper that is stopping them
            if not all_answer(state, names):
                start_keeper(state, names)
        yield Lease(state=state, descriptor=descriptor, names=names)
    finally:
        os.close(descriptor)


def wait_stopped(state: State) -> bool:
    """After one's own lease: wait until the servers are gone; False at once when another command still uses them."""
    descriptor = os.open(state.locks / USERS, os.O_RDWR)
    deadline = time.monotonic() + START_SECONDS
    try:
        while is_keeper_alive(state) and time.monotonic() < deadline:
            if is_granted(descriptor, fcntl.LOCK_SH) and not is_granted(descriptor, fcntl.LOCK_EX):
                return False
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            time.sleep(0.05)
    finally:
        os.close(descriptor)
    return True


def is_granted(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def all_answer(state: State, names: tuple[str, ...]) -> bool:
    if "postgres" in names and not postgres.answers(state.postgres_socket_dir):
        return False
    return "valkey" not in names or valkey.answers(state.valkey_socket)


def is_keeper_alive(state: State) -> bool:
    """A zombie has no command line and does not count."""
    try:
        pid = int((state.locks / KEEPER_PID).read_text())
    except (FileNotFoundError, ValueError):
        return False
    return KEEPER_MODULE in processes.command_line(pid)


def start_keeper(state: State, names: tuple[str, ...]) -> None:
    """Start one and wait for its word: `ready`, or the sentence that says what is wrong.

    A second keeper on the same directory waits until the servers of the first answer, says `ready` and ends.
    """
    command = [sys.executable, "-m", KEEPER_MODULE, str(state.root), *names]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    environment.pop("COVERAGE_PROCESS_START", None)
    with open(state.logs / "keeper.log", "ab") as log:
        keeper = subprocess.Popen(
            command, cwd="/", env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    assert keeper.stdout is not None
    said = keeper.stdout.readline().decode().strip()
    keeper.stdout.close()
    _started.append(keeper)
    if said != "ready":
        raise LaunchError(said or f"The embedded servers did not start, see {state.logs / 'keeper.log'}.")


_started: list[subprocess.Popen[bytes]] = []  # kept, so that an ended one is reaped and not warned about


def log_files(state: State) -> list[Path]:
    return [state.logs / f"{name}.log" for name in embedded(state)]
