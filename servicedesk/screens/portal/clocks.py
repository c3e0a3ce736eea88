"""Which promise a customer should hear of first, and whether we are late. Pure; works on plans and on cached rows.

Knows only the promises customers have words for; crisis records and other internal clocks never come out of here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from inspections import manners
from servicedesk import wording
from servicedesk.screens.portal import verdict as verdicts
from servicedesk.screens.portal import words
from servicedesk.screens.portal.coming import NOBODY, Coming
from servicedesk.screens.portal.verdict import Verdict
from sla import policy_text
from tickets.proposals import NOTHING, Terms

NOT_KEPT = frozenset({"missed", "missed_stopped"})


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
    if days == -1:
        return _("%(time)s yesterday") % words
    if days == 0:
        return _("%(time)s today") % words
    if days == 1:
        return _("%(time)s tomorrow") % words
    return wording.moment(at, now, zone)


@dataclass(frozen=True)
class Promise:
    """The latest run of one target. `missed_at`: the first promised time that passed, while nobody has kept it.
    `broken_at`: the same, also once it was kept late or the case was closed.
    """

    target: str
    due_at: datetime | None
    missed_at: datetime | None
    broken_at: datetime | None
    is_open: bool
    is_paused: bool
    clock: AnyClock

    @property
    def is_late(self) -> bool:
        return self.missed_at is not None

    def words(self, now: datetime, zone: tzinfo, *, is_coming: bool = False) -> str:
        """ "We reply by Mon 09:50." Empty while paused: nobody can tell. Of who is on the way the first sentence says
        when he arrives; then this one says what was promised.
        """
        if self.due_at is None:
            return ""
        sentences = words.BROKEN if is_coming and self.target == "arrive" else words.PROMISED
        return str(sentences[self.target]) % {"at": by_words(self.due_at, now, zone)}


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
    broken_at = missed_at or next((clock.due_at for clock in runs if clock.state in NOT_KEPT), None)
    return Promise(target, latest.due_at, missed_at, broken_at, is_open, latest.state == "paused", latest)


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


def turns_at(found: Iterable[Promise], now: datetime, zone: tzinfo, heard: "Heard") -> datetime:
    """When a page says something else although nothing happens: a time that was told passes, or the day ends."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time.min, tzinfo=zone)
    told = [heard.coming.at, heard.terms.proposed_at, heard.terms.agreed_at]
    told += [promise.due_at for promise in found if promise.is_open]
    return min([midnight, *(at for at in told if at is not None and at > now)])


@dataclass(frozen=True)
class Telling:
    """The first thing a customer reads: what now, when, and what it means for him."""

    title: str
    sentences: tuple[str, ...]
    icon: str
    is_late: bool = False
    needs_reader: bool = False
    was_late: bool = False  # of what is over: a promise was not kept

    @property
    def opening(self) -> str:
        """The title where the sentences follow it in the same line."""
        return _as_sentence(self.title)

    @property
    def text(self) -> str:
        return policy_text.sentences(self.sentences)


@dataclass(frozen=True)
class Heard:
    """What the log adds: which roles were called about the miss, when the last step was, who comes."""

    called_at: datetime | None = None
    called: tuple[str, ...] = ()
    stepped_at: datetime | None = None
    coming: Coming = NOBODY
    terms: Terms = NOTHING  # the time of a change
    verdict: Verdict = verdicts.NOTHING
    cancelled_at: datetime | None = None
    manner: str = manners.ON_SITE  # of an inspection


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
    state = _judged(state, heard.verdict)
    title, icon = str(words.TITLES.get(state, words.TITLES["in_progress"])), words.ICONS.get(state, "info")
    if state == "visit_booked" and heard.manner in manners.AFAR:
        title = str(manners.AFAR[heard.manner]["title"])
    if state == "cancelled":
        return Telling(title, _cancelled(heard, now, zone), icon)
    late = [promise for promise in found if promise.is_late]
    if late:
        return _late(late[0], title, state, now, zone, heard)
    if state == "closed":  # a written report may be owed still
        owed = tuple(promise.words(now, zone) for promise in _soonest(found))
        late_then = _were_late(found, now, zone)
        return Telling(title, late_then + owed + _afterwards(state), icon, was_late=bool(late_then))
    if heard.terms.proposed_at is not None:
        return _proposed(heard.terms.proposed_at, title, now, zone)
    if is_trouble:
        return Telling(title, (str(words.NO_TIMES_YET),), icon)
    agreed = _agreed(heard.terms, now, zone)
    if agreed and state in ("new", "in_progress"):
        title, icon = str(words.AGREED_TITLE), "calendar"
    told_by_log = ("change_delivery",) if agreed else ()
    ahead = next((promise for promise in _soonest(found) if promise.target not in told_by_log), None)
    sentences = _verdict(state, heard, now, zone) + _afterwards(state) + agreed + _coming(heard, now, zone)
    if state not in ("waiting", "resolved", "works"):
        sentences += (ahead.words(now, zone, is_coming=heard.coming.left_at is not None),) if ahead else ()
    if not sentences and not any(promise.is_open for promise in found):
        sentences = (str(words.NO_PROMISE),) if state == "new" else _since(heard, now, zone)
    return Telling(title, sentences, icon, needs_reader=state in words.NEEDS_READER)


def _late(promise: Promise, title: str, state: str, now: datetime, zone: tzinfo, heard: Heard) -> Telling:
    assert promise.missed_at is not None
    missed = str(words.BROKEN[promise.target]) % {"at": by_words(promise.missed_at, now, zone)}
    where = (*(() if state in words.AT_WORK else (_as_sentence(title),)), *_verdict(state, heard, now, zone))
    where += _afterwards(state) if state == "closed" else ()
    new_time = promise.due_at if promise.due_at is not None and promise.due_at > now else None
    if _is_expected(heard.coming, now):
        after, where = _on_the_way(heard.coming, now, zone, is_late=True), ()
    elif new_time is not None:
        after = str(words.NEW_TIME) % {"at": by_words(new_time, now, zone)}
    else:
        after = _called(heard, now, zone)
        where = (_on_the_way(heard.coming, now, zone),) if heard.coming.left_at or heard.coming.here_at else where
    asked = _proposed(heard.terms.proposed_at, title, now, zone).sentences if heard.terms.proposed_at else ()
    needs_reader = state in words.NEEDS_READER or bool(asked)
    return Telling(str(words.LATE), (missed, after, *where, *asked), "stop", is_late=True, needs_reader=needs_reader)


def _were_late(found: list[Promise], now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Said of what is over too: each promise that was not kept in time."""
    said = [
        str(words.BROKEN[promise.target]) % {"at": by_words(promise.broken_at, now, zone)}
        for promise in found
        if promise.broken_at is not None
    ]
    return (str(words.WERE_LATE), *said) if said else ()


def _proposed(at: datetime, title: str, now: datetime, zone: tzinfo) -> Telling:
    """The one who reads decides; a time that has passed can no longer be agreed to."""
    facts = {"at": by_words(at, now, zone)}
    if at <= now:
        return Telling(title, (str(words.PROPOSED_PAST) % facts,), "calendar", needs_reader=True)
    sentences = (str(words.PROPOSED) % facts, str(words.PROPOSED_NEXT))
    return Telling(str(words.PROPOSED_TITLE), sentences, "calendar", needs_reader=True)


def _agreed(terms: Terms, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    if terms.agreed_at is None:
        return ()
    pattern = words.PROMISED["change_delivery"] if terms.agreed_at > now else words.AGREED_PAST
    return (str(pattern) % {"at": by_words(terms.agreed_at, now, zone)},)


def _called(heard: Heard, now: datetime, zone: tzinfo) -> str:
    if heard.called_at is None:
        return str(words.CALLED)
    facts = {"time": by_words(heard.called_at, now, zone), "people": policy_text.listed(heard.called)}
    return str(words.CALLED_AT if heard.called else words.CALLED_THEN) % facts


def _judged(state: str, verdict: Verdict) -> str:
    """Where a case stands for who has judged it already: he is not asked again, and what he said is not forgotten."""
    if verdict.fails_at is not None and state == "in_progress":
        return "fails" if verdict.is_told else "open_again"
    if verdict.works_at is None:
        return state
    return {"resolved": "works", "restored": "works_so_far"}.get(state, state)


def _verdict(state: str, heard: Heard, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    at = heard.verdict.works_at or heard.verdict.fails_at
    if at is None or state not in words.JUDGED:
        return ()
    return (str(words.JUDGED[state]) % {"at": wording.moment(at, now, zone)},)


def _coming(heard: Heard, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    if heard.coming.left_at is not None or heard.coming.here_at is not None:
        return (_on_the_way(heard.coming, now, zone),)
    planned = manners.AFAR[heard.manner]["planned"] if heard.manner in manners.AFAR else words.PLANNED
    return (str(planned) % {"at": by_words(heard.coming.at, now, zone)},) if heard.coming.at else ()


def _on_the_way(who: Coming, now: datetime, zone: tzinfo, *, is_late: bool = False) -> str:
    """When he is expected; once that has passed, or where nobody said it, that he is on the way; or is there."""
    at, plain, by_name = who.left_at, words.SET_OUT, words.SET_OUT_BY_NAME
    if who.here_at is not None:
        at, plain, by_name = who.here_at, words.HERE, words.HERE_BY_NAME
    elif _is_expected(who, now):
        at, plain, by_name = who.at, words.EXPECTED, words.EXPECTED_BY_NAME
        if is_late:
            plain, by_name = words.NOW_EXPECTED, words.NOW_EXPECTED_BY_NAME
    assert at is not None
    return str(by_name if who.name else plain) % {"name": who.name, "at": by_words(at, now, zone)}


def _is_expected(who: Coming, now: datetime) -> bool:
    return who.left_at is not None and who.at is not None and who.at > now


def _cancelled(heard: Heard, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    if heard.cancelled_at is None:
        return ()
    return (str(words.CANCELLED) % {"at": wording.moment(heard.cancelled_at, now, zone)},)


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
    """A title carries no full stop; Chinese has its own, and Thai none."""
    return title if title[-1] in ".?。？" else pgettext("sentence", "%(words)s.") % {"words": title}
