"""Rows and groups of the queue, from tickets with their cached clocks.

A cached clock knows when it is due and when it warns; exact remaining working time is for the ticket page. How late
one is has to be the same everywhere, and is asked for (`sla.lateness`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from servicedesk import clockface, wording
from servicedesk.clockface import RISK_SHARE
from servicedesk.screens import levels
from servicedesk.screens.queue.views import EVERYTHING, View
from servicedesk.templatetags.desk import marks
from sla import lateness, policy_text
from sla.models import Clock
from sla.words import target_label
from tickets.kinds import OPEN_STATES, State
from tickets.models import Ticket

HOUR = timedelta(hours=1)
STATE_WORDS = dict(State.choices)


@dataclass(frozen=True)
class Group:
    """Two of the same code are the same group; its first ticket gives the label."""

    code: str
    label: str | LazyText = field(compare=False)
    icon: str = ""
    is_late: bool = False


LATE = Group("late", _("Past due"), icon="stop", is_late=True)
SOON = Group("soon", _("Due within the hour"))
TODAY = Group("today", _("Later today"))
LATER = Group("later", _("Tomorrow and later"))
PAUSED = Group("paused", _("Clock paused"), icon="pause")
NO_CLOCK = Group("none", _("No clock"))
OVER = Group("over", _("Closed"))
GROUPS = (LATE, SOON, TODAY, LATER, PAUSED, NO_CLOCK, OVER)


def midnight(now: datetime) -> datetime:
    """When the viewer's day ends."""
    local = timezone.localtime(now) + timedelta(days=1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def conditions(view: View, now: datetime) -> dict[str, Q]:
    """What each group of a view holds, for the counts in its heading; the same borders as `due_group`."""
    found = due_conditions(now)
    if view.is_of_open_work and view is not EVERYTHING:
        del found[OVER.code]  # nothing, and it would read the whole table to say so
    return found


def due_conditions(now: datetime) -> dict[str, Q]:
    end, soon = midnight(now), now + HOUR
    is_open = Q(state__in=sorted(OPEN_STATES))
    undue = Q(next_due_at__isnull=True)
    return {
        LATE.code: Q(next_due_at__lte=now),
        SOON.code: Q(next_due_at__gt=now, next_due_at__lte=soon),
        TODAY.code: Q(next_due_at__gt=soon, next_due_at__lt=end),
        LATER.code: Q(next_due_at__gt=soon, next_due_at__gte=end),
        PAUSED.code: undue & Q(state=State.WAITING),
        NO_CLOCK.code: undue & is_open & ~Q(state=State.WAITING),
        OVER.code: undue & ~is_open,
    }


def due_group(ticket: Ticket, now: datetime) -> Group:
    due = ticket.next_due_at
    if due is not None:
        if due <= now:
            return LATE
        if due <= now + HOUR:
            return SOON
        return TODAY if due < midnight(now) else LATER
    if ticket.state == State.WAITING:
        return PAUSED
    return NO_CLOCK if ticket.is_open else OVER


@dataclass(frozen=True)
class RowClock:
    """A cached clock as the chip wants it; wall time stands for working time."""

    clock: Clock
    now: datetime
    over_seconds: float = 0.0
    is_wait = False
    opens_at: datetime | None = None
    elapsed_seconds = 0.0

    @property
    def state(self) -> str:
        """What is past due is missed, even before the sweep has come by."""
        is_missed = self.clock.state == "running" and self.clock.due_at is not None and self.clock.due_at <= self.now
        return "missed" if is_missed else self.clock.state

    @property
    def due_at(self) -> datetime | None:
        return self.clock.due_at

    @property
    def remaining_seconds(self) -> float:
        if self.clock.due_at is None:
            return float(self.clock.remaining_seconds or 0)
        return max(0.0, (self.clock.due_at - self.now).total_seconds())

    @property
    def is_paused(self) -> bool:
        return self.clock.is_paused

    @property
    def used(self) -> float:
        if self.clock.due_at is None:
            return 0.0
        whole = (self.clock.due_at - self.clock.started_at).total_seconds()
        share = (self.now - self.clock.started_at).total_seconds() / whole if whole > 0 else 1.0
        has_warned = self.clock.warn_at is not None and self.clock.warn_at <= self.now
        return max(share, RISK_SHARE) if has_warned else min(share, RISK_SHARE - 0.01)


@dataclass(frozen=True)
class Row:
    ticket: Ticket
    level: levels.Badge
    clock: RowClock | None
    target: str
    is_mine: bool
    is_unread: bool = False

    @property
    def level_mark(self) -> str:
        return marks.lvl(self.level)

    @property
    def owner_mark(self) -> str:
        owner = self.ticket.assignee
        return marks.avatar(owner.name if owner else "", me=self.is_mine)

    @property
    def status(self) -> str:
        return str(STATE_WORDS.get(self.ticket.state, self.ticket.state))

    @property
    def select_words(self) -> str:
        return wording.gettext("Select %(number)s") % {"number": self.ticket.reference}

    @cached_property
    def due_words(self) -> str:
        """Under the chip: which promise and when (today's times stand alone, another day is named), or the status."""
        if self.clock is None and self.ticket.is_open:
            return wording.gettext("no clock runs")
        due = self.clock.due_at if self.clock else None
        if due is None or self.clock is None:
            return self.status
        when = wording.short_moment(due, self.clock.now, timezone.get_current_timezone())
        return policy_text.clauses([self.target, self.late_since or when])

    @property
    def due_title(self) -> str:
        """The same, with the due time also where lateness counts from another."""
        if self.clock is None or self.clock.due_at is None or not self.late_since:
            return self.due_words
        when = wording.short_moment(self.clock.due_at, self.clock.now, timezone.get_current_timezone())
        due = wording.gettext("due %(moment)s") % {"moment": when}
        return policy_text.clauses([self.target, due, self.late_since])

    @cached_property
    def late_since(self) -> str:
        """Of what was over before it began; its due time alone would contradict the chip."""
        if self.clock is None or not self.clock.over_seconds:
            return ""
        zone = timezone.get_current_timezone()
        return clockface.late_since(self.clock.clock.started_at, self.clock.due_at, self.clock.now, zone)

    @cached_property
    def place(self) -> str:
        names = [self.ticket.organisation, self.ticket.site]
        return policy_text.clauses([str(name) for name in names if name]) or self.ticket.organisation_text


def rows(tickets: Sequence[Ticket], user: User, now: datetime) -> Iterator[Row]:
    clocks: dict[int, list[Clock]] = defaultdict(list)
    for clock in Clock.objects.shown_in_lists(tickets) if tickets else ():
        clocks[clock.ticket_id].append(clock)
    badge = cache(levels.badge_of)  # a page has a handful of them
    nearest = {ticket.pk: next_clock(ticket, clocks[ticket.pk]) for ticket in tickets}
    over = lateness.of([clock for clock in nearest.values() if clock], now)
    for ticket in tickets:
        level = badge(ticket.scheme_code, ticket.scheme_version, ticket.level, ticket.severity)
        chosen = nearest[ticket.pk]
        target = target_label(chosen.target, ticket.scheme_code) if chosen else ""
        mine = ticket.assignee_id == user.pk
        unread = bool(getattr(ticket, "is_unread", False))
        yield Row(ticket, level, RowClock(chosen, now, over[chosen.pk]) if chosen else None, target, mine, unread)


def next_clock(ticket: Ticket, clocks: Sequence[Clock]) -> Clock | None:
    """The clock behind the ticket's due time; while all are paused, the one with the least time left."""
    if ticket.next_due_at is not None:
        due = (ticket.next_due_target, ticket.next_due_at)
        behind = [clock for clock in clocks if (clock.target, clock.due_at) == due]
        return max(behind, key=lambda clock: clock.run, default=None)
    paused = [clock for clock in clocks if clock.is_paused]
    return min(paused, key=lambda clock: clock.remaining_seconds or 0, default=None)
