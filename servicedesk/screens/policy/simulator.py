"""Plays the simulator's question with the engine of the real tickets, so that it cannot disagree. Stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.worktime import CalendarError
from servicedesk.screens.policy import strip, telling
from servicedesk.screens.policy.simulator_form import SimulatorForm
from servicedesk.screens.policy.strip import Strip
from sla import policy_text, reports, simulation
from sla.engine import Event, Scheme, Story, StoryError
from sla.facts import Calendars
from sla.reports import ClockView
from sla.wording import target_label
from tickets.event_types import TYPES

# What is asked before anybody asks: a fault late on a Friday, where working hours show most.
FRIDAY, LATE = 4, time(17, 50)
DEFAULTS: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "country": "CN",
    "travel_minutes": 60,
    "kind": "fault",
    "channel": "phone",
    "follow": 72,
}
MOST_STEPS = 24
MOST_ROUNDS = 4  # of one promise: as many as a level can be raised; a crisis goes on by the hour


@dataclass(frozen=True)
class Step:
    """A line of the story: `words` say what happened, `is_automatic` that nobody had to do it, `called` who is told."""

    at: datetime
    words: str
    is_automatic: bool
    tone: str = ""
    called: str = ""


@dataclass(frozen=True)
class Answer:
    """A due time. `against`: how it differs from the version in force, in words."""

    view: ClockView
    promised: str
    against: str = ""


@dataclass(frozen=True)
class Played:
    lead: str
    sentences: Sequence[str]
    answers: Sequence[Answer]
    more_answers: int
    strip: Strip | None
    steps: Sequence[Step]
    more_steps: int
    as_of: datetime
    zone: ZoneInfo
    level: str
    text: str


def form_for(scheme: Scheme, query: Any, today: date) -> SimulatorForm:
    """What was asked; without a question, a fault of the gravest level reported on Friday at 17:50."""
    if "day" in query:
        return SimulatorForm(scheme, query, auto_id="sim_%s")
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    asked = QueryDict(mutable=True)
    asked.update(DEFAULTS | {"level": scheme.gravest.code, "day": friday.isoformat(), "time": f"{LATE:%H:%M}"})
    return SimulatorForm(scheme, asked, auto_id="sim_%s")


def play(scheme: Scheme, form: SimulatorForm, in_force: Scheme | None = None) -> Played | None:
    """None where the question has errors; they are in the form then. `in_force`: another version to compare with."""
    if not form.is_valid():
        return None
    numbered = form.events
    try:
        story, calendars = _play(scheme, form)
    except StoryError as error:
        row = numbered[error.index][0] if 0 <= error.index < len(numbered) else 0
        form.add_error(f"event_{row}" if row else "day", error.message)
        return None
    except CalendarError:
        form.add_error("day", _("The story leaves the years for which calendars are known."))
        return None
    return _told(scheme, form, story, calendars, _dues(in_force, form))


def _play(scheme: Scheme, form: SimulatorForm) -> tuple[Story, Calendars]:
    events = [event for _row, event in form.events]
    return simulation.play(scheme=scheme, place=form.place, case=form.case, events=events, as_of=form.as_of)


def _dues(scheme: Scheme | None, form: SimulatorForm) -> dict[str, datetime]:
    """The due times of the other version; none where the same story cannot be told on it."""
    if scheme is None:
        return {}
    try:
        story, _calendars = _play(scheme, form)
    except (StoryError, CalendarError):
        return {}
    return {clock.key: clock.due_at for clock in story.plan.clocks if clock.due_at is not None}


def _told(
    scheme: Scheme, form: SimulatorForm, story: Story, calendars: Calendars, former: dict[str, datetime]
) -> Played:
    every, zone = reports.views(story.plan), form.zone_info
    views = [view for view in every if view.run <= MOST_ROUNDS]
    lead, sentences = telling.summary(views, form.received_at, zone)
    steps = [_step(event, scheme) for event in story.events]
    answers = [
        Answer(view, telling.promised(view), telling.against(view, former.get(view.clock.key))) for view in views
    ]
    return Played(
        lead=lead,
        sentences=sentences,
        answers=answers,
        more_answers=len(every) - len(views),
        strip=_strip(views, calendars, form, policy_text.sentences([lead, *sentences])),
        steps=steps[:MOST_STEPS],
        more_steps=max(len(steps) - MOST_STEPS, 0),
        as_of=form.as_of,
        zone=zone,
        level=story.plan.level,
        text=telling.as_text(scheme, lead, sentences, views, zone),
    )


def _strip(views: Sequence[ClockView], calendars: Calendars, form: SimulatorForm, summary: str) -> Strip | None:
    """Of the first round of the main clock that ends last: the others end on its way."""
    able = [view for view in views if view.run == 1 and view.explanation and view.due_at is not None]
    if not able:
        return None
    main = [view for view in able if view.target in telling.PROMISES]
    longest = max(main or able, key=lambda view: view.due_at)
    starts, counts = longest.clock.calendars
    calendar = strip.Calendar(calendars[starts], calendars[counts], longest.started_at)
    return strip.draw(longest, views, calendar, form.zone_info, form.received_at, summary)


TONES = {"clock_warned": "risk", "clock_missed": "breach", "level_raised": "breach", "crisis_opened": "breach"}


def _step(event: Event, scheme: Scheme) -> Step:
    label = str(TYPES[event.type].label) if event.type in TYPES else event.type
    target, level = event.data.get("target"), event.data.get("level")
    facts = {"target": target_label(str(target)), "level": level}
    called = ""
    if event.type == "clock_warned":
        label = _("%(target)s: most of the time is used up") % facts
        called = telling.called(scheme, str(level or ""))
    elif event.type == "clock_missed":
        label = _("%(target)s is missed") % facts
        called = telling.called(scheme, str(level or ""))
    elif level and event.type in ("level_raised", "level_confirmed", "received"):
        label = _("%(event)s, level %(level)s") % {"event": label, "level": level}
    return Step(event.at.replace(microsecond=0), label, event.automatic, TONES.get(event.type, ""), called)
