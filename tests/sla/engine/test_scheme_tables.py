"""Every row and column of the seven schemes' tables: which target has which time at which level, and none else."""

import pytest

from sla.engine import Case
from tests.sla.engine.stories import at, clock, local, played, scheme

MONDAY = "2026-11-23 10:00"  # inside every calendar


def due(code, level, target, *events, case=None):
    story = played(code, (MONDAY, "received", {"level": level}), *events, until=MONDAY, case=case)
    found = clock(story, target)
    return local(found.due_at) if found else None


RECEIVED = [
    ("power", "respond", {"A": "10:05", "B": "10:05", "C": "10:05", "D": "10:05"}),
    ("power", "diagnose", {"A": "10:15", "B": "10:30", "C": "10:45", "D": "12:00"}),
    ("power", "restore", {"A": "11:00", "B": "12:00", "C": None, "D": None}),
    ("infrastructure", "respond", {"1": "10:15", "2": "10:15", "3": "10:30", "4": "10:30"}),
    ("infrastructure", "restore", {"1": "14:00", "2": "14:00", "3": "24T10:00", "4": "24T10:00"}),
    ("infrastructure", "solution", dict.fromkeys("1234")),
    ("teleconference", "respond", dict.fromkeys("1234", "11:00")),
    ("general", "respond", {"urgent": "12:00", "normal": "24T10:00"}),
    ("telecom", "respond", {"major": "10:05", "minor": "10:05"}),
    ("software", "resolve", {"A": "22:00", "B": "24T10:00", "C": None}),
    ("software", "start_remote", {"A": None, "B": None, "C": "22:00"}),
    ("software", "arrive", {"A": None, "B": None, "C": "24T10:00"}),
    ("hardware", "respond", {"A": "10:05", "B": "10:05", "C": "10:05", "D": None}),
    ("hardware", "reply", {"A": None, "B": "11:00", "C": "12:00", "D": None}),
]


def _local(text):
    if text is None:
        return None
    day, _, clock_time = text.rpartition("T")
    return f"2026-11-{day or '23'} {clock_time}"


@pytest.mark.parametrize(("code", "target", "times"), RECEIVED, ids=lambda value: str(value)[:30])
def test_targets_that_start_at_receipt(code, target, times):
    assert {level: due(code, level, target) for level in times} == {k: _local(v) for k, v in times.items()}


AFTER_REMOTE_FAILED = [
    ("infrastructure", "arrive", {"1": "12:00", "2": "12:00", "3": "14:00", "4": "14:00"}, Case()),
    ("teleconference", "arrive", dict.fromkeys("1234", "12:30"), Case(travel_minutes=90)),
    ("general", "arrive", {"urgent": "24T10:00", "normal": "24T10:00"}, Case()),
    ("telecom", "arrive", {"major": "22:00", "minor": "22:00"}, Case(in_warranty=True)),
    ("telecom", "arrive", {"major": None, "minor": None}, Case(in_warranty=False)),
    ("telecom", "arrive", {"major": None, "minor": None}, Case(in_warranty=None)),
    ("hardware", "arrive", {"A": "11:00", "B": "24T10:00", "C": "26T10:00", "D": None}, Case(travel_minutes=60)),
    ("hardware", "arrive", {"A": "12:01"}, Case(travel_minutes=61)),
]


@pytest.mark.parametrize(("code", "target", "times", "case"), AFTER_REMOTE_FAILED, ids=lambda value: str(value)[:30])
def test_targets_that_start_when_remote_work_failed(code, target, times, case):
    found = {level: due(code, level, target, (MONDAY, "remote_failed"), case=case) for level in times}
    assert found == {level: _local(text) for level, text in times.items()}


def test_by_email_infrastructure_promises_an_answer_and_a_solution_instead():
    email = Case(channel="email")
    assert {due("infrastructure", level, "respond", case=email) for level in "1234"} == {"2026-11-23 10:30"}
    assert {due("infrastructure", level, "solution", case=email) for level in "1234"} == {"2026-11-23 12:00"}


def test_a_part_is_replaced_within_48_hours():
    found = {due("infrastructure", level, "replace_part", (MONDAY, "spare_needed")) for level in "1234"}
    assert found == {"2026-11-25 10:00"}


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-23 10:00", "2026-12-23 10:00"),
        ("2026-01-31 10:00", "2026-02-28 10:00"),  # the last day of a shorter month
        ("2026-12-31 23:59", "2027-01-31 23:59"),
    ],
)
def test_an_upgrade_takes_a_calendar_month_if_the_design_is_the_cause(received, expected):
    for cause, due_at in (("design_defect", expected), ("wear", None), (None, None)):
        story = played("power", (received, "received", {"level": "D"}), until=received, case=Case(cause=cause))
        found = clock(story, "upgrade")
        assert (local(found.due_at) if found else None) == due_at


def test_hardware_starts_and_counts_level_by_level_on_a_saturday():
    saturday = "2026-11-21 10:00"
    for level, respond in (("A", "2026-11-21 10:05"), ("B", "2026-11-23 00:05"), ("C", "2026-11-23 09:05")):
        story = played(
            "hardware", (saturday, "received", {"level": level}), (saturday, "remote_failed"), until=saturday
        )
        assert local(clock(story, "respond").due_at) == respond
        arrive = clock(story, "arrive")
        start = {"A": saturday, "B": "2026-11-23 00:00", "C": "2026-11-23 09:00"}[level]
        assert local(arrive.started_at) == start
        # counted around the clock from there
        assert (arrive.due_at - arrive.started_at).total_seconds() == {"A": 1, "B": 24, "C": 72}[level] * 3600


@pytest.mark.parametrize(
    ("code", "gravest_first", "default"),
    [
        ("power", "A B C D", "D"),
        ("infrastructure", "1 2 3 4", "4"),
        ("teleconference", "1 2 3 4", "4"),
        ("general", "urgent normal", "normal"),
        ("telecom", "major minor", "minor"),
        ("software", "C B A", "A"),
        ("hardware", "A B C D", "D"),
    ],
)
def test_levels_by_gravity_and_the_default(code, gravest_first, default):
    assert [level.code for level in scheme(code).levels] == gravest_first.split()
    assert scheme(code).default_level.code == default
    assert scheme(code).gravest.severity == 1


def test_only_power_telecom_and_software_ask_for_consent():
    codes = ("power", "infrastructure", "teleconference", "general", "telecom", "software", "hardware")
    assert [code for code in codes if scheme(code).asks_consent] == ["power", "telecom", "software"]


def test_the_ladder_of_infrastructure_grows_with_gravity():
    steps = {level: scheme("infrastructure").ladder_for(level) for level in "4321"}
    assert [len(step.calls) for step in steps.values()] == [1, 2, 5, 6]
    assert [step.handling_us and step.handling_us // 3_600_000_000 for step in steps.values()] == [2, 2, 4, None]
    assert scheme("general").ladder_for("urgent") is None


@pytest.mark.parametrize(
    ("code", "months", "counts_from"),
    [
        ("infrastructure", 36, "acceptance"),
        ("teleconference", 36, "acceptance"),
        ("general", 12, "delivery"),
        ("software", 12, ""),
    ],
)
def test_warranties(code, months, counts_from):
    assert (scheme(code).warranty.months, scheme(code).warranty.counts_from) == (months, counts_from)


def test_change_and_inspection_are_promised_by_telecom_alone():
    for code in ("power", "infrastructure", "teleconference", "general", "software", "hardware"):
        assert scheme(code).kinds == {"fault", "question", "complaint"}
    assert scheme("telecom").kinds == {"fault", "question", "complaint", "change", "inspection"}


def test_a_change_request_is_answered_and_delivered_on_the_agreed_date():
    change = Case(kind="change")
    story = played(
        "telecom",
        ("2026-11-20 10:00", "received"),
        ("2026-11-23 10:00", "change_answered"),
        ("2026-11-24 10:00", "change_confirmed", {"agreed_at": "2026-12-11T18:00:00+08:00"}),
        until="2026-11-24 10:00",
        case=change,
    )
    assert [c.key for c in story.plan.clocks] == ["change_reply:1", "change_delivery:1"]
    assert clock(story, "change_reply").due_at == at("2026-11-27 10:00")
    assert local(clock(story, "change_delivery").due_at) == "2026-12-11 18:00"


def test_an_inspection_is_announced_15_working_days_before_and_reported_within_3():
    story = played(
        "telecom",
        ("2026-01-10 10:00", "received"),
        ("2026-01-10 10:00", "visit_planned", {"planned_at": "2026-03-06T10:00:00+08:00"}),
        ("2026-02-13 17:00", "visit_done"),
        until="2026-02-13 17:00",
        case=Case(kind="inspection"),
    )
    assert local(clock(story, "inspection_notice").due_at) == "2026-02-09 18:00"
    assert local(clock(story, "inspection_report").due_at) == "2026-02-25 18:00"
    assert {c.target for c in story.plan.clocks} == {"inspection_notice", "inspection_report"}
