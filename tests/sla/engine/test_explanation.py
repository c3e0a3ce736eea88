"""The explanation of a clock: stretches without gap that add up, and say why."""

from datetime import timedelta

from sla.engine import Case, Event, explain, plan
from tests.sla.engine.stories import at, calendars, clock, local, played, scheme

MON = "2026-11-23"


def told(story, target, run=None):
    """`counted 11-20 17:30-18:00 5x8` for each stretch."""
    found = clock(story, target, run)
    return [
        f"{s.kind} {local(s.start)[5:]} > {local(s.end)[5:]} {s.seconds}"
        + (f" #{s.working_day}" if s.working_day else "")
        for s in explain(story.plan, found)
    ]


def infra(*events, until, level="3"):
    lines = [(f"{MON} 09:00", "received", {"level": level}), (f"{MON} 09:00", "responded"), *events]
    return played("infrastructure", *lines, until=until)


def test_round_the_clock_is_one_counted_stretch_to_the_due_time():
    story = infra(until=f"{MON} 10:00")
    (stretch,) = explain(story.plan, clock(story, "restore"))
    assert (stretch.kind, stretch.why, stretch.seconds) == ("counted", "24x7", 86400)
    assert (stretch.start, stretch.end) == (at(f"{MON} 09:00"), at("2026-11-24 09:00"))


def test_from_the_start_event_before_it_was_moved():
    story = played("software", ("2026-11-20 18:30", "received", {"level": "A"}), until="2026-11-20 19:00")
    assert told(story, "resolve") == [
        "closed 11-20 18:30 > 11-23 09:00 225000",
        "counted 11-23 09:00 > 11-23 21:00 43200",
    ]
    assert explain(story.plan, clock(story, "resolve"))[0].why == "5x8"


def test_closed_hours_stand_between_counted_ones():
    story = played("hardware", ("2026-11-20 17:00", "received", {"level": "C"}), until="2026-11-20 17:30")
    assert told(story, "reply") == [
        "counted 11-20 17:00 > 11-20 18:00 3600",
        "closed 11-20 18:00 > 11-23 09:00 226800",
        "counted 11-23 09:00 > 11-23 10:00 3600",
    ]


def test_a_pause_is_told_with_its_wall_length():
    story = infra((f"{MON} 10:00", "waiting"), (f"{MON} 11:00", "resumed"), until=f"{MON} 12:00")
    assert told(story, "restore") == [
        "counted 11-23 09:00 > 11-23 10:00 3600",
        "paused 11-23 10:00 > 11-23 11:00 3600",
        "counted 11-23 11:00 > 11-24 10:00 82800",
    ]
    assert explain(story.plan, clock(story, "restore"))[1].why == "waiting"


def test_a_paused_clock_ends_now():
    story = infra((f"{MON} 10:00", "waiting"), until=f"{MON} 12:00")
    assert told(story, "restore") == ["counted 11-23 09:00 > 11-23 10:00 3600", "paused 11-23 10:00 > 11-23 12:00 7200"]


def test_a_clock_stopped_in_time_is_told_to_its_due_time():
    story = infra((f"{MON} 10:00", "restored"), until=f"{MON} 12:00")
    assert told(story, "restore") == ["counted 11-23 09:00 > 11-24 09:00 86400"]


def test_a_pause_after_the_stop_is_no_part_of_the_explanation():
    story = infra((f"{MON} 10:00", "restored"), (f"{MON} 10:30", "waiting"), until=f"{MON} 12:00")
    assert told(story, "restore") == ["counted 11-23 09:00 > 11-24 09:00 86400"]


def test_a_missed_clock_is_over_in_one_stretch_up_to_now_whatever_the_calendar():
    story = played("hardware", ("2026-11-20 15:00", "received", {"level": "C"}), until="2026-11-21 12:00")
    assert told(story, "reply")[-1] == "over 11-20 17:00 > 11-21 12:00 68400"
    assert clock(story, "reply").over_seconds == 3600  # counted: only the hour to 18:00
    assert clock(story, "reply").elapsed_seconds == 3 * 3600


def test_a_clock_stopped_late_is_over_up_to_the_stop():
    lines = [(f"{MON} 10:00", "remote_failed"), (f"{MON} 15:30", "arrived")]
    assert told(infra(*lines, until=f"{MON} 20:00"), "arrive") == [
        "counted 11-23 10:00 > 11-23 14:00 14400",
        "over 11-23 14:00 > 11-23 15:30 5400",
    ]


def test_pauses_after_the_due_time_are_not_over():
    lines = [(f"{MON} 10:00", "remote_failed"), (f"{MON} 15:00", "waiting"), (f"{MON} 16:00", "resumed")]
    assert told(infra(*lines, until=f"{MON} 18:00"), "arrive")[1:] == [
        "over 11-23 14:00 > 11-23 15:00 3600",
        "paused 11-23 15:00 > 11-23 16:00 3600",
        "over 11-23 16:00 > 11-23 18:00 7200",
    ]


def test_a_run_restarted_by_a_raise_ends_at_its_due_time():
    story = infra(until="2026-11-24 12:00")
    assert told(story, "restore", 1) == ["counted 11-23 09:00 > 11-24 09:00 86400"]
    assert told(story, "restore", 2) == ["counted 11-24 09:00 > 11-24 13:00 14400"]


def test_working_days_are_told_as_local_days_with_numbers():
    """Seconds of pauses and seconds of the clock differ here: days are counted whole."""
    story = played(
        "teleconference",
        ("2026-11-19 09:00", "received"), ("2026-11-19 10:00", "spare_needed"),
        ("2026-11-22 20:00", "waiting"), ("2026-11-24 08:00", "resumed"), until="2026-11-24 09:00",
    )  # fmt: skip
    assert told(story, "spare_on_site") == [
        "closed 11-19 10:00 > 11-20 00:00 50400",
        "counted 11-20 00:00 > 11-21 00:00 86400 #1",
        "closed 11-21 00:00 > 11-22 00:00 86400",
        "closed 11-22 00:00 > 11-23 00:00 86400",
        "paused 11-23 00:00 > 11-24 00:00 86400",
        "counted 11-24 00:00 > 11-24 18:00 64800 #2",
    ]


def test_a_notice_is_told_with_the_days_left_before_the_visit():
    story = played(
        "telecom",
        ("2026-01-10 10:00", "received"),
        ("2026-02-05 10:00", "visit_planned", {"planned_at": "2026-03-06T10:00:00+08:00"}),
        until="2026-02-05 11:00",
        case=Case(kind="inspection"),
    )
    assert told(story, "inspection_notice") == [
        "counted 02-05 10:00 > 02-06 00:00 50400 #17",
        "counted 02-06 00:00 > 02-07 00:00 86400 #16",
        "closed 02-07 00:00 > 02-08 00:00 86400",
        "closed 02-08 00:00 > 02-09 00:00 86400",
        "counted 02-09 00:00 > 02-09 18:00 64800 #15",
    ]


def test_many_pauses_within_seconds_neither_gain_nor_lose_one():
    start = at(f"{MON} 09:00") + timedelta(microseconds=123_457)
    events = [Event("received", start, 1, {"level": "1"}), Event("responded", start, 2)]
    for number in range(1, 200):
        moment = start + timedelta(seconds=10 * number, microseconds=333_333 * number)
        kind = "waiting" if number % 2 else "resumed"
        events.append(Event(kind, moment, number + 2))
    events.append(Event("resumed", moment + timedelta(microseconds=7), 500))
    found = plan(scheme("infrastructure"), calendars(), Case(), events, at(f"{MON} 10:00"))
    restore = clock(found, "restore")
    told_seconds = sum(stretch.seconds for stretch in explain(found, restore) if stretch.kind == "counted")
    assert told_seconds == 4 * 3600
    assert restore.elapsed_seconds + restore.remaining_seconds == 4 * 3600
