"""Instants as text, and a month later."""

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.instants import add_months, format_instant, from_us, parse_instant, to_us
from tests.common.worlds import SHANGHAI, at, utc


@pytest.mark.parametrize(
    "text",
    ["2026-11-20T17:50:00+08:00", "2026-11-20T09:50Z", "2026-11-20 09:50:00.000000z", "2026-11-20T04:50:00-0500"],
)
def test_one_instant_written_in_several_ways(text):
    assert parse_instant(text) == utc("2026-11-20 09:50")
    assert parse_instant(text).tzinfo is UTC


def test_a_time_without_offset_is_refused_with_a_hint():
    with pytest.raises(ValueError, match="offset"):
        parse_instant("2026-11-20T17:50:00")


@pytest.mark.parametrize(
    "text",
    ["", "now", "2026-11-20", "2026-02-30T10:00Z", "2026-11-20T25:00Z", "20261120T0950Z", "2026-W47-5T10:00Z",
     "0001-01-01T00:00+08:00", "9999-12-31T23:59-08:00", "2026-11-20T10:00+99:00", "1" * 5000],
)  # fmt: skip
def test_what_is_no_instant_is_bad_input(text):
    with pytest.raises(ValueError):
        parse_instant(text)


def test_written_in_utc_with_a_fraction_only_where_there_is_one():
    assert format_instant(at("2026-11-20 17:50")) == "2026-11-20T09:50:00Z"
    assert format_instant(utc("2026-11-20 09:50:00.5")) == "2026-11-20T09:50:00.500000Z"
    with pytest.raises(ValueError, match="time zone"):
        format_instant(utc("2026-11-20").replace(tzinfo=None))


@given(st.datetimes(timezones=st.just(UTC)))
def test_text_and_numbers_keep_every_microsecond(instant):
    assert parse_instant(format_instant(instant)) == instant
    assert from_us(to_us(instant)) == instant


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-15 10:00", 1, "2026-02-15 10:00"),
        ("2026-01-31 10:00", 1, "2026-02-28 10:00"),
        ("2028-01-31 10:00", 1, "2028-02-29 10:00"),
        ("2026-12-31 23:30", 1, "2027-01-31 23:30"),
        ("2026-03-31 00:10", -1, "2026-02-28 00:10"),
        ("2026-05-31 10:00", 36, "2029-05-31 10:00"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(start, months, end):
    assert add_months(at(start), months, SHANGHAI) == at(end)


def test_the_month_is_that_of_the_place():
    # 1 February 00:30 in Shanghai is still January in UTC.
    assert add_months(utc("2026-01-31 16:30"), 1, SHANGHAI) == at("2026-03-01 00:30")


def test_a_month_later_that_falls_into_the_clock_change_moves_to_it():
    start = at("2025-02-28 02:30", "Europe/Berlin") + timedelta(days=2)
    assert add_months(start, 1, "Europe/Berlin") == at("2025-04-02 02:30", "Europe/Berlin")
    assert add_months(at("2025-01-30 02:30", "Europe/Berlin"), 2, "Europe/Berlin") == utc("2025-03-30 01:00")
