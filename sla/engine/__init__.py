"""The SLA engine: `plan(scheme, calendars, case, events, now)` and what follows from it.

Pure: standard library and business time only, no clock of its own, no database. See `plan.Plan` for the contract.
"""

from sla.engine.errors import SchemeError, StoryError
from sla.engine.explain import explain, uncounted
from sla.engine.facts import Case, Event, missing_sequence_numbers
from sla.engine.plan import Calendars, plan
from sla.engine.results import Clock, Effect, LevelChange, Plan, State, Story, Stretch, Timer
from sla.engine.scheme import Scheme
from sla.engine.simulate import simulate
from sla.engine.terms import Level

__all__ = [
    "Calendars",
    "Case",
    "Clock",
    "Effect",
    "Event",
    "Level",
    "LevelChange",
    "Plan",
    "Scheme",
    "SchemeError",
    "State",
    "Story",
    "StoryError",
    "Stretch",
    "Timer",
    "explain",
    "missing_sequence_numbers",
    "plan",
    "simulate",
    "uncounted",
]
