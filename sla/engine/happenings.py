"""What one event of the log does to the book."""

from sla.engine import levels, tracks, vocabulary
from sla.engine.book import Book, Due, Track
from sla.engine.facts import Event, key_of
from sla.engine.terms import Consequence, Level

# Notes, assignments and the like stand in the log too; announcements are its echo of what the fold knows by itself.
_MATTERS = vocabulary.ALL - {"clock_warned", "clock_missed"}


def happen(book: Book, event: Event, at: int) -> None:
    """Applies an event at its instant."""
    if event.is_by_program:
        book.happened.add(key := key_of(event.type, event.data))
        book.awaited = None if book.awaited == key else book.awaited
    if event.type not in _MATTERS:
        return
    if event.type == "level_raised":
        _level_raised(book, event, at)
        return
    if event.type == "received" and "received" not in book.ever:
        book.level = _level(book, event) or book.scheme.default_level
        book.is_level_confirmed = _level(book, event) is not None
    elif event.type == "level_confirmed":
        levels.confirm(book, _level(book, event) or book.level, at)
        book.is_level_confirmed = True
    implied = vocabulary.IMPLIES.get(event.type, ())
    fresh = {event.type, *(name for name in implied if name not in book.standing)}
    _step(book, event, (event.type, *implied), fresh, at)
    _follow(book, event.type, fresh, at)


def _level(book: Book, event: Event) -> Level | None:
    code = event.data.get("level")
    return book.scheme.level(code) if isinstance(code, str) else None


def _level_raised(book: Book, event: Event, at: int) -> None:
    level = _level(book, event)
    if level is not None:
        levels.raised(book, level, at, event.data.get("target"), event.data.get("run", 0))


def _step(book: Book, event: Event, names: tuple[str, ...], fresh: set[str], at: int) -> None:
    """What the event and what it implies do to clocks; `fresh` are those of the names that did not stand before."""
    if event.type in vocabulary.RESUMES:
        _resume(book, at)
    elif event.type == vocabulary.PAUSES and book.paused_since is None:
        book.paused_since, book.is_dirty = at, True
    reopening = _undo(book, event) if event.type in vocabulary.UNDOES else frozenset()
    is_end = event.type in vocabulary.ENDS
    for track in book.tracks.values():
        if is_end or not track.interests.isdisjoint(names):
            _on_track(book, track, event, names, fresh, at)
        if track.target.reopens in reopening:
            tracks.start(book, track, event, at)
    _crisis(book, event.type, at)
    book.standing.update(names)
    book.ever.add(event.type)


def _on_track(book: Book, track: Track, event: Event, names: tuple[str, ...], fresh: set[str], at: int) -> None:
    target = track.target
    stops = target.stops.intersection(names)
    if stops and (track.open_run is not None or stops & fresh):
        tracks.stop(book, track, stops, at)
    if not target.voids.isdisjoint(names):
        tracks.make_void(book, track, at)
    if event.type == "cancelled" or (event.type == "closed" and not target.survives_closing):
        tracks.close(book, track, at)
    elif event.type == "closed":
        tracks.lapse(book, track, at)
    if not target.starts.isdisjoint(fresh):
        tracks.start(book, track, event, at)


def _resume(book: Book, at: int) -> None:
    if book.paused_since is None:
        return
    stood_still = [run for track in book.tracks.values() if (run := track.open_run) and book.is_paused(run)]
    has_lasted = at > book.paused_since
    if has_lasted:
        book.pauses.append((book.paused_since, at))
    book.paused_since, book.is_dirty = None, True
    for run in stood_still if has_lasted else ():
        run.active = at
        run.after_pause(book.pauses)


def _undo(book: Book, event: Event) -> frozenset[str]:
    """Takes back what the event undoes; says which targets begin again ("always", "if_down")."""
    undone = set(vocabulary.UNDOES[event.type])
    begin_again = frozenset[str]()
    if event.type in vocabulary.REOPENS:
        is_down = event.data.get("down")
        if is_down is None:
            is_down = book.case.kind == "fault"
        begin_again = frozenset(("always", "if_down")) if is_down else frozenset(("always",))
        if not is_down:
            undone.discard("restored")  # the service still works
        book.round += 1
        book.standing &= vocabulary.OUTLIVES_ROUND | ({"restored"} - undone)
        book.delays.clear()
        book.is_dirty = True
    book.standing -= undone
    for track in book.tracks.values():
        track.unused_stops -= undone
    return begin_again


def _crisis(book: Book, name: str, at: int) -> None:
    if name == "crisis_opened" and book.crisis_since is None:
        book.crisis_since = at
    elif name in vocabulary.ENDS_CRISIS:
        book.crisis_since = None


def _follow(book: Book, name: str, names: set[str], at: int) -> None:
    """Arms what the scheme lets follow an event, and disarms what the event makes needless."""
    for number, rule in enumerate(book.scheme.consequences):
        if rule.after is None:
            continue
        if number in book.delays and _is_needless(rule, name, names):
            del book.delays[number]
            book.is_dirty = True
        if rule.after in names and number not in book.delays and book.case.kind in vocabulary.USUAL_KINDS:
            _arm(book, number, rule, at)


def _is_needless(rule: Consequence, name: str, names: set[str]) -> bool:
    ended = name in vocabulary.ENDS
    return ended or not rule.unless.isdisjoint(names) or rule.after in vocabulary.UNDOES.get(name, ())


def _arm(book: Book, number: int, rule: Consequence, at: int) -> None:
    book.is_dirty = True
    if rule.delay_us:
        book.delays[number] = at + rule.delay_us
    else:
        book.queue.append(Due(at, tracks.CONSEQUENCE, "consequence", None, rule))
