"""Rules 1 and 2: what starts a clock, what stops it, what makes it void, and what a later step implies."""

import pytest

from sla.engine import Case
from tests.sla.engine.stories import automatic, brief, briefs, clock, local, played

MON = "2026-11-23"


def infra(*events, until=f"{MON} 23:00", level="3", case=None):
    lines = [(f"{MON} {time}", *rest) for time, *rest in events]
    return played("infrastructure", (f"{MON} 09:00", "received", {"level": level}), *lines, until=until, case=case)


# --- rule 1


def test_a_stop_exactly_at_the_due_time_is_in_time():
    assert brief(clock(infra(("09:30", "responded")), "respond")) == f"met 3 {MON} 09:00 > {MON} 09:30 # {MON} 09:30"


@pytest.mark.parametrize(
    ("second", "state"), [("29:59.999999", "met"), ("30:00", "met"), ("30:00.000001", "missed_stopped")]
)
def test_a_microsecond_decides(second, state):
    story = infra((f"09:{second}", "responded"))
    assert clock(story, "respond").state == state
    assert any("clock_missed respond" in line for line in automatic(story)) == (state == "missed_stopped")


def test_a_stop_before_the_start_meets_the_target_with_zero_length():
    story = infra(("10:00", "arrived"), ("11:00", "remote_failed"))
    assert brief(clock(story, "arrive")) == f"met 3 {MON} 11:00 > {MON} 15:00 # {MON} 11:00"
    assert clock(story, "arrive").elapsed_seconds == 0


def test_unless_something_in_between_undid_the_stop():
    story = infra(("10:00", "arrived"), ("10:30", "visit_failed"), ("11:00", "remote_failed"), until=f"{MON} 12:00")
    assert brief(clock(story, "arrive")) == f"running 3 {MON} 11:00 > {MON} 15:00"


def test_a_stop_that_ended_a_run_never_meets_a_later_one():
    story = infra(("10:00", "remote_failed"), ("11:00", "arrived"), ("12:00", "remote_failed"), until=f"{MON} 13:00")
    assert briefs(story, "arrive") == [
        f"met 3 {MON} 10:00 > {MON} 14:00 # {MON} 11:00",
        f"running 3 {MON} 12:00 > {MON} 16:00",
    ]


def test_a_stop_that_met_a_late_start_is_used_up_too():
    story = infra(("10:00", "arrived"), ("11:00", "remote_failed"), ("12:00", "remote_failed"), until=f"{MON} 13:00")
    assert [c.state for c in story.plan.clocks if c.target == "arrive"] == ["met", "running"]


def test_a_stop_between_the_event_and_the_moved_start_is_stamped_with_the_moved_start():
    story = played(
        "software",
        ("2026-11-20 18:30", "received", {"level": "A"}),
        ("2026-11-21 10:00", "resolved"),
        until="2026-11-22 10:00",
    )
    assert brief(clock(story, "resolve")) == "met A 2026-11-23 09:00 > 2026-11-23 21:00 # 2026-11-23 09:00"
    assert clock(story, "resolve").elapsed_seconds == 0


def test_start_and_stop_in_the_same_instant_meet_with_nothing_elapsed():
    story = infra(("09:00", "responded"))
    assert brief(clock(story, "respond")) == f"met 3 {MON} 09:00 > {MON} 09:30 # {MON} 09:00"
    assert (clock(story, "respond").elapsed_seconds, clock(story, "respond").remaining_seconds) == (0, 1800)


def test_a_start_while_the_target_runs_is_ignored():
    story = infra(("10:00", "remote_failed"), ("11:00", "remote_failed"), until=f"{MON} 12:00")
    assert briefs(story, "arrive") == [f"running 3 {MON} 10:00 > {MON} 14:00"]


def test_a_start_while_the_last_run_is_missed_and_unstopped_is_ignored():
    story = infra(("10:00", "remote_failed"), ("15:00", "remote_failed"), until=f"{MON} 16:00")
    assert briefs(story, "arrive") == [f"missed 3 {MON} 10:00 > {MON} 14:00"]


def test_a_start_after_a_late_stop_opens_the_next_run():
    story = infra(("10:00", "remote_failed"), ("15:00", "arrived"), ("16:00", "remote_failed"), until=f"{MON} 17:00")
    assert briefs(story, "arrive") == [
        f"missed_stopped 3 {MON} 10:00 > {MON} 14:00 # {MON} 15:00",
        f"running 3 {MON} 16:00 > {MON} 20:00",
    ]


# --- rule 2


@pytest.mark.parametrize("step", ["responded", "diagnosed", "remote_started", "arrived", "restored", "resolved"])
def test_every_later_step_implies_an_answer(step):
    assert local(clock(infra(("09:10", step)), "respond").stopped_at) == f"{MON} 09:10"


@pytest.mark.parametrize(
    "step", ["departed", "spare_needed", "spare_delivered", "remote_granted", "report_sent", "waiting"]
)
def test_other_events_do_not_answer(step):
    assert clock(infra(("09:10", step), until=f"{MON} 09:20"), "respond").state == "running"


def test_resolved_alone_implies_restored_and_starts_the_fault_report():
    story = infra(("10:00", "resolved"))
    assert clock(story, "restore").state == "met"
    assert brief(clock(story, "fault_report")) == f"running 3 {MON} 10:00 > 2026-11-24 18:00"


def test_resolved_after_restored_starts_no_second_fault_report():
    story = infra(("10:00", "restored"), ("11:00", "report_sent"), ("12:00", "resolved"))
    assert briefs(story, "fault_report") == [f"met 3 {MON} 10:00 > 2026-11-24 18:00 # {MON} 11:00"]


def test_restored_makes_a_running_arrival_void():
    story = infra(("10:00", "remote_failed"), ("11:00", "restored"))
    assert brief(clock(story, "arrive")) == f"void 3 {MON} 10:00 > {MON} 14:00 # {MON} 11:00"


def test_restored_leaves_a_missed_arrival_missed_and_owed():
    story = infra(("10:00", "remote_failed"), ("15:00", "restored"))
    assert brief(clock(story, "arrive")) == f"missed 3 {MON} 10:00 > {MON} 14:00"
    assert local(story.plan.next_due_at) == f"{MON} 14:00"


def test_in_software_remote_work_makes_the_arrival_void_and_restored_both():
    for event, states in (("remote_started", ["met", "void"]), ("restored", ["void", "void"])):
        story = played(
            "software", (f"{MON} 10:00", "received", {"level": "C"}), (f"{MON} 11:00", event), until=f"{MON} 12:00"
        )
        assert [clock(story, target).state for target in ("start_remote", "arrive")] == states


def test_spare_targets_outlive_restored_until_resolved():
    story = infra(("10:00", "spare_needed"), ("11:00", "restored"), until=f"{MON} 12:00")
    assert clock(story, "replace_part").state == "running"
    story = infra(("10:00", "spare_needed"), ("11:00", "restored"), ("12:00", "resolved"))
    assert brief(clock(story, "replace_part")) == f"void 3 {MON} 10:00 > 2026-11-25 10:00 # {MON} 12:00"


def test_closed_makes_all_void_but_the_fault_report_which_may_still_be_sent():
    story = infra(("10:00", "spare_needed"), ("10:00", "remote_failed"), ("10:10", "restored"), ("11:00", "closed"))
    assert {c.key: str(c.state) for c in story.plan.clocks} == {
        "respond:1": "missed_stopped",
        "arrive:1": "void",
        "restore:1": "met",
        "replace_part:1": "void",
        "fault_report:1": "running",
    }
    story = infra(("10:10", "restored"), ("11:00", "closed"), ("12:00", "report_sent"))
    assert clock(story, "fault_report").state == "met"


def test_cancelled_makes_everything_void():
    story = infra(("09:10", "restored"), ("11:00", "cancelled"))
    assert brief(clock(story, "fault_report")) == f"void 3 {MON} 09:10 > 2026-11-24 18:00 # {MON} 11:00"


@pytest.mark.parametrize("end", ["closed", "cancelled"])
def test_a_missed_clock_at_the_end_stays_missed_and_leaves_the_next_due_time(end):
    story = infra(("10:00", end))
    respond = clock(story, "respond")
    assert brief(respond) == f"missed 3 {MON} 09:00 > {MON} 09:30 # {MON} 10:00"
    assert not respond.is_open
    assert respond.over_seconds == 1800
    assert story.plan.next_due_at is None


def test_a_fault_report_missed_before_the_close_ends_with_it():
    lines = [("2026-11-23 10:00", "restored"), ("2026-11-25 10:00", "closed"), ("2026-11-26 10:00", "report_sent")]
    story = played("infrastructure", ("2026-11-23 09:30", "received"), *lines, until="2026-11-27 09:00")
    assert brief(clock(story, "fault_report")) == ("missed 4 2026-11-23 10:00 > 2026-11-24 18:00 # 2026-11-25 10:00")


# --- kinds


@pytest.mark.parametrize("kind", ["fault", "question", "complaint"])
def test_usual_kinds_have_the_usual_targets(kind):
    story = infra(case=Case(kind=kind), until=f"{MON} 09:00")
    assert [c.target for c in story.plan.clocks] == ["respond", "restore"]


@pytest.mark.parametrize("kind", ["change", "inspection"])
def test_schemes_without_marked_targets_promise_changes_and_inspections_nothing(kind):
    story = infra(("10:00", "visit_failed"), case=Case(kind=kind))
    assert story.plan.clocks == ()
    assert automatic(story) == []


def test_moving_the_visit_moves_its_notice_and_a_missed_one_stays_missed():
    planned = {"planned_at": "2026-03-06T10:00:00+08:00"}
    moved = {"planned_at": "2026-03-09T10:00:00+08:00"}
    lines = [("2026-01-10 10:00", "received"), ("2026-01-10 10:00", "visit_planned", planned)]
    inspection = Case(kind="inspection")
    story = played(
        "telecom", *lines, ("2026-02-05 10:00", "visit_planned", moved), until="2026-02-05 11:00", case=inspection
    )
    assert briefs(story, "inspection_notice") == ["running minor 2026-01-10 10:00 > 2026-02-10 18:00"]
    story = played(
        "telecom", *lines, ("2026-02-10 10:00", "visit_planned", moved), until="2026-02-10 11:00", case=inspection
    )
    assert briefs(story, "inspection_notice") == ["missed minor 2026-01-10 10:00 > 2026-02-09 18:00"]


def test_a_visit_planned_too_late_misses_its_notice_at_once():
    story = played(
        "telecom",
        ("2026-02-10 10:00", "received"),
        ("2026-02-10 10:00", "visit_planned", {"planned_at": "2026-02-14T10:00:00+08:00"}),
        until="2026-02-10 10:00",
        case=Case(kind="inspection"),
    )
    assert clock(story, "inspection_notice").state == "missed"
    assert automatic(story) == ["2026-02-10 10:00 clock_missed inspection_notice:1"]


def test_a_notice_sent_before_the_visit_is_planned_meets_it():
    story = played(
        "telecom",
        ("2026-02-10 10:00", "received"),
        ("2026-02-10 10:00", "notice_sent"),
        ("2026-02-10 11:00", "visit_planned", {"planned_at": "2026-02-14T10:00:00+08:00"}),
        until="2026-02-10 12:00",
        case=Case(kind="inspection"),
    )
    assert clock(story, "inspection_notice").state == "met"
    assert automatic(story) == []
