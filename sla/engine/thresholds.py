"""The moments at which time itself does something: warnings, misses, shares used up, delays run out.

At one instant: what people did comes first (so a stop exactly at the due time is in time), then announcements, then
what follows from them. A clock that nobody has stopped at its due time is missed from that very moment on.
"""

from collections.abc import Iterator

from common.epoch import from_us
from common.instants import format_instant
from sla.engine import levels
from sla.engine.book import Book, Due
from sla.engine.facts import key_of
from sla.engine.results import Effect
from sla.engine.runs import Run
from sla.engine.terms import Consequence
from sla.engine.tracks import CONSEQUENCE, SHARE, mark_missed, repeat

WARN, MISS = 0, 1


def advance(book: Book, to: int, *, inclusive: bool) -> None:
    """Lets time pass up to an instant, with or without what falls on the instant itself."""
    limit = to if inclusive else to - 1
    while book.awaited is None:
        if book.is_dirty:
            book.next_due = min(coming(book), key=_order, default=None)
            book.is_dirty = False
        if book.next_due is None or book.next_due.at > limit:
            return
        _act(book, book.next_due)
        book.is_dirty = True


def _order(item: Due) -> tuple[int, int]:
    return item.at, item.rank


def coming(book: Book) -> Iterator[Due]:
    """Everything that time will bring if nothing happens before; order by time and rank."""
    yield from book.queue
    for number, at in book.delays.items():
        yield Due(at, CONSEQUENCE, "delay", None, book.scheme.consequences[number])
    for track in book.tracks.values():
        run = track.open_run
        if run is not None and run.missed is None and run.due is not None:
            yield from _of_run(book, run, run.due)


def _of_run(book: Book, run: Run, due: int) -> Iterator[Due]:
    upto = book.paused_since if book.paused_since is not None and run.is_pausable else None
    if upto is None or due <= upto:
        yield Due(max(due, run.active), MISS, "miss", run)
    if run.warn is not None and not run.is_warned and (upto is None or run.warn < upto):
        at = max(run.warn, run.active)
        if at < due:  # else it is overtaken by the miss
            yield Due(at, WARN, "warn", run)
    for number, moment in run.shares.items():
        if upto is None or moment <= upto:
            yield Due(max(moment, run.active), SHARE, "share", run, book.scheme.consequences[number])


def _act(book: Book, item: Due) -> None:
    run, rule = item.run, item.rule
    if item in book.queue:
        book.queue.remove(item)
    if item.act == "warn" and run is not None:
        run.is_warned = True
        _write(book, clock_effect("clock_warned", run, item.at), item.at, run)
    elif item.act == "miss" and run is not None:
        _miss(book, run, item.at)
    elif item.act == "announce" and run is not None:
        _write(book, clock_effect("clock_missed", run, item.at), item.at)
    elif item.act == "raise" and run is not None:
        _raise(book, run, item.at)
    elif rule is not None:
        _consequence(book, item, rule)


def _miss(book: Book, run: Run, at: int) -> None:
    mark_missed(book, run, at)
    if run.promise.target.repeats:
        run.result, run.ended = "restarted", run.due
        repeat(book, book.tracks[run.code], run, at)


def _raise(book: Book, run: Run, at: int) -> None:
    data = {"target": run.code, "run": run.number}
    recorded = book.recorded.get(key_of("level_raised", data))
    if recorded is not None and recorded < at:
        # Late facts moved this miss behind a raise that is on record: the level is raised already, the start is not.
        levels.restart_missed(book, run, at)
        return
    graver = book.scheme.graver(book.level)
    if graver is not None or recorded is not None:
        level = (graver or book.level).code
        _write(book, Effect("level_raised", from_us(at), {"level": level, "from": book.level.code, **data}), at)


def _write(book: Book, effect: Effect, at: int, warned: Run | None = None) -> None:
    """Writes what the log lacks. What it has for this very instant must happen before time goes on."""
    recorded = book.recorded.get(effect.key)
    if recorded is None:
        book.write(effect, warned)
    elif recorded == at and effect.key not in book.happened:
        book.awaited = effect.key


def _consequence(book: Book, item: Due, rule: Consequence) -> None:
    if item.act == "delay":
        book.delays.pop(book.scheme.consequences.index(rule), None)
    if item.act == "share" and item.run is not None:
        item.run.shares.pop(book.scheme.consequences.index(rule), None)
    if _is_wanted(book, rule, item.act):
        _write(book, Effect(rule.event, from_us(item.at), _data(book, rule, item.run)), item.at)


def _is_wanted(book: Book, rule: Consequence, act: str) -> bool:
    if rule.unless_local_loaner and book.case.local_loaner:
        return False
    if not rule.unless.isdisjoint(book.standing):
        return False
    if rule.event == "crisis_opened" and book.crisis_since is not None:
        return False  # one open at a time
    if rule.missed is None and rule.levels and book.level.code not in rule.levels:
        return False
    so_far = book.ever if rule.once == "ticket" else book.standing if rule.once == "round" else ()
    return rule.event not in so_far


def _data(book: Book, rule: Consequence, run: Run | None) -> dict[str, object]:
    if rule.once == "run" and run is not None:
        return {"target": run.code, "run": run.number}
    cause: dict[str, object] = {"because": rule.after} if run is None else {"because": run.code, "of_run": run.number}
    return {"round": book.round, **cause} if rule.once == "round" else cause


def clock_effect(name: str, run: Run, at: int) -> Effect:
    """What is announced about a clock, with the due time it was computed from."""
    due = None if run.due is None else format_instant(from_us(run.due))
    level = run.promise.level.code
    return Effect(name, from_us(at), {"target": run.code, "run": run.number, "level": level, "due_at": due})
