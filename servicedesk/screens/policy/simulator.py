"""Plays the simulator's question with the engine of the real tickets, so that it cannot disagree. Stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from servicedesk.screens.policy.simulator_form import SimulatorForm
from sla import reports, simulation
from sla.engine import Event, Scheme, StoryError
from sla.reports import ClockView
from sla.wording import target_label
from tickets.event_types import TYPES

DEFAULTS: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "country": "CN",
    "travel_minutes": 60,
    "kind": "fault",
    "channel": "phone",
    "follow": 72,
}


@dataclass(frozen=True)
class Step:
    """A line of the story: `words` say what happened, `is_automatic` that nobody had to do it."""

    at: datetime
    words: str
    is_automatic: bool
    tone: str = ""


@dataclass(frozen=True)
class Played:
    clocks: Sequence[ClockView]
    steps: Sequence[Step]
    as_of: datetime
    zone: ZoneInfo
    level: str


def form_for(scheme: Scheme, query: Any, now: datetime) -> SimulatorForm:
    """Bound when something was asked; else filled with the coming hour, ready to be pressed."""
    if "day" in query:
        return SimulatorForm(scheme, query, auto_id="sim_%s")
    local = now.astimezone(ZoneInfo(DEFAULTS["zone"]))
    gravest = {"level": scheme.gravest.code, "day": local.date(), "time": local.replace(minute=0).time()}
    return SimulatorForm(scheme, initial=DEFAULTS | gravest, auto_id="sim_%s")


def play(scheme: Scheme, form: SimulatorForm) -> Played | None:
    """None where the question has errors; they are in the form then."""
    if not form.is_bound or not form.is_valid():
        return None
    numbered = form.events
    try:
        story, _calendars = simulation.play(
            scheme=scheme,
            place=form.place,
            case=form.case,
            events=[event for _row, event in numbered],
            as_of=form.as_of,
        )
    except StoryError as error:
        row = numbered[error.index][0] if 0 <= error.index < len(numbered) else 0
        form.add_error(f"event_{row}" if row else "day", error.message)
        return None
    steps = [_step(event, scheme) for event in story.events]
    return Played(reports.views(story.plan), steps, form.as_of, form.zone_info, story.plan.level)


TONES = {"clock_warned": "risk", "clock_missed": "breach", "level_raised": "breach", "crisis_opened": "breach"}


def _step(event: Event, scheme: Scheme) -> Step:
    label = str(TYPES[event.type].label) if event.type in TYPES else event.type
    target, level = event.data.get("target"), event.data.get("level")
    facts = {"target": target_label(str(target)), "level": level}
    if event.type == "clock_warned":
        label = _("%(target)s: most of the time is used up") % facts
    elif event.type == "clock_missed":
        label = _("%(target)s is missed") % facts
    elif level and event.type in ("level_raised", "level_confirmed", "received"):
        label = _("%(event)s, level %(level)s") % {"event": label, "level": level}
    return Step(event.at.replace(microsecond=0), label, event.automatic, TONES.get(event.type, ""))
