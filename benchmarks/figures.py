"""Medians and percentiles, and what to know of the machine they were taken on."""

import os
import platform
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(seconds: Sequence[float]) -> str:
    """In milliseconds."""
    p50, p95, p99 = (1000 * quantile(seconds, share) for share in (0.5, 0.95, 0.99))
    return f"p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  p99 {p99:6.1f} ms"


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def machine() -> str:
    """One line; the load tells how much others took of it."""
    with open("/proc/cpuinfo") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    cpu = names[0] if names else platform.machine()
    return f"{moment}; {os.cpu_count()} cores of {cpu}; Python {platform.python_version()}; load {load}"
