"""From runs to clocks: how each stands at an instant, in seconds that never gain or lose one."""

from collections.abc import Iterator
from datetime import timedelta

from common.epoch import SECOND, from_us
from sla.engine.arithmetic import Pauses, clipped, counted, wall
from sla.engine.book import Book
from sla.engine.results import Clock, Overrun, State
from sla.engine.runs import CANNOT_TELL, Run, Trace
from sla.engine.terms import Counted, Months

_STATES = {
    "met": State.MET,
    "missed_stopped": State.MISSED_STOPPED,
    "replaced": State.REPLACED,
    "void": State.VOID,
    "restarted": State.MISSED,
    "lapsed": State.MISSED,
}


def clocks(book: Book, now: int) -> Iterator[Clock]:
    """All runs in the order of the scheme, then by run."""
    for track in sorted(book.tracks.values(), key=lambda track: track.order):
        for run in track.runs:
            yield _clock(book, run, now)


def _clock(book: Book, run: Run, now: int) -> Clock:
    state = _state(book, run)
    is_paused = run.is_open and run.is_pausable and book.paused_since is not None
    until = now if run.ended is None else run.ended
    pauses = list(clipped(book.pauses_upto(until), run.begun, until)) if run.is_pausable else ()
    trace = Trace(run, pauses, state is State.PAUSED, until)
    is_undetermined = run.due is None
    try:
        over_before, over_since = _overrun(run, trace, is_still=is_paused or not run.is_open)
        elapsed, remaining = _seconds(run, trace)
        over = over_before + (0 if over_since is None else _passed(run, over_since, until, ()))
    except CANNOT_TELL:
        elapsed, remaining, over, over_before, over_since, is_undetermined = 0, 0, 0, 0, None, True
    hides_due = run.due is None or state is State.PAUSED
    return Clock(
        target=run.code,
        run=run.number,
        level=run.promise.level.code,
        state=state,
        begun_at=from_us(run.begun),
        started_at=from_us(run.start),
        due_at=None if hides_due or run.due is None else from_us(run.due),
        stopped_at=None if run.ended is None or run.result == "restarted" else from_us(run.ended),
        warn_at=None if hides_due or run.warn is None else from_us(run.warn),
        is_open=run.is_open,
        is_paused=is_paused,
        is_provisional=_is_provisional(run),
        is_undetermined=is_undetermined,
        elapsed_seconds=elapsed // SECOND,
        remaining_seconds=-(-remaining // SECOND),
        over_seconds=over // SECOND,
        overrun=Overrun(timedelta(microseconds=over_before), None if over_since is None else from_us(over_since)),
        whole_seconds=-(-(elapsed - over + remaining) // SECOND),
        trace=trace,
    )


def _state(book: Book, run: Run) -> State:
    if run.result is not None:
        return _STATES[run.result]
    if run.missed is not None:
        return State.MISSED
    return State.PAUSED if book.is_paused(run) else State.RUNNING


def _seconds(run: Run, trace: Trace) -> tuple[int, int]:
    """Elapsed and remaining, in microseconds."""
    elapsed = _passed(run, run.start, trace.until, trace.pauses)
    if run.missed is not None:
        return elapsed, 0
    if isinstance(run.promise.length, Counted | Months):
        return elapsed, max(0, (run.length or 0) - elapsed)
    if run.due is None:
        return elapsed, 0
    return elapsed, _passed(run, max(run.start, _halted(run, trace)), run.due, ())


def _overrun(run: Run, trace: Trace, *, is_still: bool) -> tuple[int, int | None]:
    """Microseconds over until an instant, and that instant: from there on nothing but the calendar decides."""
    if run.due is None:
        return 0, None
    begun = max(run.due, run.start)
    if is_still:
        return 0 if run.missed is None else _passed(run, begun, trace.until, trace.pauses), None
    since = max(begun, trace.pauses[-1][1]) if trace.pauses else begun
    return _passed(run, begun, since, trace.pauses), since


def _passed(run: Run, start: int, end: int, pauses: Pauses) -> int:
    """Time as this promise counts it: open time, but all time where it is in days."""
    if run.promise.is_in_days:
        return wall(start, end, pauses)
    return counted(run.promise.counts_on, start, end, pauses)


def _halted(run: Run, trace: Trace) -> int:
    """The instant from which the rest is still to come: now, the end, or the beginning of the present pause."""
    return trace.pauses[-1][0] if trace.is_paused and trace.pauses else trace.until


def _is_provisional(run: Run) -> bool:
    promise = run.promise
    try:
        return promise.starts_on.is_provisional(from_us(run.start)) or (
            run.due is not None and promise.counts_on.is_provisional(from_us(run.due))
        )
    except CANNOT_TELL:
        return True
