"""The shipped calendars, what a compiled calendar refuses, and faults that other systems had with theirs."""

from datetime import date, timedelta
from itertools import chain, combinations

import pytest

from common.calendars import CALENDARS, compile_calendar
from common.local_time import UnknownZone
from common.worktime import DayStatus, NeverOpen, OutsideCalendar, Rules, Window, compile
from tests.common.worlds import CHINA, SHANGHAI, at, days, hours, named, weekly

C8, C24 = named("5x8"), named("5x24")


@pytest.mark.parametrize(
    ("code", "week"), [("24x7", 168), ("5x24", 120), ("5x8", 40), ("working-days", 40)]
)  # fmt: skip
def test_open_hours_of_an_ordinary_week(code, week):
    assert named(code).between(at("2025-03-03"), at("2025-03-10")) == hours(week)


@pytest.mark.parametrize("calendar", [named("24x7"), weekly(SHANGHAI, "00:00-24:00", on=range(7))])
def test_ten_days_round_the_clock_lose_no_minute(calendar):
    assert calendar.between(at("2025-03-01"), at("2025-03-11")) == timedelta(seconds=864_000)


def test_round_the_clock_goes_on_after_the_compiled_days():
    always = named("24x7")
    assert always.add(at("2026-12-31 23:00"), hours(24 * 365 * 20)) == at("2026-12-31 23:00") + hours(24 * 365 * 20)
    assert [day.is_working for day in always.local_days(at("2031-05-01"), at("2031-05-03"))] == [True, True]
    assert not always.is_provisional(at("2031-05-01"))
    with pytest.raises(OutsideCalendar):
        always.working_days_after(at("2031-05-01"), 1)


@pytest.mark.parametrize(
    "zone", ["Pacific/Pago_Pago", "America/New_York", "UTC", "Asia/Shanghai", "Pacific/Kiritimati"]
)
def test_a_holiday_is_a_local_date_wherever_the_site_is(zone):
    calendar = weekly(zone, "00:00-24:00", on=range(7), status=DayStatus(closed=days("2026-05-01")))
    closed = [s for s in calendar.stretches(at("2026-04-20", zone), at("2026-05-20", zone)) if not s.is_open]
    assert [(s.start, s.end) for s in closed] == [(at("2026-05-01", zone), at("2026-05-02", zone))]


def test_two_pauses_within_one_minute_are_both_counted():
    first = C8.between(at("2025-03-04 10:00:05"), at("2025-03-04 10:00:50"))
    second = C8.between(at("2025-03-04 10:00:55"), at("2025-03-04 10:20:00"))
    assert first + second == timedelta(seconds=1190)


SUBSETS = list(chain.from_iterable(combinations(range(7), n) for n in range(1, 8)))


@pytest.mark.parametrize("subset", SUBSETS, ids=lambda days_: "".join(map(str, days_)))
def test_any_choice_of_weekdays_works(subset):
    calendar = weekly("UTC", "09:00-12:00", "13:00-18:00", on=subset, first="2025-02-24", last="2025-03-31")
    start, week = at("2025-03-03", "UTC"), timedelta(days=7)
    assert calendar.between(start, start + week) == hours(8 * len(subset))
    assert calendar.add(start, hours(8 * len(subset))) == at(f"2025-03-{3 + subset[-1]:02} 18:00", "UTC")
    assert calendar.working_days_after(start - timedelta(hours=1), 1) == at(f"2025-03-{3 + subset[0]:02} 18:00", "UTC")


def test_hours_of_a_past_date_use_the_offset_of_that_date():
    office = weekly("America/New_York", "09:00-17:00")
    assert office.add(at("2025-01-15 09:00", "America/New_York"), hours(1)) == at("2025-01-15 15:00", "UTC")
    assert office.add(at("2025-07-15 09:00", "America/New_York"), hours(1)) == at("2025-07-15 14:00", "UTC")


def test_make_up_day_beats_the_weekend():
    assert C8.is_open(at("2026-02-14 10:00"))
    assert not C8.is_open(at("2026-02-21 10:00"))
    assert C24.is_open(at("2026-02-28 03:00"))


def test_a_make_up_day_has_the_hours_of_a_normal_weekday_even_where_saturdays_have_their_own():
    rules = Rules({**CALENDARS["5x8"].weekly, 5: (Window.parse("10:00-11:00"),)}, CHINA)
    calendar = compile(zone=SHANGHAI, rules=rules, first=date(2026, 2, 1), last=date(2026, 3, 1))
    assert calendar.between(at("2026-02-07"), at("2026-02-08")) == hours(1)
    assert calendar.between(at("2026-02-14"), at("2026-02-15")) == hours(8)


def test_a_date_cannot_be_both_closed_and_worked():
    with pytest.raises(ValueError, match="2026-02-14"):
        DayStatus(closed=days("2026-02-14"), working=days("2026-02-14"))


def test_49_a_calendar_without_open_time_is_refused():
    with pytest.raises(NeverOpen):
        weekly(SHANGHAI)
    with pytest.raises(NeverOpen):
        weekly(SHANGHAI, "09:00-18:00", first="2025-01-28", last="2025-02-04", status=CHINA)


def test_49_no_opening_before_the_end_of_the_calendar_is_outside_not_a_guess():
    closed = DayStatus(closed=days("2024-02-01/12-31", "2025-01-01/12-31"))
    calendar = weekly(SHANGHAI, "09:00-18:00", last="2025-12-31", status=closed)
    for ask in (calendar.snap, lambda t: calendar.add(t, hours(1)), lambda t: calendar.working_days_after(t, 1)):
        with pytest.raises(OutsideCalendar):
            ask(at("2024-06-03 10:00"))


def test_nothing_before_the_beginning_is_guessed():
    with pytest.raises(OutsideCalendar):
        C8.subtract(at("2024-01-03 10:00"), hours(40))
    with pytest.raises(OutsideCalendar):
        C8.working_days_before(at("2024-01-03 10:00"), 2)
    with pytest.raises(OutsideCalendar):
        C8.subtract(at("2024-01-01 10:00"), hours(0))


@pytest.mark.parametrize("text", ["9-17", "09:00", "25:00-26:00", "09:00-24:01", "09:60-10:00", "24:00-06:00", ""])
def test_a_window_that_is_none_is_refused(text):
    with pytest.raises(ValueError):
        Window.parse(text)


def test_an_unknown_zone_is_bad_input():
    for zone in ("Mars/Olympus", "", "../../etc/passwd"):
        with pytest.raises(UnknownZone):
            weekly(zone, "09:00-18:00")


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        C8.snap(at("2025-03-04 10:00").replace(tzinfo=None))


def official_2025(code):
    return compile_calendar(CALENDARS[code], SHANGHAI, CHINA, date(2025, 1, 1), date(2026, 12, 31), date(2025, 12, 31))


def test_72_answers_beyond_the_official_plan_are_provisional():
    calendar = official_2025("5x8")
    assert not calendar.is_provisional(calendar.add(at("2025-12-30 17:00"), hours(2)))
    assert calendar.is_provisional(calendar.add(at("2025-12-31 17:00"), hours(2)))


def test_the_end_of_the_last_official_day_is_official_but_an_opening_there_is_not():
    whole_days = official_2025("5x24")
    assert not whole_days.is_provisional(whole_days.add(at("2025-12-31 20:00"), hours(4)))
    night = compile(
        zone=SHANGHAI,
        rules=Rules.same_hours(range(7), "00:00-06:00"),
        first=date(2025, 1, 1),
        last=date(2026, 12, 31),
        official_until=date(2025, 12, 31),
    )
    assert night.is_provisional(night.snap(at("2025-12-31 20:00")))


def test_a_country_without_data_is_provisional_throughout():
    calendar = compile_calendar(CALENDARS["5x8"], SHANGHAI, DayStatus(), date(2025, 1, 1), date(2026, 1, 1), date.min)
    assert calendar.is_provisional(at("2025-01-01 10:00"))
