"""Why a clock is due when it is: the stretches from its start event to its due time or stop, without gap.

`counted` stretches add up to the duration; `closed` is outside the calendar, `over` after the due time.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from common.epoch import SECOND, from_us, to_us
from common.worktime import WorkTime
from sla.engine.arithmetic import clipped, is_paused_whole
from sla.engine.results import Clock, Plan, Stretch
from sla.engine.runs import CANNOT_TELL, Run, Trace
from sla.engine.terms import WorkingDaysBefore

WAITING = "waiting"
LATE = "after the due time"
START_DAY = "the day of the start"

_Piece = tuple[int, int, str, str, int | None]  # start, end, kind, why, working day


def explain(plan: Plan, clock: Clock) -> tuple[Stretch, ...]:
    """The stretches of a clock of that plan; none where the calendar cannot tell."""
    trace = clock.trace
    run = trace.run
    try:
        if trace.is_paused:
            return tuple(_whole_seconds(_stretches(trace, run, trace.until)))
        if run.due is None:
            return ()
        return tuple(_whole_seconds(chain(_stretches(trace, run, run.due), _over(trace, run, run.due))))
    except CANNOT_TELL:
        return ()


def uncounted(clock: Clock, start: datetime, end: datetime) -> int:
    """Seconds of the clock's calendar in [start, end): what a wait of that length takes out. 0 for working days."""
    promise = clock.trace.run.promise
    return 0 if promise.is_in_days else promise.counts_on.between_us(to_us(start), to_us(end)) // SECOND


def _whole_seconds(pieces: Iterable[_Piece]) -> Iterator[Stretch]:
    """Cuts to whole seconds so that those of one kind still add up: no second is lost over many pauses."""
    totals: dict[str, int] = {}
    for start, end, kind, why, working_day in pieces:
        before = totals.get(kind, 0)
        totals[kind] = before + end - start
        seconds = totals[kind] // SECOND - before // SECOND
        yield Stretch(from_us(start), from_us(end), kind, seconds, why, working_day)


def _stretches(trace: Trace, run: Run, end: int) -> Iterator[_Piece]:
    """From the start event to the due time (a paused clock: to now)."""
    if run.promise.is_in_days:
        yield from _days(trace, run, end)
        return
    at = run.begun
    for begin, stop in clipped(trace.pauses, run.begun, end):
        yield from _unpaused(run, at, begin)
        yield _stretch(begin, stop, "paused", WAITING)
        at = stop
    yield from _unpaused(run, at, end)


def _unpaused(run: Run, start: int, end: int) -> Iterator[_Piece]:
    """Before the moved start everything is closed; after it the calendar that counts decides."""
    if start < min(end, run.start):
        yield _stretch(start, min(end, run.start), "closed", run.promise.starts_code)
    first = max(start, run.start)
    if first < end:
        yield from _in_calendar(run.promise.counts_on, run.promise.counts_code, first, end)


def _in_calendar(calendar: WorkTime, code: str, start: int, end: int) -> Iterator[_Piece]:
    for part in calendar.stretches(from_us(start), from_us(end)):
        yield _stretch(to_us(part.start), to_us(part.end), "counted" if part.is_open else "closed", code)


def _over(trace: Trace, run: Run, due: int) -> Iterator[_Piece]:
    """After the due time: one stretch whatever the calendar, but for pauses."""
    if run.missed is None:
        return
    at = max(due, run.begun)
    end = trace.until
    for begin, stop in clipped(trace.pauses, at, end):
        if at < begin:
            yield _stretch(at, begin, "over", LATE)
        yield _stretch(begin, stop, "paused", WAITING)
        at = stop
    if at < end:
        yield _stretch(at, end, "over", LATE)


def _days(trace: Trace, run: Run, end: int) -> Iterator[_Piece]:
    """Local days; working days that were not paused whole are numbered."""
    if end <= run.begun:
        return
    calendar, code = run.promise.counts_on, run.promise.counts_code
    number = _days_before(run, calendar)
    step = -1 if number else 1
    start_day = to_us(calendar.local_days(from_us(run.start), from_us(run.start + 1))[0].start)
    for day in calendar.local_days(from_us(run.begun), from_us(end)):
        begin, stop = max(to_us(day.start), run.begun), min(to_us(day.end), end)
        if _is_day_paused(trace, to_us(day.start), stop):
            yield _stretch(begin, stop, "paused", WAITING)
        elif step == 1 and to_us(day.start) <= start_day:
            yield _stretch(begin, stop, "closed", START_DAY)
        elif not day.is_working:
            yield _stretch(begin, stop, "closed", code)
        else:
            number += step
            yield _stretch(begin, stop, "counted", code, number if step == 1 else number + 1)


def _days_before(run: Run, calendar: WorkTime) -> int:
    """For a notice: how many working days lie between the start and the planned day; else 0."""
    if not isinstance(run.promise.length, WorkingDaysBefore) or run.anchor is None:
        return 0
    planned = calendar.local_days(from_us(run.anchor), from_us(run.anchor + 1))[0].start
    return sum(day.is_working for day in calendar.local_days(from_us(run.begun), planned))


def _is_day_paused(trace: Trace, start: int, end: int) -> bool:
    return bool(trace.pauses) and is_paused_whole(start, end, trace.pauses)


def _stretch(start: int, end: int, kind: str, why: str, working_day: int | None = None) -> _Piece:
    return start, end, kind, why, working_day
