"""A story played as if the program had been up all the time."""

from collections.abc import Sequence
from datetime import datetime

from sla.engine.facts import Case, Event
from sla.engine.plan import Calendars
from sla.engine.results import Story
from sla.engine.scheme import Scheme


def simulate(scheme: Scheme, calendars: Calendars, case: Case, events: Sequence[Event], as_of: datetime) -> Story:
    """All events with the automatic ones in their places; raises `StoryError` for a story that cannot be."""
    raise NotImplementedError
