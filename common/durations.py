"""Durations as contracts write them: hours, minutes and seconds in ISO 8601, or a number of working days.

Days, weeks, months and years are refused: "one day" may mean 24 hours or a working day, and nobody should guess.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from common.epoch import SECOND, span_us

_ISO = re.compile(r"PT(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,10})(?:[.,](\d{1,6}))?S)?", re.ASCII)
_AMBIGUOUS = re.compile(r"P(?=.*\d+(?:[.,]\d+)?[YMWD]).*", re.ASCII)
_UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days, each counted whole; never a number of hours."""

    days: int

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"at least one working day, not {self.days}")


def parse(value: object) -> timedelta | WorkingDays:
    """From scheme data: "PT4H" or {"working_days": 2}."""
    if isinstance(value, str):
        return parse_iso(value)
    if isinstance(value, Mapping) and set(value) == {"working_days"}:
        days = value["working_days"]
        if isinstance(days, int) and not isinstance(days, bool):
            return WorkingDays(days)
        raise ValueError(f"working_days is a whole number, not {days!r}")
    raise ValueError(f'a duration is written "PT4H" or {{"working_days": 2}}, not {value!r}')


def parse_iso(text: str) -> timedelta:
    """From ISO 8601 hours, minutes and seconds, such as PT1H30M."""
    given = text.strip().upper()
    match = _ISO.fullmatch(given)
    if match is not None and any(match.groups()):
        hours, minutes, seconds, fraction = match.groups()
        micro = int((fraction or "").ljust(6, "0"))
        whole = timedelta(hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds or 0))
        return whole + timedelta(microseconds=micro)
    if _AMBIGUOUS.fullmatch(given.partition("T")[0]):
        raise ValueError(
            f"days, weeks, months and years have no fixed working length; "
            f'write hours (PT48H) or {{"working_days": 2}} instead of {text!r}'
        )
    raise ValueError(f"not a duration such as PT4H or PT1H30M: {text!r}")


def format_iso(duration: timedelta) -> str:
    """Back to ISO 8601, hours as the largest unit: PT48H."""
    us = span_us(duration)
    if us < 0:
        raise ValueError(f"a negative duration: {duration}")
    seconds, micro = divmod(us, SECOND)
    text = "PT"
    if seconds >= 3600:
        text += f"{seconds // 3600}H"
    if seconds % 3600 >= 60:
        text += f"{seconds % 3600 // 60}M"
    fraction = f".{micro:06}".rstrip("0") if micro else ""
    if seconds % 60 or micro:
        text += f"{seconds % 60}{fraction}S"
    return text if text != "PT" else "PT0S"


def humanise(duration: timedelta) -> str:
    """For people, the two largest units: "3h 10m", "2d", "45s"; what is smaller is cut off."""
    seconds = span_us(abs(duration)) // SECOND
    parts: list[str] = []
    for unit, length in _UNITS:
        count, seconds = divmod(seconds, length)
        if count:
            parts.append(f"{count}{unit}")
        if parts and (len(parts) == 2 or not count):
            break
    text = " ".join(parts) or "0s"
    return f"-{text}" if duration < timedelta(0) and parts else text
