"""The numbered table of awkward cases; the id of each test is the number of the case.

C8 is 09:00-12:00 and 13:00-18:00 on Chinese working days, C24 the whole of those days, night is 22:00-06:00.
"""

from datetime import timedelta

import pytest

from common.worktime import OutsideCalendar, Rules, Window, intersect
from tests.common.worlds import BERLIN, CHINA, SHANGHAI, at, hours, named, utc, weekly

C8, C24, ALWAYS = named("5x8"), named("5x24"), named("24x7")
NIGHT = weekly(SHANGHAI, "22:00-06:00")
CHINESE_NIGHT = weekly(SHANGHAI, "22:00-06:00", status=CHINA)
BERLIN_ALWAYS = named("24x7", BERLIN)
BERLIN_OFFICE = weekly(BERLIN, "09:00-17:00")
BERLIN_NIGHTS = weekly(BERLIN, "22:00-06:00", on=range(7))

ADDITIONS = [
    ("1", C8, "2025-03-04 11:30", 1, "2025-03-04 13:30"),
    ("2 closing time, not the next opening", C8, "2025-03-04 09:00", 8, "2025-03-04 18:00"),
    ("3", C8, "2025-03-04 09:00", 8 + 1 / 3600, "2025-03-05 09:00:01"),
    ("4 received at lunch", C8, "2025-03-04 12:30", 0, "2025-03-04 13:00"),
    ("4 and one hour", C8, "2025-03-04 12:30", 1, "2025-03-04 14:00"),
    ("5 received at closing time", C8, "2025-03-04 18:00", 0, "2025-03-05 09:00"),
    ("5 and half an hour", C8, "2025-03-04 18:00", 0.5, "2025-03-05 09:30"),
    ("6", C8, "2025-03-07 17:00", 2, "2025-03-10 10:00"),
    ("7", C8, "2025-03-08 10:00", 0.5, "2025-03-10 09:30"),
    ("8 make-up Sunday", C8, "2025-01-26 10:00", 1, "2025-01-26 11:00"),
    ("9 Spring Festival", C8, "2025-01-27 17:00", 2, "2025-02-05 10:00"),
    ("10 make-up Saturday", C8, "2025-02-07 17:00", 2, "2025-02-08 10:00"),
    ("11", C8, "2025-09-28 16:00", 24, "2025-10-09 16:00"),
    ("12", C8, "2025-09-30 17:30", 1, "2025-10-09 09:30"),
    ("13", C8, "2025-10-09 17:30", 16, "2025-10-11 17:30"),
    ("14 year end", C8, "2025-12-31 17:00", 2, "2026-01-04 10:00"),
    ("15 Friday", C8, "2026-02-13 17:00", 2, "2026-02-14 10:00"),
    ("15 Saturday", C8, "2026-02-14 17:00", 2, "2026-02-24 10:00"),
    ("16", C24, "2025-03-07 23:00", 1, "2025-03-08 00:00"),
    ("16 and one hour more", C24, "2025-03-07 23:00", 2, "2025-03-10 01:00"),
    ("17", C24, "2025-02-08 23:00", 2, "2025-02-10 01:00"),
    ("18", C24, "2025-09-26 22:00", 4, "2025-09-28 02:00"),
    ("19", C24, "2025-09-30 23:30", 1, "2025-10-09 00:30"),
    ("20 holidays ignored", ALWAYS, "2025-01-28 20:00", 24, "2025-01-29 20:00"),
    ("21", NIGHT, "2025-03-07 23:00", 8, "2025-03-10 23:00"),
    ("21 first seven hours", NIGHT, "2025-03-07 23:00", 7, "2025-03-08 06:00"),
    ("22", NIGHT, "2025-03-08 05:00", 2, "2025-03-10 23:00"),
    ("23", NIGHT, "2025-03-10 01:00", 1, "2025-03-10 23:00"),
    ("24", CHINESE_NIGHT, "2025-09-30 23:00", 8, "2025-10-09 23:00"),
    ("24 into the holiday morning", CHINESE_NIGHT, "2025-09-30 23:00", 7, "2025-10-01 06:00"),
    ("34 leap day", C8, "2024-02-29 17:00", 2, "2024-03-01 10:00"),
    ("36 due after a pause of two hours", C8, "2025-03-04 16:00", 8 + 2, "2025-03-05 18:00"),
    ("37 half of eight hours", C8, "2025-03-04 16:00", 4, "2025-03-05 11:00"),
    ("43 zero length at lunch", C8, "2025-03-04 12:15", 0, "2025-03-04 13:00"),
]


@pytest.mark.parametrize(
    ("calendar", "start", "length", "due"), [c[1:] for c in ADDITIONS], ids=[c[0] for c in ADDITIONS]
)
def test_so_many_open_hours_later(calendar, start, length, due):
    assert calendar.add(at(start), hours(length)) == at(due)


BERLIN_ADDITIONS = [
    ("25 spring", BERLIN_ALWAYS, "2025-03-29 22:00", 8, "2025-03-30 07:00"),
    ("26 autumn", BERLIN_ALWAYS, "2025-10-25 22:00", 8, "2025-10-26 05:00"),
    ("30", BERLIN_OFFICE, "2025-03-28 16:00", 2, "2025-03-31 10:00"),
]


@pytest.mark.parametrize(
    ("calendar", "start", "length", "due"), [c[1:] for c in BERLIN_ADDITIONS], ids=[c[0] for c in BERLIN_ADDITIONS]
)
def test_so_many_open_hours_later_across_a_clock_change(calendar, start, length, due):
    assert calendar.add(at(start, BERLIN), hours(length)) == at(due, BERLIN)


SPANS = [
    ("27 spring night", BERLIN_NIGHTS, BERLIN, "2025-03-29 12:00", "2025-03-30 12:00", 7),
    ("27 autumn night", BERLIN_NIGHTS, BERLIN, "2025-10-25 12:00", "2025-10-26 12:00", 9),
    ("28 start in the gap", weekly(BERLIN, "02:30-04:00", on=range(7)), BERLIN, "2025-03-30", "2025-03-31", 1),
    ("29 both occurrences", weekly(BERLIN, "02:00-03:00", on=range(7)), BERLIN, "2025-10-26", "2025-10-27", 2),
    (
        "32 a date that never was",
        weekly("Pacific/Apia", "09:00-17:00", on=range(7), first="2011-12-01", last="2012-01-31"),
        "Pacific/Apia", "2011-12-29", "2012-01-01", 16,
    ),
    ("35 overnight pause", C8, SHANGHAI, "2025-03-04 18:00", "2025-03-05 09:00", 0),
    ("35 pause over Spring Festival", C8, SHANGHAI, "2025-01-27 18:00", "2025-02-05 09:00", 0),
    ("36 pause", C8, SHANGHAI, "2025-03-04 17:00", "2025-03-05 10:00", 2),
]  # fmt: skip


@pytest.mark.parametrize(("calendar", "zone", "a", "b", "length"), [c[1:] for c in SPANS], ids=[c[0] for c in SPANS])
def test_open_hours_between(calendar, zone, a, b, length):
    assert calendar.between(at(a, zone), at(b, zone)) == hours(length)


DAYS = [
    ("31 Lord Howe, end of summer time", "Australia/Lord_Howe", "2025-04-06", 24.5),
    ("31 Lord Howe, start of summer time", "Australia/Lord_Howe", "2025-10-05", 23.5),
    ("33 China 1986", SHANGHAI, "1986-05-04", 23),
    ("33 China, spring 1991", SHANGHAI, "1991-04-14", 23),
    ("33 China, autumn 1991", SHANGHAI, "1991-09-15", 25),
]


@pytest.mark.parametrize(("zone", "day", "length"), [c[1:] for c in DAYS], ids=[c[0] for c in DAYS])
def test_length_of_a_local_day(zone, day, length):
    calendar = weekly(zone, "00:00-24:00", on=range(7), first="1986-01-01", last="2026-12-31")
    [found] = calendar.local_days(at(f"{day} 12:00", zone), at(f"{day} 13:00", zone))
    assert found.end - found.start == hours(length)
    assert calendar.between(found.start, found.end) == hours(length)


WORKING_DAYS = [
    ("38 Tuesday before National Day", "2025-09-30 10:00", 2, "2025-10-10 18:00"),
    ("38 from a Saturday", "2025-09-27 10:00", 2, "2025-09-29 18:00"),
    ("39 make-up Saturday", "2025-02-07 10:00", 1, "2025-02-08 18:00"),
    ("40", "2025-01-27 10:00", 3, "2025-02-07 18:00"),
    ("41", "2026-02-13 10:00", 1, "2026-02-14 18:00"),
    ("41", "2026-02-13 10:00", 2, "2026-02-24 18:00"),
    ("41", "2026-02-13 10:00", 3, "2026-02-25 18:00"),
]


@pytest.mark.parametrize(("start", "n", "due"), [c[1:] for c in WORKING_DAYS], ids=[c[0] for c in WORKING_DAYS])
def test_close_of_the_nth_working_day_after(start, n, due):
    assert named("working-days").working_days_after(at(start), n) == at(due)


@pytest.mark.parametrize(
    ("visit", "notice"),
    [("2025-10-23 10:00", "2025-09-26 18:00"), ("2026-03-06 10:00", "2026-02-09 18:00")],
    ids=["42 across National Day", "42 across Spring Festival"],
)
def test_close_of_the_fifteenth_working_day_before(visit, notice):
    assert named("working-days").working_days_before(at(visit), 15) == at(notice)


SUBTRACTIONS = [
    ("back to an opening, not to the close before it", "2025-03-05 09:30", 0.5, "2025-03-05 09:00"),
    ("over lunch", "2025-03-04 13:30", 1, "2025-03-04 11:30"),
    ("21 a warning an hour before a Monday morning", "2025-03-10 09:30", 1, "2025-03-07 17:30"),
    ("from closed time", "2025-03-09 12:00", 1, "2025-03-07 17:00"),
    ("nothing, from closed time", "2025-03-09 12:00", 0, "2025-03-07 18:00"),
    ("nothing, from open time", "2025-03-10 09:30", 0, "2025-03-10 09:30"),
]


@pytest.mark.parametrize(("due", "length", "start"), [c[1:] for c in SUBTRACTIONS], ids=[c[0] for c in SUBTRACTIONS])
def test_so_many_open_hours_before(due, length, start):
    assert C8.subtract(at(due), hours(length)) == at(start)
    assert C8.add(at(due), -hours(length)) == (at(start) if length else C8.snap(at(due)))


def test_open_from_the_opening_instant_until_just_before_the_closing_one():
    assert [C8.is_open(at(f"2025-03-04 {clock}")) for clock in ("09:00", "11:59:59", "12:00", "18:00")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_calendar_begins_in_the_night_shift_of_the_day_before():
    nights = weekly(SHANGHAI, "22:00-06:00", on=range(7), first="2025-03-04")
    assert nights.is_open(at("2025-03-04 00:00"))
    assert nights.between(at("2025-03-04"), at("2025-03-05")) == hours(8)


def test_32_no_night_shift_begins_on_a_date_that_never_was():
    zone = "Pacific/Apia"
    nights = weekly(zone, "22:00-06:00", on=[4], first="2011-12-01", last="2012-01-31")  # 2011-12-30 was to be a Friday
    assert nights.between(at("2011-12-29", zone), at("2012-01-02", zone)) == hours(0)


def test_50_an_instant_before_the_calendar_is_refused_not_guessed():
    early = at("2023-12-31 23:59")
    assert not C8.covers(early)
    with pytest.raises(OutsideCalendar):
        C8.add(early, hours(1))


def test_52_leap_seconds_do_not_exist():
    always = weekly("UTC", "00:00-24:00", on=range(7), first="2016-12-01", last="2017-01-31")
    assert always.between(utc("2016-12-31 23:59:59"), utc("2017-01-01 00:00:00")) == timedelta(seconds=1)


def test_54_two_calendars_at_once():
    both = intersect(C8, weekly(SHANGHAI, "10:30-15:00", on=range(7)))
    assert both.add(at("2025-03-04 08:00"), hours(3)) == at("2025-03-04 14:30")
    assert both.add(at("2025-03-07 14:00"), hours(2)) == at("2025-03-10 11:30")
    assert both.working_days_after(at("2025-01-27 10:00"), 1) == at("2025-02-05 15:00")


def test_8_a_window_may_be_split_or_reordered():
    whole = weekly(SHANGHAI, "09:00-18:00")
    parts = weekly(SHANGHAI, "13:00-18:00", "09:00-11:00", "10:00-13:00")
    assert (whole.starts, whole.ends) == (parts.starts, parts.ends)


def test_windows_of_one_date_beat_everything_else():
    status = type(CHINA)(closed=CHINA.closed, windows={at("2025-10-01").date(): (Window.parse("10:00-11:00"),)})
    calendar = weekly(SHANGHAI, "09:00-18:00", status=status)
    assert calendar.add(at("2025-09-30 17:30"), hours(1)) == at("2025-10-01 10:30")
    assert Rules({}, status).windows_on(at("2025-10-02").date()) == ()
