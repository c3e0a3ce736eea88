"""From runs to clocks: how each stands at an instant, in seconds that never gain or lose one."""

from collections.abc import Iterator

from common.epoch import SECOND, from_us
from sla.engine.arithmetic import clipped, counted, wall
from sla.engine.book import Book
from sla.engine.results import Clock, State
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
        elapsed, remaining, over = _seconds(run, trace)
    except CANNOT_TELL:
        elapsed, remaining, over, is_undetermined = 0, 0, 0, True
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
        whole_seconds=-(-(elapsed - over + remaining) // SECOND),
        trace=trace,
    )


def _state(book: Book, run: Run) -> State:
    if run.result is not None:
        return _STATES[run.result]
    if run.missed is not None:
        return State.MISSED
    return State.PAUSED if book.is_paused(run) else State.RUNNING


def _seconds(run: Run, trace: Trace) -> tuple[int, int, int]:
    """Elapsed, remaining and over, in microseconds."""
    calendar, pauses, end = run.promise.counts_on, trace.pauses, trace.until
    if run.promise.is_in_days:
        elapsed = wall(run.start, end, pauses)
        left = 0 if run.due is None else max(0, run.due - max(run.start, _halted(run, trace)))
        over = 0 if run.due is None else wall(max(run.due, run.start), end, pauses)
    else:
        elapsed = counted(calendar, run.start, end, pauses)
        if isinstance(run.promise.length, Counted | Months):
            left = max(0, (run.length or 0) - elapsed)
        else:
            left = 0 if run.due is None else counted(calendar, max(run.start, _halted(run, trace)), run.due, ())
        over = 0 if run.due is None else counted(calendar, max(run.due, run.start), end, pauses)
    if run.missed is None:
        over = 0
    return elapsed, 0 if run.missed is not None else left, over


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
