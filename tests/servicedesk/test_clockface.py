"""How a clock looks: the state of the chip, its words, and whether the browser may count on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override

from servicedesk.clockface import face
from servicedesk.screens.gallery import HONG_KONG, NOW, SampleClock, running


def shown(clock: SampleClock, long: bool = False) -> tuple[str, str]:
    with override("en"):
        drawn = face(clock, NOW, HONG_KONG, long=long)
    return drawn.state, drawn.text


@pytest.mark.parametrize(
    ("minutes_left", "used", "state"),
    [(400, 0.3, "ontrack"), (190, 0.749, "ontrack"), (190, 0.75, "risk"), (29, 0.1, "risk"), (30, 0.1, "ontrack")],
)
def test_risk_starts_at_three_quarters_or_half_an_hour(minutes_left, used, state):
    assert shown(running(minutes_left, used))[0] == state


def test_running_says_left_only_where_there_is_room():
    assert shown(running(190, 0.6)) == ("ontrack", "3h 10m")
    assert shown(running(190, 0.6), long=True) == ("ontrack", "3h 10m left")


def test_overdue_is_late_even_before_the_sweep_has_seen_it():
    late = SampleClock(state="running", due_at=NOW - timedelta(minutes=6), used=1.0)
    assert shown(late) == ("breach", "6m over")


def test_a_late_clock_says_what_counted_as_over_and_stands_still_while_it_is_paused():
    late = SampleClock(state="missed", due_at=NOW - timedelta(minutes=140), over_seconds=80 * 60)
    assert shown(late) == ("breach", "1h 20m over")
    paused = replace(late, over_seconds=140 * 60, is_paused=True)
    assert [face(clock, NOW, HONG_KONG).counts_to for clock in (late, paused)] == [None, None]
    assert face(replace(paused, is_paused=False), NOW, HONG_KONG).counts_to == paused.due_at


@pytest.mark.parametrize(
    ("clock", "chip"),
    [
        (SampleClock(state="paused", remaining_seconds=19200), ("paused", "5h 20m left")),
        (SampleClock(state="met", elapsed_seconds=1680), ("met", "Met, 28m")),
        (SampleClock(state="missed_stopped", over_seconds=3900), ("missed", "1h 05m over")),
        (SampleClock(state="replaced"), ("wait", "Replaced")),
        (SampleClock(state="void"), ("wait", "Not needed")),
    ],
)
def test_states_that_do_not_run(clock, chip):
    assert shown(clock, long=True) == chip


def test_closed_calendar_says_when_it_opens():
    due = NOW + timedelta(days=4)
    tonight = SampleClock(due_at=due, remaining_seconds=60, is_wait=True, opens_at=NOW.replace(hour=18, minute=0))
    monday = SampleClock(due_at=due, remaining_seconds=60, is_wait=True, opens_at=NOW + timedelta(days=3))
    assert shown(tonight) == ("wait", "starts 18:00")
    assert shown(monday) == ("wait", "starts Fri 10:24")


def test_browser_counts_only_where_wall_time_and_counted_time_agree():
    due = NOW + timedelta(hours=20)
    over_night = SampleClock(due_at=due, remaining_seconds=4 * 3600, used=0.5)
    assert face(over_night, NOW, HONG_KONG).counts_to is None
    assert face(running(240, 0.5), NOW, HONG_KONG).counts_to == NOW + timedelta(hours=4)
