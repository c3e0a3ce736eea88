"""What a plan owes, by rhythm: month ends, make-up days, closed weeks; the same however often it is asked."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.planning import MONTHS, Every, Rhythm, owed, untaken
from tests.common.worlds import CHINA

BEGINS, FAR = date(2026, 1, 31), date(2027, 1, 31)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def works(day):
    """Monday to Friday, as China works: its holidays closed, its make-up days open."""
    return (day.weekday() < 5 and day not in CHINA.closed) or day in CHINA.working


def asked(rhythm, begins=BEGINS, ends=None, until=FAR, is_working=works):
    return list(owed(rhythm, begins=begins, ends=ends, until=until, is_working=is_working))


@pytest.mark.parametrize(("every", "times"), [("month", 12), ("quarter", 4), ("half-year", 2), ("year", 1)])
def test_so_many_a_year(every, times):
    assert len(asked(Rhythm(Every(every)))) == times


def test_last_of_a_month_stays_the_last_and_comes_back():
    found = asked(Rhythm(Every.MONTH))
    assert [one.opens_on.isoformat() for one in found[:4]] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


def test_plan_that_begins_on_a_leap_day():
    found = asked(Rhythm(Every.YEAR), begins=date(2024, 2, 29), until=date(2029, 1, 1))
    assert [one.opens_on.isoformat() for one in found] == [
        "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29",
    ]  # fmt: skip


def test_visit_of_february_waits_for_the_end_of_the_spring_festival():
    """The middle of 31 January to 28 February 2026 is Saturday the 14th, which is worked in exchange."""
    found = asked(Rhythm(Every.MONTH), begins=date(2026, 1, 31))
    assert found[0].visit_on == date(2026, 2, 14)
    found = asked(Rhythm(Every.MONTH), begins=date(2026, 2, 3))
    assert found[0].visit_on == date(2026, 2, 24)


def test_period_that_the_contract_cuts_short_is_owed_and_visited_within_it():
    found = asked(Rhythm(Every.HALF_YEAR), begins=date(2026, 1, 1), ends=date(2026, 8, 1))
    assert [(one.opens_on, one.closes_on) for one in found] == [
        (date(2026, 1, 1), date(2026, 7, 1)), (date(2026, 7, 1), date(2026, 8, 1)),
    ]  # fmt: skip
    assert found[1].visit_on < date(2026, 8, 1)


def test_every_second_week_on_its_day():
    """From Sunday 1 November 2026 on Wednesdays."""
    rhythm = Rhythm(Every.WEEKS, days=2, weekday=2)
    found = asked(rhythm, begins=date(2026, 11, 1), until=date(2026, 12, 15))
    assert [one.visit_on for one in found] == [date(2026, 11, 4), date(2026, 11, 18), date(2026, 12, 2)]
    assert found[0].closes_on == found[1].opens_on


def test_week_that_is_closed_is_visited_after_it_or_on_its_day():
    """Spring Festival closes 16 to 20 and 23 February 2026; the 14th and the 28th, Saturdays, are worked."""
    found = asked(Rhythm(Every.WEEKS, days=2), begins=date(2026, 2, 3), until=date(2026, 2, 20))
    assert [one.visit_on for one in found] == [date(2026, 2, 3), date(2026, 2, 24)]
    [one] = asked(Rhythm(Every.WEEKS), begins=date(2026, 2, 16), until=date(2026, 2, 17))
    assert one.visit_on == date(2026, 2, 16)


def test_saturday_that_is_worked_keeps_its_visit():
    [first, second] = asked(Rhythm(Every.WEEKS), begins=date(2026, 2, 14), until=date(2026, 2, 22))
    assert (first.visit_on, second.visit_on) == (date(2026, 2, 14), date(2026, 2, 24))


def test_every_tenth_working_day():
    found = asked(Rhythm(Every.WORKING_DAYS, days=10), begins=date(2026, 11, 1), until=date(2026, 12, 1))
    assert [one.visit_on for one in found] == [date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 30)]


def test_day_that_is_closed_later_moves_the_round_and_keeps_its_key():
    before = asked(Rhythm(Every.WORKING_DAYS), begins=date(2026, 11, 2), until=date(2026, 11, 7))
    closed = date(2026, 11, 4)
    rhythm = Rhythm(Every.WORKING_DAYS)
    after = asked(rhythm, date(2026, 11, 2), None, date(2026, 11, 7), lambda day: works(day) and day != closed)
    assert [one.key for one in after] == [one.key for one in before][:4]
    assert closed not in {one.visit_on for one in after}


def test_so_many_working_days_before_given_dates():
    rhythm = Rhythm(Every.DATES, days=3, dates=(date(2026, 12, 25), date(2026, 11, 30)))
    assert [one.visit_on for one in asked(rhythm)] == [date(2026, 11, 25), date(2026, 12, 22)]


def test_end_of_warranty_is_looked_at_within_its_last_sixty_days():
    [one] = asked(Rhythm(Every.ONCE, dates=(date(2026, 12, 31),)))
    assert (one.opens_on, one.closes_on) == (date(2026, 11, 1), date(2026, 12, 31))
    assert one.opens_on <= one.visit_on < one.closes_on


def test_dates_before_the_plan_began_are_not_owed():
    assert asked(Rhythm(Every.ONCE, dates=(date(2025, 12, 31),))) == []


@settings(deadline=None)
@given(
    begins=DAYS, months=st.sampled_from([Every.MONTH, Every.QUARTER, Every.HALF_YEAR, Every.YEAR]), steps=st.lists(DAYS)
)
def test_year_generated_in_random_steps_is_the_year_generated_at_once(begins, months, steps):
    until = begins + timedelta(days=800)
    at_once = asked(Rhythm(months), begins=begins, until=until)
    in_steps = {
        one.key: one for step in [*steps, until] for one in asked(Rhythm(months), begins=begins, until=min(step, until))
    }
    assert list(in_steps.values()) == at_once or sorted(in_steps.values(), key=lambda one: one.opens_on) == at_once


@settings(deadline=None)
@given(
    begins=DAYS,
    days=st.integers(1, 12),
    weekday=st.one_of(st.none(), st.integers(0, 6)),
    steps=st.lists(st.integers(0, 900)),
)
def test_weeks_generated_in_random_steps_are_the_weeks_generated_at_once(begins, days, weekday, steps):
    rhythm, until = Rhythm(Every.WEEKS, days=days, weekday=weekday), begins + timedelta(days=800)
    at_once = asked(rhythm, begins=begins, until=until)
    in_steps = {}
    for step in [*steps, 800]:
        for one in asked(rhythm, begins=begins, until=min(begins + timedelta(days=step), until)):
            assert in_steps.setdefault(one.key, one) == one
    assert sorted(in_steps.values(), key=lambda one: one.opens_on) == at_once
    assert all(one.opens_on.weekday() == (begins.weekday() if weekday is None else weekday) for one in at_once)


@settings(deadline=None)
@given(begins=DAYS, paces=st.lists(st.sampled_from(list(MONTHS)), min_size=2, max_size=6), dice=st.randoms())
def test_whatever_pace_follows_no_period_gets_a_second_inspection(begins, paces, dice):
    """Each pace goes on from what the ones before it have made, some way into the future."""
    there, until = [], begins
    for pace in paces:
        until += timedelta(days=dice.randrange(0, 500))
        for _ in range(2):
            new = list(untaken(asked(Rhythm(pace), begins=begins, until=until), there))
            assert all(not one.opens_on <= old.middle < one.closes_on for one in new for old in there)
            there += new
        assert new == []
    assert len({one.key for one in there}) == len(there)


@settings(deadline=None)
@given(
    begins=DAYS,
    every=st.sampled_from([*list(Every)[:4], Every.WEEKS, Every.WORKING_DAYS]),
    days=st.integers(1, 40),
)
def test_periods_leave_no_gap_and_hold_their_visits(begins, every, days):
    found = asked(Rhythm(every, days=days), begins=begins, until=begins + timedelta(days=900))
    assert all(one.closes_on == following.opens_on for one, following in itertools.pairwise(found))
    assert all(one.opens_on <= one.visit_on < one.closes_on for one in found)
    assert len({one.key for one in found}) == len(found)


@settings(deadline=None)
@given(day=DAYS, days=st.integers(0, 30))
def test_desk_that_never_works_still_gets_an_answer(day, days):
    rhythm = Rhythm(Every.DATES, days=days, dates=(day,))
    assert len(asked(rhythm, begins=day, until=day + timedelta(days=1), is_working=lambda one: False)) == 1
