"""A law: retracting an event gives the plan that would have been without it, whatever the story, if nothing was
announced in between.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sla import facts
from sla.engine import plan
from tests.sla.engine.stories import at, calendars, scheme
from tickets import lifecycle
from tickets.models import TicketEvent

START = at("2026-09-23 08:40")
STEPS = (
    "responded", "diagnosed", "remote_started", "remote_failed", "arrived", "visit_failed", "spare_needed", "waiting",
    "resumed", "restored", "resolved", "not_satisfied", "reopened", "closed", "level_confirmed", "loaner_requested",
)  # fmt: skip
CODES = ("power", "infrastructure", "teleconference", "software", "hardware")


def entry(seq, type_, minutes, data):
    when = START + timedelta(minutes=minutes)
    return TicketEvent(ticket_id=1, seq=seq, type=type_, occurred_at=when, recorded_at=when, data=data)


@st.composite
def stories(draw):
    """A scheme, a log, the place of the event that is taken back, and now."""
    chosen = scheme(draw(st.sampled_from(CODES)))
    levels = st.sampled_from([level.code for level in chosen.levels])
    received = {"kind": "fault", "scheme": chosen.code, "scheme_version": 1, "level": draw(levels)}
    steps = draw(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 4000)), min_size=1, max_size=8))
    log = [entry(1, "received", 0, received)]
    for seq, (type_, minutes) in enumerate(steps, 2):
        log.append(entry(seq, type_, minutes, {"level": draw(levels)} if type_ == "level_confirmed" else {}))
    return chosen, log, draw(st.integers(1, len(steps))), draw(st.integers(0, 9000))


def told(log):
    return [replace(event, seq=0) for event in facts.events_of(log)]


@given(stories())
@settings(max_examples=150, deadline=None)
def test_retracting_gives_the_plan_that_would_have_been(story):
    chosen, log, victim, minutes = story
    now = START + timedelta(minutes=minutes)
    with_it = [*log, entry(len(log) + 1, "retracted", 9000, {"seq": log[victim].seq})]
    without = [event for event in log if event is not log[victim]]
    never = [
        entry(seq, e.type, (e.occurred_at - START).total_seconds() / 60, e.data) for seq, e in enumerate(without, 1)
    ]
    assert told(with_it) == told(never)
    plans = [plan(chosen, calendars(), facts.case_of(x), facts.events_of(x), now) for x in (with_it, never)]
    assert plans[0].clocks == plans[1].clocks
    assert (plans[0].level, plans[0].timers, plans[0].effects) == (plans[1].level, plans[1].timers, plans[1].effects)
    states = [lifecycle.fold("fault", lifecycle.in_force(x)) for x in (with_it, never)]
    assert states[0] == states[1]
