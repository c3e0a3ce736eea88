"""Working days are counted, never turned into hours; and the local days that explanations are made of."""

import itertools
from datetime import timedelta

import pytest

from tests.common.worlds import CHINA, SHANGHAI, at, hours, named, weekly

WORKING_DAYS, C24 = named("working-days"), named("5x24")
NIGHT = weekly(SHANGHAI, "22:00-06:00", status=CHINA)


@pytest.mark.parametrize("clock", ["00:00", "08:59:59", "12:30", "18:00", "23:59:59"])
def test_the_time_of_day_of_the_event_does_not_matter(clock):
    assert WORKING_DAYS.working_days_after(at(f"2026-11-18 {clock}"), 2) == at("2026-11-20 18:00")


def test_a_night_shift_closes_its_working_day_on_the_next_morning():
    assert NIGHT.working_days_after(at("2025-03-06 12:00"), 1) == at("2025-03-08 06:00")


def test_a_day_of_24_hours_closes_at_midnight():
    assert C24.working_days_after(at("2025-03-06 12:00"), 1) == at("2025-03-08 00:00")


@pytest.mark.parametrize("n", [0, -1])
def test_less_than_one_working_day_is_refused(n):
    with pytest.raises(ValueError):
        WORKING_DAYS.working_days_after(at("2025-03-06 12:00"), n)


@pytest.mark.parametrize(
    ("calendar", "t", "opening"),
    [
        (WORKING_DAYS, "2026-02-14 18:00", "2026-02-14 09:00"),
        (WORKING_DAYS, "2026-02-14 03:00", "2026-02-14 09:00"),
        (WORKING_DAYS, "2026-02-16 10:00", "2026-02-24 09:00"),
        (C24, "2025-03-08 00:00", "2025-03-07 00:00"),
        (C24, "2025-03-07 00:01", "2025-03-07 00:00"),
        (NIGHT, "2025-03-08 06:00", "2025-03-07 22:00"),
        (NIGHT, "2025-03-07 06:01", "2025-03-07 22:00"),
    ],
)
def test_opening_of_the_day(calendar, t, opening):
    assert calendar.opening_of_day(at(t)) == at(opening)


def test_the_last_day_opens_before_it_closes():
    for calendar in (WORKING_DAYS, C24, NIGHT):
        day = calendar.working_day_after(at("2025-03-06 12:00"), 3)
        assert calendar.opening_of_day(day.closes_at) == day.opens_at < day.closes_at
        assert day.day == at("2025-03-11").date()


def test_before_and_after_are_each_other_s_inverse():
    start = at("2026-01-05 10:00")
    for n in (1, 2, 15, 40):
        there = WORKING_DAYS.working_day_after(start, n)
        assert WORKING_DAYS.working_day_before(there.closes_at, n).day == start.date()


def test_local_days_say_which_are_working():
    found = WORKING_DAYS.local_days(at("2026-02-13 15:00"), at("2026-02-16 00:00"))
    assert [(day.day.day, day.is_working) for day in found] == [(13, True), (14, True), (15, False)]
    assert found[0].start == at("2026-02-13 00:00")
    assert found[-1].end == at("2026-02-16 00:00")


def test_32_each_date_is_visited_once_when_the_clocks_change():
    paris = weekly("Europe/Paris", "09:00-17:00", on=range(7))
    found = paris.local_days(at("2025-03-29 23:30", "Europe/Paris"), at("2025-04-02", "Europe/Paris"))
    assert [str(day.day) for day in found] == ["2025-03-29", "2025-03-30", "2025-03-31", "2025-04-01"]
    assert all(a.end == b.start for a, b in itertools.pairwise(found))


def test_a_skipped_date_is_no_day():
    apia = weekly("Pacific/Apia", "09:00-17:00", on=range(7), first="2011-12-01", last="2012-01-31")
    start = at("2011-12-29 10:00", "Pacific/Apia")
    assert [day.day.day for day in apia.local_days(start, at("2012-01-01 10:00", "Pacific/Apia"))] == [29, 31, 1]
    assert apia.working_days_after(start, 1) == at("2011-12-31 17:00", "Pacific/Apia")


def test_stretches_leave_no_gap():
    calendar = named("5x8")
    a, b = at("2025-01-26 11:00"), at("2025-02-05 10:00")
    found = calendar.stretches(a, b)
    assert [found[0].start, *(s.end for s in found)] == [*(s.start for s in found), b]
    assert sum((s.end - s.start for s in found if s.is_open), timedelta()) == calendar.between(a, b) == hours(15)
    assert calendar.stretches(a, a) == []
