"""Which readings get worse, and when they would reach their limit at this pace."""

from datetime import date
from decimal import Decimal

import pytest

from inspections.trends import Bounds, Reading, worsening

HIGH = Decimal(27)


def years(*values, first=2023):
    return [Reading(date(first + i, 11, 1), Decimal(str(value))) for i, value in enumerate(values)]


def test_a_steady_rise_reaches_the_limit_when_the_line_does():
    pace = worsening(years(21, 22, 23, 24), Bounds(None, HIGH))
    assert pace.per_year == pytest.approx(1, abs=0.01)
    assert (pace.limit, pace.is_beyond) == (HIGH, False)
    assert abs((pace.reached_on - date(2029, 11, 1)).days) < 5


def test_a_fall_is_held_against_the_lower_limit():
    pace = worsening(years(98, 91, 83, 76), Bounds(Decimal(60), None))
    assert pace.per_year < 0
    assert pace.limit == 60


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ((21, 24), None, HIGH),  # two tell nothing
        ((24, 23, 22), None, HIGH),  # away from its only limit
        ((22, 22, 22), None, HIGH),
        ((20, 26, 19, 25, 21), None, HIGH),  # jumps about
        ((20, 20.1, 20.2), None, Decimal(200)),  # in ages
        ((20, 21, 22), None, None),
    ],
)
def test_what_does_not_get_worse_is_not_listed(values, low, high):
    assert worsening(years(*values), Bounds(low, high)) is None


def test_what_is_beyond_its_limit_and_goes_on_is_listed_without_a_day():
    pace = worsening(years(24, 26, 29), Bounds(None, HIGH))
    assert pace.is_beyond
    assert pace.reached_on is None


def test_three_readings_of_one_day_are_one():
    same = [Reading(date(2026, 1, 1), Decimal(value)) for value in (20, 22, 24)]
    assert worsening(same, Bounds(None, HIGH)) is None


def test_a_reading_on_its_limit_reaches_it_that_day():
    assert worsening(years(25, 26, 27), Bounds(None, HIGH)).reached_on == date(2025, 11, 1)


def test_small_steps_that_were_all_good_are_told_once_they_are_more_than_one_may_be():
    pace = worsening(years(40, 44, 48, 53), Bounds(change=Decimal(10)))
    assert (pace.step, pace.limit, pace.is_beyond) == (10, 50, True)
    falling = worsening(years(40, 37, 34), Bounds(change=Decimal(10)))
    assert (falling.limit, falling.is_beyond) == (30, False)
    assert abs((falling.reached_on - date(2027, 3, 2)).days) < 5


def test_a_share_counts_from_the_first_reading_and_the_narrower_of_two_holds():
    assert worsening(years(200, 208, 216), Bounds(change=Decimal(50), change_percent=Decimal(10))).limit == 220


@pytest.mark.parametrize("values", [(40, 49, 41, 48, 40), (40, 40.2, 40.4)])
def test_what_swings_or_hardly_moves_is_no_drift(values):
    assert worsening(years(*values), Bounds(change=Decimal(10))) is None


def test_a_fixed_limit_says_which_way_is_wrong():
    """A disk that empties is no worry, however much it differs from last time."""
    assert worsening(years(70, 55, 40), Bounds(high=Decimal(80), change=Decimal(10))) is None
