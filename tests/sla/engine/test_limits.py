"""Where the engine cannot know: calendars that end, days nobody has decreed, gaps in the log, odd but legal logs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from sla.engine import Case, Event, Scheme, StoryError, explain, missing_sequence_numbers, plan, simulate
from sla.engine.facts import unreadable_instants
from tests.sla.engine.stories import at, brief, calendars, clock, local, planned, played, scheme, tell
from tests.sla.engine.test_properties import stories

MON = "2026-11-23"
NARROW = ("Asia/Shanghai", date(2026, 9, 1), date(2026, 9, 27))


def test_receipt_before_the_calendar_is_undetermined_and_no_error():
    short = calendars("Asia/Shanghai", date(2026, 12, 1), date(2026, 12, 31))
    found = plan(
        scheme("software"), short, Case(), tell((f"{MON} 10:00", "received", {"level": "A"})), at(f"{MON} 11:00")
    )
    resolve = clock(found, "resolve")
    assert (resolve.is_undetermined, resolve.due_at, str(resolve.state)) == (True, None, "running")
    assert found.is_undetermined
    assert explain(found, resolve) == ()
    assert (found.effects, found.timers, found.next_due_at) == ((), (), None)


def test_a_due_time_beyond_the_calendar_is_undetermined():
    short = calendars("Asia/Shanghai", date(2026, 11, 1), date(2026, 11, 24))
    lines = tell((f"{MON} 10:00", "received"), (f"{MON} 10:00", "spare_needed"))
    found = plan(scheme("teleconference"), short, Case(), lines, at(f"{MON} 11:00"))
    assert clock(found, "spare_on_site").is_undetermined
    assert not clock(found, "send_spare").is_undetermined


@given(stories())
@settings(max_examples=150, deadline=None)
def test_a_calendar_that_ends_is_never_an_error(story):
    found, case, events, now = story
    seen = simulate(found, calendars(*NARROW), case, events, now).plan
    for each in seen.clocks:
        explain(seen, each)


def test_days_nobody_has_decreed_make_a_due_time_provisional():
    lines = [("2026-12-31 17:30", "received", {"level": "C"})]
    assert clock(played("hardware", *lines, until="2026-12-31 17:30"), "reply").is_provisional
    earlier = played("hardware", ("2026-12-31 15:00", "received", {"level": "C"}), until="2026-12-31 15:30")
    assert not clock(earlier, "reply").is_provisional
    around_the_clock = played("power", *[(lines[0][0], "received")], until="2026-12-31 17:30")
    assert not around_the_clock.plan.is_provisional


def test_a_decree_that_moves_the_due_time_into_the_past_misses_it_at_the_new_due_time():
    """Edge case 51: first guessed as a holiday, then decreed a working day; the miss is stamped with the new due."""
    events = [
        Event("received", at("2026-02-13 17:30"), 1, {"level": "C"}),
        Event("responded", at("2026-02-13 17:30"), 2),
    ]
    now = at("2026-02-24 09:00")
    decreed = plan(scheme("hardware"), calendars(), Case(), events, now)  # 14 February is worked
    missed = next(effect for effect in decreed.effects if effect.type == "clock_missed")
    assert local(missed.at) == "2026-02-14 10:30"


def test_the_zone_of_the_site_decides():
    for zone, due in (("Asia/Bangkok", "2026-11-24 18:00"), ("Europe/Berlin", "2026-11-24 18:00")):
        place = ZoneInfo(zone)
        events = [
            Event("received", at(f"{MON} 10:00", place), 1, {"level": "2"}),
            Event("restored", at(f"{MON} 11:00", place), 2),
        ]
        found = plan(scheme("infrastructure"), calendars(zone), Case(), events, at(f"{MON} 12:00", place))
        assert clock(found, "fault_report").due_at == at(due, place)


def test_a_calendar_month_keeps_the_wall_clock_over_a_change_of_time():
    berlin = ZoneInfo("Europe/Berlin")
    events = [Event("received", at("2026-10-10 12:00", berlin), 1, {"level": "D"})]
    found = plan(scheme("power"), calendars("Europe/Berlin"), Case(cause="design_defect"), events, events[0].at)
    assert clock(found, "upgrade").due_at == at("2026-11-10 12:00", berlin)


# --- logs


def test_gaps_in_the_sequence_are_told():
    assert missing_sequence_numbers(tell((f"{MON} 10:00", "received"), (f"{MON} 11:00", "responded"))) == ()
    assert missing_sequence_numbers(
        [Event("received", at(f"{MON} 10:00"), 2), Event("closed", at(f"{MON} 10:00"), 5)]
    ) == (1, 3, 4)


def test_instants_may_be_text_and_nonsense_is_no_error():
    text: Any = "2026-11-23T10:00:00+08:00"
    event = Event("received", text, 1, {"level": "9"})
    assert event.at == at(f"{MON} 10:00")
    confirmed = Event("change_confirmed", at(f"{MON} 10:00"), 2, {"agreed_at": "soon"})
    assert unreadable_instants(confirmed) == ("agreed_at",)
    found = plan(scheme("telecom"), calendars(), Case(kind="change"), [event, confirmed], at(f"{MON} 11:00"))
    assert clock(found, "change_delivery").is_undetermined
    assert found.level == "minor"  # a level nobody knows is as good as none


def test_an_empty_log_and_events_still_to_come_make_nothing():
    nothing = plan(scheme("general"), calendars(), Case(), [], at(f"{MON} 10:00"))
    assert (nothing.clocks, nothing.effects, nothing.level) == ((), (), "normal")
    later = planned("general", (f"{MON} 12:00", "received"), until=f"{MON} 11:00")
    assert later.clocks == ()


def test_other_entries_of_the_log_change_nothing():
    lines = [(f"{MON} 10:00", "received"), (f"{MON} 10:30", "responded")]
    noise = [(f"{MON} 10:10", "noted"), (f"{MON} 10:20", "assigned"), (f"{MON} 10:40", "replied")]
    assert planned("general", *lines, *noise, until=f"{MON} 11:00") == planned("general", *lines, until=f"{MON} 11:00")


def test_an_automatic_resumption_is_what_a_customer_did_not_an_effect():
    resumed = Event("resumed", at(f"{MON} 12:00"), 9, {}, automatic=True)
    lines = [(f"{MON} 10:00", "received", {"level": "3"}), (f"{MON} 11:00", "waiting")]
    found = planned("infrastructure", *lines, until=f"{MON} 12:00", log=[resumed])
    assert (found.is_paused, resumed.key) == (False, None)


def test_an_answer_that_a_later_step_only_repeats_is_not_kept_for_the_next_round():
    """`resolved` implies `responded`, but that is answered already: the next round wants an answer of its own."""
    target = {
        "code": "respond", "name": "Answer", "from": "received", "to": "responded", "within": "PT1H",
        "starts_again_when_reopened": "always",
    }  # fmt: skip
    document = {"code": "x", "name": "X", "levels": [{"code": "1", "severity": 1, "name": "One"}], "targets": [target]}
    lines = [("10:00", "received"), ("10:10", "responded"), ("10:20", "resolved"), ("10:30", "not_satisfied")]
    story = played(Scheme.from_document(document), *[(f"{MON} {t}", name) for t, name in lines], until=f"{MON} 10:40")
    assert brief(clock(story, "respond")) == f"running 1 {MON} 10:30 > {MON} 11:30"


def test_a_warning_that_was_given_stays_where_it_was():
    lines = [
        (f"{MON} 09:00", "received", {"level": "3"}),
        ("2026-11-24 04:00", "waiting"),
        ("2026-11-24 06:00", "resumed"),
    ]
    restore = clock(played("infrastructure", *lines, until="2026-11-24 07:00"), "restore")
    assert (local(restore.warn_at), local(restore.due_at)) == ("2026-11-24 03:00", "2026-11-24 11:00")


# --- stories that cannot be


@pytest.mark.parametrize(
    ("lines", "index"),
    [
        ([], 0),
        ([(f"{MON} 10:00", "responded")], 0),
        ([(f"{MON} 10:00", "received"), (f"{MON} 09:59", "closed")], 1),
        ([(f"{MON} 10:00", "received", {"level": "7"})], 0),
        ([(f"{MON} 10:00", "received", {"level": 3})], 0),
        ([(f"{MON} 10:00", "received"), (f"{MON} 11:00", "level_confirmed", {"level": "Z"})], 1),
        ([(f"{MON} 10:00", "received"), (f"{MON} 11:00", "received")], 1),
        ([(f"{MON} 10:00", "received"), (f"{MON} 11:00", "level_raised", {"level": "1"})], 1),
        ([(f"{MON} 10:00", "received"), (f"{MON} 11:00", "clock_missed")], 1),
        ([(f"{MON} 10:00", "received"), (f"{MON} 11:00", "exploded")], 1),
        ([(f"{MON} 10:00", "received"), (f"{MON} 11:00", "change_confirmed", {"agreed_at": "soon"})], 1),
    ],
)
def test_a_story_that_cannot_be_names_its_entry(lines, index):
    with pytest.raises(StoryError) as refusal:
        played("infrastructure", *lines, until=f"{MON} 12:00")
    assert refusal.value.index == index
    assert refusal.value.message


def test_a_story_keeps_its_numbers_and_lists_what_is_still_to_come():
    story = played(
        "general",
        (f"{MON} 13:00", "responded"), (f"{MON} 10:00", "received", {"level": "urgent"}), until=f"{MON} 12:00",
    )  # fmt: skip
    assert [(e.seq, e.type, e.automatic) for e in story.events] == [
        (2, "received", False), (3, "clock_warned", True), (4, "clock_missed", True), (1, "responded", False),
    ]  # fmt: skip
    assert clock(story, "respond").state == "missed"


def test_ten_days_around_the_clock_are_864_000_seconds():
    start = datetime(2026, 11, 1, tzinfo=UTC)
    story = simulate(
        scheme("power"),
        calendars(),
        Case(cause="design_defect"),
        [Event("received", start)],
        start + timedelta(days=10),
    )
    assert clock(story, "upgrade").elapsed_seconds == 864_000
