"""Raise, restart, lowering: what a change of level does to each clock.

automatic raise   by a missed target, at its deadline; that target starts anew, others follow `earlier`
confirmed raise   by a person; `earlier` keeps the shorter promise, `restart` starts afresh
lowering          due = original start + new duration, if that is later
"""

import pytest

from sla.engine import Case
from tests.sla.engine.stories import automatic, brief, briefs, clock, local, played

MON = "2026-11-23"


def infra(*events, until=f"{MON} 23:00", level="3", case=None):
    lines = [(f"{MON} 09:00", "received", {"level": level}), (f"{MON} 09:00", "responded"), *events]
    return played("infrastructure", *lines, until=until, case=case)


def to(level):
    return {"level": level}


# --- level at receipt (rule 6)


def test_the_level_at_receipt_is_the_one_given_else_the_default_unconfirmed():
    given = played("infrastructure", (f"{MON} 09:00", "received", to("2")), until=f"{MON} 09:01").plan
    assert (given.level, given.severity, given.is_level_confirmed) == ("2", 2, True)
    default = played("software", (f"{MON} 09:00", "received"), until=f"{MON} 09:01").plan
    assert (default.level, default.severity, default.is_level_confirmed) == ("A", 3, False)


def test_confirming_the_same_level_changes_no_clock():
    story = played(
        "infrastructure",
        (f"{MON} 09:00", "received"),
        (f"{MON} 10:00", "level_confirmed", to("4")),
        until=f"{MON} 11:00",
    )
    assert story.plan.is_level_confirmed
    assert briefs(story, "restore") == [f"running 4 {MON} 09:00 > 2026-11-24 09:00"]
    assert story.plan.level_changes == ()


# --- automatic raise


def test_a_missed_restore_raises_one_step_at_its_deadline_and_starts_anew():
    story = infra(until="2026-11-24 10:00")
    assert automatic(story)[-2:] == ["2026-11-24 09:00 clock_missed restore:1", "2026-11-24 09:00 level_raised 2"]
    assert briefs(story, "restore") == [
        f"missed 3 {MON} 09:00 > 2026-11-24 09:00",
        "running 2 2026-11-24 09:00 > 2026-11-24 13:00",
    ]
    assert local(story.plan.next_due_at) == "2026-11-24 13:00"


def test_the_run_that_was_restarted_ends_at_its_due_time():
    first = clock(infra(until="2026-11-24 12:00"), "restore", 1)
    assert (first.elapsed_seconds, first.remaining_seconds, first.over_seconds) == (24 * 3600, 0, 0)
    assert not first.is_open


def test_other_running_targets_follow_earlier():
    """Arrival of level 3 has 4 h; at the raise to level 2 a fresh start of 2 h is taken only where it is earlier."""
    late = infra(("2026-11-24 08:30", "remote_failed"), until="2026-11-24 09:30")
    assert briefs(late, "arrive") == [
        "replaced 3 2026-11-24 08:30 > 2026-11-24 12:30 # 2026-11-24 09:00",
        "running 2 2026-11-24 09:00 > 2026-11-24 11:00",
    ]
    early = infra(("2026-11-24 06:30", "remote_failed"), until="2026-11-24 09:30")
    assert briefs(early, "arrive") == ["running 3 2026-11-24 06:30 > 2026-11-24 10:30"]


def test_a_missed_target_without_answer_is_not_missed_again_at_each_level():
    story = played("infrastructure", (f"{MON} 09:00", "received", to("3")), until="2026-11-24 20:00")
    assert briefs(story, "respond") == [f"missed 3 {MON} 09:00 > {MON} 09:30"]


def test_power_raises_b_to_a_and_no_further():
    story = played("power", (f"{MON} 09:00", "received", to("B")), (f"{MON} 09:01", "diagnosed"), until=f"{MON} 20:00")
    assert briefs(story, "restore") == [f"missed B {MON} 09:00 > {MON} 11:00", f"missed A {MON} 11:00 > {MON} 12:00"]
    assert [line for line in automatic(story) if "raised" in line] == [f"{MON} 11:00 level_raised A"]
    assert story.plan.level == "A"


def test_a_restore_stopped_late_still_raised_and_meets_its_second_run():
    story = infra(("2026-11-24 10:00", "restored"), until="2026-11-24 11:00")
    assert [str(c.state) for c in story.plan.clocks if c.target == "restore"] == ["missed", "met"]
    assert clock(story, "restore", 1).stopped_at is None
    assert story.plan.level == "2"


@pytest.mark.parametrize("code", ["general", "telecom", "software", "hardware", "teleconference"])
def test_schemes_without_the_rule_never_raise(code):
    story = played(code, (f"{MON} 09:00", "received"), (f"{MON} 10:00", "remote_failed"), until="2027-01-23 09:00")
    assert not [line for line in automatic(story) if "raised" in line]


# --- confirmed raise


def test_earlier_takes_a_fresh_start_that_is_earlier():
    story = infra((f"{MON} 10:00", "level_confirmed", to("1")), until=f"{MON} 11:00")
    assert briefs(story, "restore") == [
        f"replaced 3 {MON} 09:00 > 2026-11-24 09:00 # {MON} 10:00",
        f"running 1 {MON} 10:00 > {MON} 14:00",
    ]
    assert [(c.target, c.run, c.outcome) for c in story.plan.level_changes if c.target == "restore"] == [
        ("restore", 2, "replaced")
    ]


def test_earlier_keeps_a_run_that_is_due_sooner_with_the_level_it_started_with():
    story = infra(("2026-11-24 06:00", "level_confirmed", to("1")), until="2026-11-24 07:00")
    assert briefs(story, "restore") == [f"running 3 {MON} 09:00 > 2026-11-24 09:00"]
    assert [(c.target, c.run, c.outcome) for c in story.plan.level_changes] == [("restore", 1, "kept")]
    assert story.plan.level == "1"


def test_targets_that_do_not_depend_on_the_change_go_on():
    story = infra((f"{MON} 10:00", "level_confirmed", to("1")), until=f"{MON} 11:00", level="2")
    assert briefs(story, "restore") == [f"running 2 {MON} 09:00 > {MON} 13:00"]
    assert story.plan.level_changes == ()


def test_a_kept_run_that_is_missed_at_the_top_opens_the_crisis():
    story = infra(("2026-11-24 08:00", "level_confirmed", to("1")), until="2026-11-24 09:30")
    assert briefs(story, "restore") == [f"missed 3 {MON} 09:00 > 2026-11-24 09:00"]
    assert automatic(story)[-1] == "2026-11-24 09:00 crisis_opened restore:1"


def test_software_restarts_at_the_confirmation_even_if_later():
    story = played(
        "software",
        (f"{MON} 10:00", "received", to("A")),
        (f"{MON} 19:00", "level_confirmed", to("B")),
        until=f"{MON} 20:00",
    )
    assert briefs(story, "resolve") == [
        f"replaced A {MON} 10:00 > {MON} 22:00 # {MON} 19:00",
        "running B 2026-11-24 09:00 > 2026-11-25 09:00",
    ]


def test_software_raise_to_c_drops_the_solution_and_starts_what_only_c_has():
    story = played(
        "software",
        (f"{MON} 10:00", "received", to("A")),
        (f"{MON} 11:00", "level_confirmed", to("C")),
        until=f"{MON} 12:00",
    )
    assert briefs(story, "resolve") == [f"replaced A {MON} 10:00 > {MON} 22:00 # {MON} 11:00"]
    assert briefs(story, "start_remote") == [f"running C {MON} 11:00 > {MON} 23:00"]
    assert briefs(story, "arrive") == [f"running C {MON} 11:00 > 2026-11-24 11:00"]


@pytest.mark.parametrize("done", ["remote_started", "restored"])
def test_a_target_new_with_the_level_whose_stop_is_past_does_not_start(done):
    story = played(
        "software",
        (f"{MON} 10:00", "received", to("A")),
        (f"{MON} 10:30", done),
        (f"{MON} 11:00", "level_confirmed", to("C")),
        until=f"{MON} 12:00",
    )
    assert briefs(story, "start_remote") == []
    assert briefs(story, "arrive") == []


def test_a_restore_that_only_the_new_level_has_does_not_start_after_restored():
    lines = [(f"{MON} 10:00", "received", to("C")), (f"{MON} 10:05", "diagnosed")]
    raised = (f"{MON} 11:00", "level_confirmed", to("B"))
    assert briefs(played("power", *lines, raised, until=f"{MON} 11:30"), "restore") == [
        f"running B {MON} 11:00 > {MON} 13:00"
    ]
    restored = (f"{MON} 10:30", "restored")
    assert briefs(played("power", *lines, restored, raised, until=f"{MON} 11:30"), "restore") == []


def test_a_target_whose_start_has_not_come_does_not_start_with_the_level():
    lines = [(f"{MON} 10:00", "received", to("D")), (f"{MON} 11:00", "level_confirmed", to("B"))]
    assert briefs(played("hardware", *lines, until=f"{MON} 12:00"), "arrive") == []
    failed = (f"{MON} 10:30", "remote_failed")
    story = played("hardware", lines[0], failed, lines[1], until=f"{MON} 12:00")
    assert briefs(story, "arrive") == [f"running B {MON} 11:00 > 2026-11-24 11:00"]


def test_hardware_moves_the_fresh_start_by_the_new_levels_calendar():
    """Raised on a Saturday from C, due Monday 11:00, to B: a fresh start on Monday 00:00 is due earlier."""
    story = played(
        "hardware",
        ("2026-11-20 18:30", "received", to("C")),
        ("2026-11-21 12:00", "level_confirmed", to("B")),
        until="2026-11-21 13:00",
    )
    assert briefs(story, "reply") == [
        "replaced C 2026-11-23 09:00 > 2026-11-23 11:00 # 2026-11-21 12:00",
        "running B 2026-11-23 00:00 > 2026-11-23 01:00",
    ]


# --- lowering


def test_lowering_counts_the_new_duration_from_the_original_start():
    story = infra((f"{MON} 11:00", "level_confirmed", to("3")), until=f"{MON} 12:00", level="1")
    assert briefs(story, "restore") == [
        f"replaced 1 {MON} 09:00 > {MON} 13:00 # {MON} 11:00",
        f"running 3 {MON} 09:00 > 2026-11-24 09:00",
    ]


def test_lowering_after_a_raise_counts_from_the_first_run():
    lines = [(f"{MON} 10:00", "level_confirmed", to("1")), (f"{MON} 12:00", "level_confirmed", to("3"))]
    story = infra(*lines, until=f"{MON} 13:00")
    assert brief(clock(story, "restore")) == f"running 3 {MON} 09:00 > 2026-11-24 09:00"
    assert clock(story, "restore").run == 3


def test_lowering_never_shortens_a_running_promise():
    """Software B -> A would be 12 h from the start, earlier than the 24 h already promised: the run goes on."""
    story = played(
        "software",
        (f"{MON} 10:00", "received", to("B")),
        (f"{MON} 11:00", "level_confirmed", to("A")),
        until=f"{MON} 12:00",
    )
    assert briefs(story, "resolve") == [f"running B {MON} 10:00 > 2026-11-24 10:00"]


def test_the_original_start_is_moved_by_the_new_levels_calendar():
    story = played(
        "hardware",
        ("2026-11-20 20:00", "received", to("B")),
        ("2026-11-20 20:30", "level_confirmed", to("C")),
        until="2026-11-20 21:00",
    )
    assert brief(clock(story, "reply")) == "running C 2026-11-23 09:00 > 2026-11-23 11:00"


def test_a_target_that_only_the_lower_level_has_counts_from_its_original_event():
    story = played(
        "software",
        (f"{MON} 10:00", "received", to("C")),
        (f"{MON} 15:00", "level_confirmed", to("B")),
        until=f"{MON} 16:00",
    )
    assert briefs(story, "resolve") == [f"running B {MON} 10:00 > 2026-11-24 10:00"]
    assert briefs(story, "start_remote") == [f"replaced C {MON} 10:00 > {MON} 22:00 # {MON} 15:00"]


def test_a_target_that_the_lower_level_lacks_is_replaced_without_successor():
    story = played(
        "power",
        (f"{MON} 10:00", "received", to("B")),
        (f"{MON} 10:30", "level_confirmed", to("C")),
        until=f"{MON} 20:00",
    )
    assert briefs(story, "restore") == [f"replaced B {MON} 10:00 > {MON} 12:00 # {MON} 10:30"]
    assert story.plan.level == "C"


def test_lowering_leaves_a_missed_clock_missed():
    lines = [(f"{MON} 09:00", "received", to("1")), (f"{MON} 10:00", "level_confirmed", to("3"))]
    story = played("infrastructure", *lines, until=f"{MON} 11:00")
    assert briefs(story, "respond") == [f"missed 1 {MON} 09:00 > {MON} 09:15"]


def test_in_a_later_round_the_original_start_is_that_rounds():
    story = infra(
        (f"{MON} 10:00", "resolved"),
        (f"{MON} 11:00", "closed"),
        ("2026-11-24 09:00", "reopened"),
        ("2026-11-24 10:00", "level_confirmed", to("3")),
        until="2026-11-24 11:00",
        level="1",
    )
    assert brief(clock(story, "restore")) == "running 3 2026-11-24 09:00 > 2026-11-25 09:00"


def test_the_travel_time_is_part_of_what_a_level_promises():
    """At 23 h travel hardware A promises 24 h to arrive, as B does, and both on Monday: but the calendar differs."""
    lines = [(f"{MON} 10:00", "received", to("B")), (f"{MON} 10:00", "remote_failed")]
    story = played(
        "hardware",
        *lines,
        (f"{MON} 11:00", "level_confirmed", to("A")),
        until=f"{MON} 12:00",
        case=Case(travel_minutes=1380),
    )
    assert [c.outcome for c in story.plan.level_changes if c.target == "arrive"] == ["kept"]
