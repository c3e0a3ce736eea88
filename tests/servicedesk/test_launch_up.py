"""`up` for real: own state directory, own port, real servers, real signals."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest

from servicedesk.launch import postgres, servers
from servicedesk.launch.processes import command_line
from servicedesk.launch.state import PROJECT, open_state

pytestmark = [pytest.mark.slow, pytest.mark.timeout(480)]
GIVEN = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG", "BASE_URL", "ALLOWED_HOSTS", "SERVICEDESK_STATE")


class Desk:
    """One `up` in a directory of its own; everything it says is kept in a file."""

    def __init__(self, directory: Path) -> None:
        self.state = directory / "state"
        self.output = directory / "output"
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        environment = {key: value for key, value in os.environ.items() if key not in GIVEN}
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", str(self.port), "--workers", "2"],
                cwd=PROJECT,
                env=environment | {"SERVICEDESK_STATE": str(self.state)},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        until(lambda: self.answers() or self.has_ended(), 240, self.said)
        assert not self.has_ended(), self.said()
        return self.process

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def said(self) -> str:
        return self.output.read_text(errors="replace")

    def running(self) -> list[str]:
        """Every process of this state directory: by its arguments, or by what it inherited."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                inherited = (entry / "environ").read_bytes()
            except OSError:
                continue
            line = command_line(int(entry.name))
            if line and (str(self.state) in line or os.fsencode(self.state) in inherited):
                found.append(f"{entry.name} {line}")
        return found

    def pid_of(self, words: str) -> int:
        return self.pids_of(words)[0]

    def pids_of(self, words: str) -> list[int]:
        """The oldest first."""
        return sorted(int(line.split()[0]) for line in self.running() if words in line)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def until(condition: Callable[[], object], seconds: float, explain: Callable[[], object] = lambda: "") -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, explain()
        time.sleep(0.1)


@pytest.fixture
def desk():
    directory = Path(tempfile.mkdtemp(prefix="sd-up-", dir="/tmp"))
    directory.chmod(0o711)
    desk = Desk(directory)
    yield desk
    for line in desk.running():
        os.kill(int(line.split()[0]), signal.SIGKILL)
    shutil.rmtree(directory, ignore_errors=True)


def test_killed_supervisor_leaves_nothing_running_and_loses_nothing(desk, monkeypatch):
    process = desk.start()
    sockets = open_state(desk.state).postgres_socket_dir
    run_sql(sockets, "CREATE TABLE kept AS SELECT 42 AS answer")
    process.kill()
    process.wait()
    until(lambda: not desk.running(), 90, desk.running)
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)
    with servers.lease(open_state(desk.state)):
        assert run_sql(sockets, "SELECT answer FROM kept") == [(42,)]
    until(lambda: not desk.running(), 90, desk.running)


def test_ctrl_c_stops_all_and_the_dead_are_started_again(desk):
    process = desk.start()
    until(lambda: "celery -q -A servicedesk worker" in " ".join(desk.running()), 90, desk.running)
    first, *answering = desk.pids_of("servicedesk.launch.web")
    assert len(answering) == 2
    os.kill(answering[0], signal.SIGKILL)
    os.kill(desk.pid_of("bin/postgres -D"), signal.SIGKILL)
    gone = f"process {answering[0]} ended (by signal SIGKILL); starting another"
    until(lambda: gone in desk.said(), 90, desk.said)
    until(lambda: len(desk.pids_of("servicedesk.launch.web")) == 3, 90, desk.running)
    os.kill(first, signal.SIGKILL)
    until(lambda: "web ended (by signal SIGKILL); starting it again" in desk.said(), 90, desk.said)
    until(lambda: len(desk.pids_of("servicedesk.launch.web")) == 3, 90, desk.running)
    until(desk.answers, 90, desk.said)
    until(lambda: postgres.answers(open_state(desk.state).postgres_socket_dir), 90, desk.said)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert not desk.running()
    assert "Traceback" not in desk.said().split("stopping", 1)[1]
    assert "shut down" in (desk.state / "logs" / "postgres.log").read_text().splitlines()[-1]


def run_sql(sockets: Path, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(host=str(sockets), user=postgres.NAME, dbname=postgres.NAME)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
