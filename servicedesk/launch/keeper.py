"""Keeps embedded PostgreSQL and Valkey running for as long as somebody uses them. Started by `servers.start_keeper`.

`run/keeper.lock` is inherited by the servers: whoever holds it alone knows that no server of this directory is left,
not even one that is still writing after its keeper was killed. Single-threaded, see `processes`.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from servicedesk.launch import postgres, servers, valkey
from servicedesk.launch.logs import CappedFile
from servicedesk.launch.problems import LaunchError
from servicedesk.launch.processes import Backoff
from servicedesk.launch.state import State, open_state

LOCK = "keeper.lock"
PREVIOUS_SECONDS = 90.0
LOOK_SECONDS = 0.1


@dataclass
class Server:
    """One server process, started again when it ends by itself."""

    name: str
    launch: Callable[[int], subprocess.Popen[bytes]]
    wait_ready: Callable[[subprocess.Popen[bytes]], None]
    end: Callable[[subprocess.Popen[bytes]], None]
    log: CappedFile
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    backoff: Backoff = field(default_factory=Backoff)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = self.launch(self.log.descriptor())
        self.wait_ready(self.process)

    def look(self, now: float) -> None:
        """Called often; starts it again when it has ended."""
        self.log.roll()
        if self.process is not None and self.process.poll() is not None:
            pause = self.backoff.failed(started_at=self.started_at, now=now)
            self.log.note(
                f"{self.name} ended (exit code {self.process.returncode}); starting it again in {pause:.0f} s"
            )
            self.process = None
        if self.process is None and now >= self.backoff.retry_at:
            self.start_again()

    def start_again(self) -> None:
        try:
            self.start()
        except LaunchError as problem:
            self.log.note(str(problem))
            if self.process is not None:
                self.end(self.process)

    def stop(self) -> None:
        if self.process is not None:
            self.end(self.process)


def main(root: str, names: list[str]) -> int:
    state = open_state(Path(root))
    lock = wait_for_turn(state, tuple(names))
    if lock is None:
        say("ready")
        return 0
    ending = Ending()
    running: list[Server] = []
    try:
        for server in (build(name, state, lock) for name in names):
            running.append(server)
            server.start()
        (state.locks / servers.KEEPER_PID).write_text(str(os.getpid()))
        say("ready")
        keep(state, running, ending)
    finally:
        for server in reversed(running):
            server.stop()
        (state.locks / servers.KEEPER_PID).unlink(missing_ok=True)
    return 0


class Ending:
    """Ctrl-C and a closed terminal are the users' business; only SIGTERM asks the keeper itself to end."""

    def __init__(self) -> None:
        self.asked = False
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self.ask)

    def ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def wait_for_turn(state: State, names: tuple[str, ...]) -> int | None:
    """The lock, once no server of this directory is left; None when another keeper's servers answer."""
    descriptor = os.open(state.locks / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + PREVIOUS_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if servers.is_keeper_alive(state) and servers.all_answer(state, names):
                os.close(descriptor)
                return None
            if time.monotonic() > deadline:
                raise LaunchError(
                    f"The servers of {state.root} neither answer nor end, see {state.logs}: end them and start again."
                ) from None
            time.sleep(LOOK_SECONDS)
        else:
            return descriptor


def build(name: str, state: State, lock: int) -> Server:
    log = CappedFile(state.logs / f"{name}.log")
    if name == "valkey":
        return Server(
            name=name, log=log, end=valkey.stop,
            launch=lambda out: valkey.start(state.valkey_socket, state.valkey, log=out, pass_fds=(lock,)),
            wait_ready=lambda process: valkey.wait_ready(state.valkey_socket, process),
        )  # fmt: skip
    cluster = postgres.cluster_at(state.cluster, state.postgres_socket_dir)
    postgres.create(cluster)
    return Server(
        name=name, log=log, end=postgres.stop,
        launch=lambda out: postgres.start(cluster, log=out, pass_fds=(lock,)),
        wait_ready=lambda process: postgres.wait_ready(cluster, process),
    )  # fmt: skip


def keep(state: State, running: list[Server], ending: Ending) -> None:
    """Until asked to end, or until nobody holds the users' lock; that lock is kept until the servers are gone."""
    users = os.open(state.locks / servers.USERS, os.O_RDWR | os.O_CREAT, 0o600)
    while not ending.asked:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        for server in running:
            server.look(time.monotonic())
        time.sleep(LOOK_SECONDS)


def say(word: str) -> None:
    """To the one who started us, who may have been killed meanwhile."""
    with contextlib.suppress(BrokenPipeError):
        print(word, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except LaunchError as problem:
        say(str(problem))
        sys.exit(1)
