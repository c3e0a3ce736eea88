"""The worked examples of the contract book, one by one, to the minute."""

from sla.engine import Case
from tests.sla.engine.stories import automatic, brief, briefs, clock, local, played


def test_infrastructure_3_on_friday_evening():
    story = played("infrastructure", ("2026-11-20 17:50", "received", {"level": "3"}), until="2026-11-20 17:50")
    assert local(clock(story, "respond").due_at) == "2026-11-20 18:20"
    assert local(clock(story, "restore").due_at) == "2026-11-21 17:50"


def test_infrastructure_3_with_nothing_done_climbs_to_a_crisis():
    """
    Fri 17:50      Sat 17:50       21:50        Sun 01:50      02:50
    |---- 24 h ----|----- 4 h -----|---- 4 h ----|---- 1 h ----|
    level 3         level 2         level 1       crisis        first record due
    """
    story = played("infrastructure", ("2026-11-20 17:50", "received", {"level": "3"}), until="2026-11-22 01:50")
    assert briefs(story, "restore") == [
        "missed 3 2026-11-20 17:50 > 2026-11-21 17:50",
        "missed 2 2026-11-21 17:50 > 2026-11-21 21:50",
        "missed 1 2026-11-21 21:50 > 2026-11-22 01:50",
    ]
    assert brief(clock(story, "crisis_record")) == "running 1 2026-11-22 01:50 > 2026-11-22 02:50"
    written = [line for line in automatic(story) if "warned" not in line and "respond" not in line]
    assert written == [
        "2026-11-21 05:50 loaner_requested",
        "2026-11-21 17:50 clock_missed restore:1",
        "2026-11-21 17:50 level_raised 2",
        "2026-11-21 21:50 clock_missed restore:2",
        "2026-11-21 21:50 level_raised 1",
        "2026-11-22 01:50 clock_missed restore:3",
        "2026-11-22 01:50 crisis_opened restore:3",
    ]
    assert story.plan.level == "1"
    assert story.plan.is_crisis_open


def test_infrastructure_fault_report_is_due_at_the_close_of_the_next_working_day():
    story = played(
        "infrastructure",
        ("2026-11-20 15:00", "received", {"level": "2"}),
        ("2026-11-20 16:00", "restored"),
        until="2026-11-20 16:00",
    )
    assert local(clock(story, "fault_report").due_at) == "2026-11-23 18:00"


def _software(level, received):
    story = played("software", (received, "received", {"level": level}), until=received)
    return brief(clock(story, "resolve"))


def test_software_a_just_before_the_close_counts_through_the_night():
    assert _software("A", "2026-11-20 17:30") == "running A 2026-11-20 17:30 > 2026-11-21 05:30"


def test_software_a_after_the_close_starts_on_monday():
    assert _software("A", "2026-11-20 18:30") == "running A 2026-11-23 09:00 > 2026-11-23 21:00"


def test_software_a_starts_on_a_make_up_saturday():
    assert _software("A", "2026-02-13 19:00") == "running A 2026-02-14 09:00 > 2026-02-14 21:00"


def test_software_b_at_the_very_close_before_spring_festival():
    assert _software("B", "2026-02-14 18:00") == "running B 2026-02-24 09:00 > 2026-02-25 09:00"


def test_hardware_b_reply_is_split_by_the_weekend():
    story = played("hardware", ("2026-11-20 23:30", "received", {"level": "B"}), until="2026-11-20 23:30")
    assert local(clock(story, "reply").due_at) == "2026-11-23 00:30"


def test_hardware_c_reply_and_arrival():
    story = played(
        "hardware",
        ("2026-11-20 17:00", "received", {"level": "C"}),
        ("2026-11-20 19:00", "remote_failed"),
        until="2026-11-20 19:00",
    )
    assert local(clock(story, "reply").due_at) == "2026-11-23 10:00"
    assert brief(clock(story, "arrive")) == "running C 2026-11-23 09:00 > 2026-11-26 09:00"


def test_teleconference_far_site_needs_a_spare_two_hours_after_arrival():
    story = played(
        "teleconference",
        ("2026-11-18 09:30", "received", {"level": "2"}),
        ("2026-11-18 09:40", "responded"),
        ("2026-11-18 10:00", "remote_failed"),
        ("2026-11-18 12:10", "arrived"),
        until="2026-11-18 14:10",
        case=Case(travel_minutes=90),
    )
    assert brief(clock(story, "arrive")) == "met 2 2026-11-18 10:00 > 2026-11-18 12:30 # 2026-11-18 12:10"
    assert automatic(story)[-1] == "2026-11-18 14:10 spare_needed"
    assert local(clock(story, "send_spare").due_at) == "2026-11-19 14:10"
    assert local(clock(story, "spare_on_site").due_at) == "2026-11-20 18:00"
