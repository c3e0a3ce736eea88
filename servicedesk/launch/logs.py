"""Log files with a size cap, and the coloured, prefixed lines of `up`.

A full disk must not stop what is logged: writing a log never raises.
"""

import contextlib
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

CAP = 5_000_000
COLOURS = {"desk": 36, "web": 32, "worker": 33, "beat": 35, "postgres": 34, "valkey": 31}
WIDTH = max(map(len, COLOURS)) + 2


class CappedFile:
    """`name.log`, with `name.log.1` before it: at most twice the cap."""

    def __init__(self, path: Path, cap: int = CAP) -> None:
        self.path = path
        self.cap = cap
        self.file = path.open("ab", buffering=0)

    def descriptor(self) -> int:
        return self.file.fileno()

    def write(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self.roll()
            self.file.write(data)

    def note(self, text: str) -> None:
        self.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {text}\n".encode())

    def roll(self) -> None:
        """By copy and cut, because servers write to the descriptor themselves (in append mode, so at the new end)."""
        if os.fstat(self.file.fileno()).st_size < self.cap:
            return
        with contextlib.suppress(OSError):
            shutil.copyfile(self.path, self.path.with_name(self.path.name + ".1"))
        self.file.truncate(0)


class Tail:
    """New lines of a file another process writes; starts at its end, goes back to the start when it was cut."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.position = path.stat().st_size if path.exists() else 0
        self.half = b""

    def lines(self) -> list[str]:
        try:
            with self.path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self.position:
                    self.position = 0
                file.seek(self.position)
                data = file.read()
        except OSError:
            return []
        self.position += len(data)
        *whole, self.half = (self.half + data).split(b"\n")
        return [line.decode(errors="replace") for line in whole]


class Console:
    """Colour only on a terminal, and not where NO_COLOR is set."""

    def __init__(self, stream: TextIO = sys.stdout) -> None:
        self.stream = stream
        self.is_coloured = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def line(self, source: str, text: str) -> None:
        prefix = f"{source:<{WIDTH}}|"
        if self.is_coloured:
            prefix = f"\x1b[{COLOURS.get(source.split('.')[0], 37)}m{prefix}\x1b[0m"
        with contextlib.suppress(OSError, ValueError):
            print(prefix, text, file=self.stream, flush=True)
