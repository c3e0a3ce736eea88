"""What a service-level clock shows: its face (colour state), icon, share used and words. Pure; `now` is an argument.

Works on anything shaped like ClockLike, so that pages, mails and the simulator say the same. Must not recompute a
deadline: that is the engine's; here only "how near is it" is judged.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Protocol

from servicedesk import wording
from servicedesk.wording import gettext

RISK_SHARE = 0.75
RISK_SECONDS = 30 * 60


class ClockLike(Protocol):
    """`used`: share of the promised time, 0 to 1; `is_wait`: its calendar is closed now, until `opens_at`.

    `is_paused`: also of a late one, whose lateness then stands still.
    """

    @property
    def state(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def remaining_seconds(self) -> float: ...
    @property
    def over_seconds(self) -> float: ...
    @property
    def elapsed_seconds(self) -> float: ...
    @property
    def used(self) -> float: ...
    @property
    def is_wait(self) -> bool: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def is_paused(self) -> bool: ...


@dataclass(frozen=True)
class Face:
    """`state` is the data-state of the chip; `counts_to` is set only where the browser may count the text itself."""

    state: str
    icon: str
    text: str
    used: float = 0.0
    counts_to: datetime | None = None

    @property
    def is_urgent(self) -> bool:
        return self.state in {"risk", "breach"}


def face(clock: ClockLike, now: datetime, zone: tzinfo, *, long: bool = False) -> Face:
    """The one mapping of clock states to faces. `long` adds "left" and the time a met clock took."""
    simple = {"met": _met, "missed_stopped": _missed_stopped, "paused": _paused, "missed": _over}
    if clock.state in simple:
        return simple[clock.state](clock, now, long)
    if clock.state == "replaced":
        return Face("wait", "swap", gettext("Replaced"))
    if clock.state != "running":
        return Face("wait", "x", gettext("Not needed"))
    if clock.due_at is not None and clock.due_at <= now:
        return _over(clock, now, long)
    if clock.is_wait and clock.opens_at is not None:
        return _wait(clock.opens_at, now, zone)
    return _running(clock, now, long)


def late_since(started_at: datetime, due_at: datetime | None, now: datetime, zone: tzinfo) -> str:
    """Of a promise that was over before it began, such as the notice of a visit that is booked for next week: lateness
    counts from when the desk could first know, which its due time does not tell. Empty of any other.
    """
    if due_at is None or started_at <= due_at:
        return ""
    words = gettext("late since %(moment)s") % {"moment": wording.short_moment(started_at, now, zone)}
    return words.replace(" ", "\u00a0")


def _met(clock: ClockLike, now: datetime, long: bool) -> Face:
    if not long:
        return Face("met", "check", gettext("Met"))
    return Face("met", "check", gettext("Met, %(time)s") % {"time": wording.duration(clock.elapsed_seconds)})


def _missed_stopped(clock: ClockLike, now: datetime, long: bool) -> Face:
    return Face("missed", "stop", gettext("%(time)s over") % {"time": wording.duration(clock.over_seconds)})


def _over(clock: ClockLike, now: datetime, long: bool) -> Face:
    """What counts as over is the engine's to say: pauses and closed hours do not. Before it has looked, wall time."""
    wall = (now - clock.due_at).total_seconds() if clock.due_at is not None else None
    late = clock.over_seconds if wall is None or clock.state == "missed" else wall
    text = gettext("%(time)s over") % {"time": wording.duration(late)}
    counts = not clock.is_paused and wall is not None and abs(wall - late) < wording.MINUTE
    return Face("breach", "stop", text, counts_to=clock.due_at if counts else None)


def _paused(clock: ClockLike, now: datetime, long: bool) -> Face:
    text = gettext("%(time)s left") % {"time": wording.duration(clock.remaining_seconds)}
    return Face("paused", "pause", text)


def _wait(opens_at: datetime, now: datetime, zone: tzinfo) -> Face:
    soon = opens_at - now < timedelta(hours=18)
    at = wording.time_of_day(opens_at, zone) if soon else wording.moment(opens_at, now, zone)
    return Face("wait", "moon", gettext("starts %(time)s") % {"time": at})


def _running(clock: ClockLike, now: datetime, long: bool) -> Face:
    used = min(max(clock.used, 0.0), 1.0)
    left = clock.remaining_seconds
    state = "risk" if used >= RISK_SHARE or left < RISK_SECONDS else "ontrack"
    text = wording.duration(left)
    if long:
        text = gettext("%(time)s left") % {"time": text}
    wall = (clock.due_at - now).total_seconds() if clock.due_at is not None else None
    counts = wall is not None and abs(wall - left) < wording.MINUTE
    return Face(state, "", text, used, clock.due_at if counts else None)
