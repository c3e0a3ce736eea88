"""The clocks of one ticket as panels show them: reply, arrival, restore always, then the other promises.

Translates what the engine planned into the shapes of the components; counts nothing itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from servicedesk import clockface, wording
from servicedesk.screens.promised import is_in_days, promised
from sla import policy_text
from sla.engine import Stretch
from sla.reports import ClockView, Standing
from sla.words import target_label

MAIN = ("respond", "arrive", "restore")
# What another scheme calls the promise that stands in the place of one of the three.
STAND_INS = {"restore": ("restore", "resolve")}
TAKEN_OVER = frozenset({"replaced", "void"})


@dataclass(frozen=True)
class Face:
    """A planned clock as the chip wants it."""

    view: ClockView
    now: datetime

    @property
    def state(self) -> str:
        """What is missed and over, as of a ticket that was closed, no longer runs late."""
        is_over = self.view.state == "missed" and not self.view.is_open
        return "missed_stopped" if is_over else str(self.view.state)

    @property
    def due_at(self) -> datetime | None:
        due: datetime | None = self.view.due_at
        return due

    @property
    def stopped_at(self) -> datetime | None:
        stopped: datetime | None = self.view.stopped_at
        return stopped

    @property
    def remaining_seconds(self) -> float:
        return float(self.view.remaining_seconds)

    @property
    def over_seconds(self) -> float:
        return float(self.view.over_seconds)

    @property
    def elapsed_seconds(self) -> float:
        return float(self.view.elapsed_seconds)

    @property
    def is_paused(self) -> bool:
        return bool(self.view.is_paused)

    @property
    def whole_seconds(self) -> float:
        return float(self.view.clock.whole_seconds)

    @property
    def used(self) -> float:
        return (self.elapsed_seconds - self.over_seconds) / self.whole_seconds if self.whole_seconds else 1.0

    @cached_property
    def closed_now(self) -> Stretch | None:
        """The closed stretch this very moment lies in, if the calendar is closed."""
        if self.state != "running":
            return None
        stretches = (part for part in self.view.explanation if part.start <= self.now < part.end)
        return next((part for part in stretches if part.kind == "closed"), None)

    @property
    def is_wait(self) -> bool:
        return self.closed_now is not None

    @property
    def opens_at(self) -> datetime | None:
        return self.closed_now.end if self.closed_now else None


@dataclass(frozen=True)
class ClockRow:
    """One line of the panel. `clock` None: not promised, or not begun; `missing` then says which."""

    target: str
    label: str
    clock: Face | None
    detail: str = ""
    missing: str = ""
    view: ClockView | None = None

    @property
    def key(self) -> str:
        return f"{self.target}:{self.view.run}" if self.view else self.target

    @property
    def has_ledger(self) -> bool:
        """A clock that took no time has nothing to explain."""
        return self.view is not None and bool(self.view.explanation)


def rows(standing: Standing, now: datetime) -> list[ClockRow]:
    """The three main clocks in their order, always; then the others that were begun. The latest run of each."""
    latest = {view.target: view for view in standing.clocks}
    found = [_main(code, latest, standing, now) for code in MAIN]
    shown = {row.target for row in found}
    others = [view for code, view in latest.items() if code not in shown and view.state not in TAKEN_OVER]
    return found + [row_of(view, now) for view in others]


def _main(code: str, latest: dict[str, ClockView], standing: Standing, now: datetime) -> ClockRow:
    for name in STAND_INS.get(code, (code,)):
        if name in latest:
            return row_of(latest[name], now)
    is_promised = (
        standing.scheme is not None
        and standing.plan is not None
        and any(target.code == code and standing.plan.level in target.within for target in standing.scheme.targets)
    )
    return ClockRow(code, target_label(code), None, missing=_("not begun") if is_promised else "")


def row_of(view: ClockView, now: datetime) -> ClockRow:
    face = Face(view, now)
    return ClockRow(view.target, view.label, face, _detail(face, now), view=view)


def _detail(face: Face, now: datetime) -> str:
    zone = timezone.get_current_timezone()
    if face.stopped_at is not None and face.due_at is not None:
        return _("due %(moment)s") % {"moment": wording.moment(face.due_at, now, zone)}
    used = taken(face.view, is_over=bool(face.over_seconds))
    since = clockface.late_since(face.view.clock.started_at, face.due_at, now, zone) if face.over_seconds else ""
    return policy_text.clauses([part for part in (used, since) if part])


def taken(view: ClockView, *, is_over: bool = False) -> str:
    """How much of it is used. Of working days only what is promised: hours of the wall would not add up to them."""
    words = {"used": wording.duration(view.elapsed_seconds, days=False), "whole": promised(view)}
    if not words["whole"]:
        return ""
    if is_over or is_in_days(view):
        return _("%(whole)s promised") % words
    return _("%(used)s of %(whole)s used") % words


def whys(standing: Standing) -> Iterator[ClockView]:
    """The clocks that can explain themselves."""
    return (view for view in standing.clocks if view.explanation)
