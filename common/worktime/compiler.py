"""From rules in local time to a `WorkTime` in UTC.

Daylight saving: a window starts at the first occurrence of its start and ends at the second one of its end, so a shift
is one contiguous span, what a worker actually works. A day's 24:00 is the beginning of the next local day.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from common.epoch import to_us
from common.local_time import day_start_us, first_us, last_us, zone_of
from common.worktime.core import WorkTime
from common.worktime.errors import NeverOpen
from common.worktime.rules import MINUTES_A_DAY, Rules, Window

Span = tuple[int, int]

# An always-open calendar does not end where its holiday data would.
_ALWAYS = (to_us(datetime.fromisoformat("1900-01-01T00:00Z")), to_us(datetime.fromisoformat("2300-01-01T00:00Z")))
_ROUND_THE_CLOCK = Rules.same_hours(range(7), "00:00-24:00")


def compile(
    *,
    zone: str,
    rules: Rules,
    first: date,
    last: date,
    official_until: date | None = None,
    always: bool = False,
) -> WorkTime:
    """The calendar of the local days first to last, both included.

    `official_until`: the last day not guessed (None: none is). `always`: open without end, whatever the rules say.
    """
    if last < first:
        raise ValueError(f"the calendar ends {last}, before it begins {first}")
    place = zone_of(zone)
    # The day before the first is needed too: its night shift reaches into the calendar.
    listed = _open_days(first - timedelta(days=1), last, _ROUND_THE_CLOCK if always else rules, place)
    cover = _ALWAYS if always else (day_start_us(first, place), day_start_us(last + timedelta(days=1), place))
    return assemble(
        zone=place,
        cover=cover,
        spans=[_ALWAYS] if always else [span for _, spans in listed for span in spans],
        days=[
            (day.toordinal(), min(start for start, _ in spans), max(end for _, end in spans))
            for day, spans in listed
            if day >= first and max(end for _, end in spans) <= cover[1]
        ],
        first_day=first.toordinal(),
        last_day=last.toordinal(),
        official_to=None if official_until is None else _end_of(official_until, place),
    )


def assemble(
    *,
    zone: ZoneInfo,
    cover: Span,
    spans: Iterable[Span],
    days: list[tuple[int, int, int]],
    first_day: int,
    last_day: int,
    official_to: int | None,
) -> WorkTime:
    """A `WorkTime` from open spans in any order, clipped to the covered range."""
    merged = _merged((max(s, cover[0]), min(e, cover[1])) for s, e in spans)
    if not merged:
        raise NeverOpen("the calendar has no open time")
    upto = tuple(accumulate(e - s for s, e in merged))
    return WorkTime(
        zone=zone,
        covers_from=cover[0],
        covers_to=cover[1],
        starts=tuple(s for s, _ in merged),
        ends=tuple(e for _, e in merged),
        before=(0, *upto[:-1]),
        upto=upto,
        day_numbers=tuple(number for number, _, _ in days),
        day_opens=tuple(opens for _, opens, _ in days),
        day_closes=tuple(closes for _, _, closes in days),
        first_day=first_day,
        last_day=last_day,
        official_to=official_to,
    )


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _open_days(first: date, last: date, rules: Rules, zone: ZoneInfo) -> list[tuple[date, list[Span]]]:
    """The local days with open time, each with the open spans that begin on it."""
    found: list[tuple[date, list[Span]]] = []
    start = day_start_us(first, zone)
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        end = day_start_us(date.fromordinal(number + 1), zone)
        spans = [(_start_us(day, window, zone), _end_us(day, window, end, zone)) for window in rules.windows_on(day)]
        spans = [span for span in spans if span[0] < span[1]]
        if spans and start < end:  # Samoa had no 30 December 2011, so nobody began a shift on it
            found.append((day, spans))
        start = end
    return found


def _start_us(day: date, window: Window, zone: ZoneInfo) -> int:
    return first_us(datetime.combine(day, time()) + timedelta(minutes=window.start), zone)


def _end_us(day: date, window: Window, next_day: int, zone: ZoneInfo) -> int:
    if window.end_offset == MINUTES_A_DAY:
        return next_day  # also where midnight happens twice: the day is over the first time
    return last_us(datetime.combine(day, time()) + timedelta(minutes=window.end_offset), zone)


def _end_of(day: date, zone: ZoneInfo) -> int:
    if day == date.min:  # nothing is official
        return _ALWAYS[0]
    return day_start_us(day + timedelta(days=1), zone)
