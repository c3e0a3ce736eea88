"""Which promise a customer should hear of first, and whether we are late. Pure; works on plans and on cached rows.

Knows only the promises customers have words for; crisis records and other internal clocks never come out of here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from django.utils.translation import gettext as _

from servicedesk import wording
from servicedesk.screens.portal import words
from sla import policy_text


class AnyClock(Protocol):
    """What `sla.reports.ClockView` and `sla.models.Clock` have in common."""

    @property
    def target(self) -> str: ...
    @property
    def run(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def stopped_at(self) -> datetime | None: ...


def by_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """ "10:35 today", "Mon 09:50": reads well after "by"."""
    days = (at.astimezone(zone).date() - now.astimezone(zone).date()).days
    words = {"time": wording.time_of_day(at, zone)}
    if days == 0:
        return _("%(time)s today") % words
    if days == 1:
        return _("%(time)s tomorrow") % words
    return wording.moment(at, now, zone)


@dataclass(frozen=True)
class Promise:
    """The latest run of one target. `missed_at`: the first promised time that passed, while nobody has kept it."""

    target: str
    due_at: datetime | None
    missed_at: datetime | None
    is_open: bool
    is_paused: bool
    clock: AnyClock

    @property
    def is_late(self) -> bool:
        return self.missed_at is not None

    def words(self, now: datetime, zone: tzinfo) -> str:
        """ "We reply by Mon 09:50." Empty while paused: nobody can tell."""
        if self.due_at is None:
            return ""
        return str(words.PROMISED[self.target]) % {"at": by_words(self.due_at, now, zone)}


def promises(clocks: Iterable[AnyClock], now: datetime) -> list[Promise]:
    """One for each target with words, in the order people care about them."""
    runs: dict[str, list[AnyClock]] = {}
    for clock in sorted(clocks, key=lambda clock: clock.run):
        if clock.target in words.PROMISED:
            runs.setdefault(clock.target, []).append(clock)
    return [_promise(target, runs[target], now) for target in words.ORDER if target in runs]


def _promise(target: str, runs: list[AnyClock], now: datetime) -> Promise:
    latest = runs[-1]
    is_open = latest.state in ("running", "paused", "missed") and latest.stopped_at is None
    missed_at = _first_missed(runs, now) if is_open else None
    return Promise(target, latest.due_at, missed_at, is_open, latest.state == "paused", latest)


def _first_missed(runs: list[AnyClock], now: datetime) -> datetime | None:
    """A raise restarts a missed clock, which does not make the first promise kept."""
    first: datetime | None = None
    for clock in reversed(runs):
        is_past = clock.state == "running" and clock.due_at is not None and clock.due_at <= now
        if clock.state == "missed" or is_past:
            first = clock.due_at
        elif clock is not runs[-1] and clock.state != "replaced":
            break
    return first


@dataclass(frozen=True)
class Telling:
    """The first thing a customer reads: what now, when, and what it means for him."""

    title: str
    sentences: tuple[str, ...]
    icon: str
    is_late: bool = False
    needs_reader: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


@dataclass(frozen=True)
class Heard:
    """What the log adds: when which roles were called about the miss, and when the last step was. No names."""

    called_at: datetime | None = None
    called: tuple[str, ...] = ()
    stepped_at: datetime | None = None
    comes_at: datetime | None = None  # the engineer who set out, or the visit that is booked


def tell_merged(number: str) -> Telling:
    """A case that was found to be the same as another one is not called off: it goes on there."""
    return Telling(str(words.MERGED_TITLE), (str(words.MERGED) % {"number": number},), "merge")


def tell(
    state: str,
    found: list[Promise],
    now: datetime,
    zone: tzinfo,
    *,
    is_trouble: bool = False,
    heard: Heard = Heard(),
) -> Telling:
    """Late is said first and plainly; otherwise where the work stands and what is promised next."""
    title, icon = str(words.TITLES.get(state, words.TITLES["in_progress"])), words.ICONS.get(state, "info")
    if state in ("closed", "cancelled"):
        return Telling(title, _afterwards(state), icon)
    late = [promise for promise in found if promise.is_late]
    if late:
        return _late(late[0], title, state, now, zone, heard)
    if is_trouble:
        return Telling(title, (str(words.NO_TIMES_YET),), icon)
    ahead = next((promise for promise in _soonest(found) if promise.due_at is not None), None)
    sentences = _afterwards(state) + _coming(state, heard, now, zone)
    if state not in ("waiting", "resolved"):
        sentences += (ahead.words(now, zone),) if ahead else ()
    if not sentences and not any(promise.is_open for promise in found):
        sentences = (str(words.NO_PROMISE),) if state == "new" else _since(heard, now, zone)
    return Telling(title, sentences, icon, needs_reader=state in words.NEEDS_READER)


def _late(promise: Promise, title: str, state: str, now: datetime, zone: tzinfo, heard: Heard) -> Telling:
    assert promise.missed_at is not None
    missed = str(words.BROKEN[promise.target]) % {"at": by_words(promise.missed_at, now, zone)}
    if state == "on_the_way" and heard.comes_at is not None:
        after = str(words.NOW_EXPECTED) % {"at": by_words(heard.comes_at, now, zone)}
    elif promise.due_at is not None and promise.due_at > now:
        after = str(words.NEW_TIME) % {"at": by_words(promise.due_at, now, zone)}
    else:
        after = _called(heard, now, zone)
    where = () if state in ("new", "in_progress") else (_as_sentence(title),)
    return Telling(
        str(words.LATE), (missed, after, *where), "stop", is_late=True, needs_reader=state in words.NEEDS_READER
    )


def _called(heard: Heard, now: datetime, zone: tzinfo) -> str:
    if heard.called_at is None:
        return str(words.CALLED)
    facts = {"time": by_words(heard.called_at, now, zone), "people": policy_text.listed(heard.called)}
    return str(words.CALLED_AT if heard.called else words.CALLED_THEN) % facts


def _coming(state: str, heard: Heard, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    pattern = {"on_the_way": words.EXPECTED, "visit_booked": words.PLANNED}.get(state)
    if pattern is None or heard.comes_at is None:
        return ()
    return (str(pattern) % {"at": by_words(heard.comes_at, now, zone)},)


def _since(heard: Heard, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    if heard.stepped_at is None:
        return ()
    return (str(words.SINCE) % {"at": wording.moment(heard.stepped_at, now, zone)},)


def _soonest(found: list[Promise]) -> list[Promise]:
    return sorted(
        (promise for promise in found if promise.is_open and promise.due_at is not None),
        key=lambda promise: promise.due_at.timestamp() if promise.due_at else 0,
    )


def _afterwards(state: str) -> tuple[str, ...]:
    return (str(words.AFTERWARDS[state]),) if state in words.AFTERWARDS else ()


def _as_sentence(title: str) -> str:
    """A title carries no full stop; Chinese and Thai ones bring their own way."""
    return title if title[-1] in ".?。？" or not title.isascii() else title + "."
