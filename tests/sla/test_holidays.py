"""Which days the pinned data closes or makes worked, what overrides change, and how far the data can be trusted."""

import subprocess
import sys
from datetime import date

import holidays
import pytest

from common.calendars import CALENDARS, compile_calendar
from sla.holidays import DayOverride, day_status, edition, official_until
from tests.common.worlds import CHINA, SHANGHAI, at, days, hours


def status(country: str, year: int, *overrides: DayOverride, as_of: date | None = None):
    return day_status(country, date(year, 1, 1), date(year, 12, 31), overrides, as_of=as_of)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_china_is_closed_and_open_on_the_days_decreed(year):
    found = status("CN", year)
    weekdays = {day for day in CHINA.closed if day.year == year and day.weekday() < 5}
    assert {day for day in found.closed if day.weekday() < 5} == weekdays
    assert found.working == {day for day in CHINA.working if day.year == year}


def test_a_due_time_over_spring_festival_from_the_pinned_data():
    first, last = date(2025, 1, 1), date(2026, 12, 31)
    calendar = compile_calendar(CALENDARS["5x8"], SHANGHAI, day_status("CN", first, last), first, last, None)
    assert calendar.add(at("2026-02-14 17:00"), hours(2)) == at("2026-02-24 10:00")
    assert calendar.working_days_after(at("2026-02-13 12:00"), 3) == at("2026-02-25 18:00")


def test_66_the_make_up_sundays_of_2019_are_worked():
    assert days("2019-04-28", "2019-05-05") <= status("CN", 2019).working


def test_70_a_make_up_day_in_december_for_a_holiday_in_january_is_kept():
    assert days("2006-12-30", "2006-12-31") <= status("CN", 2006).working


EXTENSION_2020 = (
    DayOverride(date(2020, 2, 1), "closed", date(2020, 1, 27)),
    DayOverride(date(2020, 2, 1), "working", date(2019, 11, 21)),
)


@pytest.mark.parametrize(("as_of", "is_worked"), [(date(2020, 1, 26), True), (date(2020, 1, 27), False), (None, False)])
def test_67_a_notice_counts_from_the_day_it_was_announced(as_of, is_worked):
    found = status("CN", 2020, *EXTENSION_2020, as_of=as_of)
    assert (date(2020, 2, 1) in found.working) is is_worked
    assert (date(2020, 2, 1) in found.closed) is not is_worked


def test_an_override_beats_the_data_both_ways():
    closed = DayOverride(date(2026, 2, 14), "closed")
    working = DayOverride(date(2026, 10, 1), "working")
    found = status("CN", 2026, closed, working)
    assert closed.day in found.closed - found.working
    assert working.day in found.working - found.closed


def test_the_later_entry_for_a_date_wins():
    day = date(2026, 6, 1)
    assert day in status("CN", 2026, DayOverride(day, "closed"), DayOverride(day, "working")).working


def test_only_the_days_asked_for_are_given():
    found = day_status("CN", date(2026, 2, 14), date(2026, 2, 16), [DayOverride(date(2026, 3, 2), "closed")])
    assert (found.closed, found.working) == (days("2026-02-16"), days("2026-02-14"))


def test_thailand_closes_on_public_holidays_and_not_on_those_of_banks_or_schools():
    found = status("TH", 2026)
    assert days("2026-04-13/04-15", "2026-12-07", "2026-12-10") <= found.closed
    assert date(2026, 7, 1) not in found.closed  # a day off for banks alone
    assert not found.working


def test_a_country_without_data_keeps_its_weekdays_and_its_overrides():
    found = status("XX", 2026, DayOverride(date(2026, 5, 4), "closed"))
    assert (found.closed, found.working) == (days("2026-05-04"), frozenset())
    assert official_until("XX", date(2026, 11, 25)) == date.min


def test_years_the_data_does_not_reach_are_ordinary_weeks():
    assert status("CN", 2150).closed == frozenset()


@pytest.mark.parametrize("today", [date(2025, 6, 1), date(2026, 11, 25), date(2027, 3, 1)])
def test_72_china_is_official_as_far_as_a_plan_is_in_the_data(today):
    assert official_until("CN", today) == date(2026, 12, 31)
    assert official_until("cn", today) == date(2026, 12, 31)
    assert not status("CN", 2027).working  # the data goes on, silently without make-up days


def test_other_countries_are_official_to_the_end_of_next_year():
    assert official_until("TH", date(2026, 11, 25)) == date(2027, 12, 31)


def test_69_a_new_year_without_a_plan_is_provisional_and_does_not_crash():
    first, last = date(2026, 1, 1), date(2028, 12, 31)
    until = official_until("CN", date(2026, 12, 31))
    calendar = compile_calendar(CALENDARS["5x8"], SHANGHAI, day_status("CN", first, last), first, last, until)
    due = calendar.add(at("2026-12-31 17:00"), hours(2))
    assert due == at("2027-01-04 10:00")
    assert calendar.is_provisional(due)


def test_the_edition_is_named():
    assert edition() == "holidays 0.109"


@pytest.mark.parametrize("country", ["CN", "TH", "DE", "US", "GU"])
def test_one_country_read_in_by_itself_says_what_the_whole_package_says(country):
    for year in (2024, 2026):
        whole = holidays.country_holidays(country, years=year, categories=("public",), expand=False)
        assert status(country, year).closed == set(whole) - set(whole.weekend_workdays)


def test_one_country_does_not_bring_all_others_into_the_process():
    ask = "from datetime import date; from sla.holidays import day_status; day_status('CN', *[date(2026, 1, 1)] * 2)"
    count = "import sys; print(sum(name.startswith('holidays') for name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", f"{ask}; {count}"], capture_output=True, text=True, check=True)
    assert int(run.stdout) < 100
