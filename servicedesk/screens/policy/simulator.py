"""Plays the simulator's question with the engine of the real tickets, so that it cannot disagree. Stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.worktime import CalendarError
from servicedesk.screens.policy import steps, strip, telling
from servicedesk.screens.policy.simulator_form import SimulatorForm
from servicedesk.screens.policy.steps import Step
from servicedesk.screens.policy.strip import Strip
from servicedesk.screens.promised import promised
from sla import policy_text, reports, simulation
from sla.engine import Scheme, Story, StoryError
from sla.facts import Calendars
from sla.reports import ClockView

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
MOST_STEPS = 16
MOST_ROUNDS = 4  # of one promise: as many as a level can be raised; a crisis goes on by the hour


@dataclass(frozen=True)
class Answer:
    """A due time. `warned`: when people are; `against`: how it differs from the version in force; both in words."""

    view: ClockView
    promised: str
    warned: str = ""
    against: str = ""


@dataclass(frozen=True)
class Outlook:
    """What time alone does after the last thing that happens: late clocks, raised levels, what is promised then."""

    steps: Sequence[Step]
    more_steps: int
    answers: Sequence[Answer]
    more_answers: int
    as_of: datetime
    level: str


@dataclass(frozen=True)
class Played:
    """What is promised when the last thing has happened; `steps`: the story until then, where there is more to it than
    the report.
    """

    lead: str
    sentences: Sequence[str]
    answers: Sequence[Answer]
    begins: Sequence[str]
    strip: Strip | None
    steps: Sequence[Step]
    outlook: Outlook
    zone: ZoneInfo
    text: str


def form_for(scheme: Scheme, query: Any, today: date) -> SimulatorForm:
    """What was asked; what the address leaves out is a fault of the gravest level reported on Friday at 17:50."""
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    usual = DEFAULTS | {"level": scheme.gravest.code, "day": friday.isoformat(), "time": f"{LATE:%H:%M}"}
    asked = QueryDict(mutable=True)
    asked.update(query)
    for name, value in usual.items():
        asked.setdefault(name, value)
    return SimulatorForm(scheme, asked, auto_id="sim_%s")


def play(scheme: Scheme, form: SimulatorForm, in_force: Scheme | None = None) -> Played | None:
    """None where the question has errors; they are in the form then. `in_force`: another version to compare with."""
    if not form.is_valid():
        return None
    numbered = form.events
    try:
        story, _calendars = _play(scheme, form, form.last_at)
        later, calendars = _play(scheme, form, form.as_of)
    except StoryError as error:
        row = numbered[error.index][0] if 0 <= error.index < len(numbered) else 0
        form.add_error(f"event_{row}" if row else "day", error.message)
        return None
    except CalendarError:
        form.add_error("day", _("Choose other days: no calendar is known for these."))
        return None
    return _told(scheme, form, story, later, calendars, _dues(in_force, form))


def _play(scheme: Scheme, form: SimulatorForm, as_of: datetime) -> tuple[Story, Calendars]:
    events = [event for _row, event in form.events]
    return simulation.play(scheme=scheme, place=form.place, case=form.case, events=events, as_of=as_of)


def _dues(scheme: Scheme | None, form: SimulatorForm) -> dict[str, datetime]:
    """The due times of the other version; none where the same story cannot be told on it."""
    if scheme is None:
        return {}
    try:
        story, _calendars = _play(scheme, form, form.last_at)
    except (StoryError, CalendarError):
        return {}
    return {clock.key: clock.due_at for clock in story.plan.clocks if clock.due_at is not None}


def _told(
    scheme: Scheme, form: SimulatorForm, story: Story, later: Story, calendars: Calendars, former: dict[str, datetime]
) -> Played:
    views, zone = _shown(reports.views(story.plan, scheme)), form.zone_info
    lead, sentences = telling.summary(views, form.received_at, zone)
    answers = _answers(views, form, former)
    return Played(
        lead=lead,
        sentences=sentences,
        answers=answers,
        begins=[] if answers else _begins(scheme, form),
        strip=_strip(views, calendars, form, policy_text.sentences([lead, *sentences])),
        steps=steps.told(story.events, scheme) if len(story.events) > 1 else [],
        outlook=_outlook(scheme, form, story, later),
        zone=zone,
        text=telling.as_text(scheme, lead, sentences, views, zone),
    )


def _outlook(scheme: Scheme, form: SimulatorForm, story: Story, later: Story) -> Outlook:
    """The later story begins as the story does: what follows is its rest."""
    known = {clock.key for clock in story.plan.clocks}
    fresh = [view for view in reports.views(later.plan, scheme) if view.clock.key not in known]
    shown, told = _shown(fresh), steps.told(later.events[len(story.events) :], scheme)
    return Outlook(
        steps=told[:MOST_STEPS],
        more_steps=max(len(told) - MOST_STEPS, 0),
        answers=_answers(shown, form, {}),
        more_answers=len(fresh) - len(shown),
        as_of=form.as_of,
        level=later.plan.level,
    )


def _shown(views: Sequence[ClockView]) -> list[ClockView]:
    return [view for view in views if view.run <= MOST_ROUNDS]


def _answers(views: Sequence[ClockView], form: SimulatorForm, former: dict[str, datetime]) -> list[Answer]:
    return [
        Answer(
            view,
            promised(view),
            telling.weekday_moment(view.warn_at, form.received_at, form.zone_info) if view.warn_at else "",
            telling.against(view, former.get(view.clock.key)),
        )
        for view in views
    ]


def _begins(scheme: Scheme, form: SimulatorForm) -> list[str]:
    """What the promises for such a case wait for, in words; nothing where there are none."""
    starts = [
        start
        for target in scheme.targets
        if form.cleaned_data["level"] in target.within and target.condition.holds(form.case)
        for start in target.starts
    ]
    return [str(policy_text.EVENTS[start]) for start in dict.fromkeys(starts) if start in policy_text.EVENTS]


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
