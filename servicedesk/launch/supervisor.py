"""The loop of `up`: starts web, worker and beat, prints what they say, starts the dead again, stops all in the end.

Single-threaded, so that the kernel's parent-death signal is tied to the right thread (see `processes`).
Every child holds the lease of the servers: after a kill -9 of this process the servers stop last.
"""

import http.client
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

from servicedesk.launch import processes
from servicedesk.launch.logs import CappedFile, Console, Tail
from servicedesk.launch.problems import LaunchError
from servicedesk.launch.processes import Backoff
from servicedesk.launch.servers import Lease, log_files
from servicedesk.launch.state import PROJECT

LOOK_SECONDS = 0.2
STOP_SECONDS = 20.0
CHUNK = 65536
# Else glibc keeps a heap for each thread of a process, puts ever larger blocks into it and gives little of it back:
# 5 to 20 MiB of each web process. 128 KiB are its own first values, which by being said stay as they are.
ONE_HEAP = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}


@dataclass
class Child:
    """One process of ours; its output goes to the console and to `logs/<name>.log`."""

    name: str
    command: list[str]
    descriptors: tuple[int, ...]
    log: CappedFile
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    half: bytes = b""
    backoff: Backoff = field(default_factory=Backoff)

    def start(self) -> int:
        """The descriptor its output comes from."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command, cwd=PROJECT, env=ONE_HEAP | os.environ | {"PYTHONUNBUFFERED": "1"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True, pass_fds=self.descriptors,
            preexec_fn=processes.dying_with_me(signal.SIGTERM),
        )  # fmt: skip
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        return self.process.stdout.fileno()

    def read(self) -> list[str]:
        """Whole lines that have come; nothing, and never a wait, otherwise."""
        if self.process is None or self.process.stdout is None:
            return []
        try:
            data = os.read(self.process.stdout.fileno(), CHUNK)
        except (BlockingIOError, OSError):
            return []
        self.log.write(data)
        *whole, self.half = (self.half + data).split(b"\n")
        return [line.decode(errors="replace") for line in whole]


class Supervisor:
    def __init__(self, lease: Lease, console: Console, probe: Callable[[], bool]) -> None:
        self.lease = lease
        self.console = console
        self.probe = probe
        self.children: list[Child] = []
        self.selector = selectors.DefaultSelector()
        self.log = CappedFile(lease.state.logs / "desk.log")
        self.tails = {path.stem: Tail(path) for path in log_files(lease.state)}

    def say(self, text: str) -> None:
        self.log.note(text)
        self.console.line("desk", text)

    def add(self, name: str, command: list[str], *descriptors: int) -> None:
        log = CappedFile(self.lease.state.logs / f"{name}.log")
        descriptors = (*descriptors, self.lease.descriptor)
        child = Child(name=name, command=[sys.executable, *command], descriptors=descriptors, log=log)
        self.children.append(child)
        self.start(child)

    def start(self, child: Child) -> None:
        self.selector.register(child.start(), selectors.EVENT_READ, child)

    def run(self, when_ready: Callable[[], None]) -> NoReturn:
        """Until a signal handler raises KeyboardInterrupt."""
        is_ready = False
        looked_at = 0.0
        while True:
            self.pass_on(LOOK_SECONDS)
            for child in self.children:
                self.look(child)
            if not is_ready and self.probe():
                is_ready = True
                when_ready()
            if time.monotonic() - looked_at > 1:
                looked_at = time.monotonic()
                self.look_at_servers()

    def pass_on(self, seconds: float) -> None:
        for key, _ in self.selector.select(seconds):
            child: Child = key.data
            for line in child.read():
                self.console.line(child.name, line)

    def look(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None and child.process.poll() is not None:
            self.forget(child)
            pause = child.backoff.failed(started_at=child.started_at, now=now)
            how = processes.meaning(child.process.returncode)
            self.say(f"{child.name} ended ({how}); starting it again in {pause:.0f} s")
            child.process = None
        if child.process is None and now >= child.backoff.retry_at:
            self.start(child)

    def forget(self, child: Child) -> None:
        """Print its last words and close the pipe, which a grandchild may still hold open."""
        if child.process is None or child.process.stdout is None:
            return
        while lines := child.read():
            for line in lines:
                self.console.line(child.name, line)
        self.selector.unregister(child.process.stdout)
        child.process.stdout.close()

    def look_at_servers(self) -> None:
        for name, tail in self.tails.items():
            for line in tail.lines():
                self.console.line(name, line)
        try:
            if self.lease.ensure():
                self.say("the keeper of PostgreSQL and Valkey had ended; both were started again")
        except LaunchError as error:
            self.say(str(error))

    def stop(self) -> None:
        """Beat, worker and web at once; a second Ctrl-C does not wait any longer."""
        running = [child for child in self.children if child.process is not None and child.process.poll() is None]
        deadline = time.monotonic() + STOP_SECONDS
        try:
            self.signal_all(running, signal.SIGTERM)
            while time.monotonic() < deadline and any(is_running(child) for child in running):
                self.pass_on(LOOK_SECONDS)
                for child in [child for child in running if not is_running(child)]:
                    self.forget(child)
                    running.remove(child)
        except KeyboardInterrupt:
            self.say("not waiting any longer")
        self.signal_all(running, signal.SIGKILL)

    def signal_all(self, children: list[Child], number: signal.Signals) -> None:
        for child in children:
            if child.process is not None and child.process.poll() is None:
                self.kill(child.process, number)

    def kill(self, process: subprocess.Popen[bytes], number: signal.Signals) -> None:
        """The whole session at the end, so that a worker's pool goes with it."""
        if number == signal.SIGKILL:
            os.killpg(process.pid, number)
            process.wait()
        else:
            process.send_signal(number)


def is_running(child: Child) -> bool:
    return child.process is not None and child.process.poll() is None


def answers(host: str, port: int) -> Callable[[], bool]:
    """Whether the web process answers at all; asked a few times a second until it does."""

    def probe() -> bool:
        connection = http.client.HTTPConnection(host, port, timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True

    return probe


def interrupt_on_signals() -> None:
    """SIGTERM and a closed terminal end `up` as Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, interrupt)
