"""Laws of business time, tried on random calendars in awkward weeks, against a walk minute by minute."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.epoch import EPOCH
from common.worktime import CalendarError, DayStatus, Rules, Window, WorkTime, compile
from tests.common.minute_walk import Oracle

settings.register_profile("worktime", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
LAWS = settings.get_profile("worktime")

# Each with a clock change, a skipped date or a public holiday near it.
PLACES = [
    ("Asia/Shanghai", date(2026, 2, 14)),
    ("Europe/Berlin", date(2025, 3, 30)),
    ("Europe/Berlin", date(2025, 10, 26)),
    ("America/New_York", date(2025, 11, 2)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("America/Havana", date(2025, 11, 2)),
    ("Australia/Lord_Howe", date(2025, 4, 6)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Chatham", date(2025, 9, 28)),
    ("Asia/Kolkata", date(2025, 6, 15)),
    ("Africa/Casablanca", date(2025, 3, 30)),
]
# Five-minute steps, and the boundaries that clock changes fall on more often than chance would have it.
MINUTES = st.integers(0, 287).map(lambda n: n * 5) | st.sampled_from([0, 30, 60, 90, 120, 150, 180, 210, 1380, 1410])
WINDOWS = st.lists(st.builds(Window, MINUTES, MINUTES | st.just(1440)), min_size=1, max_size=3).map(tuple)
WEEKS = st.dictionaries(st.integers(0, 6), WINDOWS, min_size=1)
MOMENTS = st.integers(5 * 1440, 8 * 1440)


@st.composite
def statuses(draw, middle):
    near = st.integers(-4, 4).map(lambda n: middle + timedelta(days=n))
    closed = draw(st.frozensets(near, max_size=2))
    return DayStatus(
        closed, draw(st.frozensets(near, max_size=2)) - closed, draw(st.dictionaries(near, WINDOWS, max_size=1))
    )


@st.composite
def cases(draw):
    zone, middle = draw(st.sampled_from(PLACES))
    return zone, middle, Rules(draw(WEEKS), draw(statuses(middle)))


def compiled(zone, middle, rules) -> WorkTime:
    return compile(zone=zone, rules=rules, first=middle - timedelta(days=30), last=middle + timedelta(days=30))


@LAWS
@given(cases(), st.lists(MOMENTS, min_size=2, max_size=6), st.integers(1, 3000))
def test_agrees_with_the_minute_walk(case, moments, minutes):
    calendar, oracle = compiled(*case), Oracle(*case)
    d = timedelta(minutes=minutes)
    for n, m in itertools.pairwise(moments):
        t = oracle.at(n)
        assert calendar.between(t, oracle.at(m)) == oracle.between(n, m)
        assert calendar.is_open(t) == oracle.is_open[n]
        for found, expected in (
            (lambda t=t: calendar.add(t, d), oracle.add(n, minutes)),
            (lambda t=t: calendar.subtract(t, d), oracle.subtract(n, minutes)),
            (lambda t=t: calendar.snap(t), oracle.snap(n)),
        ):
            assert expected is None or found() == oracle.at(expected)


def fine(oracle_minute: int, us: int) -> int:
    return oracle_minute * 60_000_000 + us


INSTANTS = st.builds(fine, MOMENTS, st.integers(0, 59_999_999))
LENGTHS = st.integers(1, 2 * 86_400_000_000)


def shifted(case, *moments: int) -> tuple[WorkTime, list[int]]:
    """The calendar, and the moments as microseconds since the epoch."""
    zero = int(Oracle(*case).start.timestamp()) * 1_000_000
    return compiled(*case), [zero + moment for moment in moments]


def possible(ask):
    """The answer, or None where a thin calendar ends first."""
    try:
        return ask()
    except CalendarError:
        return None


@LAWS
@given(cases(), INSTANTS, LENGTHS)
def test_1_between_undoes_add_and_not_a_microsecond_earlier(case, t, d):
    calendar, [t] = shifted(case, t)
    due = possible(lambda: calendar.add_us(t, d))
    if due is not None:
        assert calendar.between_us(t, due) == d
        assert calendar.between_us(t, due - 1) == d - 1
        assert due > t


@LAWS
@given(cases(), INSTANTS, LENGTHS)
def test_1_subtract_is_the_mirror_of_add(case, t, d):
    calendar, [t] = shifted(case, t)
    start = possible(lambda: calendar.subtract_us(t, d))
    if start is not None:
        assert calendar.between_us(start, t) == d
        assert calendar.between_us(start + 1, t) == d - 1
        assert start < t
        assert calendar.add_us(start, d) <= t


@LAWS
@given(cases(), INSTANTS, LENGTHS, LENGTHS)
def test_2_adding_in_two_steps_is_adding_at_once(case, t, x, y):
    calendar, [t] = shifted(case, t)
    at_once = possible(lambda: calendar.add_us(t, x + y))
    if at_once is not None:
        assert calendar.add_us(calendar.add_us(t, x), y) == at_once


@LAWS
@given(cases(), INSTANTS, INSTANTS, INSTANTS)
def test_3_6_open_time_never_runs_backwards_nor_faster_than_the_clock_and_adds_up(case, a, b, c):
    calendar, (a, b, c) = shifted(case, *sorted((a, b, c)))
    assert 0 <= calendar.between_us(a, b) <= b - a
    assert calendar.between_us(a, b) + calendar.between_us(b, c) == calendar.between_us(a, c)
    assert calendar.between_us(c, a) == -calendar.between_us(a, c)


@LAWS
@given(cases(), INSTANTS, INSTANTS, LENGTHS, LENGTHS)
def test_4_later_or_longer_is_never_due_earlier(case, s, t, x, y):
    calendar, (s, t) = shifted(case, *sorted((s, t)))
    x, y = sorted((x, y))
    latest = possible(lambda: calendar.add_us(t, y))
    if latest is not None:
        assert calendar.add_us(s, x) <= calendar.add_us(s, y) <= latest
        assert calendar.add_us(s, x) <= calendar.add_us(t, x) <= latest


@LAWS
@given(cases(), INSTANTS, LENGTHS)
def test_5_a_due_time_is_in_open_time_or_at_its_close(case, t, d):
    calendar, [t] = shifted(case, t)
    due = possible(lambda: calendar.add_us(t, d))
    if due is not None:
        assert any(start < due <= end for start, end in zip(calendar.starts, calendar.ends, strict=True))


@LAWS
@given(cases(), st.integers(-4, 4), INSTANTS, LENGTHS)
def test_7_closing_a_day_never_makes_anything_due_earlier(case, offset, t, d):
    zone, middle, rules = case
    calendar, [t] = shifted(case, t)
    day = middle + timedelta(days=offset)
    windows = {**rules.days.windows, day: ()}
    fewer = possible(lambda: compiled(zone, middle, replace(rules, days=replace(rules.days, windows=windows))))
    due = fewer and possible(lambda: fewer.add_us(t, d))
    if due is not None:
        assert calendar.add_us(t, d) <= due


@LAWS
@given(cases(), st.randoms(use_true_random=False))
def test_8_the_order_of_windows_does_not_matter(case, random):
    zone, middle, rules = case
    weekly = {day: tuple(random.sample(w, len(w))) + w[:1] for day, w in rules.weekly.items()}
    again = compiled(zone, middle, Rules(weekly, rules.days))
    # A make-up day takes the hours of one weekday, so those are the same as well.
    assert (again.starts, again.ends) == (compiled(*case).starts, compiled(*case).ends)


@LAWS
@given(st.sampled_from(PLACES), INSTANTS, LENGTHS)
def test_9_round_the_clock_adds_plainly(place, t, d):
    whole = Rules.same_hours(range(7), "00:00-24:00")
    calendar, [t] = shifted((*place, whole), t)
    assert calendar.add_us(t, d) == t + d
    assert calendar.subtract_us(t, d) == t - d


@LAWS
@given(WEEKS, INSTANTS, LENGTHS)
def test_10_two_zones_with_the_same_offset_agree(weekly, t, d):
    middle = date(2025, 6, 15)
    one, [t] = shifted(("Asia/Shanghai", middle, Rules(weekly)), t)
    other = compiled("Asia/Singapore", middle, Rules(weekly))
    assert possible(lambda: one.add_us(t, d)) == possible(lambda: other.add_us(t, d))


@LAWS
@given(WEEKS, INSTANTS, LENGTHS)
def test_15_a_week_later_everything_is_a_week_later(weekly, t, d):
    week = 7 * 86_400_000_000
    calendar, [t] = shifted(("Asia/Shanghai", date(2025, 6, 15), Rules(weekly)), t)
    due = possible(lambda: calendar.add_us(t + week, d))
    if due is not None:
        assert calendar.add_us(t, d) + week == due


@LAWS
@given(cases(), st.lists(INSTANTS, min_size=2, max_size=40, unique=True))
def test_16_many_pauses_at_odd_microseconds_neither_gain_nor_lose(case, moments):
    calendar, cuts = shifted(case, *sorted(moments))
    pieces = [calendar.between_us(a, b) for a, b in itertools.pairwise(cuts)]
    assert sum(pieces) == calendar.between_us(cuts[0], cuts[-1])


@LAWS
@given(cases(), INSTANTS, INSTANTS)
def test_stretches_cover_everything_once_and_add_up(case, a, b):
    calendar, (a, b) = shifted(case, *sorted((a, b)))
    start, stop = (timedelta(microseconds=us) + EPOCH for us in (a, b))
    found = calendar.stretches(start, stop)
    assert [s.start for s in found] == [start, *(s.end for s in found[:-1])][: len(found)]
    assert not found or found[-1].end == stop
    assert all(one.is_open != other.is_open for one, other in itertools.pairwise(found))
    assert sum((s.end - s.start for s in found if s.is_open), timedelta()) == calendar.between(start, stop)
