"""Rule 3 and the pauses of the edge-case tables: waiting for the customer stops clocks, and only open time counts.

start     waiting      resumed        due
  |---------|............|-------------|
   counted     paused       counted
"""

from datetime import timedelta

import pytest

from sla.engine import Case, Scheme, explain
from tests.sla.engine.stories import at, automatic, brief, briefs, clock, local, played

MON = "2026-11-23"


def infra(*events, until, level="3", received=f"{MON} 09:00"):
    lines = [(received, "received", {"level": level}), (received, "responded"), *events]
    return played("infrastructure", *lines, until=until)


def test_a_paused_clock_has_no_due_time_and_a_constant_rest():
    for until in ("2026-11-23 11:00", "2026-11-25 09:00", "2026-12-25 09:00"):
        restore = clock(infra((f"{MON} 10:00", "waiting"), until=until), "restore")
        assert (restore.state, restore.due_at, restore.is_paused) == ("paused", None, True)
        assert (restore.elapsed_seconds, restore.remaining_seconds) == (3600, 23 * 3600)


def test_a_pause_moves_the_due_time_by_its_length():
    story = infra((f"{MON} 10:00", "waiting"), (f"{MON} 12:30", "resumed"), until=f"{MON} 13:00")
    assert local(clock(story, "restore").due_at) == "2026-11-24 11:30"


def test_nothing_fires_for_a_paused_clock():
    story = infra((f"{MON} 10:00", "waiting"), until="2027-01-15 10:00")
    assert automatic(story) == []
    assert [timer.target for timer in story.plan.timers] == []


@pytest.mark.parametrize("end", ["resumed", "restored", "resolved", "closed", "cancelled"])
def test_a_pause_ends_with(end):
    story = infra((f"{MON} 10:00", "waiting"), (f"{MON} 11:00", end), until=f"{MON} 12:00")
    assert not story.plan.is_paused


def test_pauses_within_one_minute_are_kept_to_the_second():
    story = infra(
        (f"{MON} 10:00:05", "waiting"), (f"{MON} 10:00:50", "resumed"),
        (f"{MON} 10:00:55", "waiting"), (f"{MON} 10:20", "resumed"),
        until=f"{MON} 11:00",
    )  # fmt: skip
    assert clock(story, "restore").due_at == at("2026-11-24 09:00") + timedelta(seconds=1190)


def test_a_second_waiting_while_waiting_changes_nothing():
    once = infra((f"{MON} 10:00", "waiting"), (f"{MON} 12:00", "resumed"), until=f"{MON} 13:00")
    twice = infra(
        (f"{MON} 10:00", "waiting"), (f"{MON} 11:00", "waiting"), (f"{MON} 12:00", "resumed"), until=f"{MON} 13:00"
    )
    assert clock(once, "restore").due_at == clock(twice, "restore").due_at


def test_answers_fault_reports_and_crisis_entries_are_not_paused():
    story = played(
        "infrastructure",
        (f"{MON} 09:00", "received", {"level": "1"}),
        (f"{MON} 09:01", "waiting"),
        (f"{MON} 09:02", "crisis_opened"),
        until=f"{MON} 09:05",
    )
    assert {c.target: str(c.state) for c in story.plan.clocks} == {
        "respond": "running",
        "restore": "paused",
        "crisis_record": "running",
    }
    story = infra((f"{MON} 10:00", "restored"), (f"{MON} 11:00", "waiting"), until=f"{MON} 12:00")
    assert clock(story, "fault_report").state == "running"


def test_inspection_targets_are_not_paused():
    story = played(
        "telecom",
        ("2026-01-10 10:00", "received"),
        ("2026-01-10 10:00", "visit_planned", {"planned_at": "2026-03-06T10:00:00+08:00"}),
        ("2026-01-10 10:00", "visit_done"),
        ("2026-01-10 11:00", "waiting"),
        until="2026-01-10 12:00",
        case=Case(kind="inspection"),
    )
    assert {str(c.state) for c in story.plan.clocks} == {"running"}


def test_a_target_that_starts_in_a_pause_counts_from_the_resumption():
    lines = [(f"{MON} 10:00", "waiting"), (f"{MON} 11:00", "remote_failed")]
    arrive = clock(infra(*lines, until=f"{MON} 12:00"), "arrive")
    assert (brief(arrive), arrive.elapsed_seconds) == (f"paused 3 {MON} 11:00 > None", 0)
    story = infra(*lines, (f"{MON} 13:00", "resumed"), until=f"{MON} 14:00")
    assert brief(clock(story, "arrive")) == f"running 3 {MON} 11:00 > {MON} 17:00"


def test_a_ticket_received_and_paused_at_once_counts_from_the_resumption():
    story = infra((f"{MON} 09:00", "waiting"), (f"{MON} 15:00", "resumed"), until=f"{MON} 16:00")
    assert brief(clock(story, "restore")) == f"running 3 {MON} 09:00 > 2026-11-24 15:00"


def test_received_on_a_day_off_and_paused_there():
    """Counts from the moved start, or from the resumption where that is later."""
    lines = [("2026-11-21 10:00", "received", {"level": "A"}), ("2026-11-21 11:00", "waiting")]
    story = played("software", *lines, ("2026-11-22 10:00", "resumed"), until="2026-11-22 11:00")
    assert brief(clock(story, "resolve")) == "running A 2026-11-23 09:00 > 2026-11-23 21:00"
    story = played("software", *lines, ("2026-11-24 10:00", "resumed"), until="2026-11-24 11:00")
    assert brief(clock(story, "resolve")) == "running A 2026-11-23 09:00 > 2026-11-24 22:00"


def test_the_two_hours_before_a_spare_are_not_paused():
    story = played(
        "teleconference",
        (f"{MON} 09:00", "received"),
        (f"{MON} 09:30", "responded"),
        (f"{MON} 10:00", "arrived"),
        (f"{MON} 10:30", "waiting"),
        until=f"{MON} 13:00",
    )
    assert automatic(story) == [f"{MON} 12:00 spare_needed"]
    assert brief(clock(story, "send_spare")) == f"paused 4 {MON} 12:00 > None"


def test_a_clock_ended_in_a_pause_keeps_the_due_time_with_the_pause_up_to_then():
    story = infra(
        (f"{MON} 10:00", "remote_failed"),
        (f"{MON} 11:00", "waiting"),
        (f"{MON} 18:00", "arrived"),
        until=f"{MON} 19:00",
    )
    assert brief(clock(story, "arrive")) == f"met 3 {MON} 10:00 > {MON} 21:00 # {MON} 18:00"
    story = infra((f"{MON} 10:00", "waiting"), (f"{MON} 12:00", "closed"), until=f"{MON} 19:00")
    assert brief(clock(story, "restore")) == f"void 3 {MON} 09:00 > 2026-11-24 11:00 # {MON} 12:00"


def test_waiting_after_the_due_time_stops_only_the_overtime():
    story = infra(
        (f"{MON} 10:00", "remote_failed"),
        (f"{MON} 15:00", "waiting"),
        (f"{MON} 17:00", "resumed"),
        until=f"{MON} 18:00",
    )
    arrive = clock(story, "arrive")
    assert brief(arrive) == f"missed 3 {MON} 10:00 > {MON} 14:00"
    assert arrive.over_seconds == 2 * 3600


def test_a_missed_clock_is_not_hidden_by_a_pause():
    story = infra((f"{MON} 10:00", "remote_failed"), (f"{MON} 15:00", "waiting"), until=f"{MON} 18:00")
    arrive = clock(story, "arrive")
    assert (arrive.state, arrive.is_paused, arrive.over_seconds) == ("missed", True, 3600)
    assert local(arrive.due_at) == f"{MON} 14:00"


def test_waiting_at_the_very_due_time_comes_too_late_but_a_moment_earlier_not():
    for waiting, state in ((f"{MON} 14:00", "missed"), (f"{MON} 13:59:59.999999", "paused")):
        story = infra((f"{MON} 10:00", "remote_failed"), (waiting, "waiting"), until=f"{MON} 15:00")
        assert clock(story, "arrive").state == state


# --- pauses in working hours (8 h counted on 5x8; the numbers of the edge-case table)


def eight_hours(start, *events, until):
    document = {
        "code": "office",
        "name": "Office",
        "levels": [{"code": "x", "severity": 1, "name": "X"}],
        "targets": [
            {
                "code": "mend", "name": "Mend", "from": "received", "to": "restored", "within": "PT8H",
                "starts_on": "5x8", "counts_on": "5x8",
            }
        ],
    }  # fmt: skip
    return clock(played(Scheme.from_document(document), (start, "received"), *events, until=until), "mend")


def test_a_pause_outside_working_hours_moves_the_due_time_by_nothing():
    """Edge cases 35, and faults 20 and 40."""
    plain = eight_hours("2025-03-04 16:00", until="2025-03-04 16:30")
    paused = eight_hours(
        "2025-03-04 16:00", ("2025-03-04 18:00", "waiting"), ("2025-03-05 09:00", "resumed"), until="2025-03-05 10:00"
    )
    assert plain.due_at == paused.due_at
    festival = eight_hours(
        "2025-01-27 16:00", ("2025-01-27 18:00", "waiting"), ("2025-02-05 09:00", "resumed"), until="2025-02-05 10:00"
    )
    assert local(festival.due_at) == "2025-02-05 16:00"


def test_a_pause_over_night_costs_its_open_hours_only():
    """Edge case 36: two open hours, not seventeen wall hours."""
    mend = eight_hours(
        "2025-03-04 16:00", ("2025-03-04 17:00", "waiting"), ("2025-03-05 10:00", "resumed"), until="2025-03-05 11:00"
    )
    assert local(mend.due_at) == "2025-03-05 18:00"
    assert (mend.elapsed_seconds, mend.remaining_seconds) == (2 * 3600, 6 * 3600)


def test_three_quarters_are_counted_in_open_hours():
    """8 h from Tue 16:00: half is Wed 11:00 (edge case 37), three quarters Wed 14:00, never at night."""
    mend = eight_hours("2025-03-04 16:00", until="2025-03-04 16:30")
    assert local(mend.warn_at) == "2025-03-05 14:00"


# --- working days


def spare(*events, until):
    lines = [("2026-11-16 09:00", "received"), ("2026-11-16 09:10", "responded"), ("2026-11-16 10:00", "spare_needed")]
    return played("teleconference", *lines, ("2026-11-16 10:00", "spare_dispatched"), *events, until=until)


def test_days_paused_whole_do_not_count_and_others_do():
    """
    Mon 16   Tue 17   Wed 18   Thu 19   Fri 20
    start    |......paused......|        due (1: Thu, 2: Fri); without the pause Wed
    """
    story = spare(("2026-11-16 18:00", "waiting"), ("2026-11-19 08:00", "resumed"), until="2026-11-19 09:00")
    assert local(clock(story, "spare_on_site").due_at) == "2026-11-20 18:00"
    story = spare(("2026-11-17 09:00", "waiting"), ("2026-11-17 17:00", "resumed"), until="2026-11-17 18:00")
    assert local(clock(story, "spare_on_site").due_at) == "2026-11-18 18:00"


def test_a_weekend_paused_adds_nothing():
    received = [("2026-11-19 09:00", "received"), ("2026-11-19 10:00", "spare_needed")]
    lines = [("2026-11-20 18:00", "waiting"), ("2026-11-23 08:00", "resumed")]
    story = played("teleconference", *received, *lines, until="2026-11-23 09:00")
    assert local(clock(story, "spare_on_site").due_at) == "2026-11-23 18:00"


def test_an_agreed_date_is_not_moved_by_a_pause():
    agreed = {"agreed_at": "2026-12-01T18:00:00+08:00"}
    lines = [(f"{MON} 09:00", "received"), (f"{MON} 10:00", "change_confirmed", agreed), (f"{MON} 11:00", "waiting")]
    change = Case(kind="change")
    assert clock(played("telecom", *lines, until=f"{MON} 12:00", case=change), "change_delivery").state == "paused"
    story = played("telecom", *lines, ("2026-11-25 09:00", "resumed"), until="2026-11-25 10:00", case=change)
    assert brief(clock(story, "change_delivery")) == f"running minor {MON} 10:00 > 2026-12-01 18:00"


def test_an_agreed_date_that_passed_in_a_pause_is_missed_when_the_pause_ends():
    agreed = {"agreed_at": "2026-11-24T18:00:00+08:00"}
    lines = [
        (f"{MON} 09:00", "received"),
        (f"{MON} 09:30", "change_answered"),
        (f"{MON} 10:00", "change_confirmed", agreed),
    ]
    lines.append((f"{MON} 11:00", "waiting"))
    change = Case(kind="change")
    assert automatic(played("telecom", *lines, until="2026-11-25 09:00", case=change)) == []
    story = played("telecom", *lines, ("2026-11-25 09:00", "resumed"), until="2026-11-25 09:00", case=change)
    assert automatic(story) == ["2026-11-25 09:00 clock_missed change_delivery:1"]
    assert brief(clock(story, "change_delivery")) == f"missed minor {MON} 10:00 > 2026-11-24 18:00"


# --- pauses and levels


def test_a_raise_in_a_pause_compares_as_if_the_case_resumed_then():
    """Level 3 has 23 h left at the pause; a fresh start at level 2 is 4 h: it wins, and starts paused."""
    lines = [(f"{MON} 10:00", "waiting"), (f"{MON} 20:00", "level_confirmed", {"level": "2"})]
    story = infra(*lines, until=f"{MON} 21:00")
    assert briefs(story, "restore") == [
        f"replaced 3 {MON} 09:00 > 2026-11-24 19:00 # {MON} 20:00",
        f"paused 2 {MON} 20:00 > None",
    ]
    story = infra(*lines, (f"{MON} 22:00", "resumed"), until=f"{MON} 22:00")
    assert local(clock(story, "restore").due_at) == "2026-11-24 02:00"


def test_a_raise_in_a_pause_keeps_a_run_with_less_left():
    lines = [("2026-11-24 06:00", "waiting"), ("2026-11-24 20:00", "level_confirmed", {"level": "2"})]
    story = infra(*lines, ("2026-11-24 22:00", "resumed"), until="2026-11-24 22:00")
    assert briefs(story, "restore") == [f"running 3 {MON} 09:00 > 2026-11-25 01:00"]


def test_a_pause_before_a_change_of_level_stays_excluded():
    """Lowering 2 -> 3 counts 24 h from receipt, without the three paused hours."""
    lines = [
        (f"{MON} 10:00", "waiting"), (f"{MON} 13:00", "resumed"), (f"{MON} 13:30", "level_confirmed", {"level": "3"})
    ]  # fmt: skip
    story = infra(*lines, until=f"{MON} 14:00", level="2")
    restore = clock(story, "restore")
    assert brief(restore) == f"running 3 {MON} 09:00 > 2026-11-24 12:00"
    assert restore.elapsed_seconds == 2 * 3600
    assert [s.kind for s in explain(story.plan, restore)] == ["counted", "paused", "counted"]
