"""Throwaway PostgreSQL and Valkey for one test run, started before the settings are read.

Loaded by `-p tests.servers_plugin`. Given DATABASE_URL or REDIS_URL are used as they are. Processes of pytest-xdist
share the PostgreSQL (each makes a database of its own) and have a Valkey and a state directory each: one sweeps no
file of another.
No server outlives pytest, not even a killed one.
"""

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from servicedesk.launch import postgres, valkey

FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=2GB")
PREFIX = "servicedesk-test-"
LOCK = "in-use.lock"
OLD_SECONDS = 120
_undo: list[Callable[[], None]] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ["DEBUG"] = "0"
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    own_state()
    if worker is None:
        remove_leftovers()
        if not os.environ.get("DATABASE_URL"):
            start_postgres()
    if not os.environ.get("REDIS_URL") or os.environ.get("OWN_VALKEY"):
        start_valkey()
    elif worker is not None:
        os.environ["REDIS_URL"] = numbered(os.environ["REDIS_URL"], int(worker.removeprefix("gw")) + 1)


def pytest_unconfigure() -> None:
    while _undo:
        _undo.pop()()


def temporary_directory() -> Path:
    """Under /tmp by name: a long TMPDIR would not fit a socket. Passable, for PostgreSQL's own account."""
    directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    directory.chmod(0o711)
    lock = (directory / LOCK).open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    _undo.append(lock.close)
    _undo.append(lambda: shutil.rmtree(directory, ignore_errors=True))
    return directory


def remove_leftovers() -> None:
    """Directories of runs that were killed: old ones whose lock nobody holds any longer."""
    for lock in Path("/tmp").glob(f"{PREFIX}*/{LOCK}"):
        with contextlib.suppress(OSError):
            if time.time() - lock.stat().st_mtime > OLD_SECONDS:
                with lock.open() as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(lock.parent, ignore_errors=True)


def own_state() -> None:
    """Tests never write into the state directory somebody works with."""
    directory = temporary_directory()
    (directory / "static").mkdir()
    os.environ["SERVICEDESK_STATE"] = str(directory)


def start_postgres() -> None:
    directory = temporary_directory()
    cluster = postgres.cluster_at(directory / "data", directory / "sockets")
    postgres.create(cluster, arguments=("--no-sync",))
    process = postgres.start(cluster, log=subprocess.DEVNULL, options=FORGETFUL)
    _undo.append(lambda: postgres.stop(process))
    postgres.wait_ready(cluster, process)
    os.environ["DATABASE_URL"] = cluster.url


def start_valkey() -> None:
    directory = temporary_directory()
    path = directory / "valkey.sock"
    process = valkey.start(path, directory, log=subprocess.DEVNULL, durable=False)
    _undo.append(lambda: valkey.stop(process))
    valkey.wait_ready(path, process)
    os.environ["REDIS_URL"] = valkey.url(path)
    os.environ["OWN_VALKEY"] = "1"


def numbered(url: str, number: int) -> str:
    """The same server, another of its databases, in each of the three ways to write one."""
    if re.search(r"[?&]db=\d+", url):
        return re.sub(r"([?&]db=)\d+", rf"\g<1>{number}", url)
    scheme, rest = url.split("://", 1)
    if scheme == "unix":
        return f"{url}{'&' if '?' in url else '?'}db={number}"
    return f"{scheme}://{rest.split('/', 1)[0]}/{number}"
