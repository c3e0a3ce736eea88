"""Real Celery workers and beats on the test's own database and broker, to be killed at will."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from servicedesk.launch.processes import dying_with_me


def database_url() -> str:
    """The test's database, as a child process reads it."""
    facts = connection.settings_dict
    options = facts.get("OPTIONS", {})
    host = facts.get("HOST") or options.get("host", "")
    user, secret = quote(facts.get("USER") or ""), quote(facts.get("PASSWORD") or "")
    name = facts["NAME"]
    credentials = f"{user}:{secret}@" if secret else f"{user}@"
    if str(host).startswith("/"):
        return f"postgresql://{credentials}/{name}?host={host}"
    port = f":{facts['PORT']}" if facts.get("PORT") else ""
    return f"postgresql://{credentials}{host}{port}/{name}"


class Crew:
    """Workers and beats of one test; each in its own process group, so that a kill takes its pool along."""

    def __init__(self) -> None:
        self.env = os.environ | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": settings.REDIS_URL,
            "EMAIL_URL": "dummymail://",
            "LOG_LEVEL": "WARNING",
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "servicedesk.celery", *words],
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dying_with_me(signal.SIGKILL),
        )
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", "-c", "2", "--without-gossip", "--without-mingle", "-n", f"w{len(self.processes)}@t"
        )

    def beat(self, directory: str) -> subprocess.Popen[bytes]:
        return self._start("beat", "--pidfile=", "-s", f"{directory}/beat{len(self.processes)}")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9, the whole group at once."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)


@contextmanager
def crew() -> Iterator[Crew]:
    hands = Crew()
    try:
        yield hands
    finally:
        hands.close()


def eventually(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Asks again and again until the condition holds or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return condition()
