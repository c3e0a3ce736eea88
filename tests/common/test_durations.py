"""Durations as schemes write them, and as people read them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.durations import WorkingDays, format_iso, humanise, parse


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT4H", 14400),
        ("PT48H", 172800),
        ("PT1H30M", 5400),
        ("PT15M", 900),
        ("PT90S", 90),
        ("pt0.5s", 0.5),
        ("PT0S", 0),
    ],
)
def test_hours_minutes_and_seconds_are_read(text, seconds):
    assert parse(text) == timedelta(seconds=seconds)


def test_working_days_are_their_own_kind():
    assert parse({"working_days": 2}) == WorkingDays(2)


@pytest.mark.parametrize("text", ["P2D", "P1M", "P1W", "P1Y", "P1DT4H", "P0.5D"])
def test_days_weeks_and_months_are_refused_with_a_way_out(text):
    with pytest.raises(ValueError, match="working_days"):
        parse(text)


@pytest.mark.parametrize(
    "value", ["", "P", "PT", "4h", "PT-4H", "-PT4H", "PT1.5H", "PT4H30", "PT٤H", 4, None, ["PT4H"], {"hours": 4}]
)
def test_anything_else_is_refused(value):
    with pytest.raises(ValueError, match="duration"):
        parse(value)


@pytest.mark.parametrize("days", [0, -1, 1.5, "2", True, None])
def test_working_days_are_a_positive_whole_number(days):
    with pytest.raises(ValueError, match="working"):
        parse({"working_days": days})


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=10_000)))
def test_what_is_written_reads_back_the_same(duration):
    assert parse(format_iso(duration)) == duration


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(hours=48), "PT48H"),
        (timedelta(minutes=90), "PT1H30M"),
        (timedelta(seconds=1.25), "PT1.25S"),
        (timedelta(0), "PT0S"),
    ],
)
def test_written_with_hours_as_the_largest_unit(duration, text):
    assert format_iso(duration) == text


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(hours=3, minutes=10), "3h 10m"),
        (timedelta(days=2), "2d"),
        (timedelta(days=2, minutes=5), "2d"),
        (timedelta(days=1, hours=4, minutes=59), "1d 4h"),
        (timedelta(seconds=45.9), "45s"),
        (timedelta(minutes=5, seconds=1), "5m 1s"),
        (timedelta(0), "0s"),
        (timedelta(minutes=-90), "-1h 30m"),
    ],
)
def test_told_to_people_largest_unit_first(duration, text):
    assert humanise(duration) == text
