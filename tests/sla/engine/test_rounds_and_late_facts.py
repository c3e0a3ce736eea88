"""Rules 4 and 5: re-opening opens new runs and keeps old results; late facts count as if on time."""

import pytest

from sla.engine import Case, Event
from tests.sla.engine.stories import at, automatic, brief, briefs, clock, planned, played, scheme, swept, tell

MON = "2026-11-23"


def infra(*events, until=f"{MON} 23:00", case=None):
    lines = [(f"{MON} 09:00", "received", {"level": "3"}), (f"{MON} 09:00", "responded"), *events]
    return played("infrastructure", *lines, until=until, case=case)


# --- rounds


@pytest.mark.parametrize(("event", "end"), [("reopened", "closed"), ("not_satisfied", "resolved")])
def test_a_new_round_restores_anew_and_keeps_the_old_result(event, end):
    lines = [(f"{MON} 10:00", "resolved"), *([(f"{MON} 10:30", "closed")] if end == "closed" else [])]
    story = infra(*lines, (f"{MON} 11:00", event), until=f"{MON} 12:00")
    assert briefs(story, "restore") == [
        f"met 3 {MON} 09:00 > 2026-11-24 09:00 # {MON} 10:00",
        f"running 3 {MON} 11:00 > 2026-11-24 11:00",
    ]


def test_not_down_means_no_new_restore():
    story = infra(
        (f"{MON} 10:00", "resolved"), (f"{MON} 11:00", "not_satisfied", {"down": False}), until=f"{MON} 12:00"
    )
    assert [str(c.state) for c in story.plan.clocks if c.target == "restore"] == ["met"]


def test_a_question_is_not_down_unless_said():
    lines = [(f"{MON} 10:00", "resolved"), (f"{MON} 11:00", "not_satisfied")]
    question = Case(kind="question")
    assert len(briefs(infra(*lines, until=f"{MON} 12:00", case=question), "restore")) == 1
    down = [lines[0], (f"{MON} 11:00", "not_satisfied", {"down": True})]
    assert len(briefs(infra(*down, until=f"{MON} 12:00", case=question), "restore")) == 2


def test_resolve_starts_again_down_or_not_and_upgrade_never():
    for down in (True, False):
        story = played(
            "software",
            (f"{MON} 10:00", "received", {"level": "A"}),
            (f"{MON} 11:00", "resolved"),
            (f"{MON} 11:30", "not_satisfied", {"down": down}),
            until=f"{MON} 13:00",
        )
        assert brief(clock(story, "resolve")) == f"running A {MON} 11:30 > {MON} 23:30"
    story = played(
        "power", (f"{MON} 10:00", "received"), (f"{MON} 11:00", "resolved"), (f"{MON} 12:00", "not_satisfied"),
        until=f"{MON} 13:00", case=Case(cause="design_defect"),
    )  # fmt: skip
    assert [str(c.state) for c in story.plan.clocks if c.target == "upgrade"] == ["met"]


def test_three_rounds_each_have_their_own_time():
    lines = []
    for hour in (10, 12, 14):
        lines += [(f"{MON} {hour}:00", "resolved"), (f"{MON} {hour + 1}:00", "not_satisfied")]
    story = infra(*lines, until=f"{MON} 16:00")
    elapsed = [c.elapsed_seconds // 3600 for c in story.plan.clocks if c.target == "restore"]
    assert elapsed == [1, 1, 1, 1]
    assert sum(elapsed) == 4  # 9-10, 11-12, 13-14, 15-16: the open segments and nothing else


def test_a_miss_in_the_first_round_stays_whatever_comes():
    story = infra(
        ("2026-11-24 10:00", "resolved"), ("2026-11-24 11:00", "not_satisfied"), ("2026-11-24 11:30", "restored"),
        until="2026-11-25 12:00",
    )  # fmt: skip
    assert [str(c.state) for c in story.plan.clocks if c.target == "restore"] == ["missed", "met", "met"]


def test_a_second_restored_starts_a_second_fault_report():
    story = infra(
        (f"{MON} 10:00", "resolved"), (f"{MON} 10:30", "report_sent"), (f"{MON} 11:00", "not_satisfied"),
        (f"{MON} 12:00", "restored"), until=f"{MON} 13:00",
    )  # fmt: skip
    assert [str(c.state) for c in story.plan.clocks if c.target == "fault_report"] == ["met", "running"]


def test_a_ticket_closed_without_a_solution_and_reopened():
    story = infra((f"{MON} 10:00", "closed"), (f"{MON} 11:00", "reopened"), until=f"{MON} 12:00")
    assert [str(c.state) for c in story.plan.clocks if c.target == "restore"] == ["void", "running"]


# --- late facts


def late(code, events, swept_at, fact, now, case=None):
    """What stands when the program has swept, then somebody writes down `fact`, and it sweeps again."""
    log, _ = swept(scheme(code), events, at(swept_at), case)
    kind, happened, data = fact
    log.append(Event(kind, at(happened), max(e.seq for e in log) + 1, data))
    return swept(scheme(code), log, at(now), case)


def test_a_late_stop_meets_the_clock_and_the_raise_stays_on_record():
    """
    09:00 restore B      11:00 missed, raised to A      11:20 written down: restored 10:50
    """
    events = tell((f"{MON} 09:00", "received", {"level": "B"}), (f"{MON} 09:00", "diagnosed"))
    log, plan = late("power", events, f"{MON} 11:15", ("restored", f"{MON} 10:50", {}), f"{MON} 20:00")
    assert briefs(plan, "restore") == [f"met B {MON} 09:00 > {MON} 11:00 # {MON} 10:50"]
    assert plan.level == "A"
    assert automatic(log)[-2:] == [f"{MON} 11:00 clock_missed restore:1", f"{MON} 11:00 level_raised A"]


def test_a_stop_written_down_late_for_the_very_deadline_is_in_time():
    events = tell((f"{MON} 09:00", "received", {"level": "B"}), (f"{MON} 09:00", "diagnosed"))
    _, plan = late("power", events, f"{MON} 11:00", ("restored", f"{MON} 11:00", {}), f"{MON} 11:00")
    assert briefs(plan, "restore") == [f"met B {MON} 09:00 > {MON} 11:00 # {MON} 11:00"]


def test_a_late_pause_takes_the_miss_back_and_the_cascade_goes_on_from_the_true_deadline():
    """
    09:00 restore B     11:00 missed, raised to A (on record)     12:00 true deadline with the hour of waiting
    Fresh start at the raise: 12:00 too, so the old run is kept; missed at 12:00, it starts anew there at level A.
    """
    events = tell((f"{MON} 09:00", "received", {"level": "B"}), (f"{MON} 09:00", "diagnosed"))
    log, _ = swept(scheme("power"), events, at(f"{MON} 11:05"))
    log += [Event("waiting", at(f"{MON} 09:30"), 50), Event("resumed", at(f"{MON} 10:30"), 51)]
    _, plan = swept(scheme("power"), log, at(f"{MON} 11:30"))
    assert briefs(plan, "restore") == [f"running B {MON} 09:00 > {MON} 12:00"]
    log, plan = swept(scheme("power"), log, at(f"{MON} 12:30"))
    assert briefs(plan, "restore") == [f"missed B {MON} 09:00 > {MON} 12:00", f"running A {MON} 12:00 > {MON} 13:00"]
    assert plan.level == "A"


def test_a_late_raise_by_a_person_is_not_undone_by_the_raise_on_record():
    events = tell((f"{MON} 09:00", "received", {"level": "3"}), (f"{MON} 09:00", "responded"))
    fact = ("level_confirmed", f"{MON} 10:00", {"level": "1"})
    _, plan = late("infrastructure", events, "2026-11-24 09:30", fact, "2026-11-24 09:45")
    assert plan.level == "1"
    assert briefs(plan, "restore")[:2] == [
        f"replaced 3 {MON} 09:00 > 2026-11-24 09:00 # {MON} 10:00",
        f"missed 1 {MON} 10:00 > {MON} 14:00",
    ]
    assert plan.is_crisis_open


def test_a_spare_that_was_ordered_stays_ordered():
    events = tell((f"{MON} 09:00", "received"), (f"{MON} 09:30", "responded"), (f"{MON} 10:00", "arrived"))
    log, plan = late("teleconference", events, f"{MON} 12:30", ("restored", f"{MON} 11:00", {}), f"{MON} 13:00")
    assert automatic(log) == [f"{MON} 12:00 spare_needed"]
    assert clock(plan, "send_spare").state == "running"


def test_a_fact_recorded_on_time_and_one_recorded_late_give_the_same_clocks():
    base = [(f"{MON} 09:00", "received", {"level": "3"}), (f"{MON} 12:00", "remote_failed")]
    first = planned("infrastructure", *base, (f"{MON} 09:20", "responded"), until=f"{MON} 13:00")
    second = planned("infrastructure", base[0], (f"{MON} 09:20", "responded"), base[1], until=f"{MON} 13:00")
    assert first == second
