"""The port of `up`: opened before anything else is started, and when it is taken, by whom."""

import contextlib
import errno
import os
import socket
import time
from pathlib import Path

from servicedesk.launch.problems import LaunchError
from servicedesk.launch.processes import command_line

LISTENING = "0A"
BACKLOG = 2048
LAST_PORT = 65535
WEB_MODULE = "servicedesk.launch.web"


def listen(host: str, port: int, *, patience: float = 0.0) -> socket.socket:
    """An open, inheritable socket, or a sentence. `patience`: seconds for processes of a killed `up` to end."""
    if not 0 <= port <= LAST_PORT:
        raise LaunchError(f"{port} is no port number: choose one from 1024 to {LAST_PORT} with --port.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise LaunchError(f"{host}:{port} is not an address of this machine: choose another with --bind.") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    deadline = time.monotonic() + patience
    while refusal := try_to_open(listener, address):
        if refusal.errno != errno.EADDRINUSE or time.monotonic() > deadline or not is_left_over(holder_pid(port)):
            listener.close()
            raise LaunchError(explain(refusal, host, port)) from refusal
        time.sleep(0.1)
    listener.set_inheritable(True)
    return listener


def try_to_open(listener: socket.socket, address: tuple[object, ...]) -> OSError | None:
    try:
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        return error
    return None


def is_left_over(pid: int | None) -> bool:
    """Whether it is a web process of this very state directory, whose supervisor we are to replace."""
    if pid is None or WEB_MODULE not in command_line(pid):
        return False
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return True  # it has just ended
    return os.fsencode(f"SERVICEDESK_STATE={os.environ.get('SERVICEDESK_STATE')}") in environment


def explain(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        free = f"choose another port, such as --port {free_port(host)}"
        return f"Port {port} is taken by {holder(port)}: stop it, or {free}."
    if error.errno == errno.EACCES:
        return f"Port {port} may only be opened by root: choose a port above 1023 with --port."
    return f"{host}:{port} cannot be opened ({error.strerror}): choose another address with --bind."


def holder(port: int) -> str:
    """`process 123 (command)`, as far as this account may see it."""
    pid = holder_pid(port)
    if pid is None:
        return "a process of another account"
    return f"process {pid} ({command_line(pid)[:120] or 'unknown'})"


def holder_pid(port: int) -> int | None:
    inodes = listening_inodes(port)
    for pid in sorted(int(path.name) for path in Path("/proc").glob("[0-9]*")):
        if inodes & sockets_of(pid):
            return pid
    return None


def listening_inodes(port: int) -> set[str]:
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for words in map(str.split, rows):
            if words[3] == LISTENING and int(words[1].rsplit(":", 1)[1], 16) == port:
                found.add(words[9])
    return found


def sockets_of(pid: int) -> set[str]:
    """Inode numbers; a descriptor that closes meanwhile does not hide the others."""
    found = set()
    with contextlib.suppress(OSError):
        for name in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                link = os.readlink(f"/proc/{pid}/fd/{name}")
                if link.startswith("socket:["):
                    found.add(link[len("socket:[") : -1])
    return found


def free_port(host: str) -> int:
    """One that is free at this moment."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
