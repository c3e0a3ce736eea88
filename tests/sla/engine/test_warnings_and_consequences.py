"""Warnings, crisis, spare, loaner: what the program writes by itself, once each, and when it holds its tongue."""

from datetime import timedelta

import pytest

from sla.engine import Case
from tests.sla.engine.stories import at, automatic, brief, briefs, clock, local, planned, played, scheme, swept, tell

MON = "2026-11-23"


def infra(*events, until, level="3", case=None):
    lines = [(f"{MON} 09:00", "received", {"level": level}), (f"{MON} 09:00", "responded"), *events]
    return played("infrastructure", *lines, until=until, case=case)


def lines_with(story, word):
    return [line for line in automatic(story) if word in line]


# --- warnings


def test_three_quarters_used_is_warned_once_a_run():
    story = infra(until="2026-11-24 13:00")
    assert lines_with(story, "warned") == [
        "2026-11-24 03:00 clock_warned restore:1",
        "2026-11-24 12:00 clock_warned restore:2",
    ]


def test_a_warning_names_target_run_level_and_the_due_time_it_was_computed_from():
    story = infra(until="2026-11-24 03:00")
    assert story.events[-1].data == {
        "target": "restore", "run": 1, "level": "3", "due_at": "2026-11-24T01:00:00Z"
    }  # fmt: skip


def test_a_stopped_or_paused_clock_is_not_warned():
    assert lines_with(infra(("2026-11-24 03:00", "restored"), until="2026-11-24 04:00"), "warned restore") == []
    assert lines_with(infra((f"{MON} 10:00", "waiting"), until="2026-12-24 04:00"), "warned") == []


def test_a_clock_that_is_paused_at_the_very_moment_is_warned_of_when_it_goes_on():
    lines = [("2026-11-24 03:00", "waiting"), ("2026-11-24 05:00", "resumed")]
    assert lines_with(infra(lines[0], until="2026-11-24 04:00"), "warned") == []
    assert lines_with(infra(*lines, until="2026-11-24 06:00"), "warned") == ["2026-11-24 05:00 clock_warned restore:1"]


def test_working_days_are_warned_of_when_the_last_day_opens():
    story = infra((f"{MON} 10:00", "restored"), until="2026-11-24 09:00")
    assert automatic(story) == ["2026-11-24 09:00 clock_warned fault_report:1"]


def test_working_days_with_a_pause_are_warned_of_on_the_last_day_that_counts():
    story = played(
        "teleconference",
        ("2026-11-16 09:00", "received"),
        ("2026-11-16 10:00", "spare_needed"),
        ("2026-11-16 10:00", "spare_dispatched"),
        ("2026-11-16 18:00", "waiting"),
        ("2026-11-18 11:00", "resumed"),
        until="2026-11-19 10:00",
    )
    assert lines_with(story, "spare_on_site") == ["2026-11-19 09:00 clock_warned spare_on_site:1"]
    assert local(clock(story, "spare_on_site").due_at) == "2026-11-19 18:00"


def test_after_an_outage_a_warning_overtaken_by_its_miss_is_not_written():
    log, _ = swept(scheme("general"), tell((f"{MON} 09:00", "received", {"level": "urgent"})), at(f"{MON} 12:00"))
    assert automatic(log) == [f"{MON} 11:00 clock_missed respond:1"]
    log, _ = swept(scheme("general"), tell((f"{MON} 09:00", "received", {"level": "urgent"})), at(f"{MON} 10:45"))
    assert automatic(log) == [f"{MON} 10:30 clock_warned respond:1"]


@pytest.mark.parametrize(
    ("until", "written"), [("10:29:59.999999", 0), ("10:30", 1), ("10:59:59.999999", 1), ("11:00", 2)]
)
def test_thresholds_are_reached_at_their_very_moment(until, written):
    story = played("general", (f"{MON} 09:00", "received", {"level": "urgent"}), until=f"{MON} {until}")
    assert len(automatic(story)) == written


# --- timers


def test_each_open_clock_has_one_timer_its_next_threshold():
    plan = planned("infrastructure", (f"{MON} 09:00", "received", {"level": "3"}), until=f"{MON} 09:01")
    assert [(t.target, t.kind, local(t.at)) for t in plan.timers] == [
        ("respond", "warn", f"{MON} 09:22:30"),
        ("restore", "loaner_requested", f"{MON} 21:00"),
    ]
    assert local(plan.next_timer_at) == f"{MON} 09:22:30"


def test_a_delay_without_a_clock_has_a_timer_too():
    lines = [(f"{MON} 09:00", "received"), (f"{MON} 09:30", "responded"), (f"{MON} 10:00", "arrived")]
    plan = planned("teleconference", *lines, until=f"{MON} 10:00")
    assert [(t.target, t.run, t.kind, local(t.at)) for t in plan.timers] == [("", 0, "spare_needed", f"{MON} 12:00")]


def test_a_ticket_whose_clocks_have_all_ended_has_no_timer_and_no_due_time():
    plan = planned("general", (f"{MON} 09:00", "received"), (f"{MON} 10:00", "closed"), until=f"{MON} 11:00")
    assert (plan.timers, plan.next_due_at, plan.effects) == ((), None, ())


# --- crisis


def test_one_hour_per_entry_and_a_missed_hour_starts_the_next_at_its_deadline():
    """
    09:00 opened   10:00 missed   10:30 entry   11:30 missed   12:10 closed
      |---- 1 ----|------ 2 -----|------ 3 -----|----- 4 -----|
    """
    story = infra(
        (f"{MON} 09:00", "crisis_opened"), (f"{MON} 10:30", "crisis_entry"), (f"{MON} 12:10", "crisis_closed"),
        until=f"{MON} 12:50", level="1",
    )  # fmt: skip
    assert briefs(story, "crisis_record") == [
        f"missed 1 {MON} 09:00 > {MON} 10:00",
        f"met 1 {MON} 10:00 > {MON} 11:00 # {MON} 10:30",
        f"missed 1 {MON} 10:30 > {MON} 11:30",
        f"void 1 {MON} 11:30 > {MON} 12:30 # {MON} 12:10",
    ]
    assert not story.plan.is_crisis_open


def test_restored_does_not_end_the_crisis():
    story = infra((f"{MON} 09:00", "crisis_opened"), (f"{MON} 09:30", "restored"), until=f"{MON} 09:40", level="1")
    assert clock(story, "crisis_record").state == "running"
    assert story.plan.is_crisis_open


@pytest.mark.parametrize("end", ["crisis_closed", "closed", "cancelled"])
def test_what_ends_a_crisis_makes_the_running_record_void(end):
    story = infra((f"{MON} 09:00", "crisis_opened"), (f"{MON} 09:30", end), until=f"{MON} 12:00", level="1")
    assert brief(clock(story, "crisis_record")) == f"void 1 {MON} 09:00 > {MON} 10:00 # {MON} 09:30"


def test_one_crisis_at_a_time():
    """A lead opened one already, so the miss of restore at 13:00 opens none; after it is closed a second may be."""
    story = infra((f"{MON} 12:00", "crisis_opened"), until=f"{MON} 13:30", level="1")
    assert lines_with(story, "crisis_opened") == []
    assert [c.run for c in story.plan.clocks if c.target == "crisis_record"] == [1, 2]
    story = infra((f"{MON} 12:00", "crisis_opened"), (f"{MON} 12:30", "crisis_closed"), until=f"{MON} 13:30", level="1")
    assert lines_with(story, "crisis_opened") == [f"{MON} 13:00 crisis_opened restore:1"]


def test_levels_3_and_4_have_no_hourly_record():
    story = infra((f"{MON} 10:00", "crisis_opened"), until=f"{MON} 12:00")
    assert clock(story, "crisis_record") is None
    raised = (f"{MON} 12:00", "level_confirmed", {"level": "2"})
    story = infra((f"{MON} 10:00", "crisis_opened"), raised, until=f"{MON} 12:30")
    assert brief(clock(story, "crisis_record")) == f"running 2 {MON} 12:00 > {MON} 13:00"


def test_every_hour_of_a_crisis_is_announced_once():
    story = infra((f"{MON} 09:00", "crisis_opened"), (f"{MON} 09:01", "restored"), until=f"{MON} 12:00", level="1")
    assert lines_with(story, "clock_missed") == [
        f"{MON} {hour}:00 clock_missed crisis_record:{run}" for run, hour in enumerate((10, 11, 12), start=1)
    ]


# --- spare and loaner


def arrived(*events, until, case=None):
    lines = [(f"{MON} 09:00", "received"), (f"{MON} 09:30", "responded"), (f"{MON} 10:00", "arrived")]
    return played("teleconference", *lines, *events, until=until, case=case)


@pytest.mark.parametrize("event", ["restored", "resolved", "visit_failed", "closed", "cancelled", "spare_needed"])
def test_two_hours_after_arrival_no_spare_is_needed_any_more_after(event):
    for time in ("11:00", "12:00"):
        assert automatic(arrived((f"{MON} {time}", event), until=f"{MON} 12:30")) == []


def test_whichever_is_first_starts_the_spare():
    story = arrived((f"{MON} 11:00", "spare_needed"), until=f"{MON} 12:30")
    assert briefs(story, "send_spare") == [f"running 4 {MON} 11:00 > 2026-11-24 11:00"]


def test_a_spare_asked_for_before_the_visit_is_not_asked_for_again():
    story = played(
        "teleconference",
        (f"{MON} 09:00", "received"), (f"{MON} 09:10", "spare_needed"), (f"{MON} 09:20", "spare_dispatched"),
        (f"{MON} 09:30", "responded"), (f"{MON} 10:00", "arrived"), until=f"{MON} 13:00",
    )  # fmt: skip
    assert automatic(story) == []


def test_the_next_round_may_need_a_spare_again():
    story = arrived(
        (f"{MON} 12:30", "resolved"),
        (f"{MON} 13:00", "not_satisfied"),
        (f"{MON} 14:00", "arrived"),
        until=f"{MON} 17:00",
    )
    assert lines_with(story, "spare_needed") == [f"{MON} 12:00 spare_needed", f"{MON} 16:00 spare_needed"]
    assert [e.key for e in story.events if e.type == "spare_needed"] == ["spare_needed:1", "spare_needed:2"]


def test_a_new_round_forgets_the_two_hours_of_the_old_one():
    story = arrived((f"{MON} 10:30", "not_satisfied"), until=f"{MON} 12:00")
    assert automatic(story) == []


def test_half_of_restore_requests_a_loaner_once_a_ticket():
    story = infra(until="2026-11-24 13:00")
    assert lines_with(story, "loaner") == [f"{MON} 21:00 loaner_requested"]


def test_half_is_counted_time_not_wall_time():
    story = infra((f"{MON} 10:00", "waiting"), (f"{MON} 15:00", "resumed"), until="2026-11-24 13:00")
    assert lines_with(story, "loaner") == ["2026-11-24 02:00 loaner_requested"]


@pytest.mark.parametrize(
    ("events", "case"),
    [
        ([], Case(local_loaner=True)),
        ([(f"{MON} 21:00", "restored")], Case()),
        ([(f"{MON} 20:00", "loaner_requested")], Case()),
        ([(f"{MON} 20:00", "waiting")], Case()),
    ],
    ids=["local loaner", "restored", "a person asked", "waiting"],
)
def test_no_loaner_is_requested_when(events, case):
    assert lines_with(infra(*events, until="2026-11-24 08:00", case=case), "loaner") == []


def test_a_failed_visit_asks_for_the_loaner_at_once_but_only_once():
    story = infra((f"{MON} 12:00", "visit_failed"), (f"{MON} 13:00", "visit_failed"), until="2026-11-24 08:00")
    assert lines_with(story, "loaner") == [f"{MON} 12:00 loaner_requested"]
    loaner = infra((f"{MON} 12:00", "visit_failed"), until=f"{MON} 13:00", case=Case(local_loaner=True))
    assert lines_with(loaner, "loaner") == []


# --- exactly once


def test_hundreds_of_sweeps_write_each_effect_once():
    log = tell((f"{MON} 09:00", "received", {"level": "1"}))
    for minute in range(0, 600, 2):
        log, _ = swept(scheme("infrastructure"), log, at(f"{MON} 09:00") + timedelta(minutes=minute))
    keys = [event.key for event in log if event.automatic]
    assert len(keys) == len(set(keys)) == 17  # 2 of respond, 2 of restore, loaner, crisis; 6 hours warned of, 5 missed


def test_no_effect_of_a_clock_after_its_stop():
    """A stop cancels what is left of it: no warning, no miss, no raise."""
    story = infra((f"{MON} 10:00", "restored"), (f"{MON} 10:00", "report_sent"), until="2027-01-01 00:00")
    assert automatic(story) == []
