"""How runs begin and end: by start and stop events, and when something makes them void."""

from collections.abc import Collection

from sla.engine.book import Book, Due, Track
from sla.engine.facts import Event
from sla.engine.runs import CANNOT_TELL, Promise, Run, anchor_of
from sla.engine.terms import WorkingDaysBefore
from sla.engine.vocabulary import INSTANT_FIELDS

ANNOUNCE, SHARE, RAISE, CONSEQUENCE = 1, 2, 3, 4


def begin_run(book: Book, track: Track, promise: Promise, *, begun: int, origin: int, created: int) -> Run:
    """Opens the next run of a target."""
    run = Run(
        promise=promise,
        number=len(track.runs) + 1,
        begun=begun,
        origin=origin,
        created=created,
        anchor=anchor_of(promise.length, track.instants),
        marks=track.marks,
    )
    run.begin(book.pauses)
    track.runs.append(run)
    track.waiting_start = None
    book.is_dirty = True
    return run


def start(book: Book, track: Track, event: Event, at: int) -> None:
    """A start event: opens a run unless one is open; a stop before it meets the run at once, with zero length."""
    run, promise = track.open_run, book.promise(track)
    if run is not None:
        _move_with_plan(book, track, run, event)
        return
    _remember_instants(track, event)
    if promise is None:
        track.waiting_start = None if track.unused_stops else at
        return
    run = begin_run(book, track, promise, begun=at, origin=at, created=at)
    if track.unused_stops:
        track.unused_stops.clear()
        end(run, run.start, "met")


def _remember_instants(track: Track, event: Event) -> None:
    for name in INSTANT_FIELDS:
        value = event.instant_us(name)
        if value is not None:
            track.instants[name] = value


def _move_with_plan(book: Book, track: Track, run: Run, event: Event) -> None:
    """A notice counts back from the visit and moves with it; other starts are ignored while a run is open."""
    if isinstance(run.promise.length, WorkingDaysBefore) and run.is_running:
        _remember_instants(track, event)
        run.active = max(run.active, event.at_us)
        run.move_to(anchor_of(run.promise.length, track.instants))
        book.is_dirty = True


def stop(book: Book, track: Track, names: Collection[str], at: int) -> None:
    """A stop event: ends the open run, else it is kept for a start that may come late."""
    run = track.open_run
    if run is not None:
        answer(book, run, max(at, run.start))
        if track.target.repeats:
            repeat(book, track, run, at)
    elif not track.target.repeats:
        track.unused_stops.update(names)
    track.waiting_start = None


def repeat(book: Book, track: Track, run: Run, at: int) -> None:
    """The next run of a target that repeats, where the present level still has it."""
    promise = book.promise(track)
    if promise is None:
        track.waiting_start = at
    else:
        begin_run(book, track, promise, begun=at, origin=run.origin, created=at)


def answer(book: Book, run: Run, at: int) -> None:
    """A stop: in time up to and at the due time, else the run was missed (in a pause that is noticed only now)."""
    settle_due(book, run, at)
    if run.missed is None and run.due is not None and at > run.due:
        mark_missed(book, run, at)
    end(run, at, "met" if run.missed is None else "missed_stopped")
    book.is_dirty = True


def end(run: Run, at: int, result: str) -> None:
    """The run is over."""
    run.result, run.ended = result, at


def end_early(book: Book, run: Run, at: int, result: str) -> None:
    """Ends a run that nobody has to stop any more."""
    settle_due(book, run, at)
    end(run, at, result)
    book.is_dirty = True


def settle_due(book: Book, run: Run, at: int) -> None:
    """A clock that ends in a pause keeps the due time with the pause up to then."""
    if book.is_pause_before(at) and book.is_paused(run):
        run.after_pause(book.pauses_upto(at))


def make_void(book: Book, track: Track, at: int) -> None:
    """Nobody needs it any more; what is missed stays missed."""
    run = track.open_run
    track.waiting_start = None
    if run is not None and run.missed is None:
        end_early(book, run, at, "void")


def close(book: Book, track: Track, at: int) -> None:
    """The ticket is over: running clocks are void, missed ones end as missed."""
    make_void(book, track, at)
    lapse(book, track, at)


def lapse(book: Book, track: Track, at: int) -> None:
    """A clock that is missed and unstopped ends as missed; one that still runs is left alone."""
    run = track.open_run
    if run is not None and run.missed is not None:
        end_early(book, run, at, "lapsed")


def mark_missed(book: Book, run: Run, at: int) -> None:
    """A miss takes effect: it is announced, may raise the level, and has the scheme's consequences."""
    run.missed = at
    target = run.promise.target
    book.queue.append(Due(at, ANNOUNCE, "announce", run))
    if target.raises_level:
        book.queue.append(Due(at, RAISE, "raise", run))
    for rule in book.scheme.consequences:
        if rule.missed == target.code and (not rule.levels or book.level.code in rule.levels):
            book.queue.append(Due(at, CONSEQUENCE, "consequence", run, rule))
    book.is_dirty = True


def due_as_if_resumed(book: Book, run: Run, at: int) -> int | None:
    """The due time, a pause counted as if it ended at that instant."""
    if not book.is_pause_before(at) or not book.is_paused(run):
        return run.due
    try:
        return run.due_after_pause(book.pauses_upto(at))
    except CANNOT_TELL:
        return None
