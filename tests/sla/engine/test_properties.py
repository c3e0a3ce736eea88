"""Laws that hold for every story, however odd: hypothesis tells it, the engine must not contradict itself."""

from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sla.engine import Case, Event, Scheme, State, explain, plan, simulate
from sla.engine.shipped import shipped_documents
from sla.engine.terms import Counted, Until, WorkingDays, WorkingDaysBefore
from tests.sla.engine import minute_walk
from tests.sla.engine.stories import at, calendars, scheme, swept
from tests.sla.engine.test_scheme_documents import EIGHTH

START = at("2026-09-23 08:40")  # Mid-Autumn, a make-up Sunday before, National Day after
CODES = [*sorted(shipped_documents()), "eighth", "twins"]
KINDS = ("fault", "fault", "fault", "question", "change", "inspection")
# fmt: off
STEPS = (
    "responded", "diagnosed", "remote_started", "remote_failed", "arrived", "visit_failed", "spare_needed",
    "spare_dispatched", "spare_delivered", "loaner_requested", "waiting", "waiting", "resumed", "resumed",
    "restored", "resolved", "report_sent", "not_satisfied", "reopened", "closed", "cancelled", "crisis_opened",
    "crisis_entry", "crisis_closed", "change_answered", "change_confirmed", "change_delivered", "visit_planned",
    "notice_sent", "visit_done", "level_confirmed", "level_confirmed", "satisfied",
)
# fmt: on


# Two promises that are missed at the same instant, and both raise the level; much else falls on that instant too.
TWINS: dict[str, Any] = {
    "code": "twins",
    "name": "Twins",
    "levels": [{"code": str(n), "severity": n, "name": f"Level {n}"} for n in range(1, 6)],
    "targets": [
        {
            "code": code, "name": code, "from": "received", "to": stop, "missed_raises_level": True, "counts_on": "5x8",
            "within_by_level": {"1": "PT15M", "2": "PT30M", "3": "PT30M", "4": "PT45M", "5": "PT1H"},
            "starts_again_when_reopened": "always", "warn_at_percent": 50,
        }
        for code, stop in (("left", "responded"), ("right", "restored"))
    ] + [{"code": "loan", "name": "Loan", "from": "loaner_requested", "to": "loaner_installed", "within": "PT15M"}],
    "consequences": [
        {"write": "loaner_requested", "when_used_up": {"target": "left", "percent": 50}, "once": "run"},
        {"write": "spare_needed", "when_missed": "right", "once": "round"},
        {"write": "crisis_opened", "when_missed": "loan", "once": "run"},
        {"write": "spare_needed", "after": "arrived", "later": "PT15M", "once": "round", "unless": "restored"},
    ],
}  # fmt: skip


@cache
def chosen(code):
    own = {"eighth": EIGHTH, "twins": TWINS}
    return Scheme.from_document(own[code]) if code in own else scheme(code)


@st.composite
def stories(draw):
    """A scheme, a case, a log of people's events in the order of writing, and an instant after them."""
    found = chosen(draw(st.sampled_from(CODES)))
    case = Case(
        kind=draw(st.sampled_from(KINDS)),
        channel=draw(st.sampled_from((None, "email"))),
        category=draw(st.sampled_from((None, "lift"))),
        cause=draw(st.sampled_from((None, "design_defect"))),
        in_warranty=draw(st.booleans()),
        travel_minutes=draw(st.sampled_from((None, 0, 60, 61, 200))),
        local_loaner=draw(st.booleans()),
    )
    level = st.sampled_from([level.code for level in found.levels])
    minutes = st.integers(0, 60 * 24 * 3) | st.integers(0, 90) | st.sampled_from((0, 15, 30, 45, 60))
    events = [Event("received", START, 1, draw(st.sampled_from(({}, {"level": draw(level)}))))]
    moment = START
    for number in range(2, 2 + draw(st.integers(0, 14))):
        moment += timedelta(minutes=draw(minutes))
        kind = draw(st.sampled_from(STEPS))
        events.append(Event(kind, moment, number, _data(draw, kind, level, moment)))
    return found, case, events, moment + timedelta(minutes=draw(minutes))


def _data(draw, kind, level, moment):
    if kind == "level_confirmed":
        return {"level": draw(level)}
    if kind in ("reopened", "not_satisfied"):
        return draw(st.sampled_from(({}, {"down": False}, {"down": True})))
    if kind in ("change_confirmed", "visit_planned"):
        name = "agreed_at" if kind == "change_confirmed" else "planned_at"
        return {name: (moment + timedelta(hours=draw(st.integers(-48, 1500)))).isoformat()}
    return {}


def played(story):
    found, case, events, now = story
    return simulate(found, calendars(), case, events, now)


def written(events, without=()):
    """The program's events, comparable however they were numbered."""
    return sorted(
        (e.at, e.type, e.key, sorted(e.data.items(), key=str)) for e in events if e.automatic and e.type not in without
    )


@given(stories())
@settings(max_examples=300, deadline=None)
def test_states_agree_with_their_times(story):
    found = played(story).plan
    for clock in found.clocks:
        assert min(clock.remaining_seconds, clock.elapsed_seconds, clock.over_seconds) >= 0
        assert (clock.due_at is None) == (clock.state == State.PAUSED or clock.is_undetermined)
        if clock.state == State.MET:
            assert clock.stopped_at <= clock.due_at or clock.stopped_at == clock.started_at
        if clock.state == State.MISSED_STOPPED:
            assert clock.stopped_at > clock.due_at
        if clock.state == State.RUNNING and not clock.is_undetermined:
            assert clock.due_at > found.now
        if clock.state in (State.MISSED, State.MISSED_STOPPED):
            assert clock.remaining_seconds == 0
        else:
            assert clock.over_seconds == 0
        assert clock.is_open or clock.stopped_at or clock.state == State.MISSED
    open_dues = [clock.due_at for clock in found.clocks if clock.is_open and clock.due_at]
    assert found.next_due_at == min(open_dues, default=None)
    assert all(timer.at > found.now for timer in found.timers)


@given(stories())
@settings(max_examples=300, deadline=None)
def test_explanations_have_no_gap_and_add_up(story):
    found = played(story).plan
    for clock in found.clocks:
        stretches = explain(found, clock)
        if clock.is_undetermined or not stretches:
            continue
        assert stretches[0].start == clock.begun_at
        assert all(a.end == b.start for a, b in pairwise(stretches))
        assert all(s.start < s.end for s in stretches)
        length = clock.trace.run.promise.length
        end = stretches[-1].end
        if clock.state == State.PAUSED:
            assert end == found.now
            continue
        assert end == max(clock.due_at, clock.stopped_at or end) or clock.state in (
            State.MISSED,
            State.VOID,
            State.REPLACED,
        )
        counted = [s for s in stretches if s.kind == "counted"]
        if isinstance(length, Counted):
            assert sum(s.seconds for s in counted) == length.us // 1_000_000
        if isinstance(length, WorkingDays):
            assert [s.working_day for s in counted] == list(range(1, length.days + 1))


@given(stories(), st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_order_in_which_a_log_is_handed_over_does_not_matter(story, random):
    found, case, _, now = story
    log = list(played(story).events)
    first = plan(found, calendars(), case, log, now)
    random.shuffle(log)
    assert plan(found, calendars(), case, log, now) == first
    assert plan(found, calendars(), case, iter(log), now) == first  # and a replay is identical
    assert first.effects == ()


@given(stories())
@settings(max_examples=200, deadline=None)
def test_a_program_that_was_always_up_writes_exactly_the_played_story(story):
    """Live: a sweep after each event and at each timer."""
    found, case, events, end = story
    log: list[Event] = []
    waiting = list(events)
    now = START
    while True:
        while waiting and waiting[0].at <= now:
            log.append(Event(waiting[0].type, waiting[0].at, len(log) + 1, waiting[0].data))
            waiting.pop(0)
        log, seen = swept(found, log, now, case)
        following = [moment for moment in (seen.next_timer_at, waiting[0].at if waiting else None) if moment]
        now = min(following, default=end)
        if now >= end and not (waiting and waiting[0].at <= end):
            break
    log, seen = swept(found, log, end, case)
    story_played = played(story)
    assert written(log) == written(story_played.events)
    assert seen == story_played.plan


@given(stories(), st.booleans(), st.lists(st.integers(0, 60 * 24 * 20), max_size=3))
@settings(max_examples=200, deadline=None)
def test_an_outage_changes_nothing_but_warnings_that_came_too_late(story, one_by_one, sweeps):
    found, case, events, end = story
    log = list(events)
    for minutes in sorted(sweeps):
        now = START + timedelta(minutes=minutes)
        if now < end:
            past, _ = swept(found, [e for e in log if e.at <= now], now, case, one_by_one)
            log = past + [e for e in log if e.at > now]
    log, seen = swept(found, log, end, case, one_by_one)
    story_played = played(story)
    assert written(log, ("clock_warned",)) == written(story_played.events, ("clock_warned",))
    assert {e[2] for e in written(log)} <= {e[2] for e in written(story_played.events)}
    assert seen.clocks == story_played.plan.clocks
    assert (seen.level, seen.timers) == (story_played.plan.level, story_played.plan.timers)


@given(stories(), st.data())
@settings(max_examples=200, deadline=None)
def test_late_facts_end_well_and_without_consequences_on_record_leave_no_trace(story, data):
    found, case, events, end = story
    late = data.draw(st.sampled_from(events[1:])) if len(events) > 1 else None
    early = [event for event in events if event is not late]
    log, _ = swept(found, early, end, case)
    if late is not None:
        log.append(Event(late.type, late.at, max(e.seq for e in log) + 1, late.data))
    log, seen = swept(found, log, end, case)
    keys = [e.key for e in log if e.automatic]
    assert len(keys) == len(set(keys))
    if all(e.type in ("clock_missed", "clock_warned") for e in log if e.automatic):
        renumbered = sorted(events, key=lambda e: (e.at, e is late))
        on_time = [Event(e.type, e.at, number, e.data) for number, e in enumerate(renumbered, 1)]
        assert seen.clocks == simulate(found, calendars(), case, on_time, end).plan.clocks


@given(
    st.sampled_from(("24x7", "5x24", "5x8")),
    st.sampled_from(("24x7", "5x24", "5x8")),
    st.integers(1, 900),
    st.integers(0, 60 * 24 * 12),
    st.lists(st.integers(1, 60 * 20), max_size=6),
)
@settings(max_examples=120, deadline=None)
def test_due_times_agree_with_a_walk_minute_by_minute(starts_on, counts_on, minutes, offset, gaps):
    received = START + timedelta(minutes=offset)
    events, pauses, moment = [Event("received", received, 1)], [], received
    for number, gap in enumerate(gaps[: len(gaps) // 2 * 2], 2):
        moment += timedelta(minutes=gap)
        events.append(Event("resumed" if number % 2 else "waiting", moment, number))
    for wait, resume in zip(events[1::2], events[2::2], strict=True):
        pauses.append((wait.at, resume.at))
    target = {
        "code": "mend", "name": "Mend", "from": "received", "to": "restored", "within": f"PT{minutes}M",
        "starts_on": starts_on, "counts_on": counts_on,
    }  # fmt: skip
    document = {"code": "x", "name": "X", "levels": [{"code": "1", "severity": 1, "name": "One"}], "targets": [target]}
    (clock,) = simulate(Scheme.from_document(document), calendars(), Case(), events, moment).plan.clocks
    assert (clock.started_at, clock.due_at) == minute_walk.walk(received, minutes, starts_on, counts_on, pauses)


@given(st.integers(1, 6), st.integers(0, 60 * 24 * 12), st.integers(0, 60 * 24 * 4), st.integers(0, 60 * 24 * 4))
@settings(max_examples=120, deadline=None)
def test_working_days_agree_with_a_walk_day_by_day(days, offset, before, length):
    received = START + timedelta(minutes=offset)
    waiting = received + timedelta(minutes=before)
    resumed = waiting + timedelta(minutes=length)
    target = {"code": "mend", "name": "Mend", "from": "received", "to": "restored", "within": {"working_days": days}}
    document = {"code": "x", "name": "X", "levels": [{"code": "1", "severity": 1, "name": "One"}], "targets": [target]}
    events = [Event("received", received, 1), Event("waiting", waiting, 2), Event("resumed", resumed, 3)]
    (clock,) = simulate(Scheme.from_document(document), calendars(), Case(), events, resumed).plan.clocks
    without = minute_walk.working_days(received, days, [])
    expected = minute_walk.working_days(received, days, [(waiting, resumed)]) if waiting < without else without
    assert clock.due_at == expected


def test_stories_reach_every_kind_of_length():
    """The laws above would be hollow if the schemes they draw from lacked a kind of duration."""
    kinds = {type(d) for code in CODES for t in chosen(code).targets for d in t.within.values()}
    assert {Counted, WorkingDays, Until, WorkingDaysBefore} <= kinds
