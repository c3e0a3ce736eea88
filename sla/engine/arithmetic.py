"""Counting open time around pauses, in whole microseconds. Pauses are sorted, disjoint, half-open and never counted."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from common.epoch import from_us, to_us
from common.worktime import WorkTime

Pause = tuple[int, int]
Pauses = Sequence[Pause]


def clipped(pauses: Pauses, start: int, end: int) -> Iterator[Pause]:
    """The parts of the pauses within [start, end)."""
    for number in range(bisect_right(pauses, start, key=itemgetter(1)), len(pauses)):
        begin, stop = pauses[number]
        if begin >= end:
            return
        yield max(begin, start), min(stop, end)


def counted(calendar: WorkTime, start: int, end: int, pauses: Pauses) -> int:
    """Open time in [start, end) outside the pauses; 0 if end is not after start."""
    if end <= start:
        return 0
    total = calendar.between_us(start, end)
    for begin, stop in clipped(pauses, start, end):
        total -= calendar.between_us(begin, stop)
    return total


def wall(start: int, end: int, pauses: Pauses) -> int:
    """Time in [start, end) outside the pauses, whatever the calendar."""
    if end <= start:
        return 0
    return end - start - sum(stop - begin for begin, stop in clipped(pauses, start, end))


def working_days_after(calendar: WorkTime, start: int, days: int, pauses: Pauses) -> int:
    """The close of the n-th working day after the day of `start`; days paused whole do not count."""
    origin = from_us(start)
    later = [pause for pause in pauses if pause[1] > start]
    if not later:
        return to_us(calendar.working_days_after(origin, days))
    number = 0
    while days:
        number += 1
        day = calendar.working_day_after(origin, number)
        whole = calendar.local_days(day.opens_at, day.closes_at)[0]
        if not is_paused_whole(to_us(whole.start), to_us(whole.end), later):
            days -= 1
    return to_us(day.closes_at)


def is_paused_whole(start: int, end: int, pauses: Pauses) -> bool:
    """Whether [start, end) lies in pauses altogether."""
    at = start
    for begin, stop in clipped(pauses, start, end):
        if begin > at:
            return False
        at = stop
    return at >= end
