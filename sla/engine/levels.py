"""What a change of level does to the runs: raise, restart, lowering.

A target depends on the level of a change when its duration or a calendar differs between the old and the new level.
"""

from common.epoch import from_us
from sla.engine.book import Book, Track
from sla.engine.results import LevelChange
from sla.engine.runs import Promise, Run
from sla.engine.terms import Level
from sla.engine.tracks import begin_run, due_as_if_resumed, end_early


def confirm(book: Book, new: Level, at: int) -> None:
    """A person says the level: a raise by the scheme's `on_raise`, or a lowering."""
    if new.severity < book.level.severity:
        change(book, new, at, book.scheme.on_raise)
    elif new.severity > book.level.severity:
        change(book, new, at, "lower")


def raised(book: Book, new: Level, at: int, code: str | None, number: int) -> None:
    """The program's raise. It never makes the level lighter, whatever was learned in the meantime."""
    track = book.tracks.get(code or "")
    run = track.open_run if track else None
    misser = run if run is not None and run.missed is not None and run.number == number else None
    if new.severity < book.level.severity:
        change(book, new, at, "earlier")
    if misser is not None:
        restart_missed(book, misser, at)


def restart_missed(book: Book, run: Run, at: int) -> None:
    """The target that raised the level starts anew at the moment of its miss; its old run is over, missed."""
    track = book.tracks[run.code]
    promise = book.promise(track)
    if promise is None or not run.is_open:
        return
    run.result, run.ended = "restarted", run.missed
    fresh = begin_run(book, track, promise, begun=at, origin=run.origin, created=at)
    _note(book, run.promise.level, at, fresh, "restarted", run.due, fresh.due)


def change(book: Book, new: Level, at: int, rule: str) -> None:
    """From the present level to another; `rule` is earlier, restart or lower."""
    old, book.level = book.level, new
    book.is_dirty = True
    for track in book.tracks.values():
        before, after = book.promise(track, old), book.promise(track, new)
        run = track.open_run
        if run is None:
            if before is None and after is not None and track.waiting_start is not None:
                _start_new(book, track, after, old, at, rule)
        elif run.missed is not None:
            continue  # a missed run is not missed again at each level
        elif after is None:
            _drop(book, track, run, old, at)
        elif before != after:
            _move(book, track, run, after, at, rule)


def _start_new(book: Book, track: Track, promise: Promise, old: Level, at: int, rule: str) -> None:
    origin = track.waiting_start
    assert origin is not None
    begun = origin if rule == "lower" else at
    run = begin_run(book, track, promise, begun=begun, origin=origin, created=at)
    _note(book, old, at, run, "started", None, run.due)


def _drop(book: Book, track: Track, run: Run, old: Level, at: int) -> None:
    end_early(book, run, at, "replaced")
    track.waiting_start = run.origin
    _note(book, old, at, run, "dropped", run.due, None)


def _move(book: Book, track: Track, run: Run, promise: Promise, at: int, rule: str) -> None:
    """Either the run goes on unchanged, or it is replaced by a fresh one."""
    old_due = due_as_if_resumed(book, run, at)
    begun = run.origin if rule == "lower" else at
    fresh = Run(promise, run.number + 1, begun=begun, origin=run.origin, created=at, anchor=run.anchor)
    fresh.begin(book.pauses_upto(at))
    if not _wins(fresh.due, old_due, rule):
        _note(book, run.promise.level, at, run, "kept", old_due, old_due)
        return
    end_early(book, run, at, "replaced")
    begin_run(book, track, promise, begun=begun, origin=run.origin, created=at)
    _note(book, run.promise.level, at, track.runs[-1], "replaced", old_due, fresh.due)


def _wins(fresh: int | None, old: int | None, rule: str) -> bool:
    """Whether a fresh start is taken; a due time that the calendar cannot tell counts as never."""
    if rule == "restart":
        return True
    if fresh is None or old is None:
        return fresh is not old and (fresh is None) == (rule == "lower")
    return fresh > old if rule == "lower" else fresh < old


def _note(book: Book, old: Level, at: int, run: Run, outcome: str, was: int | None, due: int | None) -> None:
    book.changes.append(
        LevelChange(
            at=from_us(at),
            old_level=old.code,
            new_level=book.level.code,
            target=run.code,
            run=run.number,
            outcome=outcome,
            old_due_at=None if was is None else from_us(was),
            new_due_at=None if due is None else from_us(due),
        )
    )
