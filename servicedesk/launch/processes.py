"""Child processes that cannot outlive their parent.

The kernel delivers the signal when the *thread* that started the child ends: start children from the main thread,
in a process without other threads (preexec_fn runs between fork and exec).
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
CALM_SECONDS = 60.0
LONGEST_PAUSE = 30.0
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(number: signal.Signals, parent: int) -> None:
    """Ask the kernel for `number` when `parent` ends; end at once if it has ended already."""
    if _LIBC is None:
        return
    _LIBC.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def dying_with_me(number: signal.Signals) -> Callable[[], None]:
    """A preexec_fn; it runs after the change of account, which would clear the request."""
    parent = os.getpid()
    return lambda: die_with_parent(number, parent)


def stop(process: subprocess.Popen[bytes], number: signal.Signals, *, seconds: float) -> None:
    """Signal, wait, and kill what does not listen."""
    if process.poll() is not None:
        return
    process.send_signal(number)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def command_line(pid: int) -> str:
    """What /proc shows of a process; empty for one that is gone, a zombie, or another machine's."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return " ".join(word.decode(errors="replace") for word in words if word)


def meaning(code: int) -> str:
    """How a process ended, from its exit code or the negative number of a signal."""
    return f"by signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


@dataclass
class Backoff:
    """Pauses before a process that ended by itself is started again: none, 1, 2, 4 ... 30 s; a calm minute forgives."""

    failures: int = 0
    retry_at: float = 0.0

    def failed(self, *, started_at: float, now: float) -> float:
        if now - started_at > CALM_SECONDS:
            self.failures = 0
        pause = min(2.0 ** (self.failures - 1), LONGEST_PAUSE) if self.failures else 0.0
        self.failures += 1
        self.retry_at = now + pause
        return pause
