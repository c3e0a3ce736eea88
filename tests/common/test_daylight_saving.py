"""Clocks that are put forward and back: no loop, no jump back, no lost hour, in any zone of the world."""

import itertools
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from common.epoch import DAY, SECOND, from_us, to_us
from common.worktime import Rules, compile
from tests.common.worlds import at, hours, utc, weekly

SAO_PAULO, HAVANA, NEW_YORK = "America/Sao_Paulo", "America/Havana", "America/New_York"
FIRST, LAST = to_us(utc("1970-01-01")), to_us(utc("2040-01-01"))


def test_50_a_day_without_midnight_starts_at_its_first_instant():
    calendar = weekly(SAO_PAULO, "00:00-24:00", on=range(7), first="2018-01-01", last="2018-12-31")
    [day] = calendar.local_days(at("2018-11-04 12:00", SAO_PAULO), at("2018-11-04 13:00", SAO_PAULO))
    assert (day.start, day.end) == (utc("2018-11-04 03:00"), utc("2018-11-05 02:00"))
    assert calendar.add(utc("2018-11-04 01:00"), hours(4)) == utc("2018-11-04 05:00")


def test_a_day_is_over_the_first_time_it_is_midnight():
    saturdays = weekly(HAVANA, "00:00-24:00", on=[5])
    whole = saturdays.between(at("2025-11-01 00:00", HAVANA), at("2025-11-03 00:00", HAVANA))
    assert whole == hours(24)  # the clocks go back at 01:00 on Sunday: 00:00 comes twice


def test_a_boundary_inside_the_repeated_hour_spans_both():
    night = weekly(NEW_YORK, "01:30-02:30", on=range(7))
    assert night.between(at("2025-11-02", NEW_YORK), at("2025-11-03", NEW_YORK)) == hours(2)


def test_a_window_wholly_in_the_gap_does_not_happen():
    window = weekly(NEW_YORK, "02:10-02:50", on=range(7))
    assert window.between(at("2025-03-09", NEW_YORK), at("2025-03-10", NEW_YORK)) == hours(0)


def test_63_an_hour_added_across_the_repeated_hour_is_later():
    calendar = weekly(NEW_YORK, "00:00-24:00", on=range(7))
    first = at("2025-11-02 01:30", NEW_YORK)
    assert calendar.add(first, hours(1)) == utc("2025-11-02 06:30") > first


def test_two_times_in_the_repeated_hour_are_compared_as_instants():
    calendar = weekly(NEW_YORK, "00:00-24:00", on=range(7))
    first, second = at("2025-11-02 01:50", NEW_YORK), at("2025-11-02 01:10", NEW_YORK).replace(fold=1)
    assert calendar.between(first, second) == timedelta(minutes=20)
    assert len(calendar.local_days(first, second)) == 1


def test_65_an_instant_counts_the_same_in_whatever_zone_it_is_written():
    office = weekly("Europe/Berlin", "00:00-24:00", on=range(7))
    for text in ("2025-03-29 23:00", "2025-10-25 23:30", "2025-10-26 00:30"):
        t = utc(text)
        assert office.add(t.astimezone(ZoneInfo("Europe/Berlin")), hours(5)) == office.add(t, hours(5)) == t + hours(5)


@cache
def transitions(zone_id: str) -> tuple[int, ...]:
    """The seconds at which the zone changes its offset, found by halving months."""
    zone = ZoneInfo(zone_id)

    def offset(us: int) -> timedelta | None:
        return from_us(us).astimezone(zone).utcoffset()

    found, left, before = [], FIRST, offset(FIRST)
    while left < LAST:
        right = left + 28 * DAY
        after = offset(right)
        if after != before:
            low, high = left, right
            while high - low > SECOND:
                middle = (low + high) // (2 * SECOND) * SECOND
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            found.append(high)
        left, before = right, after
    return tuple(found)


# Many names share one history; each history is tried once.
HISTORIES = sorted({transitions(zone): zone for zone in sorted(available_timezones()) if transitions(zone)}.values())
EVERY_DAY = Rules.same_hours(range(7), "00:00-12:00", "12:00-24:00")
SHIFTS = Rules.same_hours(range(7), "01:45-02:15", "22:30-00:30")


def around(zone: str, us: int, rules: Rules):
    day = from_us(us).astimezone(ZoneInfo(zone)).date()
    return compile(zone=zone, rules=rules, first=day - timedelta(days=2), last=day + timedelta(days=1))


def test_every_transition_of_every_zone_leaves_no_gap_in_round_the_clock():
    assert len(HISTORIES) > 200
    for zone in HISTORIES:
        for us in transitions(zone):
            calendar = around(zone, us, EVERY_DAY)
            assert (calendar.starts, calendar.ends) == ((calendar.covers_from,), (calendar.covers_to,)), (zone, us)


@pytest.mark.parametrize("part", range(10))
def test_64_open_time_never_runs_backwards_around_a_transition(part):
    for zone in HISTORIES[part::10]:
        us = transitions(zone)[len(zone) % len(transitions(zone))]
        calendar = around(zone, us, SHIFTS)
        seen = [calendar.open_before_us(us + minute * 60 * SECOND) for minute in range(-720, 720, 5)]
        steps = [b - a for a, b in itertools.pairwise(seen)]
        assert 0 <= min(steps) <= max(steps) <= 300 * SECOND, zone


def test_a_calendar_of_seventy_years_compiles():
    calendar = compile(zone=SAO_PAULO, rules=EVERY_DAY, first=date(1970, 1, 1), last=date(2040, 1, 1))
    assert len(calendar.day_numbers) == (datetime(2040, 1, 1) - datetime(1970, 1, 1)).days + 1  # noqa: DTZ001
