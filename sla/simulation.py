"""Playing a story on a scheme: the same engine as for real tickets, and the same lifecycle. Stores nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sla import facts
from sla.engine import Case, Event, Scheme, Story, StoryError, simulate
from tickets import lifecycle
from tickets.refusals import SENTENCES


def play(
    *, scheme: Scheme, place: facts.Place, case: Case, events: Sequence[Event], as_of: datetime
) -> tuple[Story, facts.Calendars]:
    """The story with the automatic events in their places, up to `as_of`.

    Raises StoryError, with the position in `events` as given, for a story that cannot be. Consent for remote work is
    asked of real tickets only.
    """
    numbered = [replace(event, seq=position) for position, event in enumerate(events, 1)]
    instants = [as_of, *(event.at for event in numbered)]
    calendars = facts.calendars_for(place, instants)
    story = simulate(scheme, calendars, case, numbered, as_of)
    by_program = frozenset(position for position, event in enumerate(story.events) if event.automatic)
    _check(case.kind, story, by_program)
    return story, calendars


def _check(kind: str, story: Story, by_program: frozenset[int]) -> None:
    """The story must fit the lifecycle; what the program wrote is not judged."""
    status = lifecycle.Status(kind=kind)
    for position, event in enumerate(story.events):
        reason = None if position in by_program else lifecycle.refusal(status, event.type)
        if reason is not None:
            raise StoryError(event.seq - 1, str(SENTENCES[reason]))
        status = lifecycle.after(status, event.type)
