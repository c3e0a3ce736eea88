"""Where benchmarks run: state directories of their own below var/benchmarks/, and a desk started as people start it.

`--tickets N` on the command line chooses the world of N tickets, nothing a world that is emptied each time. Given
DATABASE_URL or REDIS_URL are ignored, so that no benchmark ever writes into a database somebody works with.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

from servicedesk.launch import commands, servers
from servicedesk.launch.state import PROJECT, open_state

STATES = PROJECT / "var" / "benchmarks"
SCRATCH = "scratch"
START_SECONDS = 180.0
GIVEN = ("DATABASE_URL", "REDIS_URL", "BASE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "SECRET_KEY")


def enter() -> None:
    """DEBUG is off unless the environment asks for it: with it Django keeps every statement in memory."""
    for name in GIVEN:
        os.environ.pop(name, None)
    os.environ["SERVICEDESK_STATE"] = str(STATES / world_name(sys.argv))
    os.environ.setdefault("DEBUG", "0")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ["EMAIL_URL"] = "dummymail://"
    # The limit for one key holder is meant to keep benchmarks out.
    os.environ["RATE_STAFF_KEY"] = "100000/s"
    commands.provide_settings(open_state())
    django.setup()


def world_name(argv: list[str]) -> str:
    words = iter(argv)
    return next((next(words, SCRATCH) for word in words if word == "--tickets"), SCRATCH)


@contextmanager
def database() -> Iterator[None]:
    """The servers of this world, with every table in place."""
    with servers.lease(open_state()):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield
        connection.close()


def empty() -> None:
    """Everything but schemes and people goes; the log refuses TRUNCATE until its trigger is gone."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS ticketevent_no_truncate ON tickets_ticketevent")
        cursor.execute("TRUNCATE tickets_ticket, sla_sweep CASCADE")


def settle_down() -> None:
    """Statistics and visibility as autovacuum leaves them after a while."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class Desk:
    """A running `up`: its address, and its processes by name."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def answers(self) -> bool:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            link.request("GET", "/healthz")
            return link.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            link.close()

    def web_seconds(self) -> float:
        """Processor time of the web processes so far."""
        first = [pid for pid in children_of(self.process.pid) if "launch.web" in words_of(pid)]
        web = [*first, *(pid for one in first for pid in children_of(one))]
        return sum(sum(ticks_of(pid)[:2]) for pid in web) / os.sysconf("SC_CLK_TCK")


def postgres_seconds() -> float:
    """Processor time PostgreSQL has used so far, ended backends included: what a busy machine does not blur."""
    server = int((open_state().cluster / "postmaster.pid").read_text().split()[0])
    ticks = sum(sum(ticks_of(pid)[: 4 if pid == server else 2]) for pid in (server, *children_of(server)))
    return ticks / os.sysconf("SC_CLK_TCK")


def words_of(pid: int) -> str:
    """The command line of a process."""
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def ticks_of(pid: int) -> list[int]:
    """Own user and system time, and that of ended children."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:15]]
    except FileNotFoundError:
        return [0, 0, 0, 0]


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


@contextmanager
def desk(*, workers: int = 2) -> Iterator[Desk]:
    """`python3 manage.py up` on this world, until the block ends."""
    port = free_port()
    command = [sys.executable, "manage.py", "up", "--port", str(port), "--workers", str(workers)]
    with log_file().open("ab") as output:
        process = subprocess.Popen(command, cwd=PROJECT, stdout=output, stderr=output, start_new_session=True)
    running = Desk(process, port)
    try:
        wait_for(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=90)


def wait_for(running: Desk) -> None:
    end = time.monotonic() + START_SECONDS
    while not running.answers():
        if running.process.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"The desk did not start; see {log_file()}")
        time.sleep(0.05)


def log_file() -> Path:
    return open_state().logs / "benchmark.log"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
