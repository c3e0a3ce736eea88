"""The options of `up`, and what they mean for settings that are read before the command runs."""

import argparse
import os
import socket
from collections.abc import Sequence

LOOPBACK = ("127.", "localhost", "::1")
TWO_WEB_PROCESSES_NEED_KB = 1_500_000


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="fill an empty database with a demo world")
    parser.add_argument("--port", type=int, default=8000, help="port of the pages (default: 8000)")
    parser.add_argument("--bind", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--workers", type=int, default=None, help="web processes (default: 2 where memory allows)")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What can be told before Django is there; Django complains about the rest."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    add_to(parser)
    try:
        return parser.parse_known_args(list(arguments))[0]
    except (argparse.ArgumentError, SystemExit):
        return parser.parse_args([])


def is_loopback(bind: str) -> bool:
    return bind.startswith(LOOPBACK)


def web_processes(wanted: int | None) -> int:
    if wanted is not None:
        return max(1, wanted)
    return 2 if available_kb() > TWO_WEB_PROCESSES_NEED_KB and (os.cpu_count() or 1) > 1 else 1


def available_kb() -> int:
    try:
        with open("/proc/meminfo") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return 0


def public_address(bind: str, port: int) -> str:
    host = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(bind, bind)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def allowed_hosts(bind: str) -> str:
    names = ["localhost", "127.0.0.1", "[::1]", socket.gethostname(), f"[{bind}]" if ":" in bind else bind]
    return ",".join(dict.fromkeys(names))
